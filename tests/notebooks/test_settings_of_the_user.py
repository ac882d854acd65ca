"""Reports are the same for everyone: settings of a user do not get in, and nothing of a machine gets out."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from milaid.publish.run.environment import SETTINGS, environment
from small_suite import REMEMBERED_HERE, of_build, snapshot

MakeProject = Callable[..., Path]

# Each cell shows what a setting would change.
CELLS = (
    "import samples\nsamples.front()",
    "samples.figure('a', title=f'{fiscal_year}', note='')",
    "import matplotlib as mpl, pandas as pd, matplotlib.pyplot as plt\n"
    "print(mpl.rcParams['savefig.bbox'], mpl.rcParams['font.size'], mpl.get_backend(), pd.get_option('display.max_rows'))",
    "import locale, os, shutil, sys, time, warnings\n"
    "print(locale.getpreferredencoding(), time.tzname, shutil.get_terminal_size(), hash('a'), open(os.devnull).encoding)",
    "print(sys.flags.utf8_mode, sys.warnoptions, sorted(n for n in os.environ if n.startswith(('JUPYTER', 'IPYTHON', 'LANG'))))",
    "print(get_ipython().config.get('InteractiveShellApp', {}).get('exec_lines'), 'user_ns' in globals(), os.environ.get('MY_KEY'))",
    "warnings.warn('read ' + os.path.expanduser('~/x') + ' at ' + os.getcwd())",
    "from milaid.charts.style import text_width, theme\nwith theme(): print(mpl.rcParams['savefig.bbox'], text_width('abc', 12))",
)
BOTH = """import sys
from pathlib import Path
from milaid.publish.suite.building import build_reports
from milaid.publish.suite.plan import load_plan
from milaid.publish.run.workers import local_pool
from milaid.cli import main
plan = load_plan()
try: main(['report', 'annual', '--out', sys.argv[1] + '/alone'])
except SystemExit as done: assert not done.code, done.code
build_reports(plan.entries, plan.places, Path(sys.argv[1]) / 'side-by-side', jobs=1, pool=local_pool)
"""
RC = "font.size: 20\nsavefig.bbox: tight\nfigure.autolayout: True\naxes.grid: True\nfigure.facecolor: yellow\nbackend: svg\n"
STARTUP = (
    "import matplotlib as mpl, pandas as pd\nmpl.rcParams['savefig.bbox'] = 'tight'\npd.set_option('display.max_rows', 3)\n"
    "user_ns = 1\nprint('startup ran')\n"
)
CONFIGURED = "c = get_config()\nc.InteractiveShellApp.exec_lines = ['user_ns = 2', 'print(\"configured\")']\n"


def settings_of_a_user(home: Path, current: Path) -> dict[str, str]:
    """Write all that a user may have set up into a home and the current folder; returns the variables of the shell."""
    profile = home / ".ipython" / "profile_default"
    for file, text in {
        home / ".config" / "matplotlib" / "matplotlibrc": RC,
        current / "matplotlibrc": RC,
        profile / "startup" / "00.py": STARTUP,
        profile / "ipython_config.py": CONFIGURED,
        profile / "ipython_kernel_config.py": CONFIGURED,
        current / "ipython_config.py": CONFIGURED,
        current / "ipython_kernel_config.py": CONFIGURED,
        home / "start.py": STARTUP,
    }.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return {
        "HOME": str(home), "USER": "somebody", "LOGNAME": "somebody", "MATPLOTLIBRC": str(current), "IPYTHONDIR": str(home / ".ipython"),
        "MPLBACKEND": "svg", "PYTHONSTARTUP": str(home / "start.py"), "PYTHONWARNINGS": "always", "PYTHONHASHSEED": "7",
        "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1", "PYTHONOPTIMIZE": "1", "JUPYTER_CONFIG_DIR": str(home / ".ipython"),
        "JUPYTER_RUNTIME_DIR": "/dev/null/nowhere", "LC_ALL": "C", "LANG": "de_DE.ISO-8859-1", "LANGUAGE": "de", "TZ": "Asia/Kathmandu",
        "COLUMNS": "21", "LINES": "5", "SOURCE_DATE_EPOCH": "1000000000", "NO_COLOR": "1",
    }  # fmt: skip


def build(root: Path, out: Path, umask: int, **variables: str) -> subprocess.CompletedProcess[str]:
    """Build a report alone, in a kernel of its own, and by a worker, in a forked one."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "MILAID_ROOT", "JUPYTER_DATA_DIR")
    }
    done = subprocess.run(
        [sys.executable, "-c", BOTH, str(out)], env={**kept, "MY_KEY": "mine", **variables}, umask=umask, cwd=root,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def root(project: MakeProject) -> Path:
    root = project(*CELLS)
    (root / "reports").mkdir()
    plan = "formats: [html, pdf]\nreports:\n  - {report: annual, parameters: {fiscal_year: 2014}}\n"
    (root / "reports" / "plan.yml").write_text(plan)
    return root


def made(out: Path) -> dict[str, object]:
    return of_build(
        {name: content for name, content in snapshot(out).items() if Path(name).name not in REMEMBERED_HERE}
    )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no umask")
def test_bytes_are_the_same_whatever_a_user_has_set_up(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain, theirs = tmp_path_factory.mktemp("plain"), tmp_path_factory.mktemp("theirs")
    build(root, plain, 0o022, HOME=str(tmp_path_factory.mktemp("home")))
    variables = settings_of_a_user(tmp_path_factory.mktemp("other-home"), root)
    told = build(root, theirs, 0o077, **variables)
    assert made(theirs) == made(plain)
    # What cells write to stderr is for who builds, in both ways of building.
    assert told.stderr.count("UserWarning: read ") == 2
    assert "annual report (fiscal_year = 2014" in told.stderr
    assert "its cells wrote to stderr:" in told.stderr
    shown = (theirs / "alone" / "annual" / "2014.ipynb").read_text(encoding="utf-8")
    assert "None 10.0 agg 60" in shown
    assert "('UTC', 'UTC') os.terminal_size(columns=80, lines=24)" in shown
    assert "1 [] []" in shown
    assert "None False mine" in shown, "a variable by a name of one's own reaches the notebook"
    assert "startup ran" not in shown

    for folder in (theirs, *(path for path in theirs.rglob("*") if path.is_dir())):
        if folder != theirs:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o755, folder
    for path in (path for path in theirs.rglob("*") if path.is_file()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o644, path


def unpacked(path: Path) -> list[bytes]:
    """Return the content of a file, and of the files in it where it is an archive."""
    if path.suffix not in (".zip", ".xlsx"):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        return [str(archive.namelist()).encode(), *(archive.read(name) for name in archive.namelist())]


@pytest.mark.skipif(sys.platform == "win32", reason="paths are written in another way")
def test_nothing_of_the_machine_is_in_what_is_made(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home, out = tmp_path_factory.mktemp("home-of-somebody"), tmp_path_factory.mktemp("out")
    build(root, out, 0o022, **settings_of_a_user(home, root))
    names = [str(home), str(root), str(out), "/tmp/", "/ipykernel_", "somebody", sys.prefix]
    host = re.compile(rf"(?<![\w.-]){re.escape(socket.gethostname())}(?![\w-])".encode())
    files = [path for path in out.rglob("*") if path.is_file() and not path.name.startswith(".")]
    assert {path.suffix for path in files} == {
        ".html",
        ".ipynb",
        ".pdf",
        ".xlsx",
        ".zip",
        ".csv",
        ".png",
        ".json",
    }
    for path in files:
        for content in unpacked(path):
            assert [name for name in names if name.encode() in content] == [], path
            assert path.suffix in (".pdf", ".png") or not host.search(content), path


def test_variables_of_kernels_are_those_of_notebooks_and_of_milaid(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "PYTHONSTARTUP",
        "JUPYTER_PATH",
        "IPYTHONDIR",
        "MPLCONFIGDIR",
        "LC_TIME",
        "LANG",
        "OMP_NUM_THREADS",
        "COLUMNS",
    ):
        monkeypatch.setenv(name, "theirs")
    for name in ("PYTHONPATH", "https_proxy", "MY_KEY", "HOME", "PATH"):
        monkeypatch.setenv(name, "kept")
    given = environment()
    assert "theirs" not in given.values()
    assert {given[name] for name in ("PYTHONPATH", "https_proxy", "MY_KEY", "HOME", "PATH")} == {"kept"}
    assert SETTINGS.items() <= given.items()
