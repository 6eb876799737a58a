import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job, make_user
from tracker.domain.actors import Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.domain.tags import MOST_TAGS
from tracker.models.audit import AuditEntry
from tracker.queries.tags import tags_of
from tracker.services.assignments import assign_recruiter
from tracker.services.bulk_changes import assign_many, record_list, tag_many, untag_many
from tracker.services.tags import add_tags


def details(session: Session, action: str) -> list[object]:
    rows = select(AuditEntry.detail).where(AuditEntry.action == action).order_by(AuditEntry.id)
    return list(session.scalars(rows))


def test_application_is_given_to_a_recruiter_and_back_to_nobody_on_record(session: Session) -> None:
    olga = make_actor(session, Role.HR, name="Olga")
    rita = make_user(session, "Rita", Role.RECRUITER)
    application = make_application(session)
    for person in (rita, rita, None):
        assign_recruiter(session, application, person, actor=olga)
        assert application.recruiter_id == (person.id if person else None)
    assert details(session, "application:assign") == [
        {"recruiter_id": rita.id, "before": None},
        {"recruiter_id": None, "before": rita.id},
    ]


def test_only_active_recruiters_are_given_applications_and_only_recruiting_gives_them(
    session: Session,
) -> None:
    job = make_job(session)
    application = make_application(session, job)
    rita = make_actor(session, Role.RECRUITER)
    gone = make_user(session, "Gone", Role.RECRUITER)
    gone.is_active = False
    for person in (gone, make_user(session, "Ines", Role.INTERVIEWER)):
        with pytest.raises(RuleBroken, match="Choose a recruiter") as broken:
            assign_recruiter(session, application, person, actor=rita)
        assert broken.value.field == "recruiter"
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    with pytest.raises(NotPermitted):
        assign_recruiter(session, application, None, actor=hank)


def test_each_of_several_is_tagged_or_says_why_not(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    full, free = make_application(session, job), make_application(session, job)
    add_tags(session, full, [str(number) for number in range(MOST_TAGS)], actor=rita)
    results = tag_many(session, [free, full], ["forklift", "nights"], actor=rita)
    assert [(r.application_id, r.error is None) for r in results] == [(full.id, False), (free.id, True)]
    found = tags_of(session, [full.id, free.id], rita)
    assert (len(found[full.id]), found[free.id]) == (MOST_TAGS, ("forklift", "nights"))
    off = untag_many(session, [free, full], ["nights", "3"], actor=rita)
    assert [r.error for r in off] == [None, None]
    found = tags_of(session, [full.id, free.id], rita)
    assert (len(found[full.id]), found[free.id]) == (MOST_TAGS - 1, ("forklift",))


def test_several_are_assigned_each_for_itself(session: Session) -> None:
    job = make_job(session)
    hank = make_actor(session, Role.HIRING_MANAGER, job, [TeamRole.HIRING_MANAGER], name="Hank")
    rita = make_user(session, "Rita", Role.RECRUITER)
    one = make_application(session, job)
    (refused,) = assign_many(session, [one], rita, actor=hank)
    assert isinstance(refused.error, NotPermitted)
    assert one.recruiter_id is None
    others = [make_application(session), make_application(session, job)]
    done = assign_many(session, [one, *others], rita, actor=make_actor(session, Role.RECRUITER))
    assert [r.error for r in done] == [None] * 3
    assert {a.recruiter_id for a in (one, *others)} == {rita.id}


def test_who_takes_a_list_away_is_on_record_with_what_it_held(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    record_list(session, job, [7, 3], actor=rita)
    assert details(session, "application:export") == [{"format": "csv", "applications": [3, 7]}]
    with pytest.raises(NotPermitted):
        record_list(session, job, [7], actor=make_actor(session, Role.INTERVIEWER, name="Ines"))
