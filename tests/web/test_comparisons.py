"""Candidates side by side: who may open it, what counts, and what a reader who owes a card sees."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_candidate, make_job
from tests.interviewing import DOCUMENT, KEYS, hand_in, publish_rubric, ratings, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.test_debriefs import counted, text_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Actor, Role, TeamRole
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.scorecards import Recommendation
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.audit import AuditEntry
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.scorecards import ScorecardRead
from tracker.models.users import User
from tracker.queries.scorecards import independence
from tracker.services.moves import make_move
from tracker.services.scorecards import amend_scorecard

People = dict[str, int]


@dataclass(frozen=True)
class Scene:
    """A job of Hank's whose required rows need one rating, and its first interviewers."""

    job_id: int
    interviewers: tuple[int, ...]

    @property
    def path(self) -> str:
        return f"/jobs/{self.job_id}/compare"


@pytest.fixture
def scene(database: Database, people: People) -> Scene:
    with database.writing() as session:
        job = make_job(session, ratings_required=1)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        join_team(session, job, session.get_one(User, people["ines"]), TeamRole.INTERVIEWER)
        publish_rubric(session, job)
        interviewers = tuple(
            make_actor(session, Role.INTERVIEWER, name=name).id or 0 for name in ("Ivo", "Noor")
        )
        return Scene(job.id, interviewers)


def add_candidate(session: Session, scene: Scene, name: str, *values: int) -> Application:
    """A candidate whom one interviewer after the other rated on all rows, each in a session of their own."""
    job = session.get_one(Job, scene.job_id)
    application = make_application(
        session, job, stage=Stage.INTERVIEW, candidate=make_candidate(session, name)
    )
    for user_id, value in zip(scene.interviewers, values, strict=False):
        actor = actor_of(session, session.get_one(User, user_id))
        hand_in(session, schedule(session, application, actor, actor=SYSTEM, competencies=KEYS), actor, value)
    return application


def publish_stricter(session: Session, job: Job) -> Rubric:
    """A second version, whose first row is wanted at the highest level."""
    content = deepcopy(DOCUMENT)
    content["competencies"][0]["target_level"] = "advanced"
    return publish_rubric(session, job, number=2, content=content)


def lines_of(page: Any) -> list[list[str]]:
    return [
        [" ".join("".join(cell.itertext()).split()) for cell in line] for line in page.findall(".//tbody/tr")
    ]


def test_candidates_stand_in_rank_and_ties_share_one(
    client: ReadingClient, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        for name, *values in (("Ana", 2, 2), ("Bea", 3, 2), ("Caio", 2, 3), ("Dov", 4, 4), ("Ede",)):
            add_candidate(session, scene, name, *values)  # type: ignore[arg-type]
    page = page_of(sign_in(client, "hank").get(scene.path))
    assert [(line[0].split()[0], line[1], line[2]) for line in lines_of(page)] == [
        ("DovInterview", "1", "4.00"),
        ("BeaInterview", "2", "2.50"),
        ("CaioInterview", "2", "2.50"),
        ("AnaInterview", "4", "2.00"),
    ]


def test_candidate_whose_cards_do_not_cover_the_rows_has_no_rank(
    client: ReadingClient, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        add_candidate(session, scene, "Ana", 2)
        ivo = actor_of(session, session.get_one(User, scene.interviewers[0]))
        job = session.get_one(Job, scene.job_id)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        hand_in(session, schedule(session, application, ivo, actor=SYSTEM, competencies=KEYS[:2]), ivo, 4)
    lines = lines_of(page_of(sign_in(client, "olga").get(scene.path)))
    assert [line[1] for line in lines] == ["1", "–"]
    assert "2 of 10 covered" in lines[1][3]


def test_required_row_far_under_its_target_is_flagged(
    client: ReadingClient, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        job = session.get_one(Job, scene.job_id)
        job.rubric_id = publish_stricter(session, job).id
        session.flush()
        add_candidate(session, scene, "Ana", 2)
        add_candidate(session, scene, "Bea", 3)
    page = page_of(sign_in(client, "olga").get(scene.path))
    first, second = lines_of(page)
    assert first[0].startswith("Bea")
    assert "below bar" not in first[3]
    assert "1 below bar" in second[3]
    flagged = page.findall(".//*[@aria-label='below the bar']")
    assert len(flagged) == 1


@pytest.mark.parametrize(("persona", "status"), [("rita", 200), ("hank", 200), ("olga", 200), ("ines", 403)])
def test_comparison_is_for_those_who_read_debriefs(
    client: ReadingClient, scene: Scene, persona: str, status: int
) -> None:
    sign_in(client, persona)
    assert client.get(scene.path).status_code == status
    link = f'href="{scene.path}"'
    assert (link in client.get(f"/jobs/{scene.job_id}").get_data(as_text=True)) == (status == 200)


def test_manager_of_another_job_finds_no_comparison(client: ReadingClient, database: Database) -> None:
    with database.writing() as session:
        other = make_job(session).id
    assert sign_in(client, "hank").get(f"/jobs/{other}/compare").status_code == 404


def test_who_owes_a_card_reads_only_that(
    client: ReadingClient, database: Database, people: People, scene: Scene
) -> None:
    """Neither scores nor ranks tell of the candidate, nor whether anybody else's card is in."""

    def owe(session: Session, name: str, *values: int) -> Interview:
        application = add_candidate(session, scene, name, *values)
        hank = actor_of(session, session.get_one(User, people["hank"]))
        return schedule(session, application, hank, actor=SYSTEM)

    with database.writing() as session:
        add_candidate(session, scene, "Bea", 2)
        owed = owe(session, "Zita", 4).id
    sign_in(client, "hank")
    page = client.get(scene.path)
    assert [(line[0].split()[0], line[1]) for line in lines_of(page_of(page))] == [("BeaInterview", "1")]
    said = text_of(page)
    assert "Your scorecard is due" in said
    assert "Zita" in said
    with database.writing() as session:
        hank = actor_of(session, session.get_one(User, people["hank"]))
        assert not session.scalars(
            select(ScorecardRead).where(
                ScorecardRead.application_id == session.get_one(Interview, owed).application_id
            )
        ).all()
        hand_in(session, session.get_one(Interview, owed), hank, 4)
    lines = lines_of(page_of(client.get(scene.path)))
    assert [line[0].split()[0] for line in lines] == ["ZitaInterview", "BeaInterview"]


def test_opening_it_takes_the_independence_of_cards_written_later(
    client: ReadingClient, database: Database, people: People, scene: Scene
) -> None:
    with database.writing() as session:
        number = add_candidate(session, scene, "Ana", 2, 3).id
    sign_in(client, "hank")
    for _ in range(2):
        assert client.get(scene.path).status_code == 200
    with database.writing() as session:
        reads = session.scalars(select(ScorecardRead)).all()
        assert [(row.reader_id, row.place) for row in reads] == [(people["hank"], "comparison")] * 2
        opened = session.scalars(select(AuditEntry).where(AuditEntry.action == "scorecard:compare")).all()
        assert len(opened) == 2
        hank = actor_of(session, session.get_one(User, people["hank"]))
        interview = schedule(session, session.get_one(Application, number), hank, actor=SYSTEM)
        late = hand_in(session, interview, hank)
        assert independence(session, number, [late]) == {late.id: False}


def test_amended_card_counts_and_its_original_does_not(
    client: ReadingClient, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        application = add_candidate(session, scene, "Ana")
        ivo: Actor = actor_of(session, session.get_one(User, scene.interviewers[0]))
        interview = schedule(session, application, ivo, actor=SYSTEM, competencies=KEYS)
        amend_scorecard(
            session,
            hand_in(session, interview, ivo, 1),
            ratings=ratings(KEYS, 3),
            recommendation=Recommendation.YES,
            reason="Mixed two people up",
            actor=ivo,
        )
    assert lines_of(page_of(sign_in(client, "olga").get(scene.path)))[0][2] == "3.00"


def test_other_versions_of_the_rubric_stand_apart(
    client: ReadingClient, database: Database, scene: Scene
) -> None:
    with database.writing() as session:
        add_candidate(session, scene, "Ana", 4)
        job = session.get_one(Job, scene.job_id)
        job.rubric_id = publish_rubric(session, job, number=2).id
        session.flush()
        add_candidate(session, scene, "Bea", 1)
    page = page_of(sign_in(client, "olga").get(scene.path))
    captions = ["".join(one.itertext()) for one in page.findall(".//caption")]
    assert captions == ["Rubric version 2, in use", "Rubric version 1, not in use any more"]
    assert [(line[0].split()[0], line[1]) for line in lines_of(page)] == [
        ("BeaInterview", "1"),
        ("AnaInterview", "1"),
    ]


def test_comparison_shows_active_candidates_or_all(
    client: ReadingClient, database: Database, people: People, scene: Scene
) -> None:
    with database.writing() as session:
        number = add_candidate(session, scene, "Ana", 2).id
        add_candidate(session, scene, "Bea", 2)
        close = MoveRequest(MoveKind.WITHDRAW, disposition="salary")
        rita = actor_of(session, session.get_one(User, people["rita"]))
        application = session.get_one(Application, number)
        make_move(
            session,
            application.id,
            close,
            actor=rita,
            seen_stage=application.stage,
            seen_version=application.version,
        )
    sign_in(client, "rita")
    assert len(lines_of(page_of(client.get(scene.path)))) == 1
    assert len(lines_of(page_of(client.get(f"{scene.path}?who=all")))) == 2
    assert client.get(f"{scene.path}?who=hired").status_code == 422


def test_comparison_costs_as_many_queries_for_one_candidate_as_for_eight(
    client: ReadingClient, database: Database, scene: Scene
) -> None:
    sign_in(client, "olga")
    costs = []
    for more in (1, 7):
        with database.writing() as session:
            for _ in range(more):
                add_candidate(session, scene, "Ana", 2, 3)
        with counted(database) as statements:
            assert client.get(scene.path).status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] < 30
