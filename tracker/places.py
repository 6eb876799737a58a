"""Where the organisation hires: the one door through which rules learn whose law holds."""

from contextvars import ContextVar

from tracker.domain.jurisdictions import EVERYWHERE

# Of this thread alone, as the zone of its days is: another tracker in this process may be elsewhere.
_jurisdiction: ContextVar[str] = ContextVar("jurisdiction", default=EVERYWHERE)


def keep_law_of(jurisdiction: str) -> None:
    """Let the rules of this jurisdiction hold from now on where a job names none, in this thread alone."""
    _jurisdiction.set(jurisdiction)


def law_of(jurisdiction: str | None) -> str:
    """Whose rules hold for a job: those of the jurisdiction it names, else the organisation's."""
    return jurisdiction or _jurisdiction.get()
