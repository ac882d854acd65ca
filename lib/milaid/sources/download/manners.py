"""How servers are treated: how long to wait, how often to try, how many requests at a time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

# Answers that pass: the server is busy, restarts, or asks to come back later.
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MEANINGS = {
    401: "the server refuses it",
    403: "the server refuses it",
    404: "the server has no such file",
    410: "the server has removed it",
    **dict.fromkeys(PASSING, "the server is busy or out of order"),
}


class FetchFailed(Exception):
    """A file could not be fetched; the text says why."""


class Passing(Exception):
    """A try failed in a way that may pass.

    ``after`` is when the server wants the next try, in seconds, if it said so; ``out_of_reach`` tells that
    there was no connection to it at all.
    """

    def __init__(self, reason: str, after: float | None = None, out_of_reach: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.out_of_reach = out_of_reach


@dataclass(frozen=True)
class Manners:
    """Seconds, tries and limits of a download.

    After a try that failed there is a pause, twice as long each time; a server that names the time to come
    back gets that, up to ``longest_pause``. ``pause`` is what waits.
    """

    connect_seconds: float = 20.0
    silence_seconds: float = 60.0
    tries: int = 5
    first_pause: float = 1.0
    longest_pause: float = 120.0
    at_a_time: int = 3
    at_a_time_per_host: int = 2
    between_requests: float = 0.5
    redirects: int = 5
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep

    def pause_after(self, failed_tries: int) -> float:
        """Return the seconds to wait after so many tries that failed."""
        return min(self.first_pause * 2 ** (failed_tries - 1), self.longest_pause)


@dataclass
class Host:
    """One server: its places for downloads, the gate each request goes through, why it is out of reach."""

    places: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: bool = False
    out_of_reach: str = ""

    async def admit(self, manners: Manners) -> None:
        """Wait until the next request may be sent: never two at once, never while the server wants a pause.

        Raises FetchFailed once the server has been found out of reach.
        """
        async with self.gate:
            if self.out_of_reach:
                raise FetchFailed(self.out_of_reach)
            if self.asked:
                await manners.pause(manners.between_requests)
            self.asked = True

    async def rest(self, manners: Manners, seconds: float) -> None:
        """Send the server no new request for some seconds."""
        async with self.gate:
            await manners.pause(seconds)


def retry_after(value: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds that a Retry-After header asks for, a number or a date; None where it says nothing."""
    if value is None:
        return None
    if re.fullmatch(r"\s*\d+\s*", value):
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def status_in_words(status: int) -> str:
    """Return what an HTTP status says about a file."""
    phrase = {known.value: f" {known.phrase}" for known in HTTPStatus}.get(status, "")
    return f"{_MEANINGS.get(status, 'the server answered')} ({status}{phrase})"
