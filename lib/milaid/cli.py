"""The ``milaid`` command: reads what is asked for, calls the floors below, prints what they say.

Every command imports what it needs when it runs, so that help and wrong requests answer at once.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Any

import click

from milaid import paths
from milaid.cli_data import data
from milaid.cli_lab import lab
from milaid.cli_options import command_without_data, parameter_options, shown, values_of
from milaid.cli_record import claim, evidence, screen
from milaid.errors import MilaidError
from milaid.publish.registry.checking import check, read_formats
from milaid.publish.registry.description import describe
from milaid.publish.registry.known import find_report, known
from milaid.publish.registry.parameter import Value
from milaid.publish.registry.report import Report

EXIT_CODES = """\b
Exit codes:
  0    done
  1    the work failed: a cell of a report, a missing table
  2    the request was wrong: a parameter, an option, a missing folder
  3    a source document cannot be read or is not what it should be
  4    numbers do not add up, or a name is not in the reference tables
  130  stopped by the keyboard"""


class _Reports(click.Group):
    """The group ``report``: one command for each kind of report."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a kind of report; an unknown kind is a RequestError."""
        if ctx.resilient_parsing and cmd_name not in known():
            return None
        return _report_command(find_report(cmd_name))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the kinds of reports."""
        return list(known())


@click.group(epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="milaid")
def command(debug: bool) -> None:
    """Annual trends reports on US foreign military training and aid."""


@command.group("report", cls=_Reports)
def report_group() -> None:
    """Make one report: HTML, PDF, notebook and tables."""


def _report_command(report: Report) -> click.Command:
    """Return the command of a report, with an option for each of its parameters."""
    try:
        options = parameter_options(report)
    except MilaidError as error:
        return command_without_data(report, error)
    options += [
        click.Option(
            ["--format", "formats"],
            default="html,pdf",
            show_default=True,
            help=f"{'html, pdf, brief' if report.brief else 'html, pdf'}, or several with commas.",
        ),
        click.Option(
            ["--out", "out_dir"], type=click.Path(path_type=Path), help="Directory instead of reports/."
        ),
    ]

    def run(settings: tuple[str, ...], formats: str, out_dir: Path | None, **given: str | None) -> None:
        _make(report.kind, formats, out_dir, values_of(settings, given))

    return click.Command(report.kind, params=options, callback=run, help=f"{report.title}.")


def _make(kind: str, formats: str, out_dir: Path | None, given: dict[str, Value]) -> None:
    """Check a request, then make the report and print the files written."""
    request = check(kind, given)
    chosen = read_formats(formats, request.report)
    for line in request.said:
        click.echo(line, err=True)
    from milaid.publish.report import build
    from milaid.publish.run.failures import told

    target = out_dir or paths.reports_dir()
    with told(target, request.place):
        files = build(request, chosen, target)
    for path in files:
        click.echo(shown(path))


@command.command("build")
@click.option(
    "--only", multiple=True, metavar="PATTERN", help="Only these places: 'country/*'; may be repeated."
)
@click.option(
    "--format",
    "formats",
    metavar="NAMES",
    help="html, pdf, brief, or several, instead of what the plan says.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Reports made at once; default: one a core."
)
@click.option("--force", is_flag=True, help="Build also what has not changed.")
@click.option("--list", "listed", is_flag=True, help="Show what the plan holds and what would be built.")
@click.option("--why", "place", metavar="PLACE", help="Say what made a report stale, and build nothing.")
@click.option(
    "--log",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="What is said of each report; json: an object a line on stdout.",
)
@click.option(
    "--plan", "plan_file", type=click.Path(path_type=Path), help="Plan instead of reports/plan.yml."
)
@click.option("--out", "out_dir", type=click.Path(path_type=Path), help="Directory instead of reports/.")
@click.option("--scheduler", metavar="ADDRESS", help="Build on the Dask cluster of tcp://HOST:PORT.")
@click.option("--dest", metavar="ADDRESS", help="Where all is put, and gone on with: s3://BUCKET/reports.")
def build_command(
    only: tuple[str, ...],
    formats: str | None,
    jobs: int | None,
    force: bool,
    listed: bool,
    place: str | None,
    log: str,
    plan_file: Path | None,
    out_dir: Path | None,
    scheduler: str | None,
    dest: str | None,
) -> None:
    """Build the reports of a plan, side by side; what has not changed is left as it is.

    A report that fails does not stop the others, and its last good files stay; failures/ tells why it failed. The index and the other pages of the
    site are written beside the reports; with --only, the data for download stay as they are.
    """
    from milaid.publish.build import build_plan

    said = build_plan(
        plan_file,
        out_dir,
        only=only,
        formats=formats,
        jobs=jobs,
        force=force,
        listed=listed,
        place=place,
        log=log,
        scheduler=scheduler,
        dest=dest,
    )
    if said:
        click.echo(said)


@command.command("params")
@click.argument("kind", required=False)
def params(kind: str | None) -> None:
    """Print the parameters of a report: name, type, default, allowed values, help."""
    click.echo("\n\n".join(describe(name) for name in ([kind] if kind else known())))


command.add_command(data)
command.add_command(lab)
command.add_command(evidence)
command.add_command(screen)
command.add_command(claim)


@command.command("check")
@click.option(
    "--edition", metavar="EDITION", help="Every total of one edition that does not agree: 2014-2015."
)
def check_command(edition: str | None) -> None:
    """Compare the rows with the totals that the documents print, by edition."""
    from milaid.publish.check import compare
    from milaid.tables.build.writing import finish_change

    finish_change(paths.data_dir())
    comparison = compare(edition)
    click.echo(comparison.text)
    comparison.require()


@command.command("export")
@click.option(
    "--out",
    "out_dir",
    type=click.Path(path_type=Path),
    help="Folder to write; default: export/ in the project.",
)
@click.option("--format", "formats", metavar="NAMES", help="csv, parquet, sqlite, or several; default: all.")
@click.option("--years", metavar="YEARS", help="Fiscal years as 2014,2016-2018; default: all.")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table; may be repeated.")
def export(out_dir: Path | None, formats: str | None, years: str | None, tables: tuple[str, ...]) -> None:
    """Write the tables for others: CSV, Parquet and SQLite, with citations, dictionary and checksums."""
    from milaid.publish.export.make import make_export
    from milaid.publish.export.request import check as check_export

    for path in make_export(check_export(formats, years, tables), out_dir or paths.export_dir()):
        click.echo(shown(path))


@command.command("site")
@click.option(
    "--out", "out_dir", required=True, type=click.Path(path_type=Path), help="Folder to publish into."
)
@click.option(
    "--reason", default="", help="Why numbers of published reports changed; kept and shown to readers."
)
@click.option(
    "--kind",
    type=click.Choice(["revision", "correction"]),
    default=None,
    help="Why: a new source or method, or an error that is mended.",
)
@click.option(
    "--without-data", is_flag=True, help="Leave the tables out, for a small copy of the reports alone."
)
@click.option(
    "--keep", multiple=True, metavar="PATTERN", help="Leave such files in DIR: CNAME, .git; may be repeated."
)
@click.option(
    "--address", default="", metavar="URL", help="Where the site will be found, for links in social networks."
)
def site(
    out_dir: Path, reason: str, kind: str | None, without_data: bool, keep: tuple[str, ...], address: str
) -> None:
    """Publish the built reports with index, data, glossary, citation and feed as one folder.

    Reports that are as they were built are published; what else lies among them is named and left out. Every link inside is followed first. Where numbers of a report that is published there already have changed, a
    reason and its kind are asked for.
    """
    from milaid.publish.site.publishing import publish

    done = publish(paths.reports_dir(), out_dir, reason, kind or "", not without_data, keep, _say, address)
    click.echo(done)


def _say(text: str) -> None:
    click.echo(text, err=True)


@command.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
def serve(port: int) -> None:
    """Show the reports in a browser, on this machine alone; Ctrl-C stops it."""
    from milaid.publish.site.serving import serve as serve_site

    serve_site(paths.reports_dir(), port, click.echo)


@command.command("explain")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def explain(old: Path, new: Path) -> None:
    """Say which numbers moved between two builds of a report, and whether data, code or parameters differ.

    OLD and NEW are notebooks of a report, or the folders with its CSV files.
    """
    from milaid.publish.suite.explain import explain as explained

    click.echo(explained(old, new))


@command.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--with-data", is_flag=True, help="Copy the tables too, to add to them or build them anew.")
def init_command(folder: Path, with_data: bool) -> None:
    """Write the notebooks and the plan into DIR, to be edited; milaid uses them in that folder."""
    from milaid.publish.init import init

    click.echo(init(folder, with_data))


@command.command("doctor")
def doctor() -> None:
    """Print versions, folders, fonts, years of data and sources, and what is missing."""
    from milaid.publish.doctor import findings

    lines, sound = findings()
    click.echo("\n".join(lines))
    sys.exit(0 if sound else 1)


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; an error is a message and an exit code, with ``--debug`` a traceback too."""
    given = sys.argv[1:] if arguments is None else arguments
    # Before Arrow is loaded: the pool that comes with it keeps what was read of tables.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    for stream in (sys.stdout, sys.stderr):
        # On Windows a file or pipe may take few letters: an error is worse than a question mark.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        command.main(args=given, prog_name="milaid", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except MilaidError as error:
        if "--debug" in given:
            raise
        click.echo(f"milaid: {error}", err=True)
        sys.exit(error.exit_code)
    sys.exit(0)
