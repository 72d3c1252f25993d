"""A model's draft set on the quoting engine's: nothing that the letters' own sentences answer is lost to a model."""

from dataclasses import replace

from assistant.answer import Draft, DraftStatement
from assistant.comparison import SAYS_NOTHING
from assistant.floor import OWN_WORDS, SILENT, UNVERIFIED, set_on
from tests.evidence import letter
from vectorstore.letter import Block, Letter


def whole(text: str) -> Letter:
    return replace(letter(text), blocks=(Block(0, len(text), "body", 1, 1),))


ONE, OTHER = (
    whole("We reply to every letter. We train all staff."),
    whole("We answer none of the letters. We train nobody."),
)
LETTERS = {made.id: made for made in (ONE, OTHER)}
SIDES = {"North": [ONE.id], "South": [OTHER.id]}


def said(text: str, *quotes: tuple[str, str], heading: str = "", issue: str = "") -> DraftStatement:
    return DraftStatement(text, quotes, heading, issue)


def rows(drafted: Draft, quoted: Draft, *, compared: bool = True) -> list[tuple[str, str, str]]:
    made = set_on(drafted, quoted, LETTERS, SIDES if compared else {})
    return [(s.text, s.heading, s.issue) for s in made.statements]


def test_sentences_that_the_model_leaves_out_stand_below_it() -> None:
    drafted = Draft((said("They reply.", (ONE.id, "We reply to every letter.")),), "model")
    quoted = Draft(
        (
            said("We reply to every letter.", (ONE.id, "We reply to every letter.")),
            said("We answer none of the letters.", (OTHER.id, "We answer none of the letters.")),
        ),
        "quoting",
    )
    assert rows(drafted, quoted, compared=False) == [
        ("They reply.", "", ""),
        ("We answer none of the letters.", OWN_WORDS, ""),
    ]


def test_a_model_that_quotes_nothing_that_stands_in_a_letter_is_not_the_answer() -> None:
    quoted = Draft((said("We reply to every letter.", (ONE.id, "We reply to every letter.")),), "quoting")
    for drafted, notice in (
        (Draft((said("Invented.", (ONE.id, "We refuse.")),), "model"), UNVERIFIED),
        (Draft((), "model"), SILENT),
    ):
        made = set_on(drafted, quoted, LETTERS, {})
        assert (made.engine, made.statements, made.notice) == ("quoting", quoted.statements, notice)


def test_a_model_s_statements_go_to_the_side_that_they_quote_and_an_empty_side_says_so() -> None:
    both = said(
        "Both reply.", (ONE.id, "We reply to every letter."), (OTHER.id, "We answer none of the letters.")
    )
    drafted = Draft((said("North replies.", (ONE.id, "We reply to every letter.")), both), "model")
    empty = Draft((said(SAYS_NOTHING, heading="North"), said(SAYS_NOTHING, heading="South")), "quoting")
    assert rows(drafted, empty) == [
        ("Both reply.", "", ""),
        ("North replies.", "North", ""),
        (SAYS_NOTHING, "South", ""),
    ]


def test_with_several_issues_a_model_s_statement_stands_under_the_one_that_its_quote_is_about() -> None:
    quoted = Draft(
        (
            said("We train all staff.", (ONE.id, "We train all staff."), heading="North", issue="training"),
            said(SAYS_NOTHING, heading="North", issue="damp"),
            said(SAYS_NOTHING, heading="South", issue="damp"),
        ),
        "quoting",
    )
    drafted = Draft(
        (
            said("All are trained.", (ONE.id, "We train all staff.")),
            said("They reply.", (ONE.id, "We reply to every letter.")),
        ),
        "model",
    )
    assert rows(drafted, quoted) == [
        ("They reply.", "", ""),
        ("All are trained.", "North", "training"),
        (SAYS_NOTHING, "North", "damp"),
        (SAYS_NOTHING, "South", "damp"),
    ]
