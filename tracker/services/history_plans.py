"""What the import of another system's history would do: moves and notes of each case."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.event_logs import Case, CaseHistory, EventMapping, case_history
from tracker.domain.names import clean_line
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome
from tracker.models.applications import Application, ImportedApplication
from tracker.models.candidates import Candidate
from tracker.models.jobs import Job
from tracker.services.event_log_cases import Cases
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


class PlannedApplications:
    """The new applications of a plan in the order in which they began, read anew each time."""

    def __init__(self, cases: Cases, plan: int, number: int, mapping: EventMapping) -> None:
        self._cases, self._plan, self._number, self._mapping = cases, plan, number, mapping

    def __len__(self) -> int:
        return self._number

    def __iter__(self) -> Iterator[PlannedApplication]:
        return (_planned(case, self._mapping) for case in self._cases.planned(self._plan))


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do: new applications in order, bad lines, how many are known, what is unmapped.

    `moves` and `notes` are those that it would make; `unplaced` are the applications that have no mapped
    event at all, and stay in Application.
    """

    applications: PlannedApplications
    bad: tuple[BadLine, ...]
    known: int
    unmapped: Counter[str]
    moves: int
    notes: int
    unplaced: int


def plan_import(session: Session, job: Job, log: EventLog, mapping: EventMapping) -> ImportPlan:
    """What the log becomes on this job; nothing is written.

    Raises RuleBroken if the mapping knows none of the activities.
    """
    planning = _Planning(session, job, log.cases, mapping)
    cases = log.cases.numbered()
    while some := list(islice(cases, BATCH)):
        planning.take(some)
    if planning.number and planning.unplaced == planning.number:
        raise RuleBroken("The mapping knows none of the activities of the file.", field="mapping")
    broken = [line for _, line in sorted(planning.broken, key=itemgetter(0))]
    return ImportPlan(
        applications=PlannedApplications(log.cases, planning.plan, planning.number, mapping),
        bad=(*log.bad, *broken, *planning.twice),
        known=planning.known,
        unmapped=planning.unmapped,
        moves=planning.moves,
        notes=planning.notes,
        unplaced=planning.unplaced,
    )


class _Planning:
    """Takes cases some at a time, in the order in which they began, and counts what they become."""

    def __init__(self, session: Session, job: Job, cases: Cases, mapping: EventMapping) -> None:
        self._session, self._job, self._cases, self._mapping = session, job, cases, mapping
        self.plan = cases.begin_plan()
        self.number = self.known = self.moves = self.notes = self.unplaced = 0
        self.unmapped: Counter[str] = Counter()
        self.broken: list[tuple[int, BadLine]] = []
        self.twice: list[BadLine] = []

    def take(self, some: list[tuple[int, Case]]) -> None:
        """Plan these cases."""
        known = _known(self._session, self._job, [case.key for _, case in some])
        self.known += len(known)
        planned = [
            (number, application)
            for number, case in some
            if case.key not in known and case.events
            if (application := self._plan(number, case)) is not None
        ]
        emails = {one.case.email for _, one in planned if one.case.email is not None}
        active = self._cases.active_among(self.plan, emails) | _active(self._session, self._job, emails)
        self.twice += _twice_active([one for _, one in planned], active)
        self._cases.plan(self.plan, [number for number, _ in planned], active)

    def _plan(self, number: int, case: Case) -> PlannedApplication | None:
        self.unmapped.update(
            event.activity for event in case.events if not self._mapping.knows(event.activity)
        )
        try:
            planned = _planned(case, self._mapping)
        except RuleBroken as error:
            self.broken.append((number, BadLine(case.events[0].line, error.message, case.key)))
            return None
        self.number += 1
        self.moves += len(planned.history.moves)
        self.notes += len(planned.history.notes)
        self.unplaced += not planned.history.is_mapped
        return planned


def _planned(case: Case, mapping: EventMapping) -> PlannedApplication:
    return PlannedApplication(case, case_history(case, mapping), _answers(case, mapping))


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
    if job is not None:
        return [JobPlan(job, plan_import(session, job, log, mapping))]
    by_job: dict[int, tuple[Job, list[str]]] = {}
    for named, key in log.cases.jobs_named():
        if named is None:
            raise RuleBroken(
                f"The file does not say which job “{key[:60]}” belongs to: name the job.", field="job"
            )
        its = find(named)
        by_job.setdefault(its.id, (its, []))[1].append(named)
    return [
        JobPlan(one, plan_import(session, one, EventLog(log.cases.of_jobs(names)), mapping))
        for one, names in by_job.values()
    ]


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


def _known(session: Session, job: Job, keys: Sequence[str]) -> set[str]:
    """Which of these were imported before."""
    own = ImportedApplication.job_id == job.id, ImportedApplication.external_key.in_(keys)
    return set(session.scalars(select(ImportedApplication.external_key).where(*own)))


def _active(session: Session, job: Job, emails: Collection[str]) -> set[str]:
    """Which of these people have an active application on the job."""
    query = select(Candidate.email).join(Application, Application.candidate_id == Candidate.id)
    own = Application.job_id == job.id, Application.outcome == Outcome.ACTIVE, Candidate.email.in_(emails)
    return {email for email in session.scalars(query.where(*own)) if email is not None}


def _twice_active(planned: Sequence[PlannedApplication], active: set[str]) -> Iterator[BadLine]:
    """Applications of somebody who would be active on the job twice; whoever would be once is active now."""
    for application in planned:
        email = application.case.email
        if email is None:
            continue
        if email in active:
            problem = f"{email} has an active application on this job already."
            yield BadLine(application.case.events[0].line, problem, application.case.key)
        elif application.history.end.outcome is Outcome.ACTIVE:
            active.add(email)


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
