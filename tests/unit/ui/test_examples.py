"""Example questions come from the letters at hand."""

from assistant.ui.examples import MAX_CHARS, examples
from tests.evidence import letter


def test_examples_name_the_areas_and_years_of_these_letters() -> None:
    letters = [
        letter("one", area="Northshire", date="2018-01-12"),
        letter("two", area="Northshire", date="2020-09-02"),
    ]
    asked = examples(letters)
    assert "What changed for Northshire between 2018 and 2020?" in asked
    assert any("Northshire" in question and "changed" not in question for question in asked)


def test_letters_with_empty_cards_suggest_nothing() -> None:
    assert examples([letter("nothing known")]) == []
    assert examples([]) == []


def test_examples_are_few_short_and_each_made_once() -> None:
    letters = [
        letter(f"n{n}", area=f"Area {n}", addressee=f"Minister {n}", report="R" * 300) for n in range(9)
    ]
    asked = examples(letters, limit=3)
    assert len(asked) == len(set(asked)) == 3
    assert all(len(question) <= MAX_CHARS for question in asked)
