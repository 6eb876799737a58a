from copy import deepcopy

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import DOCUMENT, RUBRIC, publish_rubric, schedule
from tests.pdfs import declares_ua, is_tagged, language_of, squeezed, title_of, words_of
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.outlines.flow import PIPELINE
from tracker.domain.stages import STAGE_LABELS, Stage
from tracker.models.audit import AuditEntry
from tracker.models.users import User

People = dict[str, int]


@pytest.fixture
def places(database: Database, people: People) -> dict[str, str]:
    """The addresses of the papers of one of Hank's jobs, where Ines interviews."""
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        rubric = publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        interview = schedule(session, application, ines, actor=SYSTEM)
        return {
            "kit": f"/interviews/{interview.id}/kit.pdf",
            "rubric": f"/rubrics/{rubric.id}/rubric.pdf",
            "process": f"/jobs/{job.id}/process.pdf",
            "sheet": f"/jobs/{job.id}/process",
        }


@pytest.mark.parametrize(
    ("paper", "persona", "title"),
    [("kit", "ines", "Interview kit"), ("rubric", "hank", "Rubric of"), ("process", "hank", "Process sheet")],
)
def test_paper_is_a_tagged_document_with_its_title(
    client: ReadingClient, places: dict[str, str], paper: str, persona: str, title: str
) -> None:
    sign_in(client, persona)
    answer = client.get(places[paper])
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert is_tagged(answer.data)
    assert declares_ua(answer.data)
    assert language_of(answer.data) == "en"
    assert title_of(answer.data).startswith(title)
    assert client.get(places[paper]).data == answer.data


def test_kit_holds_what_the_print_view_holds(client: ReadingClient, places: dict[str, str]) -> None:
    sign_in(client, "ines")
    said = words_of(client.get(places["kit"]).data)
    page = client.get(places["kit"].removesuffix(".pdf"))
    assert places["kit"] in page.get_data(as_text=True)
    shown = squeezed("".join(page_of(page).itertext()))
    for row in RUBRIC.competencies[:2]:
        asked = (row.questions.behavioural, row.questions.situational, *row.questions.probes)
        for text in (row.name, *asked, *row.questions.look_fors):
            assert squeezed(text) in said
            assert squeezed(text) in shown


def test_skills_assessment_sets_its_task_on_every_page_of_it(
    client: ReadingClient, database: Database, people: People
) -> None:
    content, task = deepcopy(DOCUMENT), "Sort these ten orders."
    content["competencies"][0]["questions"]["task"] = task
    with database.writing() as session:
        job = make_job(session)
        publish_rubric(session, job, content=content)
        ines = actor_of(session, session.get_one(User, people["ines"]))
        application = make_application(session, job, stage=Stage.INTERVIEW)
        tested, told = (
            schedule(session, application, ines, actor=SYSTEM, kind=kind).id
            for kind in (InterviewKind.SKILLS_ASSESSMENT, InterviewKind.IN_PERSON)
        )
    sign_in(client, "ines")
    replaced, kept = (row.questions.behavioural for row in RUBRIC.competencies[:2])
    for number, is_task in ((tested, True), (told, False)):
        for part in ("", "/kit", "/kit.pdf", "/scorecard"):
            page = client.get(f"/interviews/{number}{part}")
            is_paper = part.endswith("pdf")
            said = words_of(page.data) if is_paper else squeezed("".join(page_of(page).itertext()))
            assert (squeezed(task) in said) is is_task, (number, part)
            assert (squeezed(replaced) in said) is not is_task, (number, part)
            assert squeezed(kept) in said, "a row without a task is asked as ever"


def test_process_sheet_tells_the_same_on_page_and_paper(
    client: ReadingClient, places: dict[str, str]
) -> None:
    sign_in(client, "hank")
    shown = squeezed("".join(page_of(client.get(places["sheet"])).itertext()))
    said = words_of(client.get(places["process"]).data)
    for text in (
        "hiring manager: Hank",
        "debrief decision to advance",
        "rubric version 1",
        "Target: 30 days.",
    ):
        assert squeezed(text) in shown
        assert squeezed(text) in said


def test_papers_of_what_one_may_not_see_do_not_exist(
    client: ReadingClient, app: Flask, database: Database, places: dict[str, str]
) -> None:
    with database.writing() as session:
        elsewhere = make_job(session)
        rubric = publish_rubric(session, elsewhere)
        theirs = [f"/jobs/{elsewhere.id}/process", f"/jobs/{elsewhere.id}/process.pdf"]
        theirs.append(f"/rubrics/{rubric.id}/rubric.pdf")
    sign_in(client, "hank")
    assert [client.get(path).status_code for path in theirs] == [404, 404, 404]
    for path in places.values():
        assert app.test_client().get(path).status_code in (302, 303)


def test_pipeline_report_is_taken_away_as_a_document_and_noted(
    client: ReadingClient, database: Database, places: dict[str, str]
) -> None:
    sign_in(client, "olga")
    href = "/reports/pipeline/export?format=pdf"
    assert href in client.get("/reports/pipeline").get_data(as_text=True)
    answer = client.get(href)
    assert answer.mimetype == "application/pdf"
    assert is_tagged(answer.data)
    assert title_of(answer.data) == "Pipeline report"
    said = words_of(answer.data)
    rows = client.get("/reports/pipeline/export?format=json").get_json()["rows"]
    for row in rows:
        numbers = [str(value) for key, value in row.items() if key not in ("job", "stage")]
        stage = STAGE_LABELS[Stage(row["stage"])]
        assert squeezed("".join([row["job"], stage, *numbers])) in said
    for text in ("Holds:", *PIPELINE.definitions.values()):
        assert squeezed(text) in said
    with database.reading() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.action == "report:export")).all()
        assert [entry.detail["format"] for entry in kept] == ["pdf", "json"]


@pytest.mark.parametrize("path", ["/reports/funnel/export?", "/reports/pipeline/export?rows=1&"])
def test_no_other_report_is_made_as_a_document(client: ReadingClient, people: People, path: str) -> None:
    sign_in(client, "olga")
    answer = client.get(f"{path}format=pdf")
    assert answer.status_code == 422
    assert "csv, xlsx or json" in answer.get_data(as_text=True)
