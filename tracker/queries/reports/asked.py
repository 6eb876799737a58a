"""Which number of a report an address asks for the rows of."""

from collections.abc import Mapping

from tracker.domain.outlines.outline import Outline
from tracker.domain.report_addresses import named_as
from tracker.domain.rules import RuleBroken
from tracker.domain.stages import Stage
from tracker.queries.reports.scope import Figure


def figure_of(outline: Outline, asked: Mapping[str, str]) -> Figure:
    """The number whose rows an address asks for, or all. Raises RuleBroken."""
    try:
        stage = Stage(asked["stage"]) if asked.get("stage") else None
    except ValueError:
        raise RuleBroken("There is no such stage.", field="stage") from None
    named = {
        key: asked[named_as(key)] for key in outline.named_by if key != "stage" and named_as(key) in asked
    }
    return Figure(stage=stage, column=asked.get("figure") or None, named=named)
