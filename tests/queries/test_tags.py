from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tests.interviewing import publish_rubric, schedule
from tracker import clock
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.stages import Stage
from tracker.queries.application_exports import list_chosen
from tracker.queries.applications import ListFilters, list_applications
from tracker.queries.board import BoardFilters, board
from tracker.services.tags import add_tags


def test_board_and_table_show_what_carries_a_tag_and_nothing_else(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    make_application(session, job)
    tagged = make_application(session, job)
    add_tags(session, tagged, ["nights", "forklift"], actor=rita)
    column = board(session, job.id, rita, BoardFilters(tag="nights"), clock.now())[0]
    assert [(card.id, card.tags) for card in column.cards] == [(tagged.id, ("forklift", "nights"))]
    assert column.number == "1"
    page = list_applications(session, job.id, rita, ListFilters(tag="nights"), clock.now())
    assert [row.id for row in page.rows] == [tagged.id]
    assert not list_applications(session, job.id, rita, ListFilters(tag="days"), clock.now()).rows


def test_who_owes_a_scorecard_finds_the_application_by_no_tag(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    publish_rubric(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    schedule(session, application, rita, actor=SYSTEM)
    add_tags(session, application, ["weak"], actor=SYSTEM)
    now = clock.now()
    columns = board(session, job.id, rita, BoardFilters(), now)
    assert [card.tags for column in columns for card in column.cards] == [()]
    columns = board(session, job.id, rita, BoardFilters(tag="weak"), now)
    assert [card for column in columns for card in column.cards] == []
    assert not list_applications(session, job.id, rita, ListFilters(tag="weak"), now).rows
    (row,) = list_chosen(session, job, [application.id], rita, now, zone="UTC").rows
    assert row["tags"] == ""


def test_table_of_ones_own_applications(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    make_application(session, job)
    own = make_application(session, job)
    own.recruiter_id = rita.id
    session.flush()
    (row,) = list_applications(session, job.id, rita, ListFilters(is_mine=True), clock.now()).rows
    assert (row.id, row.recruiter) == (own.id, "Rita")


def test_list_to_take_away_holds_the_jobs_chosen_applications_by_name(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    mine, left_out, elsewhere = (make_application(session, one) for one in (job, job, None))
    report = list_chosen(session, job, [mine.id, elsewhere.id], rita, clock.now(), zone="UTC")
    (row,) = report.rows
    assert (row["candidate"], row["email"]) == (mine.candidate.name, mine.candidate.email)
    assert (row["stage"], row["outcome"], row["days_in_stage"]) == ("Application", "Active", 0)
    assert left_out.id
