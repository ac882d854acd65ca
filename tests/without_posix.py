"""What Windows lacks, to be taken away from milaid on this machine.

A process that finds the folder of :func:`as_on_windows` on its path, and all that it starts, has the names below for other
packages only; it starts processes anew, and writes text as Windows does where the code does not say how: lines end in a
carriage return and a line feed, letters are those of Western Europe.
"""

from __future__ import annotations

import builtins
import importlib
import io
import multiprocessing
import multiprocessing.context
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

_words = str.split

NAMES = {
    "os": _words(
        "O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK WEXITSTATUS WIFEXITED WIFSIGNALED chown chroot ctermid "
        "eventfd fchmod fchown fork forkpty getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp "
        "getpriority getresuid getsid getuid getxattr initgroups killpg lchown lockf major memfd_create minor mkfifo "
        "mknod nice openpty pathconf pidfd_open pipe2 posix_fadvise posix_fallocate posix_spawn posix_spawnp pread "
        "preadv pwrite pwritev register_at_fork sched_getaffinity sched_setaffinity sched_yield sendfile setegid seteuid "
        "setgid setgroups setpgid setpriority setsid setuid setxattr statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname "
        "uname wait wait3 wait4 waitid"
    ),
    "signal": _words(
        "ITIMER_REAL SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGIO SIGKILL SIGPIPE SIGPROF SIGQUIT SIGSTOP SIGTSTP SIGTTIN "
        "SIGTTOU SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIG_BLOCK SIG_SETMASK SIG_UNBLOCK alarm getitimer pause "
        "pthread_kill pthread_sigmask setitimer siginterrupt sigpending sigtimedwait sigwait sigwaitinfo"
    ),
    "socket": ["AF_UNIX", "CMSG_LEN", "SCM_RIGHTS", "recv_fds", "send_fds"],
    "select": ["epoll", "kqueue", "poll"],
    "time": ["clock_getres", "pthread_getcpuclockid", "tzset"],
    "multiprocessing.context": ["ForkContext", "ForkProcess", "ForkServerContext", "ForkServerProcess"],
}
"""Names of modules of Python that Windows has not (docs.python.org: "Availability: Unix")."""

MODULES = _words("curses fcntl grp nis posix pty pwd readline resource syslog termios tty")
"""Modules of Python that Windows has not."""

_ENCODING = "cp1252"


class _AsOnWindows(ModuleType):
    def __getattribute__(self, name: str) -> Any:
        get = super().__getattribute__
        if name in NAMES[get("__name__")] and _asked_by_milaid():
            raise AttributeError(f"Windows has no {name}")
        return get(name)


def _asked_by_milaid() -> bool:
    return sys._getframe(2).f_globals.get("__name__", "").partition(".")[0] == "milaid"


def take_away() -> None:
    """Make this process one as on Windows, so far as milaid can tell."""
    for name in NAMES:
        importlib.import_module(name).__class__ = _AsOnWindows
    multiprocessing.get_all_start_methods = lambda: ["spawn"]
    for module in (io, builtins):
        module.open = _open_as_on_windows


def _open_as_on_windows(
    file: Any, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None,
    newline: Any = None, *rest: Any, **options: Any,
) -> Any:  # fmt: skip
    if "b" not in mode:
        encoding = encoding or _ENCODING
        if newline is None and any(letter in mode for letter in "wax+"):
            newline = "\r\n"
    return _open(file, mode, buffering, encoding, errors, newline, *rest, **options)


_open = io.open


def as_on_windows(folder: Path) -> dict[str, str]:
    """Return the environment of processes that are as on Windows; what makes them so is written into ``folder``."""
    (folder / "sitecustomize.py").write_text(
        "import without_posix\nwithout_posix.take_away()\n", encoding="utf-8"
    )
    path = os.pathsep.join([str(folder), str(Path(__file__).parent)])
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": _ENCODING}
