"""The demonstration: an empty home filled once through the services, the same for the same seed."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli import main
from tracker.cli.demo_days import Diary, at_work, live
from tracker.cli.demo_people import make_person
from tracker.db import Database
from tracker.domain.actors import Role
from tracker.domain.deciding import move_options
from tracker.domain.file_formats import FileFormat, check_file
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Outcome, Stage
from tracker.extraction.parent import extract_text
from tracker.models.applications import Application, ApplicationNote
from tracker.models.candidates import Candidate
from tracker.models.debriefs import Debrief
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import StoredFile
from tracker.models.interviews import Interview, PanelMember
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.offers import Offer
from tracker.models.onboarding import OnboardingTask
from tracker.models.references import BackgroundCheck, BackgroundResult, Reference
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import Rating, Scorecard
from tracker.models.screenings import ResumeReview, ScreeningCall
from tracker.models.users import User
from tracker.queries.facts import gather_facts
from tracker.queries.history import verify_history
from tracker.queries.interviews import owes_card
from tracker.queries.users import actor_of, find_user

NOW = datetime(2026, 6, 3, 14, 30, tzinfo=UTC)
COUNT = 120


def fill(home: Path, *options: str, now: datetime = NOW) -> Database:
    """A new home filled by the command as if it were then."""
    environment = {"TRACKER_HOME": str(home), "TRACKER_DATABASE_URL": None, "TRACKER_FILES_URL": None}
    with clock.standing_at(now):
        result = CliRunner().invoke(main, ["demo", *options], env=environment)
    assert result.exit_code == 0, result.output
    return Database.at(f"sqlite:///{home / 'tracker.db'}")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def filled(home: Path) -> Iterator[Session]:
    database = fill(home, "--candidates", str(COUNT))
    with clock.standing_at(NOW), database.reading() as session:
        yield session
    database.engine.dispose()


def count(session: Session, *what: object) -> int:
    return session.scalar(select(func.count()).where(*what)) or 0  # type: ignore[arg-type]


def test_every_application_entered_by_applying_and_none_by_import(filled):
    entered = filled.scalars(select(Move).where(Move.version == 1)).all()
    assert {move.kind for move in entered} == {MoveKind.APPLY}
    assert count(filled, Move.imported) == 0
    assert count(filled, Application.transferred_from_id.is_(None)) == COUNT
    assert count(filled, Candidate.id > 0) == COUNT


def test_its_history_holds(filled):
    assert verify_history(filled)[2] is None


def test_nothing_happened_after_now_and_moves_follow_each_other_in_time(filled):
    for column in (Move.at, Move.recorded_at, Scorecard.saved_at, Debrief.at, Offer.created_at):
        assert filled.scalar(select(func.max(column))) <= NOW
    moves = filled.scalars(select(Move).order_by(Move.application_id, Move.version)).all()
    for earlier, later in pairwise(moves):
        assert earlier.application_id != later.application_id or earlier.at <= later.at


def test_every_stage_has_somebody_active_and_every_outcome_somebody(filled):
    active = select(Application.stage).where(Application.outcome == Outcome.ACTIVE).distinct()
    assert set(filled.scalars(active)) == set(Stage)
    assert set(filled.scalars(select(Application.outcome).distinct())) == set(Outcome)


def test_jobs_have_team_plan_questions_and_a_rubric_that_hank_published(filled):
    hank = find_user(filled, "hank@example.org")
    for job in filled.scalars(select(Job)):
        assert {member.role.value for member in job.team} == {"recruiter", "hiring_manager", "interviewer"}
        assert job.rounds
        assert job.questions
        assert filled.get_one(Rubric, job.rubric_id).published_by_id == hank.id
    assert count(filled, Job.id > 0) == 3


def test_every_kind_of_record_is_there(filled):
    for column in (
        *(ResumeReview.id, ScreeningCall.id, Interview.id, Debrief.id, Reference.id, ApplicationNote.id),
        *(OnboardingTask.id, StoredFile.id, BackgroundCheck.application_id),
    ):
        assert count(filled, column > 0) > 0, column
    assert count(filled, Offer.accepted_at.is_not(None)) > 0
    kinds = set(filled.scalars(select(Move.kind).distinct()))
    assert {MoveKind.RETURN, MoveKind.UNDO, MoveKind.WITHDRAW, MoveKind.REJECT, MoveKind.COMPLETE} <= kinds
    assert count(filled, Rating.value.is_not(None), func.coalesce(Rating.evidence, "") == "") == 0
    told = filled.scalars(select(Rating.evidence).where(Rating.value.is_not(None))).all()
    assert len(set(told)) > len(told) / 10


def test_nobody_sits_in_two_interviews_at_once(filled):
    seats = filled.execute(
        select(PanelMember.user_id, Interview.starts_at)
        .join(Interview, Interview.id == PanelMember.interview_id)
        .where(Interview.cancelled_reason.is_(None), Interview.starts_at > NOW)
    ).all()
    assert len(seats) == len(set(seats))


def ready_moves(session: Session, now: datetime) -> list[int]:
    rita = actor_of(session, find_user(session, "rita@example.org"))
    facts = gather_facts(session, active_in(session, Stage.SCREENING), now=now)
    return [
        known.application_id
        for known in facts.values()
        for option in move_options(known, rita, now)
        if option.edge.kind is MoveKind.ADVANCE and option.is_allowed
    ]


def cards_due_to_ines(session: Session, now: datetime) -> list[int]:
    ines = find_user(session, "ines@example.org")
    held = session.scalars(
        select(Interview)
        .join(PanelMember, PanelMember.interview_id == Interview.id)
        .where(PanelMember.user_id == ines.id, Interview.starts_at.between(now - timedelta(hours=15), now))
    )
    return [i.id for i in held if i.is_held(now) and ines.id in owes_card(session, i.application_id)]


def debriefs_due(session: Session, now: datetime) -> list[int]:
    facts = gather_facts(session, active_in(session, Stage.INTERVIEW), now=now).values()
    return [
        f.application_id
        for f in facts
        if f.rounds_held == f.rounds_planned and not f.cards_due and f.debrief_advances is None
    ]


def offers_to_approve(session: Session, now: datetime) -> list[int]:
    waiting = select(Offer.id).where(
        Offer.approved_at.is_(None), Offer.voided_at.is_(None), Offer.expires_at > now
    )
    return list(session.scalars(waiting))


def reports_to_assess(session: Session, now: datetime) -> list[int]:
    consider = BackgroundCheck.result == BackgroundResult.CONSIDER
    waiting = select(BackgroundCheck.application_id).where(consider, BackgroundCheck.assessment.is_(None))
    return list(session.scalars(waiting))


def active_in(session: Session, stage: Stage) -> list[int]:
    active = select(Application.id).where(Application.outcome == Outcome.ACTIVE, Application.stage == stage)
    return list(session.scalars(active))


WAITING = (ready_moves, cards_due_to_ines, debriefs_due, offers_to_approve, reports_to_assess)


@pytest.mark.parametrize("what_waits", WAITING)
def test_something_waits_for_each_of_the_people(filled, what_waits):
    assert what_waits(filled, NOW)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 6, 7, 23, 50, tzinfo=UTC),  # a Sunday night
        datetime(2026, 6, 8, 0, 40, tzinfo=UTC),
        datetime(2026, 6, 8, 7, 15, tzinfo=UTC),
        datetime(2026, 6, 12, 17, 30, tzinfo=UTC),  # after work on a Friday
        datetime(2027, 1, 2, 12, 0, tzinfo=UTC),  # on a Saturday
    ],
    ids=str,
)
def test_it_waits_at_whatever_hour_the_demonstration_is_made(tmp_path, now):
    with fill(tmp_path, "--candidates", "7", now=now).reading() as session:
        assert [what.__name__ for what in WAITING if not what(session, now)] == []
        assert active_in(session, Stage.ONBOARDING)
        assert session.scalar(select(func.max(Move.at))) <= now


def stored(home: Path, file: StoredFile) -> bytes:
    return (home / "files" / file.bytes_key[:2] / file.bytes_key[2:4] / file.bytes_key).read_bytes()


def test_files_are_of_a_kind_that_is_taken_in_and_both_kinds_occur(filled, home):
    rows = filled.scalars(select(StoredFile)).all()
    formats = set()
    for row in rows:
        formats.add(check_file(row.name, stored(home, row))[1])
    assert formats == {FileFormat.PDF, FileFormat.TXT}


def test_every_resume_has_the_text_that_the_worker_would_take_out(filled, home):
    assert count(filled, FileText.state != TextState.READ) == 0
    one_of_each = {file.media_type: file for file in filled.scalars(select(StoredFile))}
    for file in one_of_each.values():
        data = stored(home, file)
        read = extract_text(data, check_file(file.name, data)[1])
        assert " ".join(filled.get_one(FileText, file.id).text.split()) == " ".join(read.text.split())


def state(database: Database) -> list[object]:
    """Who stands where and why, with every rating and offer: all but the random salts and keys."""
    with database.reading() as session:
        return [
            sorted(map(repr, session.execute(statement).all()))
            for statement in (
                select(Move.application_id, Move.version, Move.kind, Move.at, Move.actor, Move.reason),
                select(Candidate.id, Candidate.name, Candidate.email, Candidate.phone, Candidate.profile),
                select(Rating.scorecard_id, Rating.competency, Rating.value, Rating.evidence),
                select(Offer.application_id, Offer.number, Offer.salary_cents, Offer.accepted_at),
            )
        ]


def test_the_same_seed_gives_the_same_state_and_another_seed_another(tmp_path):
    options = ("--candidates", "30", "--seed")
    first, second, other = (
        state(fill(tmp_path / name, *options, seed)) for name, seed in (("a", "5"), ("b", "5"), ("c", "6"))
    )
    assert first == second
    assert first != other


@pytest.mark.parametrize("size", ["1", "4"])
def test_a_small_demonstration_is_one_too(tmp_path, size):
    with fill(tmp_path, "--candidates", size).reading() as session:
        assert count(session, Application.id > 0) == int(size)
        assert session.scalars(select(User.name).order_by(User.id)).first() == "Rita Lindqvist"
        assert {role for user in session.scalars(select(User)) for role in user.roles} == set(Role)


def test_a_home_with_people_is_left_alone(call, sqlite_database):
    words = ("users", "add", "x@example.org", "--name", "X", "--role", "hr", "--password-stdin")
    call(*words, input="four words in\n")
    result = call("demo")
    assert result.exit_code == 1
    assert "has people in it" in result.stderr
    with sqlite_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 0


def test_people_have_different_addresses_and_names_of_many_scripts():
    people = [make_person(n, random.Random(f"1 {n}"), NOW.date()) for n in range(1, 301)]
    assert len({person.email for person in people}) == 300
    assert all(person.email.isascii() for person in people)
    assert any(len(person.name) > 60 for person in people)
    assert any(not person.name.isascii() for person in people)


def test_stories_go_on_in_the_order_of_their_times():
    told = []

    def story(name: str, *days: int) -> Iterator[datetime]:
        for day in days:
            yield NOW + timedelta(days=day)
            told.append((name, clock.now()))

    live([(NOW, story("a", 1, 4)), (NOW, story("b", 2, 3, 9))], NOW + timedelta(days=5))
    assert [name for name, _ in told] == ["a", "b", "b", "a"]
    assert [at for _, at in told] == [NOW + timedelta(days=day) for day in (1, 2, 3, 4)]


def test_people_work_on_weekdays_and_hours_are_booked_once():
    chance = random.Random(1)
    saturday = datetime(2026, 6, 6, 12, tzinfo=UTC)
    assert at_work(saturday, chance).weekday() == 0
    assert at_work(NOW, chance) == NOW
    assert at_work(NOW.replace(hour=22), chance).date() == (NOW + timedelta(days=1)).date()
    diary = Diary()
    hours = [diary.book([1, 2], NOW) for _ in range(20)]
    assert len(set(hours)) == 20
    assert diary.book([3], NOW) == hours[0]
