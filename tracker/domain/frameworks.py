"""Skills frameworks as they come in: four levels of statements for one occupation, read strictly.

A file is taken whole or refused with one sentence that names the place in it (design: rubrics, "The input").
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from tracker.domain.framework_files import (
    FrameworkRefused,
    checked_text,
    load_document,
    required,
    shown,
    text_at,
)
from tracker.domain.statement_words import derive_topic, split_topic

__all__ = [
    "LEVEL_LABELS",
    "MOST_STATEMENTS_PER_LEVEL",
    "Framework",
    "FrameworkRefused",
    "FrameworkSource",
    "Level",
    "Statement",
    "parse_framework",
    "read_statement",
]


class Level(StrEnum):
    """The four levels of a framework, lowest first."""

    EMERGING = "emerging"
    DEVELOPING = "developing"
    PROFICIENT = "proficient"
    ADVANCED = "advanced"

    @property
    def rank(self) -> int:
        """1 for emerging to 4 for advanced: the value that a rating of this level has."""
        return list(Level).index(self) + 1

    @classmethod
    def of_rank(cls, rank: int) -> "Level":
        """The level of a rank; ranks beyond the ends give the lowest or the highest level."""
        return list(cls)[min(max(rank, 1), 4) - 1]


LEVEL_LABELS: dict[Level, str] = {
    Level.EMERGING: "Emerging",
    Level.DEVELOPING: "Developing",
    Level.PROFICIENT: "Proficient",
    Level.ADVANCED: "Advanced",
}

MOST_STATEMENTS_PER_LEVEL = 500


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a level; `index` is its 0-based place in the file, `text` the sentence untouched.

    Where the file gives no topic before a dash, `topic` is taken from the sentence
    and `has_own_topic` is false.
    """

    level: Level
    index: int
    topic: str
    behaviour: str
    text: str
    has_own_topic: bool = True


@dataclass(frozen=True, slots=True)
class FrameworkSource:
    """Where a statement comes from: shown wherever its text is."""

    soc: str
    title: str
    version: str
    sha256: str
    attribution: str


@dataclass(frozen=True)
class Framework:
    """The statements of one occupation in one version, with what must be shown beside them."""

    soc: str
    title: str
    group: str
    job_zone: int | None
    is_job_zone_inferred: bool
    version: str
    description: str
    context: str
    attribution: str
    sources: Mapping[str, str]
    levels: Mapping[Level, tuple[Statement, ...]]
    notices: tuple[str, ...] = ()

    @cached_property
    def canonical(self) -> str:
        """The content as JSON in one fixed form, which `parse_framework` reads back to an equal framework."""
        return json.dumps(_as_document(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """Hash of the content: equal for two files that say the same, whatever their key order or spacing."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @cached_property
    def source(self) -> FrameworkSource:
        """What every anchor taken from this framework carries with it."""
        return FrameworkSource(self.soc, self.title, self.version, self.sha256, self.attribution)

    def statements(self) -> Iterator[Statement]:
        """All statements, lowest level first, in the order of the file."""
        for level in Level:
            yield from self.levels[level]


def parse_framework(data: bytes) -> Framework:
    """Read a framework file as it was uploaded, whole or not at all; raises FrameworkRefused."""
    document = load_document(data)
    _check_schema_version(document)
    occupation = required(document, "occupation", dict, "")
    body = required(document, "framework", dict, "")
    levels = required(body, "levels", dict, "framework")
    notices = [
        f"framework.levels.{shown(key)} is none of the four levels and was not read."
        for key in levels
        if key not in set(Level)
    ]
    job_zone = _job_zone(occupation, notices)
    return Framework(
        soc=text_at(occupation, "soc", "occupation", needed=True),
        title=text_at(occupation, "title", "occupation", needed=True),
        group=text_at(occupation, "group", "occupation"),
        job_zone=job_zone,
        is_job_zone_inferred=_job_zone_inferred(occupation),
        version=text_at(body, "version", "framework", needed=True),
        description=text_at(body, "description", "framework"),
        context=text_at(body, "contextCovered", "framework"),
        attribution=text_at(document, "attribution", ""),
        sources=_sources(document),
        levels={level: _statements(levels, level) for level in Level},
        notices=tuple(notices),
    )


def _check_schema_version(document: dict[str, Any]) -> None:
    version = text_at(document, "schemaVersion", "")
    if version and version.split(".")[0] != "1":
        raise FrameworkRefused(f'schemaVersion is "{shown(version)}", but only version 1 can be read.')


def _job_zone(occupation: dict[str, Any], notices: list[str]) -> int | None:
    zone = occupation.get("jobZone")
    if zone is None:
        return None
    if not isinstance(zone, int) or isinstance(zone, bool):
        raise FrameworkRefused("occupation.jobZone must be a whole number from 1 to 5.")
    if not 1 <= zone <= 5:
        notices.append(f"occupation.jobZone is {shown(str(zone))}, which is no job zone from 1 to 5.")
        return None
    return zone


def _job_zone_inferred(occupation: dict[str, Any]) -> bool:
    inferred = occupation.get("jobZoneInferred")
    if inferred is None:
        return False
    if not isinstance(inferred, bool):
        raise FrameworkRefused("occupation.jobZoneInferred must be true or false.")
    return inferred


def _sources(document: dict[str, Any]) -> dict[str, str]:
    given = document.get("sources")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise FrameworkRefused("sources must be an object of texts.")
    return {key: text_at(given, key, "sources") for key in sorted(given)}


def _statements(levels: dict[str, Any], level: Level) -> tuple[Statement, ...]:
    place = f"framework.levels.{level}"
    entry = required(levels, level.value, dict, "framework.levels")
    texts = required(entry, "statements", list, place)
    if not texts:
        raise FrameworkRefused(f"{place}.statements is empty: every level needs at least one statement.")
    if len(texts) > MOST_STATEMENTS_PER_LEVEL:
        raise FrameworkRefused(
            f"{place}.statements holds {len(texts):,} statements, "
            f"but at most {MOST_STATEMENTS_PER_LEVEL} per level can be read."
        )
    return tuple(
        read_statement(level, index, checked_text(text, f"{place}.statements[{index}]"))
        for index, text in enumerate(texts)
    )


def read_statement(level: Level, index: int, text: str) -> Statement:
    """A statement of a level, its topic taken from before the dash or, without one, from the sentence."""
    parts = split_topic(text)
    if parts:
        return Statement(level, index, parts[0], parts[1], text)
    behaviour = " ".join(text.split())
    return Statement(level, index, derive_topic(behaviour), behaviour, text, has_own_topic=False)


def _as_document(framework: Framework) -> dict[str, Any]:
    return {
        "schemaVersion": "1.0",
        "occupation": {
            "soc": framework.soc,
            "title": framework.title,
            "group": framework.group,
            "jobZone": framework.job_zone,
            "jobZoneInferred": framework.is_job_zone_inferred,
        },
        "framework": {
            "version": framework.version,
            "description": framework.description,
            "contextCovered": framework.context,
            "levels": {
                level.value: {"statements": [statement.text for statement in framework.levels[level]]}
                for level in Level
            },
        },
        "sources": dict(framework.sources),
        "attribution": framework.attribution,
    }
