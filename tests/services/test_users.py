"""Accounts: passwords, roles, and the last of HR."""

import pytest
from sqlalchemy import select

from tests.factories import make_job, make_user
from tracker.domain.actors import SYSTEM, Role, TeamRole
from tracker.domain.passwords import check_password
from tracker.domain.rules import RuleBroken
from tracker.models.audit import AuditEntry
from tracker.models.jobs import TeamMember
from tracker.models.users import ApiToken, LoginSession
from tracker.queries.users import actor_of
from tracker.services import passwords, sign_ins, users

GOOD = "seven quiet lanterns"


@pytest.fixture(autouse=True)
def cheap_hashes():
    passwords.choose_cost(is_test=True)
    yield
    passwords.choose_cost(is_test=False)


def add(session, **values):
    given = {"email": "zoe@example.org", "name": "Zoe", "roles": [Role.HR], "password": GOOD, "actor": SYSTEM}
    return users.add_user(session, **{**given, **values})


def sessions_of(session, user):
    rows = select(LoginSession).where(LoginSession.user_id == user.id, LoginSession.ended_at.is_(None))
    return session.scalars(rows).all()


def test_passwords_are_kept_as_argon2id(session):
    user = add(session)
    assert user.password_hash.startswith("$argon2id$")
    assert passwords.is_password(user.password_hash, GOOD)
    assert not passwords.is_password(user.password_hash, GOOD + " ")
    assert not passwords.is_password(None, "a password that nobody has")


@pytest.mark.parametrize(
    "password",
    [
        *(
            "",
            "short",
            "123456789",
            "1234567890",
            "0987654321",
            "aaaaaaaaaaaa",
            "abababababab",
            "Password123",
        ),
        *("password1234", "P@ssw0rd2026", "Welcome2026!", "qwertyuiop12", "letmein12345", "changeme!!!!"),
        *("iloveyou1234", "administrator", "1q2w3e4r5t", "123password123", "zoe.walker@example.org"),
        *("zoe.walker123", "ZoeWalker2026", "x" * 201),
    ],
)
def test_the_commonest_passwords_are_refused(password):
    with pytest.raises(RuleBroken) as broken:
        check_password(password, email="zoe.walker@example.org", name="Zoe Walker")
    assert broken.value.field == "password"


@pytest.mark.parametrize(
    "password", [GOOD, "correct horse battery", "Tr0ub4dor&3xyz", "поезд едет домой", "x7!kPq9#mZ"]
)
def test_other_passwords_are_taken(password):
    check_password(password, email="zoe@example.org", name="Zoe")


def test_somebody_without_a_password_cannot_sign_in_yet(session):
    add(session, password=None)
    assert sign_ins.find_by_password(session, "zoe@example.org", "") is None


def test_an_address_has_one_account(session):
    add(session)
    with pytest.raises(RuleBroken) as broken:
        add(session, email="ZOE@example.org ")
    assert broken.value.field == "email"


@pytest.mark.parametrize("change", ["password", "roles", "disable", "enable"])
def test_what_changes_a_persons_power_ends_their_sessions(session, change):
    user = add(session)
    add(session, email="other@example.org")
    if change == "enable":
        users.disable_user(session, user, actor=SYSTEM)
    sign_ins.sign_in(session, user, actor=SYSTEM, address=None, agent=None)
    assert len(sessions_of(session, user)) == 1
    {
        "password": lambda: users.set_password(session, user, "nine loud lanterns", actor=SYSTEM),
        "roles": lambda: users.change_roles(session, user, [Role.RECRUITER], actor=SYSTEM),
        "disable": lambda: users.disable_user(session, user, actor=SYSTEM),
        "enable": lambda: users.enable_user(session, user, actor=SYSTEM),
    }[change]()
    assert sessions_of(session, user) == []


def test_disabling_ends_tokens_for_good(session):
    user, _ = add(session), add(session, email="other@example.org")
    token = sign_ins.issue_token(session, user, actor=SYSTEM)
    assert sign_ins.actor_for_token(session, token).id == user.id
    users.disable_user(session, user, actor=SYSTEM)
    with pytest.raises(RuleBroken):
        sign_ins.issue_token(session, user, actor=SYSTEM)
    users.enable_user(session, user, actor=SYSTEM)
    assert sign_ins.actor_for_token(session, token) is None
    assert session.scalars(select(ApiToken.token_hash)).one() != token


def test_the_last_of_hr_keeps_role_and_access(session):
    user = add(session)
    disabled = add(session, email="gone@example.org")
    users.disable_user(session, disabled, actor=SYSTEM)
    with pytest.raises(RuleBroken, match="Nobody of HR"):
        users.change_roles(session, user, [Role.RECRUITER], actor=SYSTEM)
    with pytest.raises(RuleBroken, match="Nobody of HR"):
        users.disable_user(session, user, actor=SYSTEM)
    assert user.roles == {Role.HR}
    users.enable_user(session, disabled, actor=SYSTEM)
    users.change_roles(session, user, [Role.RECRUITER], actor=SYSTEM)
    assert user.roles == {Role.RECRUITER}


def test_every_change_of_an_account_is_in_the_audit_log(session):
    user, _ = add(session), add(session, email="other@example.org")
    actor = actor_of(session, user)
    users.rename_user(session, user, "Zoe B.", actor=actor)
    users.change_roles(session, user, [Role.HR, Role.RECRUITER], actor=actor)
    users.set_password(session, user, "nine loud lanterns", actor=actor)
    users.disable_user(session, user, actor=actor)
    rows = select(AuditEntry.action).where(AuditEntry.subject_id == user.id, AuditEntry.actor == actor.key)
    done = set(session.scalars(rows))
    assert done >= {"user:renamed", "user:roles_changed", "user:password_set", "user:disabled"}


def test_tries_are_counted_for_each_address_and_account(session):
    waits = [sign_ins.count_try(session, "zoe@example.org", "192.0.2.1") for _ in range(11)]
    assert waits[:10] == [0] * 10
    assert 0 < waits[10] <= 901
    assert sign_ins.count_try(session, "zoe@example.org", "192.0.2.2") == 0
    sign_ins.forgive_tries(session, "zoe@example.org", "192.0.2.1")
    assert sign_ins.count_try(session, "ZOE@example.org", "192.0.2.1") == 0


def test_an_account_is_guarded_against_tries_from_everywhere(session):
    waits = [sign_ins.count_try(session, "zoe@example.org", f"192.0.2.{n}") for n in range(51)]
    assert waits[49] == 0
    assert waits[50] > 0


def test_an_actor_brings_roles_and_teams(session):
    job = make_job(session)
    user = make_user(session, "Hank", Role.HIRING_MANAGER, Role.INTERVIEWER)
    for role in (TeamRole.HIRING_MANAGER, TeamRole.INTERVIEWER):
        session.add(TeamMember(job_id=job.id, user_id=user.id, role=role))
    session.flush()
    actor = actor_of(session, user)
    assert actor.roles == {Role.HIRING_MANAGER, Role.INTERVIEWER}
    assert actor.teams == {job.id: {TeamRole.HIRING_MANAGER, TeamRole.INTERVIEWER}}


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "Europe/", "Europe/London\x00", "/UTC"])
def test_a_zone_that_is_none_is_refused(session, zone):
    rita = make_user(session, "Rita", Role.RECRUITER)
    with pytest.raises(RuleBroken) as refused:
        users.set_appearance(session, rita, time_zone=zone, actor=actor_of(session, rita))
    assert refused.value.field == "time_zone"


@pytest.mark.parametrize(("written", "kept"), [(" \t ", None), (" Europe/London ", "Europe/London")])
def test_a_zone_is_kept_as_its_name_and_nothing_as_none(session, written, kept):
    rita = make_user(session, "Rita", Role.RECRUITER)
    users.set_appearance(session, rita, time_zone=written, actor=actor_of(session, rita))
    assert rita.time_zone == kept
