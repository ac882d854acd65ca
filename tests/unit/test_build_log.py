"""What a build says while it runs: lines, a bar, or objects for machines."""

from __future__ import annotations

import io
import json

from milaid.publish.suite.build_log import BuildLog, JsonLog, TextLog


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def tell(log: BuildLog) -> None:
    log.started(reports=2, unchanged=3, jobs=2)
    log.built("annual/2013", 3.24, "run")
    log.failed("annual/2014", 1.0, "KeyError: 'x'", "reports/failures/annual/2014.txt")
    log.done(built=1, unchanged=3, failed=1)


def test_outside_a_terminal_each_report_has_a_line_with_its_seconds() -> None:
    stream = io.StringIO()
    tell(TextLog(stream))
    assert stream.getvalue().splitlines() == [
        "Reports: 0 of 2",
        "annual/2013: run in 3.2 s (1 of 2)",
        "annual/2014: failed in 1.0 s (2 of 2)",
    ]


def test_with_nothing_to_build_nothing_is_said() -> None:
    stream = io.StringIO()
    TextLog(stream).started(reports=0, unchanged=3, jobs=1)
    assert stream.getvalue() == ""


def test_in_a_terminal_there_is_a_bar_with_the_time_left() -> None:
    stream = Terminal()
    tell(TextLog(stream))
    shown = stream.getvalue()
    assert "Reports: annual/2014 failed: KeyError: 'x'" in shown
    assert "Reports: 100%" in shown and "2/2 [" in shown and "<" in shown


def test_for_machines_each_line_is_one_object() -> None:
    stream = io.StringIO()
    tell(JsonLog(stream))
    said = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert said[:3] == [
        {"event": "started", "reports": 2, "unchanged": 3, "jobs": 2},
        {"event": "built", "place": "annual/2013", "seconds": 3.24, "work": "run"},
        {
            "event": "failed",
            "place": "annual/2014",
            "seconds": 1.0,
            "error": "KeyError: 'x'",
            "file": "reports/failures/annual/2014.txt",
        },
    ]
    assert said[3]["event"] == "done" and (said[3]["built"], said[3]["unchanged"], said[3]["failed"]) == (
        1,
        3,
        1,
    )
