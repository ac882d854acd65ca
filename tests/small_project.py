"""A project of three small documents in a directory of its own, to build data/ there."""

from __future__ import annotations

import csv
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fmtr_documents import Country, Document, Program, Row, write
from milaid import paths
from milaid.tables.build import BuildResult, build_data
from milaid.tables.build.official import BOUNDARIES_SOURCE, DEFLATOR_SOURCE
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
DEFLATOR = "Fiscal_Year,OMB25_GDP23\n2013,0.78\n2014,0.79\n2023,1\n"
SQUARE = [[0, 0], [0, 1], [1, 1], [0, 0]]
BOUNDARIES = {
    "features": [
        {
            "properties": {"ISO_A3_EH": "AGO", "ADM0_A3": "AGO", "NAME_LONG": "Angola"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        }
    ]
}


class InThisProcess(ThreadPoolExecutor):
    """Reads documents one after another without starting processes, which takes a second each."""

    def __init__(self, workers, mp_context):
        super().__init__(1)


class Project:
    """A project directory and a directory of official files, made of :class:`Document` descriptions."""

    def __init__(self, root: Path) -> None:
        self.data, self.sources = root / "data", root / "official"
        shutil.copytree(REFERENCE, self.data / "reference")
        self.documents: list[dict[str, object]] = []
        for name in ("corrections", "known_issues"):
            path = self.table(name)
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        self._other_sources()

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
            }
        )
        write_rows(self.table("documents"), self.documents)
        return path

    def accept(self, name: str) -> None:
        """Enter the file as it lies there into the manifest, whatever it is."""
        path = self.source(name)
        for row in self.documents:
            if row["file"] == name:
                row.update(sha256=file_digest(path), bytes=path.stat().st_size)
        write_rows(self.table("documents"), self.documents)

    def append(self, name: str, *rows: dict[str, object]) -> None:
        """Add rows to a reference table; columns not named are empty."""
        path = self.table(name)
        with path.open(encoding="utf-8", newline="") as lines:
            columns = next(csv.reader(lines))
        with path.open("a", encoding="utf-8", newline="") as stream:
            csv.DictWriter(stream, columns, restval="").writerows(rows)

    def content(self) -> dict[str, bytes]:
        """Return every file below data/, those of the reference tables left out."""
        return {
            str(path.relative_to(self.data)): path.read_bytes()
            for path in self.data.rglob("*")
            if path.is_file() and "reference" not in path.parts
        }

    def entries(self) -> set[str]:
        """Return every name below data/, directories too."""
        return {str(path.relative_to(self.data)) for path in self.data.rglob("*")}

    def build(self) -> BuildResult:
        """Build the tables; returns what was done."""
        return build_data(self.sources, jobs=1)


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
