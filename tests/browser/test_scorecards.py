"""Writing a scorecard in a browser: saved as one types, through a lost network and on two devices."""

import re
from datetime import timedelta

import pytest

from tests.browser.axe import axe_findings, overflows
from tests.factories import actor_of, join_team, make_application, make_candidate, make_job
from tests.interviewing import KEYS, hand_in, plan_rounds, publish_rubric, schedule
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM, TeamRole
from tracker.domain.stages import Stage
from tracker.models.interviews import Interview
from tracker.models.users import User
from tracker.queries.scorecards import own_card

THUMB = 44  # CSS pixels: what a thumb meets without care
SAID = "Traced both orders, found the duplicate key and refunded within policy."


@pytest.fixture
def interview_id(database: Database, people: dict[str, int]) -> int:
    """A session of Hank's and Ines's that was held two hours ago."""
    with database.writing() as session:
        job = make_job(session, title="Order clerk, Leeds")
        hank, ines = (session.get_one(User, people[name]) for name in ("hank", "ines"))
        join_team(session, job, hank, TeamRole.HIRING_MANAGER)
        publish_rubric(session, job)
        plan_rounds(session, job)
        candidate = make_candidate(session, "Łukasz Zając")
        application = make_application(session, job, stage=Stage.INTERVIEW, candidate=candidate)
        panel = (actor_of(session, hank), actor_of(session, ines))
        at = clock.now() - timedelta(hours=2)
        return schedule(session, application, *panel, actor=SYSTEM, starts_at=at, competencies=KEYS[:4]).id


def evidence(page, key=KEYS[0]):
    return page.locator(f"[name='ratings.{key}.evidence']")


def saved(page, text="^Saved"):
    page.locator("[data-saved]").filter(has_text=re.compile(text)).wait_for()


def kept(database, interview_id, user_id):
    with database.reading() as session:
        card = own_card(session, interview_id, user_id)
        return {row.competency: (row.value, row.evidence) for row in card.ratings} if card else {}


def test_draft_is_saved_as_one_types_and_survives_a_reload(visit, database, people, interview_id):
    ines = visit("ines")
    page = ines.open(f"/interviews/{interview_id}/scorecard")
    evidence(page).fill(SAID)
    page.locator(f"#competency-{KEYS[0]}").focus()
    page.keyboard.press("3")
    page.locator("[data-progress-text]", has_text="1 of 4").wait_for()
    saved(page)
    assert kept(database, interview_id, people["ines"]) == {KEYS[0]: (3, SAID)}
    page.reload()
    assert evidence(page).input_value() == SAID
    page.locator(f"#competency-{KEYS[1]}").focus()
    page.keyboard.press("n")
    page.locator("[data-progress-text]", has_text="2 of 4").wait_for()
    saved(page)
    # The button sends the version that was saved last, not the one the page came with.
    ines.press("Save draft")
    ines.sees("Draft saved.")
    assert kept(database, interview_id, people["ines"])[KEYS[1]] == (None, None)


def test_what_is_typed_before_the_script_arrives_is_saved(visit, database, people, interview_id):
    ines = visit("ines")
    page, held = ines.page, []

    def hold(route):
        held.append(route)

    page.route("**/js/main.js", hold)
    page.goto(f"/interviews/{interview_id}/scorecard", wait_until="commit")
    evidence(page).fill(SAID)
    while not held:
        page.wait_for_timeout(20)
    held.pop().continue_()
    saved(page)
    assert kept(database, interview_id, people["ines"]) == {KEYS[0]: (None, SAID)}


def test_lost_network_keeps_the_text_on_the_device(visit, database, people, interview_id):
    ines = visit("ines")
    page = ines.open(f"/interviews/{interview_id}/scorecard")
    evidence(page).fill("Before.")
    saved(page)
    ines.context.set_offline(True)
    evidence(page).fill(SAID)
    saved(page, "kept on this device")
    ines.faults.clear()
    page.close()
    ines.context.set_offline(False)
    page = ines.page = ines.context.new_page()
    page.goto(f"/interviews/{interview_id}/scorecard")
    assert evidence(page).input_value() == SAID
    saved(page)
    assert kept(database, interview_id, people["ines"]) == {KEYS[0]: (None, SAID)}


@pytest.mark.parametrize("choice", ["Keep what is here", "Take what is there"])
def test_second_device_shows_both_texts(visit, database, people, interview_id, choice):
    laptop, phone = visit("ines"), visit("ines", width=390, height=800)
    pages = [one.open(f"/interviews/{interview_id}/scorecard") for one in (laptop, phone)]
    evidence(pages[0]).fill("On the laptop.")
    saved(pages[0])
    evidence(pages[1]).fill("On the phone.")
    phone.sees("On the laptop.")
    assert evidence(pages[1]).input_value() == "On the phone."
    phone.picture("conflict")
    phone.press(choice)
    saved(pages[1])
    wanted = "On the phone." if choice.startswith("Keep") else "On the laptop."
    assert kept(database, interview_id, people["ines"]) == {KEYS[0]: (None, wanted)}


def box(element):
    """Where an element stands in the window, in CSS pixels."""
    return element.evaluate(
        "one => { const at = one.getBoundingClientRect();"
        " return [at.left, at.top, at.right, at.bottom].map(Math.round) }"
    )


def test_scorecard_is_written_with_one_thumb(visit, database, people, interview_id):
    ines = visit("ines", width=390, height=800, is_phone=True)
    page = ines.open(f"/interviews/{interview_id}/scorecard")

    def check_bar():
        bar = page.locator(".scorecard-bar")
        left, top, right, bottom = box(bar)
        assert (left >= 0, right <= 390, top > 400, bottom <= 800) == (True,) * 4, box(bar)
        for name in ("Save draft", "Review"):
            button = bar.get_by_role("button", name=name, exact=True)
            left, top, right, bottom = box(button)
            assert right - left >= THUMB, name
            assert bottom - top >= THUMB, name
            assert top >= 0, name
            assert bottom <= 800, name
            assert right <= 390, name
            # Nothing lies on it: a press in its middle meets the button.
            middle = {"x": (left + right) / 2, "y": (top + bottom) / 2}
            met = "(one, at) => one.contains(document.elementFromPoint(at.x, at.y))"
            assert button.evaluate(met, middle), name

    check_bar()
    row = page.locator("[data-rating]").first
    choices = row.locator("label:has(input[type=radio])")
    assert choices.count() == 6
    for place in range(choices.count()):
        left, top, right, bottom = box(choices.nth(place))
        said = choices.nth(place).inner_text().split("\n")[0]
        assert right - left >= THUMB, said
        assert bottom - top >= THUMB, said
        assert (left >= 0, right <= 390) == (True, True), said
    evidence(page).fill(SAID)
    choices.nth(2).tap()
    saved(page)
    assert kept(database, interview_id, people["ines"]) == {KEYS[0]: (3, SAID)}
    check_bar()
    page.get_by_label("Overall recommendation").scroll_into_view_if_needed()
    check_bar()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_of_a_session_read_well(visit, database, people, interview_id, width, scheme):
    ines, hank = (visit(name, width=width, scheme=scheme) for name in ("ines", "hank"))
    with database.reading() as session:
        number = session.get_one(Interview, interview_id).application_id

    def look(person, path, name):
        person.open(path)
        person.picture(name)
        assert axe_findings(person.page) == [], name
        assert not overflows(person.page), name

    look(ines, "/interviews", "list")
    look(ines, f"/interviews/{interview_id}", "session")
    look(ines, f"/interviews/{interview_id}/scorecard", "scorecard")
    evidence(ines.page).fill(SAID)
    saved(ines.page)
    ines.press("Review")
    ines.sees("Not ready to be handed in")
    look(ines, f"/interviews/{interview_id}/scorecard/review", "review")
    with database.writing() as session:
        for name, value in (("ines", 4), ("hank", 2)):
            actor = actor_of(session, session.get_one(User, people[name]))
            hand_in(session, session.get_one(Interview, interview_id), actor, value)
    look(ines, f"/interviews/{interview_id}/scorecard", "handed-in")
    look(ines, f"/interviews/{interview_id}/scorecard/amend", "amend")
    look(ines, f"/applications/{number}/debrief/scorecards", "others")
    look(hank, f"/applications/{number}/debrief", "debrief")
    look(hank, f"/applications/{number}/debrief/decision", "decision")
    look(hank, f"/applications/{number}/interviews/new?round=1", "new")
    look(hank, f"/interviews/{interview_id}/edit", "edit")
    look(hank, f"/interviews/{interview_id}/kit", "kit")
