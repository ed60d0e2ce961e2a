"""Two people of one name are told apart, and nobody else carries anything beside the name."""

from hypothesis import given
from hypothesis import strategies as st

from domain.people.folding import folded
from domain.people.telling_apart import Shown, distinctions


def shown(person: str, name: str, alias: str | None = None, born: int | None = None) -> Shown:
    return Shown(person=person, name=name, alias=alias, born=born)


def test_different_names_stand_alone() -> None:
    assert distinctions([shown("1", "Pat Morrow", "Pat M."), shown("2", "Sam Okonjo", "Sam O.")]) == {}


def test_one_person_twice_in_a_list_is_not_two() -> None:
    assert distinctions([shown("1", "Pat Morrow"), shown("1", "Pat Morrow")]) == {}


def test_the_alias_tells_two_of_one_name_apart() -> None:
    people = [shown("1", "José Ruiz", "José R."), shown("2", "JOSE RUÍZ", "Cedar"), shown("3", "Ana Ruiz", "Ana R.")]
    assert distinctions(people) == {"1": "José R.", "2": "Cedar"}


def test_without_an_alias_the_year_of_birth_does() -> None:
    people = [shown("1", "Pat Morrow", "Pat M.", 1980), shown("2", "Pat Morrow", None, 1991)]
    assert distinctions(people) == {"1": "*1980", "2": "*1991"}


def test_else_the_end_of_the_id_does() -> None:
    people = [shown("aa0001", "Pat Morrow"), shown("bb0001", "Pat Morrow"), shown("bb0002", "Pat Morrow")]
    assert distinctions(people) == {"aa0001": "#a0001", "bb0001": "#b0001", "bb0002": "#b0002"}


@given(
    st.lists(
        st.builds(
            shown,
            st.uuids().map(str),
            st.sampled_from(["Pat Morrow", "pat morrow", "Pát Morrow", "Sam"]),
            st.none() | st.sampled_from(["Pat M.", "Cedar"]),
            st.none() | st.sampled_from([1980, 1991]),
        ),
        unique_by=lambda one: one.person,
        max_size=6,
    )
)
def test_no_two_people_look_the_same(people: list[Shown]) -> None:
    apart = distinctions(people)
    seen = [(folded(one.name), folded(apart.get(one.person, ""))) for one in people]
    assert len(set(seen)) == len(seen)
