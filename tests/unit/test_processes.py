"""No process is left behind by one that was killed, and none is waited for that cannot do its work."""

from __future__ import annotations

import errno
import multiprocessing
import os
import select
import signal
import subprocess
import sys
import threading
from concurrent.futures import as_completed

import pytest

from milaid.processes import NoMore, processes, require_threads_and_files
from milaid.tables import store

AT_WORK = """
import os, signal, sys, threading
from milaid.processes import processes

# Whoever runs the tests may have them ignored, as nohup and a shell in the background do.
signal.signal(signal.SIGHUP, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

def work():
    # In one piece: two lines written letter by letter could run into each other.
    os.write(1, b"%d\\n" % os.getpid())
    threading.Event().wait()

if __name__ == "__main__":
    with processes(2) as pool:
        for future in [pool.submit(work) for _ in range(3)]:
            future.result()
"""


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="waits for the end of a process that is not its own"
)
@pytest.mark.parametrize("number", ["SIGKILL", "SIGINT", "SIGHUP"])
def test_workers_end_with_the_process_that_started_them(tmp_path, number: str) -> None:
    (tmp_path / "at_work.py").write_text(AT_WORK)
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "at_work.py")], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout
    ends = [os.pidfd_open(int(parent.stdout.readline())) for _ in range(2)]
    parent.send_signal(getattr(signal, number))
    parent.wait()
    for end in ends:
        assert select.select([end], [], [], 20)[0]
        os.close(end)


STARTING = """
import subprocess, sys, threading

subprocess.Popen([sys.executable, "-c", sys.argv[1]])
threading.Event().wait()
"""
LOADING = """
import os, threading
from milaid.lifeline import while_parent_lives

with while_parent_lives():
    pass
assert threading.active_count() == 1
with while_parent_lives():
    print(os.getpid(), flush=True)
    threading.Event().wait()
"""


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="waits for the end of a process that is not its own"
)
def test_a_process_that_still_loads_what_others_share_ends_with_its_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", STARTING, LOADING], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    assert select.select([child], [], [], 30)[0]
    os.close(child)
    parent.stdout.close()


def test_a_thread_that_cannot_start_is_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    start = threading.Thread.start

    def refused(thread: threading.Thread) -> None:
        if "Executor" in type(thread).__name__:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refused)
    said = r"no more processes, threads or memory \(can't start new thread\)"
    with pytest.raises(NoMore, match=said), processes(1) as pool:
        pool.submit(os.getpid)


def test_what_deals_with_the_processes_may_die_and_nothing_waits_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(queue: object) -> None:
        raise RuntimeError("can't start new thread")

    before = threading.excepthook
    monkeypatch.setattr(multiprocessing.queues.Queue, "_start_thread", refused)
    with pytest.raises(NoMore, match="can't start new thread"), processes(1) as pool:
        list(as_completed([pool.submit(os.getpid)]))
    assert threading.excepthook is before


def test_an_error_of_the_work_is_told_as_it_is() -> None:
    with pytest.raises(FileNotFoundError), processes(1) as pool:
        pool.submit(os.stat, "not there").result()
    assert not multiprocessing.active_children()


def test_threads_and_files_that_a_library_needs_are_tried_before_it_and_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = set(threading.enumerate())
    require_threads_and_files(3, 3)
    assert set(threading.enumerate()) <= before, "none of its own is left"
    start, left = threading.Thread.start, [True, True]

    def refused(thread: threading.Thread) -> None:
        if not left:
            raise RuntimeError("can't start new thread")
        left.pop()
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refused)
    with pytest.raises(NoMore, match="can't start new thread"):
        require_threads_and_files(3, 3)
    assert set(threading.enumerate()) <= before


def test_files_that_a_library_needs_are_closed_again_where_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened, closed = iter([101, 102]), []

    def refused(*asked: object) -> int:
        try:
            return next(opened)
        except StopIteration:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE)) from None

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(os, "close", closed.append)
    with pytest.raises(OSError, match="Too many open files"):
        require_threads_and_files(0, 3)
    assert closed == [101, 102]


WITHOUT_THREADS = """
import resource
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq

from milaid import paths
from milaid.tables import subjects

# Read before: Arrow starts threads of its own for files, and says so where it cannot.
tables = {path: pq.ParquetFile(path).read(subjects._COLUMNS, use_threads=False) for path in paths.trainings_dir().glob("*.parquet")}
subjects.pq = SimpleNamespace(ParquetFile=lambda path: SimpleNamespace(read=lambda **asked: tables[path]))
pages = int(Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + 400 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (most, most))
print(len(subjects.recipients()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits the memory of a process as Linux does")
@pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
def test_what_tables_say_is_grouped_where_no_thread_can_be_started() -> None:
    import resource

    def with_large_stacks() -> None:
        # No thread fits below the limit of the memory then, and all else does.
        resource.setrlimit(resource.RLIMIT_STACK, (2**32, resource.RLIM_INFINITY))

    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THREADS],
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        preexec_fn=with_large_stacks,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert int(done.stdout) > 150
