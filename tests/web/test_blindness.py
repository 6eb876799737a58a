"""Blind scoring, proved: with and without others' words, whoever owes a card gets the very same answers.

Two trackers differ in what others wrote alone: a submitted card, its amendment, and a draft. Every address
that answers GET is asked in both, as everyone who still owes a card, as people who may never read it, and as
the candidate and a referee; routes added later are asked too. Papers and sheets are opened, and so is
every mail that waits.
"""

import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.factories import actor_of
from tests.interviewing import hand_in
from tests.web.answers import Answers, addresses, ask, differences, laid_open
from tests.web.blind_scenes import (
    AMENDED,
    DRAFTED,
    EVERY_CANARY,
    FROM_OUTSIDE,
    NOW,
    OUTSIDERS,
    OWING,
    Scene,
    decide,
    lay_scene,
    write_canaries,
)
from tracker import clock
from tracker.app import create_app
from tracker.cli.worker import sender_of
from tracker.config import Config, data_folder
from tracker.db import Database
from tracker.domain.interview_plans import InterviewKind
from tracker.exports.documents import kit_document
from tracker.exports.ics import write_invitation
from tracker.exports.pdf import pdf_of
from tracker.mail import write_message
from tracker.models.interviews import Interview
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.queries.interviews import sessions_of
from tracker.services.mails import write_mail
from tracker.services.reminders import queue_reminders


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time stands still, so that answers can be compared."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def scene(database: Database, people: dict[str, int]) -> Scene:
    return lay_scene(database, people)


@pytest.fixture
def opened(scene: Scene, config: Config, tmp_path: Path) -> Iterator[Callable[..., tuple[Flask, Database]]]:
    """Opens a copy of the scene, with others' cards in it or without, and with a decision on top."""
    databases: list[Database] = []

    def open_copy(*, has_card: bool, has_decision: bool = False) -> tuple[Flask, Database]:
        path = tmp_path / f"copy-{len(databases)}.db"
        shutil.copy(scene.path, path)
        database = Database.at(f"sqlite:///{path}")
        databases.append(database)
        with database.writing() as session:
            if has_card:
                write_canaries(session, scene)
            if has_decision:
                decide(session, scene)
        return create_app(config, database), database

    yield open_copy
    for database in databases:
        database.engine.dispose()


def leaks_in(answers: Answers) -> list[str]:
    """Which address says a word that only others wrote."""
    bodies = {path: " ".join((location, *pieces)) for path, (_, location, pieces) in answers.items()}
    return [f"{path}: {canary}" for path, body in bodies.items() for canary in EVERY_CANARY if canary in body]


@pytest.mark.slow
@pytest.mark.parametrize("persona", OWING + OUTSIDERS + FROM_OUTSIDE)
def test_who_owes_a_card_and_who_may_not_read_get_the_same_answers_with_and_without_another_card(
    opened: Callable[..., tuple[Flask, Database]], scene: Scene, persona: str
) -> None:
    without, with_card = opened(has_card=False), opened(has_card=True)
    paths = addresses(*with_card)
    first, other = ask(*without, persona, paths, scene), ask(*with_card, persona, paths, scene)
    # What differs is asked once more of a tracker without the card: a page may differ by itself.
    differing = [path for path in paths if first[path] != other[path]]
    again = first | ask(*opened(has_card=False), persona, differing, scene)
    fewest = 3 if persona in FROM_OUTSIDE else 10
    assert sum(status == 200 for status, _, _ in other.values()) > fewest
    if persona in FROM_OUTSIDE:
        own = f"/my/applications/{scene.application_id}" if persona == "candidate" else "/reference"
        assert other[own][0] == 200, "they are let in to what is theirs"
    assert [path for path, (status, _, _) in other.items() if status >= 500] == []
    assert leaks_in(other) == []
    assert differences(first, again, other) == []


@pytest.mark.slow
@pytest.mark.parametrize("persona", OWING + OUTSIDERS + FROM_OUTSIDE)
def test_nobody_reads_why_it_was_decided_before_their_own_card_is_in(
    opened: Callable[..., tuple[Flask, Database]], scene: Scene, persona: str
) -> None:
    app, database = opened(has_card=True, has_decision=True)
    assert leaks_in(ask(app, database, persona, addresses(app, database), scene)) == []


def test_no_mail_says_what_others_wrote_or_that_they_did(
    opened: Callable[..., tuple[Flask, Database]], scene: Scene, config: Config
) -> None:
    def mails(database: Database) -> list[str]:
        said = []
        with database.writing() as session:
            queue_reminders(session)
            # Whoever has handed in their own card is no longer asked for it.
            others = func.coalesce(OutboxMessage.user_id, 0) != scene.people["ines"]
            for row in session.scalars(select(OutboxMessage).where(others).order_by(OutboxMessage.key)):
                mail = write_mail(session, row, sender_of(config), is_going_out=True)
                entry = write_invitation(mail.entry, "Org", "hr@example.org") if mail.entry else b""
                message = write_message(mail, sender_of(config), "hr@example.org", key=row.key, at=NOW)
                bodies = [
                    part.get_content() for part in message.walk() if part.get_content_maintype() == "text"
                ]
                said.append(" ".join([str(message["Subject"]), *bodies, entry.decode(), str(row.payload)]))
        return said

    before, *after = (
        mails(opened(**has)[1])
        for has in (
            {"has_card": False},
            {"has_card": True},
            {"has_card": True, "has_decision": True},
        )
    )
    assert len(before) > len(OWING), "the panel and the candidate are invited"
    for written in after:
        assert [mail for mail in written for canary in EVERY_CANARY if canary in mail] == []
        assert written == before


@pytest.mark.slow
@pytest.mark.parametrize("persona", OWING)
def test_once_their_own_card_is_in_they_read_the_others(
    opened: Callable[..., tuple[Flask, Database]], scene: Scene, persona: str
) -> None:
    app, database = opened(has_card=True)
    with database.writing() as session:
        interview = session.get_one(Interview, sessions_of(session, scene.application_id)[0].id)
        hand_in(session, interview, actor_of(session, session.get_one(User, scene.people[persona])))
    paths = [path for path in addresses(app, database) if "/debrief" in path]
    said = " ".join(leaks_in(ask(app, database, persona, paths, scene)))
    for canary in AMENDED.values():
        assert canary in said
    assert not any(canary in said for canary in DRAFTED.values()), "a draft is nobody's but its writer's"


def test_papers_sheets_and_archives_are_opened_to_be_read() -> None:
    facts = [("Evidence", EVERY_CANARY[0])]
    asked = {"kind": InterviewKind.IN_PERSON, "is_situational_first": False}
    data = kit_document("Kit", facts, [], [], **asked, attribution="")
    paper = pdf_of(data_folder("templates") / "pdf", "kit.typ", data, made_at=NOW).content
    sheet, archive = BytesIO(), BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Evidence", EVERY_CANARY[1]])  # type: ignore[union-attr]
    book.save(sheet)
    with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        packed.writestr("kit.pdf", paper)
        packed.writestr("card.xlsx", sheet.getvalue())
    for content, canaries in (
        (paper, EVERY_CANARY[:1]),
        (sheet.getvalue(), EVERY_CANARY[1:2]),
        (archive.getvalue(), EVERY_CANARY[:2]),
    ):
        for canary in canaries:
            assert canary.encode() not in content, "the bytes alone do not show it"
            assert canary in laid_open(content)
