"""Times and what is said of them."""

import math
from collections.abc import Sequence


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest of the times that `share` of them (0 to 1) do not exceed: no value is made up."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def told(times: Sequence[float]) -> str:
    """Median and 99th percentile, in milliseconds."""
    return f"p50 {milliseconds(percentile(times, 0.5))}, p99 {milliseconds(percentile(times, 0.99))}"


def milliseconds(seconds: float) -> str:
    """So many milliseconds, for people."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:,.0f} ms"


def median(values: Sequence[float]) -> float:
    """The middle one; of an even number the lower of the two."""
    return percentile(values, 0.5)
