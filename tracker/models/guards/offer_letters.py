"""Guards of letters: what went to the candidate never changes, but for the words of a person who is erased."""

from tracker.models.guards.guard import Guard, forbid

_ERASED = (
    "EXISTS (SELECT 1 FROM offers o JOIN applications a ON a.id = o.application_id"
    " JOIN candidates c ON c.id = a.candidate_id WHERE o.id = OLD.offer_id AND c.erased_at IS NOT NULL)"
    " AND NEW.offer_id = OLD.offer_id AND NEW.document_sha256 = OLD.document_sha256"
    " AND NEW.kept_at = OLD.kept_at AND length(NEW.document) = 0"
)
OFFER_LETTER_GUARDS = (
    Guard(
        "offer_letters_born",
        "offer_letters",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM offer_letters l WHERE l.offer_id = NEW.offer_id)",
                "the letter of the offer is kept already",
            ),
            ("length(NEW.document) = 0", "a letter has something to read"),
        ),
    ),
    forbid("offer_letters", "UPDATE", "a letter stays as it was sent", when=f"NOT ({_ERASED})"),
    forbid("offer_letters", "DELETE", "a letter stays as it was sent"),
)
