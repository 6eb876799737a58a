"""Somebody who asks for anything: pages, forms that they saw, any method at all, with words out of place."""

import random
import re
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.pages import page_of
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Stage
from tracker.models.users import User
from tracker.services.sign_ins import issue_token
from tracker.services.users import change_roles, enable_user

PERSONAS = {
    "rita@example.org": Role.RECRUITER,
    "hank@example.org": Role.HIRING_MANAGER,
    "ines@example.org": Role.INTERVIEWER,
    "olga@example.org": Role.HR,
}
PLACE = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>")
FOUND = {"GET": 0.55, "form": 0.3, "method": 0.15}
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND"]
WORDS = [
    *("", " ", "0", "1", "2", "-1", "3.5", "1e9", "9" * 40, "NaN", "true", "on", "null", "None", "[]", "{}"),
    *("2026-11-23", "2026-13-45", "0000-00-00", "9999-12-31T23:59", "2026-11-23T10:00", "10:61", "Mars/Base"),
    *(
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "{{ 7 * 7 }}",
        "%s%n",
        "=1+1",
        "../../etc/passwd",
        "\\\\x\\y",
    ),
    *(
        "Łukasz Zając",
        "محمد",
        "👩‍🚀" * 30,
        "a" * 3000,
        "\u202e\u200b",
        "line\r\nbreak\ttab",
        "\ud7ff\ufffd",
        "\x00",
    ),
    *(
        "rita@example.org",
        "nobody@",
        "application",
        "screening",
        "offer",
        "advance",
        "undo",
        "hr",
        "interview",
    ),
]
NUMBERS = ["1", "2", "3", "5", "17", "40", "0", "999999", str(2**31 - 1), str(2**31), str(2**63), "-1", "x"]


class Monkey:
    """Somebody who asks for anything, as each persona in turn; the same seed asks the same."""

    def __init__(self, app: Flask, seed: int) -> None:
        self.app, self.chance = app, random.Random(seed)
        self.database: Database = app.extensions["tracker"][1]
        self.rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
        # Each once before any twice.
        self.unasked = self.chance.sample(self.rules, len(self.rules))
        self.forms: dict[str, tuple[str, str, dict[str, str]]] = {}
        self.asked: dict[int, int] = {}
        self.clients: dict[str, FlaskClient] = {}
        self.tokens: dict[str, str] = {}
        self.form_tokens: dict[str, str] = {}

    def mend(self) -> None:
        """Whoever was disabled, demoted or signed out on the way is let in again."""
        with self.database.writing() as session:
            for email, role in PERSONAS.items():
                user = session.scalars(select(User).where(User.email == email)).one_or_none()
                if user is None:
                    continue  # under another address by now
                if not user.is_active:
                    enable_user(session, user, actor=SYSTEM)
                if user.roles != {role}:
                    change_roles(session, user, [role], actor=SYSTEM)
                self.tokens[email] = issue_token(session, user, actor=SYSTEM)
        for email in PERSONAS:
            client = self.clients[email] = self.app.test_client()
            token = token_of(client.get("/sign-in"))
            client.post("/sign-in/demo", data={"email": email, "csrf_token": token})
            self.form_tokens[email] = token_of(client.get("/settings"))

    def word(self) -> str:
        return self.chance.choice(self.chance.choice((WORDS, NUMBERS)))

    def path(self) -> str:
        rule = self.unasked.pop() if self.unasked else self.chance.choice(self.rules)
        return PLACE.sub(self._part, rule.rule)

    def _part(self, place: re.Match[str]) -> str:
        if place[1] == "int":
            return self.chance.choice(NUMBERS[:6] * 4 + NUMBERS)
        return self.chance.choice([*Stage, "pipeline", "funnel", "resume", "x", "%2e%2e", "a" * 300])

    def query(self) -> dict[str, str]:
        names = [
            "q",
            "after",
            "limit",
            "from",
            "to",
            "as_of",
            "zone",
            "stage",
            "version",
            "job",
            "source",
            "next",
        ]
        return {self.chance.choice(names): self.word() for _ in range(self.chance.choice([0, 0, 1, 2, 5]))}

    def ask(self) -> tuple[str, dict[str, Any]]:
        """The next request: a page, a form that stands on some page seen before, or any method at all."""
        kind = self.chance.choices(list(FOUND), FOUND.values())[0]
        if kind == "form" and self.forms:
            action, method, fields = self.forms[self.chance.choice(list(self.forms))]
            changed = {n: self.word() if self.chance.random() < 0.3 else v for n, v in fields.items()}
            if self.chance.random() < 0.2:
                changed.pop(self.chance.choice([*changed, ""]), None)
            data: dict[str, Any] = dict(changed)
            if self.chance.random() < 0.1:
                data["file"] = (BytesIO(self.word().encode("utf-8", "replace")), self.word() or "x")
            return action, {"method": method, "data" if method == "POST" else "query_string": data}
        if kind == "method":
            return self.path(), {"method": self.chance.choice(METHODS), **self.body()}
        return self.path(), {"method": "GET", "query_string": self.query()}

    def body(self) -> dict[str, Any]:
        choice = self.chance.random()
        if choice < 0.4:
            return {"data": {name: self.word() for name in ("csrf_token", "version", "move", "name")}}
        if choice < 0.8:
            return {"json": self.value(3)}
        noise = self.chance.randbytes(self.chance.choice([0, 1, 40]))
        return {
            "data": noise,
            "content_type": self.chance.choice(["application/json", "a/b; x"]),
        }

    def value(self, depth: int) -> Any:
        choice = self.chance.random()
        if depth and choice < 0.5:
            names = [
                "move",
                "to",
                "from",
                "version",
                "reason",
                "candidate",
                "name",
                "email",
                "job_id",
                "ratings",
            ]
            return {self.chance.choice(names): self.value(depth - 1) for _ in range(4)}
        if depth and choice < 0.6:
            return [self.value(depth - 1) for _ in range(3)]
        return self.chance.choice([self.word(), 1, 0, -1, 2**70, 1.5, None, True])

    def send(self) -> None:
        email = self.chance.choice(list(PERSONAS))
        client = self.clients[email] if self.chance.random() < 0.95 else self.app.test_client()
        path, asked = self.ask()
        if path.startswith("/api"):
            asked["headers"] = {
                "Authorization": f"Bearer {self.tokens[email]}",
                "Idempotency-Key": self.word()[:9],
            }
            asked["headers"] = {k: v for k, v in asked["headers"].items() if v.isascii() and v.isprintable()}
        data = asked.get("data")
        if isinstance(data, dict) and self.chance.random() < 0.95:
            data["csrf_token"] = self.form_tokens[email]
        told = f"{email}: {path} {asked!r}"
        try:
            answer = client.open(path, **asked)
        except Exception as broken:
            raise AssertionError(told) from broken
        assert answer.status_code < 500, told
        self.asked[answer.status_code] = self.asked.get(answer.status_code, 0) + 1
        if answer.status_code == 200 and answer.mimetype == "text/html" and self.chance.random() < 0.5:
            self.keep_forms(path, answer)
        answer.close()

    def keep_forms(self, path: str, answer: Any) -> None:
        for form in page_of(answer).findall(".//form"):
            if form.get("method") == "dialog":
                continue
            fields = {
                field.get("name"): value_of(field) for tag in FIELDS for field in form.findall(f".//{tag}")
            }
            fields.pop(None, None)
            method = form.get("method", "get").upper()
            action = form.get("action") or path
            # One of each kind, the last one seen: the way out stands on every page and would end each walk.
            self.forms[f"{method} {re.sub('[0-9]+', '', action)} {len(fields)}"] = (action, method, fields)


FIELDS = ("input", "textarea", "select", "button")


def value_of(field: Any) -> str:
    if field.tag == "select":
        options = [option.get("value", "") for option in field.findall(".//option")]
        return options[-1] if options else ""
    return field.get("value") or field.text or "x"


def token_of(answer: Any) -> str:
    found = page_of(answer).find(".//meta[@name='csrf-token']")
    return found.get("content") if found is not None else ""
