"""What a demonstration's stories share: its people and jobs, and one case with the moves made in it."""

import random
from collections import Counter
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from heapq import heapify, heappop, heappush

from sqlalchemy.orm import Session

from tracker import clock
from tracker.cli.demo_days import Diary, Story, after, at_work
from tracker.cli.demo_jobs import PostedJob
from tracker.cli.demo_people import Person
from tracker.cli.demo_words import NOTES, WITHDRAWALS
from tracker.config import Config
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.deciding import MoveRequest
from tracker.domain.dispositions import DISPOSITION_REASONS
from tracker.domain.moves import MoveKind
from tracker.domain.stages import Stage
from tracker.files import FileStore
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.services.applications import add_note
from tracker.services.moves import make_move

Chapter = Generator[datetime, None, bool]
"""A part of a story in one stage; it answers whether the application went on."""


class Scene(Enum):
    """Where a story stops on purpose, so that something waits for each of the people who look around."""

    READY_TO_MOVE = auto()
    CARD_DUE = auto()
    DEBRIEF_DUE = auto()
    OFFER_TO_APPROVE = auto()
    REPORT_TO_ASSESS = auto()
    STARTS_SOON = auto()


@dataclass(slots=True)
class World:
    """The people, jobs and files of one demonstration; `promised` counts offers made and not turned down."""

    session: Session
    store: FileStore
    config: Config
    now: datetime
    rita: Actor
    tomas: Actor
    hank: Actor
    olga: Actor
    ines: Actor
    interviewers: list[Actor]
    jobs: list[Job]
    posted: dict[int, PostedJob]
    diary: Diary = field(default_factory=Diary)
    promised: Counter[int] = field(default_factory=Counter)

    def is_full(self, job: Job) -> bool:
        """Whether one more offer would take the job's last opening, which stays free."""
        return self.promised[job.id] >= job.openings - 1


@dataclass(slots=True)
class Case:
    """One application in the telling; chance decides what happens, but for a scene."""

    world: World
    person: Person
    job: Job
    chance: random.Random
    scene: Scene | None = None
    is_answered: bool = True
    application: Application = field(init=False)

    @property
    def recruiter(self) -> Actor:
        """The recruiter who looks after the case."""
        return self.world.tomas if self.application.id % 4 == 0 and not self.scene else self.world.rita

    @property
    def candidate(self) -> Actor:
        """The candidate, acting on this application."""
        return Actor(ActorKind.CANDIDATE, application_id=self.application.id)

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases, 0 to 1; never in a scene."""
        return self.chance.random() < share and self.scene is None

    def lapse(self, days: float) -> datetime:
        """When people come to it: so many days from now on average, sooner in a scene."""
        if self.scene is not None:
            return after(self.chance.uniform(0.2, 0.6), self.chance)
        return after(0.1 + self.chance.expovariate(1 / days), self.chance)

    def lately(self, days: float) -> datetime:
        """As `lapse`, but in a scene no longer than so many days ago, for what waits has not waited long."""
        soonest = self.lapse(days)
        if self.scene is None:
            return soonest
        ago = self.world.now - timedelta(days=days)
        morning = at_work(ago, self.chance)
        return max(soonest, morning if morning < self.world.now else ago)

    def move(self, kind: MoveKind, actor: Actor, to_job: Job | None = None, **asked: object) -> None:
        """Make a move from where the application stands."""
        place = self.application
        make_move(
            self.world.session,
            place.id,
            MoveRequest(kind, **asked),  # type: ignore[arg-type]
            actor=actor,
            seen_stage=place.stage or Stage.APPLICATION,
            seen_version=place.version,
            to_job_id=to_job.id if to_job else None,
        )

    def advance(self, actor: Actor) -> bool:
        """Go on to the next stage, with a note now and then."""
        self.move(MoveKind.ADVANCE, actor)
        stage = self.application.stage
        if stage is not None and self.chance.random() < 0.15:
            add_note(self.world.session, self.application, self.chance.choice(NOTES[stage]), actor=actor)
        return True

    def reject(self, reason: str, actor: Actor, note: str | None = None) -> bool:
        """Reject for a reason of the list."""
        if DISPOSITION_REASONS[reason].needs_note and note is None:
            note = "Talked over with HR."
        self.move(MoveKind.REJECT, actor, disposition=reason, note=note)
        return False

    def withdraw(self) -> bool:
        """The candidate goes away, for a reason that fits the stage."""
        reasons = list(WITHDRAWALS)
        reason = self.chance.choice(
            reasons if self.application.stage is not Stage.APPLICATION else reasons[:5]
        )
        self.move(MoveKind.WITHDRAW, self.candidate, disposition=reason, note=WITHDRAWALS[reason])
        return False


def together(stories: Iterable[Story]) -> Story:
    """Several stories told as one, in the order of their times."""
    waiting = [(at, number, story) for number, story in enumerate(stories) if (at := next(story, None))]
    heapify(waiting)
    while waiting:
        at, number, story = heappop(waiting)
        yield at
        goes_on_at = next(story, None)
        if goes_on_at is not None:
            heappush(waiting, (goes_on_at, number, story))


def in_minutes(minutes: int) -> datetime:
    """So many minutes from now."""
    return clock.now() + timedelta(minutes=minutes)
