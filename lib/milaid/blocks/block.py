"""The blocks a report is made of, as data: figures, tables, key facts, findings, prose, definitions.

A block knows what it says and where that comes from, not how a page looks. It travels in an executed
notebook as JSON under :data:`PAYLOAD_MIME`; the exporters number the blocks and render them with
:mod:`milaid.blocks.html` and :mod:`milaid.blocks.typst`. In JupyterLab a block shows itself as
HTML, by :mod:`milaid.blocks.live`.

Text fields are of two kinds. *Plain* text (titles, subtitles, alt texts, labels, cells) is shown letter
for letter. *Marked* text (prose, notes, findings, definitions) is Markdown in which ``[[key]]`` stands
for the number of the exhibit of that key and ``^[...]`` for a footnote; :func:`escape` makes any text
safe to put into it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from milaid.blocks import ran
from milaid.blocks.csv_form import csv_frame
from milaid.blocks.csv_form import csv_rows as csv_rows
from milaid.blocks.csv_form import csv_text as csv_text
from milaid.blocks.packed import packed, unpacked
from milaid.blocks.provenance import How
from milaid.blocks.provenance import Source as Source
from milaid.errors import ReportError, RequestError, list_problems
from milaid.replacing import write_whole

PAYLOAD_MIME = "application/vnd.milaid.block+json"
_MARKED = re.compile(r"([\\`*_{}\[\]<>#^|~$&])")
_MARKED_AT_START = re.compile(r"^(\s*\d*)([-+=]|(?<=\d)[.)])", re.MULTILINE)


def escape(text: str) -> str:
    """Return ``text`` so that it is shown letter for letter inside marked text."""
    return _MARKED_AT_START.sub(r"\1\\\2", _MARKED.sub(r"\\\1", text))


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``kind`` decides format and alignment: ``text``, ``integer``, ``usd``, ``cents`` (US dollars, two
    decimals), ``million`` (US dollars shown in millions, one decimal), ``decimal`` (one decimal), ``share`` (percent, one decimal), ``change``
    (signed integer), ``percent_change`` (signed, one decimal), ``rank``, ``year``, ``page``.
    ``computed`` says that
    a value that is missing was not computed, also where the kind is one that sources print. ``emphasis`` is ``main`` for the column the reader looks for (bold), ``secondary`` for grey, else "".
    ``sorted_descending`` marks the column the rows are sorted by. ``width`` is a share of the table's
    width in the PDF, 0 for automatic. ``turned`` sets the head on its side.
    """

    name: str
    label: str
    kind: str = "text"
    emphasis: str = ""
    sorted_descending: bool = False
    width: float = 0.0
    turned: bool = False
    computed: bool = False

    KINDS: ClassVar[tuple[str, ...]] = (
        "text", "integer", "usd", "cents", "million", "decimal", "share", "change", "percent_change", "rank", "year", "page",
    )  # fmt: skip

    def __post_init__(self) -> None:
        if self.kind not in self.KINDS:
            raise ReportError(
                f"column {self.name!r}: unknown kind {self.kind!r}; allowed: {', '.join(self.KINDS)}"
            )


@dataclass(frozen=True)
class Fact:
    """One key fact: a number as shown, its unit, what it is, what it is compared with, its exhibit."""

    value: str
    label: str
    comparison: str
    unit: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Finding:
    """One finding: a bold lead (plain), one or two sentences (marked), the keys of its exhibits."""

    lead: str
    text: str
    refs: tuple[str, ...] = ()


def _fields(whole: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by name, those of its parts below it.

    Rows and values are handed on as they are: to copy each of them would take most of the time.
    """
    values = {field.name: getattr(whole, field.name) for field in fields(whole)}
    return {
        name: tuple(map(_fields, value))
        if isinstance(value, tuple) and value and is_dataclass(value[0])
        else value
        for name, value in values.items()
    }


class Block:
    """A part of a report that shows itself; subclasses are frozen dataclasses of JSON-able fields."""

    block: ClassVar[str]

    def payload(self) -> dict[str, Any]:
        """Return the block as a JSON object: its fields and its kind under ``block``."""
        return {"block": self.block, **_fields(self)}

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        shown = {mime: render(self) for mime, render in {"text/plain": repr, **_SHOWN_AS}.items()}
        return {PAYLOAD_MIME: packed(self.payload()), **shown}, ran.told()

    def __repr__(self) -> str:
        render = _SHOWN_AS.get("text/plain")
        return render(self) if render else f"<{self.block}>"

    def save(self, path: str | Path) -> Path:
        """Write what is shown to a file and return its path; the suffix says how: .svg, .png, .pdf, .csv or .xlsx.

        Raises RequestError for another suffix, and for a folder that is not there.

        >>> import milaid as m
        >>> from tempfile import mkdtemp
        >>> m.country("Mali", year=2020).totals_table().save(f"{mkdtemp()}/mali.xlsx").name
        'mali.xlsx'
        """
        target = Path(path)
        write = _SAVED_AS.get(target.suffix.lower())
        problems = [] if write else [f"{target.name!r} does not end in {', '.join(_SAVED_AS)}"]
        if not target.parent.is_dir():
            problems.append(f"there is no folder {str(target.parent)!r}")
        if problems or write is None:
            raise RequestError(list_problems(f"the {self.block} cannot be saved:", problems))
        write_whole(target, write(self))
        return target

    def how(self) -> How:
        """Return how the numbers came about: what is counted, with which filters, and a query that gives them.

        >>> import milaid as m
        >>> m.country("Mali", year=2020).long_series().how().filters
        (('recipient', 'Mali'), ('report year', 'FY2020'))
        """
        explain = self.__dict__.get(_EXPLAINED)
        return explain() if explain else explained(self)


_SHOWN_AS: dict[str, Callable[[Block], str]] = {}
_SAVED_AS: dict[str, Callable[[Block], bytes]] = {}
_EXPLAINED = "_explained"


def save_as(suffix: str, write: Callable[[Block], bytes]) -> None:
    """Let every block be saved in one more format, such as ``.png``."""
    _SAVED_AS[suffix] = write


def explain_by(block: Block, explain: Callable[[], How]) -> None:
    """Let a block say by ``explain`` how its numbers came about; who made it knows more than it shows."""
    # No field: what a report holds and is compared by stays as it is.
    object.__setattr__(block, _EXPLAINED, explain)


def explained(block: Block) -> How:
    """Return what a block itself says of how its numbers came about."""
    subtitle, note = (getattr(block, name, "") for name in ("subtitle", "note"))
    first = f"{escape(subtitle.rstrip('.'))}." if subtitle else ""
    return How(counted=" ".join(filter(None, (first, note))), sources=getattr(block, "sources", ()))


def show_as(mime: str, render: Callable[[Block], str]) -> None:
    """Let every block that a notebook shows stand there in one more form, such as ``text/html``."""
    _SHOWN_AS[mime] = render


@dataclass(frozen=True, repr=False)
class Exhibit(Block):
    """What all numbered exhibits share; a missing title, alt text or source is an error.

    ``key`` is the name other text refers to. ``alt`` says in words what the exhibit shows. ``note`` is
    marked text: the counting rule, gaps and exceptions. ``csv`` holds just what the exhibit shows.
    """

    key: str
    title: str
    subtitle: str
    alt: str
    note: str
    sources: tuple[Source, ...]
    csv: str
    appendix: bool = False

    kind: ClassVar[str]

    @property
    def frame(self) -> pd.DataFrame:
        """The data shown, as a frame: the columns of ``csv``."""
        return csv_frame(self.csv)

    def __post_init__(self) -> None:
        missing = [name for name in ("key", "title", "alt", "sources", "csv") if not getattr(self, name)]
        if missing:
            raise ReportError(
                f"exhibit {self.key or self.title!r} has no {', no '.join(missing)}; every exhibit needs them"
            )


@dataclass(frozen=True, repr=False)
class Figure(Exhibit):
    """A figure: one SVG drawn for the page (760 px) and one for a phone (358 px), in role colours."""

    wide: str = ""
    narrow: str = ""

    block: ClassVar[str] = "figure"
    kind: ClassVar[str] = "Figure"


@dataclass(frozen=True, repr=False)
class Table(Exhibit):
    """A table: columns, rows of raw values in column order, and a role for each row.

    Roles: "" for a plain row, ``group`` for a heading row (only its first cell is shown), ``other`` for
    "All other", ``total``. Missing values are None. ``landscape`` turns the page in the PDF. ``links`` are pairs of
    a column's name and the target of its cell in each row, None for none: a place of the suite or a web address
    (:mod:`milaid.blocks.targets`). ``flags`` are pairs of a column's name and the flag of its cell in each row, "" for
    none (:mod:`milaid.flags`). ``pdf_rows`` is how many plain rows are printed; the page and the CSV have all.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    roles: tuple[str, ...] = ()
    landscape: bool = False
    links: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    flags: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pdf_rows: int | None = None

    block: ClassVar[str] = "table"
    kind: ClassVar[str] = "Table"

    def __post_init__(self) -> None:
        super().__post_init__()
        names = [column.name for column in self.columns]
        problems = []
        for what, beside in (("links", self.links), ("flags", self.flags)):
            problems += [f"{what} of {name!r}, which is no column" for name, _ in beside if name not in names]
            problems += [
                f"{len(each)} {what} of {name!r} for {len(self.rows)} rows"
                for name, each in beside
                if len(each) != len(self.rows)
            ]
        if self.pdf_rows is not None and self.pdf_rows < 1:
            problems.append(f"pdf_rows is {self.pdf_rows}; it must be at least 1")
        if self.pdf_rows is not None and "other" in self.roles:
            problems.append('pdf_rows beside a row "other", which would seem to sum up what is not printed')
        if problems:
            raise ReportError(f"table {self.key!r} has {'; '.join(problems)}")


@dataclass(frozen=True, repr=False)
class KeyFacts(Block):
    """The key facts of a report; all of the same fiscal year."""

    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    csv: str
    note: str = ""

    block: ClassVar[str] = "key_facts"

    @property
    def frame(self) -> pd.DataFrame:
        """The facts as a frame: the columns of ``csv``."""
        return csv_frame(self.csv)


@dataclass(frozen=True, repr=False)
class Findings(Block):
    """The numbered findings of a report."""

    findings: tuple[Finding, ...]

    block: ClassVar[str] = "findings"


@dataclass(frozen=True, repr=False)
class Prose(Block):
    """Running text in marked form; paragraphs are separated by blank lines."""

    text: str

    block: ClassVar[str] = "prose"


@dataclass(frozen=True, repr=False)
class Box(Block):
    """A boxed note with a bold lead (plain) and marked text."""

    lead: str
    text: str

    block: ClassVar[str] = "box"


@dataclass(frozen=True, repr=False)
class Definitions(Block):
    """Terms (plain) and what they mean (marked), in rows; ``anchors`` names the rows that are linked to, "" for none."""

    items: tuple[tuple[str, str], ...]
    anchors: tuple[str, ...] = ()

    block: ClassVar[str] = "definitions"


@dataclass(frozen=True, repr=False)
class Related(Block):
    """Other reports of the suite: pairs of a plain label and a place; only those that are part of it are shown."""

    items: tuple[tuple[str, str], ...]

    block: ClassVar[str] = "related"


@dataclass(frozen=True, repr=False)
class Front(Block):
    """The front of a report: cover of the PDF, head and rail of the HTML page.

    ``imprint`` and ``facts`` are pairs of a term and plain text: the imprint stands at the foot of the
    cover, the facts in the rail of the page. ``cover`` is an SVG of the long series, ``cover_lead`` and
    ``cover_note`` the lines above and below it.
    """

    series: str
    kind: str
    title: str
    standfirst: str
    scope: str
    cover: str
    cover_alt: str
    cover_lead: str
    cover_note: str
    imprint: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    keywords: tuple[str, ...] = ()
    language: str = "en"

    block: ClassVar[str] = "front"


BLOCKS: dict[str, type[Block]] = {
    kind.block: kind for kind in (Figure, Table, KeyFacts, Findings, Prose, Box, Definitions, Related, Front)
}
_PARTS = {"sources": Source, "columns": Column, "facts": Fact, "findings": Finding}


def from_payload(payload: dict[str, Any]) -> Block:
    """Return the block that :meth:`Block.payload` described, packed or not; raises ReportError for an unknown kind."""
    values = dict(unpacked(payload))
    name = values.pop("block", None)
    if name not in BLOCKS:
        raise ReportError(f"unknown block {name!r}; known: {', '.join(BLOCKS)}")
    kind = BLOCKS[name]
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    for key, value in values.items():
        if key not in known:
            raise ReportError(f"block {name!r} has no field {key!r}")
        if isinstance(value, list):
            part = _PARTS.get(key)
            rebuild = part if part and not (key == "facts" and kind is Front) else None
            values[key] = tuple(
                rebuild(**{name: _frozen(part) for name, part in item.items()}) if rebuild else _frozen(item)
                for item in value
            )
    return kind(**values)


def _frozen(value: Any) -> Any:
    """Return lists of JSON as the tuples they were."""
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
