"""`tracker history verify` and `checkpoint`: proving that no move was changed, lost or slipped in."""

import json
from datetime import datetime
from pathlib import Path

import click

from tracker.cli.home import open_home
from tracker.cli.progress import progress
from tracker.cli.refusals import Refused
from tracker.queries.checkpoints import Checkpoint, check_against, checkpoint, hold_writers_out
from tracker.queries.history import count_applications, hold_still, verify_history

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--checkpoint", "checkpoint_file", type=_FILE, help="Also compare with what was kept elsewhere."
)
def verify(checkpoint_file: Path | None) -> None:
    """Recompute every chain of moves and replay every application."""
    kept = _kept(checkpoint_file) if checkpoint_file else None
    with open_home() as home, home.database.reading() as session:
        hold_still(session)
        with progress("Verifying", count_applications(session)) as advance:
            applications, moves, fault = verify_history(session, advance=advance)
        if fault is None and kept is not None:
            fault = check_against(session, kept)
    if fault is not None:
        raise Refused(f"The history does not hold: {fault}.")
    click.echo(f"The history holds: {moves:,} moves of {applications:,} applications.")


@click.command("checkpoint")
def checkpoint_() -> None:
    """Print what to keep elsewhere, so that a cut tail of the history shows."""
    with open_home() as home, home.database.writing() as session:
        hold_writers_out(session)
        kept = checkpoint(session)
    through = kept.through.isoformat() if kept.through else None
    click.echo(json.dumps({"through": through, "moves": kept.moves, "root": kept.root}))


def _kept(file: Path) -> Checkpoint:
    try:
        kept = json.loads(file.read_text("utf-8"))
        through = None if kept["through"] is None else datetime.fromisoformat(kept["through"])
        moves, root = kept["moves"], kept["root"]
        has_zone = through is None or through.tzinfo is not None
        is_sound = has_zone and isinstance(moves, int) and isinstance(root, str)
    except (ValueError, KeyError, TypeError):
        is_sound = False
    if not is_sound:
        raise Refused(f"{file.name} is no checkpoint.")
    return Checkpoint(through, moves, root)
