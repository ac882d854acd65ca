"""A CSV file as records with their lines, and what is wrong with a file that is none."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from milaid.errors import RequestError, SourceError

_HEAD_BYTES = 1000
_LONGEST_RECORD = 1 << 24


def require_table(path: Path, named: str, advice: str) -> None:
    """Raise where there is no file (RequestError), or where it is empty, a web page or no text in UTF-8 (SourceError).

    ``named`` is what the file should be, ``advice`` what to do about a wrong one.
    """
    if not path.is_file():
        raise RequestError(f"{path}: there is no such file; name the downloaded {named}")
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise SourceError(f"{path}: the file is empty. {advice}")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        raise SourceError(f"{path}: line 1: not text in UTF-8 but in UTF-16, or no text at all. {advice}")
    if start.startswith(b"<"):
        seen = start[:60].decode("utf-8", "replace")
        raise SourceError(f"{path}: line 1: a web page, not a table: «{seen}». {advice}")


def records(path: Path, advice: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record of a CSV file in UTF-8 with the line on which it begins, the names of the columns first.

    Raises SourceError with the line where the bytes are of another encoding, a quoted text does not end as it should,
    or a record has not as many cells as the first.
    """
    previous = csv.field_size_limit(_LONGEST_RECORD)
    line, columns = 1, 0
    try:
        with path.open("rb") as stream:
            reader = csv.reader(_decoded(path, stream, advice), strict=True)
            for record in reader:
                if record and columns and len(record) != columns:
                    raise SourceError(
                        f"{path}: line {line}: a row of {len(record)} columns in place of {columns}, from "
                        f"«{','.join(record)[:60]}»; the file is cut off or damaged there. {advice}"
                    )
                if record:
                    columns = columns or len(record)
                    yield line, record
                line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(
            f"{path}: line {line}: a quoted text that begins in this row does not end as it should ({error}); the "
            f"file is cut off or damaged there. {advice}"
        ) from error
    finally:
        csv.field_size_limit(previous)


def _decoded(path: Path, stream: Iterator[bytes], advice: str) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(
                f"{path}: line {number}: the byte 0x{line[error.start : error.start + 1].hex()} is not UTF-8; the file "
                f"is in another encoding, such as Latin-1. {advice}"
            ) from error
