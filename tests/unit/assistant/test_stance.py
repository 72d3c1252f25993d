"""What letters do in saying it, and of which matter."""

from pathlib import Path

import pytest

from assistant.rank import Ranker
from assistant.stance import by_a_verb
from tests.sentences_ranked import Meanings
from tests.turns import understood
from tests.unit.assistant.test_coverage import said_by


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        (
            "Which letters object to the parking charge?",
            (
                "We cannot accept the parking charge.",
                "We agree with the parking charge.",
                "A charge is made.",
            ),
            [True, False, False],
        ),
        (
            "Who is against the parking charge?",
            ("I oppose any parking charge.", "We raised no objection to the parking charge."),
            [True, False],
        ),
        (
            "Which letters support the bypass?",
            (
                "We do not object to the bypass.",
                "The museum thanks its guides for their support, and a bypass was dug.",
            ),
            [True, False],
        ),
        (
            "Which letters complain about the noise?",
            ("I was disappointed that the noise went on until midnight.", "The noise of the mill stopped."),
            [True, False],
        ),
        (
            "Which letters thank the volunteers?",
            ("I am grateful to the volunteers of the library.", "The volunteers of the library meet."),
            [True, False],
        ),
        (
            "Which letters ask for a crossing?",
            (
                "We should like a crossing outside the school.",
                "A crossing like that of Mill Lane was closed.",
            ),
            [True, False],
        ),
        (
            "Which letters promise a playground?",
            ("We will build a playground by June.", "Their will leaves a playground to the parish."),
            [True, False],
        ),
    ],
)
def test_a_letter_does_it_by_any_verb_for_it_to_the_matter(
    asked: str, said: tuple[str, ...], expected: list[bool], tmp_path: Path
) -> None:
    assert said_by(asked, tmp_path / "store", *said) == expected


def test_the_part_of_a_sentence_that_has_the_matter_tells_where_somebody_stands(tmp_path: Path) -> None:
    said = (
        "We agree with the aim but cannot accept the merger of the two schools.",
        "We do not accept the timetable, but we support the merger of the two schools.",
    )
    assert said_by("Which letters accept the merger of the schools?", tmp_path, *said) == [False, True]


def test_what_its_paragraph_speaks_of_need_not_all_stand_in_the_sentence(tmp_path: Path) -> None:
    said = (
        "We cannot agree that small shops should pay for a licence. A fee of £90 is a week's rent.",
        "We cannot agree that the hall be sold. A licence fee is due in May.",
    )
    asked = "Which letters object to the licence fee?"
    assert said_by(asked, tmp_path, *said, ranker=Ranker(Meanings({}))) == [True, False]


@pytest.mark.parametrize(
    ("question", "standing"),
    [
        ("Who is against the levy?", "Who oppose the levy?"),
        ("Which letters aren't opposed to the levy?", "Which letters do not oppose the levy?"),
        ("Which councils are in favour of the levy?", "Which councils support the levy?"),
        ("Which letters lean against the wall?", "Which letters lean against the wall?"),
    ],
)
def test_where_somebody_stands_is_asked_with_a_verb(question: str, standing: str) -> None:
    assert by_a_verb(question) == standing


@pytest.mark.parametrize("asked", ["Who wants a crossing?", "Who thanks the nurses?", "Who objects to it?"])
def test_who_does_it_is_asked_of_all_letters(asked: str) -> None:
    assert understood(asked).kind == "list"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Which letters accept proposal 3?", [True, True, False, False]),
        ("Which letters respond to proposal 3?", [True, True, False, False]),
        ("Which letters mention proposal 3?", [True, False, False, False]),
    ],
)
def test_what_is_said_of_all_is_said_of_each_but_does_not_mention_it(
    asked: str, expected: list[bool], tmp_path: Path
) -> None:
    said = (
        "We accept proposal 3 on the locks.",
        "The parish agrees with all five proposals.",
        "We accept all other proposals.",
        "We do not accept all proposals, but like the paper.",
    )
    assert said_by(asked, tmp_path, *said) == expected


def test_forces_that_respond_to_a_thing_do_more_than_speak_of_it() -> None:
    assert "respond" in understood("Which forces respond to alarms?").terms.weights
    assert "respond" not in understood("Which letters respond to the alarms?").terms.weights


@pytest.mark.parametrize(
    ("asked", "said", "expected"),
    [
        (
            "Which letters accept the verdict?",
            (
                "Thank you for the verdict of the jury. We accept it in full.",
                "Thank you for the verdict of the jury. We do not accept it.",
                "Thank you for the cake. We accept it with joy.",
            ),
            [True, False, False],
        ),
        (
            "Which letters ask for a visit?",
            ("You may request a visit at any time.", "We invite the bishop to pay us a visit."),
            [False, True],
        ),
        (
            "Which letters oppose closing the kennels?",
            ("We have decided against closing the kennels.", "The kennels stand against the wall."),
            [True, False],
        ),
        (
            "Which letters accept all the proposals?",
            ("We accept proposal 2.", "We accept all six proposals.", "We accept the proposals on rent."),
            [False, True, False],
        ),
        (
            "Who apologises?",
            ("I am sorry for the noise.", "I was sorry to hear of the fire.", "The choir sang."),
            [True, False, False],
        ),
        (
            "Who complains that fares have gone up?",
            ("Our members complain, with reason, that fares have gone up.", "Fares have gone up."),
            [True, False],
        ),
    ],
)
def test_who_does_it_and_to_what_is_read_from_the_words_around(
    asked: str, said: tuple[str, ...], expected: list[bool], tmp_path: Path
) -> None:
    assert said_by(asked, tmp_path / "store", *said, ranker=Ranker(Meanings({}))) == expected


def test_whom_letters_go_to_is_a_matter_where_it_is_asked_whom_they_thank(tmp_path: Path) -> None:
    said = ("We thank the vicar for her patience.", "We thank Mr Bob Sample for his patience.")
    assert said_by("Which letters thank Mr Bob Sample?", tmp_path, *said) == [False, True]
