"""Keeping the rules of who approves offers; an offer that is drafted already keeps the steps it was given."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor, Role
from tracker.domain.offer_approvals import ApprovalRule, check_rule
from tracker.domain.permissions import Permission
from tracker.domain.rules import RuleBroken
from tracker.models.offer_approvals import OfferApprovalRule
from tracker.queries.offers import rules_in_use
from tracker.services.audit import record
from tracker.services.permits import require


def add_approval_rule(
    session: Session, *, currency: str, from_cents: int, role: Role, actor: Actor
) -> OfferApprovalRule:
    """From this salary a year on, in cents of the currency, offers drafted from now on need this role too.

    Raises NotPermitted, or RuleBroken at `currency`, `amount` or `role`.
    """
    require(actor, Permission.OFFER_RULE_EDIT)
    asked = ApprovalRule(currency, from_cents, role)
    check_rule(asked, rules_in_use(session))
    rule = OfferApprovalRule(
        currency=currency, from_cents=from_cents, role=role, created_at=clock.now(), created_by_id=actor.id
    )
    try:
        with session.begin_nested():
            session.add(rule)
    except IntegrityError:
        raise RuleBroken("Somebody else added this rule meanwhile.", field="amount") from None
    _record(session, "offer_rule:add", rule, actor)
    return rule


def remove_approval_rule(session: Session, rule: OfferApprovalRule, *, actor: Actor) -> None:
    """Take a rule away: offers drafted from now on do without it. Raises NotPermitted."""
    require(actor, Permission.OFFER_RULE_EDIT)
    _record(session, "offer_rule:remove", rule, actor)
    session.delete(rule)
    session.flush()


def _record(session: Session, action: str, rule: OfferApprovalRule, actor: Actor) -> None:
    record(
        session,
        action,
        rule,
        actor=actor,
        currency=rule.currency,
        from_cents=rule.from_cents,
        role=rule.role.value,
    )
