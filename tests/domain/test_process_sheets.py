from datetime import date

import pytest

from tracker.domain.facts import Facts
from tracker.domain.job_setups import SetupFacts
from tracker.domain.move_table import table_rows
from tracker.domain.moves import FORWARD_EDGES, MoveKind
from tracker.domain.process_sheets import OWNERS, other_moves, process_steps
from tracker.domain.requirements import CHECKS, REQUIREMENT_LABELS, Requirement
from tracker.domain.stages import STAGE_LABELS, TARGET_DAYS, Outcome, Stage


def test_sheet_has_the_six_stages_with_the_needs_of_the_table() -> None:
    steps = process_steps(SetupFacts(), {})
    assert [step.stage for step in steps] == [STAGE_LABELS[stage] for stage in Stage]
    assert steps[-1].to == "Hired"
    edges = [edge for edge in FORWARD_EDGES if edge.kind in (MoveKind.ADVANCE, MoveKind.COMPLETE)]
    for step, edge in zip(steps, edges, strict=True):
        assert [need.what for need in step.needs] == [REQUIREMENT_LABELS[need] for need in edge.needs]


def test_sheet_and_table_tell_every_move_together() -> None:
    moves = {row.move for row in table_rows()}
    assert {row.move for row in other_moves()} | {"advance", "complete"} == moves


def test_target_days_of_the_job_stand_before_the_usual_ones() -> None:
    steps = process_steps(SetupFacts(), {Stage.OFFER: 99})
    days = {step.stage: step.target_days for step in steps}
    assert days[STAGE_LABELS[Stage.OFFER]] == 99
    assert days[STAGE_LABELS[Stage.SCREENING]] == TARGET_DAYS[Stage.SCREENING]


def test_needs_say_what_they_are_for_this_job_and_who_sees_to_them_by_name() -> None:
    facts = SetupFacts(
        recruiters=("Rita", "Rob"),
        hiring_managers=("Hank",),
        rounds=3,
        rubric_version=2,
        ratings_required=1,
        references_required=0,
        needs_background_check=True,
        needs_screening_call=False,
    )
    told = {need.what: need for step in process_steps(facts, {}) for need in step.needs}
    assert told["every planned round held"].detail == "3 planned rounds"
    assert told["every planned round held"].owner == "recruiter: Rita, Rob"
    assert told["debrief decision to advance"].owner == "hiring manager: Hank"
    assert told["every required competency rated by enough people"].detail == (
        "1 independent rating each; rubric version 2"
    )
    assert told["references"].detail == "no reference"
    assert told["background check"].detail == "asked for"
    assert told["screening call"].detail == "not needed"
    assert told["résumé review"].detail == "against no minimum qualification"


LACKING = Facts(
    application_id=1,
    job_id=1,
    stage=Stage.INTERVIEW,
    outcome=Outcome.ACTIVE,
    version=1,
    openings_free=0,
    has_other_active=True,
    unanswered=("Can you start?",),
    rounds_planned=2,
    cards_expected=1,
    cards_due=((1, "Panel by Ines"),),
    under_rated=("Orders",),
    needs_background_check=True,
    pre_adverse_wait_until=date(2026, 12, 1),
    has_open_offer=True,
    open_tasks=("Contract",),
)


def facts_for(need: Requirement) -> Facts:
    """Facts that lack everything; only an open offer and the lack of one cannot be together."""
    return LACKING._replace(has_open_offer=need is Requirement.NO_OPEN_OFFER)


@pytest.mark.parametrize("need", Requirement)
def test_owner_on_the_sheet_is_the_owner_that_a_checklist_names(need: Requirement) -> None:
    missing = CHECKS[need](facts_for(need), date(2026, 11, 23))
    assert missing is not None
    assert OWNERS[need] is missing.owner


def test_every_requirement_has_an_owner() -> None:
    assert set(OWNERS) == set(Requirement)
