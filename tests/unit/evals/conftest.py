"""Letters, cases and answers small enough to count by hand, and an assistant that says what it is told."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from assistant.answer import Answer, Citation, Kind, Ledger, LedgerRow, Says, Statement, Status, Turn
from assistant.chat import Assistant
from evals.case import Case
from vectorstore.letter import Letter, LetterCard, Scope

if TYPE_CHECKING:
    from vectorstore.search import Search

TEXTS = {
    "north.txt": "Calls rose to 478,000 last year. Staff were trained in March. Nothing else changed.",
    "south.txt": "We answer calls in 5 seconds. Our panel met in May. Staff like the panel.",
    "west.txt": "The new system arrived in June. We welcome the report.",
}


class FakeAssistant(Assistant):
    """Answers each question as it was told to, and remembers what it was asked."""

    def __init__(self, answers: Mapping[str, Answer | Exception], letters: Sequence[Letter]) -> None:
        versions = {"embedding_model": "small:1", "splitter_version": "1"}
        self.search = cast("Search", SimpleNamespace(store=SimpleNamespace(meta=versions.get)))
        self.engine = "quoting"
        self.answers = dict(answers)
        self.known = list(letters)
        self.histories: dict[str, tuple[Turn, ...]] = {}

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        scope: Scope | None = None,
        only: bool = False,
        on_stage: Callable[[str], None] | None = None,
        read_on: bool = False,
    ) -> Answer:
        self.histories[question] = tuple(history)
        answer = self.answers[question]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def letters(self) -> list[Letter]:
        return self.known

    def letter(self, letter_id: str) -> Letter | None:
        return next((letter for letter in self.known if letter.id == letter_id), None)

    def still_there(self, citation: Citation) -> bool:
        letter = self.letter(citation.letter_id)
        return letter is not None and letter.text[citation.start : citation.end] == citation.exact


def letter_id(source: str) -> str:
    return hashlib.sha256(TEXTS[source].encode()).hexdigest()[:16]


class Make:
    """Builds what the tests need, with everything that does not matter filled in."""

    texts = TEXTS

    def letters(self) -> list[Letter]:
        return [
            Letter(
                letter_id(name), name, text, hashlib.sha256(text.encode()).hexdigest(), (0,), LetterCard(), ()
            )
            for name, text in TEXTS.items()
        ]

    def files(self) -> dict[str, str | None]:
        return {letter_id(name): text for name, text in TEXTS.items()}

    def case(self, kind: str = "fact", *evidence: Sequence[tuple[str, str]], **others: Any) -> Case:
        expect = "not_found" if kind in {"unanswerable", "off_topic"} else "answered"
        groups = [[{"letter": letter, "quote": quote} for letter, quote in group] for group in evidence]
        fields = {"id": "one", "kind": kind, "question": "Q?", "expect": expect, "evidence": groups} | others
        return Case.model_validate(fields, strict=False)

    def citation(self, number: int, source: str, exact: str) -> Citation:
        start = TEXTS[source].index(exact)
        text_sha256 = hashlib.sha256(TEXTS[source].encode()).hexdigest()
        end = start + len(exact)
        return Citation(
            number, letter_id(source), source, text_sha256, start, end, exact, "", "", 1, 1, "", None
        )

    def answer(
        self,
        *cited: tuple[str, str],
        status: Status = "answered",
        text: str = "",
        ledger: Mapping[str, str] | None = None,
        unsupported: int = 0,
        kind: Kind = "fact",
    ) -> Answer:
        """Return an answer with a statement a citation; with "not_found" they are the nearest passages."""
        citations = tuple(self.citation(n, source, exact) for n, (source, exact) in enumerate(cited, start=1))
        numbers = tuple(citation.number for citation in citations)
        answered = status == "answered"
        statements = tuple(Statement(f"S{n}", n > unsupported, (n,)) for n in numbers) if answered else ()
        return Answer(
            question="Q?",
            standalone="Q?",
            kind=kind,
            status=status,
            text=text,
            statements=statements,
            citations=citations,
            ledger=None
            if ledger is None
            else self.ledger({name: (says, ()) for name, says in ledger.items()}),
            nearest=() if answered else numbers,
            scope=Scope(),
            letters_in_scope=3,
            letters_read=3,
            engine="quoting",
            prompt_id=None,
            notice="",
            seconds=0.0,
        )

    def ledger(self, rows: Mapping[str, tuple[str, tuple[int, ...]]]) -> Ledger:
        """Return a ledger of what each letter says and with which citations."""
        return Ledger(
            tuple(
                LedgerRow(letter_id(name), name, "", cast("Says", says), numbers)
                for name, (says, numbers) in rows.items()
            )
        )

    def misquoting(self, answer: Answer) -> Answer:
        """Return the answer with a digit of its first citation changed."""
        first, *others = answer.citations
        wrong = replace(first, exact=first.exact.replace("478", "479"))
        return replace(answer, citations=(wrong, *others))

    def assistant(self, answers: Mapping[str, Answer | Exception]) -> FakeAssistant:
        return FakeAssistant(answers, self.letters())

    def opener(self, assistant: Assistant) -> Callable[..., Any]:
        """Return what stands in for `throwaway_assistant`."""

        @contextmanager
        def opened(*_: object) -> Iterator[Assistant]:
            yield assistant

        return opened


@pytest.fixture
def make() -> Make:
    """The builder."""
    return Make()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the letters as files."""
    place = tmp_path / "letters"
    place.mkdir()
    for name, text in TEXTS.items():
        (place / name).write_bytes(text.encode())
    return place
