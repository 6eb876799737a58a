"""Cost per hire in the report on sources: where spend is known, of all jobs together, in each currency."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_job
from tests.histories import day, write_history
from tests.queries.test_hires import ACCEPT, BEGIN, MEET, OFFER, count, filters
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.jobs import Job
from tracker.models.spending import SourceSpend
from tracker.services.spending import record_spend, remove_spend


@pytest.fixture
def job(session: Session) -> Job:
    made = make_job(session, openings=9)
    for _ in range(2):
        write_history(session, made, BEGIN, MEET, OFFER, ACCEPT, source="agency")
    write_history(session, made, BEGIN, source="agency")
    write_history(session, made, BEGIN, source="referral")
    return made


def spend(session, amount="1000", currency="EUR", source="agency", days=(1, 31), actor=SYSTEM) -> SourceSpend:
    first, last = (date(2026, 3, one) for one in days)
    given = {"source": source, "amount": amount, "currency": currency}
    return record_spend(session, **given, starts_on=first, ends_on=last, actor=actor)


def costs(session, given) -> dict[str, tuple]:
    rows = count(session, "sources", given)
    return {row["source"]: (row["spend"], row["cost_per_hire"]) for row in rows}


def test_spend_is_divided_by_the_hires_of_its_source(session, job):
    spend(session)
    spend(session, "500")
    spend(session, "80.50", "GBP")
    assert costs(session, filters()) == {
        "agency": ("1500.00 EUR; 80.50 GBP", "750.00 EUR; 40.25 GBP"),
        "referral": (None, None),
    }


def test_what_was_spent_without_a_hire_or_an_application_stays_visible(session, job):
    spend(session, source="referral")
    spend(session, source="print")
    found = costs(session, filters())
    assert found["referral"] == found["print"] == ("1000.00 EUR", None)
    (row,) = count(session, "sources", filters(source="print"))
    assert (row["applications"], row["hire_rate"], row["wilson_low"]) == (0, None, None)


def test_the_part_of_the_window_counts(session, job):
    spend(session, "310")
    assert costs(session, filters(to=day(10)))["agency"] == ("100.00 EUR", "50.00 EUR")
    assert costs(session, filters(as_of=day(1)))["agency"] == ("10.00 EUR", None)
    assert "agency" not in costs(session, filters(from_=day(60)))


def test_of_some_jobs_alone_no_spend_is_told(session, job):
    spend(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    for given, actor in ((filters(job), SYSTEM), (filters(department="Sales"), SYSTEM), (filters(), hank)):
        assert {row["cost_per_hire"] for row in count(session, "sources", given, actor)} <= {None}


def test_one_source_alone_has_its_own_spend(session, job):
    spend(session)
    spend(session, source="print")
    assert costs(session, filters(source="agency")) == {"agency": ("1000.00 EUR", "500.00 EUR")}


def test_hr_records_and_takes_back_each_on_record(session, job):
    olga = make_actor(session, Role.HR, name="Olga")
    one = spend(session, actor=olga)
    remove_spend(session, one, actor=olga)
    assert session.scalars(select(SourceSpend)).all() == []
    entries = select(AuditEntry).where(AuditEntry.action.startswith("spend:")).order_by(AuditEntry.id)
    found = session.scalars(entries).all()
    assert [entry.action for entry in found] == ["spend:record", "spend:remove"]
    assert found[1].detail == {
        "source": "agency", "amount_cents": 100_000, "currency": "EUR", "days": ["2026-03-01", "2026-03-31"],
    }  # fmt: skip


def test_others_record_nothing_and_unknown_sources_have_no_spend(session, job):
    for role in (Role.RECRUITER, Role.HIRING_MANAGER, Role.INTERVIEWER):
        with pytest.raises(NotPermitted):
            spend(session, actor=make_actor(session, role))
    with pytest.raises(RuleBroken) as refused:
        spend(session, source="carrier pigeon")
    assert refused.value.field == "source"
