"""How far interviewers agree: who may read it, what is left out, what is too little to tell, and files."""

import csv
from collections.abc import Iterable
from io import StringIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_job
from tests.interviewing import KEYS, RUBRIC, hand_in, publish_rubric, ratings, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.test_debriefs import counted, text_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.scorecards import Recommendation
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.interviews import Interview
from tracker.models.jobs import Job
from tracker.models.users import User
from tracker.queries.scorecards import own_card
from tracker.services.scorecards import amend_scorecard

People = dict[str, int]
PATH = "/reports/agreement"
PAIRS = [(3, 3), (1, 2), (4, 4), (2, 3), (0, 0)] * 3


@pytest.fixture
def job_id(database: Database, people: People) -> int:
    with database.writing() as session:
        job = make_job(session, title="Order clerk")
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        make_actor(session, Role.INTERVIEWER, name="Zoe")
        return job.id


def rate(session: Session, job_id: int, people: People, pairs: Iterable[tuple[int, int]]) -> list[Interview]:
    """Panels of Ines and Zoe, one for each pair of values, each of another candidate."""
    panels = []
    raters = [
        actor_of(session, session.get_one(User, people["ines"])),
        actor_of(session, session.scalars(select(User).where(User.name == "Zoe")).one()),
    ]
    for values in pairs:
        application = make_application(session, session.get_one(Job, job_id), stage=Stage.INTERVIEW)
        interview = schedule(session, application, *raters, actor=SYSTEM, competencies=KEYS[:2])
        for rater, value in zip(raters, values, strict=True):
            hand_in(session, interview, rater, value)
        panels.append(interview)
    return panels


def owe(session: Session, interviews: Iterable[Interview], user_id: int) -> None:
    owing = actor_of(session, session.get_one(User, user_id))
    for interview in interviews:
        schedule(session, interview.application, owing, actor=SYSTEM)


@pytest.mark.parametrize(("persona", "status"), [("olga", 200), ("hank", 200), ("rita", 403), ("ines", 403)])
def test_agreement_is_for_hr_and_hiring_managers(
    client: ReadingClient, database: Database, job_id: int, persona: str, status: int
) -> None:
    sign_in(client, persona)
    assert client.get(PATH).status_code == status
    assert client.get(f"{PATH}/rows.csv").status_code == status
    with database.reading() as session:
        seen = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("agreement:%"))).all()
    assert sorted(seen) == (["agreement:export", "agreement:read"] if status == 200 else [])


def test_manager_finds_no_agreement_of_another_job(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        other = make_job(session, title="Secret job")
        publish_rubric(session, other)
        rate(session, other.id, people, PAIRS)
    sign_in(client, "hank")
    assert client.get(f"{PATH}?job={other.id}").status_code == 422
    assert client.get(f"{PATH}/rows.csv?job={other.id}").status_code == 422
    page = text_of(client.get(PATH))
    assert "Secret" not in page
    assert "Zoe" not in page


@pytest.mark.parametrize("job", ["x", "-1", "999999999999999999999", "²", "0"])
def test_job_that_is_none_is_refused(client: ReadingClient, job: str) -> None:
    assert sign_in(client, "olga").get(PATH, query_string={"job": job}).status_code == 422


def test_nothing_is_told_under_ten_candidates(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        rate(session, job_id, people, PAIRS[:9])
    sign_in(client, "olga")
    page = client.get(f"{PATH}?job={job_id}")
    assert page_of(page).findall(".//dl[@class='figures']") == []
    assert "Only 9 candidates were rated by several people in one panel" in text_of(page)
    with database.writing() as session:
        rate(session, job_id, people, PAIRS[9:10])
    page = client.get(f"{PATH}?job={job_id}")
    assert len(page_of(page).findall(".//dl[@class='figures']")) == 1


def test_equal_ratings_leave_alpha_undefined(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        rate(session, job_id, people, [(3, 3)] * 10)
    assert "undefined: all ratings are equal" in text_of(sign_in(client, "olga").get(PATH))


def test_rows_that_are_read_in_two_ways_stand_with_their_anchors(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    sign_in(client, "hank")
    with database.writing() as session:
        rate(session, job_id, people, [(3, 3), (1, 1), (4, 4), (2, 2), (0, 0)] * 2)
    assert "Where the rubric may be read in two ways" not in text_of(client.get(PATH))
    with database.writing() as session:
        rate(session, job_id, people, [(0, 4), (4, 0), (1, 3)] * 5)
    said = text_of(client.get(PATH))
    assert "Where the rubric may be read in two ways" in said
    anchors = [anchor.statement for anchor in RUBRIC.competency(KEYS[0]).anchors.values() if anchor]
    assert all(statement in said for statement in anchors)


def test_application_on_which_the_reader_owes_a_card_is_left_out_whole(
    client: ReadingClient, app: Flask, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        panels = rate(session, job_id, people, PAIRS[:10])
        owe(session, panels[:1], people["hank"])
        owe(session, panels[:7], people["ines"])
    hank = sign_in(client, "hank")
    assert "Only 9 candidates" in text_of(hank.get(PATH))
    taken = list(csv.DictReader(StringIO(hank.get(f"{PATH}/rows.csv").get_data(as_text=True))))
    assert {line["candidates"] for line in taken} == {"9", "0"}
    raters = list(csv.DictReader(StringIO(hank.get(f"{PATH}/raters.csv").get_data(as_text=True))))
    assert {line["candidates"] for line in raters} == {"9"}
    olga = sign_in(app.test_client(), "olga")  # type: ignore[arg-type]
    assert "10 candidates" in text_of(olga.get(PATH))
    ines = sign_in(app.test_client(), "ines")  # type: ignore[arg-type]
    assert "3 candidates shared so far" in text_of(ines.get("/interviews/calibration"))


def test_original_cards_count_and_amendments_do_not(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    sign_in(client, "olga")
    with database.writing() as session:
        panels = rate(session, job_id, people, [(3, 3), (2, 2)] * 5)
    before = client.get(f"{PATH}/rows.csv").get_data()
    with database.writing() as session:
        ines = actor_of(session, session.get_one(User, people["ines"]))
        card = own_card(session, panels[0].id, people["ines"])
        assert card is not None
        amend_scorecard(
            session,
            card,
            ratings=ratings(KEYS[:2], 0),
            recommendation=Recommendation.NO,
            reason="Mixed two people up",
            actor=ines,
        )
    assert client.get(f"{PATH}/rows.csv").get_data() == before


def test_raters_stand_by_name_with_a_sentence_from_five_candidates(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        rate(session, job_id, people, [(4, 2)] * 4)
    sign_in(client, "olga")
    assert "4 candidates shared so far: told from 5." in text_of(client.get(PATH))
    with database.writing() as session:
        rate(session, job_id, people, [(4, 2)])
    said = text_of(client.get(PATH))
    assert "Rates 1.0 levels higher than the others" in said
    assert said.index("Ines") < said.index("Zoe")


def test_interviewer_reads_their_own_line_and_nobody_elses(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    sign_in(client, "ines")
    assert "Nothing to compare yet" in text_of(client.get("/interviews/calibration"))
    with database.writing() as session:
        rate(session, job_id, people, [(2, 4)] * 5)
    said = text_of(client.get("/interviews/calibration"))
    assert "Rates 1.0 levels lower than the others" in said
    assert "Zoe" not in said


def test_agreement_and_leniency_are_taken_away_as_csv(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    with database.writing() as session:
        rate(session, job_id, people, PAIRS)
    sign_in(client, "olga")
    answer = client.get(f"{PATH}/rows.csv?job={job_id}")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="agreement-')
    lines = list(csv.DictReader(StringIO(answer.get_data(as_text=True))))
    assert [line["competency"] for line in lines[:2]] == ["All rows"] * 2
    panel, apart = lines[:2]
    assert (panel["candidates"], panel["pairs"], panel["within_one_level"]) == ("15", "30", "1.0")
    assert float(panel["alpha_low"]) < float(panel["alpha"]) < float(panel["alpha_high"])
    assert (apart["candidates"], apart["alpha"]) == ("0", "")
    raters = list(csv.DictReader(StringIO(client.get(f"{PATH}/raters.csv").get_data(as_text=True))))
    assert [line["interviewer"] for line in raters] == ["Ines", "Zoe"]
    assert client.get(f"{PATH}/people.csv").status_code == 404


def test_agreement_costs_as_many_queries_for_one_candidate_as_for_ten(
    client: ReadingClient, database: Database, people: People, job_id: int
) -> None:
    sign_in(client, "olga")
    costs = []
    for more in (1, 9):
        with database.writing() as session:
            rate(session, job_id, people, PAIRS[:more])
        with counted(database) as statements:
            assert client.get(PATH).status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1] < 25
