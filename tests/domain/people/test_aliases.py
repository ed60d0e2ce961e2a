"""An alias is its person's alone, is nobody's of the staff, and claims no role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.people import aliases as rules
from domain.people.aliases import checked_alias, claims_a_role, suggestions
from domain.people.folding import skeleton

STAFF = ["Dana Whitfield", "Marcus Ibe"]
PERSON = "01a21f85-bdca-717a-8788-ebb0473c9e4c"


def test_the_usual_alias_is_the_first_name_and_a_letter() -> None:
    found = suggestions("Pat Morrow", PERSON, [], STAFF)
    assert found[:4] == ("Pat M.", "Pat Mo.", "P. M.", "Pat")
    assert len(found) == rules.SUGGESTED


def test_what_others_have_is_not_suggested_nor_what_looks_like_it() -> None:
    found = suggestions("Pat Morrow", PERSON, [skeleton("РАТ М"), skeleton("pat")], STAFF)
    assert found[0] == "Pat Mo." and "Pat" not in found


def test_a_client_with_the_first_name_of_staff_is_not_called_by_it_alone() -> None:
    found = suggestions("Dana Morrow", PERSON, [], STAFF)
    assert found[0] == "Dana M." and "Dana" not in found


@pytest.mark.parametrize("name", ["", "🦊", "王小明", "Facilitator", "Dr. Host", "Dana Whitfield", "محمد علي"])
def test_everybody_has_something_to_choose_from(name: str) -> None:
    found = suggestions(name, PERSON, [], STAFF)
    assert len(found) == rules.SUGGESTED
    for alias in found:
        assert checked_alias(alias, STAFF) == alias


@pytest.mark.parametrize(
    ("alias", "sentence"),
    [
        ("Facilitator", rules.OF_A_ROLE), ("your HOST", rules.OF_A_ROLE), ("Vеspеr", rules.OF_A_ROLE),
        ("Anfitrión", rules.OF_A_ROLE), ("Dr. Pat", rules.OF_A_ROLE), ("co-host", rules.OF_A_ROLE),
        ("terapeuta", rules.OF_A_ROLE), ("Dana", rules.OF_STAFF), ("DANA W", rules.OF_STAFF),
        ("Dаna Whitfield", rules.OF_STAFF), ("---", rules.EMPTY), ("x" * 33, rules.LONG),
    ],
)  # fmt: skip
def test_an_alias_that_would_mislead_is_refused(alias: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_alias(alias, STAFF)
    assert (refused.value.sentence, refused.value.path) == (sentence, "$.alias")


@pytest.mark.parametrize("alias", ["Pat M.", "Dana M.", "Hostetler", "Cedar 2", "🦊", "王", "P. M."])
def test_others_are_kept(alias: str) -> None:
    assert checked_alias(alias, STAFF) == alias


def test_a_role_inside_a_longer_word_is_no_role() -> None:
    assert not claims_a_role("Staffordshire")
    assert claims_a_role("Staff 2")


@given(st.lists(st.text(max_size=20), max_size=12))
def test_people_who_take_what_is_suggested_never_share_an_alias(names: list[str]) -> None:
    taken: set[str] = set()
    for number, name in enumerate(names):
        alias = suggestions(name, str(number), taken, STAFF)[0]
        assert skeleton(alias) not in taken
        taken.add(skeleton(alias))
