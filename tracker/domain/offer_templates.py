"""Templates of offers: what one says, and which fit a job."""

from dataclasses import dataclass

from tracker.domain.names import clean_line
from tracker.domain.offers import CURRENCIES, SalaryPeriod
from tracker.domain.rules import RuleBroken
from tracker.domain.texts import written_or_none

LONGEST_NAME = 80  # characters
MOST_TEMPLATES = 100
LONGEST_DAYS = 365


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """The terms that a template puts into the form of an offer; days to answer count from the drafting."""

    name: str
    currency: str
    period: SalaryPeriod
    days_to_answer: int
    department: str | None = None
    benefits: str | None = None
    conditions: str | None = None

    def fits(self, department: str | None) -> bool:
        """Whether it is for a job of this department."""
        return self.department is None or self.department.casefold() == (department or "").casefold()


def checked_terms(terms: OfferTerms) -> OfferTerms:
    """The terms as they are kept. Raises RuleBroken at the field that cannot be."""
    if terms.currency not in CURRENCIES:
        raise RuleBroken("Choose a currency of the list.", field="currency")
    if not 1 <= terms.days_to_answer <= LONGEST_DAYS:
        raise RuleBroken(f"Between 1 and {LONGEST_DAYS} days.", field="days_to_answer")
    return OfferTerms(
        name=clean_line(terms.name, "The name", "name", longest=LONGEST_NAME, needed=True),
        currency=terms.currency,
        period=terms.period,
        days_to_answer=terms.days_to_answer,
        department=clean_line(terms.department or "", "The department", "department", longest=200) or None,
        benefits=written_or_none(terms.benefits, field="benefits"),
        conditions=written_or_none(terms.conditions, field="conditions"),
    )
