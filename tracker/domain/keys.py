"""Words that are kept, compared and looked up: the base of enums that every page asks for many times."""

from enum import StrEnum


class Key(StrEnum):
    """A word of a fixed list, as quick to look up as its text."""

    # An enum's own hash is written in Python; equal to its text it is already.
    __hash__ = str.__hash__
