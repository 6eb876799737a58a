"""Asking the permission table before a deed."""

from tracker.domain.actors import Actor
from tracker.domain.deciding import NotPermitted
from tracker.domain.permissions import ANYTHING, Permission, Subject, can, policy_rows


def require(actor: Actor, permission: Permission, subject: Subject = ANYTHING) -> None:
    """Let the deed go on only if the actor may do it. Raises NotPermitted, which says who may."""
    if not can(actor, permission, subject):
        who = dict(policy_rows())[permission.value]
        raise NotPermitted(f"You may not do this: it takes {who}.")
