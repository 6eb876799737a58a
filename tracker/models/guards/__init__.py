"""What the database refuses by itself: guards as triggers, one definition for SQLite and PostgreSQL.

A move's insert changes its application; nothing else may. The guards hold with foreign keys off, against
INSERT OR REPLACE and UPDATE OR REPLACE (which delete rows past delete triggers, and whose conflict rule also
governs the statements inside triggers, hence no upsert in them), and against TRUNCATE.
"""

from tracker.models.guards.guard import Guard
from tracker.models.guards.installing import (
    GUARDS,
    drop_guards,
    drop_rating_guards,
    install_guards,
    install_rating_guards,
    trigger_statements,
    write_edges,
)
from tracker.models.guards.later import (
    drop_later_guards,
    drop_offer_approval_guards,
    drop_offer_letter_guards,
    install_later_guards,
    install_offer_approval_guards,
    install_offer_letter_guards,
)
from tracker.models.guards.offer_approvals import OFFER_APPROVAL_GUARDS
from tracker.models.guards.offer_letters import OFFER_LETTER_GUARDS
from tracker.models.guards.people import PEOPLE_GUARDS, drop_people_guards, install_people_guards
from tracker.models.guards.ratings import RATING_GUARDS

__all__ = [
    "GUARDS",
    "OFFER_APPROVAL_GUARDS",
    "OFFER_LETTER_GUARDS",
    "PEOPLE_GUARDS",
    "RATING_GUARDS",
    "Guard",
    "drop_guards",
    "drop_later_guards",
    "drop_offer_approval_guards",
    "drop_offer_letter_guards",
    "drop_people_guards",
    "drop_rating_guards",
    "install_guards",
    "install_later_guards",
    "install_offer_approval_guards",
    "install_offer_letter_guards",
    "install_people_guards",
    "install_rating_guards",
    "trigger_statements",
    "write_edges",
]
