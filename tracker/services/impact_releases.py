"""Releasing counts on adverse impact: new ones only once no difference from the last tells of few people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.metrics.impact_counts import FEWEST, Pattern, margins, may_follow
from tracker.domain.permissions import Permission
from tracker.domain.reports import ReportFilters, read_zone
from tracker.models.impact_releases import ImpactRelease
from tracker.queries.impact_counts import FieldCounts, count_impact, kept_as, patterns_of
from tracker.services.permits import require


def release_impact_counts(session: Session, *, actor: Actor) -> None:
    """Count anew what may be told now; fields that moved by few people stay as they were told last.

    Raises NotPermitted.
    """
    require(actor, Permission.SELF_IDENTIFICATION_REPORT)
    now = clock.now()
    for counted in count_impact(session, ReportFilters(as_of=now, zone=read_zone(None, "UTC"))):
        last = session.get(ImpactRelease, counted.field_id)
        if last is None or _may_replace(last, counted):
            _release(session, last, counted, now)
    session.flush()


def _may_replace(last: ImpactRelease, counted: FieldCounts) -> bool:
    moved = abs(counted.erased - last.erased)
    return not 0 < moved < FEWEST and may_follow(patterns_of(last.counts), counted.patterns)


def _release(session: Session, last: ImpactRelease | None, counted: FieldCounts, now: datetime) -> None:
    release = last or ImpactRelease(field_id=counted.field_id, told={}, unsettled=[])
    release.told, release.unsettled = _job_by_job(release.told, counted.patterns)
    release.counts = kept_as(counted.patterns)
    release.applicants, release.erased = counted.applicants, counted.erased
    release.counted_at = now
    session.add(release)


def _job_by_job(told: dict[str, Any], patterns: Iterable[Pattern]) -> tuple[dict[str, Any], list[int]]:
    """The margins now told of each job, and the jobs that moved by too few people to be told apart."""
    by_job: dict[int, list[Pattern]] = {}
    for pattern in patterns:
        by_job.setdefault(pattern.job_id, []).append(pattern)
    told = dict(told)
    unsettled = []
    for job_id, own in by_job.items():
        now, before = margins(own), told.get(str(job_id))
        if before is not None and any(0 < abs(now[key] - before.get(key, 0)) < FEWEST for key in now):
            unsettled.append(job_id)
        else:
            told[str(job_id)] = dict(now)
    return told, unsettled
