"""A history that somebody changed by hand is found out, and the first row that is wrong is named."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.moving import REJECT, move
from tracker.cli import main
from tracker.db import Database
from tracker.domain.actors import Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.models.candidates import Candidate
from tracker.models.guards import drop_guards, install_guards
from tracker.models.guards.stays import drop_stays
from tracker.queries.checkpoints import Checkpoint, check_against, checkpoint, hold_writers_out
from tracker.queries.history import hold_still, verify_history

WHERE = "WHERE application_id = :a"
LAST = f"{WHERE} AND version = 4"
TEXT = "its text is not what was written"
# What is done by hand to the second application, which has four moves, and what is said of it.
DEEDS = [
    (f"UPDATE moves SET actor = 'user:9' {WHERE} AND version = 2", "move 2: content and hash differ"),
    (f"UPDATE moves SET hash = '{'1' * 64}' {WHERE} AND version = 2", "move 2: content and hash differ"),
    (f"UPDATE moves SET previous_hash = '{'1' * 64}' {LAST}", "move 4: does not follow the move before it"),
    (f"DELETE FROM moves {WHERE} AND version = 3", "move 3: a move is missing"),
    (f"DELETE FROM moves {LAST}", "the row differs from its history"),
    ("UPDATE applications SET stage = 'offer' WHERE id = :a", "the row differs from its history"),
    ("UPDATE applications SET disposition_reason = 'no_show' WHERE id = :a", "the row differs"),
    (f"DELETE FROM moves {WHERE}", "it has no history"),
    ("UPDATE stage_counts SET count = count + 1 WHERE stage = 'screening'", "the count at screening"),
    ("UPDATE history_places SET moves = moves + 1", "the count of its moves differs"),
    (f"UPDATE move_notes SET note = 'Kinder words' {LAST}", f"move 4: {TEXT}"),
    (f"UPDATE move_notes SET salt = NULL, reason = NULL, note = NULL {WHERE}", TEXT),
    (f"DELETE FROM move_notes {WHERE}", TEXT),
]  # fmt: skip


def two_histories(session: Session) -> dict[str, int]:
    job, rita = make_job(session), make_actor(session, Role.RECRUITER)
    first = make_application(session, job, stage=Stage.INTERVIEW)
    second = make_application(session, job, stage=Stage.SCREENING)
    move(session, second, MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION, text="Held again"), rita)
    move(session, second, MoveRequest(REJECT.kind, disposition="less_qualified", note="Plain words"), rita)
    session.flush()
    return {"first": first.id, "a": second.id, "c": second.candidate_id}


def by_hand(session: Session, deed: str, ids: dict[str, int]) -> None:
    drop_guards(session.connection())
    session.execute(text(deed), {name: value for name, value in ids.items() if f":{name}" in deed})
    session.expire_all()


@pytest.mark.parametrize(("deed", "said"), DEEDS, ids=[deed for deed, _ in DEEDS])
def test_what_was_changed_by_hand_is_named(session: Session, deed: str, said: str) -> None:
    ids = two_histories(session)
    assert verify_history(session)[2] is None
    by_hand(session, deed, ids)
    fault = verify_history(session)[2]
    assert fault is not None
    assert said in fault
    assert fault.startswith(f"application {ids['a']}") or "count" in said


def test_the_texts_of_a_person_who_was_erased_may_be_gone(session: Session) -> None:
    ids = two_histories(session)
    session.get_one(Candidate, ids["c"]).erased_at = session.get_one(Candidate, ids["c"]).created_at
    session.flush()
    session.execute(
        text(f"UPDATE move_notes SET salt = NULL, reason = NULL, note = NULL {WHERE}"), {"a": ids["a"]}
    )
    assert verify_history(session)[2] is None
    by_hand(session, f"UPDATE move_notes SET note = 'Kinder words' {LAST}", ids)
    assert TEXT in (verify_history(session)[2] or "")


def test_a_tail_cut_off_together_with_its_row_is_found_by_the_checkpoint(session: Session) -> None:
    ids = two_histories(session)
    kept = checkpoint(session)
    assert check_against(session, kept) is None
    by_hand(session, f"DELETE FROM moves {LAST}", ids)
    assert "saw 7 moves" in (check_against(session, kept) or "")


def test_a_checkpoint_holds_while_the_history_goes_on(session: Session) -> None:
    ids = two_histories(session)
    kept = checkpoint(session)
    make_application(session, stage=Stage.OFFER)
    assert check_against(session, kept) is None
    assert checkpoint(session).moves == kept.moves + 5
    by_hand(session, f"UPDATE moves SET hash = '{'1' * 64}' {LAST}", ids)
    assert "not those that the checkpoint saw" in (check_against(session, kept) or "")


def test_every_part_of_a_checkpoint_is_asked(session: Session) -> None:
    two_histories(session)
    kept = checkpoint(session)
    assert kept.through is not None
    later = kept.through + timedelta(days=1)
    for wrong in (
        Checkpoint(kept.through, kept.moves + 1, kept.root),
        Checkpoint(kept.through, kept.moves, "0" * 64),
        Checkpoint(later, kept.moves, kept.root),
        Checkpoint(None, kept.moves, kept.root),
    ):
        assert check_against(session, wrong) is not None


@pytest.mark.parametrize(("deed", "said"), [DEEDS[0], DEEDS[4], DEEDS[9]])
def test_the_command_refuses_a_changed_history(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: object, deed: str, said: str
) -> None:
    with database.writing() as session:
        ids = two_histories(session)
        kept = checkpoint(session)
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    monkeypatch.setenv("TRACKER_DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    assert CliRunner().invoke(main, ["history", "verify"]).exit_code == 0
    assert f'"root": "{kept.root}"' in CliRunner().invoke(main, ["history", "checkpoint"]).stdout
    with database.writing() as session:
        drop_stays(session.connection())
        by_hand(session, deed, ids)
        install_guards(session.connection())
    refused = CliRunner().invoke(main, ["history", "verify"])
    assert (refused.exit_code, said in refused.stderr) == (1, True)


def test_a_move_made_meanwhile_is_no_fault(database: Database) -> None:
    with database.writing() as session:
        two_histories(session)
    with database.reading() as reading:
        hold_still(reading)
        before = verify_history(reading)
        with database.writing() as session:
            make_application(session, stage=Stage.SCREENING)
        assert verify_history(reading) == before
        assert before[2] is None


def test_whoever_would_move_waits_for_the_checkpoint(database: Database) -> None:
    with database.writing() as session:
        two_histories(session)
    with database.writing() as session:
        hold_writers_out(session)
        checkpoint(session)
        impatient = "PRAGMA busy_timeout=100" if database.is_sqlite else "SET lock_timeout = '100ms'"
        wanted = "UPDATE jobs SET title = title" if database.is_sqlite else "SELECT id FROM jobs FOR UPDATE"
        with database.engine.connect() as other:
            other.exec_driver_sql(impatient)
            with pytest.raises(OperationalError, match="lock"):
                other.exec_driver_sql(wanted)
