"""Commands whose modules are loaded when they are called, so that each waits for its own imports only."""

from typing import Any

import click

from tracker.late import Late


class LateCommand(click.Command):
    """Stands for a command in the list of all; `home` is the module and the name in it."""

    def __init__(self, name: str, module: Late, attribute: str, short_help: str) -> None:
        super().__init__(name, short_help=short_help)
        self._module, self._attribute = module, attribute

    def load(self) -> click.Command:
        """The command itself."""
        command: click.Command = getattr(self._module, self._attribute)
        return command

    def make_context(self, *args: Any, **values: Any) -> click.Context:
        """The context of the command itself: from here on Click speaks with that."""
        return self.load().make_context(*args, **values)
