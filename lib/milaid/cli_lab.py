"""``milaid lab``: JupyterLab at the project, with a reader's own copy of a notebook open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from milaid.cli_options import command_without_data, parameter_options, shown, values_of
from milaid.errors import MilaidError, RequestError
from milaid.publish.registry.checking import check
from milaid.publish.registry.known import find_report, known
from milaid.publish.registry.report import Report, Request

_PUBLISHED = (".html", ".pdf", ".ipynb")
_OPENING = ("no_browser", "port", "edit", "allow_root", "copy_only")


def _opening_options() -> list[click.Parameter]:
    return [
        click.Option(["--no-browser"], is_flag=True, help="Print the address alone."),
        click.Option(["--port"], type=click.IntRange(1, 65535), metavar="N", help="Port of this machine; default: a free one from 8888 on."),
        click.Option(["--copy-only"], is_flag=True, help="Make the copy and print where it is, without JupyterLab."),
        click.Option(["--edit"], is_flag=True, help="Let notebooks/ be changed, to work on the suite itself."),
        click.Option(["--allow-root"], is_flag=True, help="Start JupyterLab also for the user root."),
    ]  # fmt: skip


class _Lab(click.Group):
    """The group ``lab``: one command for each kind of report, and one for each file of a published report."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a kind or of a file; an unknown kind is a RequestError."""
        if cmd_name.lower().endswith(_PUBLISHED):
            return _command_of_file(Path(cmd_name))
        if ctx.resilient_parsing and cmd_name not in known():
            return None
        return _command_of_kind(find_report(cmd_name))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the kinds of reports."""
        return list(known())


def _start(**how: Any) -> None:
    context = click.get_current_context()
    context.obj = how
    if context.invoked_subcommand:
        return
    from milaid.publish.lab.copies import copies_of_kinds, copy_of_start

    copies_of_kinds()
    _open(copy_of_start(), how)


lab = _Lab(
    "lab",
    callback=_start,
    params=_opening_options(),
    invoke_without_command=True,
    subcommand_metavar="[KIND [SUBJECT] | FILE] [OPTIONS]",
    help="""Open JupyterLab at the project; with Start.ipynb, or with the notebook of a report.

    \b
    milaid lab                                    what is here, and recipes
    milaid lab country COL --fiscal-year 2018     the notebook of that report
    milaid lab reports/annual/2014.html           that of a published one, with its values

    What is opened is a copy of yours in work/; the notebooks of the suite stay as they are. A copy that you changed
    is left alone: a new one gets the next number.""",
)


def _command_of_kind(report: Report) -> click.Command:
    try:
        options = parameter_options(report)
    except MilaidError as error:
        return command_without_data(report, error)
    subject = report.fields[0] if report.fields else ""
    named: list[click.Parameter] = (
        [click.Argument(["subject_given"], required=False, metavar=f"[{subject.upper()}]")] if subject else []
    )

    def run(settings: tuple[str, ...], subject_given: str | None = None, **given: Any) -> None:
        how = {name: given.pop(name) for name in _OPENING}
        if subject_given is not None and given[subject] is not None:
            raise RequestError(
                f"{subject}: given twice, as {subject_given!r} and as {given[subject]!r}; give it once"
            )
        if subject_given is not None:
            given[subject] = subject_given
        _open_report(check(report.kind, values_of(settings, given)), how)

    return click.Command(
        report.kind, params=[*named, *options, *_opening_options()], callback=run, help=f"{report.title}."
    )


def _command_of_file(path: Path) -> click.Command:
    def run(**how: Any) -> None:
        from milaid.publish.lab.copies import request_of

        _open_report(request_of(path), how)

    return click.Command(
        str(path), params=_opening_options(), callback=run, help="The notebook of a published report."
    )


def _open_report(request: Request, how: dict[str, Any]) -> None:
    from milaid.publish.lab.copies import copy_of_report

    for line in request.said:
        click.echo(line, err=True)
    # A switch may stand before the kind of report and after it.
    before = click.get_current_context().obj or {}
    joined = {name: value or before.get(name) for name, value in how.items()}
    _open(copy_of_report(request), joined)


def _open(notebook: Path, how: dict[str, Any]) -> None:
    click.echo(shown(notebook))
    if how["copy_only"]:
        return
    from milaid.publish.lab.opening import Opening, open_lab

    open_lab(
        notebook, Opening(not how["no_browser"], how["port"], bool(how["edit"]), bool(how["allow_root"]))
    )
