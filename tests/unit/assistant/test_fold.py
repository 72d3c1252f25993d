"""Folding: typography goes, letters, digits and negations stay, and every offset leads back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.fold import PARTED, fold, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("a  b\t\nc\u00a0d\u2009e\u202ff", "a b c d e f"),
        ("‘single’ ‛and` ´prime′", "'single' 'and' 'prime'"),
        ("“double” „low‟ «angle» ″", "\"double\" \"low\" \"angle\" \""),
        ("a – b — c − d ‑ e -- f", "a - b - c - d - e - f"),
        ("ﬁnal oﬃce", "final office"),
        ("co\u00adop\u200berate\ufeff\u200f", "cooperate"),
        ("**bold** and *italic*", "bold and italic"),
        ("Llanfe\u0302rin", "Llanfêrin"),
        ("１２３", "123"),
        ("wait…", "wait..."),
        ("½ hour", "1/2 hour"),
        ("m²", "m2"),
    ],
)  # fmt: skip
def test_typography_is_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("text", ["1½", "10²", "5*3", "2 000", "isn't", "A & B", "no. 5", "£1,300.50", "WYP"])
def test_what_carries_meaning_is_not_folded_away(text: str) -> None:
    assert fold(text).text == text


def test_a_word_parted_at_a_line_end_is_put_together_and_marked() -> None:
    assert fold("informa-\n  tion").text == f"informa{PARTED}tion"
    assert plain("informa-\n  tion") == "information"
    assert plain("2018-\n19 and a -\nb") == "2018- 19 and a - b"


def test_every_code_point_leads_back_to_where_it_comes_from() -> None:
    text = " “A  ﬁne” e\u0302 **day** informa-\ntion "
    folded = fold(text)
    assert folded.text == f' "A fine" ê day informa{PARTED}tion '
    spans = [(folded.start(at), folded.end(at)) for at in range(len(folded.text))]
    for character, (start, end) in zip(folded.text, spans, strict=True):
        assert character in fold(text[start:end]).text or character == PARTED
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "slices"),
    [
        ("a ﬁ b", ["a", " ", "ﬁ", "ﬁ", " ", "b"]),
        ("a \n\t b", ["a", " \n\t ", "b"]),
        ("a--b", ["a", "--", "b"]),
        (" **a** b", [" ", "a", " ", "b"]),
        ("a\u00ad\nb", ["a", "\u00ad\n", "b"]),
        ("a\u00adb", ["a", "b"]),
        ("e\u0302e", ["e\u0302", "e"]),
        ("x’y", ["x", "’", "y"]),
        ("…a", ["…", "…", "…", "a"]),
        ("½ ", ["½", "½", "½", " "]),
    ],
)
def test_each_code_point_leads_to_just_what_it_stands_for(text: str, slices: list[str]) -> None:
    folded = fold(text)
    assert [text[folded.start(at) : folded.end(at)] for at in range(len(folded.text))] == slices


@given(
    st.text(st.one_of(st.sampled_from("ab1 -*’—\n\u00ad\u00a0ﬁ½²\u0302\u200b"), st.characters()), max_size=30)
)
def test_folding_a_text_leads_back_in_order_and_keeps_letters_and_digits(text: str) -> None:
    folded = fold(text)
    spans = [(folded.start(at), folded.end(at)) for at in range(len(folded.text))]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert "  " not in folded.text
    kept = unicodedata.normalize("NFD", folded.text)
    assert all(kept.count(character) >= text.count(character) for character in "ab1")


@pytest.mark.parametrize("text", ["e\u200b\u0302", "1\u00ad²", "²5", "①5", "x\u0338"])
def test_an_accent_or_a_raised_figure_is_never_lost(text: str) -> None:
    kept = [c for c in text if c not in "\u200b\u00ad"]
    assert list(fold(text).text) == kept
