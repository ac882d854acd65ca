"""Brings every official file that the manifests name into one directory, each from its official address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TextIO
from urllib.parse import unquote, urlsplit

from milaid.errors import SourceError, list_problems
from milaid.progress import Progress
from milaid.sources.download.fetching import Fetcher
from milaid.sources.download.manners import FetchFailed, Manners
from milaid.sources.download.receiving import Wanted
from milaid.sources.download.sections import ListedSection, cut_sections
from milaid.sources.official import PAGE_EXTRACT, accepted_digest, read_record

Row = Mapping[str, str]
VOLUMES = "volumes"
"""Directory of the official PDFs that sections are cut out of, below that of the official files."""


@dataclass(frozen=True)
class Downloaded:
    """What a download did: files that were there, files and bytes that came, files that have no address.

    ``elsewhere`` says of each section that begins on another page of its volume than the list of documents says.
    """

    folder: Path
    present: int
    fetched: int
    bytes: int
    without_address: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"official files in {self.folder}: {self.present} were there, {self.fetched} fetched "
            f"({self.bytes / 1e6:,.1f} MB)"
        ]
        lines += [f"no address to fetch it from is known: {path}" for path in self.without_address]
        lines += self.elsewhere
        return "\n".join(lines)


def download_official(
    documents: Sequence[Row],
    others: Sequence[Row],
    folder: Path,
    manners: Manners | None = None,
    stream: TextIO | None = None,
) -> Downloaded:
    """Fetch every file that is not in ``folder`` yet; what a broken-off run left is continued.

    ``documents`` and ``others`` are the rows of documents.csv and other_sources.csv. A file is there when it is
    the one its row names (:func:`milaid.sources.official.accepted_digest`). Page extracts are cut out of the
    official PDF, which is fetched once for all its sections and kept. Raises one SourceError naming every file
    that could not be had, with address and reason; the others are in their places by then.
    """
    rows = [*documents, *others]
    missing = [row for row in rows if not _is_there(folder, row)]
    wanted = plan(missing, folder)
    failures = _fetch_all(wanted, manners or Manners(), stream) if wanted else {}
    done = Downloaded(
        folder,
        present=len(rows) - len(missing),
        fetched=sum(_is_there(folder, row) for row in missing),
        bytes=sum(item.path.stat().st_size for item in wanted if item not in failures),
        without_address=tuple(row["path"] for row in missing if not _address(row)),
        elsewhere=tuple(_elsewhere(documents, folder)),
    )
    if failures:
        problems = [
            f"{item.path.relative_to(folder)} from {item.url}: {why}" for item, why in failures.items()
        ]
        heading = "Official files that could not be downloaded:"
        raise SourceError(list_problems(heading, problems, _advice(done), limit=len(problems)))
    return done


def _elsewhere(documents: Sequence[Row], folder: Path) -> Iterator[str]:
    """Yield a line for each section that was cut out from another page on than its row says: its links would miss."""
    for row in documents:
        listed = row.get("first_page_in_official_file")
        record = read_record(folder / row["path"]) if listed and row["kind"] == PAGE_EXTRACT else None
        if record and str(record.first_page) != listed:
            yield (
                f"{row['path']}: begins on page {record.first_page} of the official file; write {record.first_page} instead "
                f"of {listed} into first_page_in_official_file of data/reference/documents.csv, so that links open the page"
            )


def plan(missing: Sequence[Row], folder: Path) -> list[Wanted]:
    """Return what to fetch for rows of the manifests whose files are not there, each address once."""
    wanted: list[Wanted] = []
    volumes: dict[str, list[Row]] = {}
    for row in missing:
        if row.get("kind") == PAGE_EXTRACT:
            volumes.setdefault(row["url"], []).append(row)
        elif url := _address(row):
            wanted.append(
                Wanted(url, folder / row["path"], row["sha256"], int(row.get("bytes") or 0) or None)
            )
    for url, rows in volumes.items():
        name = unquote(PurePosixPath(urlsplit(url).path).name)
        sections = [
            ListedSection(row["region"], int(row["fiscal_year"]), int(row["pages"]), folder / row["path"])
            for row in rows
        ]
        path = folder / VOLUMES / rows[0]["edition"] / name
        wanted.append(Wanted(url, path, use=partial(cut_sections, url=url, sections=sections)))
    return wanted


def _address(row: Row) -> str:
    """Return where the file itself is: ``file_url`` where a row has one, for ``url`` may be a page about it."""
    return row["file_url"] if "file_url" in row else row["url"]


def _is_there(folder: Path, row: Row) -> bool:
    path = folder / row["path"]
    return path.is_file() and accepted_digest(path, row) is not None


def _fetch_all(wanted: Sequence[Wanted], manners: Manners, stream: TextIO | None) -> dict[Wanted, str]:
    """Fetch files and return the reason for each that failed."""
    failures: dict[Wanted, str] = {}

    async def fetch_one(fetcher: Fetcher, item: Wanted, progress: Progress) -> None:
        try:
            await fetcher.fetch(item)
            progress.advance(what=item.path.name)
        except FetchFailed as failed:
            failures[item] = str(failed)

    async def fetch_them() -> None:
        with Progress("Downloading official files", len(wanted), stream) as progress:
            async with Fetcher(manners, progress.note) as fetcher:
                await asyncio.gather(*(fetch_one(fetcher, item, progress) for item in wanted))

    asyncio.run(fetch_them())
    return {item: failures[item] for item in wanted if item in failures}


def _advice(done: Downloaded) -> str:
    return (
        f"{done.present + done.fetched} files are there, {done.fetched} of them fetched now. Run it again to "
        f"fetch what is missing; what has come is kept. A file that cannot be had so can be saved by hand under "
        f"its name below {done.folder}, or name a directory that holds all files with --sources."
    )
