"""Complete passes over letters by bodies of a kind, of any one of several matters, and of one matter beside another."""

import pytest

from assistant.answer import Answer
from assistant.chat import Assistant
from tests.integration.letters_written import assistant_over

LETTERS = {
    "quarry": ("Hollin Stone plc", "We regret the noise. Blasting stops at noon, and lorries are washed."),
    "parish": ("Hollin Parish Council", "The parish was woken by blasting. Dust lies on the allotments."),
    "district": ("Ferndale District Council", "Lorries use the back lane. We are sorry for the delay."),
    "board": ("Ferndale Drainage Board", "The beck ran white in June, which the heron did not like."),
}


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over letters about a quarry."""
    letters = {
        f"{name}.txt": (
            f"Ms Una Reader\nQuarries Inspectorate\n1 High Street\n\n{day} May 2021\n\nDear Ms Reader\n\n{said}\n\n"
            f"Yours sincerely\n\nAnn {name.title()}son\nClerk\n{body}\n"
        )
        for day, (name, (body, said)) in enumerate(LETTERS.items(), start=3)
    }
    return assistant_over(tmp_path_factory.mktemp("valley"), letters)


def rows(answer: Answer) -> dict[str, str]:
    assert answer.ledger, answer.text
    return {row.source.removesuffix(".txt"): row.says for row in answer.ledger.rows}


def test_bodies_of_a_kind_are_those_whose_letters_are_read(valley: Assistant) -> None:
    answer = valley.ask("Which councils mention blasting?")
    assert rows(answer) == {"parish": "yes", "district": "no"}
    assert answer.text.startswith("Of 2 letters read, from 2 councils, 1 speaks of “blasting”:")


def test_of_a_kind_that_no_card_names_all_letters_are_read(valley: Assistant) -> None:
    says = rows(valley.ask("Which companies mention lorries?"))
    assert says == {"quarry": "yes", "parish": "no", "district": "yes", "board": "no"}


def test_what_a_body_did_is_no_complete_pass(valley: Assistant) -> None:
    assert valley.ask("Which company washes its lorries?").ledger is None


def test_one_body_of_a_kind_is_said_to_be_one(valley: Assistant) -> None:
    assert ": the one letter in scope was read" in valley.ask("Which boards mention lorries?").text


@pytest.mark.parametrize(
    ("question", "yes"),
    [
        ("Which letters mention blasting, dust or the heron?", {"quarry", "parish", "board"}),
        ("Which letters mention dust, a heron, or allotments?", {"parish", "board"}),
        ("Which writers regret or are sorry?", {"quarry", "district"}),
    ],
)
def test_any_one_of_several_matters_will_do(question: str, yes: set[str], valley: Assistant) -> None:
    says = rows(valley.ask(question))
    assert {name for name, said in says.items() if said == "yes"} == yes


@pytest.mark.parametrize("opening", ["List every letter that mentions", "List each letter mentioning"])
def test_every_letter_is_all_letters(opening: str, valley: Assistant) -> None:
    says = rows(valley.ask(f"{opening} blasting"))
    assert says == {"quarry": "yes", "parish": "yes", "district": "no", "board": "no"}


def test_two_passes_in_one_question_are_a_table(valley: Assistant) -> None:
    answer = valley.ask("Which letters mention blasting and which mention lorries?")
    assert answer.kind == "compare"
    told = {(s.heading, s.issue): s.citations for s in answer.statements}
    says = {(side, issue): bool(cited) for (side, issue), cited in told.items()}
    assert {side for (side, issue), said in says.items() if said and issue == "blasting"} == {
        "Hollin Stone plc",
        "Hollin Parish Council",
    }
    assert {side for (side, issue), said in says.items() if said and issue == "lorries"} == {
        "Hollin Stone plc",
        "Ferndale District Council",
    }


def test_of_a_thing_and_its_contrary_the_thing_is_asked(valley: Assistant) -> None:
    answer = valley.ask("Which letters welcome the blasting and which reject it?")
    assert answer.standalone == "Which letters welcome the blasting?"
    assert answer.ledger
