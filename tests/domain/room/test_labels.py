"""Labels differ for all people of a session."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from domain.room.labels import label


def test_people_with_the_same_label_are_numbered() -> None:
    assert label("Pat Morgan", []) == "Pat M."
    assert label("pat müller", ["Pat M."]) == "pat M. 2"
    assert label("Pat Moore", ["Pat M.", "pat M. 2"]) == "Pat M. 3"
    assert label("王小明", ["王"]) == "王 2"


def test_an_alias_is_shown_instead_of_the_name_and_numbered_like_one() -> None:
    assert label("Pat Morgan", [], "Cedar") == "Cedar"
    assert label("Pat Morgan", ["cedar"], "Cedar") == "Cedar 2"


@given(st.lists(st.text(max_size=40), max_size=8))
def test_any_names_get_distinct_labels_and_none_is_blank(names: list[str]) -> None:
    given_: list[str] = []
    for name in names:
        given_.append(label(name, given_))
    assert len({unicodedata.normalize("NFKC", one).casefold() for one in given_}) == len(names)
    assert all(one.strip(" \u200c\u200d") for one in given_)
    assert not {unicodedata.bidirectional(letter) for letter in "".join(given_)} & {"RLO", "LRO", "RLE", "LRE", "RLI"}
