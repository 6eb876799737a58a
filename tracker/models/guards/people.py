"""Guards of people, signatures and a job's changes of status against what goes past the older guards.

REPLACE on SQLite deletes the row in its way without asking the guards of deleting, and enters as a new one.
"""

from sqlalchemy import Connection

from tracker.models.guards.guard import Guard
from tracker.models.guards.installing import drop_these, install_these

PEOPLE_GUARDS = (
    Guard(
        "candidates_born",
        "candidates",
        "INSERT",
        (
            ("EXISTS (SELECT 1 FROM candidates o WHERE o.id = NEW.id)", "the person exists"),
            (
                "EXISTS (SELECT 1 FROM candidates o WHERE o.email = NEW.email)",
                "another person has this address",
            ),
        ),
    ),
    Guard(
        "candidates_fixed",
        "candidates",
        "UPDATE",
        (
            ("NEW.id <> OLD.id", "a person keeps their number"),
            (
                "NEW.email IS DISTINCT FROM OLD.email AND EXISTS"
                " (SELECT 1 FROM candidates o WHERE o.email = NEW.email AND o.id <> OLD.id)",
                "another person has this address",
            ),
            (
                "OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at",
                "an erasure is never taken back",
            ),
        ),
    ),
    Guard(
        "job_status_changes_born",
        "job_status_changes",
        "INSERT",
        (("EXISTS (SELECT 1 FROM job_status_changes s WHERE s.id = NEW.id)", "history never changes"),),
    ),
    Guard(
        "offer_signatures_born",
        "offer_signatures",
        "INSERT",
        (
            (
                "EXISTS (SELECT 1 FROM offer_signatures s WHERE s.offer_id = NEW.offer_id)",
                "a signature stays as it was given",
            ),
        ),
    ),
)
PEOPLE_UNTRUNCATED = ("offer_signatures",)


def install_people_guards(connection: Connection) -> None:
    """Create these guards on a database that has their tables and none of them."""
    install_these(connection, PEOPLE_GUARDS, PEOPLE_UNTRUNCATED)


def drop_people_guards(connection: Connection) -> None:
    """Remove these guards."""
    drop_these(connection, PEOPLE_GUARDS, PEOPLE_UNTRUNCATED)
