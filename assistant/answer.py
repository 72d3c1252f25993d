"""The data of an answer: a draft is claimed, a citation is verified, an answer is what the user sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.terms import Terms
from assistant.usage import Usage
from assistant.written_first import Order
from vectorstore.letter import Letter, Scope, ScoredPassage

Kind = Literal["fact", "list", "compare", "over_time", "about_letters", "off_topic"]
Status = Literal["answered", "not_found"]
Says = Literal["yes", "no", "unreadable"]


@dataclass(frozen=True, slots=True)
class DraftStatement:
    """One claim with the quotes that it rests on, as (letter id, quote) pairs; untrusted.

    Args:
        heading: whose side of a comparison it is, or "".
        issue: of a comparison of several matters, which it speaks of, or "".
    """

    text: str
    quotes: tuple[tuple[str, str], ...]
    heading: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine claims before anything is checked.

    Args:
        statements: empty when the engine found nothing that answers.
        notice: one sentence to the user about how the draft came about, or "".
    """

    statements: tuple[DraftStatement, ...]
    engine: str
    prompt_id: str | None = None
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Words verified to stand in a letter: `letter.text[start:end] == exact`.

    Args:
        number: stable through a conversation, from 1.
        prefix: up to 32 code points before `start`; `suffix` likewise after `end`.
        page: counted from 1; 1 in a letter without pages.
        paragraph: number in the letter's body from 1; 0 outside it.
        label: who, office, date, page and paragraph, from the card.
        speaker: whose words these are where they are not the author's own.
        has_pages: whether the letter has pages, so that `page` says something.
    """

    number: int
    letter_id: str
    source: str
    text_sha256: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    page: int
    paragraph: int
    label: str
    speaker: str | None = None
    has_pages: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim as shown; `supported` is False when its quotes do not carry its figures, dates or negations.

    `heading` and `issue` are those of its draft.
    """

    text: str
    supported: bool
    citations: tuple[int, ...]
    heading: str = ""
    issue: str = ""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What one letter says in a complete pass.

    Args:
        by: the model that finds it said, in other words, in the words cited, where the rules do not; "" otherwise.
    """

    letter_id: str
    source: str
    label: str
    says: Says
    citations: tuple[int, ...]
    by: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A row per letter in scope: the proof of "which", "how many" and "none".

    Args:
        meaning: what "yes" says of a letter, to follow "the letter", where that is more than that it says so; or "".
    """

    rows: tuple[LedgerRow, ...]
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user sees.

    Args:
        text: plain text with [n] after each statement.
        standalone: the question as it was understood, follow-ups resolved.
        citations: by number; every number in `statements`, `ledger` and `nearest` is here.
        nearest: numbers of passages near the question when the status is "not_found".
        scope: the letters looked at, as worked out from question and caller.
        notice: one sentence about how the answer came about (another engine stepped in, words only), or "".
        seconds: wall time of the whole question.
        usage: what the model used on it, failed calls included; None where none was asked.
        left_open: of a complete pass, about what the model would use to judge the letters that come near without
            saying it outright, a call each; None where there is no model or no such letter.
    """

    question: str
    standalone: str
    kind: Kind
    status: Status
    text: str
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    ledger: Ledger | None
    nearest: tuple[int, ...]
    scope: Scope
    letters_in_scope: int
    letters_read: int
    engine: str
    prompt_id: str | None
    notice: str
    seconds: float
    usage: Usage | None = None
    left_open: Usage | None = None

    def citation(self, number: int) -> Citation:
        """Return the citation with this number.

        Raises:
            KeyError: no such citation.
        """
        for citation in self.citations:
            if citation.number == number:
                return citation
        raise KeyError(number)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer in a conversation."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Issue:
    """One of several matters of a comparison, looked for as if it were asked alone.

    Args:
        name: as the question has it.
        query: what is searched.
        terms: what is looked for.
    """

    name: str
    query: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was understood.

    Args:
        asked: the user's words.
        standalone: the same with follow-ups resolved.
        query: what is searched: the standalone question without the names that only set the scope.
        scope: taken from the question's own words, narrowed by the caller's.
        terms: what is looked for in the letters in scope.
        negated: of a complete pass, whether the letters that do not say it are asked for.
        sides: for a comparison, each side's heading and scope; () otherwise.
        named_sides: whether the question names those whose letters are compared.
        issues: for a comparison of several matters, each of them; () otherwise.
        unknown: the writer asked about, where no letter is theirs; "" otherwise.
        unmet: why no letter can answer, by the cards alone (nobody of that name, no such date), as a clause; or "".
        note: what is said beside an answer of a date in the question that no letter bears, or "".
        asked_for: of a complete pass for bodies or for people and not for letters, the word for them: "forces"; or "".
        by: which field of a card they are in.
        outdoing: of a comparison, the superlative that asks who outdoes the others: "quickest"; or "".
        no_writer: somebody of whom it is asked what they say, whom letters go to and from whom none is; or "".
        received_as: the office of those to whom the letters in scope go, where it is asked who held it; or "".
        about: of a complete pass, whether it asks what letters are about and not what they mention.
        by_body: whether it speaks of writers as bodies and names no person.
        order: what is asked of the order of letters, where that is what is asked; or None.
        matters: of a complete pass for several things that letters are to say, or not to say where it is negated, the
            question for each; or ().
    """

    asked: str
    standalone: str
    query: str
    kind: Kind
    scope: Scope
    terms: Terms
    negated: bool = False
    sides: tuple[tuple[str, Scope], ...] = ()
    named_sides: bool = True
    issues: tuple[Issue, ...] = ()
    unknown: str = ""
    unmet: str = ""
    note: str = ""
    asked_for: str = ""
    by: Literal["area", "author"] = "area"
    outdoing: str = ""
    no_writer: str = ""
    received_as: str = ""
    about: bool = False
    by_body: bool = False
    order: Order | None = None
    matters: tuple["Question", ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an engine is given to answer from: best passage first, and the letters that they stand in, by id."""

    question: Question
    passages: tuple[ScoredPassage, ...]
    letters: Mapping[str, Letter]
