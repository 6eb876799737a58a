"""The rules of the house hold, and each rule notices when it is broken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house import layers, names, templates, texts

ROOT = Path(__file__).parents[1]
Rule = Callable[[Path], list[str]]

LATER = "TO" + "DO"
REGISTRY = "index" + "-url"

# One planted offender at least for each rule: the rule, a file, and what stands in it.
OFFENDERS: list[tuple[Rule, str, str]] = [
    (layers.imports_go_downward, "tracker/domain/stages.py", "from tracker.models.jobs import Job"),
    (layers.imports_go_downward, "tracker/models/jobs.py", "import tracker.queries.board"),
    (layers.imports_go_downward, "tracker/queries/board.py", "from tracker import services"),
    (layers.imports_go_downward, "tracker/services/moves.py", "from tracker.db import Database"),
    (layers.imports_go_downward, "tracker/services/moves.py", "from tracker.web import access"),
    (layers.imports_go_downward, "tracker/services/moves.py", "from ..web import access"),
    (layers.imports_go_downward, "tracker/exports/csv.py", "from tracker.models.jobs import Job"),
    (layers.imports_go_downward, "tracker/web/jobs.py", "from tracker.api import jobs"),
    (layers.imports_go_downward, "tracker/app.py", "from tracker.cli import main"),
    (layers.imports_go_downward, "tracker/domain/rubrics.py", "jobs = Late('tracker.models.jobs')"),
    (layers.imports_go_downward, "tracker/extras/jobs.py", ""),
    (
        layers.imports_stand_at_the_top,
        "tracker/web/jobs.py",
        "def show():\n    from tracker.domain import jobs",
    ),
    (layers.imports_stand_at_the_top, "tracker/web/jobs.py", "jobs = importlib.import_module('tracker.x')"),
    (
        layers.imports_stand_at_the_top,
        "tracker/web/jobs.py",
        "def show():\n    return Late('tracker.domain.jobs').find()",
    ),
    (layers.the_package_itself_imports_nothing, "tracker/__init__.py", "from tracker.app import create_app"),
    (layers.the_domain_is_pure, "tracker/domain/stages.py", "from sqlalchemy.orm import Session"),
    (layers.the_domain_is_pure, "tracker/domain/stages.py", "def read():\n    return open('stages')"),
    (layers.only_the_clock_tells_the_time, "tracker/services/moves.py", "at = datetime.now(UTC)"),
    (layers.only_the_clock_tells_the_time, "tracker/domain/offers.py", "today = date.today()"),
    (
        layers.only_demonstrations_stand_elsewhere_in_time,
        "tracker/services/moves.py",
        "with clock.standing_at(then): move(session)",
    ),
    (
        layers.nobody_below_the_faces_commits,
        "tracker/services/moves.py",
        "def move(session):\n    session.commit()",
    ),
    (names.files_are_named_for_something, "tracker/web/utils.py", ""),
    (names.files_are_named_for_something, "tests/helpers/people.py", ""),
    (names.columns_are_named_by_their_kind, "tracker/models/jobs.py", "class Job:\n    open: Mapped[bool]"),
    (
        names.columns_are_named_by_their_kind,
        "tracker/models/jobs.py",
        "class Job:\n    due: Mapped[date | None]",
    ),
    (
        names.columns_are_named_by_their_kind,
        "tracker/models/jobs.py",
        "class Job:\n    made: Mapped[datetime]",
    ),
    (names.services_are_verbs_of_hiring, "tracker/services/moves.py", "def process_move(session): ..."),
    (names.services_are_verbs_of_hiring, "tracker/services/moves.py", "class MoveManager: ..."),
    (
        names.services_take_their_actor_by_keyword,
        "tracker/services/jobs.py",
        "def open_job(session, job, actor): ...",
    ),
    (
        names.what_is_public_explains_itself,
        "tracker/domain/stages.py",
        '"""Stages."""\ndef after(stage): ...',
    ),
    (names.what_is_public_explains_itself, "tracker/queries/board.py", "cards = 25"),
    (
        names.what_is_public_explains_itself,
        "tracker/exports/csv.py",
        '"""."""\ndef rows():\n    """.\n\n    :param x: y"""',
    ),
    (templates.templates_compile, "templates/jobs/show.html", "{% if job %}"),
    (templates.templates_compile, "templates/jobs/show.html", "{% extends 'nowhere.html' %}"),
    (templates.templates_hold_nothing_inline, "templates/jobs/show.html", '<p\nstyle="color: red">'),
    (
        templates.templates_hold_nothing_inline,
        "templates/jobs/show.html",
        '<button type="button" onclick="go()">',
    ),
    (templates.templates_hold_nothing_inline, "templates/jobs/show.html", "<script>go()</script>"),
    (templates.templates_hold_nothing_inline, "templates/jobs/show.html", "<a href='javascript:go()'>"),
    (texts.files_are_short_enough_to_read, "tracker/web/jobs.py", "\n" * 301),
    (texts.nothing_is_left_for_later, "tracker/web/jobs.py", f"# {LATER}: more"),
    (texts.no_registry_is_named, "Makefile", f"pip install --{REGISTRY}=x"),
    (texts.no_registry_is_named, "docs/install.md", "from pypi" + ".org"),
    (texts.no_machine_is_named, "tests/web/test_jobs.py", "open('/" + "home/rita/jobs')"),
    (texts.locks_hold_no_address, "requirements.lock", "flask @ https://example.org/flask.whl"),
]
RULES = list(dict.fromkeys(rule for rule, _, _ in OFFENDERS))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule):
    assert rule(ROOT) == []


@pytest.mark.parametrize(
    ("rule", "path", "content"), OFFENDERS, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_planted_offender_is_caught(tmp_path, rule, path, content):
    planted = tmp_path / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(content)
    offences = rule(tmp_path)
    assert len(offences) == 1
    assert offences[0].startswith(path)


def test_every_rule_of_the_house_is_asked():
    modules = (layers, names, templates, texts)
    here = {
        value
        for module in modules
        for name, value in vars(module).items()
        if callable(value)
        and getattr(value, "__module__", "") == module.__name__
        and name[0] != "_"
        and value.__annotations__.get("return") == list[str]
    }
    assert here == set(RULES)
