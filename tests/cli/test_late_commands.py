"""Commands are loaded when they are called, and nobody waits for what another one needs."""

import subprocess
import sys

import click
import pytest

from tracker.cli import main
from tracker.cli.late_commands import LateCommand

LATE = [command for command in main.commands.values() if isinstance(command, LateCommand)]
DEAR = ("numpy", "scipy")


@pytest.mark.parametrize("command", LATE, ids=lambda command: command.name)
def test_a_late_command_says_what_the_command_itself_says(command):
    loaded = command.load()
    assert loaded.name == command.name
    context = click.Context(loaded)
    assert command.get_short_help_str(200) == loaded.get_short_help_str(200)
    assert loaded.get_help(context)


def test_every_command_is_loaded_late():
    assert list(main.commands.values()) == LATE


@pytest.mark.parametrize("part", ["tracker.app", "tracker.cli.users", "tracker.cli.serving"])
def test_what_only_rubrics_need_is_not_loaded_with_the_rest(part):
    program = f"import sys, {part}; print(*(name for name in {DEAR} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert loaded.stdout.split() == []


def test_the_help_of_all_commands_loads_none_of_them(call):
    program = (
        "import sys\nfrom tracker.cli import main\n"
        "main(['--help'], standalone_mode=False)\nprint(*sys.modules, file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert all(command.name in told.stdout for command in LATE)
    assert "tracker.models" not in told.stderr.split()


def test_a_late_group_finds_its_commands_and_its_mistakes(call):
    assert call("users", "list").exit_code == 0
    assert "Usage: tracker users" in call("users", "--help").stdout
    assert call("users", "nothing").exit_code == 2
    assert call("nothing").exit_code == 2
