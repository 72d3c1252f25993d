"""The data of a briefing: statements collected from answers, and what is written out of them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Kind, LedgerRow, Statement
from assistant.comparison import Table, table_of
from assistant.offers import without_offers
from vectorstore.letter import Letter, Scope

WHOSE, WHAT = "Whose letter", "What it says"
NOT_HERE = "not in this briefing"  # a cell whose statements were left out, or not collected
FROM_CARDS = "from the letters’ cards; nothing is quoted"
FROM_READING = "what came of looking in the letters; nothing is quoted"


@dataclass(frozen=True, slots=True)
class Item:
    """A statement that was collected.

    Args:
        text: as answered, or as it was edited since.
        original: as answered.
        supported: whether the answer's own checks passed.
        question: the question that it answers, follow-ups resolved.
        heading: whose side of a comparison it is, or "".
        rows: of a complete pass, what each letter says.
        corpus_sha256: of the letters when it was answered.
        basis: of what cites nothing, what it says; else "".
        issue: of a comparison of several matters, which it speaks of, or "".
        kind: of the answer.
    """

    text: str
    original: str
    supported: bool
    citations: tuple[Citation, ...]
    question: str
    heading: str
    engine: str
    scope: Scope
    rows: tuple[LedgerRow, ...]
    corpus_sha256: str
    basis: str = ""
    issue: str = ""
    kind: Kind = "fact"

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from other statements, however it was edited."""
        spans = tuple((c.letter_id, c.start, c.end) for c in self.citations)
        return self.question, self.heading, self.issue, self.original, spans

    @property
    def is_edited(self) -> bool:
        """Whether it says other words than the answer did."""
        return self.text.split() != self.original.split()


@dataclass(frozen=True, slots=True)
class Options:
    """What the user chooses for a whole briefing.

    Args:
        marking: handling marking for header and footer, or "".
        include_unverified: keep what is not verified, marked as such; else it is left out.
    """

    title: str = "Briefing"
    author: str = ""
    marking: str = ""
    include_unverified: bool = False


@dataclass(frozen=True, slots=True)
class Footnote:
    """A citation as it is written out; numbered from 1 through the briefing."""

    number: int
    text: str
    letter_id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement as it is written out.

    Args:
        text: without quotation marks, on one line.
        quoted: whether the text is the letter's own words, to be put in quotation marks.
        speaker: of quoted words, whose they are where they are not the author's own; else "".
        doubt: why it is not verified, or "".
        basis: of what cites nothing and stands all the same, what it says; else "".
    """

    heading: str
    text: str
    quoted: bool
    speaker: str
    doubt: str
    footnotes: tuple[Footnote, ...]
    basis: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The statements that answer one question; of a comparison side by side, row by row."""

    question: str
    entries: tuple[Entry, ...]
    kind: Kind = "fact"

    @property
    def table(self) -> Table[Entry] | None:
        """The comparison that its entries make; None where they make none."""
        return table_of(self.kind, self.entries)

    @property
    def before_table(self) -> tuple[Entry, ...]:
        """The entries that do not stand in the table."""
        return tuple(entry for entry in self.entries if not entry.heading) if self.table else self.entries

    @property
    def column_heads(self) -> tuple[str, ...]:
        """What stands above the table's columns."""
        issues = self.table.issues if self.table else ()
        return WHOSE, *(issue or WHAT for issue in issues)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A letter in the annex; `use` says its footnotes, or how it was looked at."""

    letter: str
    file: str
    use: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing, ready to be written to a file.

    Args:
        cited: the letters cited, in order of their first footnote.
        uncited: the letters that were in scope of a question and are not cited, by date.
        facts: how it was made, as (name, value).
        left_out: a sentence for each thing left out, and why.
    """

    title: str
    author: str
    marking: str
    sections: tuple[Section, ...]
    cited: tuple[SourceRow, ...]
    uncited: tuple[SourceRow, ...]
    facts: tuple[tuple[str, str], ...]
    corpus_sha256: str
    left_out: tuple[str, ...]

    @property
    def footnotes(self) -> list[Footnote]:
        """All footnotes in order."""
        return [note for section in self.sections for entry in section.entries for note in entry.footnotes]


def corpus_hash(letters: Iterable[Letter]) -> str:
    """Return the SHA-256 over the letters' ids and text hashes, sorted: the same letters give the same."""
    lines = sorted(f"{letter.id} {letter.text_sha256}\n" for letter in letters)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def collect(answer: Answer, corpus_sha256: str) -> list[Item]:
    """Return all of an answer: its opening sentence, if any, and its statements; nothing of one that is off topic.

    Args:
        corpus_sha256: of the letters as they are now.
    """
    if answer.kind == "off_topic":
        return []
    words = without_offers(opening(answer))
    found = [_item(answer, Statement(words, True, ()), corpus_sha256)] if words else []
    return found + [collect_statement(answer, at, corpus_sha256) for at in range(len(answer.statements))]


def collect_statement(answer: Answer, position: int, corpus_sha256: str) -> Item:
    """Return one statement of an answer.

    Args:
        position: counted from 0.
        corpus_sha256: of the letters as they are now.
    """
    said = answer.statements[position]
    cited = tuple(answer.citation(number) for number in said.citations)
    return _item(answer, said, corpus_sha256, cited)


def _item(answer: Answer, said: Statement, corpus: str, cited: tuple[Citation, ...] = ()) -> Item:
    return Item(
        text=said.text,
        original=said.text,
        supported=said.supported,
        citations=cited,
        question=answer.standalone,
        heading=said.heading,
        engine=f"{answer.engine} ({answer.prompt_id})" if answer.prompt_id else answer.engine,
        scope=answer.scope,
        rows=answer.ledger.rows if answer.ledger else (),
        corpus_sha256=corpus,
        basis="" if cited else FROM_CARDS if answer.kind == "about_letters" else FROM_READING,
        issue=said.issue,
        kind=answer.kind,
    )


def opening(answer: Answer) -> str:
    """Return the sentence of an answer that comes before its statements, or ""."""
    if not answer.statements:
        return answer.text
    first = answer.statements[0]
    line = answer.text.partition("\n")[0]
    led = f"{first.heading}:", f"{first.heading}, ", f"{first.heading} ("
    return "" if line.startswith(first.text) or (first.heading and line.startswith(led)) else line
