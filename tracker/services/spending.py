"""Recording what was spent on sources, and taking a record back."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.domain.spending import checked_spend
from tracker.models.applications import Application
from tracker.models.spending import SourceSpend
from tracker.queries.reports.first_touch import is_known
from tracker.services.audit import record
from tracker.services.permits import require


def record_spend(
    session: Session,
    *,
    source: str | None,
    amount: str | None,
    currency: str,
    starts_on: date,
    ends_on: date,
    actor: Actor,
) -> SourceSpend:
    """Record an amount, as people write it, that was spent on a source. Raises RuleBroken at the field."""
    require(actor, Permission.SPEND_EDIT)
    checked = checked_spend(source, amount, currency, starts_on, ends_on)
    if not is_known(session, checked.source, select(Application)):
        raise RuleBroken(f"No application came from “{checked.source}”.", field="source")
    spend = SourceSpend(
        source=checked.source,
        amount_cents=checked.amount_cents,
        currency=checked.currency,
        starts_on=checked.starts_on,
        ends_on=checked.ends_on,
        created_at=clock.now(),
        created_by=actor.key,
    )
    session.add(spend)
    session.flush()
    record(session, "spend:record", spend, actor=actor, **_said(spend))
    return spend


def remove_spend(session: Session, spend: SourceSpend, *, actor: Actor) -> None:
    """Take back what was recorded; what it was stays in the audit log."""
    require(actor, Permission.SPEND_EDIT)
    record(session, "spend:remove", spend, actor=actor, **_said(spend))
    session.delete(spend)
    session.flush()


def _said(spend: SourceSpend) -> dict[str, Any]:
    return {
        "source": spend.source,
        "amount_cents": spend.amount_cents,
        "currency": spend.currency,
        "days": [spend.starts_on.isoformat(), spend.ends_on.isoformat()],
    }
