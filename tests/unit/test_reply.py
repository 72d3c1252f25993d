"""A reply is read whole or not at all."""

import json

import pytest

from assistant.reply import Reply, ReplyError, read_reply

GOOD = {
    "statements": [{"text": "It set 78,000 aside.", "quotes": [{"passage": "P1", "quote": "It set aside."}]}]
}


def test_a_reply_of_the_structure_asked_for_is_read() -> None:
    reply = read_reply(json.dumps(GOOD))
    assert reply.statements[0].text == "It set 78,000 aside."
    assert [(quote.passage, quote.quote) for quote in reply.statements[0].quotes] == [("P1", "It set aside.")]


def test_no_statements_is_a_reply() -> None:
    assert read_reply('{"statements": []}').statements == ()


def test_a_reply_that_breaks_off_is_refused_wherever_it_breaks() -> None:
    text = json.dumps(GOOD)
    for end in range(len(text)):
        with pytest.raises(ReplyError):
            read_reply(text[:end])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("I am sorry.", "JSON"),
        ("[]", "the reply"),
        ('{"answer": "42"}', "statements"),
        ('{"statements": [{"text": "So."}]}', "statements.0.quotes"),
        ('{"statements": [{"text": 7, "quotes": []}]}', "statements.0.text"),
        ('{"statements": [], "confidence": 1}', "confidence"),
        ('{"statements": ' + "[" * 5000 + "]" * 5000 + "}", "JSON"),
    ],
)
def test_another_structure_is_refused_and_the_message_says_where(text: str, said: str) -> None:
    with pytest.raises(ReplyError, match=said):
        read_reply(text)


def test_the_message_never_repeats_what_the_model_wrote() -> None:
    with pytest.raises(ReplyError) as caught:
        read_reply('{"statements": [{"text": "sk-secret", "quotes": "sk-secret"}]}')
    assert "sk-secret" not in str(caught.value)


def test_the_schema_closes_every_object_and_asks_for_every_field_as_strict_servers_demand() -> None:
    schema = Reply.model_json_schema()
    objects = [schema, *schema["$defs"].values()]
    assert len(objects) == 3
    for described in objects:
        assert described["additionalProperties"] is False
        assert described["required"] == list(described["properties"])
