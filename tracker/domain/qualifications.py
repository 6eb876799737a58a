"""Whether a résumé meets what a job asks for, one qualification at a time, and what that allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from tracker.domain.names import clean_line
from tracker.domain.rules import RuleBroken

LONGEST_REASON = 500  # characters


class Verdict(StrEnum):
    """What the résumé says of one qualification."""

    MET = "met"
    NOT_MET = "not_met"
    UNCLEAR = "unclear"


VERDICT_LABELS = {Verdict.MET: "Met", Verdict.NOT_MET: "Not met", Verdict.UNCLEAR: "Cannot tell"}
VERDICT_BADGES = {Verdict.MET: "good", Verdict.NOT_MET: "bad", Verdict.UNCLEAR: "warn"}
_IS_MET = {Verdict.MET: True, Verdict.NOT_MET: False, Verdict.UNCLEAR: None}


@dataclass(frozen=True, slots=True)
class Asked:
    """A qualification that the job asks for; its key goes by its words, so that reordering loses nothing."""

    text: str
    is_preferred: bool = False

    @property
    def key(self) -> str:
        """Such as `minimum_1a2b3c4d`."""
        kind = "preferred" if self.is_preferred else "minimum"
        return f"{kind}_{sha256(self.text.encode()).hexdigest()[:8]}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody who read the résumé says of one qualification, with a short reason."""

    asked: Asked
    verdict: Verdict
    reason: str = ""


def asked_of(minimum: Sequence[str], preferred: Sequence[str]) -> tuple[Asked, ...]:
    """What a job asks for, the minimum first; what stands in it twice is asked once."""
    return tuple(
        dict.fromkeys((*(Asked(text) for text in minimum), *(Asked(text, True) for text in preferred)))
    )


def basic_qualifications_met(passed: bool, judged: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether a review found every minimum qualification met; none where it could not tell.

    A review that judged none of them, or whose judgements were erased, says so as a whole.
    """
    found = [one.get("is_met") for one in judged if not one.get("is_preferred")]
    if not found:
        return passed
    if False in found:
        return False
    return None if None in found else True


def check_judged(
    judged: Sequence[Judged], asked: Sequence[Asked], *, passes: bool
) -> list[dict[str, object]]:
    """The judgements as a review keeps them, in the order the job asks: {qualification, is_met: true, false
    or none for cannot tell, and reason and is_preferred where they say something}.

    Raises RuleBroken at the key of a qualification: one that the job does not ask for; for a pass, a minimum
    that was not judged, is not met, or cannot be told without saying how it will be found out.
    """
    given = {one.asked: one for one in judged}
    if unknown := [one for one in given if one not in asked]:
        raise RuleBroken("The job does not ask for this qualification.", field=unknown[0].key)
    if passes:
        for one in asked:
            _check_pass(one, given.get(one))
    return [_kept(given[one]) for one in asked if one in given]


def _check_pass(asked: Asked, given: Judged | None) -> None:
    if asked.is_preferred:
        return
    if given is None:
        raise RuleBroken("Say whether it is met.", field=asked.key)
    if given.verdict is Verdict.NOT_MET:
        raise RuleBroken("A résumé that misses a minimum qualification does not pass.", field=asked.key)
    if given.verdict is Verdict.UNCLEAR and not given.reason.strip():
        raise RuleBroken("Say how it will be found out, such as on the call.", field=asked.key)


def _kept(judged: Judged) -> dict[str, object]:
    reason = clean_line(judged.reason, "The reason", judged.asked.key, longest=LONGEST_REASON)
    kept: dict[str, object] = {"qualification": judged.asked.text, "is_met": _IS_MET[judged.verdict]}
    if reason:
        kept["reason"] = reason
    return {**kept, "is_preferred": True} if judged.asked.is_preferred else kept


def verdict_of(row: dict[str, object]) -> Verdict:
    """The verdict that a kept judgement holds."""
    return next(verdict for verdict, is_met in _IS_MET.items() if is_met is row["is_met"])
