"""``milaid explore``: the explorer written as one file, and left alone where it is as it would be written."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import milaid
from milaid.publish.explore.page import MADE_FROM, page, script_text, style_text
from milaid.publish.inputs.digests import Digests, joined
from milaid.publish.inputs.gathered import Gatherer
from milaid.replacing import settle, write_whole
from milaid.world import require_room

FILE_NAME = "explore.html"
_INDEX = "index.html"
_WRITTEN_BY = ("milaid.publish.explore.page",)
_HEAD = 4000
"""The digest of what a page was made from stands among its first bytes."""


def write_explorer(folder: Path, in_site: bool | None = None) -> Path:
    """Write ``explore.html`` into a folder and return it; one that was made from the same is left as it is.

    ``in_site`` says whether it links to the pages of the site; by default it does where the index lies beside it. Raises
    RequestError where there are no activities in data/.
    """
    require_room(folder)
    settle(folder)
    path = folder / FILE_NAME
    linked = (folder / _INDEX).is_file() if in_site is None else in_site
    made_from = _made_from(folder, linked)
    if not _is_current(path, made_from):
        write_whole(path, _text(made_from, linked))
    return path


@lru_cache(maxsize=1)
def _text(made_from: str, in_site: bool) -> str:
    """Return the page, made once for what is published twice: beside the reports and in a folder of its own."""
    return page(in_site, made_from)


def _made_from(folder: Path, in_site: bool) -> str:
    """Return one digest of all that the page is made from; it stands in the page, so what a machine has is no part of it."""
    gatherer = Gatherer((), Digests(folder))
    groups = (gatherer.code(*_WRITTEN_BY), gatherer.data, gatherer.lock)
    lines = [f"{milaid.__version__} {milaid.__released__} {in_site}", script_text(), style_text()]
    lines += [f"{name} {digest}" for group in groups for name, digest in sorted(group.items())]
    return joined(lines)


def _is_current(path: Path, made_from: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return MADE_FROM.format(made_from).encode("ascii") in file.read(_HEAD)
