"""Whether a sentence holds the kind of thing that a question asks for."""

import pytest

from assistant.fits import answers_type
from assistant.terms import find_terms


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("How many midwives were recruited?", "We have recruited 23 midwives."),
        ("How many letters were sent?", "Nine letters were sent."),
        ("How much did it cost?", "It cost £380,000."),
        ("How much was spent?", "We spent two million pounds."),
        ("When will it be finished?", "It is due to be finished in spring 2023."),
        ("When did it happen?", "It happened on Monday."),
        ("When does it start?", "It starts in May."),
        ("Who chairs it?", "It is chaired by Dame Philippa Orchard."),
        ("When was it shown?", "It was shown at 20:40."),
        ("Who answers the telephone?", "The telephone is answered by a support worker."),
        ("By whom is the gate locked?", "The guard locks the gate."),
        ("Who is the head of safety?", "It was seen by our head of safety, Sunil Mather."),
        ("How many of the steps were taken?", "All the steps were taken."),
        ("How old is the chair?", "The chair, who is 71 years old, retires in May."),
        ("In which county is it?", "The works are in Wiltshire."),
        ("What does the hall charge?", "The hall charges £40."),
        ("What is the correct number of beds?", "The correct number is 241."),
        ("How many days did a repair take in 2018–19?", "A repair took 19 days."),
        ("What was the rate of absence?", "The rate was 8.6 per cent."),
        ("How many incidents were there?", "One incident was reported in 2021: a rider was thrown."),
        ("When will it be ready?", "We hope to have it ready by Christmas."),
        ("What happened?", "Anything at all."),
        ("Why did they reject the findings?", "The Board accepts the determination in full."),
        ("Why did she turn the proposals down?", "I was glad to see the third of your recommendations."),
        ("Why does he oppose the report?", "We do not agree with all of its conclusions."),
    ],
)
def test_a_sentence_that_holds_the_kind_of_thing_fits(asked: str, sentence: str) -> None:
    assert answers_type(sentence, find_terms(asked))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("How many midwives were recruited?", "We have recruited midwives."),
        ("Why did they reject the findings?", "Officers report the support that tenants were given."),
        ("Why did they reject the findings?", "The findings were published in May."),
        ("How many midwives were recruited?", "On 14 March 2022 we recruited midwives."),
        ("How many midwives were recruited?", "We recruited 23 doctors."),
        ("How much did it cost?", "It cost 380 staff their jobs."),
        ("When will it be finished?", "It will be finished."),
        ("When may it be finished?", "It may be finished."),
        ("Who chairs it?", "Somebody chairs it."),
        ("Who answers the telephone?", "The telephone is answered after a number of matters."),
        (
            "Who is the caretaker of the hall?",
            "The caretaker had not been told where the key was: at Quaker House.",
        ),
        ("How many steps were taken?", "Every step was taken."),
        ("How many visitors came?", "They came at 20:40."),
        ("How many wards are closed?", "Recommendation 5: close the wards."),
        ("How many wards are closed?", "5. The wards are closed."),
        ("How old is the chair?", "The chair has 71 letters."),
        ("In which county is it?", "The works are in the new building by the Committee."),
        ("What does the hall charge?", "The hall has 40 rooms."),
        ("Who at Wharram chairs it?", "It is chaired at Wharram."),
    ],
)
def test_a_sentence_without_it_does_not_fit(asked: str, sentence: str) -> None:
    assert not answers_type(sentence, find_terms(asked))


@pytest.mark.parametrize(
    "asked", ["how many", "how many?", "how many of the", "when", "who", "£", "2", "A", "'s", "how many 's"]
)
def test_the_shortest_questions_have_terms(asked: str) -> None:
    terms = find_terms(asked)
    assert answers_type("We have 2 of them, says Ann, since May.", terms) in {True, False}


def test_a_number_answers_how_many_only_near_what_it_counts() -> None:
    terms = find_terms("How many patients did the infirmary treat?")
    assert answers_type("We treated 4,120 patients last year.", terms)
    apart = (
        "Patients were glad about the new entrance, the longer opening hours and the bus that has number 38."
    )
    assert not answers_type(apart, terms)


def test_a_number_counts_what_the_passage_names_unless_it_counts_something_else() -> None:
    terms = find_terms("How many ramps were stolen?")
    assert answers_type("We lost 12 of them.", terms, "Ramps were stolen. We lost 12 of them.")
    assert not answers_type(
        "It happened at six stations.", terms, "Ramps were stolen. It happened at six stations."
    )
