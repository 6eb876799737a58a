"""A recruiter goes through the screening queue: by keys on a desk, by touch on a phone."""

import pytest

from tests.browser.hands import look
from tests.factories import join_team, make_application, make_candidate, make_job
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import TeamRole
from tracker.domain.screening_answers import QuestionKind
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application, ApplicationAnswer
from tracker.models.file_texts import FileText, TextState
from tracker.models.files import FileKind, StoredFile
from tracker.models.jobs import JobQuestion
from tracker.models.users import User
from tracker.queries.screenings import reviews_of

MINIMUM = ["One year of order handling in a warehouse or a shop", "Forklift licence"]
NAMES = ("Amina Yusuf", "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine the Younger", "ليلى الحسن")
RESUME = (
    "Order clerk, Holt & Sons, Leeds, 2021 to 2026\n"
    "- Took 60 orders a day by telephone and mail, from first call to the lorry.\n"
    "- Drove a counterbalance forklift; licence renewed in 2025.\n\n"
    "Shop assistant, Bramley Stores, 2018 to 2021\n"
    "- Till, shelves, returns; trained four new people.\n\n"
) * 6


@pytest.fixture
def queue(database: Database, people: dict[str, int]) -> list[int]:
    with database.writing() as session:
        job = make_job(
            session,
            title="Order clerk, Leeds",
            minimum_qualifications=MINIMUM,
            preferred_qualifications=["Some German"],
        )
        join_team(session, job, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        question = JobQuestion(
            job_id=job.id,
            position=1,
            text="How many years did you handle orders?",
            kind=QuestionKind.NUMBER,
            knock_out={"least": "1"},
        )
        session.add(question)
        session.flush()
        numbers = []
        for place, name in enumerate(NAMES):
            person = make_candidate(session, name)
            made = make_application(session, job, stage=Stage.SCREENING, candidate=person)
            numbers.append(made.id)
            session.add(ApplicationAnswer(application_id=made.id, question_id=question.id, answer=str(place)))
            if place == 2:
                continue
            file = StoredFile(
                key=f"resume{place}",
                candidate_id=person.id,
                application_id=made.id,
                kind=FileKind.RESUME,
                name="cv.pdf",
                media_type="application/pdf",
                size=10,
                sha256="0" * 64,
                uploaded_by="system",
                created_at=clock.now(),
            )
            session.add(file)
            session.flush()
            values = {"state": TextState.READ, "text": RESUME} if place == 0 else {}
            session.add(FileText(file_id=file.id, changed_at=clock.now(), **values))
        return [job.id, *numbers]


def at(page, number):
    page.wait_for_url(f"**/screen/{number}")


def test_queue_is_worked_off_by_keys(visit, database, queue):
    job_id, first, second, third = queue
    rita = visit("rita")
    page = rita.open(f"/jobs/{job_id}")
    rita.follow("Screen")
    at(page, first)
    rita.sees("1 of 3")
    look(rita, "desk-first")
    page.keyboard.press("?")
    rita.sees("the résumé passes, and on to the next")
    page.keyboard.press("Escape")
    # A pass without a word on a qualification says so where it belongs, and keeps the rest.
    page.keyboard.press("1")
    page.keyboard.press("p")
    rita.sees("Say whether it is met.")
    look(rita, "desk-missing")
    page.keyboard.press("3")
    assert page.locator("fieldset.judged").nth(1).get_by_label("Cannot tell").is_checked()
    page.get_by_label(f"Why: {MINIMUM[1]}").fill("Ask for the card on the call")
    # Enter in a line decides nothing.
    page.keyboard.press("Enter")
    page.locator("h1").click()
    page.keyboard.press("n")
    at(page, second)
    page.keyboard.press("b")
    at(page, first)
    # What was chosen before skipping is still there.
    assert page.get_by_label(f"Why: {MINIMUM[1]}").input_value() == "Ask for the card on the call"
    page.keyboard.press("p")
    at(page, second)
    rita.sees("1 of 2")
    page.keyboard.press("2")
    page.keyboard.press("x")
    look(rita, "desk-reject")
    page.get_by_label("Reason", exact=True).select_option(label="Does not meet a minimum qualification")
    page.get_by_label("Write to the candidate").uncheck()
    rita.press("Reject")
    at(page, third)
    rita.sees("Undo")
    for _ in MINIMUM:
        page.keyboard.press("1")
    page.keyboard.press("p")
    rita.sees("Every résumé is reviewed")
    look(rita, "desk-end")
    with database.reading() as session:
        kept = [[one.passed for one in reviews_of(session, number)] for number in (first, second, third)]
        assert kept == [[True], [False], [True]]
        assert session.get_one(Application, second).outcome is Outcome.REJECTED
    assert rita.faults == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_queue_is_worked_off_by_touch(visit, database, queue, scheme):
    job_id, first, second, _third = queue
    rita = visit("rita", width=390, height=800, scheme=scheme)
    page = rita.open(f"/jobs/{job_id}/screen")
    look(rita, f"phone-first-{scheme}")
    for place in range(2):
        page.locator("fieldset.judged").nth(place).get_by_text("Met", exact=True).click()
    rita.press("Pass")
    at(page, second)
    rita.sees("1 of 2")
    look(rita, f"phone-second-{scheme}")
    # The first press asks for the reason, and sends nothing.
    rita.press("Reject")
    page.get_by_label("Reason", exact=True).wait_for()
    look(rita, f"phone-reject-{scheme}")
    page.get_by_role("link", name="Skip").last.click()
    page.get_by_role("link", name="Skip").last.click()
    rita.sees("2 applications that you left still wait")
    look(rita, f"phone-end-{scheme}")
    with database.reading() as session:
        assert [one.passed for one in reviews_of(session, first)] == [True]


@pytest.mark.parametrize("scheme", ["dark"])
def test_queue_reads_well_in_the_dark_on_a_desk(visit, queue, scheme):
    rita = visit("rita", scheme=scheme)
    for number in queue[1:]:
        rita.open(f"/jobs/{queue[0]}/screen/{number}")
        look(rita, f"desk-dark-{number}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_set_up_hidden_names_and_a_scored_call_read_well(visit, database, queue, width, scheme):
    job_id, first, *_ = queue
    rita = visit("rita", width=width, scheme=scheme)
    page = rita.open(f"/jobs/{job_id}/screening")
    page.get_by_label("Points of the screening call").fill("Why this job\nNotice period\nEarly shifts")
    page.get_by_label("Hide names").check()
    look(rita, f"setup-{scheme}-{width}")
    rita.press("Save")
    rita.sees("Calls are scored on 3 points; names are hidden until the résumé review")
    rita.open(f"/jobs/{job_id}/screen/{first}")
    rita.sees(f"Application {first}")
    look(rita, f"hidden-{scheme}-{width}")
    page = rita.open(f"/applications/{first}/screening/call")
    for place in range(3):
        page.locator("fieldset.choices").nth(place).get_by_label("Strong").check()
        page.get_by_label("Evidence").nth(place).fill("Named two shops near home and their hours.")
    page.get_by_label("Sufficient").last.check()
    look(rita, f"call-{scheme}-{width}")
    rita.press("Save")
    rita.sees("Named two shops")
    look(rita, f"record-{scheme}-{width}")
