"""The table of moves, cell by cell: every stage, outcome, move and role, generated from the table."""

from datetime import timedelta
from itertools import pairwise, product

import pytest

from tests.deciding import CANDIDATE, HANK, INES, NOW, OLGA, OTHER_MANAGER, RITA, STRANGER, facts
from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.deciding import (
    IllegalMove,
    MoveRequest,
    NotPermitted,
    RequirementsUnmet,
    decide,
    move_options,
)
from tracker.domain.dispositions import reasons_for
from tracker.domain.move_table import as_markdown
from tracker.domain.moves import (
    EDGES,
    FORWARD_EDGES,
    IMPORT_EDGES,
    MoveKind,
    Party,
    moves_from,
)
from tracker.domain.requirements import (
    CHECKS,
    NEVER_OVERRIDDEN,
    REQUIREMENT_LABELS,
    Owner,
    Requirement,
    unmet,
)
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import STAGES, JobStatus, Outcome, Stage

CAPACITY = [
    (RITA, Party.RECRUITER),
    (HANK, Party.HIRING_MANAGER),
    (OTHER_MANAGER, None),
    (INES, None),
    (OLGA, Party.HR),
    (CANDIDATE, Party.CANDIDATE),
    (STRANGER, None),
    (SYSTEM, Party.SYSTEM),
]
KINDS = [MoveKind.ADVANCE, MoveKind.COMPLETE, MoveKind.RETURN, MoveKind.REJECT, MoveKind.WITHDRAW,
         MoveKind.REOPEN, MoveKind.TRANSFER]  # fmt: skip


def request(kind: MoveKind, to: Stage | None = None) -> MoveRequest:
    disposition = {MoveKind.REJECT: "less_qualified", MoveKind.WITHDRAW: "salary"}.get(kind)
    return MoveRequest(kind, to=to, disposition=disposition, text="because")


@pytest.mark.parametrize(("actor", "party"), CAPACITY)
@pytest.mark.parametrize(("stage", "outcome", "kind"), list(product(STAGES, Outcome, KINDS)))
def test_every_cell_of_the_table(
    stage: Stage, outcome: Outcome, kind: MoveKind, actor: Actor, party: Party | None
) -> None:
    edges = [e for e in FORWARD_EDGES if (e.from_stage, e.from_outcome, e.kind) == (stage, outcome, kind)]
    for to in STAGES:
        edge = next((e for e in edges if e.to_stage is to), None)
        if edge is not None and party in edge.who:
            made, overridden = decide(facts(stage, outcome), request(kind, to), actor=actor, now=NOW)
            assert made.key == edge.key
            assert overridden == ()
        else:
            with pytest.raises((NotPermitted, IllegalMove)) as refused:
                decide(facts(stage, outcome), request(kind, to), actor=actor, now=NOW)
            if edge is not None:
                assert refused.type is NotPermitted


def test_advance_goes_one_stage_and_no_further() -> None:
    steps = {(e.from_stage, e.to_stage) for e in FORWARD_EDGES if e.kind is MoveKind.ADVANCE}
    assert steps == set(pairwise(STAGES))


def test_closed_applications_only_reopen() -> None:
    for stage, outcome in product(STAGES, (Outcome.REJECTED, Outcome.WITHDRAWN)):
        assert {e.kind for e in moves_from(stage, outcome)} == {MoveKind.REOPEN}
        assert moves_from(stage, Outcome.HIRED) == ()


def test_no_two_edges_are_the_same() -> None:
    assert len({e.key for e in EDGES}) == len(EDGES)
    assert len(IMPORT_EDGES) == 25 * 24 - 24


@pytest.mark.parametrize(
    "edge",
    [e for e in FORWARD_EDGES if e.needs],
    ids=lambda e: f"{e.kind}-{e.from_stage}-{e.to_stage}-{e.from_outcome}",
)
def test_each_need_alone_stops_the_move(edge) -> None:  # type: ignore[no-untyped-def]
    breaks = {
        Requirement.CONTACT_DATA: {"has_contact_data": False},
        Requirement.CONSENT_NOTICE: {"has_consent_notice": False},
        Requirement.RESUME_OR_PROFILE: {"has_resume_or_profile": False},
        Requirement.REQUIRED_ANSWERS: {"unanswered": ("Can you start in May?",)},
        Requirement.RESUME_REVIEW: {"resume_review_passed": None},
        Requirement.SCREENING_CALL: {"is_screening_call_done": False},
        Requirement.ROUNDS_HELD: {"rounds_held": 1},
        Requirement.SCORECARDS: {"cards_due": ((9, "Panel by Ines"),)},
        Requirement.COMPETENCIES_RATED: {"under_rated": ("Complaints",)},
        Requirement.DEBRIEF: {"debrief_advances": None},
        Requirement.REFERENCES: {"references_received": 1},
        Requirement.BACKGROUND_CHECK: {"needs_background_check": True},
        Requirement.OFFER_APPROVED: {"is_offer_approved": False},
        Requirement.OFFER_ACCEPTED: {"is_offer_accepted": False},
        Requirement.OPENING_FREE: {"openings_free": 0},
        Requirement.NO_OTHER_ACTIVE: {"has_other_active": True},
        Requirement.ONBOARDING_TASKS: {"open_tasks": ("Meet the team",)},
        Requirement.START_DATE: {"starts_on": NOW.date() + timedelta(days=1)},
        Requirement.NO_OPEN_OFFER: {"has_open_offer": True},
        Requirement.PRE_ADVERSE_WAIT: {"pre_adverse_wait_until": NOW.date() + timedelta(days=1)},
    }
    assert edge.from_stage is not None
    assert edge.from_outcome is not None
    for need in edge.needs:
        standing = facts(edge.from_stage, edge.from_outcome, **breaks[need])
        with pytest.raises(RequirementsUnmet) as refused:
            decide(standing, request(edge.kind, edge.to_stage), actor=OLGA, now=NOW)
        assert [m.requirement for m in refused.value.unmet] == [need]
        override = MoveRequest(
            edge.kind, to=edge.to_stage, disposition=request(edge.kind).disposition, text="because",
            override=frozenset({need}), override_reason="a reason",
        )  # fmt: skip
        if need in NEVER_OVERRIDDEN:
            with pytest.raises(RequirementsUnmet):
                decide(standing, override, actor=OLGA, now=NOW)
        else:
            assert decide(standing, override, actor=OLGA, now=NOW)[1] == (need,)
        with pytest.raises(NotPermitted):
            decide(standing, override, actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    "need", [Requirement.SCORECARDS, Requirement.COMPETENCIES_RATED, Requirement.DEBRIEF]
)
@pytest.mark.parametrize("others", [{}, {"under_rated": ("Complaints",), "debrief_advances": None}])
def test_who_owes_a_card_overrides_nothing_about_cards_and_learns_nothing(need, others) -> None:  # type: ignore[no-untyped-def]
    own = ((OLGA.id, "Panel by Olga"),)
    standing = facts(Stage.INTERVIEW, cards_due=own, **others)
    override = MoveRequest(MoveKind.ADVANCE, override=frozenset({need}), override_reason="a reason")
    with pytest.raises(RequirementsUnmet) as refused:
        decide(standing, override, actor=OLGA, now=NOW)
    assert [m.detail for m in refused.value.unmet] == ["your scorecard is due"]


@pytest.mark.parametrize("status", [s for s in JobStatus if s is not JobStatus.OPEN])
def test_only_an_open_job_lets_applications_forward(status: JobStatus) -> None:
    with pytest.raises(IllegalMove):
        decide(facts(Stage.SCREENING, job_status=status), request(MoveKind.ADVANCE), actor=RITA, now=NOW)
    assert decide(facts(Stage.SCREENING, job_status=status), request(MoveKind.REJECT), actor=RITA, now=NOW)


def test_whoever_owes_a_card_learns_only_that() -> None:
    standing = facts(
        Stage.INTERVIEW,
        cards_due=((HANK.id, "Panel by Hank"), (9, "Panel by Ines")),
        under_rated=("Complaints",),
        debrief_advances=None,
    )
    options = move_options(standing, HANK, NOW)
    advance = next(o for o in options if o.edge.kind is MoveKind.ADVANCE)
    assert [(m.detail, m.owner) for m in advance.unmet] == [("your scorecard is due", Owner.YOU)]
    with pytest.raises(RequirementsUnmet) as refused:
        decide(standing, MoveRequest(MoveKind.ADVANCE), actor=HANK, now=NOW)
    assert "Ines" not in str(refused.value.unmet) + refused.value.message


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (MoveRequest(MoveKind.REJECT), "disposition"),
        (MoveRequest(MoveKind.REJECT, disposition="salary"), "disposition"),
        (MoveRequest(MoveKind.REJECT, disposition="references"), "note"),
        (MoveRequest(MoveKind.WITHDRAW, disposition="less_qualified"), "disposition"),
        (MoveRequest(MoveKind.RETURN, to=Stage.APPLICATION, text="  "), "text"),
        (MoveRequest(MoveKind.RETURN, text="why"), "to"),
        (MoveRequest(MoveKind.ADVANCE, override=frozenset({Requirement.DEBRIEF})), "override_reason"),
    ],
)
def test_a_missing_reason_is_refused_at_its_field(wrong: MoveRequest, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide(facts(Stage.INTERVIEW), wrong, actor=OLGA, now=NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "closing",
    [
        MoveRequest(MoveKind.REJECT, disposition="failed_start", note="Did not come"),
        MoveRequest(MoveKind.WITHDRAW, disposition="did_not_start"),
    ],
    ids=lambda closing: closing.disposition,
)
def test_a_start_fails_in_onboarding_alone(stage: Stage, closing: MoveRequest) -> None:
    offered = {reason.key for outcome in Outcome for reason in reasons_for(outcome, stage)}
    assert (closing.disposition in offered) is (stage is Stage.ONBOARDING)
    if stage is Stage.ONBOARDING:
        decide(facts(stage), closing, actor=OLGA, now=NOW)
        return
    with pytest.raises(RuleBroken, match="belongs to Onboarding alone") as refused:
        decide(facts(stage), closing, actor=OLGA, now=NOW)
    assert refused.value.field == "disposition"


ADVERSE = {"is_report_adverse": True, "pre_adverse_wait_until": NOW.date()}
FOR_THE_REPORT = MoveRequest(
    MoveKind.REJECT,
    disposition="background_check",
    note="Assessed for this job",
    override=frozenset({Requirement.PRE_ADVERSE_WAIT}),
    override_reason="We do not want to wait",
)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "known", [{}, {"is_report_adverse": True}, {"pre_adverse_wait_until": NOW.date()}], ids=str
)
def test_rejecting_for_the_report_needs_its_steps(stage: Stage, known: dict[str, object]) -> None:
    with pytest.raises(RuleBroken) as refused:
        decide(facts(stage, **known), FOR_THE_REPORT, actor=OLGA, now=NOW)
    assert refused.value.field == "disposition"
    assert decide(facts(stage, **ADVERSE), FOR_THE_REPORT, actor=OLGA, now=NOW)[1] == ()


@pytest.mark.parametrize("stage", STAGES)
def test_nobody_shortens_the_wait_to_reject_for_the_report(stage: Stage) -> None:
    waiting = facts(stage, **{**ADVERSE, "pre_adverse_wait_until": NOW.date() + timedelta(days=1)})
    with pytest.raises(RequirementsUnmet) as refused:
        decide(waiting, FOR_THE_REPORT, actor=OLGA, now=NOW)
    assert [m.requirement for m in refused.value.unmet] == [Requirement.PRE_ADVERSE_WAIT]


def test_every_requirement_is_checked_and_named() -> None:
    assert set(CHECKS) == set(REQUIREMENT_LABELS) == set(Requirement)


def test_background_check_asks_step_by_step() -> None:
    steps = [
        {},
        {"is_disclosure_sent": True},
        {"has_background_consent": True},
        {"is_background_cleared": False},
        {"is_background_cleared": True},
    ]
    known: dict[str, object] = {"needs_background_check": True}
    owners = []
    for step in steps:
        known |= step
        missing = unmet((Requirement.BACKGROUND_CHECK,), facts(Stage.REFERENCES, **known), NOW.date())
        owners.append(missing[0].owner if missing else None)
    assert owners == [Owner.RECRUITER, Owner.CANDIDATE, Owner.RECRUITER, Owner.HR, None]


def test_the_printed_table_has_a_row_for_every_kind_of_move() -> None:
    printed = as_markdown()
    assert all(f"| {kind} |" in printed for kind in MoveKind)
    assert printed.count("| advance |") == 5


@pytest.mark.parametrize(("actor", "party"), CAPACITY)
@pytest.mark.parametrize(("stage", "outcome"), list(product(STAGES, Outcome)))
@pytest.mark.parametrize("kind", [MoveKind.APPLY, MoveKind.IMPORT])
def test_nobody_applies_or_imports_by_moving(
    kind: MoveKind, stage: Stage, outcome: Outcome, actor: Actor, party: Party | None
) -> None:
    for to in (None, *STAGES):
        with pytest.raises((NotPermitted, IllegalMove)):
            decide(facts(stage, outcome), request(kind, to), actor=actor, now=NOW)


@pytest.mark.parametrize("status", JobStatus)
@pytest.mark.parametrize("kind", KINDS)
def test_each_move_at_each_status_of_the_job(kind: MoveKind, status: JobStatus) -> None:
    """Written by hand: what the status of the job lets through."""
    through = {
        MoveKind.ADVANCE: {JobStatus.OPEN},
        MoveKind.REOPEN: {JobStatus.OPEN},
        MoveKind.COMPLETE: {JobStatus.OPEN, JobStatus.FILLED},
    }.get(kind, set(JobStatus))
    stage = Stage.ONBOARDING if kind is MoveKind.COMPLETE else Stage.SCREENING
    outcome = Outcome.REJECTED if kind is MoveKind.REOPEN else Outcome.ACTIVE
    to = Stage.APPLICATION if kind is MoveKind.RETURN else None
    standing = facts(stage, outcome, job_status=status)
    if status in through:
        assert decide(standing, request(kind, to), actor=RITA, now=NOW)[0].kind is kind
        return
    with pytest.raises(IllegalMove, match="job"):
        decide(standing, request(kind, to), actor=RITA, now=NOW)
