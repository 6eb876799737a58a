"""Guards of approving offers: steps stand from the draft on, and are taken in order by different people."""

from tracker.models.guards.guard import Guard, forbid

OFFER_APPROVAL_GUARDS = (
    Guard(
        "offer_steps_born",
        "offer_approval_steps",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM offer_approval_steps s WHERE s.offer_id = NEW.offer_id"
                " AND (s.position = NEW.position OR s.approved_at IS NOT NULL))",
                "the steps of an offer are laid out once",
            ),
            (
                "NEW.approved_at IS NOT NULL OR EXISTS (SELECT 1 FROM offers o WHERE o.id = NEW.offer_id"
                " AND o.approved_at IS NOT NULL)",
                "a step comes before its approval",
            ),
        ),
    ),
    Guard(
        "offer_steps_taken",
        "offer_approval_steps",
        "UPDATE",
        (
            (
                "OLD.approved_at IS NOT NULL OR NEW.offer_id <> OLD.offer_id OR NEW.position <> OLD.position"
                " OR NEW.role <> OLD.role",
                "a step is taken once and stays as it is",
            ),
            (
                "EXISTS (SELECT 1 FROM offer_approval_steps s WHERE s.offer_id = NEW.offer_id"
                " AND s.position < NEW.position AND s.approved_at IS NULL)",
                "an earlier step is not taken yet",
            ),
            (
                "EXISTS (SELECT 1 FROM offer_approval_steps s WHERE s.offer_id = NEW.offer_id"
                " AND s.position <> NEW.position AND s.approved_by_id = NEW.approved_by_id)",
                "somebody else takes each step",
            ),
            (
                "EXISTS (SELECT 1 FROM offers o WHERE o.id = NEW.offer_id"
                " AND o.drafted_by_id = NEW.approved_by_id)",
                "the drafter takes no step",
            ),
        ),
    ),
    forbid("offer_approval_steps", "DELETE", "a step is never taken away"),
    Guard(
        "offers_approved_by_all",
        "offers",
        "UPDATE",
        (
            (
                "NEW.approved_at IS NOT NULL AND OLD.approved_at IS NULL AND EXISTS (SELECT 1"
                " FROM offer_approval_steps s WHERE s.offer_id = NEW.id AND s.approved_at IS NULL)",
                "a step of the approval is not taken yet",
            ),
        ),
    ),
)
