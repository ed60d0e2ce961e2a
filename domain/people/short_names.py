"""A name as strangers may see it: its first word, and the first letter of its last."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 16
"""The most characters, as people count them, of a first word; a longer one is cut."""
MOST_MARKS = 3
"""The most marks on one character. More are not writing, and cover the lines above and below."""
NAMELESS = "–"
ZERO_WIDTH_JOINER = "\u200d"
_JOINERS = ("\u200c", ZERO_WIDTH_JOINER)
"""Persian and Indic words and emoji need these; every other invisible character is removed."""
_BRACKETED = re.compile(r"[(\[{（「].*?[)\]}）」]")
_BETWEEN_WORDS = re.compile(r"[\s._@,;:/|・·]+")
_VIRAMA = 9
"""The combining class of the sign that joins the next letter."""
_UNSPACED = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
"""In these scripts a whole name is often one word."""


def short_name(name: str) -> str:
    """The first word of a name, and the first letter of its last.

    `Pat Morgan` and `Morgan, Pat` give `Pat M.`; `Pat` gives `Pat`. A name without spaces in a script that has none,
    such as `王小明`, gives only its first character, because the word is the full name.
    """
    words = words_of(_visible(name))
    if not words:
        return NAMELESS
    letters = [letter for word in words[1:] if (letter := _initial(word))]
    return f"{_shortened(words[0])} {letters[-1]}." if letters else _alone(words)


def _alone(words: list[str]) -> str:
    unspaced = unicodedata.name(words[0][0], "").startswith(_UNSPACED)
    return next(characters(words[0])) if unspaced and len(words) == 1 else _shortened(words[0])


def words_of(name: str) -> list[str]:
    """A name's words, given name first; a name without letters and digits is divided at its spaces alone."""
    for read in (_given_first(_BRACKETED.sub(" ", name)), name):
        words = [word for word in _BETWEEN_WORDS.split(read) if any(one.isalnum() for one in word)]
        if words:
            return words
    return [word for word in name.split() if word.strip("".join(_JOINERS))]


def _given_first(name: str) -> str:
    """`Morgan, Pat` becomes `Pat Morgan`; `Pat Morgan, LCSW` loses the degree."""
    head, _, tail = (part.strip() for part in name.partition(","))
    is_degree = " " in head or (tail.isupper() and not head.isupper())
    return head if is_degree else f"{tail} {head}"


def _visible(name: str) -> str:
    """The name without invisible characters, and with few marks on each character."""
    kept, marks = "", 0
    for one in unicodedata.normalize("NFC", name):
        marks = marks + 1 if _is_mark(one) else 0
        hidden = unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Cn") and one not in _JOINERS
        if not (hidden and not one.isspace()) and marks <= (MOST_MARKS if kept else 0):
            kept += one
    return kept


def _shortened(word: str) -> str:
    whole = list(characters(word))
    return word if len(whole) <= LONGEST_WORD else "".join(whole[: LONGEST_WORD - 1]) + "…"


def _initial(word: str) -> str:
    """A word's first letter with its marks, as a capital if that is one letter; empty without a letter."""
    character = next((one for one in characters(word) if one[0].isalpha()), "")
    letter, marks = character[:1], [one for one in character[1:] if _is_mark(one)]
    capital = letter.title() if len(letter.title()) == 1 else letter
    return capital + "".join(one for one in marks if unicodedata.combining(one) != _VIRAMA)


def characters(word: str) -> Iterator[str]:
    """Characters as people count them: a letter with its marks, an emoji with all its parts."""
    character = ""
    for one in word:
        if character and not _continues(character, one):
            yield character
            character = ""
        character += one
    yield character


def _continues(character: str, one: str) -> bool:
    is_half_flag = _is_flag(character[0]) and len(character) == 1
    return (
        _is_mark(one)
        or one in _JOINERS
        or character.endswith(ZERO_WIDTH_JOINER)
        or "\U0001f3fb" <= one <= "\U0001f3ff"  # a skin tone
        or (is_half_flag and _is_flag(one))
    )


def _is_flag(one: str) -> bool:
    return "\U0001f1e6" <= one <= "\U0001f1ff"


def _is_mark(one: str) -> bool:
    return unicodedata.category(one).startswith("M")
