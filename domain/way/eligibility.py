"""Eligibility: questions of the clinic, by version, and the level of care. An unfavourable answer asks for a reason; it
is never a wall.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from domain.errors import InvalidInput

Answer = Literal["yes", "no", "not_needed"]
Edition = Literal["3", "4"]
DIMENSIONS = ("1", "2", "3", "4", "5", "6")
"""Of both editions, under other names, which stand in the catalogues of words. Ratings are texts: some are symbols."""
LEVELS: Mapping[Edition, tuple[str, ...]] = {
    "3": ("0.5", "1", "2.1", "2.5", "3.1", "3.3", "3.5", "3.7", "4"),
    "4": ("1.0", "1.5", "1.7", "2.1", "2.5", "2.7", "3.1", "3.5", "3.7", "4.0"),
}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """One question. `text` is the clinic's own; a shipped question has none, and its words are in the catalogues."""

    code: str
    text: str = ""
    good: tuple[Answer, ...] = ("yes",)
    answers: tuple[Answer, ...] = ("yes", "no")


SHIPPED: tuple[Question, ...] = (
    Question(code="adult"),
    Question(code="detox", good=("yes", "not_needed"), answers=("yes", "no", "not_needed")),
    Question(code="support_at_home"),
    Question(code="device_and_place"),
    Question(code="in_state"),
)
"""The questions of a clinic that has none of its own."""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; `reason` says why somebody may come although it is not favourable."""

    question: str
    answer: Answer
    reason: str = ""


class LevelOfCare(msgspec.Struct, frozen=True, kw_only=True):
    """The level that was recommended and the one they come to; a difference has a reason. Ratings are texts."""

    edition: Edition
    ratings: Mapping[str, str] = {}
    recommended: str
    placed: str
    difference: str = ""


def check(given: Sequence[Given], questions: Sequence[Question], level: LevelOfCare) -> None:
    """Refuse answers that are not whole.

    Raises:
        InvalidInput: names the answer.
    """
    by_code = {one.question: (index, one) for index, one in enumerate(given)}
    for question in questions:
        if question.code not in by_code:
            raise InvalidInput("Answer every question.", f"$.answers.{question.code}")
        index, one = by_code[question.code]
        if one.answer not in question.answers:
            raise InvalidInput("This question has no such answer.", f"$.answers[{index}].answer")
        if one.answer not in question.good and not one.reason:
            sentence = "Say why they may come all the same, or decide otherwise below."
            raise InvalidInput(sentence, f"$.answers[{index}].reason")
    if level.recommended not in LEVELS[level.edition] or level.placed not in LEVELS[level.edition]:
        raise InvalidInput("This edition has no such level.", "$.level.placed")
    if level.recommended != level.placed and not level.difference:
        raise InvalidInput("Say why the level differs from the recommended one.", "$.level.difference")
    if not set(level.ratings) <= set(DIMENSIONS):
        raise InvalidInput("This edition has no such dimension.", "$.level.ratings")
