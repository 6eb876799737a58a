"""Who approves an offer: one step after the other by the amount it promises, each by another person.

Design: trust, "Who sees what": never by who drafted it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.actors import ROLE_LABELS, Role
from tracker.domain.amounts import MOST_CENTS, check_minor_unit
from tracker.domain.matching import largest_matching
from tracker.domain.offers import CURRENCIES, SalaryPeriod
from tracker.domain.rules import RuleBroken

APPROVERS = (Role.HIRING_MANAGER, Role.HR)
"""Who can be asked to approve, in the order in which they are asked at the same amount."""
_EACH = {Role.HIRING_MANAGER: "a hiring manager of the job", Role.HR: "HR"}
APPROVER_LABELS = {Role.HIRING_MANAGER: "the hiring manager of the job", Role.HR: "HR"}
TIMES_A_YEAR = {SalaryPeriod.YEAR: 1, SalaryPeriod.MONTH: 12, SalaryPeriod.HOUR: 2_080}
"""How often a salary is paid in a year; hours of 52 weeks of 40."""
MOST_RULES = 50


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """From this salary a year on, in cents of the currency, an offer is approved by this role too."""

    currency: str
    from_cents: int
    role: Role


def yearly_cents(cents: int, period: SalaryPeriod) -> int:
    """What a salary comes to in a year, in cents."""
    return cents * TIMES_A_YEAR[period]


def approval_steps(
    rules: Iterable[ApprovalRule], *, cents: int, currency: str, period: SalaryPeriod
) -> tuple[Role, ...]:
    """Who approves an offer of this salary, in order; none where no rule reaches it.

    Without a step, one approval by HR or the hiring manager does. Currencies are never converted: where
    there are rules, and none of them speaks of this currency, the strictest chain of all is asked.
    """
    rules = list(rules)
    if is_of_other_currency(rules, currency):
        return _strictest(rules)
    in_a_year = yearly_cents(cents, period)
    return _chain(rule for rule in rules if rule.currency == currency and rule.from_cents <= in_a_year)


def is_of_other_currency(rules: Iterable[ApprovalRule], currency: str) -> bool:
    """Whether there are rules about offers, and none about offers in this currency."""
    spoken_of = {rule.currency for rule in rules}
    return bool(spoken_of) and currency not in spoken_of


def _chain(asked: Iterable[ApprovalRule]) -> tuple[Role, ...]:
    ordered = sorted(asked, key=lambda rule: (rule.from_cents, APPROVERS.index(rule.role)))
    return tuple(rule.role for rule in ordered)


def _strictest(rules: Sequence[ApprovalRule]) -> tuple[Role, ...]:
    """What the largest offer in one of the currencies is asked: most steps, then most of HR's."""
    chains = [
        _chain(rule for rule in rules if rule.currency == one)
        for one in sorted({rule.currency for rule in rules})
    ]
    return max(chains, key=lambda chain: (len(chain), chain.count(Role.HR)))


def check_takers(steps: Sequence[Role], takers: Mapping[Role, Collection[int]]) -> None:
    """That each step can be taken by another person; `takers` holds the users of a role but for the drafter.

    Raises RuleBroken naming the roles that have too few.
    """
    if not steps and not any(takers.values()):
        raise RuleBroken(
            "Nobody is there to approve this offer: it takes HR or a hiring manager of the job, and not its"
            " drafter. Let HR add somebody to the hiring team."
        )
    by_step = [(number, user) for number, role in enumerate(steps) for user in takers.get(role, ())]
    if largest_matching(by_step) == len(steps):
        return
    asked = " and ".join(f"{steps.count(role)} by {_EACH[role]}" for role in dict.fromkeys(steps))
    raise RuleBroken(
        f"This offer could never be approved: its salary asks for {asked}, each by another person and none "
        "by its drafter, and there are not so many. Let HR add to the hiring team or change the rules."
    )


def check_rule(rule: ApprovalRule, others: Iterable[ApprovalRule]) -> None:
    """That a rule can be kept beside the others. Raises RuleBroken at its field."""
    others = list(others)
    if rule.role not in APPROVERS:
        raise RuleBroken("Offers are approved by the hiring manager of the job or HR.", field="role")
    if rule.currency not in CURRENCIES:
        raise RuleBroken("Choose a currency of the list.", field="currency")
    if not 0 <= rule.from_cents <= MOST_CENTS * TIMES_A_YEAR[SalaryPeriod.HOUR]:
        raise RuleBroken("The amount must be 0 or more.", field="amount")
    check_minor_unit(rule.from_cents, rule.currency, field="amount")
    if rule in others:
        raise RuleBroken(f"{ROLE_LABELS[rule.role]} is asked from this amount on already.", field="amount")
    if len(others) >= MOST_RULES:
        raise RuleBroken(f"There are {MOST_RULES} rules already; take one away first.")
