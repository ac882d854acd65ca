"""Which notices of arms sales there are: the list that the public interface of the Federal Register gives."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from milaid.errors import SourceError
from milaid.progress import track
from milaid.sources.arms_notices.lines import read_lines
from milaid.sources.download.single import fetch_files

ADDRESS = "https://www.federalregister.gov"
TERM = "arms sales notification"
_PER_PAGE = 1000
_FIELDS = ("document_number", "publication_date", "title", "raw_text_url")
_TITLE = re.compile(r"arms sales? notification|36\s*\(b\)", re.IGNORECASE)
_DOCUMENT = re.compile(r"[A-Z0-9]+-[A-Z0-9-]+", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Listed:
    """A notice in the list: its number, the year it was published in, and the address of its text."""

    document: str
    year: int
    url: str

    def place(self, folder: Path) -> Path:
        """Return where its text lies below a folder of notices."""
        return folder / str(self.year) / f"{self.document}.htm"


def list_notices(first_year: int, last_year: int, address: str = ADDRESS) -> list[Listed]:
    """Return the notices of some years in the order of their numbers; those with titles of other kinds are left out.

    Asked a year at a time, because the interface shows only the first of many. Raises SourceError where the list cannot be had
    or is none.
    """
    found: list[Listed] = []
    years = range(first_year, last_year + 1)
    with tempfile.TemporaryDirectory() as folder:
        for year in track(years, "Asking for the list of notices, years"):
            for page, content in _pages(year, address, Path(folder)):
                found += _read(page, content)
    return sorted(set(found), key=lambda each: (each.year, each.document))


def fetch_texts(listed: list[Listed], folder: Path) -> list[Path]:
    """Fetch the texts that are not below ``folder`` yet, and return the places of all; SourceError names those not to be had."""
    missing = [each for each in listed if not each.place(folder).is_file()]
    if missing:
        wanted = [(each.url, each.place(folder)) for each in missing]
        fetch_files(wanted, "Downloading notices", use=_require_text)
    return [each.place(folder) for each in listed]


def _require_text(path: Path) -> None:
    """Raise SourceError for what came in place of a text: the Register wraps texts in pages, and its error pages are pages too."""
    read_lines(path)


def _pages(year: int, address: str, folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    page, pages = 1, 1
    while page <= pages:
        url = f"{address.rstrip('/')}/api/v1/documents.json?{_query(year, page)}"
        file = folder / f"notices-{year}-{page}.json"
        fetch_files([(url, file)], "The list of notices", stream=io.StringIO())
        content = _as_list(url, file)
        yield url, content
        pages = int(content.get("total_pages") or 1)
        page += 1


def _query(year: int, page: int) -> str:
    asked = [
        ("conditions[agencies][]", "defense-department"),
        ("conditions[type][]", "NOTICE"),
        ("conditions[term]", f'"{TERM}"'),
        ("conditions[publication_date][year]", year),
        *(("fields[]", name) for name in _FIELDS),
        ("order", "oldest"),
        ("per_page", _PER_PAGE),
        ("page", page),
    ]
    return urlencode(asked)


def _as_list(url: str, file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise SourceError(f"{url}: what came is no list of documents: {error}") from error
    # A year without a notice has no results at all.
    results = content.get("results", []) if isinstance(content, dict) and "count" in content else None
    if not isinstance(results, list):
        raise SourceError(f"{url}: what came is no list of documents: no count and results in it")
    return {**content, "results": results}


def _read(url: str, content: dict[str, Any]) -> Iterator[Listed]:
    for number, row in enumerate(content["results"], start=1):
        values = {name: str(row.get(name) or "") for name in _FIELDS} if isinstance(row, dict) else {}
        if not values or not (
            _DOCUMENT.fullmatch(values["document_number"]) and _DAY.fullmatch(values["publication_date"])
        ):
            raise SourceError(
                f"{url}: document {number} of the list has no number and day of publication: {str(row)[:100]}"
            )
        if _TITLE.search(values["title"]):
            if not values["raw_text_url"]:
                raise SourceError(f"{url}: document {values['document_number']} has no address of its text")
            yield Listed(
                values["document_number"], int(values["publication_date"][:4]), values["raw_text_url"]
            )
