"""The buddy of a new hire: named by HR or the hiring manager, who sees name, first day and own tasks only."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.candidates import sent_offer
from tests.factories import actor_of, join_team, make_application, make_candidate, make_job, make_user
from tracker import clock
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.deciding import NotPermitted
from tracker.domain.onboarding import TaskOwner
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.onboarding import OnboardingBuddy
from tracker.queries.buddies import buddy_of, looked_after, starts_on
from tracker.queries.my_work import my_work
from tracker.queries.work_kinds import Work
from tracker.services.buddies import name_buddy
from tracker.services.offers import accept_offer
from tracker.services.onboarding import add_task, finish_task
from tracker.services.own_data import gather_own_data


@pytest.fixture
def users(session):
    roles = {
        "rita": Role.RECRUITER,
        "hank": Role.HIRING_MANAGER,
        "otto": Role.HIRING_MANAGER,
        "ines": Role.INTERVIEWER,
        "olga": Role.HR,
    }
    return {name: make_user(session, name.title(), role) for name, role in roles.items()}


@pytest.fixture
def hire(session, users):
    job = make_job(session)
    join_team(session, job, users["hank"], TeamRole.HIRING_MANAGER)
    return make_application(
        session, job, stage=Stage.ONBOARDING, candidate=make_candidate(session, "Amina Yusuf")
    )


def name(session, hire, user, by, seen=None):
    return name_buddy(session, hire, user, seen=seen.id if seen else None, actor=actor_of(session, by))


def give_task(session, hire, users, owner=TaskOwner.BUDDY, days=1):
    return add_task(
        session,
        hire,
        title="Show the canteen",
        owner=owner,
        due_on=clock.today() + timedelta(days=days),
        actor=actor_of(session, users["olga"]),
    )


def lines(session, user, work=Work.NEW_COLLEAGUE):
    groups = my_work(session, actor_of(session, user), clock.now())
    return [one for group in groups if group.work is work for one in group.rows]


@pytest.mark.parametrize(("who", "may"), [("olga", True), ("hank", True), ("rita", False), ("otto", False)])
def test_hr_and_the_hiring_manager_of_the_job_name_the_buddy(session, users, hire, who, may):
    if may:
        name(session, hire, users["ines"], users[who])
        assert buddy_of(session, hire.id) is users["ines"]
    else:
        with pytest.raises(NotPermitted):
            name(session, hire, users["ines"], users[who])


def test_changing_and_taking_away_are_on_record(session, users, hire):
    name(session, hire, users["ines"], users["hank"])
    name(session, hire, users["rita"], users["olga"], seen=users["ines"])
    name(session, hire, users["rita"], users["olga"], seen=users["rita"])
    name(session, hire, None, users["olga"], seen=users["rita"])
    rows = session.scalars(
        select(AuditEntry).where(AuditEntry.action.startswith("buddy:")).order_by(AuditEntry.id)
    ).all()
    ines, rita = users["ines"].id, users["rita"].id
    assert [(row.action, row.detail) for row in rows] == [
        ("buddy:name", {"before": None, "after": ines}),
        ("buddy:change", {"before": ines, "after": rita}),
        ("buddy:take_away", {"before": rita, "after": None}),
    ]
    assert session.scalars(select(OnboardingBuddy)).all() == []


def test_who_saw_another_buddy_changes_nothing(session, users, hire):
    name(session, hire, users["ines"], users["hank"])
    for seen in (None, users["rita"]):
        with pytest.raises(ChangedMeanwhile):
            name(session, hire, users["olga"], users["olga"], seen=seen)


def test_only_those_who_start_have_a_buddy_and_only_colleagues_are_one(session, users, hire):
    users["ines"].is_active = False
    with pytest.raises(RuleBroken) as broken:
        name(session, hire, users["ines"], users["olga"])
    assert broken.value.field == "buddy"
    earlier = make_application(session, hire.job, stage=Stage.OFFER)
    with pytest.raises(RuleBroken):
        name(session, earlier, users["rita"], users["olga"])


def test_the_buddy_finds_the_new_colleague_under_my_work(session, users, hire):
    ines = users["ines"]
    assert lines(session, ines) == []
    name(session, hire, ines, users["hank"])
    give_task(session, hire, users)
    give_task(session, hire, users, owner=TaskOwner.HR)
    (line,) = lines(session, ines)
    assert (line.application_id, line.name, line.job, line.detail) == (hire.id, "Amina Yusuf", "", "1")
    assert starts_on(session, hire.id) is None
    assert lines(session, users["rita"]) == []
    actor = actor_of(session, ines)
    assert session.scalars(looked_after(actor)).all() == [hire]
    hire.candidate.erased_at = clock.now()
    session.flush()
    assert session.scalars(looked_after(actor)).all() == []
    assert lines(session, ines) == []


def test_the_buddy_finishes_tasks_of_the_buddy_and_no_others(session, users, hire):
    name(session, hire, users["ines"], users["hank"])
    own, other = give_task(session, hire, users), give_task(session, hire, users, owner=TaskOwner.MANAGER)
    ines = actor_of(session, users["ines"])
    assert finish_task(session, own, actor=ines).done_by == ines.key
    with pytest.raises(NotPermitted):
        finish_task(session, other, actor=ines)
    name(session, hire, None, users["hank"], seen=users["ines"])
    with pytest.raises(NotPermitted):
        finish_task(session, give_task(session, hire, users), actor=ines)
    with pytest.raises(NotPermitted):
        finish_task(session, give_task(session, hire, users), actor=actor_of(session, users["otto"]))


def test_tasks_of_a_buddy_who_is_not_named_are_the_hiring_managers(session, users, hire):
    give_task(session, hire, users)
    assert [one.detail for one in lines(session, users["hank"], Work.TASK)] == ["Show the canteen"]
    name(session, hire, users["ines"], users["hank"])
    assert lines(session, users["hank"], Work.TASK) == []


def test_the_new_hire_reads_who_it_is_in_their_data(session, users, hire):
    assert gather_own_data(session, hire.candidate)["applications"][0]["buddy"] is None
    name(session, hire, users["ines"], users["hank"])
    assert gather_own_data(session, hire.candidate)["applications"][0]["buddy"] == "Ines"


def test_a_first_day_is_the_one_of_the_accepted_offer(session, users):
    hire = make_application(session, make_job(session), stage=Stage.OFFER)
    offer = sent_offer(session, hire)
    assert starts_on(session, hire.id) is None
    accept_offer(session, offer, actor=SYSTEM, seen_version=hire.version)
    assert starts_on(session, hire.id) == offer.starts_on
    name(session, hire, users["ines"], users["olga"])
    (line,) = lines(session, users["ines"])
    assert line.at == offer.starts_on
