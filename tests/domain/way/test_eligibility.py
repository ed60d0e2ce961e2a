"""Questions of eligibility: an unfavourable answer asks for a reason, and no answer is a wall."""

import pytest

from domain.errors import InvalidInput
from domain.way.eligibility import SHIPPED, Given, LevelOfCare, check

LEVEL = LevelOfCare(edition="3", ratings={"1": "0"}, recommended="2.1", placed="2.1")


def answers(**changed: Given) -> list[Given]:
    return [changed.get(one.code, Given(question=one.code, answer="yes")) for one in SHIPPED]


def test_whole_and_favourable_answers_pass() -> None:
    check(answers(), SHIPPED, LEVEL)
    check(answers(detox=Given(question="detox", answer="not_needed")), SHIPPED, LEVEL)


def test_an_unfavourable_answer_with_a_reason_passes() -> None:
    young = Given(question="adult", answer="no", reason="Seventeen, with a written reason of the director.")
    check(answers(adult=young), SHIPPED, LEVEL)
    with pytest.raises(InvalidInput, match="Say why"):
        check(answers(adult=Given(question="adult", answer="no")), SHIPPED, LEVEL)


def test_a_level_of_one_edition_is_none_of_the_other() -> None:
    with pytest.raises(InvalidInput, match="no such level"):
        check(answers(), SHIPPED, LevelOfCare(edition="3", recommended="1.7", placed="1.7"))
    check(answers(), SHIPPED, LevelOfCare(edition="4", recommended="1.7", placed="1.7"))


def test_another_level_than_the_recommended_has_a_reason() -> None:
    with pytest.raises(InvalidInput, match="differs"):
        check(answers(), SHIPPED, LevelOfCare(edition="4", recommended="2.5", placed="2.1"))
    check(answers(), SHIPPED, LevelOfCare(edition="4", recommended="2.5", placed="2.1", difference="no bed"))
