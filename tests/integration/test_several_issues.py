"""A comparison on several matters: each cell says what the same side says where the matter is asked alone."""

import pytest

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.comparison import SAYS_NOTHING, table_of

Cells = dict[tuple[str, str], list[str]]


def cells(answer: Answer) -> Cells:
    table = table_of(answer.kind, answer.statements)
    assert table is not None
    return {
        (heading, issue): [statement.text for statement in cell]
        for heading, row in table.rows
        for issue, cell in zip(table.issues, row, strict=True)
    }


@pytest.mark.parametrize(
    ("sides", "issues", "end"),
    [
        ("Brackwater and Saltmere", ("staffing", "leakage", "equipment"), ""),
        ("Brackwater and Saltmere", ("staffing", "leakage", "patients"), "?"),
        ("Wharram and Larkrise", ("attainment", "admissions", "governance"), "."),
        ("Wharram and Larkrise", ("funding", "staff recruitment", "admissions", "governance"), ""),
    ],
)
def test_each_cell_says_what_its_matter_brings_up_alone(
    sides: str, issues: tuple[str, ...], end: str, others: Assistant
) -> None:
    *most, last = issues
    together = cells(others.ask(f"Compare {sides} on {', '.join(most)} and {last}{end}"))
    found = 0
    for issue in issues:
        alone = others.ask(f"Compare {sides} on {issue}{end}")
        for heading in {heading for heading, _ in together}:
            own = [s.text for s in alone.statements if s.heading == heading] or [SAYS_NOTHING]
            assert together[heading, issue] == own
            found += own != [SAYS_NOTHING]
    assert found
