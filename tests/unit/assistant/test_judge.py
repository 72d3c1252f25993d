"""Whether the letters answer: what they do not say is turned down, with a reason."""

import dataclasses

import pytest

from assistant.judge import Verdict, judge, one_of_two
from assistant.lexicon import find_mentions, find_names
from assistant.terms import find_terms
from tests.corpora import made, named
from tests.sentences_ranked import ranked
from vectorstore.letter import Letter

BRACKWATER = named("water_regulator_2021")
FERROWDALE = named("council")


def verdict(asked: str, inside: str = "water_regulator_2021") -> Verdict:
    letters = [BRACKWATER, FERROWDALE]
    mentions = find_mentions(asked, find_names(letters))
    terms, candidates = ranked(asked, named(inside), terms=find_terms(asked, mentions))
    return judge(terms, candidates, [named(inside)], letters)


@pytest.mark.parametrize(
    "asked",
    [
        "How many event monitors were recalibrated?",
        "What does the storage tank cost?",
        "When will the storage tank be finished?",
        "What did Brackwater's acoustic loggers find?",
        "What is said about leakage?",
        "Does Brackwater accept that the under-reporting was deliberate?",
    ],
)
def test_what_the_letter_says_is_answered(asked: str) -> None:
    assert verdict(asked).answers


@pytest.mark.parametrize(
    "asked",
    [
        "What does Brackwater say about COVID-19?",
        "Did Penhallow sign the return?",
        "How many lighthouses does Brackwater keep?",
        "What is the price of cheese on the moon?",
        "How much was Brackwater fined in euros by the High Court?",
    ],
)
def test_what_the_letter_does_not_say_is_turned_down_with_a_reason(asked: str) -> None:
    turned_down = verdict(asked)
    assert not turned_down.answers
    assert turned_down.reason
    assert turned_down.reason[0].islower()
    assert not turned_down.reason.endswith(".")


def test_what_only_a_letter_out_of_scope_names_is_turned_down() -> None:
    asked = "What is said about the Housing Options team?"
    assert verdict(asked, "council").answers
    assert not verdict(asked, "water_regulator_2021").answers


def test_a_figure_that_no_near_sentence_gives_is_turned_down() -> None:
    letter = made("We reply to your letter.", "The tank at the works will be built of concrete.")
    terms, candidates = ranked("How much will the tank at the works cost?", letter)
    assert not judge(terms, candidates, [letter], [letter]).answers


def test_without_sentences_there_is_no_answer() -> None:
    terms = find_terms("What is said about leakage?")
    assert not judge(terms, [], [BRACKWATER], [BRACKWATER]).answers
    assert not judge(terms, [], [], []).answers


def test_a_question_that_takes_something_for_granted_hears_what_the_letter_says() -> None:
    asked = "Why has leakage at Brackwater got worse?"
    mentions = find_mentions(asked, find_names([BRACKWATER]))
    terms, candidates = ranked(asked, BRACKWATER, terms=find_terms(asked, mentions))
    assert terms.premise
    assert judge(terms, candidates, [BRACKWATER], [BRACKWATER]).answers


@pytest.mark.parametrize(
    ("asked", "not_said"),
    [
        ("Why did the library turn the proposal down?", "“turn down”"),
        ("Why does the library welcome the proposal?", ""),
        ("Why did the library stay open?", ""),
    ],
)
def test_what_is_taken_for_granted_and_not_said_is_told(asked: str, not_said: str) -> None:
    letter = made(
        "We welcome the proposal of your committee.",
        "The library stayed open because the roof was mended in turn, floor by floor, from the top down.",
    )
    terms, candidates = ranked(asked, letter)
    found = judge(terms, candidates, [letter], [letter])
    assert found.answers
    assert found.aside == (
        f"The letters in scope do not say {not_said}; nearest to it they say:" if not_said else ""
    )


def test_a_word_that_the_letter_has_in_other_type_is_there() -> None:
    letter = made("We reply to your letter.", "The **Marl Sands** over\u00adflow discharged on 83 days.")
    terms, candidates = ranked("How often did the Marl Sands overflow discharge?", letter)
    assert judge(dataclasses.replace(terms, strict=False), candidates, [letter], [letter]).answers


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What does Brackwater say about predictive policing software?", "“predictive policing software”"),
        ("Did Penhallow sign the return?", "“Penhallow sign”"),
        ("What is the price of cheese on the moon?", "“cheese”"),
    ],
)
def test_the_reason_names_what_stands_nowhere_as_the_question_writes_it(asked: str, told: str) -> None:
    reason = verdict(asked).reason
    assert told in reason
    assert "nowhere" in reason


def test_what_stands_nowhere_in_scope_is_named_as_the_question_writes_it() -> None:
    reason = verdict("What is said about the Housing Options team?").reason
    assert reason == "nowhere in the letters in scope stands “Housing Options”"


def test_a_topic_whose_every_word_is_strange_to_the_letters_is_turned_down_however_alike_a_sentence_is() -> (
    None
):
    terms, candidates = ranked("What is said about drones?", BRACKWATER)
    alike = [dataclasses.replace(c, likeness=0.58, nearest={"drone": 0.58}) for c in candidates]
    turned_down = judge(terms, alike, [BRACKWATER], [BRACKWATER])
    assert not turned_down.answers
    assert "“drones”" in turned_down.reason
    near = [dataclasses.replace(c, likeness=0.7, nearest={"drone": 0.7}) for c in candidates]
    assert judge(terms, near, [BRACKWATER], [BRACKWATER]).answers


LIBRARY = made(
    "Visitors to Quillbrook Library may now write to a librarian through the chat window on our website, which is "
    "staffed from 09:00 to 20:00 on weekdays.",
    "The microfilm catalogue is expected to go on line in the spring of 2022. The trainees who typed it in have all "
    "been kept on as members of the staff.",
    "The LEAF scheme (lending for every age and family) has been joined by 400 households. We are grateful to the "
    "council for the grant.",
    area="Quillbrook",
)


def judged(asked: str, letter: Letter) -> Verdict:
    """Judge with a model to which no two words are alike, so that a word is missed where it stands nowhere."""
    terms = find_terms(asked, find_mentions(asked, find_names([letter])))
    _, candidates = ranked(asked, letter, terms=terms)
    unlike = dict.fromkeys(terms.weights, 0.0)
    return judge(terms, [dataclasses.replace(c, nearest=unlike) for c in candidates], [letter], [letter])


@pytest.mark.parametrize(
    ("asked", "not_said"),
    [
        ("When will Quillbrook's microfilm catalogue be ready?", "ready"),
        ("What does LEAF stand for?", "stand"),
        ("What happened to the trainees who typed in the catalogue?", "happened"),
        ("Does Quillbrook offer a chat window?", "offer"),
    ],
)
def test_an_ordinary_word_that_is_asked_with_need_not_stand_where_the_rest_does(
    asked: str, not_said: str
) -> None:
    found = judged(asked, LIBRARY)
    assert found.answers
    assert f"do not say “{not_said}”" in found.aside


@pytest.mark.parametrize(
    "asked",
    [
        "Does Quillbrook use RFID?",
        "When will Quillbrook's mobile catalogue be ready?",  # no passage has all the rest
        "What does LEAF stand for in Harrowgate?",
        "Is the microfilm catalogue available?",  # it asks of nothing else
        "When will Quillbrook's microfilm catalogue be digitised?",  # no ordinary word
        "What is the insurance of the microfilm catalogue?",  # no word that it is asked with
    ],
)
def test_a_word_that_is_the_matter_must_stand(asked: str) -> None:
    assert not judged(asked, LIBRARY).answers


BAKERY = made(
    "Every apprentice at our Saltby bakery was offered a place at the end of the course, and all nine took it.",
    "The rebuilt oven at Saltby came to £61,000, which is £4,000 above the tender.",
    "Loaves that nobody has bought by closing time go to the night shelter in Orchard Street.",
    area="Saltby",
)


@pytest.mark.parametrize(
    ("asked", "not_said"),
    [
        ("Did every apprentice stay at the end of the course?", "stay"),
        ("Can the loaves be picked up from the night shelter at closing time?", "picked"),
    ],
)
def test_one_word_in_daily_use_is_left_aside_where_a_sentence_has_the_rest(asked: str, not_said: str) -> None:
    found = judged(asked, BAKERY)
    assert found.answers
    assert f"do not say “{not_said}”" in found.aside


@pytest.mark.parametrize(
    "asked",
    [
        "What strike did the apprentice begin at the end of the course?",  # the thing that is asked for
        "Is there a union for every apprentice on the course?",  # whether there is one
        "Who sold the loaves to the night shelter?",  # who did it
        "Does the night shelter use volunteers at closing time?",  # a kind of people
        "Did the apprentice emigrate at the end of the course?",  # rare
        "Did the Belgian apprentice stay at the end of the course?",  # a name
    ],
)
def test_a_word_that_is_asked_for_or_rare_or_a_name_is_never_left_aside(asked: str) -> None:
    assert not judged(asked, BAKERY).answers


def test_a_sum_says_what_something_cost_and_what_was_spent() -> None:
    assert judged("What did the rebuilt oven cost?", BAKERY).answers
    assert judged("How much was spent on the rebuilt oven?", BAKERY).answers
    assert not judged("How much were they fined for the rebuilt oven?", BAKERY).answers


def test_a_sum_for_something_else_is_not_what_a_thing_cost() -> None:
    kiosk = made("The kiosk is shut.", "The rebuilt oven came at a cost of £61,000.", area="Saltby")
    for asked, answers in (("What did the kiosk cost?", False), ("What did the oven cost?", True)):
        terms, candidates = ranked(asked, kiosk)
        assert judge(terms, candidates, [kiosk], [kiosk]).answers is answers


def test_of_two_names_the_one_that_stands_is_answered_for() -> None:
    rest, aside = one_of_two(find_terms("What is said about LEAF and RFID?"), [LIBRARY])
    assert rest.named == rest.weights.keys() == {"leaf"}
    assert aside == "“RFID” stands nowhere in the letters in scope; of “LEAF” they say:"


@pytest.mark.parametrize(
    "asked",
    ["What is said about RFID and NFC?", "What is said about RFID?", "Does Morden use LEAF with RFID?"],
)
def test_a_name_that_stands_nowhere_is_left_out_beside_one_of_its_kind_alone(asked: str) -> None:
    terms = find_terms(asked)
    assert one_of_two(terms, [LIBRARY]) == (terms, "")
