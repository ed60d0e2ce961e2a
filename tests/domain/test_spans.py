"""Interval arithmetic, against sets of seconds."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.spans import clip, crowded, intersect, overlaps, subtract, total, union

quick = settings(max_examples=150, derandomize=True, database=None, deadline=None)
intervals = st.lists(st.tuples(st.integers(-5, 30), st.integers(-5, 30)), max_size=6)


def seconds(spans) -> set:
    return {t for start, end in spans for t in range(start, end)}


def tidy(spans) -> bool:
    """Whether the spans are sorted, disjoint, not touching, and not empty."""
    return all(a < b for a, b in spans) and all(left[1] < right[0] for left, right in pairwise(spans))


@given(intervals, intervals)
@quick
def test_union_intersection_and_difference_are_those_of_sets(one, other) -> None:
    a, b = union(one), union(other)
    assert (seconds(a), tidy(a)) == (seconds(one), True)
    assert (seconds(intersect(a, b)), tidy(intersect(a, b))) == (seconds(a) & seconds(b), True)
    assert (seconds(subtract(a, b)), tidy(subtract(a, b))) == (seconds(a) - seconds(b), True)
    assert total(a) == len(seconds(a))


@given(intervals, st.integers(-5, 30), st.integers(-5, 30))
@quick
def test_clipping_keeps_the_seconds_within(one, start, end) -> None:
    spans, within = union(one), set(range(start, end))
    assert (seconds(clip(spans, start, end)), tidy(clip(spans, start, end))) == (seconds(spans) & within, True)
    if start < end:
        assert overlaps(spans, start, end) == bool(seconds(spans) & within)


@given(st.lists(intervals, max_size=4), st.integers(0, 3))
@quick
def test_a_second_is_crowded_if_more_groups_than_the_limit_contain_it(groups, limit) -> None:
    tidied = [union(group) for group in groups]
    everything = set().union(*map(seconds, tidied))
    over = crowded(tidied, limit)
    assert seconds(over) == {t for t in everything if sum(t in seconds(group) for group in tidied) > limit}
    assert tidy(over)


def test_spans_that_only_touch_do_not_overlap_and_clip_to_nothing() -> None:
    assert [overlaps([(0, 5), (9, 12)], start, end) for start, end in ((5, 9), (4, 9), (5, 10))] == [False, True, True]
    assert [clip([(0, 5), (9, 12)], start, end) for start, end in ((5, 9), (7, 7), (3, 3), (10, 2))] == [[], [], [], []]
