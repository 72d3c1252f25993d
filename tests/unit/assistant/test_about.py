"""What letters are about is what they say they are about, not all that they mention."""

import itertools
from pathlib import Path

import pytest

from assistant.about import matter_of
from assistant.cite import Numbering
from assistant.coverage import read_all
from assistant.ledger import make_ledger, meaning_of, opening_of
from assistant.rank import Ranker
from tests.corpora import made, of_other_kinds
from tests.turns import understood
from tests.unit.assistant.test_coverage import stored
from vectorstore.letter import Letter
from vectorstore.search import Search

LETTERS = [
    made("Re: Repairs to the lido", "The tiles are loose. The café is closed.", source="lido.txt"),
    made(
        "I write about the café in the park.", "The lido is dry, and its tiles are loose.", source="cafe.txt"
    ),
    made("Re: Buses", "Thank you for your letter.", "The lido has a stop of its own.", source="bus.txt"),
]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("Which letters are about the lido?", ["yes", "no", "no"]),
        ("Which letters are not about the lido?", ["yes", "no", "no"]),
        ("List all letters about the café", ["no", "yes", "no"]),
        ("How many letters mention the lido?", ["yes", "yes", "yes"]),
    ],
)
def test_a_letter_is_about_what_its_subject_headings_or_opening_name(
    asked: str, says: list[str], tmp_path: Path
) -> None:
    question = understood(asked, letters=LETTERS)
    search = Search(stored(tmp_path, LETTERS), None, None)
    found = read_all(question, (), LETTERS, search, Ranker(None)).findings
    statements, citations, ledger = make_ledger(found, Numbering(), negated=question.negated)
    assert [row.says for row in ledger.rows] == says
    texts = {letter.id: letter.text for letter in LETTERS}
    assert all(texts[c.letter_id][c.start : c.end] == c.exact for c in citations)
    assert len(statements) == says.count("no" if question.negated else "yes")


def test_the_opening_says_by_what_and_who_only_speaks_of_it(tmp_path: Path) -> None:
    question = understood("Which letters are about the lido?", letters=LETTERS)
    search = Search(stored(tmp_path, LETTERS), None, None)
    found = read_all(question, (), LETTERS, search, Ranker(None)).findings
    _, _, ledger = make_ledger(found, Numbering(), negated=False)
    assert opening_of(question, ledger, 1, besides=2) == (
        "Of 3 letters read, 1 is about “lido” by subject line, headings or opening, and 2 more speak of it:"
    )
    assert meaning_of(question) == "is about “lido” by subject line, headings or opening"


@pytest.mark.parametrize("letter", of_other_kinds(), ids=lambda letter: letter.source)
def test_the_places_are_the_letter_s_own_words_and_none_stands_in_another(letter: Letter) -> None:
    places = matter_of(letter)
    assert places
    assert all(letter.text[p.start : p.end] == p.text for p in places)
    assert all(a.end <= b.start for a, b in itertools.pairwise(places))


@pytest.mark.parametrize(
    "asked",
    [
        "Which letters about leakage mention a bonus?",
        "Which letters complain about leakage?",
        "Which letters speak about leakage?",
    ],
)
def test_to_speak_about_a_thing_is_another_question(asked: str) -> None:
    assert not understood(asked).about
