"""The interviews of a walk: planned rounds scheduled, confirmed, held, scored, compared and decided."""

import re
from datetime import timedelta
from pathlib import Path

from tests.browser.hands import do, fill_in, look, send
from tests.browser.visitor import Visitor
from tracker import clock


def interview(hank: Visitor, panel: list[Visitor], application: str, candidate: str) -> str:
    """Schedule every round from the plan, score and debrief it; answers the address of the first session."""
    hank.open(application)
    waiting = hank.page.get_by_role("link", name=re.compile("^Schedule Round"))
    sessions = []
    for place in range(waiting.count()):
        hank.open(application)
        waiting.first.click()
        # The first is still to come, so that its interviewer can answer; it is held before its time.
        start = clock.now() + timedelta(days=1) if place == 0 else clock.now() - timedelta(hours=3 * place)
        member = panel[place % len(panel)]
        fill_in(hank, {"Start": start.strftime("%Y-%m-%dT%H:%M")}, (member.persona.title(),))
        hank.page.wait_for_url(re.compile(r"/interviews/\d+$"))
        sessions.append((hank.page.url, member))
    assert len(sessions) > 1
    look(hank, "session")
    answer_invitation(hank, *sessions[0], candidate)
    hank.open(sessions[0][0])
    hank.press("Change")
    do(hank, "Mark as held")
    for address, member in sessions:
        read_kit(member, address)
        score(member, address)
    decide(hank, application, candidate)
    return sessions[0][0]


def answer_invitation(hank: Visitor, session: str, member: Visitor, candidate: str) -> None:
    """The interviewer puts the session into a calendar and confirms it, and the hiring manager sees that."""
    page = member.open(session)
    with page.expect_download() as taken:
        member.follow("Add to my calendar")
    file = Path(taken.value.path()).read_bytes()
    assert file.startswith(b"BEGIN:VCALENDAR\r\n")
    assert candidate.encode() in file
    send(member, "I will be there")
    look(member, "session-confirmed")
    hank.open(session)
    hank.sees("Confirmed")


def read_kit(member: Visitor, session: str) -> None:
    member.open(session)
    member.follow("Print the kit")
    member.sees("Agenda")
    look(member, "kit")


def score(member: Visitor, session: str) -> None:
    """Open one's card from the session, write evidence and a level in each row, look over it, hand it in."""
    page = member.page
    page.goto(session)
    page.get_by_role("link", name="Write your scorecard").click()
    rows = page.locator("[data-rating]")
    rows.first.wait_for(state="attached")
    for number in range(rows.count()):
        row = rows.nth(number)
        if not row.is_visible():
            row.locator("xpath=../summary").click()
        row.get_by_label("Evidence", exact=True).fill("Named each step of the correction.")
        row.locator("input[type=radio][value='3']").check()
    page.get_by_label("Overall recommendation").select_option(label="Yes")
    look(member, "scorecard")
    with page.expect_navigation():
        member.press("Review")
    look(member, "scorecard-review")
    with page.expect_navigation():
        member.press("Hand in")


def decide(hank: Visitor, application: str, candidate: str) -> None:
    hank.open(application)
    hank.page.locator("main a[href*='/jobs/']").first.click()
    hank.follow("Compare")
    hank.page.get_by_role("row").filter(has_text=candidate).get_by_text("all covered").wait_for()
    look(hank, "comparison")
    hank.open(f"{application}/debrief")
    look(hank, "debrief")
    do(hank, "Decide", {"Reason": "Evidence on every row."}, "Advance")
    look(hank, "debrief-decided")
    hank.sees("Evidence on every row.")
