"""What a broken rule looks like to everyone above the domain."""


class RuleBroken(Exception):
    """A rule of hiring that does not hold: one clear sentence, and the field it belongs to if there is
    one.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the same thing since the actor loaded it; the actor's change was not kept."""
