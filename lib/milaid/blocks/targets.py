"""What a report links to: other reports and pages of the suite, by their places, and web addresses.

A *target* is a web address or a place below reports/ without suffix, such as ``country/CMR``, with ``#`` and the name
of a part behind it if need be. Which places there are is known to whoever publishes. In marked text a place stands as ``[Cameroon](report:country/CMR)``. A report that is
made alone links to no other one: which places it may link to is known only when a suite is built.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from milaid.blocks import marked
from milaid.blocks.block import Block, Exhibit, Related, Table
from milaid.blocks.numbering import marked_texts

SCHEME = "report:"
INDEX = "index"
EXPLORE = "explore"
_CODE = r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"
_PLACE = re.compile(rf"{_CODE}(?:/{_CODE})?(?:#{_CODE})?")


def is_web_address(target: str | None) -> bool:
    """Return whether a link can be followed from a file that lies anywhere."""
    return bool(target) and str(target).startswith(("https://", "http://", "mailto:"))


def is_target(target: str) -> bool:
    """Return whether a text is a web address or has the form of a place."""
    return is_web_address(target) or _PLACE.fullmatch(target) is not None


@dataclass(frozen=True)
class Links:
    """Where a document lies and which places it may link to; by default it lies alone and links to none."""

    place: str = ""
    linked: frozenset[str] = frozenset()

    def address(self, target: str | None) -> str | None:
        """Return the address to follow from this document; None where the text is to stand plain.

        A place is relative, ``../country/CMR.html``, so that the folder works from a disk or a web server.
        """
        if not target or is_web_address(target):
            return target or None
        place, mark, part = target.partition("#")
        if place == self.place:
            return mark + part or None
        if not self.place or place not in self.linked:
            return None
        return posixpath.relpath(f"{place}.html", posixpath.dirname(self.place) or ".") + mark + part


NO_LINKS = Links()


def of_tokens(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield the targets of the links to reports in marked text."""
    for token in marked.walk(list(tokens)):
        href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
        if href.startswith(SCHEME):
            yield href.removeprefix(SCHEME)


def of_block(block: Block) -> Iterator[str]:
    """Yield the targets of a block, web addresses in its marked texts apart."""
    for value in marked_texts(block):
        yield from of_tokens(marked.parse(value))
    if isinstance(block, Related):
        yield from (place for _, place in block.items)
    if isinstance(block, Table):
        yield from (target for _, column in block.links for target in column if target)


def places(targets: Iterable[str]) -> frozenset[str]:
    """Return the places among targets, without the parts they name."""
    return frozenset(t.partition("#")[0] for t in targets if not is_web_address(t))


def problems(
    targets: Iterable[str], is_place: Callable[[str], bool], examples: str, owner: Block | None = None
) -> list[str]:
    """Return what to say of each target that is neither a web address nor a place.

    ``is_place`` says of a text of that form whether there is such a place, ``examples`` name some; ``owner`` is the
    block that the targets are in.
    """
    name = (
        f"{owner.block} {owner.key!r}: "
        if isinstance(owner, Exhibit)
        else f"{owner.block}: "
        if owner
        else ""
    )
    wrong = sorted({target for target in targets if not _leads(target, is_place)})
    return [f"{name}{target!r} is no web address and no place such as {examples}" for target in wrong]


def _leads(target: str, is_place: Callable[[str], bool]) -> bool:
    return is_web_address(target) or (is_target(target) and is_place(target.partition("#")[0]))
