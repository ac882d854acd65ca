"""``milaid verify``: each file that is not as it was made is named, and reports come about again byte for byte."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from milaid import cli
from milaid.errors import RequestError, VerificationError
from milaid.paths import suite_root
from milaid.publish.export.folder import SUMS
from milaid.publish.files import crate
from milaid.publish.report import make_report
from milaid.publish.site.addresses import address_of
from milaid.publish.site.current import PAGES
from milaid.publish.site.published import renew_manifests
from milaid.publish.site.publishing import publish
from milaid.publish.site.revisions import read_history
from milaid.publish.verify import own
from milaid.publish.verify.verify import verify
from small_reports import write_notebook, write_project
from small_suite import snapshot

pytestmark = pytest.mark.usefixtures("forked_kernels")

CELLS = (
    "import samples\nsamples.front()",
    "## Key facts",
    "samples.key_facts()",
    "## The total",
    "samples.figure('long_series', title=f'{fiscal_year}, {top_n}', note='')",
    "samples.short_table('b', note='')",
)
ADDRESS = "https://example.org/milaid/"


@contextmanager
def working_in(root: Path) -> Iterator[None]:
    """Make reports in a project meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        patch.setenv("SOURCE_DATE_EPOCH", "1796083200")
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose annual report of 2014 is made, once for all tests; each has a copy."""
    root = tmp_path_factory.mktemp("made") / "project"
    with working_in(root):
        write_project(root)
        # The pages of a site are made of the tables too.
        shutil.rmtree(root / "data")
        (root / "data").symlink_to(suite_root() / "data")
        write_notebook(root, "annual_trends.ipynb", *CELLS)
        make_report("annual", {"fiscal_year": 2014})
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Iterator[Path]:
    """A project whose annual report of 2014 is made."""
    root = tmp_path / "project"
    shutil.copytree(made, root, symlinks=True)
    with working_in(root):
        yield root


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(list(arguments))
    return int(done.value.code or 0)


def test_the_manifest_says_what_a_report_is_made_from_and_names_each_of_its_files(root: Path) -> None:
    folder = root / "reports" / "annual" / "2014"
    graph = {entity["@id"]: entity for entity in json.loads((folder / crate.NAME).read_bytes())["@graph"]}
    assert graph[crate.NAME]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert graph[crate.NAME]["about"] == {"@id": "./"}
    crated = graph["./"]
    assert {"name", "description", "datePublished", "license"} <= set(crated)
    named = {part["@id"] for part in crated["hasPart"]}
    there = {path.name for path in folder.iterdir()} | {
        f"../{path.name}" for path in folder.parent.glob("2014.*")
    }
    assert named == there - {crate.NAME}
    for name in named:
        content = (folder / name).resolve().read_bytes()
        assert graph[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert graph[name]["contentSize"] == str(len(content))
    used = {graph[one["@id"]]["name"]: graph[one["@id"]] for one in graph["#making"]["object"]}
    assert used["fiscal_year"]["value"] == 2014
    assert used["paper"]["value"] == "a4"
    notebook = (root / "notebooks" / "annual_trends.ipynb").read_bytes()
    assert used["annual_trends.ipynb: whole"]["sha256"] == hashlib.sha256(notebook).hexdigest()
    assert "table trainings/fy2014.parquet" in used
    assert {graph[one["@id"]]["name"] for one in graph["#milaid"]["identifier"]} == {"code", "data", "lock"}
    # Everything that is spoken of is there, once.
    spoken = {
        one["@id"] for one in [*crated["hasPart"], *graph["#making"]["object"], *graph["#making"]["result"]]
    }
    assert spoken <= set(graph)


def test_the_page_offers_the_manifest(root: Path) -> None:
    text = (root / "reports" / "annual" / "2014.html").read_text(encoding="utf-8")
    assert f'<a href="2014/{crate.NAME}">' in text.partition('id="made"')[2]


def test_formats_made_one_after_the_other_are_all_in_the_manifest(root: Path) -> None:
    folder = root / "reports" / "annual" / "2014"
    make_report("annual", {"fiscal_year": 2014}, formats=["html"])
    assert {"../2014.pdf", "../2014.html"} <= set(crate.read(folder / crate.NAME).files)
    make_report("annual", {"fiscal_year": 2014, "top_n": 7}, formats=["html"])
    assert "../2014.pdf" not in crate.read(folder / crate.NAME).files, "it is of another notebook"


@pytest.mark.parametrize(
    "named", ["annual/2014", "annual/2014.html", "annual/2014.pdf", f"annual/2014/{crate.NAME}", "annual", ""]
)
def test_a_report_that_is_as_it_was_made_is_found_by_any_of_its_names(root: Path, named: str) -> None:
    said = verify(root / "reports" / named, again=False)
    assert said.endswith("1 report, 10 files as their manifests say, not built again")


def test_a_report_comes_about_again(root: Path) -> None:
    before = snapshot(root)
    assert verify(root / "reports" / "annual" / "2014").endswith("all come about again, byte for byte")
    assert snapshot(root) == before


def test_what_comes_out_otherwise_is_named_with_the_input_that_is_another(root: Path) -> None:
    write_notebook(root, "annual_trends.ipynb", *CELLS[:-1], "samples.short_table('b', note='Another note.')")
    with pytest.raises(VerificationError) as caught:
        verify(root / "reports" / "annual" / "2014")
    said = str(caught.value)
    assert "2014.html: comes out otherwise" in said
    assert "figure-1.csv" not in said
    assert "are here: annual_trends.ipynb: whole" in said


def test_a_report_that_cannot_be_made_any_more_is_named(root: Path) -> None:
    write_notebook(root, "annual_trends.ipynb", *CELLS, "1 / 0")
    with pytest.raises(VerificationError, match="2014: cannot be built again: ZeroDivisionError"):
        verify(root / "reports" / "annual" / "2014")


@pytest.mark.parametrize(
    "name", ["2014.html", "2014.pdf", "2014.xlsx", "2014.zip", "2014.ipynb", "2014/figure-1.csv"]
)
def test_one_byte_is_seen(root: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    flip(root / "reports" / "annual" / name)
    assert run("verify", str(root / "reports"), "--no-rebuild") == 5
    said = capsys.readouterr().err
    assert f"annual/{name}: is not as it was made" in said
    assert said.count(": is ") == 1


def test_missing_and_added_files_are_named(root: Path) -> None:
    folder = root / "reports" / "annual" / "2014"
    (folder / "table-1.csv").unlink()
    (folder / "table-9.csv").write_text("x")
    (folder.parent / "2014-brief.pdf").write_text("x")
    with pytest.raises(VerificationError) as caught:
        verify(folder, again=False)
    assert str(caught.value).splitlines()[1:] == [
        "  - 2014/table-1.csv: is missing",
        "  - 2014/table-9.csv: is not in the manifest of the report",
        "  - 2014-brief.pdf: is not in the manifest of the report",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"@graph": [1]}',
        b'{"@graph": []}',
        b"\xff\xfe",
        b'{"@graph": ' + b"[" * 5000,
        b'{"@graph": {"a": 1}}',
    ],
)
def test_a_damaged_manifest_is_named(root: Path, content: bytes) -> None:
    (root / "reports" / "annual" / "2014" / crate.NAME).write_bytes(content)
    with pytest.raises(VerificationError, match=f"{crate.NAME}: is no manifest of milaid"):
        verify(root / "reports" / "annual" / "2014")


@pytest.mark.parametrize("name", ["../../../secret", "/etc/passwd", "../.hidden", "a/b", "..", ""])
def test_a_manifest_that_names_files_elsewhere_is_none(root: Path, name: str) -> None:
    path = root / "reports" / "annual" / "2014" / crate.NAME
    path.write_text(
        path.read_text(encoding="utf-8").replace('"figure-1.csv"', json.dumps(name)), encoding="utf-8"
    )
    with pytest.raises(VerificationError, match="which is no file of a report"):
        verify(path.parent, again=False)


def test_nothing_to_verify_is_said(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RequestError, match="no report there has a manifest"):
        verify(tmp_path / "empty")
    with pytest.raises(RequestError, match="there is no report and no folder"):
        verify(root / "reports" / "annual" / "1066")
    assert run("verify", str(tmp_path / "nowhere")) == 2


@pytest.fixture(scope="module")
def corrected(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a project and its site with an address, in which a number of the report was corrected."""
    folder = tmp_path_factory.mktemp("corrected")
    root, out = folder / "project", folder / "site"
    shutil.copytree(made, root, symlinks=True)
    with working_in(root):
        publish(root / "reports", out, with_data=False)
        write_notebook(
            root,
            "annual_trends.ipynb",
            *(cell.replace("{top_n}", "{top_n + 1}") for cell in CELLS),
            "samples.long_table(rows=25)",
        )
        make_report("annual", {"fiscal_year": 2014})
        publish(root / "reports", out, "A test.", "correction", with_data=False, address=ADDRESS)
    return folder


@pytest.fixture
def site(root: Path, corrected: Path) -> Path:
    """A site with an address, in which a number of the report was corrected; the project is that of ``root``."""
    shutil.rmtree(root)
    shutil.copytree(corrected, root.parent, symlinks=True, dirs_exist_ok=True)
    return root.parent / "site"


def test_a_published_site_is_verified_with_its_address_and_its_revisions(root: Path, site: Path) -> None:
    page = site / "annual" / "2014.html"
    assert read_history(site)["annual/2014"].revisions
    assert page.read_bytes() != (root / "reports" / "annual" / "2014.html").read_bytes()
    assert address_of(page.read_text(encoding="utf-8"), "annual/2014.html") == ADDRESS
    (site / "CNAME").write_text("example.org")
    said = verify(site)
    assert "as SHA256SUMS says, all come about again, byte for byte, and so do 7 pages of the site\n" in said
    assert "\nHeld against SHA256SUMS alone, as nothing here makes it: revisions.json\n" in said
    assert said.endswith("Beside what was published: CNAME")
    assert verify(page).endswith("all come about again, byte for byte")


def test_one_byte_of_a_published_site_is_named(site: Path) -> None:
    kinds = {path.suffix or path.name: path for path in sorted(site.rglob("*")) if path.is_file()}
    own = {path.name: path for path in site.iterdir() if path.is_file() and path.name != SUMS}
    assert {".html", ".ipynb", ".pdf", ".xlsx", ".zip", ".csv", ".png", ".atom"} <= set(kinds)
    for path in {*kinds.values(), *own.values()} - {site / SUMS}:
        content = path.read_bytes()
        flip(path)
        with pytest.raises(VerificationError) as caught:
            verify(site, again=False)
        assert f"  - {path.relative_to(site).as_posix()}: is n" in str(caught.value), path
        path.write_bytes(content)
    verify(site, again=False)


def renew_sums(site: Path) -> None:
    """Write the checksums of a site anew: who changes a file can do that too."""
    names = [line.partition("  ")[2] for line in (site / SUMS).read_text(encoding="utf-8").splitlines()]
    sums = [f"{hashlib.sha256((site / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (site / SUMS).write_text("".join(sums), encoding="utf-8")


def test_what_is_the_sites_own_and_was_changed_with_its_checksums_does_not_come_about_again(
    site: Path,
) -> None:
    for name in PAGES:
        (site / name).write_bytes((site / name).read_bytes() + b" ")
    renew_sums(site)
    with pytest.raises(VerificationError) as caught:
        verify(site)
    said = str(caught.value).splitlines()
    assert said[1 : len(PAGES) + 1] == [f"  - {name}: comes out otherwise" for name in sorted(PAGES)]
    assert "the tables, code and plan that are here" in said[-1]


def test_a_checksum_that_was_changed_itself_is_named_and_not_the_file(site: Path) -> None:
    lines = (site / SUMS).read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.endswith("  index.html"))
    lines[at] = ("1" if lines[at][0] == "0" else "0") + lines[at][1:]
    (site / SUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(VerificationError) as caught:
        verify(site)
    assert str(caught.value).splitlines()[1:] == [f"  - {SUMS}: says another SHA-256 of index.html"]
    (site / SUMS).write_text("\n".join([*lines[:at], *lines[at + 1 :]]) + "\n", encoding="utf-8")
    with pytest.raises(VerificationError, match=f"{SUMS}: does not name index.html"):
        verify(site)


@pytest.mark.parametrize("content", (b"\xff\xfe", b"x  index.html\n", b"0" * 64 + b"\n"))
def test_damaged_checksums_are_named(site: Path, content: bytes) -> None:
    (site / SUMS).write_bytes(content)
    with pytest.raises(VerificationError, match=f"{SUMS}: cannot be read"):
        verify(site, again=False)


def test_the_data_of_a_site_come_about_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    made.mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        (made / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(own, "page_texts", lambda *given: {})
    monkeypatch.setattr(own, "write_explorer", lambda room, in_site: room)
    monkeypatch.setattr(
        own.downloads, "write_downloads", lambda room: Path(shutil.copytree(made, room / "data"))
    )
    shutil.copytree(made, site / "data")
    assert (own.made_again(site).data, own.made_again(site).problems) == (3, ())
    flip(site / "data" / "a.csv")
    (site / "data" / "b.csv").rename(site / "data" / "d.csv")
    assert dict(own.made_again(site).problems) == {
        site / "data" / "a.csv": "comes out otherwise",
        site / "data" / "b.csv": "is missing",
        site / "data" / "d.csv": "does not come about again",
    }


def test_a_page_that_was_changed_with_its_manifest_and_checksums_does_not_come_about_again(
    site: Path,
) -> None:
    page = site / "annual" / "2014.html"
    page.write_text(page.read_text(encoding="utf-8").replace("2014", "2015", 1), encoding="utf-8")
    renew_manifests(site, ["annual/2014"])
    renew_sums(site)
    with pytest.raises(VerificationError, match=r"annual/2014\.html: comes out otherwise"):
        verify(site)
