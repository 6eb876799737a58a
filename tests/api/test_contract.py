"""The description is honest: whatever is asked, as whoever, the answer is one that it names."""

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests.api.conftest import People, Program, team_job
from tests.factories import actor_of, make_application
from tests.interviewing import KEYS, schedule
from tracker import clock
from tracker.db import Database
from tracker.domain.actors import SYSTEM
from tracker.domain.offers import SalaryPeriod
from tracker.domain.stages import STAGES, Stage
from tracker.models.users import User
from tracker.services.offers import draft_offer
from tracker.services.onboarding import start_onboarding

load_all_checks()
ASKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)
EXAMPLES = 8
PATIENT = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@pytest.fixture
def ids(database: Database, programs: dict[str, Program], people: People) -> dict[str, list[int]]:
    """Some of everything, so that what is asked at random often meets something real."""
    with database.writing() as session:
        job = team_job(session, people, openings=50)
        applications = {stage: make_application(session, job, stage=stage) for stage in STAGES}
        ines = actor_of(session, session.get_one(User, people["ines"]))
        interview = schedule(session, applications[Stage.INTERVIEW], ines, actor=SYSTEM, competencies=KEYS)
        offer = draft_offer(
            session,
            applications[Stage.OFFER],
            salary_cents=3_000_000,
            currency="USD",
            period=SalaryPeriod.YEAR,
            starts_on=clock.today() + timedelta(days=9),
            expires_at=clock.now() + timedelta(days=9),
            actor=SYSTEM,
        )
        onboarding = applications[Stage.ONBOARDING]
        tasks = start_onboarding(session, onboarding, starts_on=clock.today(), actor=SYSTEM)
        return {
            "job_id": [job.id],
            "application_id": [application.id for application in applications.values()],
            "candidate_id": [onboarding.candidate_id],
            "interview_id": [interview.id],
            "offer_id": [offer.id],
            "task_id": [task.id for task in tasks],
            "rubric_id": [interview.rubric_id],
        }


def statuses_of(
    operation: Any, mode: GenerationMode, tokens: list[str], ids: dict[str, list[int]]
) -> set[int]:
    """Ask an operation at random; each answer must be one that the description names."""
    statuses = set()

    @PATIENT
    @given(data=st.data())
    def ask(data: Any) -> None:
        case = data.draw(operation.as_strategy(generation_mode=mode))
        for name in case.path_parameters:
            if name in ids and data.draw(st.integers(0, 3)):
                case.path_parameters[name] = data.draw(st.sampled_from(ids[name]))
        headers = {"Authorization": f"Bearer {data.draw(st.sampled_from(tokens))}"}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=ASKED, headers=headers)
        statuses.add(answer.status_code)

    try:
        ask()
    except Unsatisfiable:
        # Nothing can be asked wrongly where nothing is asked.
        assert mode is GenerationMode.NEGATIVE
    return statuses


@pytest.mark.parametrize(
    ("mode", "database"),
    [
        (GenerationMode.POSITIVE, "sqlite"),
        (GenerationMode.NEGATIVE, "sqlite"),
        pytest.param(GenerationMode.POSITIVE, "postgresql", marks=pytest.mark.postgres),
    ],
    indirect=["database"],
)
def test_no_answer_is_left_out_of_the_description(
    app: Flask, programs: dict[str, Program], ids: dict[str, list[int]], mode: GenerationMode
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    tokens = [program.token for program in programs.values()]
    seen = [statuses_of(found.ok(), mode, tokens, ids) for found in schema.get_all_operations()]
    assert len(seen) >= 30
    # At random most calls are refused, but not all.
    assert {200, 403, 404, 422} <= set[int]().union(*seen)
