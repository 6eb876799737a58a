"""Adverse impact: the counts last released, by group, without any that would tell one person's answer."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.metrics.adverse_impact import Compared, compare
from tracker.domain.metrics.impact_counts import (
    BLOCKS,
    FEWEST,
    Block,
    Blocks,
    Cells,
    blocks_by_job,
    hidden_by_job,
    pooled,
)
from tracker.domain.reports import Check, Row, in_words
from tracker.domain.rules import RuleBroken
from tracker.models.impact_releases import ImpactRelease
from tracker.models.self_identification import SelfIdentificationField
from tracker.queries.impact_counts import patterns_of
from tracker.queries.reports.scope import Figure, Part, Scope


def count(session: Session, scope: Scope) -> tuple[list[Row], tuple[Check, ...]]:
    """The rows by attribute, stage, basis and group; hidden ones hold nothing but their names."""
    rows: list[Row] = []
    checks: list[Check] = []
    query = (
        select(ImpactRelease, SelfIdentificationField.name)
        .join(SelfIdentificationField, SelfIdentificationField.id == ImpactRelease.field_id)
        .order_by(SelfIdentificationField.name)
    )
    for release, name in session.execute(query):
        patterns = patterns_of(release.counts)
        jobs = blocks_by_job(patterns)
        of_all, of_job = hidden_by_job(jobs, release.unsettled)
        checks.append(_told(scope, release, name, sum(pattern.number for pattern in patterns)))
        if scope.filters.job_id is None:
            rows += _rows(name, pooled(jobs.values()), of_all, jobs)
        elif scope.filters.job_id in jobs:
            own = scope.filters.job_id
            rows += _rows(name, jobs[own], of_job[own], {own: jobs[own]})
    return rows, tuple(checks)


def open_rows(session: Session, scope: Scope, figure: Figure, part: Part) -> Iterator[Row]:
    """Nothing: raises RuleBroken, for no number of this report opens to persons."""
    raise RuleBroken("The numbers of this report do not open: they would tell people's answers.")


def _rows(name: str, blocks: Blocks, hidden: Cells, jobs: Mapping[int, Blocks]) -> Iterator[Row]:
    for block in BLOCKS:
        groups = blocks[block]
        told = {group: counts for group, counts in groups.items() if (block, group) not in hidden}
        # One group alone is compared with nobody.
        found = compare(told, [one[block] for one in jobs.values()]) if len(told) > 1 else {}
        for group in groups:
            yield _row(name, block, group, found.get(group, Compared(groups[group])), group not in told)


def _row(name: str, block: Block, group: str, compared: Compared, is_hidden: bool) -> Row:
    goal, basis = block
    named = {"attribute": name, "stage": goal, "basis": basis.value, "group": group}
    counts = compared.counts
    rate = counts.selected / counts.applicants if counts.applicants else None
    numbers: Row = {
        "applicants": counts.applicants,
        "selected": counts.selected,
        "rate": rate,
        "ratio": compared.ratio,
        "flagged": compared.is_flagged,
        "test": compared.test,
        "p_value": compared.p_value,
        "z": compared.z,
        "flips": compared.would_flip,
        "mh_ratio": compared.mh_ratio,
        "mh_p_value": compared.mh_p_value,
    }
    return {**named, **(dict.fromkeys(numbers) if is_hidden else numbers), "suppressed": is_hidden}


def _told(scope: Scope, release: ImpactRelease, name: str, answered: int) -> Check:
    """Whether everybody is accounted for, and as of when."""
    silent = release.applicants - answered - release.erased
    at = in_words(release.counted_at, scope.filters.zone)
    return Check(
        f"answers_{release.field_id}",
        f"{name.capitalize()}, counted {at}: of {release.applicants:,} applicants on all jobs"
        f" {_number(answered)} answered, {_number(silent)} did not, and the answers of"
        f" {_number(release.erased)} were erased.",
        silent >= 0,
    )


def _number(number: int) -> str:
    return f"fewer than {FEWEST}" if 0 < number < FEWEST else f"{number:,}"
