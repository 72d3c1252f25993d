"""The complete pass: every letter in scope has its finding, whether it says it or not."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.coverage import Finding, read_all
from assistant.lexicon import find_mentions, find_names
from assistant.rank import Ranker
from tests.corpora import made, of_other_kinds
from tests.turns import understood
from vectorstore.letter import Letter
from vectorstore.split import split_letter
from vectorstore.store import Store


def stored(folder: Path, letters: Sequence[Letter]) -> Store:
    store = Store(folder, create=True)
    with store.writing():
        for letter in letters:
            store.put_letter(letter, split_letter(letter), bytes_sha256=letter.id)
    return store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return stored(tmp_path_factory.mktemp("coverage"), of_other_kinds())


def findings(asked: str, store: Store, letters: Sequence[Letter] | None = None) -> list[Finding]:
    letters = of_other_kinds() if letters is None else letters
    question = understood(asked, letters=letters)
    assert question.kind == "list"
    mentions = find_mentions(question.standalone, find_names(letters))
    return read_all(question, mentions, letters, store, Ranker(None))


def saying(asked: str, store: Store) -> set[str]:
    return {f.letter.source.removesuffix(".txt") for f in findings(asked, store) if f.sentences}


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        (
            "Which letters mention the pandemic?",
            {"fire_authority_inspectorate", "prison_inspectorate_governor"},
        ),
        ("Which letters mention a bonus?", {"water_regulator_2019", "water_regulator_2021"}),
        ("Who mentions bullying?", {"school_trust"}),
        ("Which letters mention bullying or cladding?", {"school_trust", "fire_authority_inspectorate"}),
        ("Which letters mention Grenfell Tower?", {"fire_authority_inspectorate"}),
        ("Which letters mention midwives?", {"nhs_trust_cqc"}),
        ("Which letters mention acoustic loggers?", {"water_regulator_2019", "water_regulator_2021"}),
        ("Which letters do not mention a bonus?", {"water_regulator_2019", "water_regulator_2021"}),
        ("Do any of the letters mention modern slavery?", set()),
        ("Which letters mention the THRIVE model?", set()),
        ("Which letters mention data protection?", set()),
        ("Which letters mention a password?", {"charity_data_regulator"}),
    ],
)
def test_the_letters_that_say_it_are_found(asked: str, letters: set[str], store: Store) -> None:
    assert saying(asked, store) == letters


def test_every_letter_has_a_finding_in_the_order_given(store: Store) -> None:
    found = findings("Which letters mention lighthouses?", store)
    assert [f.letter.id for f in found] == [letter.id for letter in of_other_kinds()]
    assert not any(f.sentences for f in found)


def test_a_finding_holds_sentences_of_its_letter_best_first_and_none_twice(store: Store) -> None:
    for finding in findings("Which letters mention leakage?", store):
        text = finding.letter.text
        assert all(text[c.start : c.end] == c.text for c in finding.sentences)
        assert len({(c.start, c.end) for c in finding.sentences}) == len(finding.sentences) <= 3


def test_page_furniture_and_addresses_say_nothing(tmp_path: Path) -> None:
    letter = made("We reply to your letter about schools.", to="Ms Lighthouse Keeper")
    store = stored(tmp_path / "store", [letter])
    assert not findings("Which letters mention a lighthouse?", store, [letter])[0].sentences


def test_a_question_that_looks_for_nothing_finds_nothing(store: Store) -> None:
    assert not any(f.sentences for f in findings("Which letters mention it?", store))


def test_no_letters_have_no_findings(store: Store) -> None:
    assert findings("Which letters mention a bonus?", store, []) == []


def test_among_many_letters_the_same_ones_say_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "Which letters mention leakage or bullying?"
    few = findings(asked, store)
    monkeypatch.setattr("assistant.coverage.COMPARED", 0)
    assert [bool(f.sentences) for f in findings(asked, store)] == [bool(f.sentences) for f in few]
    assert any(f.sentences for f in few)
