"""Texts as people compare them: without case, accents and punctuation; and as people mistake them for each other."""

import unicodedata
from collections.abc import Iterator

_LETTERS = str.maketrans({
    "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ə": "e", "ʻ": "", "ʼ": "", "ʾ": "", "ʿ": "", "'": "", "’": "", "‘": "", "`": "", "´": "",
})  # fmt: skip
"""Letters that Unicode does not take apart, as people type them without their keyboard; apostrophes are left out."""

_ALIKE = str.maketrans({
    # Cyrillic
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "һ": "h", "н": "h", "і": "l", "ї": "l", "ј": "j",
    "к": "k", "ӏ": "l", "м": "m", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s", "т": "t", "ѵ": "v", "ԝ": "w", "х": "x",
    "у": "y", "г": "r", "п": "n", "з": "3", "ь": "b", "є": "e", "ґ": "r", "ү": "y", "ө": "o", "ѡ": "w",
    # Greek
    "α": "a", "β": "b", "γ": "y", "ε": "e", "ζ": "z", "η": "n", "ι": "l", "κ": "k", "μ": "m", "ν": "v", "ο": "o",
    "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "χ": "x", "ω": "w",
    # Armenian, Hebrew, Cherokee and others that fonts draw like Latin ones
    "ո": "n", "օ": "o", "հ": "h", "ց": "g", "զ": "q", "ա": "w", "ս": "u", "ו": "l", "ן": "l",
    "ס": "o", "٥": "o", "ه": "o", "०": "o", "੦": "o", "౦": "o", "၀": "o", "〇": "o", "ᴀ": "a", "ʙ": "b", "ᴄ": "c",
    "ᴅ": "d", "ᴇ": "e", "ɢ": "g", "ʜ": "h", "ɪ": "l", "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o",
    "ᴘ": "p", "ʀ": "r", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z", "ɑ": "a", "ɡ": "g", "ɩ": "l",
    # Digits and signs
    "0": "o", "1": "l", "i": "l", "|": "l", "!": "l", "$": "s", "@": "a", "5": "s", "8": "b",
})  # fmt: skip
"""Signs that are drawn like a Latin letter, from the scripts of Unicode's table of confusables (UTS #39) that a
keyboard in North America is most likely to have, in lower case."""
_PAIRS = (("rn", "m"), ("vv", "w"))
"""Pairs of letters that look like one."""
_VIRAMA = 9
"""The highest combining class of a sign that is more than an accent."""


def folded(text: str) -> str:
    """The text in words of letters and digits with one space between: `O’Brien-Ruíz` becomes `obrien ruiz`."""
    plain = _unmarked(text).translate(_LETTERS)
    return " ".join("".join(one if _is_written(one) else " " for one in plain).split())


def skeleton(text: str) -> str:
    """What texts share that can be mistaken for each other: without case, accents and spaces, look-alikes as one."""
    alike = _unmarked(text).translate(_LETTERS).translate(_ALIKE)
    for pair, letter in _PAIRS:
        alike = alike.replace(pair, letter)
    return "".join(one for one in alike if _is_written(one))


def grams(words: str) -> set[str]:
    """All pieces of one, two and three letters within the words of a folded text."""
    return {piece for word in words.split() for length in (1, 2, 3) for piece in pieces(word, length)}


def pieces(word: str, length: int) -> Iterator[str]:
    """The pieces of a word of that length."""
    return (word[at : at + length] for at in range(len(word) - length + 1))


def _unmarked(text: str) -> str:
    """Decomposed, in lower case, without accents; the vowels of Indic scripts, which are marks as well, stay."""
    if text.isascii():
        return text.lower()
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(one for one in lower if unicodedata.combining(one) <= _VIRAMA and unicodedata.category(one) != "Cf")


def _is_written(one: str) -> bool:
    """Whether it is a letter, a digit, a vowel sign, an emoji or another sign that a name may consist of."""
    return one.isalnum() or unicodedata.category(one) in ("Mn", "Mc", "So", "Sk")
