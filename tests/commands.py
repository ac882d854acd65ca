"""Every command of the command line, for what must hold of each: a new one is tried without being listed."""

from __future__ import annotations

from collections.abc import Iterator

import click

from milaid import cli


def leaves(
    group: click.Group, before: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command that can be run, with the words that name it: those of reports and of the lab too."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, (*before, name))
            if command.invoke_without_command:
                yield (*before, name), command
        else:
            yield (*before, name), command


COMMANDS = dict(leaves(cli.command))
IDS = {words: " ".join(words) for words in COMMANDS}
