"""Finding a quote: whole tokens and whole numbers, at the offsets of the original."""

import time

import pytest

from assistant.find import find_folded
from assistant.fold import PARTED, fold


def found(quote: str, text: str) -> list[str]:
    """What a quote finds in a text, as the text has it."""
    return [text[start:end] for start, end in find_folded(quote, text)]


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
        ("x", "x\u0338 is struck out"),
        ("we paid £3", "we paid £3 million"),
        ("we paid £3", "we paid £3 mil-\nlion"),
        ("million pounds", "3 million pounds"),
        ("a fall of 5", "a fall of 5 per cent"),
        ("a fall of five", "a fall of five percent"),
        ("a fall of 5", "a fall of 5 %"),
        ("two", "two hundred officers"),
        ("thousand officers", "twenty thousand officers"),
        ("fell by 12", "fell by 12\nper cent"),
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
        ("in 2019", "in 2019 hundreds of calls"),
        ("in 2019", "in 2019 the force"),
        ("million-pound", "a million-pound grant"),
        ("per cent", "the per cent sign"),
        ("£3 million", "we paid £3 million"),
        ("We met 12", "We met 12 mothers"),
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
    find_folded("a", part * 20_000)
    find_folded("x-y" + part, ("x-\ny" + part) * 5_000)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("a-b", "a-\nb"),
        ("ab", "a-\nb"),
        ("a-\nb", "ab"),
        ("a-\nb", "a-b"),
        ("a-\nb", "a-\nb"),
        ("- ab", "x - a-\nb"),
        ("non-emergency information", "non-\nemergency infor-\nmation"),
        ("nonemergency information", "non-\nemergency infor-\nmation"),
    ],
)
def test_a_hyphen_at_a_line_end_may_be_the_word_s_own_or_not(quote: str, text: str) -> None:
    assert len(find_folded(quote, text)) == 1


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("a-b", "ab c-\nd"),
        ("ab", "a-b c-\nd"),
        ("a b", "a-\nb"),
        ("a - b", "a-b c-\nd"),
        ("2018-19", "201819 c-\nd"),
    ],
)
def test_a_hyphen_elsewhere_is_there_or_not(quote: str, text: str) -> None:
    assert PARTED in fold(text).text
    assert find_folded(quote, text) == []
