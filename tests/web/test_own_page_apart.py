"""A candidate who asks for every address of the own pages meets not a byte of anybody else."""

import io
import re
import zipfile
from datetime import timedelta
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select

from tests.candidates import applied, own_client, sent_offer
from tests.careers import post
from tests.enclosing import attach_report, file_summary
from tests.factories import make_actor, make_application, make_candidate, make_job
from tests.interviewing import publish_rubric, schedule
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Outcome, Stage
from tracker.files import FileStore
from tracker.models.adverse_notices import PreAdverseNotice
from tracker.models.applications import Application
from tracker.models.candidate_replies import CandidateReply
from tracker.models.candidates import Candidate
from tracker.models.data_requests import ErasureRequest
from tracker.models.files import StoredFile
from tracker.models.interviews import Interview
from tracker.models.notices import Consent
from tracker.models.references import Reference
from tracker.models.signatures import OfferSignature
from tracker.services.candidate_access import candidate_actor
from tracker.services.files import attach_file
from tracker.services.references import add_reference

CANARY = "Zanzibar"


def with_everything(database: Database, store: FileStore, name: str) -> int:
    """A candidate who has something of every kind, each with their name in it."""
    with database.writing() as session:
        job = post(
            session,
            make_job(session, title=f"Job of {name}", needs_background_check=True),
            title=f"Job of {name}",
        )
        candidate = make_candidate(session, name)
        publish_rubric(session, job)
        application = make_application(session, job, stage=Stage.REFERENCES, candidate=candidate)
        actor = candidate_actor(candidate, application.id)
        add_reference(
            session,
            application,
            referee_name=f"Referee of {name}",
            email=f"{name.split(maxsplit=1)[0]}@example.org",
            actor=actor,
        )
        attach_file(
            session,
            store,
            candidate,
            f"Letter of {name}.txt",
            name.encode(),
            actor=actor,
            application=application,
        )
        report = store.put(f"Report about {name}".encode())
        attach_report(session, application, key=report.key).name = f"Report about {name}.pdf"
        words = f"Notice to {name}"
        summary_id = file_summary(session).id
        notice = {"text": words, "summary_id": summary_id, "sent_at": clock.now()}
        session.add(PreAdverseNotice(application_id=application.id, **notice))
        ines = make_actor(session, Role.INTERVIEWER, name="Ines")
        other = make_application(
            session, make_job(session, title=f"Other job of {name}"), stage=Stage.OFFER, candidate=candidate
        )
        sent_offer(session, other, benefits=f"Benefit of {name}")
        third = make_application(session, job_of(session, name), stage=Stage.INTERVIEW, candidate=candidate)
        interview = schedule(session, third, ines, actor=SYSTEM, starts_at=clock.now() + timedelta(days=1))
        interview.place = f"Place of {name}"
        return candidate.id


def job_of(session: object, name: str) -> object:
    job = make_job(session, title=f"Third job of {name}")  # type: ignore[arg-type]
    publish_rubric(session, job)  # type: ignore[arg-type]
    return job


PLACE = re.compile(r"<(?:int:)?(\w+)>")


def own_addresses(app: Flask, database: Database) -> list[tuple[str, set[str]]]:
    """Every address below /my with every id that the database holds, and the methods it answers."""
    with database.reading() as session:
        ids = {
            "application_id": session.scalars(select(Application.id)).all(),
            "interview_id": session.scalars(select(Interview.id)).all(),
            "task_id": [1, 2],
            "reference_id": session.scalars(select(Reference.id)).all(),
            "file_id": session.scalars(select(StoredFile.id)).all(),
            "token": ["x"],
        }
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule == "/my" or rule.rule.startswith("/my/"):
            names = PLACE.findall(rule.rule)
            for chosen in product(*(ids[name] for name in names)):
                path = rule.rule
                for name, value in zip(names, chosen, strict=True):
                    path = re.sub(rf"<(?:int:)?{name}>", str(value), path)
                found.append((path, set(rule.methods or ()) & {"GET", "POST"}))
    return found


def test_a_candidate_who_asks_for_everything_meets_nothing_of_another(
    app: Flask, database: Database, config: object, tmp_path: object
) -> None:
    store = FileStore(config.files_folder)  # type: ignore[attr-defined]
    amina = with_everything(database, store, "Amina Yusuf")
    with_everything(database, store, f"{CANARY} Zora")
    client = own_client(app, database, amina)
    seen = 0
    for path, methods in own_addresses(app, database):
        if path == "/my/leave":
            continue
        for method in sorted(methods):
            before = counts(database)
            client.get("/my/data")
            answer = client.open(
                path, method=method, data={"csrf_token": client.token, "note": "", "wish": "w"}, buffered=True
            )
            assert CANARY.encode() not in whole(answer), (method, path)
            seen += answer.status_code == 200
            if answer.status_code == 404:
                assert counts(database) == before, (method, path)
    assert seen > 10
    with database.reading() as session:
        other = session.scalars(select(Candidate).where(Candidate.name == f"{CANARY} Zora")).one()
        theirs = select(Application.id).where(Application.candidate_id == other.id)
        interviews = session.scalars(select(Interview.id).where(Interview.application_id.in_(theirs))).all()
        assert (
            session.scalars(
                select(CandidateReply.interview_id).where(CandidateReply.interview_id.in_(interviews))
            ).all()
            == []
        )
        outcomes = session.scalars(
            select(Application.outcome).where(Application.candidate_id == other.id)
        ).all()
        assert set(outcomes) == {Outcome.ACTIVE}


def counts(database: Database) -> list[int]:
    with database.reading() as session:
        tables = (CandidateReply, Reference, Consent, StoredFile, ErasureRequest, OfferSignature)
        return [len(session.scalars(select(table)).all()) for table in tables]


def whole(answer: object) -> bytes:
    data: bytes = answer.get_data()  # type: ignore[attr-defined]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
    return data


@pytest.mark.parametrize(
    "path", ["", "/offer", "/offer/letter.pdf", "/withdraw", "/files/new", "/referees/new"]
)
def test_another_persons_application_does_not_exist(app: Flask, database: Database, path: str) -> None:
    _, own = applied(database, Stage.OFFER)
    other, _ = applied(database, Stage.OFFER, name="Zora")
    with database.writing() as session:
        sent_offer(session, session.get_one(Application, other))
    client = own_client(app, database, own)
    assert client.get(f"/my/applications/{other}{path}").status_code == 404
