"""``milaid data`` and what belongs to it: the tables are built from the official files, and added to."""

from __future__ import annotations

from pathlib import Path

import click

from milaid import paths
from milaid.errors import RequestError

_sources_option = click.option(
    "--sources",
    type=click.Path(path_type=Path),
    help="Directory of the official files; default: MILAID_SOURCES, else they are downloaded.",
)


@click.group("data", invoke_without_command=True)
@_sources_option
@click.pass_context
def data(context: click.Context, sources: Path | None) -> None:
    """Rebuild the tidy tables from the official files; what has not changed is not read again.

    Without a directory of the files, each is downloaded from its official address to data/official/. A
    download that was broken off is continued.
    """
    context.obj = sources or paths.configured_sources()
    if context.invoked_subcommand:
        return
    _require_own_tables(context.obj)
    from milaid.tables.build.data import build_data, only_edited

    if context.obj is None and not only_edited():
        _download()

    click.echo(build_data(context.obj))


@data.command("add")
@click.argument("files", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--edition", required=True, metavar="N-(N+1)", help="The edition, such as 2021-2022.")
@click.option(
    "--url",
    "urls",
    multiple=True,
    metavar="URL",
    help="Official address of a file, recognised by its last part; may be given once for each.",
)
@_sources_option
@click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing.")
@click.pass_obj
def data_add(
    named: Path | None,
    files: tuple[Path, ...],
    edition: str,
    urls: tuple[str, ...],
    sources: Path | None,
    dry_run: bool,
) -> None:
    """Add documents of a new edition: files, or a directory with them.

    Everything is read, named and compared with the printed totals first. Where a name is unknown or a total
    differs, one report says which and gives the lines for the reference tables; nothing is written.
    """
    _require_own_tables(sources or named)
    from milaid.tables.build.adding import add_edition

    click.echo(add_edition(files, edition, urls, sources or named, dry_run))


@data.command("add-aid")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--download",
    is_flag=True,
    help="Fetch us_foreign_aid_funding.csv (about 22 MB) first; goes on where it broke off.",
)
@click.option("--url", metavar="URL", help="With --download: another address of that file.")
def data_add_aid(file: Path | None, download: bool, url: str | None) -> None:
    """Add up a file of ForeignAssistance.gov: us_foreign_aid_funding.csv, or us_foreign_aid_complete.csv.

    Makes data/foreignassistance.parquet: a table of its own, which git ignores. Its sums are compared with those of
    the country file; differences are shown and refuse nothing. A file that is damaged is refused, with line, column and
    value.
    """
    _require_one(file, download, "FILE")
    if url and not download:
        raise RequestError("--url: belongs to --download")
    _require_own_tables(None)
    from milaid.sources.foreignassistance_funding import ADDRESS
    from milaid.tables.build.funding_aid import add_aid, download_funding

    click.echo(add_aid(file or download_funding(url or ADDRESS)))


@data.command("add-notifications")
@click.argument("given", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--download", is_flag=True, help="Fetch the notices of the Federal Register that are not there yet."
)
@click.option(
    "--from", "first_year", type=int, metavar="YEAR", help="With --download: the first year, such as 2005."
)
@click.option(
    "--url", metavar="URL", help="With --download: another address of the interface of the Federal Register."
)
@click.option("--skip-damaged", is_flag=True, help="Add what can be read, and name what cannot.")
def data_add_notifications(
    given: tuple[Path, ...], download: bool, first_year: int | None, url: str | None, skip_damaged: bool
) -> None:
    """Add notices of arms sales in the Federal Register: texts, or directories with them.

    Makes data/arms_notifications.parquet, which git ignores: a row a transmittal, with purchaser, value, equipment and date. A
    correction replaces, an enhancement refers. A text that is damaged or of another kind is refused with its place.
    """
    _require_one(given, download, "PATH")
    if (first_year is None) == download or (url and not download):
        raise RequestError("--download and --from YEAR belong together, and --url to both")
    _require_own_tables(None)
    from milaid.sources.arms_notices.listing import ADDRESS
    from milaid.tables.build.notifications import add_notifications, download_notifications

    if first_year is not None:
        click.echo(download_notifications(first_year, url or ADDRESS, skip_damaged))
    else:
        click.echo(add_notifications(given, skip_damaged))


def _require_one(given: object, download: bool, name: str) -> None:
    """Raise RequestError unless files are named or --download is given, and not both."""
    if bool(given) == download:
        raise RequestError(f"name either {name} or --download")


def _require_own_tables(sources: Path | None) -> None:
    """Raise RequestError where there is no folder whose tables may be written: those of a release stay as they are."""
    if not paths.own_data():
        raise RequestError(
            f"the tables in {paths.data_dir()} come with milaid and are left as they are; to build some of your own: "
            "milaid init DIR --with-data, and this command in DIR"
        )
    listed = paths.reference_dir() / "documents.csv"
    if not listed.is_file() and (sources is None or sources.is_dir()):
        raise RequestError(
            f"{listed} is missing: tables are built from the documents that it lists; "
            "milaid init DIR --with-data makes a folder that has it"
        )


def _download() -> None:
    """Download the official files that are not in the project's own store yet."""
    from milaid.sources.download.downloading import download_official
    from milaid.tables.state import read_rows

    documents = read_rows(paths.reference_dir() / "documents.csv")
    others = read_rows(paths.reference_dir() / "other_sources.csv")
    click.echo(download_official(documents, others, paths.official_dir()))
