"""The lines of the list of candidates as they are shown: drawn here, for fifty stand on a page."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from markupsafe import Markup

from tracker.domain.stages import OUTCOME_BADGES, OUTCOME_LABELS, STAGE_LABELS, Outcome
from tracker.memory import MEMORIES
from tracker.queries.candidate_lists import CandidateLine
from tracker.web.filters import ago, instant, iso, reader_zone
from tracker.web.hrefs import href_before


def draw_lines(rows: Iterable[CandidateLine], *, shows_contact: bool) -> Markup:
    """The rows of the table, each with where it leads and where the person stands."""
    people = href_before("candidates.show", "candidate_id")
    applications = href_before("applications.show", "application_id")
    zone = reader_zone()
    drawn = [_drawn(row, ago(row.last_at), zone, people, applications, shows_contact) for row in rows]
    return Markup("\n".join(drawn))  # noqa: S704


def draw_jobs(jobs: tuple[tuple[int, str], ...], chosen: int | None) -> Markup:
    """The jobs to choose from, several hundred in a large organisation."""
    return _drawn_jobs(jobs, chosen)


@lru_cache(maxsize=64)
def _drawn_jobs(jobs: tuple[tuple[int, str], ...], chosen: int | None) -> Markup:
    option = Markup('<option value="{}"{}>{}</option>')
    marks = {True: Markup(" selected"), False: Markup("")}
    return Markup("").join(option.format(number, marks[number == chosen], title) for number, title in jobs)


@lru_cache(maxsize=4096)
def _drawn(
    row: CandidateLine, said: str, zone: ZoneInfo, people: str, applications: str, shows_contact: bool
) -> Markup:
    # The same facts make the same line: only `said` changes by itself, and the zone with who reads.
    module: Any = current_app.jinja_env.get_template("components/candidate_line.html").module
    standing, kind = "", ""
    if row.outcome is not None:
        is_active = row.outcome is Outcome.ACTIVE and row.stage is not None
        standing = STAGE_LABELS[row.stage] if is_active and row.stage else OUTCOME_LABELS[row.outcome]
        kind = OUTCOME_BADGES[row.outcome]
    return Markup(  # noqa: S704
        module.candidate_line(
            row,
            f"{people}{row.id}",
            f"{applications}{row.application_id}" if row.application_id else "",
            standing,
            kind,
            iso(row.last_at),
            instant(row.last_at, zone),
            said,
            shows_contact,
        )
    )


MEMORIES.keep(_drawn.cache_clear)
