"""Typst in a process of its own: what it keeps of each document would fill the memory of one that makes many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from milaid.errors import ReportError

_RUN = """
import json, sys, typst
fonts = typst.Fonts(include_system_fonts=False, font_paths=json.loads(sys.stdin.readline()))
for line in sys.stdin:
    asked = json.loads(line)
    main, goal, places = (asked.pop(name) for name in ("main", "goal", "places"))
    try:
        if goal and goal.endswith(".png"):
            typst.compile(main, goal, font_paths=fonts, format="png", ppi=144, **asked)
        elif goal:
            typst.compile(main, goal, font_paths=fonts, pdf_standards="ua-1", timestamp=0, **asked)
        said = {"places": None}
        if places:
            said["places"] = json.loads(typst.query(main, "<measurements>", "value", True, font_paths=fonts, **asked))
    except RuntimeError as error:
        said = {"message": getattr(error, "message", str(error)), "hints": list(getattr(error, "hints", []))}
    print(json.dumps(said), flush=True)
"""

_MEMORY = {"MALLOC_TOP_PAD_": str(64 << 20), "MALLOC_TRIM_THRESHOLD_": str(1 << 30)}
"""Has the library of C ask for memory in large pieces, and keep it: the process ends with its document."""


class Typesetter:
    """A process of Typst for one document; what it lays out twice costs little the second time.

    ``folder`` holds the files that the document names; ``what`` names it in messages. The same files give the same
    bytes. The methods raise ReportError with what Typst says when it refuses, or when its process ends without a word.
    """

    def __init__(self, folder: Path, fonts: list[Path], what: str) -> None:
        self._folder, self._fonts, self._what = folder, fonts, what

    def __enter__(self) -> Self:
        # -I: nothing of the caller's folder or environment is imported.
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _RUN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_MEMORY},
        )
        self._say([str(folder) for folder in self._fonts])
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._process.communicate()

    def measure(self, source: str) -> Any:
        """Return where the pieces and rows of a document stand on endless pages."""
        return self._asked(source, {"goal": None, "places": True, "sys_inputs": {"pages": "endless"}})

    def pdf(self, source: str, places: bool = False) -> tuple[bytes, Any]:
        """Return the document as a PDF/UA-1 and, where asked for, the places of its pieces."""
        goal = self._folder / "report.pdf"
        found = self._asked(source, {"goal": str(goal), "places": places})
        return goal.read_bytes(), found

    def png(self, source: str) -> bytes:
        """Return a document of one page as a picture, two pixels a point."""
        goal = self._folder / "picture.png"
        self._asked(source, {"goal": str(goal), "places": False})
        return goal.read_bytes()

    def _asked(self, source: str, what: dict[str, Any]) -> Any:
        main = self._folder / "report.typ"
        main.write_text(source, encoding="utf-8", newline="")
        answer = self._say({"main": str(main), "root": str(self._folder), **what}) and self._heard()
        if not answer:
            raise ReportError(self._ended())
        said: dict[str, Any] = json.loads(answer)
        if "message" in said:
            hints = "".join(f"\n  hint: {hint}" for hint in said["hints"])
            raise ReportError(f"the PDF of {self._what!r} could not be made: {said['message']}{hints}")
        return said["places"]

    def _say(self, asked: Any) -> bool:
        """Return whether the process took a line."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
        except OSError:
            return False
        return True

    def _heard(self) -> str:
        """Return the line with which the process answers, "" when it has ended."""
        assert self._process.stdout
        return self._process.stdout.readline()

    def _ended(self) -> str:
        try:
            _, errors = self._process.communicate()
        except OSError:
            errors = ""
        last = errors.strip().rpartition("\n")[2]
        return (
            f"the PDF of {self._what!r} could not be made: the process of Typst ended with {self._process.returncode}"
            f"{f': {last}' if last else '; most likely for want of memory'}"
        )
