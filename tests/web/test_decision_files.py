"""The decision file: all a job was decided by, the same bytes for the same records, checked by itself."""

import hashlib
import json
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import hand_in, plan_rounds, publish_rubric, schedule
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tracker import clock
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job
from tracker.models.scorecards import Scorecard, ScorecardRead
from tracker.models.self_identification import SelfIdentificationAnswer, SelfIdentificationField
from tracker.models.users import User
from tracker.queries.scorecards import independence
from tracker.services.moves import make_move


@pytest.fixture
def job_id(database, people):
    """A job with one application whose card by Hank is in, rejected with words, and another just begun."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds")
        hank = session.get_one(User, people["hank"])
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        plan_rounds(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        at = clock.now() - timedelta(hours=2)
        interview = schedule(session, application, actor_of(session, hank), actor=SYSTEM, starts_at=at)
        hand_in(session, interview, actor_of(session, hank), 3)
        make_application(session, job)
        field = SelfIdentificationField(name="gender", label="Gender")
        session.add(field)
        session.flush()
        session.add(
            SelfIdentificationAnswer(application_id=application.id, field_id=field.id, value="Zyxwanswer")
        )
        session.refresh(application)
        request = MoveRequest(MoveKind.REJECT, disposition="other_rejected", note="Said “no” twice")
        make_move(
            session, application.id, request, actor=actor_of(session, hank),
            seen_stage=application.stage, seen_version=application.version,
        )  # fmt: skip
        return job.id


def take(client, job_id):
    address = f"/jobs/{job_id}/decision-file"
    token = page_of(client.get(address)).find(".//main//input[@name='csrf_token']").get("value")
    return client.post(address, data={"csrf_token": token})


def unpacked(data, folder):
    with ZipFile(BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def verified(folder):
    command = [sys.executable, "verify.py"]
    told = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True)
    return told.returncode, told.stdout


def test_hr_takes_out_a_file_that_checks_itself(client, database, job_id, tmp_path):
    olga = sign_in(client, "olga")
    first, second = take(olga, job_id).data, take(olga, job_id).data
    assert first == second
    folder = unpacked(first, tmp_path / "file")
    assert verified(folder) == (0, "Everything holds.\n")
    one, other = sorted((folder / "applications").iterdir())
    decided = json.loads(one.read_text())
    (sitting,) = decided["interviews"]
    (card,) = sitting["scorecards"]
    assert all(rating["evidence"] for rating in card["ratings"])
    assert decided["moves"][-1]["reason"] == "other_rejected"
    assert decided["move_notes"][-1]["note"] == "Said “no” twice"
    assert "moves" in json.loads(other.read_text())
    assert json.loads((folder / "rubrics" / "version-1.json").read_text())["content"]["competencies"]
    assert "Zyxwanswer" not in "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    with database.reading() as session:
        taken = session.scalars(select(AuditEntry).where(AuditEntry.action == "decision_file:export")).all()
    assert len(taken) == 2


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("applications", "other_rejected", "less_qualified", "was changed"),
        ("rubrics", "competencies", "competences", "was changed"),
        ("README.txt", "decision file", "decision fi1e", "was changed"),
    ],
)
def test_a_changed_file_is_found_out(client, job_id, tmp_path, part, old, new, said):
    folder = unpacked(take(sign_in(client, "olga"), job_id).data, tmp_path / "file")
    path = min((folder / part).iterdir()) if (folder / part).is_dir() else folder / part
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    code, told = verified(folder)
    assert code == 1
    assert said in told


def test_a_history_made_up_with_new_hashes_is_found_out_by_its_chain(client, job_id, tmp_path):
    folder = unpacked(take(sign_in(client, "olga"), job_id).data, tmp_path / "file")
    path = min((folder / "applications").iterdir())
    path.write_text(path.read_text().replace('"other_rejected"', '"less_qualified"'))
    manifest = json.loads((folder / "manifest.json").read_text())
    name = path.relative_to(folder).as_posix()
    manifest["files"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    code, told = verified(folder)
    assert code == 1
    assert "content and hash differ" in told
    assert "the root does not fit" in told


def test_taking_it_out_takes_the_independence_of_cards_written_later(client, database, people, job_id):
    with database.writing() as session:
        application = make_application(session, session.get_one(Job, job_id), stage=Stage.INTERVIEW)
        hank = actor_of(session, session.get_one(User, people["hank"]))
        read = hand_in(session, schedule(session, application, hank, actor=SYSTEM), hank).id
    for _ in range(2):
        assert take(sign_in(client, "olga"), job_id).status_code == 200
    with database.writing() as session:
        application = session.get_one(Scorecard, read).interview.application
        of_it = select(ScorecardRead).where(ScorecardRead.application_id == application.id)
        (row,) = session.scalars(of_it)
        assert (row.reader_id, row.scorecard_id, row.place) == (people["olga"], read, "decision file")
        olga = actor_of(session, session.get_one(User, people["olga"]))
        late = hand_in(session, schedule(session, application, olga, actor=SYSTEM), olga)
        assert independence(session, application.id, [late]) == {late.id: False}


def test_whoever_owes_a_card_on_the_job_does_not_get_it(client, database, people, job_id):
    with database.writing() as session:
        olga = actor_of(session, session.get_one(User, people["olga"]))
        application = make_application(session, session.get_one(Job, job_id), stage=Stage.INTERVIEW)
        at = clock.now() - timedelta(hours=2)
        schedule(session, application, olga, actor=SYSTEM, starts_at=at)
    answer = take(sign_in(client, "olga"), job_id)
    assert answer.status_code == 303
    assert "Hand in your own scorecards" in client.get(answer.headers["Location"]).get_data(as_text=True)


@pytest.mark.parametrize("persona", ["rita", "hank", "ines"])
def test_nobody_but_hr_takes_it_out(client, job_id, persona):
    assert sign_in(client, persona).get(f"/jobs/{job_id}/decision-file").status_code == 403
