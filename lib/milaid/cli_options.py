"""What commands on a kind of report have in common: an option for each of its parameters, and what to say without data."""

from __future__ import annotations

from pathlib import Path

import click

from milaid.errors import MilaidError, RequestError, list_problems
from milaid.publish.registry.parameter import Value
from milaid.publish.registry.report import Report


def parameter_options(report: Report) -> list[click.Parameter]:
    """Return an option for each parameter of a report, and ``--set``; MilaidError where there is no data to name them."""
    options: list[click.Parameter] = [
        click.Option(
            [parameter.option, parameter.name],
            metavar=parameter.type.__name__.upper(),
            help=f"{parameter.sentence} Allowed: {parameter.allowed_short}. Default: {parameter.default_shown}.",
        )
        for parameter in report.find_parameters()
    ]
    return [
        *options,
        click.Option(
            ["--set", "settings"], multiple=True, metavar="NAME=VALUE", help="Set any parameter by name."
        ),
    ]


def command_without_data(report: Report, error: MilaidError) -> click.Command:
    """Return the command of a report whose options cannot be named: whatever is asked, it says what is missing."""

    def run() -> None:
        raise error

    lenient = {"ignore_unknown_options": True, "allow_extra_args": True}
    return click.Command(
        report.kind, callback=run, help=f"{report.title}.\n\n{error}", context_settings=lenient
    )


def values_of(settings: tuple[str, ...], given: dict[str, str | None]) -> dict[str, Value]:
    """Return what was given by options and by ``NAME=VALUE`` texts; RequestError naming those of another form."""
    wrong = [f"--set {setting}" for setting in settings if "=" not in setting]
    if wrong:
        raise RequestError(list_problems("a setting needs the form NAME=VALUE:", wrong))
    pairs = (setting.partition("=") for setting in settings)
    values: dict[str, Value] = {name: value for name, value in given.items() if value is not None}
    return {**values, **{name.strip(): value.strip() for name, _, value in pairs}}


def shown(path: Path) -> str:
    """Return a path as seen from here, when it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
