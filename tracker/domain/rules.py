"""What a broken rule looks like to everyone above the domain."""

from collections.abc import Callable, Sequence


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


class Faults:
    """Rules that are looked at one after the other, whether or not those before them hold."""

    def __init__(self) -> None:
        self._found: list[RuleBroken] = []

    def look(self, rule: Callable[[], object]) -> None:
        """Look at one rule, and go on."""
        try:
            rule()
        except RuleBroken as broken:
            self._found += broken.parts

    def tell(self) -> None:
        """Raises RulesBroken where one of them does not hold."""
        if self._found:
            raise RulesBroken(self._found)


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the same thing since the actor loaded it; the actor's change was not kept."""
