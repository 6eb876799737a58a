"""Who approves an offer, by its amount."""

import pytest

from tracker.domain.actors import Role
from tracker.domain.offer_approvals import (
    MOST_RULES,
    ApprovalRule,
    approval_steps,
    check_rule,
    check_takers,
    yearly_cents,
)
from tracker.domain.offers import SalaryPeriod
from tracker.domain.rules import RuleBroken

MANAGER, HR = Role.HIRING_MANAGER, Role.HR
RULES = (
    ApprovalRule("GBP", 10_000_000, HR),
    ApprovalRule("GBP", 0, HR),
    ApprovalRule("GBP", 0, MANAGER),
    ApprovalRule("EUR", 6_000_000, HR),
)


@pytest.mark.parametrize(
    ("cents", "currency", "period", "steps"),
    [
        (3_150_000, "GBP", SalaryPeriod.YEAR, (MANAGER, HR)),
        (9_999_999, "GBP", SalaryPeriod.YEAR, (MANAGER, HR)),
        (10_000_000, "GBP", SalaryPeriod.YEAR, (MANAGER, HR, HR)),
        (833_334, "GBP", SalaryPeriod.MONTH, (MANAGER, HR, HR)),
        (833_333, "GBP", SalaryPeriod.MONTH, (MANAGER, HR)),
        (4_808, "GBP", SalaryPeriod.HOUR, (MANAGER, HR, HR)),
        (4_807, "GBP", SalaryPeriod.HOUR, (MANAGER, HR)),
        (5_999_999, "EUR", SalaryPeriod.YEAR, ()),
        (6_000_000, "EUR", SalaryPeriod.YEAR, (HR,)),
        (1, "USD", SalaryPeriod.YEAR, (MANAGER, HR, HR)),
    ],
)
def test_an_offer_is_approved_by_those_whose_amount_it_reaches_smallest_first(
    cents: int, currency: str, period: SalaryPeriod, steps: tuple[Role, ...]
) -> None:
    assert approval_steps(RULES, cents=cents, currency=currency, period=period) == steps


@pytest.mark.parametrize(
    ("rules", "steps"),
    [
        ((), ()),
        ((ApprovalRule("EUR", 6_000_000, HR),), (HR,)),
        ((ApprovalRule("EUR", 1, MANAGER), ApprovalRule("GBP", 9, HR)), (HR,)),
        (RULES, (MANAGER, HR, HR)),
    ],
)
def test_an_offer_in_a_currency_without_a_rule_is_asked_the_strictest_of_the_others(rules, steps) -> None:
    assert approval_steps(rules, cents=1, currency="JPY", period=SalaryPeriod.YEAR) == steps


def test_a_year_has_twelve_months_and_2080_hours_of_work() -> None:
    assert [yearly_cents(100, period) for period in SalaryPeriod] == [100, 1_200, 208_000]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (ApprovalRule("GBP", 0, Role.INTERVIEWER), "role"),
        (ApprovalRule("AAA", 0, HR), "currency"),
        (ApprovalRule("GBP", -1, HR), "amount"),
        (ApprovalRule("GBP", 10**17, HR), "amount"),
        (ApprovalRule("GBP", 0, HR), "amount"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_at_its_field(rule: ApprovalRule, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_rule(rule, RULES)
    assert refused.value.field == field


def test_there_is_an_end_of_rules() -> None:
    many = [ApprovalRule("USD", number, HR) for number in range(MOST_RULES)]
    check_rule(ApprovalRule("EUR", 0, HR), many[1:])
    with pytest.raises(RuleBroken, match="50 rules"):
        check_rule(ApprovalRule("EUR", 0, HR), many)


@pytest.mark.parametrize(
    ("steps", "managers", "hr", "is_enough"),
    [
        ((MANAGER,), "a", "", True),
        ((MANAGER,), "", "a", False),
        ((MANAGER, MANAGER), "a", "bc", False),
        ((MANAGER, HR), "a", "a", False),
        ((MANAGER, HR), "ab", "a", True),
        ((MANAGER, HR, HR), "ab", "bc", True),
        ((MANAGER, HR, HR), "b", "bc", False),
    ],
)
def test_each_step_needs_somebody_of_its_own(
    steps: tuple[Role, ...], managers: str, hr: str, is_enough: bool
) -> None:
    takers = {MANAGER: [ord(who) for who in managers], HR: [ord(who) for who in hr]}
    if is_enough:
        check_takers(steps, takers)
        return
    with pytest.raises(RuleBroken, match="could never be approved"):
        check_takers(steps, takers)


@pytest.mark.parametrize(("managers", "hr", "may"), [((), (), False), ((1,), (), True), ((), (2,), True)])
def test_without_steps_somebody_is_there_all_the_same(
    managers: tuple[int, ...], hr: tuple[int, ...], may: bool
) -> None:
    takers = {MANAGER: managers, HR: hr}
    if may:
        check_takers((), takers)
        return
    with pytest.raises(RuleBroken, match="Nobody is there"):
        check_takers((), takers)
