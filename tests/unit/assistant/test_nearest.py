"""The nearest words and what differs; likeness never verifies."""

import time

import pytest

from assistant.nearest import NearestIndex, difference
from tests.corpora import made, of_other_kinds, sentences, shipped
from vectorstore.letter import Letter

SEAWALL = "The harbour board spent £31 million on the new sea wall from March to October, and did not borrow for it."
BRIDGE = "Repairs to the swing bridge were finished by Mr Okoro's team eleven days before the regatta."


@pytest.fixture(scope="module")
def harbour() -> Letter:
    return made(f"{SEAWALL} {BRIDGE}", source="harbour.txt")


@pytest.mark.parametrize(
    ("draft", "marked"),
    [
        (SEAWALL.replace("£31", "£13"), "[-£31-]{+£13+}"),
        (SEAWALL.replace("did not borrow", "did borrow"), "[-not-]"),
        (SEAWALL.replace("harbour board", "town council"), "[-harbour board-]{+town council+}"),
        (BRIDGE.replace("Okoro", "Smith"), "[-Okoro's-]{+Smith's+}"),
        (BRIDGE.replace("were finished", "were all finished"), "{+all+}"),
        ("the new sea wall from March to November", "[-October-]{+November+}"),
        (SEAWALL.replace(", and", " and"), "[-,-]"),
    ],
)
def test_what_was_changed_is_marked(harbour: Letter, draft: str, marked: str) -> None:
    near = NearestIndex([made("Nothing of the kind is here at all."), harbour]).nearest(draft)
    assert near is not None
    assert near.letter_id == harbour.id
    assert marked in near.difference
    assert harbour.text[near.start : near.end].split()[0] in SEAWALL + BRIDGE


def test_a_sentence_left_out_without_a_sign_is_marked() -> None:
    letter = made(
        "We built the wall in spring. It rained a great deal that year. Then we built the long quay in autumn."
    )
    near = NearestIndex([letter]).nearest(
        "We built the wall in spring. Then we built the long quay in autumn."
    )
    assert near is not None
    assert "It rained a great deal that year-]" in near.difference


def test_nothing_is_near_to_what_nobody_wrote(harbour: Letter) -> None:
    index = NearestIndex([harbour])
    assert (
        index.nearest("We will hire three hundred call handlers before the winter and pay them better")
        is None
    )
    assert index.nearest("sea wall") is None
    assert NearestIndex([]).nearest("We will hire three hundred call handlers") is None


def test_a_named_letter_goes_before_a_nearer_one() -> None:
    one, other = (
        made(SEAWALL, source="a.txt"),
        made(SEAWALL.replace("new ", ""), author="Cy Other", source="b.txt"),
    )
    claimed = SEAWALL.replace("£31", "£13")
    found = [NearestIndex([one, other]).nearest(claimed, [letter.id]) for letter in (one, other)]
    assert [near and near.letter_id for near in found] == [one.id, other.id]


def test_no_sentence_of_letters_on_other_subjects_comes_near() -> None:
    index = NearestIndex(shipped())
    others = [letter.text[s:e] for letter in of_other_kinds() for s, e in sentences(letter) if e - s > 60]
    assert len(others) > 150
    assert [words for words in others if index.nearest(words)] == []


def test_typography_is_no_difference_and_a_first_capital_neither() -> None:
    assert difference("The force’s plan – in full", "the force's plan - in full.") == ""
    assert difference("is not content", "is content") == "is [-not-] content"
    assert difference("a\n• list of things", "a list of things") == ""


def test_words_that_stand_everywhere_do_not_slow_it_down() -> None:
    letters = [
        made("the of and to in " * 2_000, source=f"{number}.txt", author=f"Ann Number{number}")
        for number in range(3)
    ]
    index = NearestIndex(letters)
    began = time.monotonic()
    for _ in range(50):
        index.nearest("of the to and in the of and to in")
    assert time.monotonic() - began < 5
