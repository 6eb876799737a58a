"""The daily digest: queued once a morning for those who wish and have something waiting, and stopped."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import SYSTEM, Actor
from tracker.domain.digests import day_of_digest, digest_lines, first_last_on, is_over
from tracker.domain.mails import HIDDEN, Mail, MailEvent, Sender, fill
from tracker.models.digests import DigestStop
from tracker.models.outbox import OutboxMessage
from tracker.models.users import User
from tracker.queries.mail_templates import mail_words
from tracker.queries.my_work import my_work
from tracker.queries.users import actor_of
from tracker.services.audit import record
from tracker.services.outbox import NotToBeSent, queue_message
from tracker.services.sign_ins import hash_token

WORK_PATH, STOP_PATH = "/my-work", "/mail/stop/"
"""Where the pages of the links stand; a test holds them equal to the routes."""
STOPS_LAST = timedelta(days=60)


def wish_digest(session: Session, user: User, *, is_wished: bool, zone: str, actor: Actor) -> None:
    """Turn the digest on or off; who turns it on before seven gets today's."""
    if is_wished == user.is_mailed_digest:
        return
    user.is_mailed_digest = is_wished
    user.digest_on = first_last_on(clock.now(), ZoneInfo(user.time_zone or zone)) if is_wished else None
    session.flush()
    record(session, "user:digest_wished" if is_wished else "user:digest_stopped", user, actor=actor)


def due_digests(session: Session, zone: str) -> Sequence[tuple[int, date]]:
    """Whose digest is due now, each with the day in their own zone; `zone` is for those who have set none."""
    now = clock.now()
    wishes = select(User.id, User.time_zone, User.digest_on).where(
        User.is_active, User.is_mailed_digest, User.digest_on.is_not(None)
    )
    found = (
        (row.id, day_of_digest(row.digest_on, now, ZoneInfo(row.time_zone or zone)))
        for row in session.execute(wishes.order_by(User.id))
    )
    return [(user_id, day) for user_id, day in found if day is not None]


def has_work(session: Session, user_id: int) -> bool:
    """Whether anything waits for somebody now: asked before anybody waits for a lock."""
    return bool(my_work(session, actor_of(session, session.get_one(User, user_id)), clock.here()))


def queue_digest(session: Session, user_id: int, day: date, *, is_needed: bool) -> bool:
    """Take this day's digest of one person as looked at, and queue it if something waits; whether it was.

    However many workers come to it, whatever they were killed in: one day, one look, one mail at most.
    """
    user = session.scalar(
        select(User).where(User.id == user_id, User.is_mailed_digest, User.is_active).with_for_update()
    )
    if user is None or user.digest_on is None or user.digest_on >= day:
        return False
    try:
        with session.begin_nested():
            user.digest_on = day
            return is_needed and queue_message(
                session,
                MailEvent.DIGEST,
                key=f"digest:{user.id}:{day.isoformat()}",
                application_id=None,
                user_id=user.id,
                not_before=clock.now(),
                day=day.isoformat(),
            )
    except IntegrityError:
        # Another worker queued it at the same moment.
        return False


def write_digest(session: Session, message: OutboxMessage, sender: Sender, *, is_going_out: bool) -> Mail:
    """What waits as counts and links, as it is now: no name, of candidates or others.

    Raises NotToBeSent where it is wished no longer, its day is over, or nothing waits any more.
    """
    user, now = session.get_one(User, message.user_id), clock.now()
    zone = ZoneInfo(user.time_zone or sender.time_zone)
    if not user.is_active or not user.is_mailed_digest:
        raise NotToBeSent("They wish for no digest any more")
    if is_over(date.fromisoformat(message.payload["day"]), now, zone):
        raise NotToBeSent("Its day is over: the next digest says what is so then")
    groups = my_work(session, actor_of(session, user), clock.here())
    if not groups:
        raise NotToBeSent("Nothing waits for them any more")
    token = _new_stop(session, user, now) if is_going_out else ""
    page = f"{sender.base_url}{WORK_PATH}"
    values = {
        "organisation": sender.organisation,
        "reader": user.name,
        "waiting": digest_lines((one.label, one.number, f"{page}?show={one.work.value}") for one in groups),
        "link": page,
        "stop_link": f"{sender.base_url}{STOP_PATH}{token or HIDDEN}",
    }
    subject, text = (fill(part, values) for part in mail_words(session, MailEvent.DIGEST))
    return Mail(user.name, user.email, " ".join(subject.split()), text, secret=token)


def find_stop(session: Session, token: str) -> DigestStop | None:
    """The link that a token stands for; none for any other text, or after sixty days."""
    row = session.get(DigestStop, hash_token(token))
    return row if row is not None and row.at > clock.now() - STOPS_LAST else None


def stop_digest(session: Session, stop: DigestStop) -> None:
    """End the digest of whoever the link was mailed to; nothing to do where it has ended."""
    # Who presses the button need not be signed in: the link is all that there is of them.
    wish_digest(session, stop.user, is_wished=False, zone="UTC", actor=SYSTEM)


def _new_stop(session: Session, user: User, now: datetime) -> str:
    old = DigestStop.user_id == user.id, DigestStop.at <= now - STOPS_LAST
    session.execute(delete(DigestStop).where(*old))
    token = secrets.token_urlsafe(24)
    session.add(DigestStop(token_hash=hash_token(token), user_id=user.id, at=now))
    session.flush()
    return token
