"""Typst in a process of its own: what it keeps of each document would fill the memory of one that makes many."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from milaid.errors import ReportError

_RUN = """
import json, sys, typst
asked = json.load(sys.stdin)
goal = asked.pop("goal")
try:
    typst.compile(asked.pop("main"), output=goal, **asked)
except typst.TypstError as error:
    json.dump({"message": error.message, "hints": list(error.hints)}, sys.stdout)
"""


def typeset(main: Path, goal: Path, fonts: list[Path], what: str) -> None:
    """Make a PDF/UA-1 of a Typst file, whose assets lie beside it; the same files give the same bytes.

    Raises ReportError with what Typst says when it refuses, or when its process ends without a word.
    """
    asked = {
        "main": str(main),
        "goal": str(goal),
        "root": str(main.parent),
        "font_paths": [str(folder) for folder in fonts],
        "ignore_system_fonts": True,
        "pdf_standards": "ua-1",
        "timestamp": 0,
    }
    # -I: nothing of the caller's folder or environment is imported.
    done = subprocess.run(
        [sys.executable, "-I", "-c", _RUN],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.stdout:
        said = json.loads(done.stdout)
        hints = "".join(f"\n  hint: {hint}" for hint in said["hints"])
        raise ReportError(f"the PDF of {what!r} could not be made: {said['message']}{hints}")
    if done.returncode:
        last = done.stderr.strip().rpartition("\n")[2]
        raise ReportError(
            f"the PDF of {what!r} could not be made: the process of Typst ended with {done.returncode}"
            f"{f': {last}' if last else '; most likely for want of memory'}"
        )
