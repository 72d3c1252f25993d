"""A question taken over to another's letter: answered with what that letter has on the matter, and no more."""

import pytest

from assistant.answer import Answer, Turn
from assistant.chat import Assistant
from tests.integration.letters_written import assistant_over

LETTERS = {
    "Northmere": (
        "We are buying a new booking system for the swimming pools. It will cost 40,000 pounds.",
        "Residents reach us by LiveChat at the weekend.",
    ),
    "Southmere": (
        "The new booking system for our swimming pools went live in May, and staff were trained in April.",
        "Our live chat desk closed in March.",
    ),
    "Eastwold": (
        "The swimming pools stayed open through the winter. We thank the lifeguards for it.",
        "Residents write to us, or visit the desk.",
    ),
}


@pytest.fixture(scope="module")
def councils(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over three councils' letters."""
    letters = {
        f"{area}.txt": (
            f"Mr Bob Sample\nMinistry of Tests\n1 High Street\n\n{day} May 2021\n\nDear Mr Sample\n\n"
            + "\n\n".join(paragraphs)
            + f"\n\nYours sincerely\n\nAnn {area}son\nChief Executive\n{area} Council\n"
        )
        for day, (area, paragraphs) in enumerate(LETTERS.items(), start=3)
    }
    return assistant_over(tmp_path_factory.mktemp("councils"), letters)


def then(asked: str, follow_up: str, councils: Assistant) -> Answer:
    return councils.ask(follow_up, history=[Turn(asked, councils.ask(asked))])


BUYING = "Is Northmere Council buying a new booking system?"


@pytest.mark.parametrize("follow_up", ["what about Southmere", "And Southmere Council?"])
def test_a_letter_that_speaks_of_the_matter_with_another_verb_is_quoted_as_nearest(
    follow_up: str, councils: Assistant
) -> None:
    answer = then(BUYING, follow_up, councils)
    assert answer.status == "answered"
    assert answer.text.startswith("The letters in scope do not say “buying”; nearest to it they say:\n")
    assert {c.source for c in answer.citations} == {"Southmere.txt"}
    assert "The new booking system" in answer.citations[0].exact


def test_a_letter_that_does_not_speak_of_the_matter_is_not_made_to(councils: Assistant) -> None:
    assert then(BUYING, "what about Eastwold", councils).status == "not_found"


def test_a_question_put_outright_must_find_its_verb(councils: Assistant) -> None:
    assert councils.ask("Is Southmere Council buying a new booking system?").status == "not_found"


def test_a_name_that_was_asked_for_must_be_there(councils: Assistant) -> None:
    assert (
        then("Is Northmere using Bookwell for the pools?", "and Southmere?", councils).status == "not_found"
    )


@pytest.mark.parametrize(
    ("asked", "sources"),
    [
        ("Which letters mention live chat?", ["Northmere.txt", "Southmere.txt"]),
        ("Which letters mention LiveChat?", ["Northmere.txt", "Southmere.txt"]),
        ("What does Northmere say about live chat?", ["Northmere.txt"]),
        ("What does Southmere say about LiveChat?", ["Southmere.txt"]),
    ],
)
def test_a_name_is_met_in_another_writing(asked: str, sources: list[str], councils: Assistant) -> None:
    answer = councils.ask(asked)
    assert answer.status == "answered"
    assert sorted({c.source for c in answer.citations}) == sources


def test_whose_letter_said_nothing_is_who_is_meant_and_not_whose_was_near(councils: Assistant) -> None:
    first = councils.ask("What does Northmere say about live chat?")
    turns = [Turn(first.question, first)]
    second = councils.ask("and Eastwold?", history=turns)
    assert second.status == "not_found"
    third = councils.ask("who signed it?", history=[*turns, Turn("and Eastwold?", second)])
    assert "Ann Eastwoldson" in third.text
    assert "Ann Northmereson" not in third.text


@pytest.fixture(scope="module")
def anglers(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over the letters of two bodies, one of which speaks of a third."""
    written = {
        "Thorne Angling Club": "We keep three boats on the river.\n\nThe Rivers Trust lent us £4,000 for a jetty.",
        "Corran Angling Club": "We keep no boats. Our members fish from the bank.",
    }
    letters = {
        f"{day}.txt": (
            f"{area}\n1 Mill Lane\n\n{day} May 2021\n\nDear Mr Sample\n\n{body}\n\nYours sincerely"
            f"\n\nAnn {area.split()[0]}son\nSecretary\n{area}\n"
        )
        for day, (area, body) in enumerate(written.items(), start=3)
    }
    return assistant_over(tmp_path_factory.mktemp("anglers"), letters)


@pytest.mark.parametrize(
    "asked", ["How many boats does the Rivers Trust keep?", "What does the Rivers Trust say about boats?"]
)
def test_what_one_body_says_of_itself_is_no_answer_about_another(asked: str, anglers: Assistant) -> None:
    answer = anglers.ask(asked)
    assert answer.status == "not_found"
    assert "no letter here is from the Rivers Trust" in answer.text


def test_what_a_letter_says_of_a_body_that_did_not_write_is_told_as_that(anglers: Assistant) -> None:
    answer = anglers.ask("How much did the Rivers Trust lend for the jetty?")
    assert answer.text.startswith("No letter here is from the Rivers Trust; of it they say:")
    assert [c.exact for c in answer.citations] == ["The Rivers Trust lent us £4,000 for a jetty."]
