"""Keeping templates of messages to candidates, and the moves after which they are suggested."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.message_templates import MOST_TEMPLATES, MessageWords, checked_words
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.message_templates import MessageTemplate
from tracker.services.audit import record
from tracker.services.permits import require


def add_message_template(session: Session, words: MessageWords, *, actor: Actor) -> MessageTemplate:
    """Keep a template. Raises NotPermitted, or RuleBroken at the field that cannot be kept."""
    require(actor, Permission.MAIL_TEMPLATE_EDIT)
    if (session.scalar(select(func.count()).select_from(MessageTemplate)) or 0) >= MOST_TEMPLATES:
        raise RuleBroken(f"There are {MOST_TEMPLATES} templates already; remove one first.")
    row = MessageTemplate()
    _write(session, row, words)
    session.add(row)
    session.flush()
    record(session, "message_template:add", row, actor=actor)
    return row


def edit_message_template(
    session: Session, row: MessageTemplate, words: MessageWords, *, actor: Actor
) -> None:
    """Change a template; what was written by it stays as it was. Raises NotPermitted, or RuleBroken."""
    require(actor, Permission.MAIL_TEMPLATE_EDIT)
    _write(session, row, words)
    session.flush()
    record(session, "message_template:edit", row, actor=actor)


def remove_message_template(session: Session, row: MessageTemplate, *, actor: Actor) -> None:
    """Remove a template; it is suggested no more. Raises NotPermitted."""
    require(actor, Permission.MAIL_TEMPLATE_EDIT)
    record(session, "message_template:remove", row, actor=actor)
    session.delete(row)
    session.flush()


def _write(session: Session, row: MessageTemplate, words: MessageWords) -> None:
    words = checked_words(words)
    with session.no_autoflush:
        same = select(MessageTemplate.id).where(MessageTemplate.name == words.name)
        if session.scalar(same.where(MessageTemplate.id != (row.id or 0))) is not None:
            raise RuleBroken("There is a template of this name.", field="name")
    for name in MessageWords.__slots__:
        setattr(row, name, getattr(words, name))
    row.changed_at = clock.now()
