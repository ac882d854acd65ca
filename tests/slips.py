"""Slips of grammar and of numbers in a finished text: what no report may say, whatever its numbers are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

_COUNTED = (
    "activities|agreements|articles|bases|cells|columns|countries|courses|days|documents|editions|faults|fields|"
    "institutions|labels|members|months|pages|participants|people|places|points|programs|recipients|regions|reports|"
    "rows|sections|tables|titles|totals|units|values|years"
)
_ONE = "activity|country|course|day|fault|page|participant|place|program|recipient|region|row|total|unit|year"
SLIPS = {
    "one of many": rf"(?<![\d.,–−$/-])(?:1|\b[Oo]ne) (?:(?!(?:and|had|has|in|of|or|to) )\w+ )?(?:{_COUNTED})\b(?! [a-z]+s\b)",
    "many of one": rf"(?<![\d.,–−$/])(?<!FY)\b(?:[02-9]|[1-9]\d|[1-9]\d\d|\d{{1,3}},\d{{3}}) (?:{_ONE})\b(?![- ])",
    "one of one": r"\b1 of (?:the )?1\b(?![.,]\d)",
    "a before a vowel": r"\b[Aa] \$?(?:8\d*|11|18)(?:[.,]\d+)*(?!\d|[.,]\d)(?!-)",
    "an before a consonant": r"\b[Aa]n \$?(?!8|11\b|18\b)\d",
    "nothing in millions": r"\$0\.0 ?(?:m\b|bn\b|million|billion)",
    "thousands of millions": r"\$\d{1,3}(?:,\d{3})+(?:\.\d+)? ?(?:m\b|million)",
    "a rise of over a thousand percent": r"[+−]\d{1,3}(?:,\d{3})+(?:\.\d+)?%",
    "none in percent": r"\b0 \(0\.0%\)|(?<![\d.])0\.0% of (?:the )?participants\b",
    "what can be told": r"\b(?:can|could) be told\b",
}
"""In any text: the cells of tables and the labels of charts too."""
SLIPS_OF_SENTENCES = {
    "a word twice": r"\b([A-Za-z]{2,}) \1\b",
    "a file": r"\b[\w-]+\.(?:html?|pdf|parquet)\b",
    "a space before a mark": r"\w [,;:](?= |$)",
    "a mark twice": r"[,;:]{2}",
}
"""In sentences, titles and notes; a cell gives what a document prints, its faults too."""
_TEXT = re.compile(r"<text[^>]*>(.*?)</text>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"\]\(<?[^)>]*>?\)|https?://\S+|`[^`]*`")


def slips(text: str, sentence: bool = True, grammar: bool = True) -> list[str]:
    """Return what is wrong with a text, each with the words around it; addresses and code are not read.

    Without ``sentence`` only SLIPS are looked for, without ``grammar`` only SLIPS_OF_SENTENCES.
    """
    shown = _LINK.sub("]", text)
    patterns = (SLIPS if grammar else {}) | (SLIPS_OF_SENTENCES if sentence else {})
    return [
        f"{name}, {found[0]!r} in: …{shown[max(0, found.start() - 60) : found.end() + 30]}…"
        for name, pattern in patterns.items()
        for found in re.finditer(pattern, shown)
    ]


def labels(svg: str) -> Iterator[str]:
    """Yield the texts of a drawing."""
    return (unescape(_TAG.sub("", text)) for text in _TEXT.findall(svg))


_UNREAD = re.compile(r"<(style|script|svg|math|code|pre)\b.*?</\1>", re.DOTALL)
_INLINE = "a|abbr|b|button|em|i|small|span|strong|sub|sup"
_OPENING = re.compile(rf"<(?!/?(?:{_INLINE})\b)(/?\w+)[^>]*>")
_NUMBER = re.compile(r"^(?:(?:Figure|Table|Rule) A?\d+ |\d+ (?=[A-Z]))")
"""The number before a title or a finding, which counts nothing."""
_OF_SENTENCES = ("p", "h1", "h2", "h3", "li", "dd")


def slips_of_page(html: str) -> list[str]:
    """Return what is wrong with the texts of a page, cell by cell and paragraph by paragraph, and in its drawings."""
    found = [slip for text in labels(html) for slip in slips(text, sentence=False)]
    parts = _OPENING.split(_UNREAD.sub(" ", html))
    for opening, part in zip(parts[1::2], parts[2::2], strict=True):
        text = _NUMBER.sub("", " ".join(unescape(_TAG.sub("", part)).split()))
        found += slips(text, sentence=opening in _OF_SENTENCES)
    return found


def slips_of_print(pages: Iterable[str]) -> list[str]:
    """Return what is wrong with the lines of printed pages; a line may be a row of a table, or go on in the next."""
    lines = (_NUMBER.sub("", " ".join(line.split())) for page in pages for line in page.splitlines())
    return [slip for line in lines for slip in slips(f"{line} ", sentence=False)]
