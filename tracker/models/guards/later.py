"""The guards that came after the first ones, each set with a migration of its own."""

from sqlalchemy import Connection

from tracker.models.guards.installing import (
    drop_rating_guards,
    drop_these,
    install_rating_guards,
    install_these,
)
from tracker.models.guards.offer_approvals import OFFER_APPROVAL_GUARDS
from tracker.models.guards.offer_letters import OFFER_LETTER_GUARDS
from tracker.models.guards.people import drop_people_guards, install_people_guards


def install_offer_approval_guards(connection: Connection) -> None:
    """Create the guards of who approves offers."""
    install_these(connection, OFFER_APPROVAL_GUARDS, ["offer_approval_steps"])


def drop_offer_approval_guards(connection: Connection) -> None:
    """Remove the guards of who approves offers."""
    drop_these(connection, OFFER_APPROVAL_GUARDS, ["offer_approval_steps"])


def install_offer_letter_guards(connection: Connection) -> None:
    """Create the guards of the letters of offers."""
    install_these(connection, OFFER_LETTER_GUARDS, ["offer_letters"])


def drop_offer_letter_guards(connection: Connection) -> None:
    """Remove the guards of the letters of offers."""
    drop_these(connection, OFFER_LETTER_GUARDS, ["offer_letters"])


def install_later_guards(connection: Connection) -> None:
    """Create all guards that came after the first ones."""
    for install in (
        install_rating_guards,
        install_people_guards,
        install_offer_approval_guards,
        install_offer_letter_guards,
    ):
        install(connection)


def drop_later_guards(connection: Connection) -> None:
    """Remove all guards that came after the first ones."""
    for drop in (
        drop_rating_guards,
        drop_people_guards,
        drop_offer_approval_guards,
        drop_offer_letter_guards,
    ):
        drop(connection)
