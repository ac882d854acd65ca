"""The commands that ask the record: evidence of rows, a list of units against it, a number that others wrote."""

from __future__ import annotations

from pathlib import Path

import click

from milaid import paths
from milaid.cli_options import shown


@click.command("evidence")
@click.argument("rows", metavar="[ROW_ID]...", nargs=-1)
@click.option(
    "--from",
    "listed",
    type=click.Path(path_type=Path),
    metavar="CSV",
    help="A CSV file with a column row_id.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(("pdf", "png")),
    default="pdf",
    show_default=True,
    help="One PDF, or a picture a row.",
)
@click.option(
    "--out",
    "out_dir",
    type=click.Path(path_type=Path),
    help="Folder to write; default: work/evidence/ in the project.",
)
@click.option(
    "--sources",
    type=click.Path(path_type=Path),
    help="Directory of the official files; default: MILAID_SOURCES, else data/official/; what is in neither is downloaded.",
)
def evidence(
    rows: tuple[str, ...], listed: Path | None, kind: str, out_dir: Path | None, sources: Path | None
) -> None:
    """Show rows on the page of the official document: framed, with the fields as read and where to look them up.

    ROW_ID is edition, document, page and row, such as 2014-2015/243029.pdf/p14/r12. A document that is not at hand is
    downloaded alone, and checked.
    """
    from milaid.publish.evidence.make import make_evidence
    from milaid.publish.evidence.rows import find_rows, row_ids
    from milaid.tables.build.official import require_directory

    sources = sources or paths.configured_sources()
    require_directory(sources)
    found = find_rows(row_ids(rows, listed))
    for path in make_evidence(found, out_dir or paths.work_dir() / "evidence", kind, sources):
        click.echo(shown(path))


@click.command("screen")
@click.argument("listed", metavar="CSV", type=click.Path(path_type=Path))
@click.option("--names", metavar="COL", help="Column with the names; default: unit or name, else the first.")
@click.option("--country", metavar="COL", help="Column with countries: each name is searched in its own.")
@click.option("--from", "first", metavar="YEAR", help="First fiscal year; default: the first with data.")
@click.option("--to", "last", metavar="YEAR", help="Last fiscal year; default: the last with data.")
@click.option(
    "--out",
    "out_dir",
    type=click.Path(path_type=Path),
    help="Folder to write; default: work/screening/ in the project.",
)
def screen(
    listed: Path,
    names: str | None,
    country: str | None,
    first: str | None,
    last: str | None,
    out_dir: Path | None,
) -> None:
    """Search a list of units among the units that the reports print; nothing leaves the machine.

    Candidates are for a person to look at. No candidate found is not evidence that no training took place.
    """
    from milaid.publish.screening.make import make_screening
    from milaid.publish.screening.request import read_request

    request = read_request(listed, names, country, first, last)
    for line in request.said:
        click.echo(line, err=True)
    done = make_screening(request, out_dir or paths.work_dir() / "screening")
    click.echo(str(done), err=True)
    for path in done.files:
        click.echo(shown(path))


@click.command("claim")
@click.argument("number", metavar="NUMBER")
@click.option(
    "--about", multiple=True, metavar="NAME", help="Country, region, program or department; may be repeated."
)
@click.option("--year", metavar="YEAR", help="Fiscal year, edition, or several as 2010-2015; default: any.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Sums shown of each kind.",
)
def claim(number: str, about: tuple[str, ...], year: str | None, most: int) -> None:
    """Say which sums of these tables a published number may be, the most plausible first; none is said plainly.

    NUMBER is as people write it: 528, "1,234" or "$4.1 million".
    """
    from milaid.publish.claim import find_claim, text

    answered = find_claim(number, about, year)
    for line in answered.said:
        click.echo(line, err=True)
    for line in text(answered, most):
        click.echo(line)
