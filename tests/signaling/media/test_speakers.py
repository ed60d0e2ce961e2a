"""The speakers, loudest first, and their slots."""

from hypothesis import given
from hypothesis import strategies as st

from signaling.media.engine import FeedId
from signaling.media.speakers import Voice, assign, loudest

PAT, DANA, SAM, KIM = (FeedId(name, "audio") for name in ("pat", "dana", "sam", "kim"))
SILENT, SPEAKING, SHOUTING = 127.0, 30.0, 20.0


def test_the_loudest_come_first() -> None:
    assert loudest({"pat": 40.0, "dana": 20.0}) == ("dana", "pat")


def test_the_silent_are_left_out() -> None:
    assert loudest({"pat": 127.0, "dana": 49.9, "sam": 50.0}) == ("dana",)


def test_no_more_than_three_are_ranked() -> None:
    assert loudest({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}) == ("a", "b", "c")


def test_equally_loud_ones_stay_in_one_order() -> None:
    assert loudest({"b": 1.0, "a": 1.0}) == loudest({"a": 1.0, "b": 1.0})


def test_while_there_are_free_slots_everybody_has_one() -> None:
    assert assign([None, None, None], [Voice(PAT, SILENT, 0.0), Voice(DANA, SPEAKING, 0.0)]) == [DANA, PAT, None]


def test_a_new_speaker_takes_the_slot_of_the_person_silent_longest() -> None:
    voices = [Voice(PAT, SILENT, 1.0), Voice(DANA, SILENT, 5.0), Voice(SAM, SPEAKING, 9.0)]
    assert assign([PAT, DANA], voices) == [SAM, DANA]


def test_the_silent_keep_their_slots_among_the_silent() -> None:
    voices = [Voice(PAT, SILENT, 1.0), Voice(SAM, SILENT, 9.0)]
    assert assign([PAT], voices) == [PAT]


def test_a_speaker_gives_way_only_to_a_clearly_louder_one() -> None:
    assert assign([PAT], [Voice(PAT, SPEAKING, 1.0), Voice(SAM, SPEAKING - 3, 1.0)]) == [PAT]
    assert assign([PAT], [Voice(PAT, SPEAKING, 1.0), Voice(SAM, SHOUTING, 1.0)]) == [SAM]


def test_a_person_who_leaves_frees_a_slot() -> None:
    assert assign([PAT, DANA], [Voice(DANA, SILENT, 1.0)]) == [None, DANA]


voices = st.lists(
    st.builds(Voice, st.sampled_from([PAT, DANA, SAM, KIM]), st.floats(0, 127), st.floats(0, 100)),
    unique_by=lambda voice: voice.feed,
)


@given(voices, voices)
def test_nobody_is_in_two_slots_and_nobody_moves_without_need(before: list[Voice], after: list[Voice]) -> None:
    first = assign([None, None, None], before)
    second = assign(first, after)
    taken = [feed for feed in second if feed is not None]
    assert len(taken) == len(set(taken)) == min(3, len(after))
    assert all(second.index(feed) == first.index(feed) for feed in taken if feed in first)
    assert assign(second, after) == second
