"""What a job needs before it can be opened, and before an application can be walked to the end of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.stages import TARGET_DAYS


class SetupPart(StrEnum):
    """One part of setting a job up, in the order in which people see to them."""

    DETAILS = "details"
    TEAM = "team"
    RUBRIC = "rubric"
    PLAN = "plan"
    QUESTIONS = "questions"
    SCREENING = "screening"
    POSTING = "posting"
    TARGETS = "targets"
    REFERENCES = "references"
    BACKGROUND_CHECK = "background_check"


SETUP_PART_LABELS = {
    SetupPart.DETAILS: "Details",
    SetupPart.TEAM: "Hiring team",
    SetupPart.RUBRIC: "Rubric",
    SetupPart.PLAN: "Interview plan",
    SetupPart.QUESTIONS: "Screening questions",
    SetupPart.SCREENING: "Screening",
    SetupPart.POSTING: "Posting",
    SetupPart.TARGETS: "Target days",
    SetupPart.REFERENCES: "References",
    SetupPart.BACKGROUND_CHECK: "Background check",
}


class SetupNeed(StrEnum):
    """What a part of the set-up is needed for."""

    OPENING = "opening"
    WALKING = "walking"
    NOTHING = "nothing"


SETUP_NEED_LABELS = {
    SetupNeed.OPENING: "To open the job",
    SetupNeed.WALKING: "To bring an application to the end",
    SetupNeed.NOTHING: "As you like",
}

NEEDED_FOR = {
    SetupPart.DETAILS: SetupNeed.OPENING,
    SetupPart.TEAM: SetupNeed.OPENING,
    SetupPart.RUBRIC: SetupNeed.WALKING,
    SetupPart.PLAN: SetupNeed.WALKING,
    SetupPart.QUESTIONS: SetupNeed.NOTHING,
    SetupPart.SCREENING: SetupNeed.NOTHING,
    SetupPart.POSTING: SetupNeed.NOTHING,
    SetupPart.TARGETS: SetupNeed.NOTHING,
    SetupPart.REFERENCES: SetupNeed.NOTHING,
    SetupPart.BACKGROUND_CHECK: SetupNeed.NOTHING,
}


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What a job has: texts, people by name, versions of its rubric, rounds, and how many of the rest."""

    has_description: bool = False
    minimum_qualifications: int = 0
    hiring_managers: tuple[str, ...] = ()
    recruiters: tuple[str, ...] = ()
    interviewers: tuple[str, ...] = ()
    rubric_version: int | None = None
    """The published version that sessions are scored on."""
    has_rubric_draft: bool = False
    rounds: int = 0
    without_cover: tuple[str, ...] = ()
    """Names of required competencies that too few rounds rate."""
    ratings_required: int = 2
    questions: int = 0
    questions_required: int = 0
    screening_points: int = 0
    """On how many points a screening call is scored."""
    needs_resume_review: bool = True
    needs_screening_call: bool = True
    has_hidden_names: bool = False
    """Whether the screening queue hides who applies until the review."""
    posting: str = "Not written"
    """Who reads the posting now, in a few words."""
    own_targets: int = 0
    """How many stages have target days of their own."""
    references_required: int = 2
    needs_background_check: bool = False


@dataclass(frozen=True, slots=True)
class SetupLine:
    """One part as the set-up page shows it: what is missing, nothing where it is done, and what is there."""

    part: SetupPart
    missing: tuple[str, ...]
    detail: str

    @property
    def need(self) -> SetupNeed:
        """What the part is needed for."""
        return NEEDED_FOR[self.part]


def setup_lines(facts: SetupFacts) -> tuple[SetupLine, ...]:
    """Every part of the set-up in order, with what it lacks and what it has."""
    return (
        SetupLine(SetupPart.DETAILS, _missing_details(facts), _details(facts)),
        SetupLine(SetupPart.TEAM, _missing_people(facts), _people(facts)),
        SetupLine(SetupPart.RUBRIC, _missing_rubric(facts), _rubric(facts)),
        SetupLine(SetupPart.PLAN, _missing_plan(facts), _plan(facts)),
        SetupLine(SetupPart.QUESTIONS, (), _questions(facts)),
        SetupLine(SetupPart.SCREENING, (), _screening(facts)),
        SetupLine(SetupPart.POSTING, (), facts.posting),
        SetupLine(SetupPart.TARGETS, (), _targets(facts)),
        SetupLine(SetupPart.REFERENCES, (), _references(facts)),
        SetupLine(SetupPart.BACKGROUND_CHECK, (), "Asked" if facts.needs_background_check else "Not asked"),
    )


def missing_for(lines: Sequence[SetupLine], need: SetupNeed) -> tuple[str, ...]:
    """Everything that is still missing for opening the job, or for walking an application to the end."""
    return tuple(what for line in lines if line.need is need for what in line.missing)


def _missing_details(facts: SetupFacts) -> tuple[str, ...]:
    return _those_that_lack(
        ("a description", facts.has_description),
        (
            "minimum qualifications, which the résumé review asks about",
            facts.minimum_qualifications > 0 or not facts.needs_resume_review,
        ),
    )


def _missing_people(facts: SetupFacts) -> tuple[str, ...]:
    return _those_that_lack(
        ("a hiring manager, who decides the debriefs", bool(facts.hiring_managers)),
        ("a recruiter, who drafts the offers", bool(facts.recruiters)),
    )


def _missing_rubric(facts: SetupFacts) -> tuple[str, ...]:
    if facts.rubric_version is not None:
        return ()
    return ("somebody to publish the draft",) if facts.has_rubric_draft else ("a published rubric",)


def _missing_plan(facts: SetupFacts) -> tuple[str, ...]:
    if not facts.rounds:
        return ("at least one round",)
    rounds = _counted(facts.ratings_required, "round")
    return tuple(f"{rounds} for {name}" for name in facts.without_cover)


def _details(facts: SetupFacts) -> str:
    return _counted(facts.minimum_qualifications, "minimum qualification")


def _people(facts: SetupFacts) -> str:
    names = [*facts.hiring_managers, *facts.recruiters, *facts.interviewers]
    return ", ".join(dict.fromkeys(names)) or "Nobody yet"


def _rubric(facts: SetupFacts) -> str:
    return f"Version {facts.rubric_version} is published" if facts.rubric_version else ""


def _plan(facts: SetupFacts) -> str:
    return _counted(facts.rounds, "round") if facts.rounds else ""


def _questions(facts: SetupFacts) -> str:
    if not facts.questions:
        return "None"
    return f"{_counted(facts.questions, 'question')}, {facts.questions_required} required"


def _screening(facts: SetupFacts) -> str:
    points = _counted(facts.screening_points, "point")
    calls = f"Calls are scored on {points}" if facts.screening_points else "Calls have a result alone"
    hidden = "names are hidden until the résumé review"
    said = [calls, hidden if facts.has_hidden_names else "names are shown"]
    said += ["no résumé review needed"] if not facts.needs_resume_review else []
    said += ["no call needed"] if not facts.needs_screening_call else []
    return "; ".join(said)


def _targets(facts: SetupFacts) -> str:
    if not facts.own_targets:
        return f"The usual ones, {sum(TARGET_DAYS.values())} days in all"
    return f"{_counted(facts.own_targets, 'stage')} of {len(TARGET_DAYS)} with days of this job's own"


def _references(facts: SetupFacts) -> str:
    return _counted(facts.references_required, "reference") if facts.references_required else "None asked"


def _those_that_lack(*asked: tuple[str, bool]) -> tuple[str, ...]:
    return tuple(what for what, is_there in asked if not is_there)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
