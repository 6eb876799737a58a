"""What a broken rule looks like to everyone above the domain."""

from collections.abc import Sequence


class RuleBroken(Exception):
    """A rule of hiring that does not hold: one clear sentence, and the field it belongs to if there is
    one.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    @property
    def parts(self) -> tuple["RuleBroken", ...]:
        """The rules that do not hold: this one."""
        return (self,)


class RulesBroken(RuleBroken):
    """Several rules that do not hold, each at its field, so that they are put right in one go."""

    def __init__(self, parts: Sequence[RuleBroken]) -> None:
        super().__init__(parts[0].message, parts[0].field)
        self._parts = tuple(parts)

    @property
    def parts(self) -> tuple[RuleBroken, ...]:
        """The rules that do not hold, in the order in which they were looked at."""
        return self._parts


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the same thing since the actor loaded it; the actor's change was not kept."""
