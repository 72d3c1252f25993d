"""Example questions come from the letters at hand."""

from dataclasses import replace

from assistant.ui.examples import MAX_CHARS, examples
from tests.evidence import letter
from tests.unit.ui.stand_in import blocks
from vectorstore.letter import Letter


def said(body: str, **card: str) -> Letter:
    """Return a letter whose text is one paragraph."""
    return replace(letter(body, **card), blocks=blocks(body))


def test_examples_name_what_several_letters_share_but_not_all() -> None:
    letters = [
        said(
            "The PCSO and SARA schemes of HMIC.",
            author="Ann Example",
            cc="HMIC",
            area="Northshire",
            date="2018-01-12",
        ),
        said("A second SARA scheme of HMIC.", author="Bob Sample", area="Northshire", date="2020-09-02"),
        said("Nothing of the kind, says the BBC.", author="Cy Third"),
    ]
    assert examples(letters) == [
        "What does Ann Example say about SARA?",
        "Which letters mention SARA?",
        "What changed for Northshire between 2018 and 2020?",
    ]


def test_words_in_capitals_outside_the_sentences_suggest_nothing() -> None:
    shouted = [
        said("NORTH SOUTH EAST", author="Ann Example"),
        said("NORTH SOUTH", author="Bob Sample"),
        said("Quiet."),
    ]
    assert examples(shouted) == []


def test_letters_with_empty_cards_suggest_nothing() -> None:
    assert examples([letter("nothing known")]) == []
    assert examples([]) == []


def test_examples_are_few_short_and_each_made_once() -> None:
    letters = [
        letter(f"n{n}", area=f"Area {n}", addressee=f"Minister {n}" + "R" * (n % 2) * 300) for n in range(9)
    ]
    asked = examples(letters, limit=3)
    assert len(asked) == len(set(asked)) == 3
    assert all(len(question) <= MAX_CHARS for question in asked)
