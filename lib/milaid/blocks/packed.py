"""The data of a block in a notebook: as they are where they are small, else compressed.

The drawings and rows of a report are most of what its notebook weighs; as JSON they would take five times the room.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from typing import Any

from milaid.errors import ReportError

MOST_UNPACKED = 4096
"""Bytes of JSON up to which the data of a block stay readable in the file."""
_LEVEL = 6
_PACKED = "packed"


def packed(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a block as a notebook holds them: kind and key stay readable, large ones are compressed."""
    content = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    if len(content) <= MOST_UNPACKED:
        return payload
    named: dict[str, Any] = {name: payload[name] for name in ("block", "key") if name in payload}
    return {**named, _PACKED: b64encode(zlib.compress(content.encode("utf-8"), _LEVEL)).decode("ascii")}


def unpacked(held: dict[str, Any]) -> dict[str, Any]:
    """Return the data of a block that a notebook holds; raises ReportError where they are damaged."""
    if _PACKED not in held:
        return held
    try:
        content: dict[str, Any] = json.loads(zlib.decompress(b64decode(held[_PACKED], validate=True)))
    except (ValueError, TypeError, zlib.error) as error:
        raise ReportError(
            f"the data of a block {held.get('key', held.get('block'))!r} are damaged: {error}"
        ) from error
    return content
