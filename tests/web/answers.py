"""Asking every address there is as one person, and what the answers say once papers are opened."""

import io
import re
import zipfile
from collections.abc import Iterable
from itertools import product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from tests.pdfs import words_of
from tests.web.blind_scenes import FROM_OUTSIDE, Scene
from tests.web.conftest import PASSWORD
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.models.base import Base
from tracker.models.users import User
from tracker.services.sign_ins import issue_token

TOKEN = re.compile(r"""(csrf[-_]token" (?:content|value)=")[^"]*""")
# What an argument of an address may stand for where it is no id of a table.
WORDS = ("csv", "xlsx", "json", "pdf", "funnel", "interviewers", "Zanzibar")
MOST_IDS = 3
Answers = dict[str, tuple[int, str, list[str]]]


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
    known = ids_of(session, rule, name)
    return [*known, known[-1] + 1] if isinstance(known[-1], int) else known


def ids_of(session: Any, rule: Rule, name: str) -> list[Any]:
    """Ids that there are of the table that the argument names, the last among them; words for others."""
    if type(rule._converters[name]).__name__ not in ("RowId", "IntegerConverter"):
        return list(WORDS)
    table = Base.metadata.tables.get(name.removesuffix("_id") + "s")
    if table is None or "id" not in table.c:
        return [1, 2]
    ids = list(session.scalars(select(table.c.id).order_by(table.c.id).limit(MOST_IDS)))
    last = session.scalar(select(func.max(table.c.id))) or 0
    return sorted({*ids, last})


def text_of(response: Any) -> str:
    """What an answer says; of papers and sheets also what a reader sees once they are opened."""
    if response.mimetype.startswith("text/") or response.mimetype.endswith("json"):
        return str(response.get_data(as_text=True))
    # Every byte as well, so that no difference is overlooked.
    return f"{response.get_data().decode('latin-1')} {laid_open(response.get_data())}"


def laid_open(content: bytes) -> str:
    """The words of a PDF, and of an archive, which a workbook is, those of all that is in it."""
    if content.startswith(b"%PDF"):
        return words_of(content)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(laid_open(archive.read(name)) for name in archive.namelist())


def ask(app: Flask, database: Database, persona: str, paths: Iterable[str], scene: Scene) -> Answers:
    """What each address answers this person: status, where it leads, and the pieces of the body.

    The pages know them by their session, the API by a bearer token.
    """
    bearer = {}
    if persona in FROM_OUTSIDE:
        client = _come_in(app, scene.links[persona])
    else:
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


def _come_in(app: Flask, link: str) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    client = FlaskClient(app, use_cookies=True)
    assert client.post(link).status_code == 303
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
