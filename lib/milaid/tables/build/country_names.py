"""The rows of country_names.csv that come from Unicode's CLDR: ``python -m milaid.tables.build.country_names``.

Takes them from babel, which only those who develop milaid need, and leaves the rows written for this project as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from milaid.paths import reference_dir
from milaid.replacing import write_whole
from milaid.tables.naming.forms import key
from milaid.tables.state import read_rows, rows_as_text

TABLE = "country_names.csv"
CLDR = "CLDR"
LANGUAGES = (
    "en", "fr", "es", "pt", "de", "it", "nl", "sv", "pl", "tr", "id", "sw", "ru", "uk", "ar", "zh", "ja",
)  # fmt: skip
"""Every territory is taken in these languages, and in its own official ones."""
_OFFICIAL = ("official", "de_facto_official")
_WITHDRAWN = frozenset({"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD", "ANT"})
_NO_TERRITORY = re.compile("AAA|ZZZ|Q[M-Z].|X..")
"""What ISO 3166-1 leaves for private use."""
_KOSOVO = {"XK": "XKX"}


def codes() -> dict[str, str]:
    """Return the alpha-3 code of each alpha-2 code of ISO 3166-1, with that in common use for Kosovo."""
    from babel.core import get_global

    found = {
        two[0]: three
        for three, two in get_global("territory_aliases").items()
        if re.fullmatch("[A-Z]{3}", three)
        and len(two) == 1
        and three not in _WITHDRAWN
        and not _NO_TERRITORY.fullmatch(three)
    }
    return found | _KOSOVO


def rows(own: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows of CLDR: codes and names, each form of a territory once and none that is among ``own`` rows."""
    have = {(key(row["form"]), row["code"]) for row in own}
    for two, code in sorted(codes().items(), key=lambda pair: pair[1]):
        yield _row(two, code, "code", "")
        for language in dict.fromkeys((*LANGUAGES, *_official(two))):
            name = _name(two, language)
            if name and key(name) and (key(name), code) not in have:
                have.add((key(name), code))
                english = language == "en"
                yield _row(name, code, "present" if english else "language", "" if english else language)


def _row(form: str, code: str, kind: str, language: str) -> dict[str, str]:
    return {"form": form, "code": code, "kind": kind, "language": language, "source": CLDR, "note": ""}


def _official(territory: str) -> tuple[str, ...]:
    from babel.core import get_global

    spoken = get_global("territory_languages").get(territory, {})
    return tuple(language for language, about in spoken.items() if about["official_status"] in _OFFICIAL)


def _name(territory: str, language: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language).territories.get(territory, "")
    except (UnknownLocaleError, ValueError):
        return ""


def write() -> int:
    """Write the table anew, rows of this project first; returns how many rows it has."""
    path = reference_dir() / TABLE
    own = [row for row in read_rows(path) if row["source"] != CLDR]
    table = [*own, *rows(own)]
    write_whole(path, rows_as_text(table))
    return len(table)


if __name__ == "__main__":
    print(f"{TABLE}: {write()} rows")
