"""Marked text as plain text, for cells of workbooks and other places that know no markup."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.token import Token

from milaid.blocks import marked
from milaid.blocks.numbering import References

_ENDS = ("paragraph_close", "heading_close", "list_item_close", "tr_close")


def words(value: str, references: References) -> str:
    """Return a marked text letter for letter: exhibits by their numbers, footnotes in square brackets.

    Paragraphs, list items and rows of tables stand on lines of their own.
    """
    lines = _written(marked.parse(value), references).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _written(tokens: Sequence[Token], references: References) -> str:
    return "".join(_token(token, references) for token in tokens)


def _token(token: Token, references: References) -> str:
    match token.type:
        case "text" | "code_inline" | "code_block" | "fence" | "image":
            return token.content
        case "softbreak" | "hardbreak":
            return " "
        case "reference":
            number = references.number(token.meta["key"])
            return number.label if number else f"[{token.meta['key']}]"
        case "footnote":
            return f" [{_written(token.children or [], references)}]"
        case "inline":
            return _written(token.children or [], references)
        case "td_close" | "th_close":
            return " "
    return "\n" if token.type in _ENDS else ""
