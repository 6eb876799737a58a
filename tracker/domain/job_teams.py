"""The hiring team of a job: which role each part takes, and what it means when somebody leaves it."""

from tracker.domain.actors import Role, TeamRole

ROLE_NEEDED = {
    TeamRole.RECRUITER: Role.RECRUITER,
    TeamRole.HIRING_MANAGER: Role.HIRING_MANAGER,
    TeamRole.INTERVIEWER: Role.INTERVIEWER,
}
"""The role in the organisation that a part on a job's team takes."""

TEAM_PARTS = {
    TeamRole.HIRING_MANAGER: "Sets the job up, moves applications, decides debriefs and approves offers",
    TeamRole.RECRUITER: "Drafts the job's offers and records what becomes of them",
    TeamRole.INTERVIEWER: "Sees the job; sits on the panels of its sessions and hands in scorecards",
}
"""What each part on the team lets people do."""

_LOSES = {
    TeamRole.HIRING_MANAGER: "no longer decides this job's debriefs or approves its offers",
    TeamRole.RECRUITER: "no longer drafts this job's offers",
    TeamRole.INTERVIEWER: "no longer finds this job in their list",
}


def leaving_says(name: str, role: TeamRole, cards_due: int) -> tuple[str, ...]:
    """What follows when a person gives up a part, in sentences; scorecards that are due stay due."""
    said = [f"{name} {_LOSES[role]}."]
    if cards_due:
        cards = "1 scorecard is" if cards_due == 1 else f"{cards_due} scorecards are"
        said.append(
            f"{cards} still due from {name}, and {'stays' if cards_due == 1 else 'stay'} due: who sits on a"
            " panel keeps the seat. Choose another panel on the session to take it back."
        )
    return tuple(said)
