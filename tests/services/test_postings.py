"""Writing, publishing and taking down postings; links that carry a source."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.careers import post
from tests.factories import actor_of, make_actor, make_job, make_user
from tracker import clock
from tracker.domain.actors import Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.offers import SalaryPeriod
from tracker.domain.postings import PostingDetails, is_open_to
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import JobStatus
from tracker.models.audit import AuditEntry
from tracker.models.postings import Posting
from tracker.queries.cursors import write_cursor
from tracker.queries.postings import link_with_code, list_open_postings, open_postings, state_of
from tracker.services.postings import (
    add_source_link,
    give_referral_link,
    publish_posting,
    take_down_posting,
    write_posting,
)

TEXT = PostingDetails(
    title="Order clerk", text="You take orders.", place="Leeds", country="GB",
    salary_low_cents=3_000_000, currency="GBP", period=SalaryPeriod.YEAR,
)  # fmt: skip


@pytest.fixture
def rita(session):
    return make_actor(session, Role.RECRUITER, name="Rita")


def published(session, job, actor, **changes):
    write_posting(session, job, replace(TEXT, **changes), version=0, actor=actor)
    return publish_posting(session, job, actor=actor)


def test_a_posting_is_written_published_and_taken_down_with_a_trace(session, rita):
    job = make_job(session)
    posting = published(session, job, rita)
    assert (posting.version, posting.title, posting.salary_low_cents) == (1, "Order clerk", 3_000_000)
    assert session.scalars(open_postings(clock.today())).all() == [posting]
    take_down_posting(session, job, actor=rita)
    assert session.scalars(open_postings(clock.today())).all() == []
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("posting:%"))).all()
    assert actions == ["posting:write", "posting:publish", "posting:take_down"]


def test_the_hiring_manager_of_the_job_writes_it_and_others_do_not(session):
    job, other = make_job(session), make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER])
    assert write_posting(session, job, TEXT, version=0, actor=hank).version == 1
    for actor in (hank, make_actor(session, Role.INTERVIEWER, other, [TeamRole.INTERVIEWER])):
        with pytest.raises(NotPermitted):
            write_posting(session, other, TEXT, version=0, actor=actor)


def test_who_saw_an_older_posting_overwrites_nothing(session, rita):
    job = make_job(session)
    write_posting(session, job, TEXT, version=0, actor=rita)
    for version in (0, 2, -1):
        with pytest.raises(ChangedMeanwhile):
            write_posting(session, job, replace(TEXT, title="Other"), version=version, actor=rita)
    assert session.get_one(Posting, job.id).title == "Order clerk"
    assert write_posting(session, job, TEXT, version=1, actor=rita).version == 1


def test_nothing_is_published_before_it_is_written(session, rita):
    with pytest.raises(RuleBroken, match="Write the posting first"):
        publish_posting(session, make_job(session), actor=rita)


def test_a_posting_whose_last_day_is_over_is_not_published_and_a_published_one_may_keep_it(session, rita):
    yesterday = clock.today() - timedelta(days=1)
    job = make_job(session)
    with pytest.raises(RuleBroken, match="This day is over") as refused:
        published(session, job, rita, closes_on=yesterday)
    assert refused.value.field == "closes_on"
    write_posting(session, job, replace(TEXT, closes_on=clock.today()), version=1, actor=rita)
    assert publish_posting(session, job, actor=rita).published_at
    kept = write_posting(session, job, replace(TEXT, closes_on=yesterday), version=2, actor=rita)
    assert publish_posting(session, job, actor=rita) is kept
    take_down_posting(session, job, actor=rita)
    with pytest.raises(RuleBroken):
        publish_posting(session, job, actor=rita)


@pytest.mark.parametrize("status", JobStatus)
@pytest.mark.parametrize("is_internal", [True, False])
@pytest.mark.parametrize("days", [None, 0, -1])
def test_the_select_agrees_with_the_rule(session, rita, status, is_internal, days):
    today = clock.today()
    closes_on = None if days is None else today + timedelta(days=days)
    job = make_job(session)
    posting = published(session, job, rita, is_internal=is_internal)
    posting.closes_on = closes_on
    job.status = status
    session.flush()
    for is_staff in (True, False):
        found = session.scalars(open_postings(today, is_staff=is_staff)).all()
        assert bool(found) is is_open_to(state_of(posting), is_staff=is_staff, today=today)


def test_a_link_leads_to_its_job_and_an_employees_to_every_job(session, rita):
    job, other = make_job(session), make_job(session)
    link = add_source_link(session, job, source="career fair", label="Autumn fair", actor=rita)
    assert link_with_code(session, link.code, job.id) is link
    assert link_with_code(session, link.code, other.id) is None
    user = make_user(session, "Ines", Role.INTERVIEWER)
    own = give_referral_link(session, actor=actor_of(session, user))
    assert give_referral_link(session, actor=actor_of(session, user)) is own
    assert own.source == "referral"
    assert link_with_code(session, own.code, other.id) is own
    user.is_active = False
    session.flush()
    assert link_with_code(session, own.code, other.id) is None


def test_codes_cannot_be_guessed_and_channels_are_of_the_list(session, rita):
    job = make_job(session)
    codes = {
        add_source_link(session, job, source="print", label=f"No {n}", actor=rita).code for n in range(5)
    }
    assert len(codes) == 5
    assert all(len(code) == 12 for code in codes)
    for source in ("referral", "internal", "elsewhere"):
        with pytest.raises(RuleBroken):
            add_source_link(session, job, source=source, label="x", actor=rita)


def test_the_list_goes_on_after_the_last_one_seen(session):
    first, second = (session.get_one(Posting, post(session, make_job(session)).id) for _ in range(2))
    first.published_at = second.published_at
    session.flush()
    page = list_open_postings(session, clock.today())
    assert (list(page.rows), page.next_after) == ([second, first], None)
    seen = write_cursor(second.published_at, second.job_id)
    assert list(list_open_postings(session, clock.today(), after=seen).rows) == [first]
