"""The interview plan and the screening questions of a job by their pages."""

import pytest

from tests.factories import make_actor, make_application
from tests.interviewing import KEYS, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.test_job_setups import Office, office, text_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Stage
from tracker.models.jobs import Job

__all__ = ["office"]


@pytest.fixture
def rubric(database: Database, office: Office) -> None:
    """The published rubric of the office's job."""
    with database.writing() as session:
        job = session.get_one(Job, office.job_id)
        job.rubric_id = publish_rubric(session, job).id


def round_form(office: Office, **changes: object) -> dict[str, object]:
    values = {"title": "Desk visit", "kind": "in_person", "minutes": "45", "competencies": KEYS[:2]}
    return {**values, "version": str(office.job().version), **changes}


def titles(office: Office) -> list[str]:
    return [row.title for row in office.job().rounds]


@pytest.mark.usefixtures("rubric")
def test_plan_is_proposed_and_covers_every_required_competency(client: ReadingClient, office: Office) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/plan"
    values = {"minutes": "45", "most": "4", "version": str(office.job().version)}
    assert client.send(f"{path}/propose", values).status_code == 303
    assert len(office.job().rounds) == 4
    page = client.get(path)
    matrix = next(t for t in page_of(page).iter("table") if "Which round" in "".join(t.itertext()))
    assert len(matrix.findall(".//tbody/tr")) == len(KEYS)
    assert "are replaced" in text_of(client.get(f"{path}/propose"))


@pytest.mark.usefixtures("rubric")
def test_competencies_without_enough_rounds_are_named(client: ReadingClient, office: Office) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/plan"
    assert client.send(f"{path}/rounds/new", round_form(office, minutes="7")).status_code == 303
    said = text_of(client.get(path))
    assert "not rated often enough" in said
    assert "1 of 2" in said
    assert "0 of 2" in said
    assert "time for 1" in said


def test_rounds_are_added_changed_and_removed(client: ReadingClient, office: Office, rubric: None) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/plan/rounds"
    for title in ("Call", "Visit", "Panel"):
        assert client.send(f"{path}/new", round_form(office, title=title)).status_code == 303
    page = page_of(client.get(f"{path}/2"))
    ticked = [box.get("value") for box in page.iter("input") if box.get("checked") is not None]
    assert (page.find(".//*[@id='title']").get("value"), ticked) == ("Visit", KEYS[:2])
    changed = round_form(office, title="Desk", kind="panel", minutes="60", competencies=KEYS[2:3])
    assert client.send(f"{path}/2", changed).status_code == 303
    row = office.job().rounds[1]
    assert (row.title, row.kind, row.minutes, row.competencies) == ("Desk", "panel", 60, KEYS[2:3])
    assert client.send(f"{path}/1/remove", {"version": str(office.job().version)}).status_code == 303
    assert titles(office) == ["Desk", "Panel"]
    for missing in (0, 3):
        assert client.get(f"{path}/{missing}").status_code == 404


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("title", "x" * 201),
        ("kind", "seance"),
        ("minutes", "4"),
        ("minutes", "481"),
        ("minutes", "1e9"),
        ("minutes", ""),
        ("competencies", ["made-up"]),
    ],
)
def test_round_that_does_not_hold_says_so_at_the_field_and_is_not_planned(
    client: ReadingClient, office: Office, rubric: None, field: str, value: object
) -> None:
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{office.job_id}/plan/rounds/new", round_form(office, **{field: value}))
    assert answer.status_code == 422
    assert page_of(answer).find(f".//*[@id='{field}-error']") is not None
    assert titles(office) == []


def test_without_a_rubric_rounds_are_planned_and_nothing_is_proposed(
    client: ReadingClient, office: Office
) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/plan"
    assert "no published rubric yet" in text_of(client.get(path))
    assert client.get(f"{path}/propose").status_code == 404
    form = page_of(client.get(f"{path}/rounds/new"))
    assert form.find(".//*[@id='competencies']") is None
    assert client.send(f"{path}/rounds/new", round_form(office)).status_code == 303
    assert office.job().rounds[0].competencies == []


@pytest.mark.parametrize("seen", ["", "0", "-1", "9" * 30, "x", "²"])
def test_plan_changed_meanwhile_is_not_overwritten_and_what_was_typed_stays(
    client: ReadingClient, office: Office, seen: str
) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/plan/rounds"
    assert client.send(f"{path}/new", round_form(office)).status_code == 303
    late = client.send(f"{path}/1", round_form(office, title="Mine", version=seen))
    assert late.status_code == 422
    assert "Somebody changed this job" in text_of(late)
    assert page_of(late).find(".//*[@id='title']").get("value") == "Mine"
    assert titles(office) == ["Desk visit"]
    now = page_of(late).find(".//*[@id='version']").get("value")
    assert client.send(f"{path}/1", round_form(office, title="Mine", version=now)).status_code == 303
    assert titles(office) == ["Mine"]


def test_round_with_sessions_is_not_removed(
    client: ReadingClient, database: Database, office: Office, rubric: None
) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/plan/rounds"
    assert client.send(f"{path}/new", round_form(office)).status_code == 303
    with database.writing() as session:
        application = make_application(session, session.get_one(Job, office.job_id), stage=Stage.INTERVIEW)
        ines = make_actor(session, Role.INTERVIEWER, name="Ivo")
        schedule(session, application, ines, actor=SYSTEM)
    answer = client.send(f"{path}/1/remove", {"version": str(office.job().version)})
    assert answer.status_code == 422
    assert "has sessions already" in text_of(answer)
    assert titles(office) == ["Desk visit"]


def test_interviewer_of_the_team_reads_the_plan_and_changes_nothing(
    client: ReadingClient, office: Office, rubric: None
) -> None:
    sign_in(client, "ines")
    path = f"/jobs/{office.job_id}/plan"
    page = client.get(path).get_data(as_text=True)
    assert "/propose" not in page
    assert "/rounds/new" not in page
    for part in ("propose", "rounds/new"):
        assert client.send(f"{path}/{part}", round_form(office)).status_code == 403
    assert titles(office) == []


def test_questions_are_asked_and_asked_no_longer(client: ReadingClient, office: Office) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/questions"
    values = {"text": "When could you start?", "is_required": "y"}
    assert client.send(f"{path}/new", values).status_code == 303
    assert client.send(f"{path}/new", {"text": "Which tills do you know?"}).status_code == 303
    asked = office.job().questions
    assert [(q.text, q.is_required) for q in asked] == [
        ("When could you start?", True),
        ("Which tills do you know?", False),
    ]
    said = text_of(client.get(path))
    assert "required" in said
    assert "optional" in said
    assert client.send(f"{path}/{asked[0].id}/retire").status_code == 303
    assert "Asked no longer" in text_of(client.get(path))
    assert office.job().questions[0].retired_at is not None
    assert client.get(f"/jobs/{office.other_id}/questions/{asked[1].id}/retire").status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write the question."),
        ("x" * 501, "500"),
        ("Do you have a disability?", "may not be asked here"),
        ("Start\u202ewhen?", "no text"),
    ],
)
def test_question_that_may_not_be_asked_says_why_and_is_not_asked(
    client: ReadingClient, database: Database, office: Office, text: str, said: str
) -> None:
    with database.writing() as session:
        session.get_one(Job, office.job_id).jurisdiction = "US"
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{office.job_id}/questions/new", {"text": text})
    assert answer.status_code == 422
    assert said in "".join(page_of(answer).find(".//*[@id='text-error']").itertext())
    assert office.job().questions == []


def test_question_that_the_organisations_law_forbids_is_not_asked_where_a_job_names_none(
    client: ReadingClient, office: Office
) -> None:
    assert office.job().jurisdiction is None
    sign_in(client, "hank")
    answer = client.send(f"/jobs/{office.job_id}/questions/new", {"text": "Do you have a disability?"})
    assert answer.status_code == 422
    assert "may not be asked here" in "".join(page_of(answer).find(".//*[@id='text-error']").itertext())


def test_doubtful_question_is_asked_with_a_warning(client: ReadingClient, office: Office) -> None:
    sign_in(client, "hank")
    path = f"/jobs/{office.job_id}/questions"
    answer = client.send(f"{path}/new", {"text": "How old are you?"})
    assert answer.status_code == 303
    assert "ask about the work instead" in text_of(client.get(answer.location))
