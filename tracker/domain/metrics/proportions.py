"""Shares with what chance leaves open: Wilson's interval.

Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference, 1927.
"""

from math import sqrt

_Z = 1.959963984540054


def wilson(part: int, whole: int) -> tuple[float | None, float | None]:
    """The 95 % interval of a part of a whole, each end from 0 to 1; of nothing there is none."""
    if not whole:
        return None, None
    share, spread = part / whole, _Z**2 / whole
    middle = (share + spread / 2) / (1 + spread)
    reach = _Z / (1 + spread) * sqrt(share * (1 - share) / whole + spread / (4 * whole))
    return (0.0 if not part else middle - reach), (1.0 if part == whole else middle + reach)
