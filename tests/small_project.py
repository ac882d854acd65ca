"""A project of three small documents in a directory of its own, to build data/ there."""

from __future__ import annotations

import copy
import csv
import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from fmtr_documents import FY2017, Country, Document, Program, Row, write
from milaid import paths, replacing
from milaid.tables.build import reading
from milaid.tables.build.data import BuildResult, build_data
from milaid.tables.source_files import BOUNDARIES_SOURCE, DEFLATOR_SOURCE
from milaid.tables.state import file_digest

REFERENCE = paths.reference_dir()
AFRICA = Document(
    (
        Country("Angola", (Program("IMET-1", (Row("First", "2"), Row("Second", "3"))), Program("PKO"))),
        Country("Benin"),
    )
)
EUROPE = Document((Country("Albania", (Program("FMF", (Row(quantity="7"),)),)),), region="Europe")
EARLIER = Document((Country("Chad", (Program("GPOI", (Row(quantity="4"),)),)),), fiscal_year=2013)
DEFLATOR = "Fiscal_Year,OMB25_GDP23\n2013,0.78\n2014,0.79\n2021,0.91\n2023,1\n"
SQUARE = [[0, 0], [0, 1], [1, 1], [0, 0]]
BOUNDARIES = {
    "features": [
        {
            "properties": {"ISO_A3_EH": "AGO", "ADM0_A3": "AGO", "NAME_LONG": "Angola"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        }
    ]
}


def _rows(count: int, people: int, cost: int) -> tuple[Row, ...]:
    """Return rows of a program in fiscal year 2021; people and dollars differ from row to row."""
    return tuple(
        Row(
            f"Course {number}",
            str(people + number),
            cost=f"${cost * (number + 1):,}",
            start=f"10/{10 + number}/2020",
            end=f"1/{10 + number}/2021",
        )
        for number in range(count)
    )


NEW_SPELLING, NEW_PROGRAM = "Cote d Ivoire", "Partner Reserve"
NEXT_EDITION = {
    "Africa": (
        Country(
            "Angola",
            (
                Program("IMET-1", _rows(4, 2, 1000)),
                Program(NEW_PROGRAM, _rows(3, 10, 5000), "Department of Defense"),
            ),
        ),
        Country(NEW_SPELLING, (Program("PKO", _rows(2, 20, 900)),)),
    ),
    "East Asia and Pacific": (Country("Fiji", (Program("IMET-1", _rows(3, 1, 700)),)),),
    "Europe": (
        Country("Albania", (Program("FMF", _rows(2, 5, 4000)),)),
        Country("Georgia", (Program("Section 333", _rows(3, 30, 20000), "Department of Defense"),)),
    ),
    "Near East": (Country("Jordan", (Program("IMET-1", _rows(5, 3, 2500)),)),),
    "South Central Asia": (Country("Nepal", (Program("IMET-1", _rows(2, 2, 3000)),)),),
    "Western Hemisphere": (Country("Belize", (Program("IMET-1", _rows(3, 2, 100), total=("19", "$600")),)),),
}
"""Edition 2021-2022: a new spelling of a country, a new program and a total (Belize) that is printed wrongly."""


def next_document(region: str, *countries: Country, fiscal_year: int = 2021, **options: object) -> Document:
    """Return a document in the latest layout, by default the one of the next edition for a region."""
    return Document(countries or NEXT_EDITION[region], fiscal_year, region, FY2017, **options)


class InThisProcess(ThreadPoolExecutor):
    """Reads documents one after another without starting processes, which takes a second each."""

    def __init__(self, workers):
        super().__init__(1)


class Project:
    """A project directory and a directory of official files, made of :class:`Document` descriptions."""

    def __init__(self, root: Path) -> None:
        self.data, self.sources = root / "data", root / "official"
        shutil.copytree(REFERENCE, self.data / "reference")
        self.documents: list[dict[str, object]] = []
        for name in ("corrections", "known_issues", "other_country_rows"):
            path = self.table(name)
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        self._other_sources()

    def copied_to(self, root: Path) -> Project:
        """Return the same project in another directory."""
        shutil.copytree(self.data.parent, root, dirs_exist_ok=True)
        twin = copy.deepcopy(self)
        twin.data, twin.sources = root / "data", root / "official"
        return twin

    def built_with(self, change: Callable[[Project], None], root: Path) -> Project:
        """Return the same project in another directory, changed and built again."""
        with worked_in(root):
            twin = self.copied_to(root)
            change(twin)
            twin.build()
        return twin

    def table(self, name: str) -> Path:
        return self.data / "reference" / f"{name}.csv"

    def source(self, name: str) -> Path:
        return self.sources / "fmtr" / name

    def _other_sources(self) -> None:
        files = {DEFLATOR_SOURCE: DEFLATOR, BOUNDARIES_SOURCE: json.dumps(BOUNDARIES)}
        rows = []
        for name, text in files.items():
            path = self.sources / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            entry = {
                "path": name,
                "title": "table",
                "publisher": "office",
                "url": f"https://example.org/{name}",
                "file_url": f"https://example.org/{name}",
            }
            rows.append({**entry, "licence": "public domain", "sha256": file_digest(path)})
        write_rows(self.table("other_sources"), rows)

    def add(self, name: str, document: Document) -> Path:
        """Draw a document and enter it into the manifest; a known name replaces it."""
        self.source(name).parent.mkdir(exist_ok=True)
        path = write(self.source(name), document)
        year = document.fiscal_year
        self.documents = [row for row in self.documents if row["file"] != name]
        self.documents.append(
            {
                "file": name,
                "edition": f"{year}-{year + 1}",
                "fiscal_year": year,
                "region": document.region,
                "kind": "official file",
                "url": f"https://example.org/{name}",
                "sha256": file_digest(path),
                "bytes": path.stat().st_size,
                "pages": 1,
                "path": f"fmtr/{name}",
                "first_page_in_official_file": "",
            }
        )
        write_rows(self.table("documents"), self.documents)
        return path

    def accept(self, name: str) -> None:
        """Enter the file as it lies there into the manifest, whatever it is."""
        path = self.source(name)
        for row in self.documents:
            if row["file"] == name:
                # A document of no bytes is none that the manifest could list.
                row.update(sha256=file_digest(path), bytes=max(path.stat().st_size, 1))
        write_rows(self.table("documents"), self.documents)

    def offer(self, region: str, document: Document | None = None, name: str = "") -> Path:
        """Draw a document into a directory that is no part of the project; by default of the next edition."""
        inbox = self.data.parent / "inbox"
        inbox.mkdir(exist_ok=True)
        path = inbox / (name or f"2021_2022_{region.replace(' ', '_')}_fmtrpt.pdf")
        return write(path, document or next_document(region))

    def offer_edition(self) -> Path:
        """Draw all six documents of the next edition; returns their directory."""
        for region in NEXT_EDITION:
            self.offer(region)
        return self.data.parent / "inbox"

    def everything(self) -> dict[str, bytes]:
        """Return every file below data/, reference tables and official files too."""
        return {
            str(path.relative_to(self.data)): path.read_bytes()
            for path in self.data.rglob("*")
            if path.is_file()
        }

    def append(self, name: str, *rows: dict[str, object]) -> None:
        """Add rows to a reference table; columns not named are empty."""
        path = self.table(name)
        with path.open(encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, columns, restval="").writerows(rows)

    def content(self) -> dict[str, bytes]:
        """Return every file below data/, those of the reference tables and the official ones left out."""
        return {
            name: content
            for name, content in self.everything().items()
            if not name.startswith(("reference/", "official/"))
        }

    def entries(self) -> set[str]:
        """Return every name below data/, directories too."""
        return {str(path.relative_to(self.data)) for path in self.data.rglob("*")}

    def build(self) -> BuildResult:
        """Build the tables; returns what was done."""
        return build_data(self.sources, jobs=1)


def small_project(root: Path) -> Project:
    """Return a project of three documents, two of FY2014 and one of FY2013, not built yet."""
    project = Project(root)
    project.add("africa.pdf", AFRICA)
    project.add("europe.pdf", EUROPE)
    project.add("africa_2013.pdf", EARLIER)
    return project


@contextmanager
def worked_in(root: Path) -> Iterator[None]:
    """Let this directory be the project meanwhile, and its documents be read in this process."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MILAID_ROOT", str(root))
        patched.setattr(reading, "processes", InThisProcess)
        yield


def made_by_hand(data: Path) -> None:
    """Take away what says of tables that they were built, so that they are held against their schemas alone."""
    for name in ("datapackage.json", "build.json"):
        (data / name).unlink()


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def break_off_after(moved: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the writing of data/ be broken off when so many files are in their place."""
    left = iter(range(moved))
    move = replacing.move

    def broken_off(path: Path, place: Path) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        move(path, place)

    monkeypatch.setattr(replacing, "move", broken_off)
