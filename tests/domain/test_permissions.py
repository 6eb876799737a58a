"""Who may do what, each permission against one line written by hand, for people in and outside of a job."""

import pytest

from tests.deciding import CANDIDATE, HANK, INES, OLGA, OTHER_MANAGER, STRANGER
from tracker.domain.actors import SYSTEM, Actor, ActorKind, Role, TeamRole
from tracker.domain.permissions import Permission, Subject, can, can_for_some_job, policy_rows

RITA = Actor(
    ActorKind.USER, id=1, roles=frozenset({Role.RECRUITER}), teams={1: frozenset({TeamRole.RECRUITER})}
)
ROB = Actor(ActorKind.USER, id=6, roles=frozenset({Role.RECRUITER}))
IRA = Actor(ActorKind.USER, id=8, roles=frozenset({Role.INTERVIEWER}))
NOBODY = Actor(ActorKind.USER, id=9)
# Capitals are of the job, small letters are not: recruiter, hiring manager, interviewer; HR, system.
PEOPLE = {"R": RITA, "r": ROB, "M": HANK, "m": OTHER_MANAGER, "I": INES, "i": IRA, "H": OLGA, "S": SYSTEM}
OUTSIDE = (CANDIDATE, STRANGER)
OF_JOB = Subject(job_id=1, application_id=7, panel=frozenset({4}))

BY_HAND: dict[str, str] = {
    "RrMIHS": "job:read candidate:read application:read file:read interview:read rubric:read",
    "RrMmHS": "job:create user:read",
    "RrMHS": (
        "job:edit job:set_team job:set_plan posting:edit contact:read application:move history:read note:read"
        " note:create tag:set interview:schedule onboarding:read onboarding:record report:read report:export"
    ),
    "RrHS": (
        "job:change_status candidate:create candidate:edit candidate:merge candidate:import"
        " application:create application:transfer application:assign file:create screening:record"
        " reference:record background:record message:send"
    ),
    "RMHS": "offer:read",
    "RHS": "offer:draft offer:record",
    "RrMIH": "scorecard:read_others",
    "RrMH": "debrief:read",
    "I": "scorecard:submit",
    "MH": "debrief:decide offer:approve rubric:publish buddy:set",
    # Who is named, and nobody else: they are asked below.
    "": "buddy:read",
    "MHS": "rubric:edit agreement:read",
    "MmHS": "framework:import",
    "RrMmIiHS": "framework:read",
    "RrMmIiH": "view:save",
    "H": "requirement:override background:assess legal_hold:set decision_file:export erasure:settle",
    "HS": (
        "job:open history:import self_identification:report retention:read retention:decide user:manage"
        " audit:read outbox:read outbox:send mail_template:edit offer_rule:edit onboarding_template:edit"
        " notice:edit holidays:edit applicant_flow:read spend:edit"
    ),
}
WHO = {permission: who for who, names in BY_HAND.items() for permission in names.split()}
# What is closed to whoever owes a scorecard on the application.
CLOSED_TO_OWERS = {"note:read", "scorecard:read_others", "debrief:read"}


def test_every_permission_has_its_line() -> None:
    assert set(WHO) == {permission.value for permission in Permission}


@pytest.mark.parametrize("permission", Permission)
def test_each_permission_is_for_those_of_its_line(permission: Permission) -> None:
    may = {letter for letter, person in PEOPLE.items() if can(person, permission, OF_JOB)}
    assert may == set(WHO[permission.value])
    assert not any(can(person, permission, OF_JOB) for person in OUTSIDE)


@pytest.mark.parametrize("permission", Permission)
def test_whoever_owes_a_card_reads_nothing_that_tells_of_others(permission: Permission) -> None:
    owing = Subject(job_id=1, application_id=7, panel=frozenset({4}), owes_card=frozenset({1, 2, 4, 5, 6}))
    may = {letter for letter, person in PEOPLE.items() if can(person, permission, owing)}
    closed = set("RrMIH") if permission.value in CLOSED_TO_OWERS else set()
    assert may == set(WHO[permission.value]) - closed


@pytest.mark.parametrize("permission", Permission)
def test_nothing_of_a_job_is_open_to_those_whose_only_part_is_another_job(permission: Permission) -> None:
    elsewhere = Subject(job_id=2, application_id=9)
    lost = {"M": "m", "I": "i", "R": "r"}
    for own, other in lost.items():
        if own in WHO[permission.value] and other not in WHO[permission.value]:
            assert not can(PEOPLE[own], permission, elsewhere)


@pytest.mark.parametrize("permission", Permission)
def test_a_user_without_a_role_has_only_what_everyone_signed_in_has(permission: Permission) -> None:
    assert can(NOBODY, permission, OF_JOB) is (permission.value in ("framework:read", "view:save"))


@pytest.mark.parametrize(
    ("step", "approved_by", "drafted_by", "may"),
    [
        (None, (), None, "MH"),
        (None, (), 2, "H"),
        (None, (), 5, "M"),
        (Role.HR, (), 1, "H"),
        (Role.HIRING_MANAGER, (), 1, "M"),
        (Role.HR, (5,), 1, ""),
        (Role.HIRING_MANAGER, (5,), 1, "M"),
        (Role.HIRING_MANAGER, (2,), 1, ""),
        (Role.HR, (), 5, ""),
    ],
)
def test_an_offer_is_approved_by_who_the_step_asks_and_nobody_twice(
    step: Role | None, approved_by: tuple[int, ...], drafted_by: int | None, may: str
) -> None:
    offer = Subject(job_id=1, drafted_by=drafted_by, approved_by=frozenset(approved_by), step=step)
    who = {letter for letter, person in PEOPLE.items() if can(person, Permission.OFFER_APPROVE, offer)}
    assert who == set(may)


def test_a_new_hire_is_known_to_their_buddy_and_to_no_other() -> None:
    hire = Subject(job_id=1, application_id=7, buddy=IRA.id)
    who = {letter for letter, person in PEOPLE.items() if can(person, Permission.BUDDY_READ, hire)}
    assert who == {"i"}


@pytest.mark.parametrize(
    ("person", "permission", "may"),
    [
        (HANK, Permission.OFFER_READ, True),
        (OTHER_MANAGER, Permission.OFFER_READ, False),
        (ROB, Permission.OFFER_READ, False),
        (OLGA, Permission.OFFER_READ, True),
        (INES, Permission.NOTE_READ, False),
    ],
)
def test_a_section_opens_for_who_has_one_job_in_it(person: Actor, permission: Permission, may: bool) -> None:
    assert can_for_some_job(person, permission) is may


def test_the_policy_is_told_in_words() -> None:
    rows = dict(policy_rows())
    assert rows["offer:draft"] == "the recruiter of the job, or HR, or the command line"
    assert set(rows) == {permission.value for permission in Permission}
