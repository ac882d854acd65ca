"""``milaid evidence``: rows on the pages that they stand on, as one PDF or a picture each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from milaid.progress import Progress
from milaid.publish.evidence import sheet
from milaid.publish.evidence.documents import document_at_hand
from milaid.publish.evidence.picture import pictures
from milaid.publish.evidence.rows import Box, Row, withheld_on
from milaid.publish.evidence.sheet import Shown, by_page
from milaid.publish.files.pdf import PAPERS, typesetter
from milaid.replacing import replacing
from milaid.world import require_room

FORMATS = ("pdf", "png")
_PICTURE_WIDTH = "700pt"


def make_evidence(
    rows: Sequence[Row], out_dir: Path, kind: str = "pdf", sources: Path | None = None, paper: str = "a4"
) -> list[Path]:
    """Write the evidence of rows into a folder, all or nothing, and return the files: one PDF/UA, or a picture a row ("png").

    Every document is looked for, and checked, before anything is drawn. Raises SourceError for one that cannot be had.
    """
    require_room(out_dir)
    needed = {row.document["file"]: row.document for row in rows if not row.is_web_page}
    files = {name: document_at_hand(document, sources) for name, document in needed.items()}
    with Progress("Drawing pages", len(rows)) as progress:
        shown = []
        for row in rows:
            shown.append(_drawn(row, files))
            progress.advance(what=row.row_id)
    with replacing(out_dir) as change:
        if kind == "png":
            names = [f"{_file_name(row)}.png" for row in rows]
            for name, each in zip(names, shown, strict=True):
                change.place(name).write_bytes(_png(each))
        else:
            names = [f"{_file_name(rows[0]) if len(rows) == 1 else 'evidence'}.pdf"]
            change.place(names[0]).write_bytes(_pdf(shown, paper))
    return [out_dir / name for name in names]


def _drawn(row: Row, files: dict[str, Path]) -> Shown:
    if row.is_web_page:
        return Shown(row, {})
    path = files[row.document["file"]]
    parts = by_page(row.boxes) or [[Box(int(row.activity["page"]), 0, 0, 0, 0)]]
    found = {part[0].page: pictures(path, part, withheld_on(path.name, part[0].page)) for part in parts}
    return Shown(row, found)


def _pdf(shown: Sequence[Shown], paper: str) -> bytes:
    width, height = PAPERS[paper]
    source, assets = sheet.source(shown, (f"{width}pt", f"{height}pt"))
    with typesetter(assets, "evidence") as setter:
        return setter.pdf(source)[0]


def _png(shown: Shown) -> bytes:
    source, assets = sheet.source([shown], (_PICTURE_WIDTH, "auto"))
    with typesetter(assets, shown.row.row_id) as setter:
        return setter.png(source)


def _file_name(row: Row) -> str:
    return row.row_id.replace("/", "_")
