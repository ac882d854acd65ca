"""The transmittals of a notice of arms sales: who, what, up to how much, when, and of which kind.

A notice is one document of the Federal Register. It has one transmittal as a rule, sometimes several; each is a list of items
numbered (i), (ii) and so on, which are told by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milaid.errors import SourceError, list_problems
from milaid.sources.arms_notices.lines import NoticeText, read_lines
from milaid.sources.arms_notices.values import Amounts, read_amounts, read_day

OFFER, ENHANCEMENT = "offer", "enhancement"
ADVICE = (
    "Name the texts of notices as federalregister.gov or govinfo.gov give them, whole: full_text/text/YYYY/MM/DD/NUMBER.txt "
    "or html/NUMBER.htm."
)
FIRST_YEAR = 1976
"""The year of the Arms Export Control Act."""
_NUMBER = r"[0-9A-Z]{2}-[0-9A-Z]{2,3}"
_NAMED = re.compile(
    rf"transmittal\s+(?:nos?|numbers?)\.?:?\s*((?:{_NUMBER}(?:\s*(?:,|and|&)\s*)*)+)", re.IGNORECASE
)
_HEADING = re.compile(rf"^[ \t\[(]*{_NAMED.pattern}", re.IGNORECASE | re.MULTILINE)
_PURCHASER = re.compile(
    r"^[ \t]*\(i\)\s*(?:\(U\)\s*)?(?:prospective\s+)?purchaser\b", re.IGNORECASE | re.MULTILINE
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ITEM = re.compile(rf"^[ \t]*\(({'|'.join(_ROMAN)})\)\s*", re.MULTILINE)
_LABELS = {
    "purchaser": re.compile(r"(?:prospective\s+)?purchaser", re.IGNORECASE),
    "value": re.compile(r"total\s+estimated\s+value|estimated\s+(?:total\s+)?value", re.IGNORECASE),
    "equipment": re.compile(
        r"description(?:\s+and\s+quantity(?:\s+or\s+quantities)?(?:\s+of\s+articles\s+or\s+services)?"
        r"(?:\s+under\s+consideration(?:\s+for\s+purchase)?)?)?",
        re.IGNORECASE,
    ),
    "department": re.compile(r"military\s+department", re.IGNORECASE),
    "prior": re.compile(r"prior\s+related\s+cases?(?:,?\s+if\s+any)?", re.IGNORECASE),
    "delivered": re.compile(r"date\s+report\s+delivered(?:\s+to\s+congress)?", re.IGNORECASE),
}
_SECTION = re.compile(r"(?:section|sec\.)?\s*36\s*\(b\)\s*\((\d)\)\s*(\([A-Z]\))?", re.IGNORECASE)
_LICENCES = re.compile(r"36\s*\((?:c|d)\)", re.IGNORECASE)
_IS_NOTICE = re.compile(
    r"arms\s+sales?\s+notification|36\s*\(b\)|arms\s+export\s+control\s+act", re.IGNORECASE
)
_CORRECTION = re.compile(r"^ACTION:[^\n]*(?:\n[^\n:]+)?\bcorrection\b", re.IGNORECASE | re.MULTILINE)
_ENHANCED = re.compile(r"36\s*\(b\)\s*\(5\)|enhancement\s+or\s+upgrade", re.IGNORECASE)
_FUNDING = re.compile(r"funding\s+source:\s*([^\n]+)", re.IGNORECASE)
_DOCUMENT = re.compile(r"\[FR\s+Doc\.?\s+(?:No[.:]*\s*)?([A-Z]?\d+-\d+)", re.IGNORECASE)
_OF_FILE = re.compile(r"(?:[A-Z]?\d{1,4}-\d{3,6})")
_PUBLISHED = re.compile(r"\[Federal Register[^\]]*?\((?:\w+day),\s*([^)]+)\)", re.IGNORECASE)
_JUSTIFICATION = re.compile(
    r"^[ \t]*\*?\s*as defined in section 47|^[ \t]*POLICY JUSTIFICATION", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True)
class Transmittal:
    """One transmittal as a notice prints it; amounts in US dollars, texts in one paragraph."""

    document: str
    transmittal: str
    kind: str
    section: str | None
    correction: bool
    refers_to: str | None
    purchaser: str
    delivered: date
    published: date | None
    amounts: Amounts
    equipment: str
    military_department: str | None
    prior_cases: str | None
    funding_source: str | None
    line: int
    page: str | None
    numbered: bool


def read_notice(path: Path, latest: date) -> list[Transmittal]:
    """Return the transmittals of one notice, in its order.

    ``latest`` is the last day on which a report can have been delivered. Raises SourceError with line and value of all that
    is missing or cannot be, where the file is no text of a notice or one that is damaged.
    """
    text = read_lines(path)
    starts = [match.start() for match in _PURCHASER.finditer(text.text)]
    head = text.text[: starts[0]] if starts else text.text
    _require_notice(text, head, starts)
    found: list[Transmittal] = []
    problems: list[str] = []
    for part in _parts(text, head, starts):
        made, wrong = _transmittal(text, head, part, latest)
        found += [made] if made else []
        problems += wrong
    if problems:
        raise SourceError(
            list_problems(f"{path}: the notice is damaged, or has another form than is known:", problems)
        )
    return found


@dataclass(frozen=True)
class _Part:
    """Where one transmittal stands in a text: from its heading on, from its item (i) on, and to where."""

    number: str
    heading: int
    start: int
    end: int


def _require_notice(text: NoticeText, head: str, starts: list[int]) -> None:
    """Raise SourceError where a text is no notice of an arms sale, or one without a transmittal."""
    if not _IS_NOTICE.search(text.text):
        begins = " ".join(text.text.split())[:60]
        raise SourceError(
            f"{text.path}: line 1: no notice of an arms sale: section 36(b) of the Arms Export Control Act is not named; it "
            f"begins «{begins}»"
        )
    if starts:
        return
    if _LICENCES.search(head) and not _SECTION.search(head):
        raise SourceError(
            f"{text.path}: line {text.line(_line_of(_LICENCES, head))}: a notice of commercial licences (section 36(c) or "
            "(d)), which are no offers of the Government"
        )
    if _CORRECTION.search(head):
        raise SourceError(
            f"{text.path}: line {text.line(_line_of(_CORRECTION, head))}: a correction without the text of the transmittal, "
            "which replaces nothing by itself; look it up and correct the text it names by hand"
        )
    last = text.line(len(text.text.rstrip()))
    raise SourceError(
        f"{text.path}: line {last}: the text ends without an item (i) Prospective Purchaser; it is cut off, or of another form"
    )


def _line_of(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else 0


def _parts(text: NoticeText, head: str, starts: list[int]) -> list[_Part]:
    """Return the transmittals of a text; the number of each stands right above it, or in the head in their order."""
    of_head = list(dict.fromkeys(number for match in _HEADING.finditer(head) for number in _all(match)))
    headings = [
        list(_HEADING.finditer(text.text, before, start))[-1:]
        for before, start in zip([0, *starts], starts, strict=False)
    ]
    named = [_all(found[0]) if found else [] for found in headings]
    own = [numbers[0] if len(numbers) == 1 else "" for numbers in named]
    if len(of_head) == len(starts) and ("" in own or len(set(own)) < len(own)):
        own = of_head
    wrong = _wrong_numbers(text, starts, own, of_head)
    if wrong:
        raise SourceError(f"{text.path}: {wrong}")
    begins = [found[0].start() if found else start for found, start in zip(headings, starts, strict=True)]
    ends = [*begins[1:], len(text.text)]
    return [_Part(*each) for each in zip(own, begins, starts, ends, strict=True)]


def _wrong_numbers(text: NoticeText, starts: list[int], own: list[str], of_head: list[str]) -> str:
    """Return what is wrong with the numbers of the transmittals; "" for nothing."""
    if len(starts) == 1 and len(of_head) > 1:
        return (
            f"line {text.line(starts[0])}: the head names the transmittals {', '.join(of_head)}, the text holds one; it is cut "
            "off, or the numbers differ"
        )
    missing = [str(text.line(start)) for start, number in zip(starts, own, strict=True) if not number]
    if missing:
        return f"line {', '.join(missing)}: no number of a transmittal above the purchaser"
    twice = [place for place, number in enumerate(own) if number in own[:place]]
    if twice:
        return (
            f"line {text.line(starts[twice[0]])}: the transmittal {own[twice[0]]} stands in it a second time"
        )
    return ""


def _all(match: re.Match[str]) -> list[str]:
    """Return every number that a heading or a mention names."""
    return re.findall(_NUMBER, match[1].upper())


def _transmittal(
    text: NoticeText, head: str, part: _Part, latest: date
) -> tuple[Transmittal | None, list[str]]:
    """Return one transmittal, None where something is wrong, and what that is."""
    items = _items(text, part.start, part.end)
    whole = text.text[part.heading : part.end]
    amounts = read_amounts(items["value"][1]) if "value" in items else Amounts()
    delivered = read_day(items["delivered"][1][:80]) if "delivered" in items else None
    enhancement = bool(_ENHANCED.search(whole) or re.search(r"-0[A-Z]$", part.number))
    refers = [each for match in _NAMED.finditer(whole) for each in _all(match) if each != part.number]
    problems = [
        f"line {text.line(items[name][0] if name in items else part.start)}: transmittal {part.number}: {what}"
        for name, what in _missing(items, amounts, delivered, latest, enhancement, refers)
    ]
    if problems or delivered is None:
        return None, problems
    document, numbered = _document(text)
    published = _PUBLISHED.search(head)
    made = Transmittal(
        document=document,
        transmittal=part.number,
        kind=ENHANCEMENT if enhancement else OFFER,
        section=_section(f"{whole}\n{head}", "5" if enhancement else "1"),
        correction=bool(_CORRECTION.search(head)),
        refers_to=refers[0] if enhancement else None,
        purchaser=_plain(items, "purchaser"),
        delivered=delivered,
        published=read_day(published[1]) if published else None,
        amounts=amounts,
        equipment=_plain(items, "equipment"),
        military_department=_plain(items, "department") or None,
        prior_cases=_plain(items, "prior") or None,
        funding_source=_funding(whole),
        line=text.line(part.start),
        page=text.page(part.start),
        numbered=numbered,
    )
    return made, []


def _missing(
    items: Mapping[str, tuple[int, str]],
    amounts: Amounts,
    delivered: date | None,
    latest: date,
    enhancement: bool,
    refers: list[str],
) -> Iterator[tuple[str, str]]:
    """Yield what a transmittal lacks or what cannot be, each with the item that it is about."""
    if not _plain(items, "purchaser"):
        yield "purchaser", "no purchaser behind (i)"
    if not _plain(items, "equipment"):
        yield "equipment", "no item (iii) Description and Quantity, or nothing in it"
    if amounts.total is None and not enhancement:
        yield "value", f"no total in the item (ii) Total Estimated Value{_shown(items, 'value')}"
    if amounts.problem:
        yield "value", amounts.problem
    if delivered is None:
        yield (
            "delivered",
            f"no date in the item Date Report Delivered to Congress{_shown(items, 'delivered')}",
        )
    elif not date(FIRST_YEAR, 1, 1) <= delivered <= latest:
        yield "delivered", f"delivered to Congress on {delivered}, which cannot be"
    if enhancement and not refers:
        yield "purchaser", "an enhancement that names no earlier transmittal"


def _items(text: NoticeText, start: int, end: int) -> dict[str, tuple[int, str]]:
    """Return the items of a transmittal that are known by their words, each with its place and what stands behind them."""
    marks: list[re.Match[str]] = []
    for match in _ITEM.finditer(text.text, start, end):
        # A list inside an item begins anew: only a later number counts.
        if not marks or _ROMAN.index(match[1]) > _ROMAN.index(marks[-1][1]):
            marks.append(match)
    stop = _JUSTIFICATION.search(text.text, start, end)
    last = stop.start() if stop else end
    found: dict[str, tuple[int, str]] = {}
    for mark, following in zip(marks, [*(m.start() for m in marks[1:]), last], strict=True):
        content = re.sub(r"^\(U\)\s*", "", text.text[mark.end() : max(following, mark.end())])
        for name, label in _LABELS.items():
            if name not in found and (said := label.match(content)):
                found[name] = (mark.start(), content[said.end() :] if name != "value" else content)
                break
    return found


def _plain(items: Mapping[str, tuple[int, str]], name: str) -> str:
    """Return what an item says in one paragraph, without the colon behind its words and the letters of its classification."""
    if name not in items:
        return ""
    said = " ".join(items[name][1].split())
    return re.sub(r"^(?:\(U\)\s*)", "", said.lstrip(" :.")).strip()


def _shown(items: Mapping[str, tuple[int, str]], name: str) -> str:
    seen = " ".join(items[name][1].split())[:60] if name in items else ""
    return f": «{seen}»" if seen else ""


def _section(text: str, wanted: str) -> str | None:
    """Return the section of the law that a text names, the one of a kind (1: offers, 5: enhancements) before others."""
    named = [(match[1], (match[2] or "").upper()) for match in _SECTION.finditer(text)]
    first = next((each for each in named if each[0] == wanted), named[0] if named else None)
    return f"36(b)({first[0]}){first[1]}" if first else None


def _funding(text: str) -> str | None:
    match = _FUNDING.search(text)
    return match[1].strip(" .") if match else None


def _document(text: NoticeText) -> tuple[str, bool]:
    """Return the number of the document, or the name of the file, and whether it is a number of the Federal Register."""
    if named := _DOCUMENT.search(text.text):
        return named[1], True
    name = text.path.stem
    return name, bool(_OF_FILE.fullmatch(name))
