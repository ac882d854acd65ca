"""Brings one or more files from their addresses, each checked and continued like the official ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from milaid.errors import SourceError, list_problems
from milaid.progress import Progress
from milaid.sources.download.fetching import Fetcher
from milaid.sources.download.manners import FetchFailed, Manners
from milaid.sources.download.receiving import Wanted

_ADVICE = "Run it again to go on; what has come is kept. Or save the file by hand and name it."


def fetch_file(url: str, path: Path, manners: Manners | None = None, stream: TextIO | None = None) -> None:
    """Fetch one file to its place, in the place of one that is there; SourceError with the reason where it cannot be had."""
    fetch_files([(url, path)], f"Downloading {path.name}", manners, stream)


def fetch_files(
    files: Sequence[tuple[str, Path]],
    label: str,
    manners: Manners | None = None,
    stream: TextIO | None = None,
    use: Callable[[Path], None] | None = None,
) -> None:
    """Fetch files, each from its address to its place, shown under a label; SourceError names all that could not be had.

    ``use`` looks at each file before it gets its name, and raises a MilaidError when it is not the right one; with it, a file
    that is there is not fetched again.
    """
    failures: dict[str, str] = {}

    async def fetch_one(fetcher: Fetcher, url: str, path: Path, progress: Progress) -> None:
        try:
            await fetcher.fetch(Wanted(url, path, use=use))
            progress.advance(what=path.name)
        except FetchFailed as failed:
            failures[url] = str(failed)

    async def fetch_them() -> None:
        with Progress(label, len(files), stream) as progress:
            async with Fetcher(manners or Manners(), progress.note) as fetcher:
                await asyncio.gather(*(fetch_one(fetcher, url, path, progress) for url, path in files))

    asyncio.run(fetch_them())
    if failures:
        problems = [f"{url}: {why}" for url, why in failures.items()]
        raise SourceError(list_problems("Files that could not be downloaded:", problems, _ADVICE))
