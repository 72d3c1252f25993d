"""What a complete pass opens with, and what its ledger's "yes" says."""

import pytest

from assistant.coverage import Finding
from assistant.ledger import fits, meaning_of, one_of_each, opening_of_matters
from assistant.rank import Candidate
from tests.corpora import made
from tests.sentences_ranked import ranked
from tests.turns import understood
from vectorstore.letter import Letter

ASKED = "Which letters mention a bonus but not leakage?"
THREE = [made("We paid a bonus to every fitter.", source=f"{n}.txt", area=f"Area{n}") for n in range(3)]


def findings(saying: int) -> list[Finding]:
    """What three letters say, of which the first so many say it."""
    return [Finding(letter, found(letter) if at < saying else ()) for at, letter in enumerate(THREE)]


def found(letter: Letter) -> tuple[Candidate, ...]:
    return tuple(ranked("Which letters mention a bonus?", letter)[1][:1])


@pytest.mark.parametrize(
    ("saying", "kept", "opening"),
    [
        (3, 2, "Of 3 letters read, 3 speak of “bonus”, and 2 of these not of “leakage”:"),
        (2, 2, "Of 3 letters read, 2 speak of “bonus”, and all of these not of “leakage”:"),
        (1, 1, "Of 3 letters read, 1 speaks of “bonus”, and this one not of “leakage”:"),
        (
            1,
            0,
            "No letter is known to speak of “bonus” and not of “leakage”: of 3 read, 1 speaks of “bonus”,"
            " 1 of “leakage”.",
        ),
    ],
)
def test_letters_that_say_one_thing_and_not_another_are_counted_for_both(
    saying: int, kept: int, opening: str
) -> None:
    readings = [findings(saying), findings(1)]
    assert opening_of_matters(understood(ASKED), readings, kept) == opening


@pytest.mark.parametrize(
    ("asked", "fitting", "opening"),
    [
        (
            "Which letters mention both a bonus and leakage?",
            1,
            "Of 3 letters read, 1 speaks of both “bonus” and “leakage” (2 of “bonus”, 1 of “leakage”):",
        ),
        (
            "Which letters mention both a bonus and leakage?",
            0,
            "No letter is known to speak of both “bonus” and “leakage”: of 3 read, 2 speak of “bonus”,"
            " 1 of “leakage”.",
        ),
        (
            "Which letters mention neither a bonus nor leakage?",
            1,
            "Of 3 letters read, 1 speaks neither of “bonus” nor of “leakage” (2 of “bonus”, 1 of “leakage”):",
        ),
    ],
)
def test_the_opening_says_what_is_asked_of_each_letter(asked: str, fitting: int, opening: str) -> None:
    assert opening_of_matters(understood(asked), [findings(2), findings(1)], fitting) == opening


def test_a_letter_fits_that_says_all_it_is_to_say_and_nothing_else() -> None:
    (says, *_, silent) = findings(1)
    both, neither, one = (
        understood(f"Which letters mention {what}?")
        for what in ("both a bonus and leakage", "neither a bonus nor leakage", "a bonus but not leakage")
    )
    assert [fits(both, pair) for pair in ((says, says), (says, silent))] == [True, False]
    assert [fits(neither, pair) for pair in ((silent, silent), (says, silent))] == [True, False]
    assert [fits(one, pair) for pair in ((says, silent), (says, says))] == [True, False]


def test_a_row_quotes_a_sentence_on_each_matter_before_a_second_on_any() -> None:
    letter = made("We paid a bonus. Another bonus is due. No bonus was lost. The bonus ends. Leakage fell.")
    bonus, leakage = (
        tuple(ranked(f"Which letters mention {what}?", letter)[1]) for what in ("a bonus", "leakage")
    )
    on_bonus = tuple(c for c in bonus if "bonus" in c.text)
    on_leakage = tuple(c for c in leakage if "Leakage" in c.text)
    shown = one_of_each([Finding(letter, on_bonus), Finding(letter, on_leakage)]).sentences
    assert shown[:2] == (on_bonus[0], on_leakage[0])
    assert len({c.start for c in shown}) == len(shown) == 3


def test_a_yes_says_both_and_of_one_thing_asked_for_nothing_more() -> None:
    assert meaning_of(understood(ASKED)) == "speaks of “bonus” and not of “leakage”"
    assert (
        meaning_of(understood("Which letters mention neither a bonus nor leakage?"))
        == "speaks of “bonus” or of “leakage”"
    )
    assert meaning_of(understood("Which letters mention a bonus?")) == ""
    assert meaning_of(understood("Which letters do not mention leakage?")) == ""
