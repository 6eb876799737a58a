"""Editing a rubric in a browser: statements by mouse and by keys, forms in the dialog, pages to look at."""

import pytest

from tests.browser.axe import axe_findings, overflows
from tests.browser.hands import do, fill_in, look
from tests.factories import actor_of, join_team, make_job
from tests.interviewing import CLERKS, KEYS, SEED
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.frameworks import Level
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric
from tracker.models.users import User
from tracker.services import rubric_edits
from tracker.services.frameworks import import_framework
from tracker.services.rubrics import generate_rubric_draft

LONG = "Clarification of unclear multi-line customer orderspecificationsandexceptions"


@pytest.fixture
def draft_id(database: Database, people: dict[str, int]) -> int:
    """A draft of Hank's job with a long name, a gap and two leftovers more than the generator left."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds", soc=CLERKS.soc, jurisdiction="us")
        hank = session.get_one(User, people["hank"])
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        actor = actor_of(session, hank)
        row = import_framework(session, SEED.read_bytes(), actor=SYSTEM)
        draft = generate_rubric_draft(session, job, row, actor=actor, target_level=Level.DEVELOPING)
        rubric_edits.rename_competency(session, draft, KEYS[1], LONG, edits=0, actor=actor)
        rubric_edits.blank_cell(session, draft, KEYS[0], Level.PROFICIENT, edits=1, actor=actor)
        rubric_edits.set_weight(session, draft, KEYS[2], 2, "Slips cost most here", edits=2, actor=actor)
        return draft.id


def row_of(database, draft_id, key):
    with database.reading() as session:
        rows = session.get_one(Rubric, draft_id).content["competencies"]
        return next(row for row in rows if row["key"] == key)


def cell(page, key, level="developing"):
    return page.locator(f"td.anchor[data-level='{level}'][data-key='{key}']")


def chosen(page):
    return page.locator("#dialog select[name='to_key']").input_value()


def test_dropped_statement_asks_before_it_replaces_another(visit, database, draft_id):
    hank = visit("hank", height=1500)
    page = hank.open(f"/rubrics/{draft_id}")
    moved = row_of(database, draft_id, KEYS[0])["anchors"]["developing"]["statement"]
    cell(page, KEYS[0]).locator("[data-move]").drag_to(cell(page, KEYS[2]))
    page.locator("#dialog", has_text="replaces its anchor").wait_for()
    assert chosen(page) == KEYS[2]
    assert row_of(database, draft_id, KEYS[0])["anchors"]["developing"]["statement"] == moved
    hank.press("Move")
    hank.sees("Saved.")
    assert row_of(database, draft_id, KEYS[2])["anchors"]["developing"]["statement"] == moved
    assert row_of(database, draft_id, KEYS[0])["anchors"]["developing"] is None


def test_statement_keeps_its_level(visit, draft_id):
    hank = visit("hank", height=1500)
    page = hank.open(f"/rubrics/{draft_id}")
    cell(page, KEYS[0]).locator("[data-move]").drag_to(cell(page, KEYS[1], "advanced"))
    assert page.locator("dialog[open]").count() == 0
    assert page.locator(".may-take, .over, .lifted").count() == 0


def test_leftover_is_dropped_into_a_gap(visit, database, draft_id):
    hank = visit("hank", height=4200)
    page = hank.open(f"/rubrics/{draft_id}")
    page.locator(".leftovers [data-level='proficient']").first.drag_to(cell(page, KEYS[0], "proficient"))
    page.locator("#dialog select").wait_for()
    assert chosen(page) == KEYS[0]
    hank.press("Place")
    hank.sees("Saved.")
    assert row_of(database, draft_id, KEYS[0])["anchors"]["proficient"]


def test_keys_move_a_statement_to_the_row_below_and_no_further_than_the_last(visit, draft_id):
    page = visit("hank").open(f"/rubrics/{draft_id}")
    page.wait_for_load_state("networkidle")
    cell(page, KEYS[0]).locator(".origin a").first.focus()
    page.keyboard.press("Alt+ArrowUp")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.press("Alt+ArrowDown")
    page.locator("#dialog select").wait_for()
    assert chosen(page) == KEYS[1]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('td')?.dataset.key") == KEYS[0]


def test_later_editor_keeps_the_text_in_the_dialog(visit, database, draft_id):
    hank, olga = visit("hank"), visit("olga")
    for one in (hank, olga):
        page = one.open(f"/rubrics/{draft_id}")
        page.locator(f"[popovertarget='of-{KEYS[0]}']").click()
        one.follow("Rename")
        page.locator("#dialog input[name='name']").fill(f"As {one.persona} says")
    hank.press("Save")
    hank.sees("Saved.")
    olga.press("Save")
    olga.sees("Somebody edited this draft")
    assert olga.page.locator("#dialog input[name='name']").input_value() == "As olga says"
    assert row_of(database, draft_id, KEYS[0])["name"] == "As hank says"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_of_rubrics_and_frameworks_read_well(visit, database, draft_id, width, scheme):
    with database.reading() as session:
        rubric = session.get_one(Rubric, draft_id)
        job_id, framework_id = session.get_one(Job, rubric.job_id).id, rubric.framework_id
    olga = visit("olga", width=width, scheme=scheme)
    own = f"/rubrics/{draft_id}"
    paths = ["/rubrics", own, f"{own}/changes", f"{own}/print", f"{own}/publish", "/frameworks"]
    paths += [f"/frameworks/{framework_id}", "/frameworks/new", f"/jobs/{job_id}/rubrics/new", "/rubrics/new"]
    for path in paths:
        page = olga.open(path)
        for folded in page.locator("summary").all()[:2]:
            folded.click()
        olga.picture(path.strip("/").replace("/", "-"))
        assert not overflows(page), path
        assert axe_findings(page) == [], path


@pytest.mark.parametrize("width", [390, 1440])
def test_rubric_is_written_from_scratch_on_pages_that_read_well(visit, database, draft_id, width):
    hank = visit("hank", width=width, scheme="dark" if width == 390 else "light")
    with database.reading() as session:
        job = f"/jobs/{session.get_one(Rubric, draft_id).job_id}"
    hank.open(f"{job}/rubrics/copy")
    look(hank, "copy")
    hank.open(f"{job}/rubrics/scratch")
    look(hank, "scratch")
    fill_in(hank, {}, ("Developing",))
    look(hank, "empty")
    rubric = hank.page.url
    do(hank, "Add a competency", {"Name": "Ripening"})
    hank.sees("Saved.")
    hank.open(f"{rubric}/competencies/ripening/anchors/developing/write")
    fill_in(hank, {"What it looks like at this level": "Ripening — turn each wheel every day."})
    hank.sees("written here")
    look(hank, "written")
