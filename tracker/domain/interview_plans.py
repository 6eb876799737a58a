"""Spreading a rubric's rows over interviews, so that different people rate each row in different sessions.

Design: rubrics, "Interview plan". The kinds of session are the article's.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tracker.domain.matching import largest_matching

MOST_ROWS_PER_SESSION = 6
MINUTES_PER_ROW = 7
MOST_SESSIONS = 4
RATINGS_NEEDED = 2
DEFAULT_MINUTES = 45


class InterviewKind(StrEnum):
    """How a session is held."""

    PHONE_SCREEN = "phone_screen"
    IN_PERSON = "in_person"
    VIRTUAL = "virtual"
    PANEL = "panel"
    SKILLS_ASSESSMENT = "skills_assessment"


INTERVIEW_KIND_LABELS: dict[InterviewKind, str] = {
    InterviewKind.PHONE_SCREEN: "Phone screen",
    InterviewKind.IN_PERSON: "In-person interview",
    InterviewKind.VIRTUAL: "Virtual interview",
    InterviewKind.PANEL: "Panel interview",
    InterviewKind.SKILLS_ASSESSMENT: "Skills assessment",
}


class PlannedRow(Protocol):
    """What planning needs to know of a competency."""

    @property
    def key(self) -> str: ...
    @property
    def is_required(self) -> bool: ...


class PlannedRubric(Protocol):
    """Anything with competencies in the order of the rubric."""

    @property
    def competencies(self) -> Sequence[PlannedRow]: ...


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """One session of the plan: its number from 1, how it is held, its length, the keys of its rows."""

    number: int
    kind: InterviewKind
    minutes: int
    competencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """The sessions, and the keys of required rows that do not get enough of them."""

    sessions: tuple[PlannedSession, ...]
    lacking: tuple[str, ...]


def rows_per_session(minutes: int) -> int:
    """How many rows a session of this length can hold: one per seven minutes, at most six."""
    return min(MOST_ROWS_PER_SESSION, max(minutes, 0) // MINUTES_PER_ROW)


DEFAULT_KINDS = (
    InterviewKind.IN_PERSON,
    InterviewKind.PANEL,
    InterviewKind.SKILLS_ASSESSMENT,
    InterviewKind.IN_PERSON,
)


def plan_interviews(
    rubric: PlannedRubric,
    *,
    minutes: int = DEFAULT_MINUTES,
    most_sessions: int = MOST_SESSIONS,
    ratings_needed: int = RATINGS_NEEDED,
    kinds: Sequence[InterviewKind] = DEFAULT_KINDS,
) -> InterviewPlan:
    """Give every row its sessions, with as few sessions of `minutes` as do it; required rows come first.

    Kinds are taken in turn. Rows that cannot get `ratings_needed` different sessions are named as lacking.
    """
    room = rows_per_session(minutes)
    rows = sorted(rubric.competencies, key=lambda row: not row.is_required)
    count = _sessions_needed(len(rows), room, most_sessions, ratings_needed)
    sessions: list[list[str]] = [[] for _ in range(count)]
    for share in _shares(rows, count, room, ratings_needed):
        for index in _emptiest(sessions, room)[: share[1]]:
            sessions[index].append(share[0])
    given = _counted(sessions)
    return InterviewPlan(
        tuple(
            PlannedSession(number, kinds[(number - 1) % len(kinds)], minutes, _in_order(keys, rubric))
            for number, keys in enumerate(sessions, start=1)
        ),
        tuple(row.key for row in rubric.competencies if given.get(row.key, 0) < ratings_needed),
    )


def _in_order(keys: Collection[str], rubric: PlannedRubric) -> tuple[str, ...]:
    return tuple(row.key for row in rubric.competencies if row.key in keys)


def _sessions_needed(rows: int, room: int, most: int, ratings_needed: int) -> int:
    if not rows or not room:
        return 0
    return min(max(-(-rows * ratings_needed // room), ratings_needed), max(most, 0))


def _shares(
    rows: Sequence[PlannedRow], sessions: int, room: int, ratings_needed: int
) -> list[tuple[str, int]]:
    """How many sessions each row gets: the first rows all they need, the last what is left."""
    left = sessions * room
    shares = []
    for row in rows:
        share = min(ratings_needed, sessions, left)
        left -= share
        shares.append((row.key, share))
    return shares


def _emptiest(sessions: Sequence[Sequence[str]], room: int) -> list[int]:
    # Filling the emptiest first keeps the lengths within one of each other, so no room is lost.
    open_sessions = [index for index, keys in enumerate(sessions) if len(keys) < room]
    return sorted(open_sessions, key=lambda index: len(sessions[index]))


def _counted(sessions: Iterable[Iterable[str]]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for keys in sessions:
        for key in keys:
            counts[key] += 1
    return counts


@dataclass(frozen=True, slots=True)
class Cover:
    """How many independent ratings each row has or will have, and the keys of rows with too few."""

    independent: Mapping[str, int]
    lacking: tuple[str, ...]


def cover(
    ratings: Iterable[tuple[str, Hashable, Hashable]],
    rubric: PlannedRubric,
    *,
    ratings_needed: int = RATINGS_NEEDED,
) -> Cover:
    """Check the cover by (competency key, person, session): of people assigned, or of ratings handed in."""
    pairs: dict[str, list[tuple[Hashable, Hashable]]] = defaultdict(list)
    for key, person, session in ratings:
        pairs[key].append((person, session))
    counts = {row.key: largest_matching(pairs[row.key]) for row in rubric.competencies}
    return Cover(counts, tuple(key for key, count in counts.items() if count < ratings_needed))


def planned_cover(
    rounds: Iterable[Iterable[str]], rubric: PlannedRubric, *, ratings_needed: int = RATINGS_NEEDED
) -> Cover:
    """The cover that planned rounds promise, from the keys that each rates; each round has its own people."""
    ratings = ((key, number, number) for number, keys in enumerate(rounds) for key in keys)
    return cover(ratings, rubric, ratings_needed=ratings_needed)
