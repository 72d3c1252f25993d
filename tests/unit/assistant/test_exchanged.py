"""Figures that changed places: told where it is clear, and never of what letters themselves say."""

from itertools import combinations

import pytest

from assistant.draft_figures import PERIODS, find_figures
from assistant.exchanged import exchanged
from tests.corpora import of_other_kinds, sentences, shipped

TREES = "The town lost 300 elms to the storms and planted 1,200 limes along the canal."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("It lost 1,200 elms and planted 300 limes.", TREES),
        ("It planted 300 limes and lost 1,200 elms.", TREES),
        (
            "Takings were 40 pence in 2018 and 30 pence in 2019.",
            "Takings were 30 pence in 2018 and 40 pence in 2019.",
        ),
        ("Waits fell from 9 minutes to 14 minutes.", "Waits fell from 14 minutes to 9 minutes."),
        ("Elmfield has 14 nurses, Otterbourne 9.", "Elmfield has 9 nurses and Otterbourne 14."),
    ],
)
def test_two_figures_each_beside_the_others_words_changed_places(ours: str, theirs: str) -> None:
    found = exchanged(ours, ["Nothing to report.", theirs])
    assert [at for _, at in found] == [1, 1]
    assert [ours[pair.ours.start : pair.ours.end] for pair, _ in found] != [
        theirs[pair.theirs.start : pair.theirs.end] for pair, _ in found
    ]


@pytest.mark.parametrize(
    "ours",
    [
        "It planted 1,200 limes, having lost 300 elms.",
        "There are 1,200 new ones for 300 old ones.",
        "It lost 300 and planted 1,200.",
        "It lost 300 elms.",
        "It planted 300 limes.",  # one figure alone: a part of the other it may be
        "It lost 500 elms and planted 300 limes.",
    ],
)
def test_what_is_not_clear_is_not_told(ours: str) -> None:
    assert exchanged(ours, [TREES]) == []


def test_a_pair_that_another_sentence_has_as_it_is_did_not_change_places() -> None:
    assert (
        exchanged(
            "It lost 1,200 elms and planted 300 limes.", [TREES, "We lost 1,200 elms, planted 300 limes."]
        )
        == []
    )


def test_of_the_letters_own_sentences_none_is_told_and_of_those_with_two_figures_exchanged_most_are() -> None:
    made = told = 0
    for letter in (*shipped(), *of_other_kinds()):
        every = [" ".join(letter.text[start:end].split()) for start, end in sentences(letter)]
        for sentence in every:
            assert exchanged(sentence, every) == [], sentence
            figures = [figure for figure in find_figures(sentence) if figure.unit not in PERIODS]
            for one, two in combinations(figures, 2):
                if one.unit == two.unit and one.value != two.value:
                    first, second = sentence[one.start : one.end], sentence[two.start : two.end]
                    between = sentence[one.end : two.start]
                    turned = f"{sentence[: one.start]}{second}{between}{first}{sentence[two.end :]}"
                    made += 1
                    told += bool(exchanged(turned, every))
    assert made > 50
    assert told / made > 0.6
