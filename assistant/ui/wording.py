"""Facts put into words for the page: dates, counts, names and engine. Pure."""

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.usage import told
from vectorstore.letter import Letter, LetterCard


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: 1 letter, 2 letters."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def time_left(seconds: float | None) -> str:
    """Say how long something still takes; "" where that is not known or a moment."""
    if seconds is None or seconds < 2:
        return ""
    minutes = round(seconds / 60)
    return f"about {counted(minutes, 'minute')} left" if minutes else f"about {seconds:.0f} seconds left"


def listed(names: Sequence[str], *, at_most: int = 4, of_what: str = "other") -> str:
    """Join names with commas and a last "and"; those over `at_most` are counted."""
    shown = list(names)
    if len(shown) > at_most:
        shown = [*shown[: at_most - 1], counted(len(shown) - at_most + 1, of_what)]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def writer(card: LetterCard) -> str:
    """Say who wrote a letter: name and office, as far as the card knows them."""
    parts = [part for part in (card.value("author"), card.value("office")) if part]
    return ", ".join(parts) or "Author not stated"


def values(letters: Sequence[Letter], field: str) -> list[str]:
    """Return the distinct values of a card field, in order of first use."""
    return list(dict.fromkeys(found for letter in letters if (found := letter.card.value(field))))


def corpus(letters: Sequence[Letter]) -> str:
    """Say how many letters there are, from which years and by whom."""
    years = sorted({value[:4] for value in values(letters, "date")})
    authors = values(letters, "author")
    sentence = counted(len(letters), "letter")
    if years:
        sentence += f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"
    return f"{sentence}, by {listed(authors)}." if authors else f"{sentence}."


def engine(name: str) -> str:
    """Say which engine answers and what that means."""
    if name == "quoting":
        return "Quoting engine: answers in the letters’ own sentences, no language model"
    return f"Model: {name}"


def footing(answer: Answer) -> str:
    """Say what an answer rests on: letters read, engine, time."""
    of = f"{answer.letters_read:,} of {counted(answer.letters_in_scope, 'letter')}"
    if answer.ledger:
        read = f"{of} read"
    elif answer.kind == "about_letters":
        read = f"Cards of {of} looked up"
    else:
        read = f"Passages from {of} read"
    by = "quoting engine" if answer.engine == "quoting" else answer.engine
    used = f" · {told(answer.usage)}" if answer.usage else ""
    return f"{read} · {by}{used} · {answer.seconds:.1f} s"
