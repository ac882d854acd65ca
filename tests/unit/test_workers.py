from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from milaid.publish.run.workers import local_pool
from milaid.stopping import finishing, undisturbed


def test_files_that_belong_together_are_finished_before_the_keyboard_is_heeded() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), finishing():
        signal.raise_signal(signal.SIGINT)
        done.append("second file")
    assert done == ["second file"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_the_keyboard_is_held_back_until_the_block_is_done() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt):
        with undisturbed():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("started")
        done.append("never")
    assert done == ["started"]


def test_a_worker_has_the_environment_of_a_kernel_and_the_caller_keeps_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with local_pool(1) as crew:
        seen = {
            name: crew.executor.submit(os.getenv, name) for name in ("OPENBLAS_NUM_THREADS", "PYTHONHASHSEED")
        }
        assert {name: future.result() for name, future in seen.items()} == {
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONHASHSEED": "0",
        }
    assert os.environ["PYTHONHASHSEED"] == "7"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_a_hushed_process_shows_progress_only_on_a_stream_it_is_given() -> None:
    code = (
        "import io; from milaid import progress; progress.hush(); stream = io.StringIO()\n"
        "list(progress.track([1], 'rows')); list(progress.track([1], 'rows', stream=stream))\n"
        "print(stream.getvalue().count('rows'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("2", "")


ENDING_FIRST = """
import asyncio
from nbclient.exceptions import DeadKernelError
from milaid.publish.run import forked

if __name__ == "__main__":
    forked.WARM = "ending"
    command = [forked.kernel.FILE_OF_CONNECTION, "none.json"]
    try:
        asyncio.run(forked.ForkedProvisioner().launch_kernel(command))
    except DeadKernelError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_a_process_to_fork_from_that_has_ended_is_told_as_a_dead_kernel(tmp_path):
    (tmp_path / "ending.py").write_text("import os\nos._exit(9)\n", encoding="utf-8")
    (tmp_path / "program.py").write_text(ENDING_FIRST, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, tmp_path / "program.py"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("what it is forked from has ended")
