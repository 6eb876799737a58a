"""What cards say is missing, judged once for the same facts: most cards stand as they stood a moment ago."""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from tracker.domain.actors import Actor
from tracker.domain.deciding import REFUSAL_LABELS, Refusal, brief, next_option
from tracker.domain.facts import Facts
from tracker.memory import MEMORIES
from tracker.queries.facts import Sums, facts_of

_MOST = 8192
_UNKNOWN = "never judged"
_JUDGED: dict[Hashable, str | None] = {}
MEMORIES.keep(_JUDGED.clear)


def missing_for_next(row: Any, sums: Sums, actor: Actor, now: datetime) -> str | None:
    """What stands between an application and its next move, in a few words; none if nothing does.

    Of a row with its fact columns and its sums, for somebody who uses the pages.
    """
    owes = bool(sums.cards_due) and any(user_id == actor.id for user_id, _ in sums.cards_due)
    is_expired = row.offer_expires_at is not None and row.offer_expires_at <= now
    # All that the answer depends on: what was read, who looks, the day, and the one instant that may pass.
    key = (row, sums, actor.kind, actor.roles, actor.teams.get(row.job_id), owes, now.date(), is_expired)
    known = _JUDGED.get(key, _UNKNOWN)
    if known is not _UNKNOWN:
        return known
    if len(_JUDGED) >= _MOST:
        _JUDGED.clear()
    missing = _JUDGED[key] = _in_few_words(facts_of(row, sums, now), actor, now)
    return missing


def _in_few_words(facts: Facts, actor: Actor, now: datetime) -> str | None:
    option = next_option(facts, actor, now)
    if option is None:
        return None
    if option.unmet:
        more = len(option.unmet) - 1
        return brief(option.unmet[0]) + (f" and {more} more" if more else "")
    return REFUSAL_LABELS[option.refused].rstrip(".") if option.refused is Refusal.JOB_CLOSED else None
