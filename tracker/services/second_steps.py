"""The second step of signing in: set up with a device, asked after the password, taken away again."""

import hmac
import secrets
from collections.abc import Sequence

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.recovery_codes import new_codes, plain_code
from tracker.domain.rules import RuleBroken
from tracker.models.second_steps import RecoveryCode, SecondStep
from tracker.models.users import User
from tracker.services.audit import record
from tracker.services.permits import require
from tracker.services.sign_ins import hash_token

TRIES = 10
"""Codes that may be tried for one person within a quarter of an hour."""
_SPAN = 30  # seconds, as every device counts
_WINDOW = (-1, 0, 1)
"""Spans around the present one whose codes are taken: clocks of devices go a little wrong."""


def second_step_of(session: Session, user: User) -> SecondStep | None:
    """What the person has set up or begun to; none otherwise."""
    return session.get(SecondStep, user.id)


def is_asked(session: Session, user: User) -> bool:
    """Whether this person's password alone does not let them in."""
    step = second_step_of(session, user)
    return step is not None and step.confirmed_at is not None


def begin_second_step(session: Session, user: User, *, actor: Actor) -> SecondStep:
    """A new secret to take into a device; nothing is asked at sign-in before it is confirmed.

    Raises RuleBroken where there is a second step already.
    """
    _require_own(user, actor)
    session.refresh(user, with_for_update=True)
    step = second_step_of(session, user)
    if step is not None and step.confirmed_at is not None:
        raise RuleBroken("You have a second step already; take it away first.")
    step = step or SecondStep(user_id=user.id)
    step.secret, step.begun_at, step.last_counter = pyotp.random_base32(), clock.now(), 0
    session.add(step)
    session.flush()
    return step


def confirm_second_step(session: Session, user: User, code: str, *, actor: Actor) -> Sequence[str]:
    """Ask for a code at every sign-in from now on, since the device makes the right one; the recovery codes.

    Raises RuleBroken at `code` for a wrong one, and where nothing was begun.
    """
    _require_own(user, actor)
    step = _locked(session, user)
    if step is None or step.confirmed_at is not None:
        raise RuleBroken("There is nothing to confirm; begin anew.")
    if not _takes(step, code):
        raise RuleBroken("This is not the code of this moment. Look at the device once more.", field="code")
    step.confirmed_at = clock.now()
    codes = new_codes(secrets.choice)
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.add_all(RecoveryCode(user_id=user.id, code_hash=hash_token(plain_code(code))) for code in codes)
    session.flush()
    record(session, "user:second_step_set", user, actor=actor)
    return codes


def takes_code(session: Session, user: User, code: str, *, actor: Actor) -> bool:
    """Whether the code lets the person in; each code of a device and of paper does so once."""
    step = _locked(session, user)
    if step is None or step.confirmed_at is None:
        return False
    if _takes(step, code):
        return True
    kept = RecoveryCode.user_id == user.id, RecoveryCode.code_hash == hash_token(plain_code(code))
    recovery = session.scalars(select(RecoveryCode).where(*kept, RecoveryCode.used_at.is_(None))).first()
    if recovery is None:
        return False
    recovery.used_at = clock.now()
    record(session, "user:recovery_code_used", user, actor=actor)
    return True


def end_second_step(session: Session, user: User, *, actor: Actor) -> None:
    """Let the password alone do again: by the person, or by HR for whoever lost device and paper.

    Raises NotPermitted, RuleBroken where there is none.
    """
    if actor.id != user.id:
        require(actor, Permission.USER_MANAGE)
    step = _locked(session, user)
    if step is None:
        raise RuleBroken("There is no second step to take away.")
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    session.delete(step)
    session.flush()
    record(session, "user:second_step_ended", user, actor=actor)


def codes_left(session: Session, user: User) -> int:
    """How many recovery codes were not used yet."""
    unused = select(func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def address_of(step: SecondStep, user: User, organisation: str) -> str:
    """What a device reads from a picture: `otpauth://` with the secret and whose it is."""
    return pyotp.TOTP(step.secret).provisioning_uri(name=user.email, issuer_name=organisation)


def _require_own(user: User, actor: Actor) -> None:
    if actor.id != user.id:
        raise RuleBroken("Everybody sets up a second step for themselves.")


def _locked(session: Session, user: User) -> SecondStep | None:
    row = select(SecondStep).where(SecondStep.user_id == user.id).with_for_update()
    return session.scalars(row.execution_options(populate_existing=True)).first()


def _takes(step: SecondStep, code: str) -> bool:
    """Whether it is a code of about now that was not taken yet (RFC 6238, section 5.2)."""
    given, maker = "".join(code.split()), pyotp.TOTP(step.secret)
    now = int(clock.now().timestamp()) // _SPAN
    for counter in (now + offset for offset in _WINDOW):
        fits = hmac.compare_digest(maker.at(counter * _SPAN).encode(), given.encode())
        if fits and counter > step.last_counter:
            step.last_counter = counter
            return True
    return False
