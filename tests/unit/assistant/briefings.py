"""Letters, answers and briefings made for the briefing's tests: invented."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Kind, Ledger, LedgerRow, Says, Statement
from assistant.briefing import Briefing, Item, Options, collect, corpus_hash
from assistant.cite import Numbering, make_citation, who
from assistant.comparison import SAYS_NOTHING
from assistant.compose import make_briefing
from assistant.house_style import DEFAULT, parse_style
from tests.evidence import letter
from tests.unit.ui.stand_in import answer_of, blocks
from vectorstore.letter import Letter

SPENT = "The force did not spend the grant."
ASIDE = "It set aside 78,000 pounds for 2020."
CALLS = "Officers answer 94 per cent of\ncalls within ten seconds."
QUESTION = "Was the grant spent?"


def made(text: str, **card: str) -> Letter:
    """Return a letter with a block a paragraph; its text may be what no file can hold."""
    storable = text.encode("utf-8", "replace").decode()
    return replace(letter(storable, **card), text=text, blocks=blocks(text))


def corpus() -> list[Letter]:
    """Return three letters by date; of the last, little is known."""
    return [
        made(
            f"Dear Mayor,\n\n{CALLS}",
            author="Bob Sample",
            office="Deputy Mayor",
            area="Southtown",
            date="2018-05-11",
        ),
        made(
            f"Dear Minister,\n\n{SPENT} {ASIDE}\n\nYours, Ann",
            author="Ann Example",
            office="Commissioner for Northshire",
            area="Northshire",
            addressee="the Minister",
            date="2020-09-02",
        ),
        made("Nothing to report."),
    ]


def cited(held: Letter, words: str, number: int = 1) -> Citation:
    """Return a citation of words that the letter has."""
    start = held.text.index(words)
    return replace(make_citation(held, start, start + len(words), Numbering()), number=number)


def grant_answer(letters: Sequence[Letter], **changes: object) -> Answer:
    """Return an answer of a quoted statement and one in other words with two citations."""
    one, two = cited(letters[1], SPENT, 1), cited(letters[1], ASIDE, 2)
    said = (Statement(SPENT, True, (1,)), Statement("Of the grant, 78,000 was not spent.", True, (1, 2)))
    return replace(answer_of(QUESTION, one, two), statements=said, **changes)  # type: ignore[arg-type]


def pass_answer(letters: Sequence[Letter]) -> Answer:
    """Return a complete pass: one letter says it, one does not, one could not be read."""
    found = cited(letters[0], CALLS)
    says: tuple[Says, ...] = ("yes", "no", "unreadable")
    rows = tuple(
        LedgerRow(x.id, x.source, who(x), said, (1,) if said == "yes" else ())
        for x, said in zip(letters, says, strict=True)
    )
    return replace(
        answer_of("Which letters count calls?", found),
        kind="list",
        text="Of 3 letters read, 1 says it:\n…",
        statements=(Statement(who(letters[0]), True, (1,)),),
        ledger=Ledger(rows),
    )


def comparison_answer(letters: Sequence[Letter], kind: Kind = "compare") -> Answer:
    """Return a comparison of two sides on two matters; on one of them one side says nothing."""
    one, two, three = cited(letters[1], SPENT, 1), cited(letters[1], ASIDE, 2), cited(letters[0], CALLS, 3)
    said = (
        Statement(SPENT, True, (1,), "Northshire", "the grant"),
        Statement(ASIDE, True, (2,), "Northshire", "the grant"),
        Statement(SAYS_NOTHING, True, (), "Northshire", "calls | rings"),
        Statement(SAYS_NOTHING, True, (), "Southtown", "the grant"),
        Statement(CALLS, True, (3,), "Southtown", "calls | rings"),
    )
    answer = answer_of("Compare them on the grant and on calls.", one, two, three)
    return replace(answer, kind=kind, statements=said, text="Northshire, the grant:\n…")


def not_found() -> Answer:
    """Return an answer that the letters do not say."""
    said = "The letters do not say. Looked in 3 of 3 letters."
    return replace(answer_of("What of cheese?"), status="not_found", text=said, statements=())


def items_of(letters: Sequence[Letter], *answers: Answer) -> list[Item]:
    """Return all that these answers give to collect."""
    return [item for answer in answers for item in collect(answer, corpus_hash(letters))]


def brief(items: Sequence[Item], letters: Sequence[Letter], **options: object) -> Briefing:
    """Return the briefing of these items."""
    chosen = replace(Options(), **options)  # type: ignore[arg-type]  # a test names the fields
    return make_briefing(items, letters, options=chosen, style=parse_style(DEFAULT))
