"""Percentiles are measured times, never values between them."""

from bench.ledger.timing import median, milliseconds, percentile, summary


def test_a_percentile_is_one_of_the_times() -> None:
    times = [float(number) for number in range(100, 0, -1)]
    assert (percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1)) == (50, 99, 100)
    assert percentile([7.0], 0.01) == median([7.0]) == 7
    assert median([4.0, 1.0, 3.0, 2.0]) == 2


def test_people_read_milliseconds() -> None:
    assert summary([0.0012, 0.25]) == "p50 1.2 ms, p99 250 ms"
    assert milliseconds(12.5) == "12,500 ms"
