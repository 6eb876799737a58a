"""One guard: what is refused before an event on a table, in SQL that both databases read."""

from dataclasses import dataclass, field

from tracker.models.applications import OPENING_TAKEN


@dataclass(frozen=True, slots=True)
class Guard:
    """Refusals before an event on a table: (SQL condition, message); the message starts with the guard's name."""

    name: str
    table: str
    event: str
    refusals: tuple[tuple[str, str], ...]
    lock: str = field(default="")
    """A statement that PostgreSQL runs first, to wait for writers of the same job."""


def forbid(table: str, event: str, message: str, when: str = "1 = 1") -> Guard:
    """A guard that refuses an update or a delete, always or when a condition holds."""
    name = f"{table}_{'kept' if event == 'DELETE' else 'fixed'}"
    return Guard(name, table, event, ((when, message),))


def taken_openings(job: str) -> str:
    """SQL that counts the openings taken of a job."""
    return f"(SELECT count(*) FROM applications t WHERE t.job_id = {job} AND ({OPENING_TAKEN}))"
