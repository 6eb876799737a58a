"""What a newer version of a skills framework says differently."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.frameworks import Framework, Statement
from tracker.domain.statement_words import plain


@dataclass(frozen=True, slots=True)
class FrameworkDiff:
    """What a newer version of a framework says differently; nothing live changes by it."""

    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]
    reworded: tuple[tuple[Statement, Statement], ...]
    moved: tuple[tuple[Statement, Statement], ...]
    details: tuple[tuple[str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same."""
        return not (self.added or self.removed or self.reworded or self.moved or self.details)


_DETAILS = {
    "soc": "Occupation code",
    "title": "Title",
    "group": "Group",
    "job_zone": "Job zone",
    "is_job_zone_inferred": "Job zone inferred",
    "version": "Version",
    "description": "Description",
    "context": "Context",
    "attribution": "Attribution",
}


def diff_frameworks(old: Framework, new: Framework) -> FrameworkDiff:
    """Compare two versions by their words: the place of a statement in its list says nothing.

    Reworded means the same topic at the same level in other words; moved, the same words at another level.
    """
    removed = _not_in(old, new)
    added = _not_in(new, old)
    moved = _pair_off(removed, added, lambda item: plain(item.text))
    reworded = _pair_off(removed, added, lambda item: f"{item.level} {plain(item.topic)}")
    details = tuple(
        (label, str(getattr(old, name)), str(getattr(new, name)))
        for name, label in _DETAILS.items()
        if getattr(old, name) != getattr(new, name)
    )
    return FrameworkDiff(tuple(added), tuple(removed), reworded, moved, details)


def _not_in(here: Framework, there: Framework) -> list[Statement]:
    known = {(item.level, plain(item.text)) for item in there.statements()}
    return [item for item in here.statements() if (item.level, plain(item.text)) not in known]


def _pair_off(
    removed: list[Statement], added: list[Statement], key: Callable[[Statement], str]
) -> tuple[tuple[Statement, Statement], ...]:
    """Take pairs of equal key out of both lists."""
    waiting = {key(item): item for item in reversed(added)}
    pairs = []
    for old in list(removed):
        new = waiting.pop(key(old), None)
        if new is not None:
            removed.remove(old)
            added.remove(new)
            pairs.append((old, new))
    return tuple(pairs)
