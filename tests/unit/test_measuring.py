"""What the benchmarks say of memory: the most that a process took, which is not forgotten when it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measuring import peak_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory of other processes is read on Linux")


def test_a_process_that_has_ended_and_is_not_waited_for_has_no_peak():
    ended = subprocess.Popen([sys.executable, "-S", "-c", ""])
    try:
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
        status = Path(f"/proc/{ended.pid}/status").read_text(encoding="utf-8")
        assert "State:\tZ" in status and peak_of(status) is None
    finally:
        ended.wait()
    assert peak_of(Path("/proc/self/status").read_text(encoding="utf-8")) > 10
    assert peak_of("VmPeak:\t 4096 kB\nVmHWM:\t    2048 kB\n") == 2
