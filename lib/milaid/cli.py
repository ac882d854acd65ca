"""The ``milaid`` command: reads what is asked for, calls the floors below, prints what they say.

Every command imports what it needs when it runs, so that help and wrong requests answer at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from pathlib import Path
from typing import Any

import click

from milaid import memory, paths, world
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
from milaid.stopping import as_by_keyboard

EXIT_CODES = """\b
Exit codes:
  0    done
  1    the work failed: a cell of a report, a full disk, too little memory
  2    the request was wrong: a parameter, an option, a missing table, a
       folder that is missing or cannot be written
  3    a source document cannot be read or is not what it should be
  4    tables are not as they were built, numbers do not add up, or a name is
       not in the reference tables
  5    a file is not as its manifest says, or does not come about again
  130  stopped by the keyboard; 143 by a request to end, 129 by the end of the terminal"""


_HELP = ("-h", "--help", "--version")
"""Answered whatever memory there is."""
_OF_SERVERS = "AnyIO"
"""Begins the names of threads that a stopped JupyterLab can leave waiting for work: Python would wait for them for ever."""


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


@command.command("explore")
@click.option("--out", "out_dir", type=click.Path(path_type=Path), help="Folder instead of reports/.")
def explore(out_dir: Path | None) -> None:
    """Write explore.html: the whole record in one file to search, add up and cite, opened from a disk or a mail."""
    from milaid.publish.explore.writing import write_explorer

    click.echo(shown(write_explorer(out_dir or paths.reports_dir())))


@command.command("serve")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)
def serve(port: int) -> None:
    """Show the reports in a browser, on this machine alone; Ctrl-C stops it."""
    from milaid.publish.site.serving import serve as serve_site

    serve_site(paths.reports_dir(), port, click.echo)


@command.command("verify")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--no-rebuild", is_flag=True, help="Hold the files against their manifests only.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Reports made at once; default: one a core."
)
def verify(path: Path, no_rebuild: bool, jobs: int | None) -> None:
    """Check that reports are what their manifests say, and that building them again gives the same bytes.

    PATH is a report such as reports/annual/2014, a folder of reports, or a published site. Each file that is missing, was changed, or
    comes out otherwise is named. The reports are built again in a temporary folder, from the tables, the code and the packages that
    are at hand; where these are others than those of the manifest, this is said. The exit code is 0 where all agrees, 5 where not.
    """
    from milaid.publish.verify.verify import verify as verified

    click.echo(verified(path, not no_rebuild, jobs))


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
    if not sound:
        raise click.exceptions.Exit(1)


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; an error is a message and an exit code, with ``--debug`` a traceback too."""
    given = sys.argv[1:] if arguments is None else arguments
    # What is published is to be read by those who serve it, whatever the shell lets others see.
    os.umask(paths.OTHERS_READ)
    # Before Arrow is loaded: the pool that comes with it keeps what was read of tables.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    # Where OpenBLAS cannot start a thread it stops the process as the keyboard does.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    world.lasting()
    code = _code_of(given)
    try:
        sys.stdout.flush()
    except OSError as error:
        click.echo(f"milaid: {world.told(error)}", err=True)
        code = code or 1
    if any(thread.name.startswith(_OF_SERVERS) for thread in threading.enumerate()):
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _code_of(given: list[str]) -> int:
    """Run a command and return its exit code; whatever stops it is told in one message."""
    asked: list[int] = []
    try:
        with as_by_keyboard() as asked:
            if given and not set(given) & set(_HELP):
                memory.require_memory()
            # A command that ends with a code of its own gives it back, any other what its function does.
            code = command.main(args=given, prog_name="milaid", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        with contextlib.suppress(OSError):
            # The terminal may be gone.
            click.echo("stopped", err=True)
        return 128 + asked[0] if asked else 130
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as problem:
        problem.show()
        return problem.exit_code
    except Exception as error:
        if "--debug" in given:
            raise
        told = world.told(error)
        click.echo(f"milaid: {told}", err=True)
        return told.exit_code
    return code if isinstance(code, int) else 0
