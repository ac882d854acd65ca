from __future__ import annotations

import io

import pytest

from milaid.progress import Progress, track


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_elsewhere_than_in_a_terminal_a_few_plain_lines_are_printed() -> None:
    stream = io.StringIO()
    assert list(track(range(1000), "rows", stream=stream)) == list(range(1000))
    lines = stream.getvalue().splitlines()
    assert lines[0] == "rows: 0 of 1000"
    assert lines[-1] == "rows: done, 1000"
    assert 4 <= len(lines) <= 7


def test_a_terminal_gets_a_bar() -> None:
    stream = Terminal()
    list(track(range(3), "rows", stream=stream))
    assert "100%" in stream.getvalue()


def test_work_that_fails_says_how_far_it_came() -> None:
    stream = io.StringIO()
    with pytest.raises(ValueError), Progress("rows", 4, stream) as progress:
        progress.advance()
        raise ValueError
    assert stream.getvalue().splitlines()[-1] == "rows: stopped after 1 of 4"


def test_a_total_that_is_not_known_is_not_invented() -> None:
    stream = io.StringIO()
    list(track(iter("ab"), "rows", stream=stream))
    assert stream.getvalue().splitlines() == ["rows: start", "rows: done, 2"]


@pytest.mark.parametrize("kind", [io.StringIO, Terminal])
def test_a_note_is_a_line_of_its_own(kind: type[io.StringIO]) -> None:
    stream = kind()
    with Progress("files", 2, stream) as progress:
        progress.note("a.pdf: trying again")
    assert "files: a.pdf: trying again" in stream.getvalue().replace("\r", "\n").splitlines()
