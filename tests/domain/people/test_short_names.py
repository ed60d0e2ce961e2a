"""A short name is a first word and a letter, for any name."""

import pytest

from domain.people.short_names import LONGEST_WORD, MOST_MARKS, NAMELESS, short_name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Pat Morgan", "Pat M."),
        ("Pat", "Pat"),
        ("  pat   morgan  ", "pat M."),
        ("José María de la Cruz", "José C."),
        ("Anne-Marie d'Arcy", "Anne-Marie D."),
        ("Gerard 't Hooft", "Gerard H."),
        ("Dr. Dana Reyes", "Dr R."),
        ("Pat Morgan 3", "Pat M."),
    ],
)
def test_the_first_word_and_the_last_word_s_first_letter(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    "name",
    ["Morgan, Pat", "Morgan,Pat", "Pat Morgan, LCSW", "Pat (she/her) Morgan", "Pat Morgan (she/her)", "Pat\tMorgan"],
)
def test_no_way_of_writing_a_name_shows_the_family_name(name: str) -> None:
    assert short_name(name) == "Pat M."


def test_an_address_is_taken_apart() -> None:
    assert short_name("pat.morgan@example.com") == "pat C."
    assert short_name("pat_morgan") == "pat M."


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("محمد علي", "محمد ع."),
        ("דנה כהן", "דנה כ."),
        ("Мария Петрова", "Мария П."),
        ("πέτρος ανδρέου", "πέτρος Α."),
        ("สมชาย ใจดี", "สมชาย ใ."),
        ("पूजा क्षत्रिय", "पूजा क."),
        ("მარიამ გელაშვილი", "მარიამ გ."),
        ("王 小明", "王 小."),
        ("山田 太郎", "山田 太."),
        ("パット・モーガン", "パット モ."),
    ],
)
def test_every_script_has_words_and_letters(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "short"), [("王小明", "王"), ("김민수", "김"), ("やまだたろう", "や"), ("ダン", "ダ")]
)
def test_a_full_name_in_one_word_shows_its_first_character(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Zoe\u0301 O\u0308zil", "Zoé Ö."),
        ("🙂 Pat Morgan 🌲", "Pat M."),
        ("🦊🌲", "🦊🌲"),
        ("👩‍👩‍👧 🇺🇸", "👩‍👩‍👧"),
        ("\u202epat morgan\u202c", "pat M."),
        ("ann ßeta", "ann ß."),
        ("(Bob)", "(Bob)"),
        ("---", "---"),
        ("\u200d", NAMELESS),
        ("\u0301", NAMELESS),
    ],
)
def test_marks_emoji_and_invisible_characters(name: str, short: str) -> None:
    assert short_name(name) == short


def test_a_very_long_word_is_cut_between_characters() -> None:
    assert short_name("Wolfeschlegelsteinhausen Smith") == "Wolfeschlegelst… S."
    families = "👩‍👩‍👧‍👦" * 20
    assert short_name(families) == "👩‍👩‍👧‍👦" * (LONGEST_WORD - 1) + "…"


def test_marks_are_not_stacked_over_the_neighbours() -> None:
    assert short_name("P" + "\u0300" * 30 + "at Morgan") == "P" + "\u0300" * MOST_MARKS + "at M."
