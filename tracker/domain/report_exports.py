"""Files of reports that are made in the background: where one stands, and how long it is kept."""

from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

LONG = 50_000
"""From how many rows on a file is offered to be made in the background."""
KEPT_FOR = timedelta(days=7)
LEASE = timedelta(minutes=1)
"""For how long an export stays in the hand of a worker that says nothing any more."""
UNCLAIMED_AFTER = timedelta(minutes=1)
"""After how long without a worker the page says so."""
MOST_TRIES = 3
MOST_KEPT = 20
"""How many files of one person are kept or made at a time."""


class ExportState(StrEnum):
    """Where a file stands that was asked for."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


EXPORT_STATE_LABELS = {
    ExportState.WAITING: "Waiting",
    ExportState.MAKING: "Being made",
    ExportState.READY: "Ready",
    ExportState.FAILED: "Not made",
}
EXPORT_STATE_BADGES = {
    ExportState.WAITING: "plain",
    ExportState.MAKING: "accent",
    ExportState.READY: "good",
    ExportState.FAILED: "bad",
}


def ask_key(*asked: object) -> str:
    """What tells one ask of a person from their others: SHA-256 in hex of all that was asked."""
    return sha256(repr(asked).encode()).hexdigest()
