"""Texts are compared as people compare them, and mistaken as people mistake them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people.folding import folded, grams, skeleton


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O’Brien-Ruíz", "obrien ruiz"), ("O'BRIEN", "obrien"), ("Łukasz Øster", "lukasz oster"), ("Straße", "strasse"),
        ("Nguyễn Thị", "nguyen thi"), ("MRN-0012", "mrn 0012"), ("Ѐлена", "елена"), ("پژمان", "پژمان"),
        ("İnci", "inci"),
        ("ﬁona", "fiona"), ("🦊🌲", "🦊🌲"), ("Ελένη", "ελενη"), ("--", ""),
    ],
)  # fmt: skip
def test_case_accents_and_punctuation_do_not_count(text: str, words: str) -> None:
    assert folded(text) == words


def test_the_vowels_of_indic_scripts_count() -> None:
    assert folded("पूजा") != folded("पज")
    assert skeleton("पूजा") != skeleton("पीजा")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pat M.", "Раt М."), ("Pat M.", "PAT  m"), ("Pat", "Ρat"), ("Bill", "BiII"), ("Bill", "8ill"),
        ("Sam 0", "Sam O"),
        ("Ana", "Аna"), ("José", "Jose"), ("Marnie", "Mamie"), ("Ｐat", "Pat"), ("Eva", "Еva"),
    ],
)  # fmt: skip
def test_look_alikes_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("Pat M.", "Pat N."), ("Мария", "Марина"), ("王小明", "王大明")])
def test_different_names_have_different_skeletons(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(text.upper()) == folded(text.upper().lower().upper())


@given(st.text(alphabet="abcæøñ -", min_size=1, max_size=20), st.data())
def test_every_part_of_a_word_is_among_its_pieces(text: str, data: st.DataObject) -> None:
    words = folded(text)
    for word in words.split():
        begin = data.draw(st.integers(0, len(word) - 1))
        assert word[begin : begin + data.draw(st.integers(1, 3))] in grams(words)
