"""Names are anybody's; what nobody can read is refused with a sentence."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidInput
from domain.people import names
from domain.people.names import checked_name, is_visible


@pytest.mark.parametrize(
    "name",
    [
        "Pat", "José María de la Cruz Ruiz", "O’Brien-Ruíz", "Nguyễn Thị Minh Khai", "王小明", "김민수", "山田 太郎",
        "محمد علي", "می‌خواهم", "דנה כהן", "สมชาย ใจดี", "पूजा क्षत्रिय", "Ἑλένη", "🦊🌲", "👩‍👩‍👧", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 Isla", "X Æ A-12",
        "?", "6",
    ],
)  # fmt: skip
def test_any_name_is_kept_as_it_is(name: str) -> None:
    assert checked_name(name, "$.name") == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Pat   Morrow ", "Pat Morrow"),
        ("Zoe\u0301", "Zoé"),
        ("Pat\u200b Mor\u00adrow\ufeff", "Pat Morrow"),
        ("\u200fדנה\u200f", "דנה"),
        ("Pat\u00a0Morrow", "Pat Morrow"),
        ("\u200d\u200cPat", "Pat"),
        ("Pat\U000e0041", "Pat"),
    ],
)
def test_what_pasting_leaves_behind_is_put_right(typed: str, kept: str) -> None:
    assert checked_name(typed, "$.name") == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", names.BLANK), ("   ", names.BLANK), ("\u200b\u200d", names.BLANK), ("\ufe0f", names.BLANK),
        ("\u3164", names.BLANK), ("\u0301", names.BLANK), ("\U000e0041\U000e0042", names.BLANK),
        ("Pat\nMorrow", names.CONTROL), ("Pat\tMorrow", names.CONTROL), ("Pat\x00", names.CONTROL),
        ("Pat\u2028Morrow", names.CONTROL), ("\u202epat", names.TURNED), ("Pat \u2066x\u2069", names.TURNED),
        ("Pat\ud800", names.BROKEN), ("Pat\ue000", names.BROKEN), ("P" * 201, names.LONG),
    ],
)  # fmt: skip
def test_a_name_that_nobody_can_read_is_refused_at_its_field(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_name(typed, "$.legal_name")
    assert (refused.value.sentence, refused.value.path) == (sentence, "$.legal_name")


@given(st.text(max_size=30))
def test_what_is_kept_can_be_seen_and_is_kept_again_unchanged(typed: str) -> None:
    try:
        kept = checked_name(typed, "$.name")
    except InvalidInput:
        return
    assert is_visible(kept)
    assert kept == checked_name(kept, "$.name")
    assert kept == kept.strip()
    assert not {unicodedata.category(one) for one in kept} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(one) for one in kept} & {
        "RLO",
        "LRO",
        "RLE",
        "LRE",
        "PDF",
        "RLI",
        "LRI",
        "FSI",
    }
