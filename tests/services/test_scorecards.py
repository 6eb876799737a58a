"""Scorecards: one's own and evidence first, blind until handed in, and never changed afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import KEYS, hand_in, publish_rubric, ratings, schedule
from tracker import clock
from tracker.domain.actors import Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest, NotPermitted
from tracker.domain.moves import MoveKind
from tracker.domain.rules import RuleBroken
from tracker.domain.scorecards import Rating, Recommendation
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.scorecards import ScorecardRead
from tracker.queries.interviews import owes_card
from tracker.queries.scorecards import (
    debrief_score,
    latest_cards,
    submitted_cards,
    visible_cards,
)
from tracker.services.interviews import cancel_interview, hold_interview
from tracker.services.moves import make_move
from tracker.services.scorecards import (
    DraftChanged,
    amend_scorecard,
    read_others_cards,
    save_draft,
    submit_scorecard,
)


@pytest.fixture
def application(session: Session) -> Application:
    job = make_job(session)
    publish_rubric(session, job)
    return make_application(session, job, stage=Stage.INTERVIEW)


@pytest.fixture
def rita(session: Session) -> Actor:
    return make_actor(session, Role.RECRUITER)


@pytest.fixture
def ines(session: Session) -> Actor:
    return make_actor(session, Role.INTERVIEWER, name="Ines")


@pytest.fixture
def ivan(session: Session) -> Actor:
    return make_actor(session, Role.INTERVIEWER, name="Ivan")


@pytest.fixture
def interview(session: Session, application: Application, rita: Actor, ines: Actor, ivan: Actor) -> Interview:
    return schedule(session, application, ines, ivan, actor=rita)


def submit(session: Session, interview: Interview, actor: Actor, given: list[Rating], **more: object) -> None:
    kept = {"recommendation": Recommendation.YES, **more}
    submit_scorecard(session, interview, ratings=given, actor=actor, **kept)


def test_draft_is_kept_as_one_writes(session: Session, interview: Interview, ines: Actor) -> None:
    save_draft(session, interview, ratings=[Rating(KEYS[0], None, "Asked for")], seen_version=0, actor=ines)
    card = save_draft(
        session,
        interview,
        ratings=[Rating(KEYS[0], 2, "Asked for the order number"), Rating(KEYS[1], 4)],
        summary="So far",
        seen_version=1,
        actor=ines,
    )
    session.expire_all()
    assert {r.competency: (r.value, r.evidence) for r in card.ratings} == {
        KEYS[0]: (2, "Asked for the order number"),
        KEYS[1]: (4, None),
    }
    assert (card.draft_version, card.submitted_at) == (2, None)
    assert interview.status is InterviewStatus.SCHEDULED


def test_row_taken_out_of_a_draft_is_gone(session: Session, interview: Interview, ines: Actor) -> None:
    save_draft(session, interview, ratings=ratings(KEYS[:2]), actor=ines)
    card = save_draft(session, interview, ratings=ratings(KEYS[:1]), actor=ines)
    session.expire_all()
    assert [r.competency for r in card.ratings] == KEYS[:1]


def test_draft_saved_elsewhere_is_not_overwritten(
    session: Session, interview: Interview, ines: Actor
) -> None:
    save_draft(session, interview, ratings=[], summary="On the laptop", seen_version=0, actor=ines)
    with pytest.raises(DraftChanged) as refused:
        save_draft(session, interview, ratings=[], summary="On the phone", seen_version=0, actor=ines)
    assert refused.value.card.summary == "On the laptop"


def test_only_the_panel_writes_cards(
    session: Session, interview: Interview, application: Application, rita: Actor
) -> None:
    ilse = make_actor(session, Role.INTERVIEWER, name="Ilse")
    schedule(session, application, ilse, actor=rita)
    for outsider in (ilse, rita, make_actor(session, Role.HR, name="Olga")):
        with pytest.raises(NotPermitted):
            hand_in(session, interview, outsider)


def test_rating_needs_evidence(session: Session, interview: Interview, ines: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        submit(session, interview, ines, [Rating(KEYS[0], 3, " "), *ratings(KEYS[1:2])])
    assert refused.value.field == f"ratings.{KEYS[0]}.evidence"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (ratings(KEYS[:1]), f"ratings.{KEYS[1]}.value"),
        (ratings(KEYS[:3]), f"ratings.{KEYS[2]}.value"),
        ([*ratings(KEYS[:2]), *ratings(KEYS[:1])], f"ratings.{KEYS[0]}.value"),
        (ratings(KEYS[:2], 5), f"ratings.{KEYS[0]}.value"),
        (ratings(KEYS[:2], -1), f"ratings.{KEYS[0]}.value"),
        (ratings(KEYS[:2], True), f"ratings.{KEYS[0]}.value"),
    ],
)
def test_card_rates_exactly_the_rows_of_its_session_on_the_scale(
    session: Session, interview: Interview, ines: Actor, given: list[Rating], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        submit(session, interview, ines, given)
    assert refused.value.field == field


def test_card_needs_a_recommendation(session: Session, interview: Interview, ines: Actor) -> None:
    with pytest.raises(RuleBroken) as refused:
        submit(session, interview, ines, ratings(KEYS[:2]), recommendation=None)
    assert refused.value.field == "recommendation"


def test_handing_in_changes_nothing_but_the_card(
    session: Session, interview: Interview, ines: Actor, ivan: Actor
) -> None:
    card = hand_in(session, interview, ines)
    assert card.submitted_at is not None
    assert interview.status is InterviewStatus.SCHEDULED, "who owes a card learns nothing from the session"
    assert owes_card(session, interview.application_id) == {ivan.id}


def test_card_waits_for_its_session(
    session: Session, application: Application, rita: Actor, ines: Actor
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    interview = schedule(session, application, ines, actor=rita, starts_at=tomorrow)
    save_draft(session, interview, ratings=ratings(KEYS[:1]), actor=ines)
    with pytest.raises(RuleBroken, match="still to come"):
        hand_in(session, interview, ines)
    hold_interview(session, interview, actor=rita)
    assert hand_in(session, interview, ines).submitted_at is not None


def test_submitted_card_never_changes(session: Session, interview: Interview, ines: Actor) -> None:
    hand_in(session, interview, ines)
    with pytest.raises(RuleBroken, match="no longer changes"):
        save_draft(session, interview, ratings=ratings(KEYS[:2], 1), actor=ines)
    with pytest.raises(RuleBroken, match="no longer changes"):
        hand_in(session, interview, ines, 1)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE scorecards SET summary = 'Better' WHERE id = :id",
        "UPDATE scorecards SET submitted_at = NULL WHERE id = :id",
        "UPDATE ratings SET value = 4 WHERE scorecard_id = :id",
        "DELETE FROM ratings WHERE scorecard_id = :id",
    ],
)
def test_database_itself_keeps_a_submitted_card(
    session: Session, interview: Interview, ines: Actor, attack: str
) -> None:
    card = hand_in(session, interview, ines)
    with pytest.raises(DBAPIError, match="a submitted card never changes"):
        session.execute(text(attack), {"id": card.id})


def test_amendment_stands_beside_the_original(
    session: Session, interview: Interview, ines: Actor, ivan: Actor
) -> None:
    original = hand_in(session, interview, ines, 3)
    given = {"ratings": ratings(KEYS[:2], 1), "recommendation": Recommendation.NO}
    with pytest.raises(RuleBroken, match="why the scorecard is amended"):
        amend_scorecard(session, original, **given, reason=" ", actor=ines)
    with pytest.raises(NotPermitted):
        amend_scorecard(session, original, **given, reason="Not mine", actor=ivan)
    amended = amend_scorecard(session, original, **given, reason="Mixed two people up", actor=ines)
    assert (amended.amends_id, original.ratings[0].value) == (original.id, 3)
    assert latest_cards(submitted_cards(session, interview.application_id)) == [amended]


def test_interviewer_reads_others_only_after_submitting(
    session: Session, interview: Interview, application: Application, ines: Actor, ivan: Actor
) -> None:
    card = hand_in(session, interview, ines)
    assert visible_cards(session, application, actor=ivan) == []
    with pytest.raises(NotPermitted, match=r"Your scorecard is due: hand it in first\."):
        read_others_cards(session, application, actor=ivan, place="debrief")
    assert session.scalars(select(ScorecardRead)).all() == []
    own = hand_in(session, interview, ivan)
    assert read_others_cards(session, application, actor=ivan, place="debrief") == [card, own]
    read = session.scalars(select(ScorecardRead)).one()
    assert (read.scorecard_id, read.reader_id, read.place) == (card.id, ivan.id, "debrief")


@pytest.mark.parametrize("role", [Role.HR, Role.RECRUITER, Role.HIRING_MANAGER])
def test_staff_on_a_panel_are_blind_too(
    session: Session, application: Application, rita: Actor, ines: Actor, role: Role
) -> None:
    teams = [TeamRole.HIRING_MANAGER] if role is Role.HIRING_MANAGER else []
    member = make_actor(session, role, application.job, teams, name="Sam")
    first = schedule(session, application, ines, actor=rita)
    second = schedule(session, application, member, actor=rita)
    card = hand_in(session, first, ines)
    assert visible_cards(session, application, actor=member) == []
    with pytest.raises(NotPermitted, match="is due"):
        read_others_cards(session, application, actor=member, place="debrief")
    own = hand_in(session, second, member)
    assert visible_cards(session, application, actor=member) == [card, own]


def test_interviewer_reads_cards_of_their_own_sessions_only(
    session: Session, interview: Interview, application: Application, rita: Actor, ines: Actor, ivan: Actor
) -> None:
    ilse = make_actor(session, Role.INTERVIEWER, name="Ilse")
    other = schedule(session, application, ilse, actor=rita)
    hidden = hand_in(session, other, ilse)
    cards = [hand_in(session, interview, person) for person in (ines, ivan)]
    assert visible_cards(session, application, actor=ines) == cards
    assert visible_cards(session, application, actor=rita) == [hidden, *cards]


def test_outsiders_and_people_off_the_panel_see_no_cards(
    session: Session, interview: Interview, application: Application, rita: Actor, ines: Actor
) -> None:
    ilse = make_actor(session, Role.INTERVIEWER, name="Ilse")
    called_off = schedule(session, application, ilse, actor=rita)
    cancel_interview(session, called_off, reason="Ilse is away", actor=rita)
    hand_in(session, interview, ines)
    for outsider in (ilse, make_actor(session, Role.HIRING_MANAGER, name="Hugo")):
        assert visible_cards(session, application, actor=outsider) == []
        with pytest.raises(NotPermitted):
            read_others_cards(session, application, actor=outsider, place="debrief")


def test_held_session_is_written_up_late_and_a_cancelled_one_never(
    session: Session, interview: Interview, application: Application, rita: Actor, ines: Actor, ivan: Actor
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    to_come = schedule(session, application, ivan, actor=rita, starts_at=tomorrow)
    hand_in(session, interview, ines)
    closing = MoveRequest(MoveKind.REJECT, disposition="interview_score")
    seen = {"seen_stage": Stage.INTERVIEW, "seen_version": application.version}
    make_move(session, application.id, closing, actor=rita, **seen)
    assert hand_in(session, interview, ivan).submitted_at
    with pytest.raises(RuleBroken, match="cancelled"):
        hand_in(session, to_come, ivan)
    # As it stands where an application was closed before closings called sessions off.
    to_come.status = InterviewStatus.SCHEDULED
    session.flush()
    with pytest.raises(RuleBroken, match="this one is rejected"):
        hand_in(session, to_come, ivan)


def test_cards_add_up_on_the_rubric_of_the_job(
    session: Session, interview: Interview, application: Application, rita: Actor, ines: Actor, ivan: Actor
) -> None:
    second = schedule(session, application, ivan, actor=rita)
    first = hand_in(session, interview, ines, 3)
    hand_in(session, second, ivan, 2)
    amended = {"ratings": ratings(KEYS[:2], 1), "recommendation": Recommendation.NO}
    amend_scorecard(session, first, **amended, reason="Mixed two people up", actor=ines)
    score = debrief_score(session, application)
    assert score is not None
    rows = {row.key: row for row in score.rows}
    assert [row.key for row in score.rows] == KEYS
    assert (rows[KEYS[0]].score, rows[KEYS[0]].independent, rows[KEYS[2]].score) == (1.5, 2, None)
    assert not score.is_final
