"""`conversations`: list, export or delete the conversations that are kept."""

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant.commands.ask import answer_json
from assistant.commands.output import emit, say
from assistant.settings import Settings
from vectorstore.errors import KeptError

if TYPE_CHECKING:
    from assistant.conversations import Conversation


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "conversations", parents=[common], help="list, export or delete the conversations that are kept"
    )
    parser.add_argument("action", choices=["list", "export", "delete"], nargs="?", default="list")
    parser.add_argument("id", nargs="?", metavar="ID", help="of the conversation, as the list shows it")
    parser.add_argument("--user", help="whose, where people log in (default: LETTERS_USER)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do it; exit code 1 where there is no such conversation."""
    from assistant import assembly
    from assistant.conversation_markdown import write_conversation

    kept = assembly.conversations(settings, options.user or settings.user)
    if options.action == "list":
        for title in kept.titles():
            if options.json:
                emit(asdict(title))
            else:
                print(f"{title.id}  {title.changed.replace('T', ' ')}  {title.title}")
        return 0
    if options.id is None:
        say(f"Name the conversation to {options.action}: `conversations` lists them with their ids.")
        return 2
    conversation = kept.open(options.id)
    if conversation is None:
        raise KeptError(
            f"There is no conversation {options.id!r}: `conversations` lists those that there are."
        )
    if options.action == "delete":
        kept.delete(conversation.id)
    elif options.json:
        emit(conversation_json(conversation))
    else:
        sys.stdout.write(write_conversation(conversation))
    return 0


def conversation_json(conversation: "Conversation") -> dict[str, Any]:
    """Return a conversation, its answers as `ask --json` prints them."""
    return {
        "id": conversation.id,
        "title": conversation.title,
        "changed": conversation.changed,
        "exchanges": [
            {
                "question": exchange.question,
                "asked": exchange.asked,
                "answer": exchange.answer and answer_json(exchange.answer, None),
                "error": exchange.error,
            }
            for exchange in conversation.exchanges
        ],
    }
