"""Blind scoring, proved: with and without another's card, whoever owes one gets the very same answers.

Two trackers differ in one submitted card alone. Every address that answers GET is asked in both, as everyone
who still owes a card and as people who may never read it; routes added later are asked too.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from tests.factories import actor_of, join_team, make_application, make_job
from tests.interviewing import hand_in, plan_rounds, publish_rubric, schedule
from tests.web.conftest import PASSWORD
from tracker import clock
from tracker.app import create_app
from tracker.config import Config
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.scorecards import Rating, Recommendation
from tracker.domain.stages import Stage
from tracker.models.base import Base
from tracker.models.interviews import Interview
from tracker.models.users import User
from tracker.queries.interviews import sessions_of
from tracker.services.scorecards import submit_scorecard
from tracker.services.sign_ins import issue_token
from tracker.services.users import add_user

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CANARIES = {"evidence": "Zanzibarevidence", "summary": "Zanzibarsummary"}
TOKEN = re.compile(r"""(csrf[-_]token" (?:content|value)=")[^"]*""")
OWING = ["hank", "olga", "rita", "ivan"]
OUTSIDERS = ["sam", "nora"]
# What an argument of an address may stand for where it is no id of a table.
WORDS = ("csv", "xlsx", "json", "pdf", "funnel", "interviewers", "Zanzibar")
MOST_IDS = 3
Answers = dict[str, tuple[int, str, list[str]]]


@dataclass(frozen=True)
class Scene:
    """A tracker to be copied: the application whose first session has a panel of five, all cards due."""

    path: Path
    application_id: int
    people: dict[str, int]


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time stands still, so that answers can be compared."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def scene(database: Database, people: dict[str, int], tmp_path: Path) -> Scene:
    with database.writing() as session:
        more = {"ivan": Role.INTERVIEWER, "nora": Role.INTERVIEWER, "sam": Role.HIRING_MANAGER}
        for name, role in more.items():
            values = {"email": f"{name}@example.org", "name": name.title(), "password": PASSWORD}
            people[name] = add_user(session, roles=[role], actor=SYSTEM, **values).id
        users = {name: session.get_one(User, user_id) for name, user_id in people.items()}
        job, elsewhere = make_job(session), make_job(session)
        join_team(session, job, users["hank"], TeamRole.HIRING_MANAGER)
        join_team(session, job, users["rita"], TeamRole.RECRUITER)
        join_team(session, elsewhere, users["sam"], TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        rounds = plan_rounds(session, job)
        application = make_application(session, job, stage=Stage.INTERVIEW)
        other = make_application(session, job, stage=Stage.INTERVIEW)
        panel = [actor_of(session, users[name]) for name in ("ines", *OWING)]
        at = NOW - timedelta(hours=3)
        schedule(
            session, application, *panel, actor=SYSTEM, competencies=rounds[0].competencies, starts_at=at
        )
        schedule(session, other, actor_of(session, users["nora"]), actor=SYSTEM, starts_at=at)
        number = application.id
    database.engine.dispose()
    return Scene(Path(str(database.engine.url.database)), number, people)


@pytest.fixture
def opened(scene: Scene, config: Config, tmp_path: Path) -> Iterator[Callable[..., tuple[Flask, Database]]]:
    """Opens a copy of the scene, with Ines's card in it or without."""
    databases: list[Database] = []

    def open_copy(*, has_card: bool) -> tuple[Flask, Database]:
        path = tmp_path / f"copy-{len(databases)}.db"
        shutil.copy(scene.path, path)
        database = Database.at(f"sqlite:///{path}")
        databases.append(database)
        if has_card:
            with database.writing() as session:
                _submit_canary(session, scene)
        return create_app(config, database), database

    yield open_copy
    for database in databases:
        database.engine.dispose()


def _submit_canary(session: Any, scene: Scene) -> None:
    interview = sessions_of(session, scene.application_id)[0]
    ratings = [Rating(key, 4, CANARIES["evidence"]) for key in interview.competencies]
    submit_scorecard(
        session,
        interview,
        ratings=ratings,
        recommendation=Recommendation.STRONG_YES,
        summary=CANARIES["summary"],
        actor=actor_of(session, session.get_one(User, scene.people["ines"])),
    )


def addresses(app: Flask, database: Database) -> list[str]:
    """Every address that answers GET, its arguments filled with what the database holds."""
    found = []
    with database.reading() as session:
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint != "static":
                choices = [_values(session, rule, name) for name in sorted(rule.arguments)]
                for chosen in product(*choices):
                    built = rule.build(
                        dict(zip(sorted(rule.arguments), chosen, strict=True)), append_unknown=False
                    )
                    assert built is not None, rule
                    found.append(built[1])
                    if not rule.arguments:
                        found.append(f"{built[1]}?q=Zanzibar&search=Zanzibar&name=Zanzibar")
    return sorted(set(found))


def _values(session: Any, rule: Rule, name: str) -> list[Any]:
    """Ids of the table that the argument names, and one more than there are; words for other arguments."""
    if type(rule._converters[name]).__name__ not in ("RowId", "IntegerConverter"):
        return list(WORDS)
    table = Base.metadata.tables.get(name.removesuffix("_id") + "s")
    if table is None or "id" not in table.c:
        return [1, 2]
    ids = list(session.scalars(select(table.c.id).order_by(table.c.id).limit(MOST_IDS)))
    last = session.scalar(select(func.max(table.c.id))) or 0
    return [*ids, last + 1]


def text_of(response: Any) -> str:
    """What an answer says; of papers and pictures every byte, so that no difference is overlooked."""
    is_text = response.mimetype.startswith("text/") or response.mimetype.endswith("json")
    return str(response.get_data(as_text=True) if is_text else response.get_data().decode("latin-1"))


def ask(app: Flask, database: Database, persona: str, paths: Iterable[str]) -> Answers:
    """What each address answers this person: status, where it leads, and the pieces of the body.

    The pages know them by their session, the API by a bearer token.
    """
    client = _signed_in(app, persona)
    with database.writing() as session:
        user = session.scalars(select(User).where(User.email == f"{persona}@example.org")).one()
        bearer = {"Authorization": f"Bearer {issue_token(session, user, actor=SYSTEM)}"}
    answers: Answers = {}
    for path in paths:
        response = client.get(path, headers=bearer)
        pieces = re.split(r"[\"'<>\s]+", TOKEN.sub(r"\1", text_of(response)))
        answers[path] = (response.status_code, response.headers.get("Location", ""), pieces)
    return answers


def _signed_in(app: Flask, persona: str) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    client = FlaskClient(app, use_cookies=True)
    answer = client.post("/sign-in", data={"email": f"{persona}@example.org", "password": PASSWORD})
    assert answer.status_code == 303
    return client


def differences(first: Answers, again: Answers, other: Answers) -> list[str]:
    """What `other` answers otherwise than `first`, leaving out what differs between two equal trackers."""
    found = []
    for path, (status, location, pieces) in first.items():
        noise = [a == b for a, b in zip(pieces, again[path][2], strict=True)]
        seen_status, seen_location, seen = other[path]
        if (status, location, len(pieces)) != (seen_status, seen_location, len(seen)):
            found.append(f"{path}: {status} {location} {set(seen) - set(pieces)}")
            continue
        found += [f"{path}: {b}" for a, b, same in zip(pieces, seen, noise, strict=True) if same and a != b]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("persona", OWING + OUTSIDERS)
def test_who_owes_a_card_and_who_may_not_read_get_the_same_answers_with_and_without_another_card(
    opened: Callable[..., tuple[Flask, Database]], persona: str
) -> None:
    without, with_card = opened(has_card=False), opened(has_card=True)
    paths = addresses(*with_card)
    first, other = ask(*without, persona, paths), ask(*with_card, persona, paths)
    # What differs is asked once more of a tracker without the card: a page may differ by itself.
    again = first | ask(
        *opened(has_card=False), persona, [path for path in paths if first[path] != other[path]]
    )
    assert sum(status == 200 for status, _, _ in other.values()) > 10
    assert [path for path, (status, _, _) in other.items() if status >= 500] == []
    bodies = {path: " ".join(pieces) for path, (_, _, pieces) in other.items()}
    leaks = [path for path, body in bodies.items() if any(canary in body for canary in CANARIES.values())]
    assert leaks == []
    assert differences(first, again, other) == []


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
    answers = ask(app, database, persona, paths)
    said = " ".join(" ".join(pieces) for _, _, pieces in answers.values())
    assert CANARIES["evidence"] in said
    assert CANARIES["summary"] in said
