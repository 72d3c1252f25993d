"""Folding: typography goes, letters, digits and negations stay, and every offset leads back."""

import time

import pytest

from assistant.fold import PARTED, find_folded, fold, plain


def found(quote: str, text: str) -> list[str]:
    """What a quote finds in a text, as the text has it."""
    return [text[start:end] for start, end in find_folded(quote, text)]


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
    assert len(folded.text) == len(folded.starts) == len(folded.ends) == len(folded.inside) - 1
    for at, character in enumerate(folded.text):
        origin = text[folded.starts[at] : folded.ends[at]]
        assert character in fold(origin).text or character == PARTED
    assert list(folded.starts) == sorted(folded.starts)


@pytest.mark.parametrize(
    ("quote", "text", "slices"),
    [
        ("the office", "in the **oﬃce**.", ["the **oﬃce"]),
        ('he said "go"', "and he  said\n“go” again", ["he  said\n“go”"]),
        ("information desk", "the infor-\nmation desk", ["infor-\nmation desk"]),
        ("infor-\nmation desk", "the information desk", ["information desk"]),
        ("non-emergency information", "non-\nemergency infor-\nmation", ["non-\nemergency infor-\nmation"]),
        ("non-\nemergency", "a non-emergency call", ["non-emergency"]),
        ("Llanfêrin", "Llanfe\u0302rin and Llanfêrin", ["Llanfe\u0302rin", "Llanfêrin"]),
        ("aa aa", "aa aa aa", ["aa aa", "aa aa"]),
    ],
)
def test_a_quote_is_found_at_the_offsets_of_the_original(quote: str, text: str, slices: list[str]) -> None:
    assert found(quote, text) == slices


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("78,000", "478,000 calls"),
        ("000 calls", "478,000 calls"),
        (",000 calls", "478,000 calls"),
        ("47", "478,000 calls"),
        ("5 per cent", "2.5 per cent"),
        ("2", "2.5 per cent"),
        ("19", "in 2018/19"),
        ("2018", "in 2018–19"),
        ("10", "at 17:10"),
        ("500", "we paid £500"),
        ("£500", "we paid £500,000"),
        ("5", "a fall of 5% in all"),
        ("5 degrees", "at -5 degrees"),
        ("5 degrees", "at −5 degrees"),
        ("1", "1½ hours"),
        ("10", "10² cells"),
        ("2", "on the 2nd day"),
        ("emergency calls", "non-emergency calls"),
        ("emergency calls", "non-\nemergency calls"),
        ("self", "a self-assessment"),
        ("does", "he doesn't agree"),
        ("can", "he cannot"),
        ("able", "he is un\u00adable"),
        ("tion", "infor-\nmation"),
        ("force", "forces"),
    ],
)
def test_no_part_of_a_token_is_found(quote: str, text: str) -> None:
    assert found(quote, text) == []


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("which is good", "the force—which is good—did"),
        ("the callers", "the callers’ needs"),
        ("THRIVE Champions", "'THRIVE Champions' within"),
        ("478,000", "there were 478,000."),
        ("Harm", "a Threat/Harm/Risk assessment"),
        ("2019/20", "(in 2019/20)"),
        ("call", "call - taker"),
    ],
)
def test_a_whole_token_is_found_beside_punctuation(quote: str, text: str) -> None:
    assert found(quote, text) == [quote]


@pytest.mark.parametrize("quote", ["the force", "The force", "THE force", "'the force"])
def test_the_first_word_may_be_written_with_other_capitals(quote: str) -> None:
    assert len(find_folded(quote, "'The force agrees.'")) == 1


def test_the_capitals_as_quoted_go_first() -> None:
    assert find_folded("The", "the end. The start.") == [(9, 12)]


def test_no_other_word_may_be_written_with_other_capitals() -> None:
    assert found("the Force", "The force agrees.") == []
    assert found("3. The trust", "3. the Trust") == []


@pytest.mark.parametrize("quote", ["", "   ", "…", "**", "-", "\u200b", "?!"])
def test_a_quote_without_words_is_nowhere(quote: str) -> None:
    assert find_folded(quote, "Anything at all … - ** ?!") == []


@pytest.mark.parametrize("part", ["-\n", "a-\n", "*", "\ud800", "1,", "a'", "a ", "\u0302"])
def test_hostile_texts_are_folded_in_time(part: str) -> None:
    began = time.monotonic()
    find_folded("a quote", part * 20_000)
    find_folded(part * 1000, part * 10_000)
    assert time.monotonic() - began < 5
