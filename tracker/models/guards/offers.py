"""Guards of offers: terms stand from approval on."""

from tracker.models.guards.guard import Guard, forbid

OFFER_GUARDS = (
    Guard(
        "offers_fixed",
        "offers",
        "UPDATE",
        (
            (
                "NEW.id <> OLD.id OR NEW.application_id <> OLD.application_id OR NEW.number <> OLD.number"
                " OR NEW.drafted_by_id IS DISTINCT FROM OLD.drafted_by_id",
                "an offer stays with its application and drafter",
            ),
            (
                "OLD.approved_at IS NOT NULL AND (NEW.salary_cents <> OLD.salary_cents OR NEW.currency <> OLD.currency"
                " OR NEW.period <> OLD.period OR NEW.starts_on <> OLD.starts_on OR NEW.expires_at <> OLD.expires_at"
                " OR coalesce(NEW.benefits, '') <> coalesce(OLD.benefits, '')"
                " OR coalesce(NEW.conditions, '') <> coalesce(OLD.conditions, '')"
                " OR NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id)",
                "the terms of an approved offer never change",
            ),
        ),
    ),
    Guard(
        "offers_born",
        "offers",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM offers o WHERE o.id = NEW.id OR (o.application_id = NEW.application_id"
                " AND o.number = NEW.number))",
                "the offer exists",
            ),
            (
                "NEW.approved_at IS NOT NULL OR NEW.sent_at IS NOT NULL OR NEW.accepted_at IS NOT NULL",
                "an offer begins as a draft",
            ),
        ),
    ),
    forbid("offers", "DELETE", "an offer is withdrawn, never deleted"),
)
