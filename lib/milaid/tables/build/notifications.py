"""The table arms_notifications.parquet made of notices of the Federal Register that a user has, or has downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from milaid import fiscal, paths
from milaid.errors import RequestError, SourceError, list_problems
from milaid.progress import track
from milaid.sources.arms_notices.listing import ADDRESS, fetch_texts, list_notices
from milaid.sources.arms_notices.notice import ADVICE, Transmittal, read_notice
from milaid.tables import notifications, store
from milaid.tables.build import added
from milaid.tables.build.aid_addition import counted, listed
from milaid.tables.schemas_notifications import ARMS_NOTIFICATIONS, ENHANCEMENT, FIRST_NAMED, NAMED

FILE_NAME = "arms_notifications.parquet"
FIRST_YEAR, FOLDER = 1994, "arms_notices"
"""The first year of which the Federal Register has texts, and the folder of the texts below data/official/."""
_ENDINGS = (".txt", ".htm", ".html")


@dataclass(frozen=True)
class NotificationsAddition:
    """What adding notices did: how many were read, the rows of the table now, and those that were left out."""

    notices: int
    transmittals: int
    table: pd.DataFrame
    left_out: tuple[str, ...] = ()

    def __str__(self) -> str:
        rows = self.table[self.table["replaced_by"].isna()]
        years = rows["fiscal_year"]
        enhancements = int((rows["kind"] == ENHANCEMENT).sum())
        trained = int(rows["training"].isin([FIRST_NAMED, NAMED]).sum())
        lines = [
            f"{FILE_NAME}: {counted(self.transmittals, 'transmittal')} of {counted(self.notices, 'notice')} added; it holds {len(rows):,}, "
            f"{fiscal.span(int(years.min()), int(years.max()))}: {counted(len(rows) - enhancements, 'offer')} and "
            f"{counted(enhancements, 'enhancement')}; training is named in {trained:,}",
            "an offer is no agreement and no delivery, and its value a ceiling: none is added to agreements",
        ]
        if replaced := len(self.table) - len(rows):
            lines.append(
                f"note: {counted(replaced, 'text')} replaced by a correction or by another text of the same transmittal"
            )
        lines += _notes(rows)
        if self.left_out:
            lines.append(list_problems(f"left out, {counted(len(self.left_out), 'notice')}:", self.left_out))
        return "\n".join(lines)


def _notes(rows: pd.DataFrame) -> list[str]:
    notes = []
    if unknown := sorted(set(rows.loc[rows["recipient_harmonised"].isna(), "purchaser"])):
        notes.append(
            f"note: {counted(len(unknown), 'purchaser')} that no reference table has, kept as printed: {listed(unknown)}"
        )
    refers = rows[rows["refers_to"].notna()]
    if absent := sorted(set(refers["refers_to"]) - set(rows["transmittal"])):
        notes.append(
            f"note: enhancements of {counted(len(absent), 'transmittal')} not in the table: {listed(absent)}"
        )
    return notes


def add_notifications(
    given: Sequence[Path], skip_damaged: bool = False, today: date | None = None
) -> NotificationsAddition:
    """Add notices to data/arms_notifications.parquet: texts, or directories that hold them.

    A text that was added before is read again and stands once. All is added or nothing: raises SourceError with file, line and
    value of every text that is damaged or no notice of an arms sale, unless ``skip_damaged``; RequestError where there is none.
    """
    files = _texts(given)
    found: list[Transmittal] = []
    problems: list[str] = []
    for file in track(files, "Reading notices"):
        try:
            found += read_notice(file, today or date.today())
        except SourceError as error:
            problems.append(str(error))
    if problems and (not skip_damaged or not found):
        advice = f"{ADVICE} --skip-damaged adds all others. Nothing was written."
        raise SourceError(list_problems("Texts that are no whole notices of arms sales:", problems, advice))
    before = store.load_arms_notifications()
    rows = notifications.as_rows(found)
    table = notifications.resolved(pd.concat([before, rows], ignore_index=True) if len(before) else rows)
    added.put_frame(table, ARMS_NOTIFICATIONS)
    return NotificationsAddition(len(files) - len(problems), len(found), table, tuple(problems))


def download_notifications(
    first_year: int, address: str = ADDRESS, skip_damaged: bool = False, today: date | None = None
) -> NotificationsAddition:
    """Fetch the notices from a year on that are not in data/official/arms_notices/ yet, and add them.

    Raises RequestError for a year of which there can be none, SourceError where the list or a text cannot be had.
    """
    day = today or date.today()
    if not FIRST_YEAR <= first_year <= day.year:
        raise RequestError(f"--from: {first_year} is not allowed; allowed: {FIRST_YEAR} to {day.year}")
    found = list_notices(first_year, day.year, address)
    if not found:
        raise SourceError(
            f"{address} lists no notice of an arms sale from {first_year} to {day.year}; nothing was written"
        )
    return add_notifications(fetch_texts(found, paths.official_dir() / FOLDER), skip_damaged, day)


def _texts(given: Sequence[Path]) -> list[Path]:
    """Return the texts that are named or lie below the directories named; RequestError where one is not there."""
    files: list[Path] = []
    problems: list[str] = []
    for path in given:
        if path.is_dir():
            inside = sorted(
                each for each in path.rglob("*") if each.suffix.lower() in _ENDINGS and each.is_file()
            )
            problems += [] if inside else [f"{path}: holds no file that ends in {', '.join(_ENDINGS)}"]
            files += inside
        elif path.is_file():
            files.append(path)
        else:
            problems.append(f"{path}: there is no such file or directory")
    if problems:
        raise RequestError(list_problems("Notices that cannot be added:", problems, ADVICE))
    return list(dict.fromkeys(files))
