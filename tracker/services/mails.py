"""Writing a queued mail from what is so now: whom it goes to, its words, its calendar entry."""

from collections.abc import Mapping
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, ActorKind
from tracker.domain.calendars import CalendarEntry, session_uid
from tracker.domain.incoming_mails import reply_address
from tracker.domain.mails import (
    BRACES,
    HIDDEN,
    WITH_OWN_LINK,
    Mail,
    MailEvent,
    Sender,
    fill,
    long_day,
    session_time,
)
from tracker.domain.moves import GRACE, UNDO_WINDOW, MoveKind
from tracker.domain.stages import STAGE_LABELS, Outcome, Stage
from tracker.models.applications import Application
from tracker.models.candidates import Candidate
from tracker.models.interviews import Interview, InterviewStatus
from tracker.models.jobs import Job
from tracker.models.moves import Move
from tracker.models.outbox import OutboxMessage
from tracker.models.references import Reference, ReferenceResult
from tracker.models.users import User
from tracker.queries.mail_templates import mail_words
from tracker.queries.merges import person_of
from tracker.services.candidate_access import LINK_LASTS, LINK_LASTS_ASKED, issue_link
from tracker.services.digests import write_digest
from tracker.services.disclosures import ask_for_disclosure
from tracker.services.incoming_mails import issue_reply_token
from tracker.services.mail_checks import (
    CANCELS,
    CARRIES_ENTRY,
    NEWS_STAGES,
    check_news_stand,
    check_offer_waits,
    check_still_due,
)
from tracker.services.mentions import write_mention
from tracker.services.outbox import NotToBeSent, queue_message
from tracker.services.own_contacts import address_of, issue_address_link
from tracker.services.referee_access import issue_referee_link
from tracker.services.report_mails import write_report_link

LINK_PATH, REFEREE_PATH, ADDRESS_PATH = "/my/link/", "/reference/link/", "/my/address/"
"""Where the pages of mailed links stand; tests hold them equal to the routes."""


def news_of(kind: MoveKind, stage: Stage, actor: Actor) -> MailEvent | None:
    """What the candidate is written about a move; none for moves that others write about, or nobody.

    Only who applied in person is told that it was received: lists of people are imported, too.
    """
    if kind is MoveKind.APPLY:
        return MailEvent.APPLICATION_RECEIVED if actor.kind is ActorKind.CANDIDATE else None
    if kind is MoveKind.REJECT:
        return MailEvent.REJECTED
    return NEWS_STAGES.get(stage) if kind is MoveKind.ADVANCE else None


def queue_news(session: Session, application: Application, move: Move, *, actor: Actor) -> None:
    """Queue what the candidate hears of a move; it waits until the move can no longer be undone."""
    event = news_of(move.kind, move.to_stage, actor)
    if event is None:
        return
    # Nobody undoes that somebody applied.
    wait = timedelta(0) if move.kind is MoveKind.APPLY else UNDO_WINDOW + GRACE
    if event is MailEvent.MOVED_ON and move.to_stage is Stage.REFERENCES:
        ask_for_disclosure(session, application, move, not_before=clock.now() + wait)
    queue_message(
        session,
        event,
        key=f"move:{application.id}:{move.kind}:{move.to_stage}:{move.to_outcome}",
        application_id=application.id,
        version=move.version,
        not_before=clock.now() + wait,
        stage=move.to_stage.value,
    )


def queue_transferred(session: Session, opened: Application) -> None:
    """Tell a candidate that their application goes on for another job; nobody undoes a transfer."""
    queue_message(
        session,
        MailEvent.TRANSFERRED,
        key=f"transferred:{opened.id}",
        application_id=opened.id,
        not_before=clock.now(),
    )


def write_mail(
    session: Session, message: OutboxMessage, sender: Sender, *, is_going_out: bool = False
) -> Mail:
    """A queued message as it would go out now. Raises NotToBeSent where it should not any more.

    Only one that is going out gets a link that works; whoever else reads it sees where it would stand.
    """
    event = MailEvent(message.kind)
    if event is MailEvent.SAVED_REPORT:
        return write_report_link(session, message, sender)
    if event is MailEvent.DIGEST:
        return write_digest(session, message, sender, is_going_out=is_going_out)
    if event is MailEvent.MENTIONED:
        return write_mention(session, message, sender)
    application = session.get(Application, message.application_id or 0)
    if application is None:
        raise NotToBeSent("The application is gone")
    check_news_stand(session, event, application, message)
    values = common_values(session, application, sender)
    values |= {"stage": STAGE_LABELS[Stage(message.payload["stage"])]} if "stage" in message.payload else {}
    name, email, zone = _recipient(session, message, application, sender)
    interview = session.get(Interview, message.interview_id) if message.interview_id else None
    if interview is not None:
        values |= _of_session(interview, sender, zone)
        check_still_due(session, event, interview, message.user_id)
    if offer_id := message.payload.get("offer_id"):
        check_offer_waits(session, offer_id)
    values |= {"interviewer": name} if message.user_id else {"referee": name}
    if "until" in message.payload:
        values["until"] = long_day(date.fromisoformat(message.payload["until"]))
    words, secret = _words(session, message), ""
    if message.user_id is None and (event in WITH_OWN_LINK or "reference_id" in message.payload):
        is_named = any("link" in BRACES.findall(part.replace(" ", "")) for part in words)
        secret = _issue(session, message, application) if is_going_out and is_named else ""
        values["link"] = f"{sender.base_url}{_path(message)}{secret or HIDDEN}"
    subject, text = (fill(part, values) for part in words)
    entry = None
    if interview is not None and event in CARRIES_ENTRY:
        entry = calendar_entry(
            interview,
            (name, email),
            zone,
            title=subject if message.user_id is None else f"{interview.title}: {values['candidate']}",
            url=values["link"] if message.user_id is not None else None,
            is_cancelled=event in CANCELS,
        )
    reply_to = _reply_to(session, message, sender) if is_going_out else ""
    return Mail(name, email, " ".join(subject.split()), text, entry, secret, reply_to)


def _reply_to(session: Session, message: OutboxMessage, sender: Sender) -> str:
    """The address for answers of a candidate; referees and colleagues answer on their own pages."""
    is_to_candidate = message.user_id is None and "reference_id" not in message.payload
    if not sender.reply_to or not is_to_candidate or message.application_id is None:
        return ""
    return reply_address(sender.reply_to, issue_reply_token(session, message.application_id))


def _words(session: Session, message: OutboxMessage) -> tuple[str, str]:
    """Subject and text with their variables: those written by hand, else those in use for the event."""
    if message.kind == MailEvent.MESSAGE:
        return message.payload.get("subject", ""), message.payload.get("text", "")
    return mail_words(session, MailEvent(message.kind))


def _issue(session: Session, message: OutboxMessage, application: Application) -> str:
    """The token of a new link, of the referee or of the candidate whom the mail is to."""
    if reference_id := message.payload.get("reference_id"):
        return issue_referee_link(session, reference_id)
    if change_id := message.payload.get("address_change_id"):
        return issue_address_link(session, change_id)
    is_asked = message.kind == MailEvent.LINK_REQUESTED
    return issue_link(
        session, person_of(session, application).id, lasts=LINK_LASTS_ASKED if is_asked else LINK_LASTS
    )


def _path(message: OutboxMessage) -> str:
    """Where the page of the link stands that a mail carries."""
    paths = {"reference_id": REFEREE_PATH, "address_change_id": ADDRESS_PATH}
    return next((path for name, path in paths.items() if name in message.payload), LINK_PATH)


def rejection_of(session: Session, application: Application, sender: Sender, *, called: str = "") -> Mail:
    """What a candidate would be written if the application were rejected now; `called` so for who looks."""
    candidate = session.get_one(Candidate, application.candidate_id)
    values = common_values(session, application, sender)
    values["candidate"] = called or values["candidate"]
    subject, text = (fill(words, values) for words in mail_words(session, MailEvent.REJECTED))
    return Mail(candidate.name, candidate.email or "", " ".join(subject.split()), text)


def common_values(session: Session, application: Application, sender: Sender) -> dict[str, str]:
    """What every mail of an application may name."""
    candidate = person_of(session, application)
    title = session.get_one(Job, application.job_id).title
    return {"candidate": candidate.name or "", "job": title, "organisation": sender.organisation}


def calendar_entry(
    interview: Interview,
    attendee: tuple[str, str],
    zone: ZoneInfo,
    *,
    title: str,
    url: str | None,
    is_cancelled: bool = False,
) -> CalendarEntry:
    """A session as it stands in one person's calendar: (name, e-mail) and zone of that person."""
    return CalendarEntry(
        uid=session_uid(interview.id, interview.created_at),
        sequence=interview.sequence,
        starts_at=interview.starts_at.astimezone(zone),
        ends_at=interview.ends_at.astimezone(zone),
        title=title,
        description=interview.title if url is None else f"{interview.title}\n{url}",
        place=interview.place,
        url=url,
        attendee_name=attendee[0],
        attendee_email=attendee[1],
        stamp=clock.now(),
        is_cancelled=is_cancelled or interview.status is InterviewStatus.CANCELLED,
    )


def _of_session(interview: Interview, sender: Sender, zone: ZoneInfo) -> Mapping[str, str]:
    starts_at, ends_at = interview.starts_at.astimezone(zone), interview.ends_at.astimezone(zone)
    return {
        "session": interview.title,
        "when": session_time(starts_at, ends_at),
        "minutes": str(interview.minutes),
        "place": interview.place or "to be announced",
        "link": f"{sender.base_url}/interviews/{interview.id}",
    }


def _recipient(
    session: Session, message: OutboxMessage, application: Application, sender: Sender
) -> tuple[str, str, ZoneInfo]:
    zone = ZoneInfo(sender.time_zone)
    if message.user_id is not None:
        user = session.get_one(User, message.user_id)
        if not user.is_active:
            raise NotToBeSent("The account is disabled")
        return user.name, user.email, ZoneInfo(user.time_zone) if user.time_zone else zone
    if reference_id := message.payload.get("reference_id"):
        reference = session.get_one(Reference, reference_id)
        if reference.taken_back_at is not None:
            raise NotToBeSent("The candidate took the referee back")
        if not reference.email:
            raise NotToBeSent("The referee has no e-mail address")
        if reference.result in (ReferenceResult.RECEIVED, ReferenceResult.REFUSED):
            raise NotToBeSent("The referee has answered")
        if (application.stage, application.outcome) != (Stage.REFERENCES, Outcome.ACTIVE):
            raise NotToBeSent("The application is not active in References any more")
        return reference.referee_name or "", reference.email, zone
    candidate = person_of(session, application)
    if candidate.erased_at is not None:
        raise NotToBeSent("The candidate's data were erased")
    email = address_of(session, message, candidate)
    if not email:
        raise NotToBeSent("The candidate has no e-mail address")
    return candidate.name, email, zone
