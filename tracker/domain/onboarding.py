"""Onboarding: the checklist a new hire starts with, who owns each task, and when it is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class TaskOwner(StrEnum):
    """Who sees to an onboarding task."""

    CANDIDATE = "candidate"
    MANAGER = "manager"
    HR = "hr"
    IT = "it"


TASK_OWNER_LABELS = {
    TaskOwner.CANDIDATE: "New hire",
    TaskOwner.MANAGER: "Hiring manager",
    TaskOwner.HR: "HR",
    TaskOwner.IT: "IT",
}


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """One task of the starting checklist; due so many days after the start date, before it if negative."""

    title: str
    owner: TaskOwner
    days_after_start: int
    is_required: bool = True


CHECKLIST: tuple[TaskTemplate, ...] = (
    TaskTemplate("Sign the contract and hand in the paperwork", TaskOwner.CANDIDATE, -7),
    TaskTemplate("Prepare accounts, software and desk", TaskOwner.IT, -2),
    TaskTemplate("Name a mentor for the first weeks", TaskOwner.MANAGER, -2),
    TaskTemplate("Orientation: culture, values, policies and procedures", TaskOwner.HR, 0),
    TaskTemplate("Meet the team", TaskOwner.MANAGER, 0),
    TaskTemplate("Safety briefing", TaskOwner.HR, 1),
    TaskTemplate("Training on software and systems", TaskOwner.IT, 5, is_required=False),
    TaskTemplate("Training for the job itself", TaskOwner.MANAGER, 10, is_required=False),
    TaskTemplate("Customer service training", TaskOwner.MANAGER, 14, is_required=False),
    TaskTemplate("Learning on the job under supervision", TaskOwner.MANAGER, 20, is_required=False),
    TaskTemplate("Check-in after thirty days", TaskOwner.MANAGER, 30, is_required=False),
)


def due_on(template: TaskTemplate, starts_on: date) -> date:
    """The day a task of the checklist is due for a new hire who starts on this day."""
    return starts_on + timedelta(days=template.days_after_start)
