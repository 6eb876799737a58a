"""How a job screens, by its page; and the form of a call that is scored on its points."""

from tests.factories import actor_of
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tests.web.screening_queue import KEY, LICENCE, NAMES, add_resume, job_id, queue, send, shown
from tracker.db import Database
from tracker.domain.screening_points import point_key
from tracker.models.applications import Application, ApplicationAnswer
from tracker.models.jobs import Job, JobQuestion
from tracker.models.users import User
from tracker.queries.screenings import calls_of, reviews_of
from tracker.services.screenings import record_resume_review

__all__ = ["job_id", "queue"]

POINTS = ["Why this job", "Notice period", "Shifts"]
NEEDED = {"needs_resume_review": "y", "needs_screening_call": "y"}


def version_of(database: Database, job_id: int) -> str:
    with database.reading() as session:
        return str(session.get_one(Job, job_id).version)


def test_points_are_set_on_the_set_up_and_stand_on_the_process_sheet(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screening"
    assert path in client.get(f"/jobs/{job_id}/setup").get_data(as_text=True)
    given = {"version": version_of(database, job_id), "points": "\r\n".join([*POINTS, ""]), **NEEDED}
    assert client.send(path, given).status_code == 303
    assert "\n".join(POINTS) in client.get(path).get_data(as_text=True).replace("\r\n", "\n")
    assert "Calls are scored on 3 points" in client.get(f"/jobs/{job_id}/setup").get_data(as_text=True)
    assert "scored on 3 points" in client.get(f"/jobs/{job_id}/process").get_data(as_text=True)
    late = client.send(path, {**given, "points": "a\nb\nc"})
    assert late.status_code == 422
    assert "Somebody changed this job" in late.get_data(as_text=True)
    few = client.send(path, {"version": version_of(database, job_id), "points": "Only this"})
    assert few.status_code == 422
    assert page_of(few).find(".//*[@id='points-error']") is not None


def test_point_that_asks_what_must_not_be_asked_is_warned_of(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    given = {"version": version_of(database, job_id), "points": "How old are you?\nShifts\nNotice period"}
    back = client.send(f"/jobs/{job_id}/screening", given)
    assert back.status_code == 303
    assert "ask about the work instead" in client.get(back.location).get_data(as_text=True)


def test_point_that_may_not_be_asked_is_refused_at_its_field(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    for question in ("Do you have a disability?", "Are you pregnant?"):
        given = {"version": version_of(database, job_id), "points": f"{question}\nShifts\nNotice period"}
        refused = client.send(f"/jobs/{job_id}/screening", given)
        assert refused.status_code == 422
        assert page_of(refused).find(".//*[@id='points-error']") is not None
    with database.reading() as session:
        assert session.get_one(Job, job_id).screening_points is None


def test_screening_is_set_by_those_who_set_the_plan(client: ReadingClient, job_id: int) -> None:
    sign_in(client, "ines")
    assert client.get(f"/jobs/{job_id}/screening").status_code in (403, 404)
    assert client.send(f"/jobs/{job_id}/screening", {"points": ""}).status_code in (403, 404)


def test_call_is_rated_point_by_point_and_shown_with_its_evidence(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    with database.writing() as session:
        session.get_one(Job, job_id).screening_points = POINTS
    sign_in(client, "rita")
    path = f"/applications/{queue[0]}/screening"
    given = {"result": "strong"}
    for point in POINTS[:2]:
        given |= {point_key(point): "strong", f"{point_key(point)}_evidence": f"On {point}: yes"}
    lacking = client.send(f"{path}/call", given)
    assert lacking.status_code == 422
    assert page_of(lacking).find(f".//*[@id='{point_key('Shifts')}-error']") is not None
    assert "On Notice period: yes" in lacking.get_data(as_text=True)
    assert client.send(f"{path}/call", {**given, point_key("Shifts"): "not_asked"}).status_code == 303
    shown = client.get(path).get_data(as_text=True)
    assert all(word in shown for word in (*POINTS, "On Notice period: yes", "not asked"))
    with database.reading() as session:
        (call,) = calls_of(session, queue[0])
        assert [row["rating"] for row in call.points] == ["strong", "strong", "not_asked"]
    nobody = client.send(f"{path}/call", {"result": "not_reached"})
    assert nobody.status_code == 303


def test_call_asks_for_what_the_resume_left_open(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    path = f"/applications/{queue[0]}/screening/call"
    assert "To find out" not in client.get(path).get_data(as_text=True)
    with database.writing() as session:
        assert not reviews_of(session, queue[0])
    page = page_of(client.get(f"/jobs/{job_id}/screen/{queue[0]}"))
    values = {f.get("name"): f.get("value") for f in page.findall(".//main//input[@type='hidden']")}
    key = next(name for f in page.findall(".//input") if (name := f.get("name", "")).startswith("minimum_"))
    values |= {"decision": "pass", key: "unclear", f"{key}_reason": "ask for the card"}
    assert client.send(f"/jobs/{job_id}/screen/{queue[0]}", values).status_code == 303
    assert f"{LICENCE} – ask for the card" in client.get(path).get_data(as_text=True)


def test_queue_hides_who_applies_until_the_review(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    sign_in(client, "rita")
    given = {"version": version_of(database, job_id), "points": "", **NEEDED, "has_hidden_names": "y"}
    assert client.send(f"/jobs/{job_id}/screening", given).status_code == 303
    setup = client.get(f"/jobs/{job_id}/setup").get_data(as_text=True)
    assert "names are hidden until the résumé review" in setup
    assert "names hidden until the review" in client.get(f"/jobs/{job_id}/process").get_data(as_text=True)
    for number in queue:
        add_resume(database, number, None)
    with database.reading() as session:
        people = [session.get_one(Application, number).candidate for number in queue]
        secrets = [word for one in people for word in (one.name, one.email)] + ["cv of the person"]
    path = f"/jobs/{job_id}/screen/{queue[0]}"
    opened = client.get(path)
    said = opened.get_data(as_text=True)
    assert [word for word in secrets if word in said] == []
    assert all(word in said for word in (f"Application {queue[0]}", "may still say who it is", "hidden"))
    wrong = send(client, path, page_of(opened), decision="pass")
    assert [word for word in secrets if word in wrong.get_data(as_text=True)] == []
    passed = send(client, path, page_of(opened), decision="pass", **{KEY: "met"})
    following = client.get(passed.location).get_data(as_text=True)
    assert [word for word in secrets if word in following] == []
    rejected = send(
        client,
        passed.location,
        shown(client, passed.location),
        decision="reject",
        disposition="less_qualified",
    )
    last = client.get(rejected.location).get_data(as_text=True)
    assert "Undo" in last
    assert [word for word in secrets if word in last] == []
    # Once it is decided, the page names the person again.
    assert NAMES[0] in client.get(path).get_data(as_text=True)


def test_the_text_and_the_answers_of_a_hidden_person_do_not_say_who_it_is(
    client: ReadingClient, database: Database, job_id: int, queue: list[int]
) -> None:
    add_resume(database, queue[0], "AMINA YUSUF\nyusuf@example.org, +44 113 496 0000\nStock of the yusufs")
    with database.writing() as session:
        job = session.get_one(Job, job_id)
        job.has_hidden_names = True
        question = JobQuestion(job_id=job_id, position=1, text="Who are you?", is_required=True)
        session.add(question)
        session.flush()
        row = {"application_id": queue[0], "question_id": question.id}
        session.add(ApplicationAnswer(**row, answer="I am Amina, call 0113 4960000"))
        session.get_one(Application, queue[1]).candidate.profile = {
            "basics": {"summary": "Jo Park picks", "label": "Clerk"}
        }
    sign_in(client, "rita")
    page = client.get(f"/jobs/{job_id}/screen/{queue[0]}").get_data(as_text=True)
    assert "[name] [name]\n[e-mail], [number]\nStock of the yusufs" in page
    assert "I am [name], call [number]" in page
    assert "[name] [name] picks" in client.get(f"/jobs/{job_id}/screen/{queue[1]}").get_data(as_text=True)
    with database.writing() as session:
        session.get_one(Job, job_id).has_hidden_names = False
    assert "AMINA YUSUF\nyusuf@example.org" in client.get(f"/jobs/{job_id}/screen/{queue[0]}").get_data(
        as_text=True
    )


def test_who_comes_second_does_not_learn_the_name_by_it(
    client: ReadingClient, database: Database, people: dict[str, int], job_id: int, queue: list[int]
) -> None:
    with database.writing() as session:
        session.get_one(Job, job_id).has_hidden_names = True
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screen/{queue[0]}"
    opened = shown(client, path)
    with database.writing() as session:
        olga = actor_of(session, session.get_one(User, people["olga"]))
        record_resume_review(session, session.get_one(Application, queue[0]), passed=True, actor=olga)
    answer = send(client, path, opened, decision="pass", **{KEY: "met"})
    assert answer.status_code == 409
    assert NAMES[0] not in answer.get_data(as_text=True)


def test_what_advancing_needs_is_ticked_and_told(
    client: ReadingClient, database: Database, job_id: int
) -> None:
    sign_in(client, "rita")
    path = f"/jobs/{job_id}/screening"
    boxes = page_of(client.get(path)).findall(".//input[@type='checkbox']")
    assert {box.get("name") for box in boxes if box.get("checked") is not None} == {
        "needs_resume_review",
        "needs_screening_call",
    }
    given = {"version": version_of(database, job_id), "needs_screening_call": "y", "has_hidden_names": "y"}
    refused = client.send(path, given)
    assert refused.status_code == 422
    assert page_of(refused).find(".//*[@id='has_hidden_names-error']") is not None
    given.pop("has_hidden_names")
    assert client.send(path, given).status_code == 303
    assert "no résumé review needed" in client.get(f"/jobs/{job_id}/setup").text
    assert "not needed" in client.get(f"/jobs/{job_id}/process").text
