"""The official files that a build reads: where they lie, and whether they are the ones the manifests name."""

from __future__ import annotations

from pathlib import Path

from milaid import paths
from milaid.errors import RequestError, SourceError, list_problems
from milaid.tables.state import file_digest

DEFLATOR_SOURCE = "context/csis_gdp_deflators_by_fiscal_year.csv"
BOUNDARIES_SOURCE = "geo/ne_110m_admin_0_countries.geojson"


def locate(name: str, sources: Path | None) -> Path:
    """Return where an official file lies: in ``sources`` if it is there, else in the project's own store.

    ``name`` is its place below either; a file that is in neither gets the place where it is first looked for.
    """
    places = [folder / name for folder in (sources, paths.official_dir()) if folder]
    return next((place for place in places if place.is_file()), places[0])


def require_directory(sources: Path | None) -> None:
    """Check that the directory named for the official files, if any, is there; RequestError where not."""
    if sources is not None and not sources.is_dir():
        raise RequestError(f"{sources}: there is no such directory; name the one with the official files")


def require_files(rows: list[dict[str, str]], sources: Path | None, why: str = "") -> None:
    """Check that every official file is there and is the one the manifest names; SourceError with all problems.

    In: rows of documents.csv and other_sources.csv; ``why`` says for what they are needed.
    """
    problems = []
    for row in rows:
        path = locate(row["path"], sources)
        if not path.is_file():
            what = f"edition {row['edition']}, {row['region']}" if "edition" in row else row["title"]
            problems.append(f"{path}: missing ({what}); official address: {row['url'] or 'not recorded'}")
        elif (digest := file_digest(path)) != row["sha256"]:
            problems.append(
                f"{path}: {_why_different(path)} (sha256 {digest[:12]}…, expected {row['sha256'][:12]}…)"
            )
    if problems:
        looked = " and then in ".join(str(folder) for folder in (sources, paths.official_dir()) if folder)
        advice = " ".join(filter(None, [why, f"Looked for in {looked}.", "data/ was left as it was."]))
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
