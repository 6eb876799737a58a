"""The pages of structured interviews beside the tracker's own board: a debrief of eight people, a scorecard.

Both are of ten competencies. The board stands in the floor's place, so that the ratio tells how many times a
board each page takes.
"""

import shutil
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from tests.bench.floor_data import MEASURED_JOB, SURNAMES
from tests.bench.once import SMALLEST, framework_of
from tests.bench.tracker_data import PASSWORD, RITA, tracker_file
from tests.bench.tracker_side import TrackerSide
from tests.bench.works import Work, page
from tests.factories import actor_of
from tests.interviewing import CLERKS, KEYS, hand_in, schedule
from tracker.db import Database
from tracker.domain.actors import SYSTEM, Role
from tracker.domain.frameworks import Level
from tracker.domain.rubrics import generate_rubric
from tracker.domain.stages import Stage
from tracker.models.applications import Application
from tracker.models.users import User
from tracker.services.users import add_user

INTERVIEWERS, ROWS = 8, 10
TIMES_A_BOARD = 3.0


def interview_works(home: Path) -> list[Work]:
    """The works over a database of their own, made anew each time."""
    path = home / "interviews.sqlite"
    for leftover in home.glob(f"{path.name}*"):
        leftover.unlink()
    shutil.copy(tracker_file(home, SMALLEST), path)
    database = Database.at(f"sqlite:///{path}")
    with database.writing() as session:
        debriefed, interview = interview_widely(session)
    database.engine.dispose()
    side = TrackerSide(path)
    board = page(side.caller, f"/jobs/{MEASURED_JOB}")
    wide = replace(CLERKS, levels={level: tuple(said) for level, said in framework_of(300).items()})
    width = f"{INTERVIEWERS} people × {ROWS} rows"
    return [
        Work(
            f"debrief, {width}: to the board",
            board,
            page(side.caller, f"/applications/{debriefed}/debrief"),
            TIMES_A_BOARD,
        ),
        Work(
            f"scorecard, {ROWS} rows: to the board",
            board,
            page(side.caller, f"/interviews/{interview}/scorecard"),
            TIMES_A_BOARD,
        ),
        Work(
            "rubric of 4 × 10 statements",
            None,
            lambda: len(generate_rubric(CLERKS, target_level=Level.EMERGING).competencies),
            most_ms=300,
        ),
        Work(
            "rubric of 4 × 300 statements",
            None,
            lambda: len(generate_rubric(wide, target_level=Level.EMERGING).competencies),
            most_ms=10_000,
        ),
    ]


def interview_widely(session: Session) -> tuple[int, int]:
    """An application with eight cards, and a session in which Rita still owes hers on another one.

    Answers the number of that application and of that session.
    """
    first, second = session.query(Application).filter_by(job_id=MEASURED_JOB, stage=Stage.INTERVIEW).limit(2)
    people = [
        add_user(
            session,
            email=f"wide{number}@example.org",
            name=f"Ivan {SURNAMES[number]}",
            roles=[Role.INTERVIEWER],
            password=PASSWORD,
            actor=SYSTEM,
        )
        for number in range(INTERVIEWERS)
    ]
    for value, user in enumerate(people):
        person = actor_of(session, user)
        held = schedule(session, first, person, actor=SYSTEM, competencies=KEYS[:ROWS])
        hand_in(session, held, person, value % 4 + 1)
    rita = actor_of(session, session.query(User).filter_by(email=RITA).one())
    owed = schedule(session, second, rita, actor=SYSTEM, competencies=KEYS[:ROWS])
    return first.id, owed.id
