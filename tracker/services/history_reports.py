"""What the check of a history, and its import, are told as: numbers by job, bad lines, activities."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tracker.domain.event_logs import EventMapping
from tracker.domain.history_uploads import MOST_ACTIVITIES, MOST_BAD_KEPT, meaning_of
from tracker.services.event_log_gathering import BadLine, EventLog
from tracker.services.history_plans import JobPlan


def checked_report(
    log: EventLog, plans: Sequence[JobPlan], bad: Sequence[BadLine], mapping: EventMapping
) -> dict[str, Any]:
    """What would come in, without the applications of bad lines; each activity with what it means."""
    activities = Counter(event.activity for case in log.cases.values() for event in case.events)
    lines = sorted(bad, key=lambda line: line.line)
    return {
        "jobs": [_numbers(one) for one in plans],
        "bad": [[line.line, line.problem, line.case or ""] for line in lines[:MOST_BAD_KEPT]],
        "bad_lines": len(bad),
        "left_out": len({line.case for line in bad if line.case}),
        "activities": [
            [name, count, meaning_of(mapping, name)]
            for name, count in activities.most_common(MOST_ACTIVITIES)
        ],
        "more_activities": max(0, len(activities) - MOST_ACTIVITIES),
    }


def imported_report(plans: Sequence[JobPlan], raised: int) -> dict[str, Any]:
    """What came in, and by how much openings were raised to the imported hires."""
    return {"jobs": [_numbers(one) for one in plans], "raised": raised, "bad": [], "bad_lines": 0}


def _numbers(one: JobPlan) -> dict[str, Any]:
    plan = one.plan
    return {
        "id": one.job.id,
        "title": one.job.title,
        "applications": len(plan.applications),
        "moves": plan.moves,
        "notes": plan.notes,
        "known": plan.known,
        "unplaced": plan.unplaced,
    }
