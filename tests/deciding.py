"""An application of which everything holds, and the people who may or may not move it."""

from datetime import UTC, datetime

from tracker.domain.actors import Actor, ActorKind, Role, TeamRole
from tracker.domain.facts import Facts
from tracker.domain.stages import Outcome, Stage

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
READY = {
    "has_contact_data": True,
    "has_consent_notice": True,
    "has_resume_or_profile": True,
    "resume_review_passed": True,
    "is_screening_call_done": True,
    "rounds_planned": 2,
    "rounds_held": 2,
    "cards_expected": 2,
    "debrief_advances": True,
    "references_received": 2,
    "is_offer_approved": True,
    "is_offer_sent": True,
    "is_offer_accepted": True,
    "starts_on": NOW.date(),
}
RITA = Actor(ActorKind.USER, id=1, roles=frozenset({Role.RECRUITER}))
HANK = Actor(
    ActorKind.USER,
    id=2,
    roles=frozenset({Role.HIRING_MANAGER}),
    teams={1: frozenset({TeamRole.HIRING_MANAGER})},
)
OTHER_MANAGER = Actor(ActorKind.USER, id=3, roles=frozenset({Role.HIRING_MANAGER}))
INES = Actor(
    ActorKind.USER, id=4, roles=frozenset({Role.INTERVIEWER}), teams={1: frozenset({TeamRole.INTERVIEWER})}
)
OLGA = Actor(ActorKind.USER, id=5, roles=frozenset({Role.HR}))
CANDIDATE = Actor(ActorKind.CANDIDATE, application_id=7)
STRANGER = Actor(ActorKind.CANDIDATE, application_id=8)


def facts(stage: Stage, outcome: Outcome = Outcome.ACTIVE, **more: object) -> Facts:
    return Facts(application_id=7, job_id=1, stage=stage, outcome=outcome, version=3, **{**READY, **more})
