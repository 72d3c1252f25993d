"""A model's reply: the structure that it is asked for, read strictly.

Nothing is mended on the way: half a quote must not pass for a whole one.
"""

from pydantic import BaseModel, ConfigDict, ValidationError

PROBLEMS_SHOWN = 3


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReplyQuote(_Part):
    """Words copied from one passage."""

    passage: str
    quote: str


class ReplyStatement(_Part):
    """One claim and the quotes that it rests on."""

    text: str
    quotes: tuple[ReplyQuote, ...]


class Reply(_Part):
    """The answer as statements with verbatim quotes; no statements when the passages do not answer."""

    statements: tuple[ReplyStatement, ...]


# As OpenAI's chat completions take it; a compatible server turns it into a grammar.
REPLY_FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "reply", "strict": True, "schema": Reply.model_json_schema()},
}


class ReplyError(ValueError):
    """The reply has another structure; the message is meant for the model that sent it."""


def read_reply(text: str) -> Reply:
    """Read a model's reply.

    Raises:
        ReplyError: it is not JSON, breaks off, or has another structure.
    """
    if not text.strip():
        raise ReplyError("it is empty")
    try:
        return Reply.model_validate_json(text)
    except ValidationError as error:
        problems = [
            f"{'.'.join(str(part) for part in found['loc']) or 'the reply'}: {found['msg']}"
            for found in error.errors(include_input=False, include_url=False)[:PROBLEMS_SHOWN]
        ]
        raise ReplyError("; ".join(problems)) from error
