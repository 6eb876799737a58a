"""What the import of another system's history would do: moves and notes of each case."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.event_logs import Case, CaseHistory, EventMapping, case_history
from tracker.domain.names import clean_line
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome
from tracker.models.applications import Application, ImportedApplication
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.services.event_log_gathering import BadLine, EventLog

BATCH = 500


@dataclass(frozen=True, slots=True)
class PlannedApplication:
    """One case and what it becomes; `answers` holds self-identification by the name of the field."""

    case: Case
    history: CaseHistory
    answers: dict[str, str]

    @property
    def began_at(self) -> datetime:
        """When the first thing of it happened."""
        return min(event.at for event in self.case.events)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: new applications in order, bad lines, how many are known, what is unmapped."""

    applications: tuple[PlannedApplication, ...]
    bad: tuple[BadLine, ...]
    known: int
    unmapped: Counter[str]

    @property
    def moves(self) -> int:
        """How many moves it would make."""
        return sum(len(planned.history.moves) for planned in self.applications)

    @property
    def notes(self) -> int:
        """How many notes it would keep."""
        return sum(len(planned.history.notes) for planned in self.applications)

    @property
    def unplaced(self) -> int:
        """How many applications have no mapped event at all, and stay in Application."""
        return sum(not planned.history.is_mapped for planned in self.applications)


def plan_import(session: Session, job: Job, log: EventLog, mapping: EventMapping) -> ImportPlan:
    """What the log becomes on this job; nothing is written.

    Raises RuleBroken if the mapping knows none of the activities.
    """
    known = set(
        session.scalars(select(ImportedApplication.external_key).where(ImportedApplication.job_id == job.id))
    )
    bad = list(log.bad)
    planned = []
    unmapped: Counter[str] = Counter()
    for case in log.cases.values():
        if case.key in known or not case.events:
            continue
        try:
            planned.append(PlannedApplication(case, case_history(case, mapping), _answers(case, mapping)))
        except RuleBroken as error:
            bad.append(BadLine(case.events[0].line, error.message, case.key))
        unmapped.update(event.activity for event in case.events if not mapping.knows(event.activity))
    planned.sort(key=lambda application: application.began_at)
    if planned and not any(application.history.is_mapped for application in planned):
        raise RuleBroken("The mapping knows none of the activities of the file.", field="mapping")
    bad += _twice_active(planned, _active_emails(session, job))
    return ImportPlan(tuple(planned), tuple(bad), sum(key in known for key in log.cases), unmapped)


@dataclass(frozen=True, slots=True)
class JobPlan:
    """What of a file goes to one job."""

    job: Job
    plan: ImportPlan


def plan_jobs(
    session: Session,
    log: EventLog,
    mapping: EventMapping,
    *,
    job: Job | None,
    find: Callable[[str], Job],
) -> list[JobPlan]:
    """What the log becomes on this job, or on those that its applications name; nothing is written.

    Raises RuleBroken where an application names no job, and as `find` and `plan_import` do.
    """
    by_job: dict[int, tuple[Job, EventLog]] = {job.id: (job, EventLog())} if job else {}
    found: dict[str, Job] = {}
    for key, case in log.cases.items():
        if job is None and case.job is None:
            raise RuleBroken(
                f"The file does not say which job “{key[:60]}” belongs to: name the job.", field="job"
            )
        named = case.job or ""
        if job is None and named not in found:
            found[named] = find(named)
        its = job or found[named]
        by_job.setdefault(its.id, (its, EventLog()))[1].cases[key] = case
    return [JobPlan(one, plan_import(session, one, part, mapping)) for one, part in by_job.values()]


def find_named_job(session: Session, named: str) -> Job:
    """The job of exactly this title. Raises RuleBroken where there is none, or where there are several."""
    found = session.scalars(select(Job).where(Job.title == named).limit(2)).all()
    if len(found) != 1:
        count = "no job" if not found else "more than one job"
        raise RuleBroken(
            f"There is {count} of the title “{named[:80]}”, which the file names: choose the job.",
            field="job",
        )
    return found[0]


def _answers(case: Case, mapping: EventMapping) -> dict[str, str]:
    given = {
        label: clean_line(case.attributes.get(name, ""), f"The attribute {name}", "", longest=120)
        for name, label in mapping.attributes.items()
    }
    return {label: value for label, value in given.items() if value}


def _active_emails(session: Session, job: Job) -> set[str | None]:
    active = select(Candidate.email).join(Application, Application.candidate_id == Candidate.id)
    return set(
        session.scalars(active.where(Application.job_id == job.id, Application.outcome == Outcome.ACTIVE))
    )


def _twice_active(planned: Sequence[PlannedApplication], active: set[str | None]) -> Iterator[BadLine]:
    """Applications of somebody who would be active on the job twice."""
    still_active = set(active)
    for application in planned:
        email = application.case.email
        if email is None:
            continue
        if email in still_active:
            problem = f"{email} has an active application on this job already."
            yield BadLine(application.case.events[0].line, problem, application.case.key)
        elif application.history.end.outcome is Outcome.ACTIVE:
            still_active.add(email)


def batches(plan: ImportPlan, size: int = BATCH) -> Iterator[list[PlannedApplication]]:
    """The applications in batches, each person at most once in a batch, so their applications follow on."""
    batch: list[PlannedApplication] = []
    people: set[str] = set()
    for planned in plan.applications:
        if len(batch) == size or planned.case.email in people:
            yield batch
            batch, people = [], set()
        batch.append(planned)
        if planned.case.email is not None:
            people.add(planned.case.email)
    if batch:
        yield batch
