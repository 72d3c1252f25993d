"""A model's proposals for what a letter's card lacks; each is kept only where its words stand in the letter."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage, SystemMessage

from assistant.model_server import ModelServer
from assistant.prompt import Prompt
from vectorstore.correct import MAX_CHARS
from vectorstore.dates import find_date
from vectorstore.errors import ModelError
from vectorstore.letter import CARD_SEVERAL, CardField, Letter, LetterCard

FIELDS = ("author", "office", "area", "addressee", "date", "reference", "subject", "report")
# Who writes to whom about what stands at a letter's head and foot.
HEAD_CHARS = 4000
FOOT_CHARS = 2000


class CardProposer:
    """Asks a model for the fields that no rule found; stops asking where the model cannot be reached.

    Args:
        model: any LangChain chat model that takes `response_format` with a JSON schema.
        on_notice: told once, in a sentence, why proposals stopped.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        prompt: Prompt,
        server: ModelServer,
        on_notice: Callable[[str], None] | None = None,
    ) -> None:
        self._model = model
        self._prompt = prompt
        self._server = server
        self._on_notice = on_notice
        self._is_down = False

    def __call__(self, letter: Letter) -> Letter:
        """Return the letter with its card's gaps filled, as far as the proposals hold; each field is "inferred"."""
        missing = [name for name in FIELDS if getattr(letter.card, name) is None]
        if not missing or self._is_down:
            return letter
        try:
            proposed = self._ask(letter, missing)
        except ModelError as error:
            self._is_down = True
            if self._on_notice:
                self._on_notice(f"Cards go by rules alone. {error}")
            return letter
        return replace(letter, card=accepted(letter, proposed, missing))

    def _ask(self, letter: Letter, missing: list[str]) -> dict[str, Any]:
        nonce = token_hex(8)
        messages = [
            SystemMessage(self._prompt.fill("system", nonce=nonce)),
            HumanMessage(
                self._prompt.fill("user", nonce=nonce, fields=", ".join(missing), letter=_ends(letter.text))
            ),
        ]
        try:
            message = self._model.bind(response_format=_format(missing)).invoke(messages)
        except Exception as error:
            problem = self._server.explain(error)
            if problem is None:
                raise
            raise ModelError(problem) from error
        try:
            reply = json.loads(str(message.text))
        except (ValueError, RecursionError):
            return {}  # nothing that can be used is nothing proposed
        return reply if isinstance(reply, dict) else {}


def accepted(letter: Letter, proposed: dict[str, Any], missing: list[str]) -> LetterCard:
    """Return the letter's card with those proposals whose words stand in the letter, whole."""
    changes: dict[str, Any] = {}
    for name in missing:
        value = proposed.get(name)
        words = value.split() if isinstance(value, str) and len(value) <= MAX_CHARS else []
        found = words and re.search(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", letter.text)
        if not found:
            continue
        kept = " ".join(words)
        if name == "date":
            date = find_date(kept)
            if date is None:
                continue
            kept = date.iso
        changes[name] = CardField(kept, *found.span(), "inferred")
        if name in CARD_SEVERAL:
            changes[CARD_SEVERAL[name]] = (changes[name],)
    return replace(letter.card, **changes)


def _ends(text: str) -> str:
    if len(text) <= HEAD_CHARS + FOOT_CHARS:
        return text
    return f"{text[:HEAD_CHARS]}\n[…]\n{text[-FOOT_CHARS:]}"


def _format(missing: list[str]) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {name: {"type": ["string", "null"]} for name in missing},
        "required": missing,
        "additionalProperties": False,
    }
    return {"type": "json_schema", "json_schema": {"name": "card", "strict": True, "schema": schema}}
