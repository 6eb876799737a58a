"""Random walks through the pipeline against a small model: 10,000 steps on each database.

A walk that only guesses is mostly refused, so one of its steps chooses among what the model allows, and goes
forward more often than back. The walks stand in parts that several processors share; each draws other steps.
"""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_actor, make_candidate, make_job
from tracker.domain.actors import Actor, Role
from tracker.domain.deciding import MoveRequest
from tracker.domain.moves import UNDOABLE, MoveKind, moves_from
from tracker.domain.requirements import Requirement
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Outcome, Stage
from tracker.models.applications import Application
from tracker.models.jobs import Job
from tracker.models.moves import StageCount
from tracker.queries.history import verify_history
from tracker.services.entries import open_application
from tracker.services.moves import make_move, move_many

OPENINGS = 2
STEPS, EXAMPLES, PARTS = 100, 25, 4
FORWARD_AGAIN = [MoveKind.ADVANCE, MoveKind.COMPLETE] * 3
KINDS = [kind for kind in MoveKind if kind not in (MoveKind.APPLY, MoveKind.IMPORT)]


@dataclass
class Expected:
    """What the model believes of one application."""

    stage: Stage = Stage.APPLICATION
    outcome: Outcome = Outcome.ACTIVE
    past: list[tuple[MoveKind, Stage, Outcome]] = field(default_factory=list)

    @property
    def version(self) -> int:
        return len(self.past) + 1

    def takes_opening(self) -> bool:
        return self.outcome is Outcome.HIRED or (
            self.outcome is Outcome.ACTIVE and self.stage is Stage.ONBOARDING
        )


class Pipeline(RuleBasedStateMachine):
    session: Session

    @initialize()
    def begin(self) -> None:
        self.session.rollback()
        self.actor: Actor = make_actor(self.session, Role.HR)
        self.job: Job = make_job(self.session, openings=OPENINGS)
        self.other: Job = make_job(self.session)
        self.applications: list[Application] = []
        self.expected: dict[int, Expected] = {}
        for _ in range(3):
            self.apply()

    def apply(self) -> None:
        candidate = make_candidate(self.session)
        application = open_application(self.session, self.job, candidate.id, actor=self.actor, source="x")
        self.applications.append(application)
        self.expected[application.id] = Expected()

    def request(self, kind: MoveKind, to: Stage | None) -> MoveRequest:
        return MoveRequest(
            kind,
            to=to,
            disposition={MoveKind.REJECT: "less_qualified", MoveKind.WITHDRAW: "salary"}.get(kind),
            text="a reason",
            override=frozenset(Requirement),
            override_reason="a walk at random",
        )

    def target(self, known: Expected, kind: MoveKind, to: Stage | None) -> tuple[Stage, Outcome] | None:
        """Where the model says the move leads, none if it must be refused."""
        if kind is MoveKind.UNDO:
            if not known.past or known.past[-1][0] not in UNDOABLE:
                return None
            place = known.past[-1][1:]
        else:
            edges = [e for e in moves_from(known.stage, known.outcome) if e.kind is kind]
            fitting = [e for e in edges if to in (None, e.to_stage)]
            if len(fitting) != 1:
                return None
            place = (fitting[0].to_stage, fitting[0].to_outcome)
        taken = sum(e.takes_opening() for e in self.expected.values())
        needs_one = Expected(*place).takes_opening() and not known.takes_opening()
        return None if needs_one and taken >= OPENINGS else place

    @rule(
        which=st.integers(0, 2),
        kind=st.sampled_from(KINDS),
        to=st.sampled_from([None, *Stage]),
        is_stale=st.sampled_from([False, False, False, False, True]),
    )
    def move(self, which: int, kind: MoveKind, to: Stage | None, is_stale: bool) -> None:
        if kind is not MoveKind.RETURN:
            to = None
        self.make(self.applications[which], kind, to, is_stale=is_stale)

    @rule(which=st.integers(0, 2), choice=st.integers(0, 10_000))
    def move_as_allowed(self, which: int, choice: int) -> None:
        application = self.applications[which]
        known = self.expected[application.id]
        earlier = list(Stage)[choice % len(Stage)]
        moves = [(kind, earlier if kind is MoveKind.RETURN else None) for kind in [*KINDS, *FORWARD_AGAIN]]
        allowed = [(kind, to) for kind, to in moves if self.target(known, kind, to) is not None]
        if allowed:
            self.make(application, *allowed[choice % len(allowed)])

    def make(
        self, application: Application, kind: MoveKind, to: Stage | None, *, is_stale: bool = False
    ) -> None:
        known = self.expected[application.id]
        place = None if is_stale else self.target(known, kind, to)
        try:
            with self.session.begin_nested():
                make_move(
                    self.session,
                    application.id,
                    self.request(kind, to),
                    actor=self.actor,
                    seen_stage=known.stage,
                    seen_version=known.version - is_stale,
                    to_job_id=self.other.id,
                )
            went = True
        except RuleBroken:
            self.session.refresh(application)
            went = False
        if kind is MoveKind.TRANSFER and place is not None and not went:
            place = None  # the candidate is active on the other job already
        assert went is (place is not None), (kind, to, known)
        if place is not None:
            known.past.append((kind, known.stage, known.outcome))
            known.stage, known.outcome = place

    @rule(kind=st.sampled_from([MoveKind.ADVANCE, MoveKind.REJECT]))
    def move_all(self, kind: MoveKind) -> None:
        seen = [(a, self.expected[a.id].stage, self.expected[a.id].version) for a in self.applications]
        results = move_many(self.session, seen, self.request(kind, None), actor=self.actor)
        for result in results:
            known = self.expected[result.application_id]
            place = self.target(known, kind, None)
            assert (result.move is not None) is (place is not None)
            if place is not None:
                known.past.append((kind, known.stage, known.outcome))
                known.stage, known.outcome = place

    @invariant()
    def rows_are_what_the_model_says(self) -> None:
        if not hasattr(self, "expected"):
            return
        for application in self.applications:
            known = self.expected[application.id]
            row = (application.version, application.stage, application.outcome)
            assert row == (known.version, known.stage, known.outcome)

    def teardown(self) -> None:
        assert verify_history(self.session)[2] is None
        kept = self.session.scalar(select(func.sum(StageCount.count)).where(StageCount.job_id == self.job.id))
        assert kept == len(self.applications)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_random_walks_agree_with_the_model(session: Session, part: int) -> None:
    class OnThisDatabase(Pipeline):
        pass

    OnThisDatabase.session = session
    run_state_machine_as_test(
        seed(part)(OnThisDatabase),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
