"""The reports that are there, as the pages of the site show them: found by their notebooks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from milaid.blocks.block import PAYLOAD_MIME
from milaid.blocks.packed import unpacked
from milaid.errors import MilaidError, ReportError, RequestError
from milaid.parsing import parse_json, shortened_text
from milaid.publish.files import document
from milaid.publish.registry.checking import BRIEF
from milaid.publish.registry.known import known, require_sound
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.registry.places import brief_of
from milaid.publish.registry.report import Report
from milaid.tables import store, subjects
from milaid.tables.recipient_codes import slug
from milaid.walking import files_below

FORMATS = (
    ("html", "HTML", "web page"),
    ("pdf", "PDF", "for print"),
    (BRIEF, "Brief", "two pages for print"),
    ("ipynb", "Notebook", "to run again in Jupyter"),
    ("zip", "CSV", "all tables of the report, one ZIP"),
    ("xlsx", "XLSX", "all tables in one workbook, with notes and sources"),
)
"""Suffix or format, label and meaning of each file that a reader can take."""
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class ShownFact:
    """One key fact as shown, and the key of its exhibit, "" for none."""

    value: str
    unit: str
    label: str
    comparison: str
    ref: str = ""

    @property
    def sentence(self) -> str:
        """Value and label in one line."""
        return " ".join(filter(None, (self.value, self.unit, self.label)))


@dataclass(frozen=True)
class Download:
    """One file of a report: its format, what it is, where it lies below reports/, its size in bytes."""

    suffix: str
    label: str
    meaning: str
    path: str
    size: int


@dataclass(frozen=True)
class BuiltReport:
    """One report that is built.

    ``place`` is where its files lie, without suffix. ``name`` is what lists call it, ``title`` stands on its
    front. ``code`` is that of its country, program or region. ``year`` is its fiscal year, 0 for none.
    ``words`` are what a reader may look for besides: other spellings, without accents, in small letters. ``files`` are
    all that its build wrote, below reports/, where a record says so.
    """

    place: str
    kind: str
    name: str
    title: str
    standfirst: str
    year: int = 0
    code: str = ""
    region: str = ""
    words: str = ""
    years: tuple[int, ...] = ()
    facts: tuple[ShownFact, ...] = ()
    downloads: tuple[Download, ...] = ()
    order: tuple[Any, ...] = field(default=(), compare=False)
    files: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The file to open for reading: the web page, else the first that there is."""
        return self.downloads[0].path


def built_reports(reports: Path, places: Collection[str] | None = None) -> list[BuiltReport]:
    """Return the reports below a directory, those of a kind together and in the order of the lists.

    A report is there when its notebook is: its place must be one that a kind of report has, and one of ``places``
    where these are given. Raises ReportError for a notebook that cannot be read.
    """
    require_sound()
    found = []
    subjects_known = _Subjects()
    planned = _planned_titles()
    for path in sorted(path for path in files_below(reports) if path.suffix == ".ipynb"):
        place = path.relative_to(reports).with_suffix("").as_posix()
        if places is not None and place not in places:
            continue
        kind = next((report for report in known().values() if report.has(place)), None)
        if kind:
            found.append(_report(reports, place, kind, subjects_known, planned))
    return sorted(found, key=lambda report: report.order)


def _planned_titles() -> Mapping[str, tuple[int, str]]:
    """Return position and title of each report of the plan by its place; empty where there is no plan."""
    try:
        from milaid.publish.suite.plan import load_plan

        entries = load_plan().entries
    except (ImportError, MilaidError):
        return {}
    return {entry.place: (position, entry.title) for position, entry in enumerate(entries)}


def _report(
    reports: Path, place: str, kind: Report, named: _Subjects, planned: Mapping[str, tuple[int, str]]
) -> BuiltReport:
    path = reports / f"{place}.ipynb"
    content = _read(path, path.stat().st_mtime_ns, path.stat().st_size)
    front = content["front"]
    code = place.partition("/")[2]
    about = kind.values_in(place).get(kind.subject, code)
    subject = named.find(kind.subject, about)
    own_name = subject is None and bool(kind.subject)
    if own_name:
        # A plan gave it a name of its own, such as KEN-2014: its notebook says what it is about.
        about = content["values"].get(kind.subject, about)
        subject = named.find(kind.subject, about)
    year = content["year"] or (int(code) if _YEAR.fullmatch(code) else 0)
    position, title = planned.get(place, (1 << 20, ""))
    usual = subject.name if subject else front.get("title") or content["title"] or place
    if kind.subject == "program" and subject and not own_name:
        usual = f"{named.program_names.get(about, about)} ({named.program_labels.get(about, about)})"
    elif own_name:
        usual = f"{subject.name if subject else usual}, fiscal year {year}" if year else usual
    elif kind.by_year:
        usual = f"Fiscal year {year}"
    name = usual if kind.by_year else title or usual
    # What has neither a year nor a subject to go by stands in the order of the plan.
    in_plan = 0 if kind.by_year or kind.subject else position
    order = (list(known()).index(kind.kind), -year if kind.by_year else 0, in_plan)
    words = " ".join(
        [
            name,
            front.get("title", ""),
            code,
            kind.title,
            str(year or ""),
            named.spellings(kind.subject, about),
        ]
    )
    return BuiltReport(
        place,
        kind.kind,
        name,
        front.get("title") or content["title"] or name,
        front.get("standfirst", ""),
        year,
        code,
        subject.region if subject else "",
        folded(words),
        subject.fiscal_years if subject else (),
        content["facts"],
        _downloads(reports, place),
        (*order, folded(name), place),
    )


def as_lying_in(folder: Path, report: BuiltReport) -> BuiltReport:
    """Return a report with the sizes that its files have in a folder: publishing it puts something on its page."""
    there = {download.path for download in report.downloads}
    found = (download for download in _downloads(folder, report.place) if download.path in there)
    return replace(report, downloads=tuple(found))


def _downloads(reports: Path, place: str) -> tuple[Download, ...]:
    found = []
    for suffix, label, meaning in FORMATS:
        name = f"{brief_of(place)}.pdf" if suffix == BRIEF else f"{place}.{suffix}"
        path = reports / name
        if path.is_file():
            found.append(Download(suffix, label, meaning, name, path.stat().st_size))
    return tuple(found)


@lru_cache(maxsize=1024)
def _read(path: Path, modified: int, size: int) -> dict[str, Any]:
    """Return front, title, year and key facts of a notebook; read again only when it was written since."""
    try:
        notebook = parse_json(path.read_text(encoding="utf-8"))
        front, facts = _first_blocks(notebook["cells"], ("front", "key_facts"))
        source = "\n".join(
            "".join(cell["source"])
            for cell in notebook["cells"]
            if "parameters" in cell.get("metadata", {}).get("tags", ())
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = shortened_text(repr(error))
        raise ReportError(f"{path}: this is no notebook of a report: {said}; build it again") from error
    year = re.search(r"^fiscal_year\s*=\s*(\d{4})\b", source, re.MULTILINE)
    return {
        "front": front or {},
        "title": "",
        "year": int(year[1]) if year else 0,
        "values": dict(re.findall(r"^(\w+) = \"([^\"\\]*)\"$", source, re.MULTILINE)),
        "facts": _facts(facts) if facts else (),
    }


def _first_blocks(cells: Iterable[Mapping[str, Any]], kinds: Sequence[str]) -> list[dict[str, Any] | None]:
    """Return the first block of each kind that cells show, None where there is none.

    Most stand near the top; the large tables further down are not unpacked then.
    """
    found: dict[str, dict[str, Any]] = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            if PAYLOAD_MIME in output.get("data", {}):
                block = unpacked(output["data"][PAYLOAD_MIME])
                found.setdefault(str(block.get("block")), block)
        if all(kind in found for kind in kinds):
            break
    return [found.get(kind) for kind in kinds]


def _facts(block: dict[str, Any]) -> tuple[ShownFact, ...]:
    return tuple(
        ShownFact(fact["value"], fact.get("unit", ""), fact["label"], fact["comparison"], fact.get("ref", ""))
        for fact in block["facts"]
    )


def anchors(reports: Path, report: BuiltReport) -> dict[str, tuple[str, str]]:
    """Return label and anchor of each exhibit of a report by its key, as they stand on its page."""
    built = document.build(read_notebook(reports / f"{report.place}.ipynb"))
    numbers = {exhibit.key: built.numbering.number(exhibit.key) for exhibit in built.exhibits()}
    return {key: (number.label, number.anchor) for key, number in numbers.items()}


class _Subjects:
    """What is known of the countries, programs and regions that reports are about; nothing without data."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, subjects.ReportSubject]] = {
            "country": {},
            "program": {},
            "region": {},
        }
        self.program_names: dict[str, str] = {}
        self.program_labels: dict[str, str] = {}
        self._spellings: dict[tuple[str, str], set[str]] = {}
        try:
            self._load()
        except (MilaidError, OSError):
            return

    def _load(self) -> None:
        found = {
            "country": subjects.recipients(),
            "program": subjects.programs(),
            "region": subjects.regions(),
        }
        self._known = {kind: {s.code: s for s in listed} for kind, listed in found.items()}
        programs = store.load_programs()
        self.program_names = dict(zip(programs["code"], programs["name"], strict=True))
        self.program_labels = dict(zip(programs["code"], programs["label"], strict=True))
        for row in store.load_program_labels().itertuples():
            self._spellings.setdefault(("program", str(row.code)), set()).add(str(row.printed))
        codes = {s.name: s.code for s in found["country"]}
        for row in store.load_countries().itertuples():
            code = codes.get(str(row.recipient))
            if code:
                self._spellings.setdefault(("country", code), set()).add(str(row.printed))
        for row in store.load_country_names().itertuples():
            self._spellings.setdefault(("country", str(row.code)), set()).add(str(row.form))
        for row in store.load_region_names().itertuples():
            self._spellings.setdefault(("region", slug(str(row.region))), set()).add(str(row.form))

    def find(self, kind: str, code: str) -> subjects.ReportSubject | None:
        """Return the subject of a report, None where it has none that is known."""
        return self._known.get(kind, {}).get(code)

    def spellings(self, kind: str, code: str) -> str:
        """Return what a country, program or region is called, and the region of a country."""
        subject = self.find(kind, code)
        return " ".join([*sorted(self._spellings.get((kind, code), ())), subject.region if subject else ""])


def folded(text: str) -> str:
    """Return the words of a text for a search: small letters without accents, each word once, in order."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).encode("ascii", "ignore").decode("ascii")
    words = re.findall(r"[a-z0-9]+", plain.lower().replace("'", ""))
    words += re.findall(r"[a-z0-9]+", plain.lower()) if "'" in plain else []
    return " ".join(dict.fromkeys(words))


def newest_annual(reports: Iterable[BuiltReport]) -> BuiltReport | None:
    """Return the annual report of the newest year, None where there is none."""
    annual = [report for report in reports if report.kind == "annual"]
    return max(annual, key=lambda report: report.year, default=None)


def size_in_words(size: int) -> str:
    """Return a size in bytes as readers see it: ``820 bytes``, ``14 kB``, ``7.5 MB``."""
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 999_500:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1e6:.1f} MB" if size < 99.95e6 else f"{size / 1e6:.0f} MB"


def require_reports(reports: Path, found: Iterable[BuiltReport]) -> None:
    """Raise RequestError where a directory holds no report."""
    if not list(found):
        raise RequestError(
            f"{reports} holds no report yet; make one first, for example: milaid report annual"
        )
