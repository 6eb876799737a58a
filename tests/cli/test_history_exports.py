"""The history taken out, and brought in again elsewhere as the same history."""

import csv
import json
import random
from io import BytesIO, StringIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from tests.factories import make_job
from tests.histories import day, random_places, write_history
from tracker.domain.history import MoveRow, move_hash
from tracker.domain.metrics.spells import Step, effective, figures
from tracker.domain.moves import MoveKind
from tracker.domain.stages import STAGES, Outcome, Stage
from tracker.models.applications import ImportedApplication
from tracker.models.audit import AuditEntry
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.models.moves import Move

ACTIVE, HIRED, REJECTED, WITHDRAWN = Outcome
NAMESPACE = "{http://www.xes-standard.org/}"
AWKWARD = 'Amina "A" <b> & Łukasz أمينة'


def could_be_ours(places):
    """Whether the tracker itself, or its import, could have made these moves.

    Neither closes in another stage with one move, nor makes a hire active again in the same stage.
    """
    return not any(
        (there[2] is not ACTIVE and there[1] is not here[1])
        or (here[2] is HIRED and there[2] is ACTIVE and here[1] is there[1])
        for here, there in pairwise(places)
    )


@pytest.fixture
def written(sqlite_database):
    chance = random.Random(11)
    with sqlite_database.writing() as session:
        job = make_job(session, title="Clerk", openings=400)
        walks = [places for places in (random_places(chance) for _ in range(80)) if could_be_ours(places)]
        found = [write_history(session, job, *places, name=AWKWARD) for places in walks]
        found.append(write_history(session, job, (0, Stage.OFFER, WITHDRAWN)))
        found.append(write_history(session, job, (0, Stage.APPLICATION, REJECTED)))
        return {one.application.id: one.steps for one in found}


def steps_of(database, job_title):
    """The steps of every application imported to a job, by the key it came in with."""
    with database.reading() as session:
        rows = session.execute(
            select(ImportedApplication.external_key, *(getattr(Move, name) for name in Step.__slots__))
            .join(ImportedApplication, ImportedApplication.application_id == Move.application_id)
            .join(Job, Job.id == ImportedApplication.job_id)
            .where(Job.title == job_title)
            .order_by(Move.application_id, Move.version)
        )
        found = {}
        for key, *values in rows:
            found.setdefault(int(key), []).append(Step(*values))
    return found


def places_of(steps):
    return [(step.at, step.to_stage, step.to_outcome) for step in steps]


@pytest.mark.parametrize("format_", ["xes", "csv", "jsonl"])
def test_what_goes_out_comes_in_again_as_the_same_history(call, written, sqlite_database, tmp_path, format_):
    out = tmp_path / f"log.{format_}"
    assert call("history", "export", "--format", format_, "--job", "Clerk", "--out", out).exit_code == 0
    with sqlite_database.writing() as session:
        session.add(Job(title="Elsewhere", status="open", openings=1, approved_at=day(0), created_at=day(0)))
    brought = call("history", "import", out, "--job", "Elsewhere")
    assert brought.exit_code == 0, brought.stderr
    came = steps_of(sqlite_database, "Elsewhere")
    assert came.keys() == written.keys()
    for key, steps in written.items():
        assert places_of(came[key]) == places_of(effective(steps))
    assert figures(came.values()) == figures(written.values())
    assert call("history", "verify").exit_code == 0
    again = call("history", "import", out, "--job", "Elsewhere")
    assert "0 applications" in again.stdout


def test_xes_is_a_log_that_other_tools_read(call, written):
    log = ElementTree.parse(BytesIO(call("history", "export", "--format", "xes").stdout_bytes)).getroot()
    assert log.tag == f"{NAMESPACE}log"
    assert [e.get("prefix") for e in log.findall(f"{NAMESPACE}extension")] == [
        "concept",
        "time",
        "org",
        "lifecycle",
    ]
    traces = log.findall(f"{NAMESPACE}trace")
    assert len(traces) == len(written)
    said = {e.get("key"): e.get("value") for e in traces[0].findall(f"{NAMESPACE}string")}
    assert (said["candidate"], said["job"]) == (AWKWARD, "Clerk")
    for event in log.iter(f"{NAMESPACE}event"):
        keys = {value.get("key"): value.tag.removeprefix(NAMESPACE) for value in event}
        assert keys["concept:name"] == keys["lifecycle:transition"] == "string"
        assert keys["time:timestamp"] == "date"


def test_json_lines_hold_every_move_so_that_its_hash_can_be_proved(call, written):
    lines = [json.loads(line) for line in call("history", "export", "--format", "jsonl").stdout.splitlines()]
    assert len(lines) == sum(len(steps) for steps in written.values())
    assert any(line["kind"] == MoveKind.UNDO for line in lines)
    for line in lines:
        given = {name: line[name] for name in MoveRow.__slots__}
        given["overridden"] = ()
        for name in ("at", "recorded_at"):
            given[name] = day(0).fromisoformat(line[name])
        assert move_hash(MoveRow(**given)) == line["hash"]


def test_csv_has_the_columns_of_the_import_and_nothing_to_run(call, sqlite_database):
    with sqlite_database.writing() as session:
        written = write_history(session, make_job(session), (0, STAGES[0], ACTIVE), name="=cmd()")
        session.get_one(Candidate, written.application.candidate_id).email = None
    (row,) = csv.DictReader(StringIO(call("history", "export", "--format", "csv").stdout, newline=""))
    assert row["candidate"] == "'=cmd()"
    assert row["email"] == ""
    assert row["at"] == "2026-03-01T00:00:00.000000+00:00"


def test_taking_the_history_out_is_on_record_and_for_those_who_may(call, sqlite_database, written):
    call("history", "export", "--format", "xes", "--job", "Clerk")
    with sqlite_database.reading() as session:
        (entry,) = session.scalars(select(AuditEntry).where(AuditEntry.action == "history:export"))
    assert (entry.actor, entry.subject_type, entry.detail) == ("system", "job", {"format": "xes"})
    call(
        "users",
        "add",
        "ines@example.org",
        "--name",
        "Ines",
        "--role",
        "interviewer",
        "--password-stdin",
        input="correct horse battery\n",
    )
    refused = call("history", "export", "--format", "csv", "--as", "ines@example.org")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert call("history", "export", "--format", "csv", "--job", "Nope").exit_code == 1
    assert call("history", "export").exit_code == 2
