"""What each report is, in words: all outlines by name, in the order in which people are offered them."""

from tracker.domain.outlines.flow import (
    AGEING,
    CONVERSION,
    FUNNEL,
    PIPELINE,
    TIME_IN_STAGE,
    TIME_TO_ADVANCE,
)
from tracker.domain.outlines.hires import (
    FORECAST,
    OFFERS,
    REASONS,
    SOURCES,
    TIME_TO_DECISION,
    TIME_TO_FILL,
    TIME_TO_HIRE,
)
from tracker.domain.outlines.outline import Outline, ReportName
from tracker.domain.outlines.people import ADVERSE_IMPACT, APPLICANT_FLOW, INTERVIEWERS

OUTLINES: dict[ReportName, Outline] = {
    outline.name: outline
    for outline in (
        PIPELINE,
        FUNNEL,
        CONVERSION,
        AGEING,
        TIME_IN_STAGE,
        TIME_TO_ADVANCE,
        TIME_TO_DECISION,
        TIME_TO_HIRE,
        TIME_TO_FILL,
        OFFERS,
        SOURCES,
        REASONS,
        FORECAST,
        INTERVIEWERS,
        ADVERSE_IMPACT,
        APPLICANT_FLOW,
    )
}
