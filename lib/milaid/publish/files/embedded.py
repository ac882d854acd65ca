"""Pictures that Markdown names: attachments, files beside the notebook and data addresses become part of the report.

Nothing is loaded from elsewhere. A picture that cannot be shown leaves a line that names it and says why.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token

from milaid.blocks import marked, pictures
from milaid.blocks.marked_cells import unshown
from milaid.blocks.targets import is_web_address

_MOST_BYTES = 20_000_000


@dataclass(frozen=True)
class Store:
    """Where the pictures of a cell are: its attachments, and the folder of the notebook, None where it has none."""

    attachments: Mapping[str, Any]
    folder: Path | None = None

    def found(self, address: str) -> tuple[bytes | None, str]:
        """Return the content of a picture, or None and why it is not there."""
        if address.startswith("data:"):
            known = pictures.of_address(address)
            return (
                (known[1], "")
                if known
                else (None, "its address holds no picture (PNG, JPEG, GIF, WebP, SVG)")
            )
        if address.startswith("attachment:"):
            return self._attached(unquote(address.removeprefix("attachment:")))
        return self._beside(unquote(address.partition("?")[0].partition("#")[0]))

    def _attached(self, name: str) -> tuple[bytes | None, str]:
        for mime, content in self.attachments.get(name, {}).items():
            if mime.startswith("image/"):
                text = "".join(content) if isinstance(content, list) else str(content)
                try:
                    return (
                        text.encode("utf-8") if text.lstrip().startswith("<") else base64.b64decode(text)
                    ), ""
                except ValueError:
                    return None, "its attachment is damaged; attach it again"
        return None, "the cell has no attachment of this name; attach it again"

    def _beside(self, name: str) -> tuple[bytes | None, str]:
        if self.folder is None:
            return None, "it is not known where the notebook lies"
        if not name or Path(name).is_absolute() or ":" in name or "\0" in name:
            return None, "only files beside the notebook are taken; give its path from there"
        path = self.folder / name
        try:
            if not path.is_file():
                return None, f"there is no file {name} beside the notebook"
            if path.stat().st_size > _MOST_BYTES:
                return None, "its file has more than 20 MB"
            return path.read_bytes(), ""
        except OSError as error:
            return None, f"its file cannot be read ({error.strerror})"


def embedded(tokens: Iterable[Token], store: Store) -> list[Token]:
    """Return tokens in which every picture is part of the report, or is a line that says why it is not."""
    found = []
    for token in tokens:
        if token.type == "image":
            found.append(_picture(token, store))
            continue
        if token.children:
            token.children = embedded(token.children, store)
        found.append(token)
    return found


def _picture(token: Token, store: Store) -> Token:
    address = str(token.attrs.get("src", ""))
    alt = marked.plain(token.children or [])
    named = f"“{alt}”" if alt else "without a description"
    if is_web_address(address) or address.startswith("//"):
        return unshown(
            f"Not exported: the picture {named} at {address}. Nothing is loaded from elsewhere. Save it beside the notebook and name that file."
        )
    content, why = store.found(address)
    picture = pictures.read(content) if content is not None else None
    if picture is None:
        place = "" if address.startswith("data:") else f" ({address})"
        return unshown(f"Not exported: the picture {named}{place}: {why or 'it is no picture, or damaged'}.")
    token.attrs["src"] = picture.address
    if not alt:
        token.children = [Token("text", "", 0, content="Picture of the notebook")]
    return token
