"""How a report is cited: as text, as BibTeX and as RIS."""

from __future__ import annotations

from dataclasses import dataclass

import milaid

AUTHOR = "The milaid authors"
_YEAR = milaid.__released__[:4]
_SPECIAL = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{",
    "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True)
class Cited:
    """A report as it is cited: its title, its series, its kind, and its place below reports/."""

    title: str
    series: str
    kind: str
    place: str

    @property
    def text(self) -> str:
        """The citation in one line."""
        return f"{AUTHOR}. {self.title}. {self._series}, version {milaid.__version__}, {_YEAR}."

    @property
    def bibtex(self) -> str:
        """The entry for LaTeX."""
        return bibtex(
            "techreport",
            f"milaid-{self.place.replace('/', '-')}",
            title=self.title,
            institution="milaid",
            type=self._series,
            note=version(),
        )

    @property
    def ris(self) -> str:
        """The entry for Zotero, EndNote and the like."""
        lines = (
            ("TY", "RPRT"),
            ("AU", f"{AUTHOR},"),
            ("TI", self.title),
            ("T3", self._series),
            ("PB", "milaid"),
            ("PY", _YEAR),
            ("DA", milaid.__released__.replace("-", "/")),
            ("ET", milaid.__version__),
            ("ER", ""),
        )
        return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines)

    @property
    def _series(self) -> str:
        return ", ".join(filter(None, (self.series, self.kind.lower())))


def version() -> str:
    """Return version and day of this release."""
    return f"version {milaid.__version__}, {milaid.__released__}"


def bibtex(kind: str, key: str, **fields: str) -> str:
    """Return an entry; values are escaped, an author in braces is kept as one name, empty fields are left out."""
    filled = {"author": f"{{{AUTHOR}}}", "year": _YEAR, **fields}
    lines = [f"  {name} = {{{_escaped(name, value)}}}" for name, value in filled.items() if value]
    return "\n".join([f"@{kind}{{{key},", ",\n".join(lines), "}"])


def _escaped(name: str, value: str) -> str:
    if name == "author":
        return value
    escaped = "".join(_SPECIAL.get(letter, letter) for letter in value)
    # An address is read by a package that knows its letters.
    return value if name == "url" else escaped
