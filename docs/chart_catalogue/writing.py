"""The catalogue of the kinds of charts: a picture each, and a table in CONTRIBUTING.md between two marks."""

from __future__ import annotations

from pathlib import Path

from chart_catalogue import samples
from chart_catalogue.kinds import KINDS, Kind, chart_functions
from chart_catalogue.picture import picture

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
PICTURES = ROOT / "docs" / "images" / "charts"
BEGIN, END = "<!-- kinds of charts: written by make pictures -->\n", "<!-- end of the kinds of charts -->\n"
_WIDTH = 300


def write() -> None:
    """Write pictures and table; a picture of what is no kind of chart any more goes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    made = pictures()
    for path in PICTURES.iterdir():
        if path.name not in made:
            path.unlink()
    for name, content in made.items():
        (PICTURES / name).write_text(content, encoding="utf-8", newline="")
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="")


def pictures() -> dict[str, str]:
    """Return the pictures by file name: each kind of chart as it is drawn for a phone."""
    drawn = {kind.name: getattr(samples, f"draw_{kind.name}")() for kind in KINDS}
    return {f"{name}.svg": picture(getattr(drawing, "narrow", drawing)) for name, drawing in drawn.items()}


def with_table(page: str) -> str:
    """Return a page with the table of all kinds between its marks."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def table() -> str:
    """Return the table of all kinds as Markdown."""
    rows = [_row(kind) for kind in KINDS]
    return "\n".join(["| drawn for a phone | kind |", "| --- | --- |", *rows, ""])


def _row(kind: Kind) -> str:
    address = (PICTURES / f"{kind.name}.svg").relative_to(ROOT).as_posix()
    image = f'<img src="{address}" width="{_WIDTH}" alt="{kind.name}">'
    module = chart_functions()[kind.name].__module__
    texts = [
        f"**[`{module.rpartition('.')[2]}.{kind.name}`]({_file(module)})**",
        kind.use,
        f"*Frame:* {kind.frame}.",
    ]
    if kind.exhibit:
        module = f"milaid.exhibits.{kind.exhibit.rpartition('.')[0]}"
        texts.append(f"*In use:* [`{kind.exhibit}`]({_file(module)})")
    else:
        texts.append("*In use:* in no report yet.")
    return f"| {image} | {'<br>'.join(texts)} |"


def _file(module: str) -> str:
    return f"lib/{module.replace('.', '/')}.py"
