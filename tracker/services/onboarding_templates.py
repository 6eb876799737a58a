"""Writing the checklist that new hires start with; those who have started keep theirs."""

from dataclasses import asdict

from sqlalchemy import text
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.fingerprints import fingerprint
from tracker.domain.onboarding import CHECKLIST, MOST_TEMPLATES, TaskTemplate, checked_template
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.onboarding import OnboardingTemplate
from tracker.queries.onboarding import onboarding_templates, template_of
from tracker.services.audit import record
from tracker.services.permits import require


def take_over_checklist(session: Session, *, actor: Actor) -> None:
    """Make the checklist as delivered one's own, to be changed task by task. Raises RuleBroken if it is."""
    require(actor, Permission.ONBOARDING_TEMPLATE_EDIT)
    _lock(session)
    if onboarding_templates(session):
        raise RuleBroken("The checklist is your own already.")
    for template in CHECKLIST:
        _add(session, template)
    session.flush()
    record(session, "onboarding_template:take_over", onboarding_templates(session)[0], actor=actor)


def add_onboarding_template(session: Session, template: TaskTemplate, *, actor: Actor) -> OnboardingTemplate:
    """Give new hires one more task, after taking over the checklist as delivered if it still is.

    Raises NotPermitted, or RuleBroken at the field that cannot be kept.
    """
    require(actor, Permission.ONBOARDING_TEMPLATE_EDIT)
    template = checked_template(template)
    _lock(session)
    kept = onboarding_templates(session)
    if len(kept) >= MOST_TEMPLATES:
        raise RuleBroken(f"There are {MOST_TEMPLATES} tasks already; take one away first.")
    if not kept:
        take_over_checklist(session, actor=actor)
    row = _add(session, template)
    session.flush()
    record(session, "onboarding_template:add", row, actor=actor)
    return row


def edit_onboarding_template(
    session: Session, row: OnboardingTemplate, template: TaskTemplate, *, seen: str, actor: Actor
) -> None:
    """Change a task that new hires start with; `seen` is the fingerprint of the task as the actor saw it.

    Raises NotPermitted, RuleBroken at a field, ChangedMeanwhile if somebody else was faster.
    """
    require(actor, Permission.ONBOARDING_TEMPLATE_EDIT)
    template = checked_template(template)
    session.refresh(row, with_for_update=True)
    before = template_of(row)
    if fingerprint(before) != seen:
        raise ChangedMeanwhile("Somebody else changed this task meanwhile. Look at theirs, then save again.")
    _write(row, template)
    session.flush()
    record(session, "onboarding_template:edit", row, actor=actor, before=asdict(before))


def remove_onboarding_template(session: Session, row: OnboardingTemplate, *, actor: Actor) -> None:
    """Take a task away from those who start later; with the last one the checklist is as delivered again.

    Raises NotPermitted.
    """
    require(actor, Permission.ONBOARDING_TEMPLATE_EDIT)
    record(session, "onboarding_template:remove", row, actor=actor, before=asdict(template_of(row)))
    session.delete(row)
    session.flush()


def _lock(session: Session) -> None:
    """Let nobody else take the checklist over or add to it meanwhile; SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("LOCK TABLE onboarding_templates IN SHARE ROW EXCLUSIVE MODE"))


def _add(session: Session, template: TaskTemplate) -> OnboardingTemplate:
    row = OnboardingTemplate()
    _write(row, template)
    session.add(row)
    return row


def _write(row: OnboardingTemplate, template: TaskTemplate) -> None:
    for name in TaskTemplate.__slots__:
        setattr(row, name, getattr(template, name))
