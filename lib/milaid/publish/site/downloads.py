"""The data of the site: the export of all tables, with what is too large for a mail or a browser packed.

Lies in ``data/`` beside the reports: CSV (activities as one ZIP and as one ZIP a fiscal year), Parquet, SQLite in a
ZIP, dictionary, description and checksums. Made anew only when the tables or the code changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import milaid
from milaid import paths
from milaid.parsing import parse_json
from milaid.progress import Progress
from milaid.publish.export import content, folder
from milaid.publish.export.make import explain, write_tables
from milaid.publish.export.readme import DATABASE
from milaid.publish.export.request import check
from milaid.publish.files import archive
from milaid.publish.inputs.fingerprints import code_fingerprint, data_fingerprint
from milaid.tables import catalogue, datapackage, schemas
from milaid.world import require_room

FOLDER = "data"
BY_YEAR = "csv/trainings-by-year"
_CSV = f"csv/{schemas.TRAININGS.name}.csv"
MOST_UNPACKED = 20_000_000
"""A CSV over this size in bytes lies in a ZIP: the activities, which have over 100 MB."""
_LEVEL_OF_DATABASE = 1
"""How hard its packing is tried: harder takes twice the time and makes it 4% smaller."""
_MADE_FROM = "madeFrom"
_CODE = ("tables", "publish/export", "publish/files/archive.py", "publish/site/downloads.py")
_PACKED_NOTE = """
## What is packed

The largest files lie in ZIP archives, each with one file in it: {names}. The data of this site also hold the
activities of each fiscal year as one ZIP, in `{by_year}/`.
"""


def write_downloads(reports: Path) -> Path:
    """Make the folder ``data`` below ``reports`` where it is not there or not of today's tables; returns it.

    Raises RequestError where there are no tables, or where the folder holds anything else.
    """
    target = reports / FOLDER
    made = _made_from()
    if _is_current(target, made):
        return target
    require_room(target)
    request = check(None, None, ())
    tables = content.tables(request)
    with folder.replaced(target) as room:
        written = write_tables(tables, request, room)
        _pack_years(room, written.spans)
        names = ", ".join(f"`{new}` holds `{Path(old).name}`" for old, new in _pack_large_files(room))
        note = _PACKED_NOTE.format(names=names, by_year=BY_YEAR)
        explain(request, written, room, {_MADE_FROM: made}, note)
    return target


def _made_from() -> dict[str, str]:
    package = Path(paths.__file__).parent
    return {
        "version": milaid.__version__,
        "data": data_fingerprint(paths.data_dir()),
        "code": code_fingerprint(package, *_CODE),
    }


def _is_current(target: Path, made: dict[str, str]) -> bool:
    try:
        description = parse_json((target / datapackage.FILE_NAME).read_text(encoding="utf-8"))
        return description.get(_MADE_FROM) == made and all(
            (target / name).is_file() for name in folder.read_sums(target)
        )
    except (OSError, ValueError, AttributeError):
        return False


def _pack_large_files(room: Path) -> list[tuple[str, str]]:
    """Put each large CSV and the database into a ZIP in its place; returns pairs of old and new name."""
    large = [path for path in sorted(room.glob("csv/*.csv")) if path.stat().st_size > MOST_UNPACKED]
    packed = []
    with Progress("Packing large tables", len(large) + 1) as progress:
        for path in [*large, room / DATABASE]:
            level = _LEVEL_OF_DATABASE if path.name == DATABASE else archive.LEVEL
            archive.pack_file(path, path.with_suffix(".zip"), level)
            path.unlink()
            names = (path, path.with_suffix(".zip"))
            packed.append((names[0].relative_to(room).as_posix(), names[1].relative_to(room).as_posix()))
            progress.advance(what=path.name)
    return packed


def _pack_years(room: Path, spans: Mapping[Path, range]) -> None:
    """Write the activities of each fiscal year as a CSV in a ZIP, out of the CSV of all."""
    years = {
        catalogue.year_of(f"{file.parent.name}/{file.name}"): span
        for file, span in spans.items()
        if file.parent.name == schemas.TRAININGS.name
    }
    if not years:
        return
    (room / BY_YEAR).mkdir(parents=True)
    with (
        (room / _CSV).open("rb") as csv,
        Progress("Activities by fiscal year", len(years)) as progress,
    ):
        head = csv.read(min(span.start for span in years.values()))
        for year, span in years.items():
            csv.seek(span.start)
            name = f"trainings-fy{year}.csv"
            rows = archive.read(csv, len(span))
            target = (room / BY_YEAR / name).with_suffix(".zip")
            archive.pack_pieces(name, chain([head], rows), target, len(head) + len(span))
            progress.advance(what=str(year))
