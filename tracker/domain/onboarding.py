"""Onboarding: the checklist a new hire starts with, who owns each task, and when it is due."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.names import clean_line
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import LONGEST_LINE, written


class TaskOwner(StrEnum):
    """Who sees to an onboarding task."""

    CANDIDATE = "candidate"
    MANAGER = "manager"
    HR = "hr"
    IT = "it"
    BUDDY = "buddy"


TASK_OWNER_LABELS = {
    TaskOwner.CANDIDATE: "New hire",
    TaskOwner.MANAGER: "Hiring manager",
    TaskOwner.HR: "HR",
    TaskOwner.IT: "IT",
    TaskOwner.BUDDY: "Buddy",
}


EARLIEST_DAYS, LATEST_DAYS = -90, 365
"""How many days before and after the first day of work a task of the checklist may be due."""
MOST_TEMPLATES = 200


@dataclass(frozen=True, slots=True)
class TaskTemplate:
    """One task of the starting checklist; due so many days after the start date, before it if negative.

    For every new hire, or those on jobs of one department, in one place, or both.
    """

    title: str
    owner: TaskOwner
    days_after_start: int
    is_required: bool = True
    department: str | None = None
    location: str | None = None
    needs_file: bool = False
    """Whether the new hire hands in a paper with it."""

    def fits(self, department: str | None, location: str | None) -> bool:
        """Whether somebody who starts on a job of this department in this place gets the task."""
        asked = ((self.department, department), (self.location, location))
        return all(own is None or own.casefold() == (given or "").casefold() for own, given in asked)


CHECKLIST: tuple[TaskTemplate, ...] = (
    TaskTemplate("Sign the contract and hand in the paperwork", TaskOwner.CANDIDATE, -7, needs_file=True),
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


def checked_template(template: TaskTemplate) -> TaskTemplate:
    """The task as it is kept. Raises RuleBroken at the field that cannot be."""
    if not EARLIEST_DAYS <= template.days_after_start <= LATEST_DAYS:
        raise RuleBroken(
            f"From {-EARLIEST_DAYS} days before the first day of work to {LATEST_DAYS} days after it.",
            field="days_after_start",
        )
    check_paper(template.owner, needs_file=template.needs_file)
    return replace(
        template,
        title=written(template.title, "Say what is to be done.", field="title", longest=LONGEST_LINE),
        department=clean_line(template.department or "", "The department", "department", longest=200) or None,
        location=clean_line(template.location or "", "The place", "location", longest=200) or None,
    )


def check_paper(owner: TaskOwner, *, needs_file: bool) -> None:
    """Refuse, at `needs_file`, to ask anybody but the new hire for a paper: their page takes it."""
    if needs_file and owner is not TaskOwner.CANDIDATE:
        raise RuleBroken("Only a new hire hands in papers: give the task to them.", field="needs_file")


def due_on(template: TaskTemplate, starts_on: date) -> date:
    """The day a task of the checklist is due for a new hire who starts on this day."""
    return starts_on + timedelta(days=template.days_after_start)
