"""Voluntary self-identification: invited once after applying, kept apart, skipped without any trace.

Design: trust, decision 7. Nothing here is read by what recruiters, managers or interviewers see.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.rules import RuleBroken
from tracker.domain.self_identification import (
    SELF_FORMS,
    SelfForm,
    SelfQuestion,
    checked_codes,
    group_of,
)
from tracker.models.self_identification import (
    SelfIdentificationAnswer,
    SelfIdentificationField,
    SelfIdentificationInvitation,
)
from tracker.services.audit import record
from tracker.services.rows import write_row
from tracker.services.sign_ins import hash_token

INVITED_FOR = timedelta(hours=2)


def invite_to_answer(session: Session, application_id: int | None, form: SelfForm) -> str:
    """Let whoever has just applied answer once: a token of 256 random bits, told this once."""
    token = secrets.token_urlsafe(32)
    invitation = {
        "token_hash": hash_token(token),
        "application_id": application_id,
        "form_version": form.version,
        "expires_at": clock.now() + INVITED_FOR,
    }
    write_row(session, SelfIdentificationInvitation, invitation)
    return token


def find_invitation(session: Session, token: str) -> SelfForm | None:
    """The questions that this token still lets somebody answer."""
    found = session.get(SelfIdentificationInvitation, hash_token(token))
    if found is None or found.answered_at is not None or found.expires_at <= clock.now():
        return None
    return next((form for form in SELF_FORMS if form.version == found.form_version), None)


def has_answered(session: Session, token: str) -> bool:
    """Whether this token has been used to answer."""
    found = session.get(SelfIdentificationInvitation, hash_token(token))
    return found is not None and found.answered_at is not None


def answer_voluntarily(
    session: Session, token: str, answers: Mapping[str, Sequence[str]], *, actor: Actor
) -> None:
    """Keep what somebody says of themselves: codes by the name of the question; what was left out stays out.

    Raises RuleBroken at a question, or for a token that was used.
    """
    form = find_invitation(session, token)
    if form is None:
        raise RuleBroken("You have answered already, or the page was open for too long.")
    chosen = {
        question: checked_codes(question, answers.get(question.name, ())) for question in form.questions
    }
    used = session.execute(
        update(SelfIdentificationInvitation)
        .where(
            SelfIdentificationInvitation.token_hash == hash_token(token),
            SelfIdentificationInvitation.answered_at.is_(None),
        )
        .values(answered_at=clock.now())
        .returning(SelfIdentificationInvitation.application_id)
    ).one_or_none()
    if used is None or used.application_id is None:
        return
    for question, codes in chosen.items():
        if codes:
            _keep(session, used.application_id, form, question, codes, actor)
    session.flush()


def _keep(
    session: Session,
    application_id: int,
    form: SelfForm,
    question: SelfQuestion,
    codes: tuple[str, ...],
    actor: Actor,
) -> None:
    name = question.name
    field = session.scalar(select(SelfIdentificationField).where(SelfIdentificationField.name == name))
    if field is None:
        field = SelfIdentificationField(name=name, label=question.label, is_imported=False)
        session.add(field)
        session.flush()
    session.merge(
        SelfIdentificationAnswer(
            application_id=application_id,
            field_id=field.id,
            value=group_of(question, codes),
            codes=list(codes),
            form_version=form.version,
        )
    )
    # Of the question, not of the person: even the log does not tell who answered.
    record(session, "self_identification:answer", field, actor=actor)
