"""Pairing things off: how many pairs can be chosen so that nothing is in two of them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence


def largest_matching(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    """The most of these pairs of which no two share their left or their right, by augmenting paths.

    Of ratings by (person, session): how many are independent. Of approvals by (step, person): how many steps
    can be taken, each by another person.
    """
    rights_of: dict[Hashable, list[Hashable]] = defaultdict(list)
    for left, right in pairs:
        rights_of[left].append(right)
    taken_by: dict[Hashable, Hashable] = {}
    return sum(_finds_right(left, rights_of, taken_by, set()) for left in rights_of)


def _finds_right(
    left: Hashable,
    rights_of: Mapping[Hashable, Sequence[Hashable]],
    taken_by: dict[Hashable, Hashable],
    tried: set[Hashable],
) -> bool:
    for right in rights_of[left]:
        if right in tried:
            continue
        tried.add(right)
        if right not in taken_by or _finds_right(taken_by[right], rights_of, taken_by, tried):
            taken_by[right] = left
            return True
    return False
