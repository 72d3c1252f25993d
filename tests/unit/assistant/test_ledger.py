"""What a complete pass opens with, and what its ledger's "yes" says."""

import pytest

from assistant.coverage import Finding
from assistant.ledger import meaning_of, opening_but_not
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
            "No letter is known to speak of “bonus” and not of “leakage”: of 3 read, 1 speaks of “bonus”.",
        ),
    ],
)
def test_letters_that_say_one_thing_and_not_another_are_counted_for_both(
    saying: int, kept: int, opening: str
) -> None:
    assert opening_but_not(understood(ASKED), findings(saying), findings(kept)) == opening


def test_a_yes_says_both_and_of_one_thing_asked_for_nothing_more() -> None:
    assert meaning_of(understood(ASKED)) == "speaks of “bonus” and not of “leakage”"
    assert meaning_of(understood("Which letters mention a bonus?")) == ""
    assert meaning_of(understood("Which letters do not mention leakage?")) == ""
