"""The index of quotes: which letters hold one, by the rules of citing."""

import dataclasses

import pytest

from assistant.cite import locate
from assistant.quote_index import QuoteIndex
from tests.corpora import made, named
from vectorstore.letter import Letter

FELL = made("Calls fell by 12 per cent. We did not accept the advice.", source="fell.txt")
ROSE = made("Calls rose by 12 per cent. We did not accept the advice.", source="rose.txt", area="Southwick")


def found(quote: str, *letters: Letter) -> list[tuple[str, str]]:
    by_id = {letter.id: letter for letter in letters}
    return [(by_id[i].source, by_id[i].text[start:end]) for i, start, end in QuoteIndex(letters).find(quote)]


def test_a_quote_is_found_in_the_one_letter_that_holds_it() -> None:
    assert found("calls fell by 12 per cent", FELL, ROSE) == [("fell.txt", "Calls fell by 12 per cent")]


def test_a_quote_that_two_letters_hold_is_found_in_both_in_their_order() -> None:
    quote = "not  accept\nthe advice"
    assert [source for source, _ in found(quote, ROSE, FELL)] == ["rose.txt", "fell.txt"]


def test_a_quote_is_found_in_a_named_letter_alone() -> None:
    index = QuoteIndex([FELL, ROSE])
    ((start, end),) = index.find_in("12 per cent", ROSE.id)
    assert ROSE.text[start:end] == "12 per cent"
    assert index.find_in("fell by", ROSE.id) == []
    assert index.find_in("fell by", "nowhere") == []


@pytest.mark.parametrize(
    "quote",
    [
        "calls fell by 13 per cent",
        "calls fell by 2 per cent",
        "calls fell by 12",
        "per cent. We did not",
        "we did accept the advice",
        "Calls … advice",
        "Calls fell. We did not accept the advice",
        "",
        "…",
        "-",
    ],
)
def test_what_no_letter_says_is_found_nowhere(quote: str) -> None:
    assert QuoteIndex([FELL, ROSE]).find(quote) == []


def test_one_word_and_half_a_word() -> None:
    assert len(found("advice", FELL, ROSE)) == 2
    assert found("advic", FELL, ROSE) == []


def test_a_word_with_a_hyphen_alone_is_looked_for_everywhere() -> None:
    letters = (
        made("The non-\nemergency line is open."),
        made("It is a non-emergency.", source="b.txt"),
        FELL,
    )
    assert [words for _, words in found("non-emergency", *letters)] == ["non-\nemergency", "non-emergency"]


def test_words_of_a_converter_remark_are_found_nowhere() -> None:
    letter = named("000")
    assert "A handwritten signature in black ink" in " ".join(letter.text.split())
    assert QuoteIndex([letter]).find("A handwritten signature in black ink") == []


def test_the_author_paragraph_goes_before_what_surrounds_it() -> None:
    letter = made("Our work in Northmere goes on.", area="Northmere", to="Mr Northmere")
    places = QuoteIndex([letter]).find_in("Northmere", letter.id)
    assert len(places) > 1
    assert letter.text[places[0][0] - 12 : places[0][0]] == "Our work in "
    first = locate("Northmere", letter)
    assert first is not None
    assert first[0] <= places[0][0] < first[1]


def test_of_two_letters_with_one_id_the_first_counts() -> None:
    other = dataclasses.replace(ROSE, id=FELL.id)
    assert QuoteIndex([FELL, other]).find("calls rose") == []


def test_no_letters_hold_no_quote() -> None:
    index = QuoteIndex([])
    assert index.find("anything at all") == index.find("-a") == []
    assert FELL.id not in index


def test_an_index_says_which_letters_it_holds_and_costs_a_few_bytes_a_character() -> None:
    letters = [named(source) for source in ("000", "001", "002", "nhs", "council")]
    index = QuoteIndex(letters)
    assert letters[0].id in index
    assert index.size < 7 * sum(len(letter.text) for letter in letters)
