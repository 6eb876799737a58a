"""What a test needs of the machine: where it is missing the test skips and says why, and in CI it fails."""

import os
from typing import NoReturn

import pytest


def missing(reason: str) -> NoReturn:
    if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        pytest.fail(f"In CI nothing may skip: {reason}", pytrace=False)
    pytest.skip(reason)
