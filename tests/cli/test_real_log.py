"""The history of another system comes in from its event log, and every number agrees with a count by hand."""

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.cli.conftest import Call
from tests.event_logs import MAPPING, REAL, Case, count, made_cases, real_cases, write_log
from tracker.db import Database
from tracker.domain.stages import STAGES
from tracker.models.applications import Application
from tracker.models.moves import Move

SOURCES: list[Callable[[int], Iterator[Case]]] = [made_cases, *([real_cases] if REAL.exists() else [])]
SIZE = 200


@pytest.mark.parametrize("read", SOURCES)
def test_a_log_comes_in_once_and_is_counted_as_by_hand(
    call: Call, sqlite_database: Database, tmp_path: Path, read: Callable[[int], Iterator[Case]]
) -> None:
    cases = list(read(SIZE))
    by_hand = count(cases, tomllib.loads(MAPPING.read_text("utf-8")))
    assert by_hand.equal_instants > 0
    assert by_hand.gone_back + by_hand.back_from_closed > 0
    log = tmp_path / "log.xes.gz"
    write_log(log, cases)
    assert call("jobs", "add", "Engineer", "--open").exit_code == 0
    first = call("history", "import", log, "--job", "Engineer", "--mapping", MAPPING)
    assert f"{SIZE:,} applications" in first.stdout

    def stored() -> tuple[object, ...]:
        with sqlite_database.reading() as session:
            numbers = (select(func.count()).select_from(one).scalar_subquery() for one in (Application, Move))
            return tuple(session.execute(select(*numbers)).one())

    before = stored()
    again = call("history", "import", log, "--job", "Engineer", "--mapping", MAPPING)
    assert f"Imported before and left as they are: {SIZE:,} applications." in again.stdout
    assert stored() == before
    assert call("history", "verify").exit_code == 0
    funnel, pipeline = (
        {row.pop("stage"): row for row in json.loads(call(*asked, "--format", "json").stdout)["rows"]}
        for asked in (("report", name, "--job", "Engineer") for name in ("funnel", "pipeline"))
    )
    for stage in STAGES:
        assert funnel[stage]["reached"] == by_hand.been[stage], stage
        assert pipeline[stage]["active"] == by_hand.active[stage], stage
        assert pipeline[stage]["rejected"] == by_hand.rejected[stage], stage
    (offers,) = json.loads(call("report", "offers", "--job", "Engineer", "--format", "json").stdout)["rows"]
    # Each application once, however often it came into Offer; the log tells of no answer but a rejection.
    assert offers["extended"] == by_hand.been["offer"] > 0
    assert offers["pending"] == by_hand.active["offer"]
    assert (offers["accepted"], offers["declined"], offers["expired"]) == (0, 0, 0)
    impact = json.loads(call("report", "adverse-impact", "--job", "Engineer", "--format", "json").stdout)
    told = {
        (row["group"], row["stage"]): row
        for row in impact["rows"]
        if (row["attribute"], row["basis"]) == ("gender", "total")
    }
    for stage in ("screening", "interview", "offer"):
        women, men = (
            (by_hand.by_gender[group, stage], by_hand.by_gender[group, "application"])
            for group in ("false", "true")
        )
        for group, counted in (("false", women), ("true", men)):
            assert (told[group, stage]["selected"], told[group, stage]["applicants"]) == counted
        rates = {"false": women[0] / women[1], "true": men[0] / men[1]}
        lower = min(rates, key=lambda group: rates[group])
        ratio = rates[lower] / max(rates.values())
        assert told[lower, stage]["ratio"] == pytest.approx(ratio)
        assert told[lower, stage]["flagged"] is (ratio < 0.8)
