"""Letters and evidence made for the model engine's tests: invented, so that no test leans on the corpus."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.answer import Evidence, Question
from assistant.terms import find_terms
from vectorstore.letter import CardField, Letter, LetterCard, Passage, Scope, ScoredPassage

SPENDING = "The force did not spend the grant. It set aside 78,000 pounds for 2020. Training goes on."
MANNERS = (
    "Officers answer 94 per cent of calls within ten seconds. The Commissioner is not content with that."
)


def field(value: str) -> CardField:
    """Return a card's field that is stated nowhere in particular."""
    return CardField(value=value, start=None, end=None, how="inferred")


def letter(text: str, **card: str) -> Letter:
    """Return a letter with this text and these facts on its card."""
    fields: dict[str, Any] = {name: field(value) for name, value in card.items()}
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Letter(
        id=digest[:16],
        source=f"{digest[:4]}.txt",
        text=text,
        text_sha256=digest,
        pages=(0,),
        card=replace(LetterCard(), **fields),
        blocks=(),
    )


def evidence(
    *letters: Letter, question: str = "How much was set aside for 2020?", speakers: Sequence[str | None] = ()
) -> Evidence:
    """Return evidence with one passage a letter, its whole text, best first."""
    passages = tuple(
        ScoredPassage(
            Passage(
                id=f"passage-{number}",
                letter_id=found.id,
                start=0,
                end=len(found.text),
                page=1,
                paragraph=1,
                role="body",
                header="",
                text=found.text,
                speaker=speakers[number] if number < len(speakers) else None,
            ),
            score=1.0 / (number + 1),
            cosine=None,
            bm25=1.0,
        )
        for number, found in enumerate(letters)
    )
    return Evidence(
        question=Question(
            asked=question,
            standalone=question,
            query=question,
            kind="fact",
            scope=Scope(),
            terms=find_terms(question),
        ),
        passages=passages,
        letters={found.id: found for found in letters},
    )


def two_letters() -> tuple[Letter, Letter]:
    """Return two letters by different authors in different years."""
    return (
        letter(SPENDING, author="Ann Example", office="Commissioner", area="Northshire", date="2020-09-02"),
        letter(MANNERS, author="Bob Sample", office="Deputy Mayor", area="Southtown", date="2018-05-11"),
    )
