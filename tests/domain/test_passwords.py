"""Passwords that would be tried first are refused, also those that are long enough."""

import pytest

from tracker.domain.passwords import check_password
from tracker.domain.rules import RuleBroken

NAMES = ["manchester", "metallica1", "michelle123", "alexander1", "christopher", "chocolate1", "liverpool1"]
WALKS = [
    "qazwsxedcrfv",
    "zaq12wsxcde3",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "poiuytrewq",
    "asdfghjkl;",
    "zxcvbnm,./",
]
DECKED_OUT = ["M1chelle2024!", "_Jennifer99", "ch0c0late!!", "1234qwerasdf", "Password2026", "aaaaaaaaaa"]


@pytest.mark.parametrize("password", [*NAMES, *WALKS, *DECKED_OUT])
def test_the_commonest_are_refused(password: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_password(password, email="zoe@example.org", name="Zoe Okafor")
    assert refused.value.field == "password"


@pytest.mark.parametrize(
    "password",
    ["copper lantern nine ferry", "michelle paints barns", "w4k9-tulip-qx2z"],
)
def test_what_nobody_guesses_early_is_taken(password: str) -> None:
    check_password(password, email="zoe@example.org", name="Zoe Okafor")
