"""Answers on the command line: a comparison is a table or a stack, a complete pass a ledger, each quote once."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Kind, Ledger, LedgerRow, Says, Statement
from assistant.cite import Numbering, make_citation
from assistant.commands.printed import MOST_OTHERS, printed
from assistant.comparison import SAYS_NOTHING, lines_of
from tests.corpora import made, sentences
from vectorstore.letter import Letter, Scope

NORTH = made(
    "We trained every ward sister in the use of the new pumps, which took until the end of a long and wet April.",
    "The roof over Ward 7-B leaks.",
    area="North Tarrow Hospital Trust",
)
SOUTH = made("Nothing was spent on roofs.", area="South Lorne Hospital Trust", source="south.txt")


def cited(letter: Letter, at: int, number: int) -> Citation:
    known = Numbering({(letter.id, *sentences(letter)[at]): number})
    return make_citation(letter, *sentences(letter)[at], known)


def answer(
    kind: Kind,
    statements: Sequence[Statement],
    citations: Sequence[Citation] = (),
    *,
    opening: str = "",
    ledger: Ledger | None = None,
    found: bool = True,
) -> Answer:
    return Answer(
        question="Asked?", standalone="Asked?", kind=kind, status="answered" if found else "not_found",
        text="\n".join([*([opening] if opening else []), *lines_of(kind, statements)]),
        statements=tuple(statements), citations=tuple(citations), ledger=ledger, nearest=(), scope=Scope(),
        letters_in_scope=2, letters_read=2, engine="quoting", prompt_id=None, notice="", seconds=0.0,
    )  # fmt: skip


def comparison(*more: str) -> Answer:
    """A comparison of two sides on two matters, and of more sides that say nothing."""
    citations = [cited(NORTH, 0, 3), cited(NORTH, 1, 4), cited(SOUTH, 0, 9)]
    told = [
        Statement(c.exact, True, (c.number,), side, issue)
        for c, side, issue in zip(
            citations, ["North", "North", "South"], ["training", "roofs", "roofs"], strict=True
        )
    ]
    empty = [Statement(SAYS_NOTHING, True, (), "South", "training")]
    empty += [
        Statement(SAYS_NOTHING, True, (), side, issue) for side in more for issue in ("training", "roofs")
    ]
    return answer("compare", [*told[:2], *empty[:1], told[2], *empty[1:]], citations)


def test_a_comparison_stands_side_by_side_matter_by_matter_and_fits_the_line() -> None:
    for width in (80, 100, 120):
        lines = list(printed(comparison(), width))
        table = lines[: lines.index("")]
        assert max(map(len, table)) <= width
        assert [part.strip() for part in table[0].split("|")] == ["North", "South"]
        columns = [tuple(part.strip() for part in line.split("|")) for line in table if "|" in line]
        assert "says nothing on this" in [row[1] for row in columns]
        left = " ".join(row[0] for row in columns[1:])
        assert f"“{' '.join(cited(NORTH, 0, 3).exact.split())}” [3]" in left
        assert table.index("TRAINING") < table.index("ROOFS")
        # Whose words [3] are is told below; the words themselves are not told twice.
        assert lines[-3].startswith("[3] Ann Example")
        assert sum("new pumps" in line for line in lines) == 1


def test_more_sides_than_fit_stand_below_one_another() -> None:
    lines = list(printed(comparison("East", "West"), 80))
    at = {line: number for number, line in enumerate(lines)}
    assert at["TRAINING"] < at["ROOFS"]
    assert not any(" | " in line for line in lines)
    assert lines[at["West"] + 1] == f"    {SAYS_NOTHING}"
    wide = list(printed(comparison("East"), 120))
    assert [part.strip() for part in wide[0].split("|")] == ["North", "South", "East"]


def test_words_are_not_broken_at_their_hyphens() -> None:
    for width in range(80, 121):
        assert any("7-B" in line for line in printed(comparison(), width))


def test_a_statement_that_is_no_quote_keeps_its_quotes_below() -> None:
    citation = cited(SOUTH, 0, 1)
    told = [
        Statement("Roofs got no money.", True, (1,), "South"),
        Statement(SAYS_NOTHING, True, (), "North"),
    ]
    text = "\n".join(printed(answer("compare", told, [citation]), 100))
    assert "Roofs got no money. [1]" in text
    assert f"[1] “{citation.exact}”" in text


def ledger(*said: Says) -> Ledger:
    return Ledger(
        tuple(
            LedgerRow(f"id{at}", f"{at}.txt", f"Writer {at}", says, (1,) if says == "yes" else ())
            for at, says in enumerate(said)
        )
    )


def test_a_complete_pass_shows_a_row_a_letter_those_that_say_it_first_with_their_words() -> None:
    citation = cited(SOUTH, 0, 1)
    found = answer(
        "list",
        [Statement("Writer 2", True, (1,))],
        [citation],
        opening="Of 4 letters read, 1 says it; 1 could not be read whole:",
        ledger=ledger("no", "no", "yes", "unreadable"),
    )
    lines = list(printed(found, 80))
    assert lines[0] == "Of 4 letters read, 1 says it; 1 could not be read whole:"
    assert [line.split()[0] for line in lines[2:] if line[0] != " "] == ["yes", "unreadable", "no", "no"]
    assert lines[3].strip() == f"[1] “{citation.exact}” (para 1)"
    assert sum(citation.exact in line for line in lines) == 1


def test_a_long_ledger_is_cut_after_those_asked_for_and_says_by_how_much() -> None:
    found = answer("list", [], opening="No letter says so.", ledger=ledger(*(("no",) * 70)), found=False)
    lines = list(printed(found, 80))
    assert sum(line.startswith("no ") for line in lines) == MOST_OTHERS
    assert "and 20 letters more" in lines[-1]
    assert "--json" in lines[-1]


def test_what_a_yes_says_of_a_letter_is_told_where_it_is_more_than_that_it_says_so() -> None:
    of_two = replace(ledger("yes", "no"), meaning="speaks of “roofs” and not of “pumps”")
    citation = cited(SOUTH, 0, 1)
    found = answer("list", [Statement("Writer 0", True, (1,))], [citation], opening="Of 2:", ledger=of_two)
    lines = list(printed(found, 80))
    assert "yes: the letter speaks of “roofs” and not of “pumps”; no: it does not" in lines
