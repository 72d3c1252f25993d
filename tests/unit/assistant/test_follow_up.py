"""Follow-ups: what they take over from the turns before them, and what they do not."""

from dataclasses import replace

import pytest

from assistant.answer import Turn
from tests.corpora import made, named, of_other_kinds
from tests.turns import turn, understood
from vectorstore.letter import Scope
from vectorstore.scope import letters_in

BONUS = "What does Brackwater say about bonuses?"


def meant(asked: str, *before: str, citing: str = "water_regulator_2021") -> list[str]:
    history = [turn(question, named(citing)) for question in before]
    scope = understood(asked, history).scope
    return sorted(letter.source.removesuffix(".txt") for letter in letters_in(of_other_kinds(), scope))


def standalone(asked: str, *before: str, citing: str = "water_regulator_2021") -> str:
    return understood(asked, [turn(question, named(citing)) for question in before]).standalone


def test_a_first_question_stands_alone() -> None:
    assert understood("And what about Ferrowdale?").standalone == "And what about Ferrowdale?"


@pytest.mark.parametrize(
    "asked",
    [
        "And Ferrowdale?",
        "What about Ferrowdale?",
        "and for ferrowdale",
        "Ferrowdale?",
        "How about Ferrowdale District Council?",
    ],
)
def test_a_new_name_takes_the_place_of_the_old_one(asked: str) -> None:
    resolved = standalone(asked, BONUS)
    assert "bonuses" in resolved
    assert "FERROWDALE" in resolved.upper()
    assert "Brackwater" not in resolved
    assert meant(asked, BONUS) == ["council_ombudsman"]


def test_the_possessive_stays() -> None:
    resolved = standalone("And Ferrowdale?", "What is Brackwater's policy on bonuses?")
    assert resolved.upper() == "WHAT IS FERROWDALE DISTRICT COUNCIL'S POLICY ON BONUSES?"


@pytest.mark.parametrize(
    "asked",
    [
        "When will it be paid?",
        "Why did they decide that?",
        "How much was it?",
        "Does she promise this again?",
    ],
)
def test_a_question_that_points_back_keeps_matter_and_letters(asked: str) -> None:
    resolved = standalone(asked, BONUS)
    assert "bonuses" in resolved
    assert meant(asked, BONUS) == ["water_regulator_2019", "water_regulator_2021"]


def test_a_question_that_leads_on_brings_its_own_matter_and_keeps_the_letters() -> None:
    resolved = standalone("And what about leakage?", BONUS)
    assert "leakage" in resolved
    assert "bonus" not in resolved
    assert meant("And what about leakage?", BONUS) == ["water_regulator_2019", "water_regulator_2021"]


def test_without_a_name_before_the_letters_cited_are_kept() -> None:
    assert meant("When did it start?", "How many midwives were recruited?", citing="nhs") == ["nhs_trust_cqc"]


def test_after_a_complete_pass_the_letters_that_said_it_are_kept() -> None:
    found = (named("water_regulator_2019"), named("water_regulator_2021"))
    history = [turn("Which letters mention a bonus?", *found, listing=True)]
    scope = understood("What do they say about it?", history).scope
    assert {letter.id for letter in letters_in(of_other_kinds(), scope)} == {letter.id for letter in found}


@pytest.mark.parametrize(
    "asked",
    [
        "How many midwives has Saltmere recruited?",
        "What does Saltmere say about staff?",
        "Does the university say that fee waivers work?",
        "Is there a plan for unconditional offers?",
        "Which letters mention the pandemic?",
        "Summarise all letters",
        "Give an overview of every reply",
    ],
)
def test_a_question_complete_in_itself_stays_as_it_is(asked: str) -> None:
    assert standalone(asked, BONUS) == asked
    assert "water_regulator_2021" not in meant(asked, BONUS) or len(meant(asked, BONUS)) == len(
        of_other_kinds()
    )


def test_a_follow_up_to_a_follow_up_goes_on() -> None:
    first = turn(BONUS, named("water_regulator_2021"))
    second_question = understood("And Ferrowdale?", [first])
    second = turn(second_question.standalone, named("council"))
    third = understood("When was that decided?", [first, second])
    assert "bonuses" in third.standalone
    assert [letter.source for letter in letters_in(of_other_kinds(), third.scope)] == [
        "council_ombudsman.txt"
    ]


def test_a_follow_up_to_something_not_found_is_understood() -> None:
    history = [turn("What does Brackwater say about cheese?")]
    assert "cheese" in understood("And Ferrowdale?", history).standalone


def test_a_follow_up_leans_and_need_not_find_the_matter_before_again() -> None:
    history = [turn("What does Brackwater say about acoustic loggers?", named("water_regulator_2021"))]
    assert understood("How many were there?", history).terms.named == frozenset()


@pytest.mark.parametrize("asked", ["Why?", "More.", "ok", "and", "it", "?!a", "a" * 1999, "and " * 400])
def test_the_shortest_and_longest_follow_ups_are_understood_as_something(asked: str) -> None:
    assert standalone(asked, BONUS)


def test_a_history_about_letters_that_are_gone_harms_nothing() -> None:
    gone = made("We reply to you.", area="Atlantis", source="gone.txt")
    history = [turn("What does Atlantis say?", gone, letters=(gone,))]
    assert understood("And Ferrowdale?", history).standalone
    assert understood("Who signed it?", history).kind == "about_letters"


LEAKAGE_2019 = "What did Brackwater say about leakage in 2019?"


@pytest.mark.parametrize(
    ("asked", "before", "whole", "letters"),
    [
        (
            "and in 2021?",
            LEAKAGE_2019,
            "What did Brackwater say about leakage in 2021?",
            ["water_regulator_2021"],
        ),
        (
            "and the later letter?",
            LEAKAGE_2019,
            "What did Brackwater say about leakage in the later letter?",
            ["water_regulator_2021"],
        ),
        (
            "how does that compare with Ferrowdale?",
            "What does Brackwater say about delays?",
            "What does Brackwater say about delays, compared with FERROWDALE DISTRICT COUNCIL?",
            ["council_ombudsman", "water_regulator_2019", "water_regulator_2021"],
        ),
        (
            "compare that with 2021",
            LEAKAGE_2019,
            "What did Brackwater say about leakage in 2019, compared with 2021?",
            ["water_regulator_2019", "water_regulator_2021"],
        ),
        (
            "what about the others?",
            BONUS,
            "What does the other letters say about bonuses?",
            [x.source.removesuffix(".txt") for x in of_other_kinds() if "water" not in x.source],
        ),
        ("who else does?", BONUS, "Which letters mention bonuses?", None),
    ],
)
def test_a_short_follow_up_changes_the_question_before(
    asked: str, before: str, whole: str, letters: list[str] | None
) -> None:
    assert standalone(asked, before) == whole
    if letters is not None:
        assert meant(asked, before) == sorted(letters)


def test_the_opening_bracket_stays_where_a_name_is_replaced() -> None:
    assert (
        standalone("And Ferrowdale?", "Why (Brackwater, bonuses)?")
        == "Why (FERROWDALE DISTRICT COUNCIL, bonuses)?"
    )


def test_a_complete_pass_goes_on_with_another_matter_over_all_letters() -> None:
    history = [turn("Which letters mention a bonus?", named("water_regulator_2021"), listing=True)]
    question = understood("and leakage?", history)
    assert (question.kind, question.standalone) == ("list", "Which letters mention a leakage?")
    assert not question.scope


def test_when_after_a_question_about_letters_asks_when_they_were_written() -> None:
    history = [turn("Who wrote the letter about Marl Sands?", named("water_regulator_2021"))]
    question = understood("when?", history)
    assert (question.kind, question.scope.letter_ids) == (
        "about_letters",
        (named("water_regulator_2021").id,),
    )


def test_yes_takes_up_the_offer_of_letters_out_of_scope() -> None:
    history = [turn("Does Ferrowdale mention a bonus?", named("water_regulator_2021"))]
    offered = replace(
        history[0].answer, status="not_found", nearest=tuple(c.number for c in history[0].answer.citations)
    )
    question = understood("yes please", [Turn("", offered)])
    assert (
        question.standalone == "Does Fionnuala Desai mention a bonus?" or "Brackwater" in question.standalone
    )
    assert question.scope != Scope()
    assert letters_in(of_other_kinds(), question.scope)[-1] == named("water_regulator_2021")


@pytest.mark.parametrize(
    ("asked", "before", "whole", "letters"),
    [
        (
            "And what about the Chief Inspector?",
            BONUS,
            "What does the Chief Inspector say about bonuses?",
            ["prison_inspectorate_governor"],
        ),
        (
            "and the minister of state?",
            "What does Fionnuala Desai say about delays?",
            "What does the Minister say about delays?",
            ["minister_committee"],
        ),
        (
            "and Ferrowdale?",
            "What does the Minister of State say about delays?",
            "What does FERROWDALE DISTRICT COUNCIL say about delays?",
            ["council_ombudsman"],
        ),
        (
            "and Brackwater?",
            "What does the Minister of State at the Department for Regional Transport say about delays?",
            "What does Brackwater plc say about delays?",
            ["water_regulator_2019", "water_regulator_2021"],
        ),
        (
            "what about the others?",
            "What does the Minister of State say about delays?",
            "What does the other letters say about delays?",
            [x.source.removesuffix(".txt") for x in of_other_kinds() if "minister" not in x.source],
        ),
    ],
)
def test_an_office_takes_the_place_of_a_name_and_a_name_of_an_office(
    asked: str, before: str, whole: str, letters: list[str]
) -> None:
    assert standalone(asked, before) == whole
    assert meant(asked, before) == sorted(letters)


def test_an_office_that_many_of_the_writers_hold_is_nobodys_side() -> None:
    assert meant("and the Chief Executive?", BONUS) == ["water_regulator_2019", "water_regulator_2021"]


@pytest.mark.parametrize(
    "asked",
    [
        "no",
        "No, thank you.",
        "thanks",
        "ok thanks",
        "that's all, thanks",
        "great!",
        "never mind",
        "yes",
        "go on",
    ],
)
def test_where_nothing_is_asked_nor_was_offered_no_letter_is_looked_at(asked: str) -> None:
    question = understood(asked, [turn(BONUS, named("water_regulator_2021"))])
    assert (question.kind, question.standalone) == ("off_topic", asked)


def test_no_declines_an_offer() -> None:
    answer = turn("Does Ferrowdale mention a bonus?", named("water_regulator_2021")).answer
    offered = replace(answer, status="not_found", nearest=tuple(c.number for c in answer.citations))
    assert understood("no thanks", [Turn("", offered)]).kind == "off_topic"


@pytest.mark.parametrize(
    "asked", ["no bonuses?", "Good reasons?", "No figures for 2021?", "ok, and Ferrowdale?"]
)
def test_a_question_that_begins_like_thanks_is_still_asked(asked: str) -> None:
    assert understood(asked, [turn(BONUS, named("water_regulator_2021"))]).kind != "off_topic"


def test_after_thanks_the_matter_before_is_still_meant() -> None:
    said = turn(BONUS, named("water_regulator_2021"))
    assert "bonuses" in understood("and Ferrowdale?", [said, turn("thanks")]).standalone


@pytest.mark.parametrize(
    "asked",
    ["which letter is that from?", "Which letter?", "where does it say that?", "Whose letter is that?"],
)
def test_which_letter_that_is_from_asks_for_those_cited(asked: str) -> None:
    question = understood(asked, [turn(BONUS, named("water_regulator_2021"))])
    assert question.kind == "about_letters"
    assert letters_in(of_other_kinds(), question.scope) == [named("water_regulator_2021")]


def test_where_something_else_is_or_nothing_was_cited_is_no_question_of_letters() -> None:
    said = turn(BONUS, named("water_regulator_2021"))
    assert understood("where is the reservoir?", [said]).kind == "fact"
    assert understood("which letter is that from?", [turn(BONUS)]).kind != "about_letters"


@pytest.mark.parametrize("asked", ["Which don't?", "and who does not?", "which of them don’t mention it?"])
def test_which_do_not_asks_for_the_complement(asked: str) -> None:
    said = turn("Which letters mention leakage?", named("water_regulator_2021"), listing=True)
    question = understood(asked, [said])
    assert question.standalone == "Which letters do not mention leakage?"
    assert question.negated
    assert not question.scope


def test_which_of_them_asks_of_the_letters_that_were_found() -> None:
    said = turn("Which letters mention leakage?", named("water_regulator_2021"), listing=True)
    question = understood("and which of them mention bonuses?", [said])
    assert (question.kind, question.standalone) == ("list", "Which letters mention bonuses?")
    assert letters_in(of_other_kinds(), question.scope) == [named("water_regulator_2021")]


def test_a_new_time_takes_the_place_of_what_was_found_first() -> None:
    # The letter of 2021 was found; "and in 2019?" asks for another by its writer.
    assert meant("And in 2019?", "How many properties leaked?") == ["water_regulator_2019"]
    assert meant("And in 2019?", "How many properties leaked in 2021?") == ["water_regulator_2019"]


def test_a_new_name_and_time_take_the_places_of_the_old_ones() -> None:
    assert standalone("And Brackwater in 2019?", "What does Ferrowdale say about repairs?") == (
        "What does Brackwater plc say about repairs in 2019?"
    )
    assert meant("And Brackwater in 2019?", "What does Ferrowdale say about repairs?") == [
        "water_regulator_2019"
    ]


def test_a_place_of_which_there_is_no_letter_takes_the_name_s_place_and_is_forgotten_after() -> None:
    before = turn("What does Brackwater say about leakage?", named("water_regulator_2019"))
    assert understood("And Tidworth?", [before]).standalone == "What does Tidworth say about leakage?"
    assert not understood("And Tidworth?", [before]).scope
    after = [before, turn("And Tidworth?")]
    assert understood("And Ferrowdale?", after).standalone.endswith(" say about leakage?")
    assert understood("And Ferrowdale?", after).scope == understood("And Ferrowdale?", [before]).scope
