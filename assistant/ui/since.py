"""What has become of the letters since a kept answer was given: a citation whose words are no longer there is named."""

from collections import defaultdict
from collections.abc import Sequence
from urllib.parse import parse_qsl

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.link import Gone, Opened, link_of, resolve
from assistant.ui.link import only
from assistant.ui.markup import show, tag, text


def show_since(answer: Answer, assistant: Assistant) -> None:
    """Draw a line for each thing that happened to letters that an answer cites; none where all stand as they did."""
    lines = since(answer, assistant)
    if lines:
        show(tag("div", *(tag("p", text(line)) for line in lines), css="unsupported since"))


def since(answer: Answer, assistant: Assistant) -> list[str]:
    """Say which citations no longer stand as they did, checked against the letters now."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for citation in answer.citations:
        if assistant.still_there(citation):
            continue
        outcome = resolve(
            dict(parse_qsl(link_of(citation))), assistant.letter, lambda source: only(assistant, source)
        )
        match outcome:
            case Gone():
                said = f"The letter {citation.source!r} was removed since this answer"
            case Opened():
                said = f"The letter {citation.source!r} was changed since this answer; these words stand in it still"
            case _:
                said = (
                    f"The letter {citation.source!r} was changed since this answer, and these words with it"
                )
        numbers[said].append(citation.number)
    return [f"{said}: {_listed(cited)}." for said, cited in numbers.items()]


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"[{number}]" for number in numbers)
