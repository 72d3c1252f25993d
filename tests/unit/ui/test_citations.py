"""A citation's quote and place as they are shown."""

from dataclasses import replace

from assistant.quotation import is_same
from assistant.ui.citations import place, quote, source
from tests.unit.ui.stand_in import cite, plain_letter
from tests.unit.ui.test_markup import Reader

CITED = cite(plain_letter(), "It set aside 78,000 pounds for 2020.")


def test_a_quote_is_the_letters_words_without_a_bullet_at_their_head() -> None:
    assert quote(CITED) == "<q>It set aside 78,000 pounds for 2020.</q>"
    assert quote(replace(CITED, exact="-  one - two -")) == "<q>one - two -</q>"
    assert quote(replace(CITED, exact="---")) == "<q>---</q>"


def test_a_source_names_its_place_and_another_speaker() -> None:
    assert Reader(source(CITED)).words.endswith(CITED.label)
    other = Reader(source(replace(CITED, speaker="The Inspectorate"), "p. 1")).words
    assert other.endswith("p. 1 · words of The Inspectorate")


def test_a_place_has_a_paragraph_only_within_the_numbered_ones() -> None:
    assert place(CITED) == "p. 1, para 2"
    assert place(replace(CITED, page=3, paragraph=0)) == "p. 3"
    assert place(replace(CITED, has_pages=False)) == "para 2"
    assert place(replace(CITED, has_pages=False, paragraph=0)) == "outside the numbered paragraphs"


def test_words_are_the_same_but_for_white_space_and_marks() -> None:
    assert is_same("It set aside\n78,000 pounds for 2020", CITED)
    assert not is_same("It set aside 87,000 pounds for 2020.", CITED)
    assert not is_same("It set aside 78,000 pounds.", CITED)
