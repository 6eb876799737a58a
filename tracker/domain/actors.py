"""Who acts: a signed-in person with roles, the candidate of an application, or the system itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tracker.domain.keys import Key


class Role(Key):
    """What a person does in hiring across the organisation; a person may have several."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    HR = "hr"


class TeamRole(Key):
    """What a person does on the hiring team of one job."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"


class ActorKind(Key):
    """Whether a person of the organisation, a candidate, a referee or the system acted."""

    USER = "user"
    CANDIDATE = "candidate"
    REFEREE = "referee"
    SYSTEM = "system"


ROLE_LABELS = {
    Role.RECRUITER: "Recruiter",
    Role.HIRING_MANAGER: "Hiring manager",
    Role.INTERVIEWER: "Interviewer",
    Role.HR: "HR",
}

TEAM_ROLE_LABELS = {
    TeamRole.RECRUITER: "Recruiter",
    TeamRole.HIRING_MANAGER: "Hiring manager",
    TeamRole.INTERVIEWER: "Interviewer",
}

ACTOR_KIND_LABELS = {
    ActorKind.USER: "Person",
    ActorKind.CANDIDATE: "Candidate",
    ActorKind.REFEREE: "Referee",
    ActorKind.SYSTEM: "System",
}

_NO_TEAMS: Mapping[int, frozenset[TeamRole]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, as the rules see them: kind, user id, roles, and role on each job's hiring team."""

    kind: ActorKind
    id: int | None = None
    name: str = ""
    roles: frozenset[Role] = frozenset()
    teams: Mapping[int, frozenset[TeamRole]] = field(default_factory=lambda: _NO_TEAMS)
    application_id: int | None = None

    @property
    def key(self) -> str:
        """The stable name of the actor in history: `user:7`, `candidate`, `referee` or `system`."""
        return f"user:{self.id}" if self.kind is ActorKind.USER else self.kind.value

    def has_role(self, role: Role) -> bool:
        """Whether the person holds this role in the organisation."""
        return role in self.roles

    def is_on_team(self, job_id: int | None, team_role: TeamRole | None = None) -> bool:
        """Whether the person sits on the job's hiring team, in this role if one is named."""
        roles = self.teams.get(job_id, frozenset()) if job_id is not None else frozenset()
        return bool(roles) if team_role is None else team_role in roles


SYSTEM = Actor(ActorKind.SYSTEM, name="System")
