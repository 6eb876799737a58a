"""Requests for erasure: a candidate asks, HR sees it and settles it with an answer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import written, written_or_none
from tracker.models.candidates import Candidate
from tracker.models.data_requests import DataRequestState, ErasureRequest
from tracker.queries.data_requests import waiting_request
from tracker.services.audit import record
from tracker.services.permits import require


def ask_for_erasure(
    session: Session, candidate: Candidate, *, note: str | None, actor: Actor
) -> ErasureRequest:
    """Keep that a candidate asks for their data to be erased; asking again while it waits changes nothing."""
    note = written_or_none(note, field="note", longest=2_000)
    session.execute(select(Candidate.id).where(Candidate.id == candidate.id).with_for_update())
    waiting = waiting_request(session, candidate.id)
    if waiting is not None:
        return waiting
    asked = ErasureRequest(
        candidate_id=candidate.id, note=note, asked_at=clock.now(), state=DataRequestState.WAITING
    )
    session.add(asked)
    session.flush()
    record(session, "erasure_request:ask", asked, actor=actor)
    return asked


def settle_request(
    session: Session, asked: ErasureRequest, *, is_done: bool, answer: str | None, actor: Actor
) -> ErasureRequest:
    """Note how a request was answered; a refusal gives its reason. Raises RuleBroken the second time."""
    require(actor, Permission.ERASURE_SETTLE)
    session.refresh(asked, with_for_update=True)
    if asked.state is not DataRequestState.WAITING:
        raise RuleBroken("This request was settled already.")
    if is_done and asked.candidate.erased_at is None:
        raise RuleBroken("Erase the person: that settles the request.", field="outcome")
    asked.answer = (
        written_or_none(answer, field="answer")
        if is_done
        else written(answer, "Say why it is refused; the candidate reads it.", field="answer")
    )
    asked.state = DataRequestState.DONE if is_done else DataRequestState.REFUSED
    asked.settled_at, asked.settled_by = clock.now(), actor.key
    session.flush()
    record(session, "erasure_request:settle", asked, actor=actor, is_done=is_done)
    return asked
