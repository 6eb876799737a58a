"""Making moves: through one service, from what the person saw, with one row of history each."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.moving import REJECT, move
from tracker.domain.actors import SYSTEM, Actor, Role, TeamRole
from tracker.domain.deciding import IllegalMove, MoveRequest, NotPermitted, RequirementsUnmet
from tracker.domain.history import first_fault, replay
from tracker.domain.mails import MailEvent
from tracker.domain.moves import MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import JobStatus, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.moves import Move, MoveNote, StageCount
from tracker.models.outbox import OutboxMessage
from tracker.queries.history import move_rows
from tracker.services.moves import KeyReused, StaleVersion, make_move

BACK = MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION, text="The call has to be held again")
NEEDED = frozenset({Requirement.RESUME_OR_PROFILE, Requirement.RESUME_REVIEW, Requirement.SCREENING_CALL})
OVERRIDE = MoveRequest(MoveKind.ADVANCE, override=NEEDED, override_reason="Known to us from last season")


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def olga(session: Session) -> Actor:
    return make_actor(session, Role.HR, name="Olga")


def test_a_move_changes_the_application_and_leaves_one_row(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    row = move(session, application, REJECT, rita)
    assert (application.outcome, application.stage) == (Outcome.REJECTED, Stage.SCREENING)
    assert application.disposition_reason == "less_qualified"
    assert (row.version, application.version, row.actor) == (3, 3, rita.key)


def test_advancing_names_everything_that_is_missing(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(RequirementsUnmet) as refused:
        move(session, application, MoveRequest(MoveKind.ADVANCE), rita)
    assert [m.requirement for m in refused.value.unmet] == [
        Requirement.RESUME_REVIEW,
        Requirement.SCREENING_CALL,
    ]
    assert application.version == 2


def test_a_stale_version_is_refused_and_says_what_happened(session: Session, rita: Actor) -> None:
    application = make_application(session)
    move(session, application, REJECT, rita)
    with pytest.raises(StaleVersion) as refused:
        make_move(session, application.id, REJECT, actor=rita, seen_stage=Stage.APPLICATION, seen_version=1)
    assert [m.kind for m in refused.value.moves] == [MoveKind.REJECT]


def test_the_same_key_answers_with_the_same_move(session: Session, rita: Actor) -> None:
    application = make_application(session)
    first = move(session, application, REJECT, rita, idempotency_key="k1", seen_version=1)
    again = move(session, application, REJECT, rita, idempotency_key="k1", seen_version=1)
    assert again.version == first.version
    assert session.scalar(select(func.count()).where(Move.application_id == application.id)) == 2


def test_a_key_with_another_body_is_refused(session: Session, rita: Actor) -> None:
    application = make_application(session)
    move(session, application, REJECT, rita, idempotency_key="k1")
    other = MoveRequest(MoveKind.REJECT, disposition="not_reachable")
    with pytest.raises(KeyReused):
        move(session, application, other, rita, idempotency_key="k1")


def test_undo_puts_back_what_the_maker_did(session: Session, rita: Actor, olga: Actor) -> None:
    application = make_application(session, stage=Stage.INTERVIEW)
    move(session, application, REJECT, rita)
    with pytest.raises(NotPermitted):
        move(session, application, MoveRequest(MoveKind.UNDO), olga)
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    assert (application.stage, application.outcome) == (Stage.INTERVIEW, Outcome.ACTIVE)
    with pytest.raises(IllegalMove):
        move(session, application, MoveRequest(MoveKind.UNDO), rita)


def test_undo_recalls_what_the_move_would_have_sent(session: Session, rita: Actor) -> None:
    application = make_application(session)
    move(session, application, REJECT, rita)
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    waiting = select(OutboxMessage.kind).where(
        OutboxMessage.application_id == application.id, OutboxMessage.version == 2
    )
    assert session.scalars(waiting.where(OutboxMessage.cancelled_at.is_(None))).all() == []
    assert session.scalars(waiting).all() == ["rejected"]


def test_only_hr_overrides_and_the_reason_is_kept(session: Session, rita: Actor, olga: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(NotPermitted):
        move(session, application, OVERRIDE, rita)
    row = move(session, application, OVERRIDE, olga)
    assert row.overridden == "resume_review,screening_call"
    note = session.get_one(MoveNote, (application.id, row.version))
    assert note.override_reason == "Known to us from last season"


def test_the_command_line_never_overrides(session: Session) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(NotPermitted):
        move(session, application, OVERRIDE, SYSTEM)


def test_a_reason_of_the_wrong_kind_is_refused_at_its_field(session: Session, rita: Actor) -> None:
    application = make_application(session)
    with pytest.raises(RuleBroken) as refused:
        move(session, application, MoveRequest(MoveKind.REJECT, disposition="salary"), rita)
    assert refused.value.field == "disposition"


def test_returning_needs_a_reason_and_keeps_it(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    with pytest.raises(RuleBroken) as refused:
        move(session, application, MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION), rita)
    assert refused.value.field == "text"
    row = move(session, application, BACK, rita)
    assert session.get_one(MoveNote, (application.id, row.version)).reason == BACK.text
    assert application.stage is Stage.APPLICATION


def test_a_hiring_manager_moves_only_applications_of_their_jobs(session: Session) -> None:
    job = make_job(session)
    application = make_application(session, job, stage=Stage.SCREENING)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], "Hank")
    stranger = make_actor(session, Role.HIRING_MANAGER, name="Stranger")
    with pytest.raises(NotPermitted):
        move(session, application, REJECT, stranger)
    move(session, application, REJECT, hank)
    assert application.outcome is Outcome.REJECTED


def test_no_forward_move_on_a_job_that_is_not_open(session: Session, rita: Actor) -> None:
    job = make_job(session)
    application = make_application(session, job, stage=Stage.SCREENING)
    job.status = JobStatus.ON_HOLD
    session.flush()
    with pytest.raises(IllegalMove, match="not open"):
        move(session, application, MoveRequest(MoveKind.ADVANCE), rita)
    move(session, application, REJECT, rita)
    with pytest.raises(IllegalMove, match="not open"):
        move(session, application, MoveRequest(MoveKind.REOPEN, text="Wrong person"), rita)


def test_transfer_closes_here_and_opens_there(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.INTERVIEW)
    other = make_job(session)
    move(session, application, MoveRequest(MoveKind.TRANSFER), rita, to_job_id=other.id)
    linked = session.scalars(select(Application).where(Application.job_id == other.id)).one()
    assert application.disposition_reason == "considered_for_another_job"
    assert (linked.transferred_from_id, linked.candidate_id) == (application.id, application.candidate_id)
    assert linked.stage is Stage.APPLICATION


@pytest.mark.parametrize("mails", [True, False])
def test_who_goes_on_for_another_job_is_written_to_unless_nobody_is_to_be(
    session: Session, rita: Actor, mails: bool
) -> None:
    application = make_application(session, stage=Stage.INTERVIEW)
    target = make_job(session).id
    move(session, application, MoveRequest(MoveKind.TRANSFER), rita, to_job_id=target, mails=mails)
    kinds = session.scalars(select(OutboxMessage.kind)).all()
    assert kinds == ([MailEvent.TRANSFERRED] if mails else [])


def test_transfer_to_nowhere_is_refused(session: Session, rita: Actor) -> None:
    application = make_application(session)
    shut = make_job(session, status=JobStatus.ON_HOLD).id
    for target in (None, application.job_id, 999_999, shut):
        with pytest.raises(RuleBroken) as refused:
            move(session, application, MoveRequest(MoveKind.TRANSFER), rita, to_job_id=target)
        assert refused.value.field == "to_job"


def test_reopening_into_onboarding_needs_a_free_opening(session: Session, rita: Actor) -> None:
    job = make_job(session, openings=1)
    first = make_application(session, job, stage=Stage.ONBOARDING)
    reason = MoveRequest(MoveKind.REJECT, disposition="failed_start", note="Did not come on the first day")
    move(session, first, reason, rita)
    make_application(session, job, stage=Stage.ONBOARDING)
    with pytest.raises(RequirementsUnmet):
        move(session, first, MoveRequest(MoveKind.REOPEN, text="Came after all"), rita)


def test_not_even_hr_goes_on_without_a_free_opening(session: Session, olga: Actor) -> None:
    job = make_job(session, openings=1)
    make_application(session, job, stage=Stage.ONBOARDING)
    second = make_application(session, job, stage=Stage.OFFER)
    everything = MoveRequest(
        MoveKind.ADVANCE, override=frozenset(Requirement), override_reason="We would like both"
    )
    with pytest.raises(RequirementsUnmet) as refused:
        move(session, second, everything, olga)
    assert [m.requirement for m in refused.value.unmet] == [Requirement.OPENING_FREE]
    assert second.stage is Stage.OFFER


@pytest.mark.parametrize(
    "back", [MoveRequest(MoveKind.REOPEN, text="The wrong person was meant"), MoveRequest(MoveKind.UNDO)]
)
def test_no_way_back_beside_another_active_application(
    session: Session, rita: Actor, back: MoveRequest
) -> None:
    job, candidate = make_job(session), make_candidate(session)
    first = make_application(session, job, candidate=candidate)
    move(session, first, REJECT, rita)
    second = make_application(session, job, candidate=candidate)
    with pytest.raises(RequirementsUnmet) as refused:
        move(session, first, back, rita)
    assert [m.requirement for m in refused.value.unmet] == [Requirement.NO_OTHER_ACTIVE]
    move(session, second, REJECT, rita)
    move(session, first, back, rita)
    assert first.outcome is Outcome.ACTIVE


def test_replay_equals_state_and_the_chain_holds(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.INTERVIEW)
    move(session, application, BACK, rita)
    move(session, application, REJECT, rita)
    move(session, application, MoveRequest(MoveKind.UNDO), rita)
    rows = list(move_rows(session, [application.id]))
    state = replay(rows)
    assert first_fault(rows) is None
    assert (state.version, state.stage, state.outcome) == (
        application.version,
        application.stage,
        application.outcome,
    )
    assert state.stage_entered_at == application.stage_entered_at


def test_counts_kept_by_the_moves_equal_the_applications(session: Session, rita: Actor) -> None:
    job = make_job(session)
    for stage in (Stage.APPLICATION, Stage.APPLICATION, Stage.INTERVIEW):
        make_application(session, job, stage=stage)
    move(session, make_application(session, job), REJECT, rita)
    kept = session.execute(
        select(StageCount.stage, StageCount.outcome, StageCount.count).where(
            StageCount.job_id == job.id, StageCount.count > 0
        )
    )
    counted = session.execute(
        select(Application.stage, Application.outcome, func.count())
        .where(Application.job_id == job.id)
        .group_by(Application.stage, Application.outcome)
    )
    assert sorted(map(tuple, kept)) == sorted(map(tuple, counted))


def test_one_active_application_per_candidate_and_job(session: Session) -> None:
    job, candidate = make_job(session), make_candidate(session)
    make_application(session, job, candidate=candidate)
    with pytest.raises(RuleBroken, match="already has an active application"):
        make_application(session, job, candidate=candidate)


def test_an_application_that_is_not_there_is_moved_nowhere(session: Session, rita: Actor) -> None:
    gone = Application(id=2**31 - 1, stage=Stage.SCREENING, version=1)
    with pytest.raises(IllegalMove, match="no such application"):
        move(session, gone, REJECT, rita)


def test_a_move_may_be_made_without_news_of_it(session: Session, rita: Actor) -> None:
    application = make_application(session, stage=Stage.SCREENING)
    move(session, application, REJECT, rita, mails=False)
    waiting = select(func.count()).where(OutboxMessage.application_id == application.id)
    assert session.scalar(waiting.where(OutboxMessage.version == application.version)) == 0
