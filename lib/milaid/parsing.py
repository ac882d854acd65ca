"""Text in JSON and YAML that others wrote: whatever it holds, it is read or refused with a ValueError.

Nested without end, it would stop the readers of Python with another error than that of a text that is wrong.
"""

from __future__ import annotations

import json
from reprlib import Repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import yaml

_MOST_LETTERS = 200
_SHOWN = {
    "maxlevel": 3,
    "maxdict": 4,
    "maxlist": 4,
    "maxtuple": 4,
    "maxstring": 160,
    "maxlong": 60,
    "maxother": 160,
}
_TOO_DEEP = "it is nested too deeply to be read"


def parse_json(text: str | bytes) -> Any:
    """Return what a text in JSON holds; ValueError where it is none, or is nested too deeply."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error


def parse_yaml(text: str, loader: type[yaml.BaseLoader | yaml.SafeLoader] | None = None) -> Any:
    """Return what a text in YAML holds, by default with its numbers and dates as such.

    ValueError with the line where it is none, or is nested too deeply.
    """
    import yaml

    try:
        return yaml.load(text, loader or yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(shortened_text(" ".join(str(error).split()))) from error
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error


def shortened(value: Any) -> str:
    """Return a value for a message, in 200 letters at most, however large or deep it is."""
    limited = Repr()
    for limit, number in _SHOWN.items():
        setattr(limited, limit, number)
    return shortened_text(limited.repr(value))


def shortened_text(text: str) -> str:
    """Return a text for a message, in 200 letters at most."""
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
