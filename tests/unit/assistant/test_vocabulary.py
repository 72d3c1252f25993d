"""Which words stand in letters: the word index tells of many letters what reading tells of few."""

from pathlib import Path

import pytest

from assistant import vocabulary
from assistant.terms import find_terms
from assistant.vocabulary import Vocabulary
from tests.corpora import made
from tests.unit.assistant.test_coverage import stored
from vectorstore.letter import Letter

LETTERS = [
    made("Our LiveChat is open at night. We welcome the RFID trial.", source="a.txt"),
    made("The lock keeper rings the ferry.", source="b.txt"),
    made("The ferry is late, and its well-being is ours.", source="c.txt"),
]
ASKED = "Does the live chat of the RFID ferry keeper welcome wellbeing, or leaf trials late at night?"


@pytest.mark.parametrize("inside", [LETTERS, LETTERS[:1], LETTERS[1:]])
def test_the_index_tells_of_many_letters_what_reading_tells_of_few(
    inside: list[Letter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = find_terms(ASKED)
    read = Vocabulary(inside, terms)
    monkeypatch.setattr(vocabulary, "READ", 0)
    looked_up = Vocabulary(
        inside, terms, everything=len(inside) == len(LETTERS), index=stored(tmp_path, LETTERS)
    )
    words = sorted(terms.weights)
    assert {word: looked_up.has(word) for word in words} == {word: read.has(word) for word in words}
    assert {word: looked_up.names(word) for word in words} == {word: read.names(word) for word in words}
    assert [looked_up.has_pair(pair) for pair in terms.pairs] == [read.has_pair(pair) for pair in terms.pairs]
    assert any(map(read.has, words))
    assert not all(map(read.has, words))
