"""The checklist that new hires start with, as HR keeps it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_application, make_job
from tracker import clock
from tracker.domain.actors import Actor, Role
from tracker.domain.deciding import NotPermitted
from tracker.domain.fingerprints import fingerprint
from tracker.domain.onboarding import CHECKLIST, MOST_TEMPLATES, TaskOwner, TaskTemplate
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.domain.stages import Stage
from tracker.models.audit import AuditEntry
from tracker.models.onboarding import OnboardingTask, OnboardingTemplate
from tracker.queries.onboarding import checklist_for, onboarding_templates, template_of
from tracker.services.onboarding import start_onboarding
from tracker.services.onboarding_templates import (
    add_onboarding_template,
    edit_onboarding_template,
    remove_onboarding_template,
    take_over_checklist,
)

BADGE = TaskTemplate("Hand out the badge", TaskOwner.IT, 0)


@pytest.fixture
def olga(session: Session) -> Actor:
    return make_actor(session, Role.HR, name="Olga")


def seen_of(row: OnboardingTemplate) -> str:
    return fingerprint(template_of(row))


def started(session: Session, actor: Actor, **job: object) -> list[OnboardingTask]:
    application = make_application(session, make_job(session, **job), stage=Stage.ONBOARDING)
    return start_onboarding(session, application, starts_on=clock.today() + timedelta(days=9), actor=actor)


@pytest.mark.parametrize(
    ("template", "who"),
    [
        (TaskTemplate("x", TaskOwner.HR, 0), {"sales_leeds", "sales_york", "it_leeds", "nowhere"}),
        (TaskTemplate("x", TaskOwner.HR, 0, department="sales"), {"sales_leeds", "sales_york"}),
        (TaskTemplate("x", TaskOwner.HR, 0, location="Leeds"), {"sales_leeds", "it_leeds"}),
        (TaskTemplate("x", TaskOwner.HR, 0, department="Sales", location="York"), {"sales_york"}),
    ],
)
def test_a_task_of_a_department_or_a_place_is_for_those_who_start_there(
    template: TaskTemplate, who: set[str]
) -> None:
    jobs = {
        "sales_leeds": ("Sales", "Leeds"),
        "sales_york": ("Sales", "York"),
        "it_leeds": ("IT", "leeds"),
        "nowhere": (None, None),
    }
    assert {name for name, place in jobs.items() if template.fits(*place)} == who


def test_the_first_task_takes_over_the_checklist_as_delivered(session: Session, olga: Actor) -> None:
    assert [task.title for task in started(session, olga)] == [one.title for one in CHECKLIST]
    add_onboarding_template(session, BADGE, actor=olga)
    titles = [task.title for task in started(session, olga)]
    assert sorted(titles) == sorted([*(one.title for one in CHECKLIST), BADGE.title])


def test_those_who_start_later_get_what_the_checklist_says_then(session: Session, olga: Actor) -> None:
    first = started(session, olga, department="Sales")
    take_over_checklist(session, actor=olga)
    for row in onboarding_templates(session)[1:]:
        remove_onboarding_template(session, row, actor=olga)
    (kept,) = onboarding_templates(session)
    changed = TaskTemplate("Sign", TaskOwner.CANDIDATE, -3, is_required=False, department="Sales")
    edit_onboarding_template(session, kept, changed, seen=seen_of(kept), actor=olga)
    add_onboarding_template(session, BADGE, actor=olga)
    later = started(session, olga, department="Sales")
    assert [(task.title, task.is_required) for task in later] == [("Sign", False), (BADGE.title, True)]
    assert [task.title for task in started(session, olga, department="IT")] == [BADGE.title]
    assert len(first) == len(CHECKLIST)


def test_with_the_last_task_gone_the_checklist_is_as_delivered(session: Session, olga: Actor) -> None:
    take_over_checklist(session, actor=olga)
    with pytest.raises(RuleBroken, match="your own already"):
        take_over_checklist(session, actor=olga)
    for row in onboarding_templates(session):
        remove_onboarding_template(session, row, actor=olga)
    assert checklist_for(session, make_job(session)) == list(CHECKLIST)


@pytest.mark.parametrize(
    ("template", "field"),
    [
        (TaskTemplate(" ", TaskOwner.HR, 0), "title"),
        (TaskTemplate("x" * 201, TaskOwner.HR, 0), "title"),
        (TaskTemplate("x", TaskOwner.HR, -91), "days_after_start"),
        (TaskTemplate("x", TaskOwner.HR, 366), "days_after_start"),
        (TaskTemplate("x", TaskOwner.HR, 0, department="x" * 201), "department"),
        (TaskTemplate("x", TaskOwner.HR, 0, location="\x00"), "location"),
    ],
)
def test_a_task_that_cannot_be_kept_is_refused_at_its_field(
    session: Session, olga: Actor, template: TaskTemplate, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        add_onboarding_template(session, template, actor=olga)
    assert refused.value.field == field
    assert list(onboarding_templates(session)) == []


def test_there_is_an_end_of_tasks(session: Session, olga: Actor) -> None:
    take_over_checklist(session, actor=olga)
    for _ in range(MOST_TEMPLATES - len(CHECKLIST)):
        add_onboarding_template(session, BADGE, actor=olga)
    with pytest.raises(RuleBroken, match="200 tasks"):
        add_onboarding_template(session, BADGE, actor=olga)


@pytest.mark.parametrize("role", [Role.RECRUITER, Role.HIRING_MANAGER, Role.INTERVIEWER])
def test_only_hr_keeps_the_checklist(session: Session, olga: Actor, role: Role) -> None:
    row = add_onboarding_template(session, BADGE, actor=olga)
    other = make_actor(session, role)
    for deed in (
        lambda: add_onboarding_template(session, BADGE, actor=other),
        lambda: edit_onboarding_template(session, row, BADGE, seen=seen_of(row), actor=other),
        lambda: remove_onboarding_template(session, row, actor=other),
        lambda: take_over_checklist(session, actor=other),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_of_two_changes_of_a_task_the_later_is_told_and_what_was_lost_is_on_record(
    session: Session, olga: Actor
) -> None:
    row = add_onboarding_template(session, BADGE, actor=olga)
    seen = seen_of(row)
    edit_onboarding_template(session, row, replace(BADGE, title="Hand out the key"), seen=seen, actor=olga)
    with pytest.raises(ChangedMeanwhile, match="Somebody else changed this task"):
        edit_onboarding_template(session, row, replace(BADGE, title="Nothing"), seen=seen, actor=olga)
    remove_onboarding_template(session, row, actor=olga)
    session.flush()
    lost = {
        entry.action: entry.detail["before"]["title"]
        for entry in session.scalars(
            select(AuditEntry).where(AuditEntry.subject_type == "onboardingtemplate")
        )
        if entry.detail
    }
    assert lost == {
        "onboarding_template:edit": "Hand out the badge",
        "onboarding_template:remove": "Hand out the key",
    }
