"""What a rubric is made of: competencies with anchors, questions and weights, each naming its source."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tracker.domain.frameworks import FrameworkSource, Level
from tracker.domain.questions import EARLY_CAREER, Questions

LONGEST_NAME = 80
LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Anchor:
    """A framework statement that shows what one level of a competency looks like.

    `index` is its 0-based place in its level of the file, below 0 where an author wrote it; `confidence` is
    0 to 1, how surely it belongs to the row.
    """

    level: Level
    index: int
    statement: str
    confidence: float
    is_weak: bool
    source: FrameworkSource


@dataclass(frozen=True, slots=True)
class Leftover:
    """A statement that stands in no row; listed for the author, never dropped."""

    level: Level
    index: int
    statement: str
    source: FrameworkSource


@dataclass(frozen=True, slots=True)
class Competency:
    """One row of a rubric; a level without an anchor is an honest gap."""

    key: str
    name: str
    weight: float
    weight_reason: str
    is_required: bool
    target_level: Level
    anchors: Mapping[Level, Anchor | None]
    questions: Questions
    target_reason: str = ""
    """Why the target level is not that of the rubric; empty where it is."""
    target_set_by: str = ""
    """The key of who set it otherwise."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """The rows of a rubric in their order, what is left over, and what its author should know."""

    target_level: Level
    competencies: tuple[Competency, ...]
    leftovers: tuple[Leftover, ...]
    notices: tuple[str, ...] = ()

    @property
    def is_situational_first(self) -> bool:
        """Whether the situational question leads, as for people early in a career: the questions tell."""
        return any(EARLY_CAREER in row.questions.behavioural for row in self.competencies)

    def competency(self, key: str) -> Competency:
        """The row of a key; KeyError when there is none."""
        for row in self.competencies:
            if row.key == key:
                return row
        raise KeyError(key)


def competency_key(name: str, taken: Collection[str] = ()) -> str:
    """A short key in a-z, 0-9 and hyphens for a competency's name, different from those taken."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST_KEY].rstrip("-") or "competency"
    key, number = slug, 2
    while key in taken:
        key, number = f"{slug}-{number}", number + 1
    return key
