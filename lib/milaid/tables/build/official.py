"""The official files that a build reads: each must be there and be the one that the manifests name."""

from __future__ import annotations

from pathlib import Path

from milaid.errors import SourceError, list_problems
from milaid.tables.state import file_digest

DEFLATOR_SOURCE = "context/csis_gdp_deflators_by_fiscal_year.csv"
BOUNDARIES_SOURCE = "geo/ne_110m_admin_0_countries.geojson"


def require_files(sources: Path, documents: list[dict[str, str]], others: list[dict[str, str]]) -> None:
    """Check that every official file is there and is the one the manifest names; SourceError with all problems."""
    problems = []
    for row in [*documents, *others]:
        path = sources / row["path"]
        if not path.is_file():
            what = f"edition {row['edition']}, {row['region']}" if "edition" in row else row["title"]
            problems.append(f"{path}: missing ({what}); official address: {row['url']}")
        elif (digest := file_digest(path)) != row["sha256"]:
            problems.append(
                f"{path}: {_why_different(path)} (sha256 {digest[:12]}…, expected {row['sha256'][:12]}…)"
            )
    if problems:
        advice = "data/ was left as it was."
        raise SourceError(list_problems("Official files that cannot be used:", problems, advice))


def _why_different(path: Path) -> str:
    """Return in words how a file that is not the expected one differs."""
    from milaid.sources.fmtr.document import HYPERTEXT_SUFFIXES, recognise

    if path.suffix.lower() not in (".pdf", *HYPERTEXT_SUFFIXES):
        return "its content is not that of the official file; download it again from its official address"
    try:
        recognise(path)
    except SourceError as error:
        return str(error).removeprefix(f"{path}: ")
    return "a readable section of the training report, but not the file that the manifest names"
