"""The floor: the least that Flask, SQLAlchemy Core, Jinja and SQLite can do for the same work.

No sign-in, no permissions, no rules, no CSRF: what stays is what any such page must do. It is never favoured,
and nothing is left out that the page shows.
"""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask, Response, redirect, render_template, request
from sqlalchemy import Engine, bindparam, column, create_engine, event, func, select, table, text

from tests.bench.floor_data import STAGES

STAGE_NAMES = ("Application", "Screening", "Interview", "References", "Offer", "Onboarding")
CHUNK = 2000
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "cache_size=-32000",
    "mmap_size=268435456",
    "busy_timeout=10000",
)

jobs = table("jobs", *map(column, ("id", "title")))
people = table("people", *map(column, ("id", "job_id", "name")))
candidates = table("candidates", *map(column, ("id", "name")))
applications = table(
    "applications",
    *map(column, ("id", "job_id", "candidate_id", "stage", "version", "source", "stage_entered_at")),
)
moves = table(
    "moves", *map(column, ("application_id", "version", "from_stage", "to_stage", "actor_id", "at"))
)

ONE_JOB = select(jobs).where(jobs.c.id == bindparam("job"))
TEAM = select(people).where(people.c.job_id == bindparam("job"))
IN_JOB = applications.c.job_id == bindparam("job")
COUNTS = select(applications.c.stage, func.count()).where(IN_JOB).group_by(applications.c.stage)
CARDS = (
    select(applications, candidates.c.name)
    .join(candidates, candidates.c.id == applications.c.candidate_id)
    .where(IN_JOB, applications.c.stage == bindparam("stage"))
    .order_by(applications.c.stage_entered_at)
    .limit(25)
)
THIS = applications.c.id == bindparam("application")
ONE_APPLICATION = select(applications).where(THIS)
CHANGE = (
    applications.update()
    .where(THIS)
    .values({name: bindparam(name) for name in ("stage", "version", "stage_entered_at")})
)
INSERT_MOVE = moves.insert()
# Everybody with their latest application, as the page of candidates shows them.
LINE = """
SELECT c.id, c.name, c.email, a.id AS application, a.stage, j.title, m.at FROM {people}
LEFT JOIN applications a ON a.id = (SELECT x.id FROM applications x WHERE x.candidate_id = c.id
  ORDER BY x.received_at DESC, x.id DESC LIMIT 1)
LEFT JOIN jobs j ON j.id = a.job_id
LEFT JOIN moves m ON m.application_id = a.id AND m.version = a.version
"""
PAGE = text(LINE.format(people="candidates c") + "WHERE c.id > :after ORDER BY c.id LIMIT 50")
SEARCH = text(
    LINE.format(people="candidate_words w JOIN candidates c ON c.id = w.rowid")
    + "WHERE candidate_words MATCH :words ORDER BY w.rowid LIMIT 50"
)
REPORT = """
SELECT a.id, j.title, a.stage, c.name, c.email, a.source, a.received_at, a.stage_entered_at, a.version
FROM applications a JOIN jobs j ON j.id = a.job_id JOIN candidates c ON c.id = a.candidate_id ORDER BY a.id
"""
REPORT_HEADER = ("application", "job", "stage", "name", "email", "source", "received", "entered", "version")


def make_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine


def create_floor(path: Path) -> Flask:
    app = Flask(__name__)
    engine = make_engine(path)
    app.extensions["engine"] = engine
    add_pages(app, engine)
    add_moves(app, engine)
    add_export(app, engine)
    return app


def add_pages(app: Flask, engine: Engine) -> None:
    @app.get("/jobs/<int:job_id>")
    def board(job_id: int) -> str:
        shown = {"job": job_id}
        with engine.connect() as connection:
            job = connection.execute(ONE_JOB, shown).one()
            team = connection.execute(TEAM, shown).all()
            counts = {row[0]: row[1] for row in connection.execute(COUNTS, shown)}
            columns = [
                (name, counts.get(stage, 0), connection.execute(CARDS, {"job": job_id, "stage": stage}).all())
                for stage, name in enumerate(STAGE_NAMES)
            ]
        return render_template("board.html", job=job, team=team, columns=columns)

    @app.get("/candidates")
    def candidate_list() -> str:
        with engine.connect() as connection:
            found = connection.execute(PAGE, {"after": request.args.get("after", 0, int)}).all()
        return render_template("candidates.html", found=found, stages=STAGE_NAMES)

    @app.get("/search")
    def search() -> str:
        words = request.args.get("q", "").replace('"', "")
        with engine.connect() as connection:
            found = connection.execute(SEARCH, {"words": f'"{words}"'}).all()
        return render_template("candidates.html", found=found, stages=STAGE_NAMES)


def add_moves(app: Flask, engine: Engine) -> None:
    @app.post("/applications/<int:application_id>/moves")
    def move(application_id: int) -> Any:
        seen = int(request.form["version"])
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            row = connection.execute(ONE_APPLICATION, {"application": application_id}).one()
            if row.version != seen:
                connection.rollback()
                return "somebody moved it before", 409
            to, version, now = (row.stage + 1) % STAGES, seen + 1, datetime.now(UTC).isoformat()
            new = {"stage": to, "version": version, "stage_entered_at": now}
            connection.execute(CHANGE, {"application": application_id, **new})
            history = {"application_id": application_id, "version": version, "from_stage": row.stage}
            connection.execute(INSERT_MOVE, {**history, "to_stage": to, "actor_id": 1, "at": now})
            connection.commit()
        return redirect(f"/jobs/{row.job_id}", 303)


def add_export(app: Flask, engine: Engine) -> None:
    @app.get("/report.csv")
    def report() -> Response:
        return Response(csv_lines(engine, request.args.get("rows", -1, int)), mimetype="text/csv")


def csv_lines(engine: Engine, rows: int) -> Iterator[str]:
    with engine.connect() as connection:
        cursor = connection.exec_driver_sql(REPORT + " LIMIT ?", (rows,)).cursor
        assert cursor is not None
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(REPORT_HEADER)
        while chunk := cursor.fetchmany(CHUNK):
            writer.writerows(chunk)
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
