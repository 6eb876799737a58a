"""Lists and permissions agree: for every persona, each select holds exactly what `can` allows."""

import pytest
from sqlalchemy import insert, select

from tests.factories import (
    AN_INSTANT,
    actor_of,
    join_team,
    make_application,
    make_candidate,
    make_job,
    make_user,
)
from tracker.domain.actors import SYSTEM, Actor, ActorKind, Role, TeamRole
from tracker.domain.interview_plans import InterviewKind
from tracker.domain.permissions import Permission, Subject, can
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.files import FileKind, StoredFile
from tracker.models.interviews import Interview, InterviewStatus, PanelMember
from tracker.models.jobs import Job
from tracker.models.rubrics import Rubric, RubricStatus
from tracker.queries import visible

PERSONAS = ["rita", "hank", "ines", "olga", "stranger", "former manager", "system", "candidate"]


class Office:
    """Hank manages and Ines interviews on the first job; both also sit on a panel of the second."""

    def __init__(self, session):
        self.session = session
        self.jobs = [make_job(session), make_job(session), make_job(session)]
        users = {
            "rita": make_user(session, "Rita", Role.RECRUITER),
            "hank": make_user(session, "Hank", Role.HIRING_MANAGER, Role.INTERVIEWER),
            "ines": make_user(session, "Ines", Role.INTERVIEWER),
            "olga": make_user(session, "Olga", Role.HR),
            "stranger": make_user(session, "Sam"),
            "former manager": make_user(session, "Fay"),
        }
        join_team(session, self.jobs[0], users["hank"], TeamRole.HIRING_MANAGER)
        join_team(session, self.jobs[1], users["hank"], TeamRole.INTERVIEWER)
        join_team(session, self.jobs[0], users["ines"], TeamRole.INTERVIEWER)
        join_team(session, self.jobs[1], users["former manager"], TeamRole.HIRING_MANAGER)
        self.rubrics = [self.publish(job, users["olga"]) for job in self.jobs]
        self.applications = [make_application(session, job) for job in self.jobs for _ in range(2)]
        make_candidate(session)
        for place, name, status in (
            (0, "ines", InterviewStatus.HELD),
            (2, "ines", InterviewStatus.SCHEDULED),
            (2, "hank", InterviewStatus.HELD),
            (3, "ines", InterviewStatus.CANCELLED),
            (4, "rita", InterviewStatus.HELD),
        ):
            self.interview(self.applications[place], users[name], status)
        for number, application in enumerate(self.applications):
            for kind in FileKind:
                self.file(f"{number}{kind}", kind, application.candidate_id, application.id)
            self.file(f"{number}alone", FileKind.RESUME, application.candidate_id, None)
        session.flush()
        self.actors = {name: actor_of(session, user) for name, user in users.items()}
        self.actors["system"] = SYSTEM
        self.actors["candidate"] = Actor(ActorKind.CANDIDATE, application_id=self.applications[0].id)

    def publish(self, job, user):
        rubric = Rubric(job_id=job.id, number=1, title="Clerks", content={}, created_at=AN_INSTANT)
        rubric.created_by = user.name
        self.session.add(rubric)
        self.session.flush()
        rubric.status, rubric.content_hash = RubricStatus.PUBLISHED, "0" * 64
        rubric.published_at, rubric.published_by_id = AN_INSTANT, user.id
        self.session.flush()
        return rubric

    def interview(self, application, user, status):
        rubric = self.rubrics[self.jobs.index(application.job)]
        row = Interview(
            application_id=application.id,
            rubric_id=rubric.id,
            kind=InterviewKind.IN_PERSON,
            title="Desk visit",
            starts_at=AN_INSTANT,
            minutes=45,
            status=status,
            created_at=AN_INSTANT,
            created_by="system",
        )
        self.session.add(row)
        self.session.flush()
        self.session.execute(insert(PanelMember), [{"interview_id": row.id, "user_id": user.id}])

    def file(self, key, kind, candidate_id, application_id):
        row = StoredFile(
            key=key, candidate_id=candidate_id, application_id=application_id, kind=kind, name="cv.pdf"
        )
        row.media_type, row.size, row.sha256 = "application/pdf", 9, "0" * 64
        row.uploaded_by, row.created_at = "system", AN_INSTANT
        self.session.add(row)

    def panel(self, *conditions):
        return frozenset(self.session.scalars(select(PanelMember.user_id).join(Interview).where(*conditions)))

    def subject(self, application):
        held = Interview.status != InterviewStatus.CANCELLED
        return Subject(
            job_id=application.job_id,
            application_id=application.id,
            panel=self.panel(Interview.application_id == application.id, held),
        )


@pytest.fixture
def office(session):
    return Office(session)


def everything(session, model):
    return session.scalars(select(model).order_by(model.id)).all()


def shown(session, statement, among):
    ids = {row.id for row in among}
    return sorted(row.id for row in session.scalars(statement) if row.id in ids)


@pytest.mark.parametrize("persona", PERSONAS)
def test_lists_show_exactly_what_the_table_of_permissions_allows(session, office, persona):
    actor = office.actors[persona]
    subjects = {row.id: office.subject(row) for row in office.applications}

    jobs = [j for j in office.jobs if can(actor, Permission.JOB_READ, Subject(job_id=j.id))]
    assert shown(session, visible.jobs(actor), office.jobs) == [j.id for j in jobs]

    seen = [a for a in office.applications if can(actor, Permission.APPLICATION_READ, subjects[a.id])]
    assert shown(session, visible.applications(actor), office.applications) == [a.id for a in seen]

    people = {
        c.id
        for c in everything(session, Candidate)
        if can(actor, Permission.CANDIDATE_READ)
        or any(
            can(actor, Permission.CANDIDATE_READ, subjects[a.id])
            for a in office.applications
            if a.candidate_id == c.id
        )
    }
    assert {c.id for c in session.scalars(visible.candidates(actor))} == people

    sessions = [
        i.id
        for i in everything(session, Interview)
        if can(
            actor,
            Permission.INTERVIEW_READ,
            Subject(job_id=i.application.job_id, panel=office.panel(Interview.id == i.id)),
        )
    ]
    assert shown(session, visible.interviews(actor), everything(session, Interview)) == sessions

    rubrics = [
        r.id
        for r in office.rubrics
        if can(
            actor,
            Permission.RUBRIC_READ,
            Subject(
                job_id=r.job_id,
                panel=office.panel(
                    Interview.rubric_id == r.id, Interview.status != InterviewStatus.CANCELLED
                ),
            ),
        )
    ]
    assert shown(session, visible.rubrics(actor), office.rubrics) == rubrics

    files = [
        f.id
        for f in everything(session, StoredFile)
        if any(
            can(actor, visible.FILE_PERMISSIONS[f.kind], subjects[a.id])
            for a in office.applications
            if f.application_id == a.id or (f.application_id is None and f.candidate_id == a.candidate_id)
        )
    ]
    assert shown(session, visible.files(actor), everything(session, StoredFile)) == files


def test_each_persona_sees_as_much_as_the_design_says(session, office):
    counts = {
        name: tuple(
            len(session.scalars(listed(actor)).all())
            for listed in (visible.jobs, visible.applications, visible.interviews, visible.rubrics)
        )
        for name, actor in office.actors.items()
    }
    everywhere = tuple(len(everything(session, model)) for model in (Job, Application, Interview, Rubric))
    assert counts == {
        "rita": everywhere,
        "olga": everywhere,
        "system": everywhere,
        "hank": (2, 3, 2, 2),
        "ines": (1, 2, 3, 2),
        "stranger": (0, 0, 0, 0),
        "former manager": (1, 0, 0, 1),
        "candidate": (0, 0, 0, 0),
    }


def test_an_interviewer_reads_no_report_and_no_onboarding_paper(session, office):
    kinds = {row.kind for row in session.scalars(visible.files(office.actors["ines"]))}
    assert kinds == {FileKind.RESUME, FileKind.OTHER}
