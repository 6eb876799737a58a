"""`tracker history verify` and `checkpoint`: proving that no move was changed, lost or slipped in."""

import json
from pathlib import Path
from typing import Any

import click

from tracker.cli.home import open_home
from tracker.cli.refusals import Refused
from tracker.queries.history import check_against, checkpoint, verify_history

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--checkpoint", "checkpoint_file", type=_FILE, help="Also compare with what was kept elsewhere."
)
def verify(checkpoint_file: Path | None) -> None:
    """Recompute every chain of moves and replay every application."""
    kept = _kept(checkpoint_file) if checkpoint_file else None
    with open_home() as home, home.database.reading() as session:
        applications, moves, fault = verify_history(session)
        if fault is None and kept is not None:
            fault = check_against(session, kept)
    if fault is not None:
        raise Refused(f"The history does not hold: {fault}.")
    click.echo(f"The history holds: {moves:,} moves of {applications:,} applications.")


@click.command("checkpoint")
def checkpoint_() -> None:
    """Print what to keep elsewhere, so that a cut tail of the history shows."""
    # A session that may write holds other writers out on SQLite.
    with open_home() as home, home.database.writing() as session:
        kept = checkpoint(session)
    click.echo(json.dumps(kept))


def _kept(file: Path) -> dict[str, Any]:
    try:
        kept = json.loads(file.read_text("utf-8"))
        tips = kept["tips"]
        sound = all(
            key.isdigit() and isinstance(version, int) and isinstance(tip, str)
            for key, (version, tip) in tips.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        sound = False
    if not sound:
        raise Refused(f"{file.name} is no checkpoint.")
    return dict(kept)
