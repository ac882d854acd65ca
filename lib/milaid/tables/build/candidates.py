"""Documents that are offered for the manifest: read, and held against an edition and what the manifest has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from milaid.errors import MilaidError, RequestError, SourceError, list_problems
from milaid.tables.build.reading import read_documents
from milaid.tables.state import file_digest

if TYPE_CHECKING:
    from milaid.sources.fmtr.document import DocumentTables

Row = dict[str, str]
SUFFIXES = (".pdf", ".html", ".htm")
_NOTHING_DONE = "Nothing was added; data/ was left as it was."
# Of the documents up to 2020-2021, none has more than 0.8 percent of a column that cannot be read.
_UNREAD_AT_MOST = 0.1


@dataclass(frozen=True)
class Candidate:
    """A document offered: where it lies, what it is, and its tables."""

    path: Path
    sha256: str
    tables: DocumentTables

    @property
    def edition(self) -> str:
        """Return the edition that the document's own headings name."""
        return str(self.tables.activities["edition"].iloc[0])

    @property
    def region(self) -> str:
        """Return the region that the document prints."""
        return " and ".join(sorted(set(self.tables.activities["region"])))

    def entry(self, columns: Sequence[str], url: str) -> Row:
        """Return the row of the manifest."""
        known = {
            "file": self.path.name,
            "edition": self.edition,
            "fiscal_year": self.edition[:4],
            "region": self.region,
            "kind": "official file",
            "url": url,
            "sha256": self.sha256,
            "bytes": str(self.path.stat().st_size),
            "pages": _page_count(self.path),
            "path": f"fmtr/{self.edition.replace('-', '_')}/{self.path.name}",
        }
        return {name: known.get(name, "") for name in columns}


def listed_files(given: Sequence[Path]) -> list[Path]:
    """Return the documents that paths name, a directory standing for those in it.

    Raises RequestError with every path that is not there and every directory without documents.
    """
    problems: list[str] = []
    found: dict[Path, Path] = {}
    for path in given:
        inside = [path]
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.is_file() and p.suffix.lower() in SUFFIXES)
            if not inside:
                problems.append(f"{path}: the directory holds no {', '.join(SUFFIXES)} file")
        elif not path.is_file():
            problems.append(f"{path}: there is no such file")
        for file in inside:
            found.setdefault(file.resolve(), file)
    if problems:
        raise RequestError(list_problems("Documents that are not there:", problems, _NOTHING_DONE))
    return list(found.values())


def read_candidates(
    files: Sequence[Path], edition: str, manifest: Sequence[Row], corrections: Path, jobs: int | None
) -> list[Candidate]:
    """Read documents and check that each is one of the edition that the manifest does not have yet.

    Raises one error with the problems of all files: SourceError where one of them is not what it should be,
    else RequestError.
    """
    digests = {path: file_digest(path) for path in files}
    refused = _known_before(digests, manifest)
    outcomes = read_documents([path for path in files if path not in refused], corrections, jobs)
    unfit = {path: str(found) for path, found in outcomes.items() if isinstance(found, MilaidError)}
    candidates = [
        Candidate(path, digests[path], tables)
        for path, tables in sorted(outcomes.items())
        if not isinstance(tables, MilaidError)
    ]
    for candidate in candidates:
        if problem := _not_as_expected(candidate, edition):
            unfit[candidate.path] = f"{candidate.path}: {problem}"
    fitting = [candidate for candidate in candidates if candidate.path not in unfit]
    refused |= _region_taken(fitting, manifest)
    if problems := [*sorted(unfit.values()), *sorted(refused.values())]:
        kind = SourceError if unfit else RequestError
        raise kind(
            list_problems(f"Documents that cannot be added to edition {edition}:", problems, _NOTHING_DONE)
        )
    return candidates


def addresses(urls: Sequence[str], files: Sequence[Path]) -> dict[str, str]:
    """Return the official address of each file name: the one that ends with it, or the only one of an only file.

    Raises RequestError with every address that is none or belongs to no file.
    """
    if len(urls) == len(files) == 1 and _is_address(urls[0]):
        return {files[0].name: urls[0]}
    found: dict[str, str] = {}
    problems = []
    for url in urls:
        name = unquote(urlsplit(url).path.rpartition("/")[2])
        if not _is_address(url):
            problems.append(f"{url}: not a web address that begins with https:// or http://")
        elif name not in {path.name for path in files}:
            problems.append(f"{url}: ends with none of the names of the files that are added")
        elif name in found:
            problems.append(f"{url}: the second address of {name}")
        found[name] = url
    if problems:
        raise RequestError(list_problems("Addresses that cannot be used:", problems, _NOTHING_DONE))
    return found


def _known_before(digests: dict[Path, str], manifest: Sequence[Row]) -> dict[Path, str]:
    """Return why files are refused whose content or name is in the manifest or was given before."""
    by_content = {row["sha256"]: f"documents.csv has it as {_described(row)}" for row in manifest}
    by_name = {
        row["file"]: f"documents.csv has another document of this name: {_described(row)}" for row in manifest
    }
    refused = {}
    for path, digest in digests.items():
        if digest in by_content:
            refused[path] = f"{path}: {by_content[digest]}"
        elif path.name in by_name:
            refused[path] = (
                f"{path}: {by_name[path.name]}; give the file a name of its own (such as one that begins with its "
                f"edition), or to replace that document take its row out of documents.csv first"
            )
        by_content.setdefault(digest, f"given twice, as {path} too")
        by_name.setdefault(path.name, f"{path} has the same name")
    return refused


def _region_taken(candidates: Sequence[Candidate], manifest: Sequence[Row]) -> dict[Path, str]:
    """Return why documents are refused whose edition has a document of their region."""
    taken: dict[tuple[str, str], str] = {
        (
            row["edition"],
            row["region"].casefold(),
        ): f"documents.csv has {_described(row)}; to replace it, take "
        "its row out of documents.csv and add this file again"
        for row in manifest
    }
    refused = {}
    for candidate in candidates:
        key = (candidate.edition, candidate.region.casefold())
        if key in taken:
            refused[candidate.path] = (
                f"{candidate.path}: a second document of {candidate.region}: {taken[key]}"
            )
        taken.setdefault(key, f"{candidate.path} is one too")
    return refused


def _described(row: Row) -> str:
    return f"{row['file']} (edition {row['edition']}, {row['region']})"


def _not_as_expected(candidate: Candidate, edition: str) -> str:
    """Return in what a document that could be read is not one of the edition; empty where it is."""
    if candidate.edition != edition:
        return (
            f"expected fiscal year {edition[:4]}, the actual year of edition {edition}; its headings name fiscal "
            f"year {candidate.edition[:4]}, that of edition {candidate.edition}"
        )
    return _unread_column(candidate.tables)


_EXPECTED = {
    "quantity": "a number such as 12",
    "cost": "an amount such as $1,234",
    "start_date": "a day in US order such as 10/21/2013",
    "end_date": "a day in US order such as 10/21/2013",
}


def _unread_column(tables: DocumentTables) -> str:
    """Return which column is printed in another form than before, so that much of it cannot be read."""
    rows = len(tables.activities)
    for field, cells in tables.unread.groupby("field", sort=True):
        if len(cells) > rows * _UNREAD_AT_MOST:
            first = cells.iloc[0]
            return (
                f"page {first['page']}: expected {_EXPECTED[str(field)]} in the column {field}; seen "
                f"«{first['printed']}», and {len(cells)} of {rows} rows like it cannot be read"
            )
    return ""


def _is_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _page_count(path: Path) -> str:
    """Return the number of pages of a PDF as text; empty for a document without pages."""
    if path.suffix.lower() != ".pdf":
        return ""
    from milaid.sources.fmtr.text import count_pages

    return str(count_pages(path))
