"""Fetches files by HTTP: a few at a time, each tried again where that helps and continued where it broke off."""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType

import httpx

from milaid import __version__
from milaid.errors import MilaidError
from milaid.sources.download.manners import FetchFailed, Host, Manners, Passing
from milaid.sources.download.parts import PartialFile
from milaid.sources.download.receiving import Wanted, not_an_address, receive

USER_AGENT = f"milaid/{__version__} (reads the US Foreign Military Training Report into tables)"


class Fetcher:
    """Fetches files with one set of manners; use it as an asynchronous context manager.

    ``say`` gets a line for each try that failed and is made again.
    """

    def __init__(self, manners: Manners, say: Callable[[str], None]) -> None:
        self._manners = manners
        self._say = say
        self._places = asyncio.Semaphore(manners.at_a_time)
        self._using = asyncio.Lock()
        self._hosts: dict[str, Host] = {}
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(manners.silence_seconds, connect=manners.connect_seconds, pool=None),
            follow_redirects=True,
            max_redirects=manners.redirects,
            headers={"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
        )

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def fetch(self, wanted: Wanted) -> None:
        """Fetch one file to its place.

        A file that is there already and has a use is not fetched again, only put to its use. Raises FetchFailed; what has come
        of the file by then is kept where it can be continued.
        """
        try:
            if wanted.use and wanted.path.is_file():
                await self._put_to_use(wanted, wanted.path)
                return
            host = self._host(wanted.url)
            async with host.places, self._places:
                part = PartialFile(wanted.path)
                await self._with_patience(wanted, part, host)
                await self._put_to_use(wanted, part.path)
                part.finish()
        except OSError as error:
            raise FetchFailed(_disk_in_words(error, wanted.path)) from error

    def _host(self, url: str) -> Host:
        try:
            name = httpx.URL(url).netloc.decode()
        except httpx.InvalidURL as error:
            raise FetchFailed(not_an_address(url)) from error
        if name not in self._hosts:
            self._hosts[name] = Host(asyncio.Semaphore(self._manners.at_a_time_per_host))
        return self._hosts[name]

    async def _with_patience(self, wanted: Wanted, part: PartialFile, host: Host) -> None:
        for attempt in count(1):
            await host.admit(self._manners)
            try:
                return await receive(self._client, wanted, part)
            except Passing as passing:
                if attempt == self._manners.tries:
                    if passing.out_of_reach:
                        host.out_of_reach = str(passing)
                    raise FetchFailed(f"{passing}; tried {attempt} times") from passing
                await self._rest(wanted, host, attempt, passing)

    async def _rest(self, wanted: Wanted, host: Host, attempt: int, passing: Passing) -> None:
        """Leave the server alone for as long as it asks, or for longer after each try."""
        asked = passing.after
        if asked is not None and asked > self._manners.longest_pause:
            raise FetchFailed(f"{passing} and asks to come back in {asked:,.0f} s") from passing
        seconds = self._manners.pause_after(attempt) if asked is None else asked
        self._say(f"{wanted.path.name}: {passing}; trying again in {seconds:g} s")
        await host.rest(self._manners, seconds)

    async def _put_to_use(self, wanted: Wanted, path: Path) -> None:
        """Call ``wanted.use``, one at a time: pdfium does not work in two threads at once."""
        if wanted.use is None:
            return
        async with self._using:
            try:
                await asyncio.to_thread(wanted.use, path)
            except MilaidError as error:
                reason = str(error).removeprefix(f"{path}: ")
                if path == wanted.path:
                    raise FetchFailed(f"{reason}; to have it fetched anew, delete {path}") from error
                PartialFile(wanted.path).drop()
                raise FetchFailed(reason) from error


def _disk_in_words(error: OSError, path: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        folder = next(parent for parent in path.parents if parent.exists())
        return f"not enough disk space: {shutil.disk_usage(folder).free:,} bytes free in {folder}"
    return f"{error.filename or path} cannot be written: {error.strerror or error}"
