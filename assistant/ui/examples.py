"""Example questions for an empty chat, made from the cards of the letters at hand. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from assistant.ui.wording import values
from vectorstore.letter import Letter

MAX_CHARS = 110


def examples(letters: Sequence[Letter], *, limit: int = 4) -> list[str]:
    """Return up to `limit` questions that the cards of these letters suggest, most telling first."""
    made = [*_said(letters), *_changed(letters), *_which(letters), *_about(letters)]
    fitting = [question for question in dict.fromkeys(made) if len(question) <= MAX_CHARS]
    return fitting[:limit]


def _said(letters: Sequence[Letter]) -> list[str]:
    """Ask what one area, or else one author, says."""
    for field in ("area", "author"):
        names = values(letters, field)
        if names:
            return [f"What is being done in {names[0]}?" if field == "area" else f"What does {names[0]} say?"]
    return []


def _changed(letters: Sequence[Letter]) -> list[str]:
    """Ask what changed where one author or area wrote in two years."""
    years: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        name, written = letter.card.value("area") or letter.card.value("author"), letter.card.value("date")
        if name and written:
            years[name].add(written[:4])
    for name, written_in in years.items():
        if len(written_in) > 1:
            return [f"What changed for {name} between {min(written_in)} and {max(written_in)}?"]
    return []


def _which(letters: Sequence[Letter]) -> list[str]:
    """Ask which letters answer a report that more than one of them answers."""
    reports = [letter.card.value("report") for letter in letters]
    shared = [report for report in values(letters, "report") if reports.count(report) > 1]
    return [f"Which letters answer the report {report}?" for report in shared]


def _about(letters: Sequence[Letter]) -> list[str]:
    """Ask who wrote to an addressee."""
    return [f"Who wrote to {addressee}?" for addressee in values(letters, "addressee")]
