"""Adverse impact from the database: numbers as counted, and no way to one person's answer."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import day, write_history
from tracker import clock
from tracker.domain.actors import SYSTEM, Actor, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.report_outlines import OUTLINES
from tracker.domain.reports import ReportFilters, read_filters, read_zone
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.queries.reports import rows_behind, run_report
from tracker.services.reports import record_export, record_reading

NAME = "adverse-impact"
ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
BEGIN = (0, Stage.APPLICATION, ACTIVE)
SCREEN = (1, Stage.SCREENING, ACTIVE)
MEET = (2, Stage.INTERVIEW, ACTIVE)
HIRE = (3, Stage.ONBOARDING, ACTIVE)


@pytest.fixture
def field(session: Session) -> SelfIdentificationField:
    field = SelfIdentificationField(name="sex", label="Sex")
    session.add(field)
    session.flush()
    return field


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session, openings=500)


def apply(
    session: Session, job: Job, field, group: str | None, number: int, *places, **more
) -> list[Application]:
    """So many applications of a group that went these ways; without an answer where the group is none."""
    made = [write_history(session, job, BEGIN, *places, **more).application for _ in range(number)]
    if group is not None:
        session.add_all(
            SelfIdentificationAnswer(application_id=one.id, field_id=field.id, value=group) for one in made
        )
    session.flush()
    return made


def filters(job: Job | None = None) -> ReportFilters:
    return ReportFilters(as_of=clock.now(), zone=read_zone(None, "UTC"), job_id=job.id if job else None)


def look(session: Session, job: Job | None = None, actor: Actor = SYSTEM) -> dict[tuple[str, str, str], dict]:
    """What the report tells whoever looks at it now."""
    record_reading(session, OUTLINES[NAME], filters(job), actor=actor)
    report = run_report(session, NAME, filters(job), actor=actor)
    assert report.holds
    return {(row["stage"], row["basis"], row["group"]): row for row in report.rows}


def numbers(rows):
    return {key: (row["applicants"], row["selected"]) for key, row in rows.items() if not row["suppressed"]}


def test_rates_ratios_and_flags_are_of_those_who_were_ever_there(session, job, field):
    apply(session, job, field, "women", 20, SCREEN)
    apply(session, job, field, "women", 10, SCREEN, MEET, HIRE, (9, Stage.ONBOARDING, REJECTED))
    apply(session, job, field, "men", 15, SCREEN, (2, Stage.SCREENING, REJECTED))
    apply(session, job, field, "men", 25, SCREEN, MEET, HIRE)
    apply(session, job, field, None, 7, SCREEN, MEET)
    rows = look(session)
    women, men = (rows["hired", "total", group] for group in ("women", "men"))
    assert (women["applicants"], women["selected"], women["flagged"], women["suppressed"]) == (
        30,
        10,
        True,
        False,
    )
    assert women["ratio"] == pytest.approx((10 / 30) / (25 / 40))
    assert (men["ratio"], men["flagged"], men["test"]) == (1.0, False, None)
    assert (women["test"], women["flips"]) == ("z", False)
    assert rows["screening", "total", "women"]["ratio"] == 1.0
    # Nobody was in Offer, so being hired is a step from Interview.
    assert (rows["hired", "step", "women"]["applicants"], rows["hired", "step", "women"]["rate"]) == (10, 1.0)
    assert rows["offer", "step", "women"]["ratio"] is None
    assert {row["attribute"] for row in rows.values()} == {"sex"}


def test_an_undone_move_selects_nobody_and_a_transfer_is_one_applicant(session, job, field):
    other = make_job(session, openings=500)
    left = apply(session, job, field, "women", 10, SCREEN, (2, Stage.SCREENING, WITHDRAWN, MoveKind.TRANSFER))
    for one in left:
        write_history(session, other, (2, Stage.APPLICATION, ACTIVE), transferred_from=one)
    apply(
        session,
        other,
        field,
        "men",
        10,
        (1, Stage.SCREENING, ACTIVE, MoveKind.ADVANCE),
        (1, Stage.APPLICATION, ACTIVE, MoveKind.UNDO),
    )
    rows = look(session)
    assert numbers(rows)["screening", "total", "women"] == (10, 10)
    assert numbers(rows)["screening", "total", "men"] == (10, 0)
    assert numbers(look(session, other))["screening", "total", "women"] == (10, 10)
    assert look(session, job) == {}


def test_small_cells_are_null_and_say_so(session, job, field):
    apply(session, job, field, "women", 3, SCREEN)
    apply(session, job, field, "women", 20)
    apply(session, job, field, "men", 30, SCREEN)
    rows = look(session)
    for group in ("women", "men"):
        row = rows["screening", "total", group]
        assert row["suppressed"] is True
        named = ("attribute", "stage", "basis", "group", "suppressed")
        assert {value for key, value in row.items() if key not in named} == {None}
    assert rows["interview", "total", "women"]["selected"] == 0


def test_two_looks_never_differ_by_one_person(session, job, field):
    apply(session, job, field, "women", 20, SCREEN)
    apply(session, job, field, "men", 20, SCREEN)
    before = look(session)
    (one,) = apply(session, job, field, "women", 1, SCREEN, MEET)
    assert look(session) == before
    apply(session, job, field, "men", 3, SCREEN)
    assert look(session) == before
    # Five more people are told at once, and who came to an interview still is not.
    apply(session, job, field, "men", 3, SCREEN)
    assert look(session) == before
    apply(session, job, field, "men", 4, SCREEN, MEET)
    after = look(session)
    assert numbers(after)["screening", "total", "women"] == (21, 21)
    assert after["interview", "total", "women"]["suppressed"]
    session.execute(
        update(SelfIdentificationAnswer)
        .where(SelfIdentificationAnswer.application_id == one.id)
        .values(value=None)
    )
    assert look(session) == after


def test_erased_answers_are_told_in_fives(session, job, field):
    made = apply(session, job, field, "women", 30, SCREEN)
    apply(session, job, field, "men", 30, SCREEN)
    look(session)
    for number, told in ((3, "0 were erased"), (5, "5 were erased")):
        session.execute(
            update(SelfIdentificationAnswer)
            .where(SelfIdentificationAnswer.application_id.in_([one.id for one in made[:number]]))
            .values(value=None)
        )
        look(session)
        (check,) = run_report(session, NAME, filters(), actor=SYSTEM).checks
        assert told in check.sentence


def test_one_job_and_all_jobs_together_tell_nothing_of_the_others(session, job, field):
    small, large = make_job(session, openings=500), make_job(session, openings=500)
    for one, number in ((small, 2), (job, 20), (large, 40)):
        apply(session, one, field, "women", number, SCREEN)
        apply(session, one, field, "men", 30, SCREEN)
    block = ("screening", "total", "women")
    assert numbers(look(session))[block] == (62, 62)
    assert block not in numbers(look(session, small))
    # With the 40 and the sum, the 20 would tell of the 2.
    assert block not in numbers(look(session, job))
    assert numbers(look(session, large))[block] == (40, 40)


def test_a_job_that_moved_by_one_is_not_told_beside_its_past(session, job, field):
    other = make_job(session, openings=500)
    for one in (job, other):
        apply(session, one, field, "women", 20, SCREEN)
        apply(session, one, field, "men", 20, SCREEN)
    assert numbers(look(session, job))["screening", "total", "women"] == (20, 20)
    apply(session, job, field, "women", 1, SCREEN)
    apply(session, other, field, "men", 5, SCREEN)
    assert numbers(look(session))["screening", "total", "women"] == (41, 41)
    assert numbers(look(session, job)) == {}
    apply(session, job, field, "women", 6, SCREEN)
    assert numbers(look(session, job))["screening", "total", "women"] == (27, 27)


@pytest.mark.parametrize(
    ("given", "field_name"),
    [({"from_": "2026-03-02"}, "from"), ({"to": "2026-03-02"}, "to"), ({"as_of": "2026-03-02"}, "as_of")],
)
def test_no_window_and_no_instant_of_the_past(session, given, field_name):
    asked = read_filters(now=day(60), default_zone="UTC", **given)
    for ask in (
        lambda: run_report(session, NAME, asked, actor=SYSTEM),
        lambda: record_reading(session, OUTLINES[NAME], asked, actor=SYSTEM),
        lambda: record_export(session, OUTLINES[NAME], asked, format="csv", actor=SYSTEM),
    ):
        with pytest.raises(RuleBroken) as refused:
            ask()
        assert refused.value.field == field_name


def test_it_opens_to_nobody_and_only_hr_reads_it(session, job, field):
    with pytest.raises(RuleBroken, match="do not open"):
        rows_behind(session, NAME, filters(), actor=SYSTEM)
    apply(session, job, field, "women", 20, SCREEN)
    look(session, actor=make_actor(session, Role.HR, name="Olga"))
    for role in (Role.RECRUITER, Role.HIRING_MANAGER, Role.INTERVIEWER):
        actor = make_actor(session, role, job, [TeamRole(role.value)], name="Rita")
        for ask in (
            lambda actor=actor: run_report(session, NAME, filters(job), actor=actor),
            lambda actor=actor: record_reading(session, OUTLINES[NAME], filters(job), actor=actor),
            lambda actor=actor: record_export(
                session, OUTLINES[NAME], filters(job), format="csv", actor=actor
            ),
        ):
            with pytest.raises(NotPermitted):
                ask()
