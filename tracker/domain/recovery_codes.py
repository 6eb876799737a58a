"""Codes for whoever lost the device of their second step: written down on paper, each good once."""

from collections.abc import Callable

NUMBER = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another on paper."""
_LENGTH = 10


def new_codes(choose: Callable[[str], str]) -> tuple[str, ...]:
    """As many codes as somebody gets, of two groups of five letters; `choose` picks one at random.

    A code has 49 bits: few tries are let through within a quarter of an hour.
    """
    return tuple(_grouped("".join(choose(_LETTERS) for _ in range(_LENGTH))) for _ in range(NUMBER))


def plain_code(text: str) -> str:
    """A code as it is compared, however it was typed."""
    return "".join(letter for letter in text.lower() if letter.isalnum())[:100]


def _grouped(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"
