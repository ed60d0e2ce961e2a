"""Statistics of times."""

import math
from collections.abc import Sequence


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that `share` of the times (0 to 1) do not exceed; it is one of them."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def summary(times: Sequence[float]) -> str:
    """Median and 99th percentile, in milliseconds."""
    return f"p50 {milliseconds(percentile(times, 0.5))}, p99 {milliseconds(percentile(times, 0.99))}"


def milliseconds(seconds: float) -> str:
    """Seconds as milliseconds, for people."""
    return f"{seconds * 1000:.3g} ms" if seconds < 1 else f"{seconds * 1000:,.0f} ms"


def median(values: Sequence[float]) -> float:
    """The middle value; the lower one of the two for an even number."""
    return percentile(values, 0.5)
