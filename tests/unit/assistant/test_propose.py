"""A model's proposals for a card: kept where their words stand in the letter, whole; else thrown away."""

import json
from dataclasses import replace
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant.model_server import ModelServer
from assistant.prompt import load_prompt
from assistant.propose import FIELDS, CardProposer, accepted
from tests.corpora import made
from vectorstore.letter import Letter, LetterCard

TEXT = "Harbour notes\n\nOn the third of May, that is 3 May 2021, the quay was\nclosed by order of"
TEXT += " Petra Lindqvist of Northmere."


def letter() -> Letter:
    return replace(made(TEXT), text=TEXT, card=LetterCard())


def filled(**proposed: Any) -> LetterCard:
    return accepted(letter(), proposed, list(FIELDS))


def test_words_of_the_letter_are_kept_with_their_place_and_said_to_be_inferred() -> None:
    card = filled(author="Petra Lindqvist", subject="the quay was closed", date="3 May 2021")
    assert card.author is not None
    assert card.author.how == "inferred"
    assert card.author.start is not None
    assert TEXT[card.author.start : card.author.end] == "Petra Lindqvist"
    assert card.value("subject") == "the quay was closed"
    assert card.value("date") == "2021-05-03"


@pytest.mark.parametrize(
    "proposed",
    [
        {"author": "Petra Lindquist"},  # another letter
        {"author": "Petra Lind"},  # a name cut in two
        {"author": "PETRA LINDQVIST"},
        {"date": "the third of May"},  # no date that can be read
        {"date": "2021-05-03"},  # not as the letter writes it
        {"author": ""},
        {"author": None},
        {"author": ["Petra Lindqvist"]},
        {"author": "Petra " * 200},
        {"cc": "Petra Lindqvist"},  # was not asked for
    ],
)
def test_anything_else_is_thrown_away(proposed: dict[str, Any]) -> None:
    assert filled(**proposed) == LetterCard()


def proposer(*replies: str, notices: list[str] | None = None) -> CardProposer:
    server = ModelServer("scripted", "http://127.0.0.1:1/v1", 1.0, 0)
    told = notices if notices is not None else []
    return CardProposer(
        FakeListChatModel(responses=list(replies)),
        prompt=load_prompt("card"),
        server=server,
        on_notice=told.append,
    )


def test_what_the_rules_found_is_never_overruled() -> None:
    before = accepted(letter(), {"author": "Petra Lindqvist"}, ["author"])
    reply = json.dumps({"author": "Northmere", "area": "Northmere"})
    card = proposer(reply)(replace(letter(), card=before)).card
    assert (card.value("author"), card.value("area")) == ("Petra Lindqvist", "Northmere")


@pytest.mark.parametrize("reply", ["", "no JSON", '{"author": "Petra', "[]", "null", "[" * 10_000])
def test_a_reply_that_cannot_be_used_proposes_nothing(reply: str) -> None:
    assert proposer(reply)(letter()) == letter()


class Down(FakeListChatModel):
    asked: int = 0

    def _call(self, *args: Any, **kwargs: Any) -> str:
        self.asked += 1
        raise TimeoutError


def test_a_model_that_is_down_is_said_so_once_and_not_asked_again() -> None:
    notices: list[str] = []
    model = Down(responses=[])
    server = ModelServer("scripted", "http://127.0.0.1:1/v1", 1.0, 0)
    propose = CardProposer(model, prompt=load_prompt("card"), server=server, on_notice=notices.append)
    assert [propose(letter()), propose(letter())] == [letter(), letter()]
    assert model.asked == 1
    assert notices[0].startswith("Cards go by rules alone.")
    assert len(notices) == 1
