"""Practice on any occupation: samples made from the rubric's own anchors, rateable against its key."""

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.interviewing import CLERKS, RUBRIC
from tracker.domain.anchor_answers import BY_MYSELF, LONGEST_ANSWER, LOOKED_AFTER, ON_REQUEST, answer_from
from tracker.domain.competencies import Anchor, Competency, Rubric
from tracker.domain.frameworks import FrameworkSource, Level, parse_framework
from tracker.domain.practices import SAMPLES, practice_samples
from tracker.domain.rubrics import generate_rubric

FOLDER = Path(__file__).parent / "frameworks"
OCCUPATIONS = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(".answers.json"))
OURS = (
    "In my last job I had to. That meant. It was to. It helped to. It was done so that. I went by. I used."
    f" My own. I had a lot to do with this. {BY_MYSELF} {ON_REQUEST} {LOOKED_AFTER}"
)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


@cache
def rubric_of(path: Path) -> Rubric:
    return generate_rubric(parse_framework(path.read_bytes()), target_level=Level.DEVELOPING)


@pytest.mark.parametrize("path", OCCUPATIONS, ids=lambda path: path.stem)
def test_samples_of_another_occupation_say_what_their_anchors_say(path: Path) -> None:
    rows = rubric_of(path).competencies
    for attempt in range(len(rows) // SAMPLES):
        samples = practice_samples(rows, person=attempt, attempt=attempt)
        assert len(samples) == SAMPLES
        for one in samples:
            statement = one.competency.anchors[one.level].statement  # type: ignore[union-attr]
            assert one.is_generated
            assert words(one.text) - words(OURS) <= words(statement)
            assert words(one.text) & words(statement) - words(OURS), "it says something of its own"
            assert " ".join(statement.split()).rstrip(".")[:100] in one.why


@pytest.mark.parametrize("path", OCCUPATIONS, ids=lambda path: path.stem)
def test_key_can_be_found_from_the_anchors_beside_the_sample(path: Path) -> None:
    for row in rubric_of(path).competencies:
        for attempt in range(len(Level)):
            (one,) = practice_samples([row], person=attempt, attempt=0) or (None,)
            if one is None:
                continue
            told = words(one.text) - words(OURS)
            shared = {
                level: len(told & words(anchor.statement)) for level, anchor in row.anchors.items() if anchor
            }
            others = [count for level, count in shared.items() if level is not one.level]
            assert shared[one.level] > max(others, default=0)


def row_with(statements: dict[Level, str], source: FrameworkSource) -> Competency:
    anchors: dict[Level, Anchor | None] = dict.fromkeys(Level)
    for place, (level, statement) in enumerate(statements.items(), start=1):
        anchors[level] = Anchor(level, -place, statement, 1.0, False, source)
    return replace(RUBRIC.competencies[0], key="valves", anchors=anchors)


BY_HAND = replace(CLERKS.source, sha256="")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Opens valves under close supervision", LOOKED_AFTER),
        ("Opens valves when asked by the foreman", ON_REQUEST),
        ("Opens valves with minimal oversight", BY_MYSELF),
        ("Opens valves independently", BY_MYSELF),
        ("Opens valves", ""),
    ],
)
def test_help_is_told_only_where_the_anchor_tells_of_it(statement: str, said: str) -> None:
    told = answer_from(row_with({Level.ADVANCED: statement}, BY_HAND), Level.ADVANCED).text
    assert told == f"In my last job I had to open valves. {said}".strip()


def test_why_names_the_next_anchor_that_is_there_and_keeps_to_its_length() -> None:
    row = row_with({Level.EMERGING: "Opens valves", Level.ADVANCED: "Designs valves " * 60}, BY_HAND)
    why = answer_from(row, Level.EMERGING).why
    assert "“Opens valves”. Nothing in it reaches the next: “Designs valves" in why
    assert len(why) <= 500
    for longest in ("Designs valves " * 600, "Designs valves independently, " + "naming valves " * 600):
        long = answer_from(row_with({Level.ADVANCED: longest}, BY_HAND), Level.ADVANCED)
        assert len(long.text) <= LONGEST_ANSWER
    assert "next" not in answer_from(row, Level.ADVANCED).why
    with pytest.raises(ValueError, match="no anchor"):
        answer_from(row, Level.DEVELOPING)


def test_levels_that_cannot_be_told_apart_are_not_asked() -> None:
    alike = row_with(
        {
            Level.EMERGING: "Opens valves under close supervision",
            Level.DEVELOPING: "Opens valves under general supervision",
            Level.PROFICIENT: "Opens valves independently",
        },
        BY_HAND,
    )
    for attempt in range(6):
        (one,) = practice_samples([alike], person=attempt, attempt=attempt)
        assert one.level is Level.PROFICIENT


def test_answers_of_our_own_are_for_the_very_statements_they_were_written_from() -> None:
    changed = replace(CLERKS.source, sha256="0" * 64)
    for row in RUBRIC.competencies:
        moved = {level: anchor and replace(anchor, source=changed) for level, anchor in row.anchors.items()}
        for attempt in range(len(Level)):
            for one in practice_samples([replace(row, anchors=moved)], person=attempt, attempt=0):
                assert one.is_generated
