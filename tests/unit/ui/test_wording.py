"""Facts are put into words that a reader trusts."""

from dataclasses import replace

import pytest

from assistant.answer import Ledger, Statement
from assistant.briefing import opening
from assistant.ui.wording import corpus, counted, engine, footing, listed, writer
from tests.evidence import letter
from tests.unit.ui.stand_in import answer_of
from vectorstore.letter import LetterCard


def test_one_is_singular_and_thousands_are_grouped() -> None:
    assert [counted(n, "letter") for n in (0, 1, 2345)] == ["0 letters", "1 letter", "2,345 letters"]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C", "D"], "A, B, C and D"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 others"),
    ],
)
def test_names_are_joined_and_those_beyond_the_limit_counted(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_the_corpus_is_described_by_number_years_and_authors() -> None:
    letters = [
        letter("one", author="Ann Example", date="2020-09-02"),
        letter("two", author="Ann Example", date="2018-01-12"),
        letter("three", author="Bob Sample"),
    ]
    assert corpus(letters) == "3 letters, 2018 to 2020, by Ann Example and Bob Sample."
    assert corpus(letters[:1]) == "1 letter, 2020, by Ann Example."
    assert corpus([letter("nothing known")]) == "1 letter."


def test_a_letter_with_an_empty_card_has_a_writer_not_stated() -> None:
    assert writer(LetterCard()) == "Author not stated"
    assert (
        writer(letter("x", author="Ann Example", office="Commissioner").card) == "Ann Example, Commissioner"
    )


def test_the_engine_says_whether_a_model_answers() -> None:
    assert "no language model" in engine("quoting")
    assert engine("gpt-5-mini") == "Model: gpt-5-mini"


def test_the_footing_says_how_much_was_read_and_by_whom() -> None:
    some = answer_of(letters_read=3, letters_in_scope=5)
    assert footing(some) == "Passages from 3 of 5 letters read · quoting engine · 0.1 s"
    assert footing(replace(some, ledger=Ledger(()))).startswith("3 of 5 letters read")
    assert footing(replace(some, kind="about_letters")).startswith("Cards of 3 of 5 letters looked up")
    assert "gpt-5-mini" in footing(replace(some, engine="gpt-5-mini"))


@pytest.mark.parametrize(
    ("text", "statement", "opens_with"),
    [
        ("Two did:\nAnn [1]", Statement("Ann", True, (1,)), "Two did:"),
        ("Ann [1]\nBob [2]", Statement("Ann", True, (1,)), ""),
        ("Northshire:\nAnn [1]", Statement("Ann", True, (1,), heading="Northshire"), ""),
    ],
)
def test_an_answer_opens_with_the_sentence_before_its_statements(
    text: str, statement: Statement, opens_with: str
) -> None:
    assert opening(answer_of(text=text, statements=(statement,))) == opens_with


def test_an_answer_without_statements_is_its_opening() -> None:
    assert opening(answer_of(text="There are two letters.")) == "There are two letters."
