import pytest

from tests.factories import join_team, make_application, make_job
from tests.web.conftest import sign_in
from tests.web.pages import ReadingClient, page_of
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.onboarding import CHECKLIST, TaskOwner
from tracker.domain.stages import Stage
from tracker.models.onboarding import OnboardingTask
from tracker.models.users import User
from tracker.queries.onboarding import tasks_of

People = dict[str, int]


@pytest.fixture
def path(database: Database, people: People) -> str:
    with database.writing() as session:
        job = make_job(session)
        join_team(session, job, session.get_one(User, people["hank"]), TeamRole.HIRING_MANAGER)
        return f"/applications/{make_application(session, job, stage=Stage.ONBOARDING).id}/onboarding"


def kept(database: Database, path: str) -> list[OnboardingTask]:
    with database.reading() as session:
        return list(tasks_of(session, int(path.split("/")[2])))


def a_task(**changed: str) -> dict[str, str]:
    given = {"title": "Order a badge", "owner": "it", "due_on": str(clock.today()), "is_required": "y"}
    return given | changed


def error_at(response: object, field: str) -> str:
    found = page_of(response).find(f".//*[@id='{field}-error']")  # type: ignore[arg-type]
    return "" if found is None else " ".join("".join(found.itertext()).split())


@pytest.mark.parametrize("persona", ["rita", "hank", "olga"])
def test_checklist_is_laid_out_once_and_every_task_done(
    client: ReadingClient, database: Database, path: str, persona: str
) -> None:
    sign_in(client, persona)
    for _ in range(2):
        assert client.send(f"{path}/start", {"starts_on": str(clock.today())}).status_code == 303
    assert len(kept(database, path)) == len(CHECKLIST)
    for task in kept(database, path):
        given = {"reason": "On paper"} if task.needs_file else {}
        assert client.send(f"{path}/{task.id}/done", given).status_code == 303
    assert all(task.done_at for task in kept(database, path))
    assert "done" in client.get(path).get_data(as_text=True)


def test_task_is_added_changed_done_and_opened_again(
    client: ReadingClient, database: Database, path: str
) -> None:
    sign_in(client, "hank")
    assert client.send(f"{path}/new", a_task()).status_code == 303
    one = f"{path}/{kept(database, path)[0].id}"
    assert 'value="Order a badge"' in client.get(one).get_data(as_text=True)
    changed = a_task(title="Order badge and keys", owner="hr")
    del changed["is_required"]
    assert client.send(one, changed).status_code == 303
    (task,) = kept(database, path)
    assert (task.title, task.owner, task.is_required) == ("Order badge and keys", TaskOwner.HR, False)
    assert client.send(f"{one}/done").status_code == 303
    again = client.send(f"{one}/done")
    assert again.status_code == 422
    assert "done already" in again.get_data(as_text=True)
    assert client.send(f"{one}/not-done").status_code == 303
    assert kept(database, path)[0].done_at is None


@pytest.mark.parametrize(("field", "value"), [("title", "  "), ("due_on", "0202-01-01"), ("owner", "nobody")])
def test_task_that_makes_no_sense_is_refused_at_its_field(
    client: ReadingClient, database: Database, path: str, field: str, value: str
) -> None:
    sign_in(client, "rita")
    answer = client.send(f"{path}/new", a_task(**{field: value}))
    assert answer.status_code == 422
    assert error_at(answer, field)
    assert not kept(database, path)


def test_onboarding_is_not_for_interviewers_nor_for_managers_of_other_jobs(
    client: ReadingClient, database: Database, path: str
) -> None:
    with database.writing() as session:
        other = f"/applications/{make_application(session, stage=Stage.ONBOARDING).id}/onboarding"
    sign_in(client, "hank")
    assert client.get(other).status_code == 404
    assert client.send(f"{other}/new", a_task()).status_code == 404
    sign_in(client, "ines")
    assert client.get(path).status_code == 403
    assert client.send(f"{path}/new", a_task()).status_code == 403
    assert not kept(database, path)


def test_staff_tick_off_a_task_without_its_paper_with_a_reason_that_is_shown(
    client: ReadingClient, database: Database, path: str
) -> None:
    sign_in(client, "rita")
    asked = a_task(title="Passport", owner="candidate", needs_file="y")
    assert client.send(f"{path}/new", a_task(owner="it", needs_file="y")).status_code == 422
    assert client.send(f"{path}/new", asked).status_code == 303
    assert "waits for a paper" in client.get(path).get_data(as_text=True)
    (task,) = kept(database, path)
    refused = client.send(f"{path}/{task.id}/done")
    assert refused.status_code == 422
    assert "Say why it is done without one" in error_at(refused, "reason")
    assert kept(database, path)[0].done_at is None
    assert client.send(f"{path}/{task.id}/done", {"reason": "Seen at the desk"}).status_code == 303
    assert "Done without a paper: Seen at the desk" in client.get(path).get_data(as_text=True)
