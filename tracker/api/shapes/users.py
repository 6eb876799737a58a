"""Shapes of people of the organisation."""

from tracker.api.shapes.base import Answer, PersonName
from tracker.domain.actors import Role, TeamRole


class UserShape(PersonName):
    email: str
    roles: list[Role]
    is_active: bool


class TeamPart(Answer):
    job_id: int
    role: TeamRole


class Me(UserShape):
    teams: list[TeamPart]
