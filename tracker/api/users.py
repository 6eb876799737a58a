"""People of the organisation by API."""

from typing import Any

from flask import Blueprint
from sqlalchemy import select

from tracker.api.contracts import answers, query_of
from tracker.api.shapes.base import ById, Page
from tracker.api.shapes.users import Me, TeamPart, UserShape
from tracker.domain.permissions import Permission
from tracker.models.users import User
from tracker.web.access import current_actor, requires, signed_in
from tracker.web.transaction import db_session

bp = Blueprint("api_users", __name__, url_prefix="/api/v1")


@bp.get("/users")
@requires(Permission.USER_READ)
@answers(Page[UserShape], "Everyone who has an account.", query=ById)
def index() -> Page[UserShape]:
    asked = query_of(ById)
    rows = select(User).where(User.id > (asked.after or 0)).order_by(User.id).limit(asked.limit + 1)
    found = db_session().scalars(rows).all()
    users = found[: asked.limit]
    after = str(users[-1].id) if len(found) > asked.limit else None
    return Page(items=[UserShape(**_user(user)) for user in users], next=after)


@bp.get("/me")
@signed_in()
@answers(Me, "Whose token this is, with roles and hiring teams.")
def me() -> Me:
    parts = sorted((job_id, role) for job_id, roles in current_actor().teams.items() for role in roles)
    teams = [TeamPart(job_id=job_id, role=role) for job_id, role in parts]
    return Me(**_user(db_session().get_one(User, current_actor().id)), teams=teams)


def _user(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "roles": sorted(user.roles),
        "is_active": user.is_active,
    }
