"""The sections of a whole volume: finds the pages of a region by their running heads, and cuts them out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from milaid.errors import SourceError
from milaid.sources.fmtr.program_tables import fiscal_years_of, region_of
from milaid.sources.fmtr.text import Page, read_pages
from milaid.sources.official import CutOut, file_digest


@dataclass(frozen=True)
class ListedSection:
    """What the list of documents says of one region's section: how many pages, and where its file belongs."""

    region: str
    fiscal_year: int
    pages: int
    path: Path


def cut_sections(volume: Path, url: str, sections: Sequence[ListedSection]) -> None:
    """Cut sections out of the official volume and write each, with its record, to its place.

    Raises SourceError when the volume cannot be read or one of the sections is not in it as the list of
    documents says; nothing is written then.
    """
    found = find_sections(volume, read_pages(volume), sections)
    official = file_digest(volume)
    for section, pages in zip(sections, found, strict=True):
        section.path.parent.mkdir(parents=True, exist_ok=True)
        temporary = section.path.with_name(f"{section.path.name}.part")
        cut_pages(volume, pages, temporary)
        cut_out = CutOut(url, official, pages.start + 1, len(pages), file_digest(temporary))
        temporary.replace(section.path)
        cut_out.write(section.path)


def find_sections(volume: Path, pages: Sequence[Page], sections: Sequence[ListedSection]) -> list[range]:
    """Return the pages of each section, counted from 0.

    A section is a run of pages whose running head names its region; pages without any text inside a run
    belong to it. A volume can name a region elsewhere too, in its contents for example: the run that has as
    many pages as the list of documents says, and tables of its fiscal year, is the section. Raises
    SourceError naming every section that is not there just once.
    """
    found, problems = [], []
    for section in sections:
        runs = {run: _years(pages, run) for run in _runs(pages, section.region)}
        fitting = [run for run in runs if (len(run), runs[run]) == (section.pages, {section.fiscal_year})]
        if len(fitting) == 1:
            found += fitting
            continue
        seen = [
            f"{run.start + 1} to {run.stop} ({', '.join(map(str, sorted(years))) or 'no table'})"
            for run, years in runs.items()
        ]
        problems.append(
            f"{section.region}, {section.pages} pages of fiscal year {section.fiscal_year} expected, "
            f"its head stands on pages {', '.join(seen) or 'none'}"
        )
    if problems:
        raise SourceError(
            f"{volume}: this PDF of {len(pages)} pages is not the expected volume: {'; '.join(problems)}"
        )
    return found


def _years(pages: Sequence[Page], run: range) -> set[int]:
    return {year for index in run for year in fiscal_years_of(pages[index])}


def _runs(pages: Sequence[Page], region: str) -> list[range]:
    runs: list[range] = []
    start: int | None = None
    last = 0
    for index, page in enumerate(pages):
        if region_of(page) == region:
            start = index if start is None else start
            last = index
        elif page.lines and start is not None:
            runs.append(range(start, last + 1))
            start = None
    return runs if start is None else [*runs, range(start, last + 1)]


def cut_pages(volume: Path, pages: range, target: Path) -> None:
    """Write some pages of a PDF, counted from 0, as a PDF of their own that names the same producer.

    The program that made a PDF has to stay known: it decides how some characters are to be read
    (:mod:`milaid.sources.fmtr.glyphs`).
    """
    with pdfium.PdfDocument(volume) as source, pdfium.PdfDocument.new() as extract:
        producer = source.get_metadata_value("Producer")
        extract.import_pages(source, list(pages))
        extract.save(target)
    name_producer(target, producer)


def name_producer(path: Path, producer: str) -> None:
    """Name the program that made a PDF which pdfium has written.

    pdfium names itself and offers no way to name another; the PDF format lets a file be amended at its end.
    """
    content = path.read_bytes()
    trailer = content[content.rindex(b"trailer") :]
    info, root, size = (
        re.search(rb"/%s (\d+(?: \d+ R)?)" % name, trailer)[1]  # type: ignore[index]
        for name in (b"Info", b"Root", b"Size")
    )
    table = re.search(rb"startxref\s+(\d+)", trailer)[1]  # type: ignore[index]
    number = info.split()[0]
    text = b"\xfe\xff" + producer.encode("utf-16-be")
    entry = b"%s 0 obj\n<</Producer<%s>>>\nendobj\n" % (number, text.hex().encode())
    amended = len(content) + len(entry)
    path.write_bytes(
        content
        + entry
        + b"xref\n%s 1\n%010d 00000 n \n" % (number, len(content))
        + b"trailer\n<</Size %s/Root %s/Info %s/Prev %s>>\n" % (size, root, info, table)
        + b"startxref\n%d\n%%%%EOF\n" % amended
    )
