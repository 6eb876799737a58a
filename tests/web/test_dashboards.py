"""The dashboard: each number is the report's own and opens to its rows, for each person what is theirs."""

import pytest

from tests.factories import actor_of, join_team, make_application, make_job
from tests.histories import write_history
from tests.moving import move
from tests.queries.test_board import statements
from tests.web.conftest import sign_in
from tests.web.pages import page_of
from tests.web.report_pages import jobs, lines_of, olga, rita, words
from tracker.domain.actors import TeamRole
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import MoveKind
from tracker.domain.requirements import Requirement
from tracker.domain.stages import Outcome, Stage
from tracker.models.users import User

__all__ = ["jobs", "olga", "rita"]
ACTIVE = Outcome.ACTIVE


@pytest.fixture
def more(database, people, jobs):
    """Two who wait on Hank's job, of which Rita is the recruiter, and one on a job of nobody's."""
    with database.writing() as session:
        clerk = session.get_one(make_job(session).__class__, jobs["clerk"])
        join_team(session, clerk, session.get_one(User, people["rita"]), TeamRole.RECRUITER)
        for name in ("Amina", "Jo"):
            write_history(
                session, clerk, (0, Stage.APPLICATION, ACTIVE), (1, Stage.INTERVIEW, ACTIVE), name=name
            )


def figures_of(page):
    return {
        words(one.find("dt")): one.find("dd")
        for one in page.iter("div")
        if one.get("class", "").startswith("figure")
    }


def links_in(element):
    return [link.get("href") for link in element.iter("a")]


def rows_behind(client, href):
    return len(page_of(client.get(href)).findall(".//main//tbody/tr"))


def test_a_recruiter_sees_the_jobs_they_recruit_for(rita, more):
    page = page_of(rita.get("/dashboard"))
    assert "Jobs you recruit for" in words(page)
    assert "All jobs" not in words(page)
    assert [line[0] for line in lines_of(page, "Active by job: Jobs you recruit for")] == ["Clerk"]
    found = figures_of(page)
    assert words(found["Active"]) == "2"
    assert words(found["Beyond target"]) == "2"


def test_hr_sees_all_jobs_and_is_not_shown_what_looking_at_is_on_record(olga, more):
    page = page_of(olga.get("/dashboard"))
    assert words(figures_of(page)["Active"]) == "3"
    assert [line[0] for line in lines_of(page, "Active by job: All jobs")] == ["Clerk", "Other"]
    assert "looking at it is on record" in words(page)


def test_hr_sees_how_often_a_requirement_was_overridden_and_by_whom(app, database, more, people):
    rita, olga = (sign_in(app.test_client(), name) for name in ("rita", "olga"))
    with database.writing() as session:
        hr = actor_of(session, session.get_one(User, people["olga"]))
        onward = MoveRequest(MoveKind.ADVANCE, override=frozenset(Requirement), override_reason="On paper")
        application = make_application(session)
        application.consent_notice = None
        session.flush()
        move(session, application, onward, hr)
    assert "let go on without a requirement" not in words(page_of(rita.get("/dashboard")))
    page = page_of(olga.get("/dashboard"))
    told = next(one for one in page.iter("p") if "let go on without a requirement" in words(one))
    (href,) = links_in(told)
    assert words(told).endswith(": 1")
    logged = words(page_of(olga.get(href)).find(".//main"))
    assert "consent_notice" in logged
    assert "Olga" in logged


def test_a_manager_sees_only_their_own_jobs(app, more):
    hank = sign_in(app.test_client(), "hank")
    page = page_of(hank.get("/dashboard"))
    assert "Jobs you hire for" in words(page)
    assert "Other" not in words(page)
    assert words(figures_of(page)["Active"]) == "2"


@pytest.mark.parametrize("persona", ["rita", "hank", "olga"])
def test_every_number_opens_to_as_many_rows(app, more, persona):
    client = sign_in(app.test_client(), persona)
    page = page_of(client.get("/dashboard"))
    checked = 0
    for link in page.find(".//main").iter("a"):
        href = link.get("href")
        if "/rows?" in href and words(link).isdigit():
            assert rows_behind(client, href) == int(words(link)), href
            checked += 1
    assert checked >= 5


def test_numbers_are_those_of_the_reports(olga, more):
    dashboard = lines_of(page_of(olga.get("/dashboard")), "Stages: All jobs")
    ageing = lines_of(page_of(olga.get("/reports/ageing")), "Ageing")
    assert [line[1:3] for line in dashboard] == [line[1:3] for line in ageing]


def test_interviewers_have_none_and_people_without_jobs_are_told_what_to_do(app, rita, jobs):
    assert sign_in(app.test_client(), "ines").get("/dashboard").status_code == 403
    page = words(page_of(rita.get("/dashboard")))
    assert "You are on no job’s team yet" in page
    assert "Nothing waits for you now" in page


def test_a_tracker_without_applications_says_what_comes(client, people):
    page = words(page_of(sign_in(client, "olga").get("/dashboard")))
    assert "Nothing to count yet" in page


def test_queries_do_not_grow_with_jobs_and_applications(olga, more, database):
    def number():
        with database.reading() as session, statements(session) as seen:
            olga.get("/dashboard")
        return len(seen)

    olga.get("/dashboard")
    before = number()
    with database.writing() as session:
        for _ in range(5):
            job = make_job(session)
            for place in range(4):
                write_history(session, job, (place, Stage.APPLICATION, ACTIVE), (5, Stage.SCREENING, ACTIVE))
    assert number() == before
    assert before <= 40
