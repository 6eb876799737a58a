"""Writing templates of offers; an offer that was drafted with one keeps its own words."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import clock
from tracker.domain.actors import Actor
from tracker.domain.offer_templates import MOST_TEMPLATES, OfferTerms, checked_terms
from tracker.domain.permissions import Permission
from tracker.domain.rules import ChangedMeanwhile, RuleBroken
from tracker.models.offer_templates import OfferTemplate
from tracker.queries.offer_templates import offer_templates
from tracker.services.audit import record
from tracker.services.permits import require


def add_offer_template(session: Session, terms: OfferTerms, *, actor: Actor) -> OfferTemplate:
    """Keep terms under a name. Raises NotPermitted, or RuleBroken at the field that cannot be kept."""
    require(actor, Permission.OFFER_RULE_EDIT)
    terms = checked_terms(terms)
    if len(offer_templates(session)) >= MOST_TEMPLATES:
        raise RuleBroken(f"There are {MOST_TEMPLATES} templates already; take one away first.")
    template = OfferTemplate()
    _write(template, terms, actor)
    _keep(session, template, "offer_template:add", actor)
    return template


def edit_offer_template(
    session: Session, template: OfferTemplate, terms: OfferTerms, *, seen: datetime, actor: Actor
) -> None:
    """Put other terms under the name; `seen` is when they were changed last, as the actor saw it.

    Raises NotPermitted, RuleBroken at a field, ChangedMeanwhile if somebody else was faster.
    """
    require(actor, Permission.OFFER_RULE_EDIT)
    terms = checked_terms(terms)
    session.refresh(template, with_for_update=True)
    if template.changed_at != seen:
        raise ChangedMeanwhile(
            "Somebody else changed this template meanwhile. Look at theirs, then save again."
        )
    _write(template, terms, actor)
    _keep(session, template, "offer_template:edit", actor)


def remove_offer_template(session: Session, template: OfferTemplate, *, actor: Actor) -> None:
    """Take a template away. Raises NotPermitted."""
    require(actor, Permission.OFFER_RULE_EDIT)
    record(session, "offer_template:remove", template, actor=actor, name=template.name)
    session.delete(template)
    session.flush()


def _write(template: OfferTemplate, terms: OfferTerms, actor: Actor) -> None:
    for name in OfferTerms.__slots__:
        setattr(template, name, getattr(terms, name))
    template.changed_at, template.changed_by_id = clock.now(), actor.id


def _keep(session: Session, template: OfferTemplate, action: str, actor: Actor) -> None:
    try:
        with session.begin_nested():
            session.add(template)
    except IntegrityError:
        raise RuleBroken("Another template has this name.", field="name") from None
    record(session, action, template, actor=actor)
