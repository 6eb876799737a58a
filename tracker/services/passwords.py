"""Keeping passwords: as argon2id hashes, checked in the same time whether or not there is one."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_FULL_COST = PasswordHasher()
_TEST_COST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class _Cost:
    """The hasher in use, and a hash of nobody's password made by it."""

    hasher = _FULL_COST
    nobody = ""


def choose_cost(*, is_test: bool) -> None:
    """Hash at full cost, or cheaply where tests make people by the hundred."""
    _Cost.hasher = _TEST_COST if is_test else _FULL_COST
    _Cost.nobody = ""


def hash_password(password: str) -> str:
    """The argon2id hash to keep, with its parameters and salt in it."""
    return _Cost.hasher.hash(password)


def is_password(kept: str | None, password: str) -> bool:
    """Whether this is the kept password; takes as long when none is kept, so that time tells nothing."""
    if not _Cost.nobody:
        _Cost.nobody = hash_password("a password that nobody has")
    try:
        _Cost.hasher.verify(kept or _Cost.nobody, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
