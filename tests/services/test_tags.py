import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import actor_of, join_team, make_actor, make_application, make_job, make_user
from tests.interviewing import hand_in, publish_rubric, schedule
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.domain.tags import MOST_TAGS
from tracker.models.audit import AuditEntry
from tracker.queries.tags import tags_of, tags_of_job
from tracker.services.tags import add_tags, remove_tag


def test_tag_is_put_on_once_and_taken_off_each_on_record(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    application = make_application(session)
    assert add_tags(session, application, ("forklift", "night shift"), actor=rita) == (
        "forklift",
        "night shift",
    )
    assert add_tags(session, application, ("forklift",), actor=rita) == ()
    assert tags_of(session, [application.id], rita) == {application.id: ("forklift", "night shift")}
    assert remove_tag(session, application, "forklift", actor=rita) is True
    assert remove_tag(session, application, "forklift", actor=rita) is False
    assert tags_of_job(session, application.job_id, rita) == ["night shift"]
    session.flush()
    rows = session.execute(
        select(AuditEntry.action, AuditEntry.detail)
        .where(AuditEntry.application_id == application.id, AuditEntry.action.startswith("tag:"))
        .order_by(AuditEntry.id)
    ).all()
    assert [tuple(row) for row in rows] == [("tag:add", {"tags": 2}), ("tag:remove", {"tags": 1})]


def test_application_carries_no_more_tags_than_fit(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    application = make_application(session)
    add_tags(session, application, [str(number) for number in range(MOST_TAGS)], actor=rita)
    with pytest.raises(RuleBroken, match="at most 20 tags"):
        add_tags(session, application, ["one more"], actor=rita)
    assert add_tags(session, application, ["3"], actor=rita) == ()


def test_interviewer_and_managers_of_other_jobs_may_not_tag(session: Session) -> None:
    application = make_application(session)
    for role in (Role.INTERVIEWER, Role.HIRING_MANAGER):
        actor = make_actor(session, role, make_job(session), [TeamRole.HIRING_MANAGER])
        with pytest.raises(NotPermitted):
            add_tags(session, application, ["forklift"], actor=actor)
        with pytest.raises(NotPermitted):
            remove_tag(session, application, "forklift", actor=actor)


def test_tags_are_read_like_notes_and_by_nobody_who_owes_a_scorecard_here(session: Session) -> None:
    rita = make_actor(session, Role.RECRUITER)
    job = make_job(session)
    hank = make_user(session, "Hank", Role.HIRING_MANAGER)
    join_team(session, job, hank, TeamRole.HIRING_MANAGER)
    manager = actor_of(session, hank)
    ines = make_actor(session, Role.INTERVIEWER, name="Ines")
    stranger = make_actor(session, Role.HIRING_MANAGER, name="Sam")
    publish_rubric(session, job)
    application = make_application(session, job, stage=Stage.INTERVIEW)
    interview = schedule(session, application, manager, ines, actor=SYSTEM)
    add_tags(session, application, ["strong yes"], actor=rita)

    def read() -> list[bool]:
        people = (rita, manager, ines, stranger)
        return [bool(tags_of(session, [application.id], one)) for one in people]

    assert read() == [True, False, False, False]
    assert tags_of_job(session, job.id, manager) == []
    hand_in(session, interview, manager)
    assert read() == [True, True, False, False]
