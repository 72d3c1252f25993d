"""Whether a sentence denies what letters are asked to do or to have."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.cite import Numbering
from assistant.coverage import read_all
from assistant.denial import denies
from assistant.ledger import make_ledger, opening_of
from assistant.rank import Ranker
from tests.corpora import made
from tests.turns import understood
from tests.unit.assistant.test_coverage import stored
from vectorstore.letter import Letter
from vectorstore.search import Search

AGREE = "Which letters agree with finding 2?"


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("We agree with finding 2.", False),
        ("We do not agree with finding 2.", True),
        ("The Trust cannot accept finding 2 in full.", True),
        ("I am not in a position to support finding 2.", True),
        ("We can no longer support finding 2.", True),
        ("The Trust rejects finding 2.", True),
        ("We do not dispute finding 2.", False),
        ("We not only accept finding 2, we have acted on it.", False),
        ("We did not accept finding 1, but we support finding 2.", False),
        ("Finding 2 is on page 4.", False),
    ],
)
def test_where_somebody_stands_is_told_by_any_word_for_it(sentence: str, denied: bool) -> None:
    assert denies(sentence, understood(AGREE).terms) == denied


def test_who_rejects_is_told_by_who_does_not_accept() -> None:
    terms = understood("Which letters reject finding 2?").terms
    assert not denies("We do not accept finding 2.", terms)
    assert denies("We accept finding 2.", terms)


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("We have no gardeners.", True),
        ("The college has no full-time gardeners.", True),
        ("We do not employ any gardeners.", True),
        ("Two gardeners work here.", False),
        ("There is no doubt that our gardeners are the best.", False),
        ("We have no lawns, and the gardeners plant beds.", False),
    ],
)
def test_what_somebody_has_none_of_is_denied(sentence: str, denied: bool) -> None:
    assert denies(sentence, understood("Which letters have gardeners?").terms) == denied


def test_a_letter_that_only_speaks_of_it_denies_nothing() -> None:
    assert not denies("We have no gardeners.", understood("Which letters mention gardeners?").terms)


LETTERS = [
    made("We have no gardeners.", source="none.txt"),
    made("Two gardeners work here. We have no gardeners on Sundays.", source="two.txt"),
    made("The roof leaks.", source="silent.txt"),
]


def said(
    asked: str, folder: Path, letters: Sequence[Letter] = LETTERS
) -> tuple[str, list[str], list[bool], str]:
    """Return the opening, what each letter says and whether it is quoted, and the first statement."""
    question = understood(asked, letters=letters)
    search = Search(stored(folder, letters), None, None)
    found = read_all(question, (), letters, search, Ranker(None)).findings
    statements, _, ledger = make_ledger(found, Numbering(), negated=question.negated)
    rows = ledger.rows
    return (
        opening_of(question, ledger, len(statements)),
        [row.says for row in rows],
        [bool(row.citations) for row in rows],
        statements[0].text if statements else "",
    )


def test_who_has_it_is_not_who_has_none_and_the_denial_is_quoted(tmp_path: Path) -> None:
    opening, says, quoted, _ = said("Which letters have gardeners?", tmp_path)
    assert says == ["no", "yes", "no"]
    assert quoted == [True, True, False]
    assert opening == (
        "Of 3 letters read, 1 speaks of “gardeners” other than to deny it, and 1 more denies it outright:"
    )


def test_who_has_none_is_who_says_so(tmp_path: Path) -> None:
    opening, says, _, _ = said("Which letters have no gardeners?", tmp_path)
    assert says == ["yes", "yes", "no"]
    assert opening == "Of 3 letters read, 2 say that there is or was no “gardeners”:"


def test_of_those_who_do_not_agree_they_lead_who_say_so(tmp_path: Path) -> None:
    letters = [
        made("The roof leaks.", source="silent.txt", author="Cy Mill"),
        made("We cannot support finding 2.", source="denies.txt", author="Di Hale"),
        made("We accept finding 2 and have begun to act on it.", source="agrees.txt", author="Ed Moss"),
    ]
    opening, says, quoted, first = said("Which letters do not agree with finding 2?", tmp_path, letters)
    assert says == ["no", "no", "yes"]
    assert quoted == [False, True, True]
    assert first.startswith("Di Hale")
    assert opening.endswith("and 1 of these denies it outright:")
