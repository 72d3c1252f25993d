"""Collected statements to a briefing: checked again, numbered, with its annex. Pure.

Every citation is cut out of its letter anew; one that does not stand there any more is left out, and that is said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Citation
from assistant.briefing import Briefing, Entry, Footnote, Item, Options, Section, SourceRow, corpus_hash
from assistant.cite import WEAK, Numbering, make_citation, supported, who
from assistant.comparison import table_of
from assistant.house_style import Style
from assistant.quotation import is_same, one_line, shown
from vectorstore.dates import written
from vectorstore.letter import Letter
from vectorstore.scope import letters_in

NOT_CARRIED = "its quotes do not carry its figures, names, negations or quoted words"
NO_CITATION = "it has no citation"
NO_WORDS = "it has no words"
CORPUS_CHANGED = "the letters have changed since they were read for it"
QUOTING = "quoting engine: the letters’ own sentences, no language model"


def write_citation(letter: Letter, citation: Citation, style: Style) -> str:
    """Write one citation in the house style, from the letter and its card alone.

    Whose words they are, and that a page was read by OCR, is added where the style does not name it.
    """
    values = {
        **{
            name: letter.card.value(name) or ""
            for name in ("office", "area", "addressee", "reference", "subject", "report")
        },
        "author": letter.card.value("author") or letter.source,
        "date": written(date) if (date := letter.card.value("date")) else "",
        "file": letter.source,
        "page": str(citation.page) if letter.has_pages else "",
        "paragraph": str(citation.paragraph or ""),
        "speaker": f"words of {citation.speaker}" if citation.speaker else "",
        "reading": _reading(letter, citation.page),
        "quote": shown(citation.exact),
    }
    added = [values[name] for name in ("speaker", "reading") if values[name] and name not in style.fields]
    if "office" in style.fields and values["area"] in values["office"]:
        values["area"] = ""  # "Commissioner for Northshire, Northshire" says it twice
    line = style.write({name: one_line(value) for name, value in values.items()})
    return f"{line} ({one_line('; '.join(added))})" if added else line


def _reading(letter: Letter, page: int) -> str:
    read = letter.reads[page - 1] if page <= len(letter.reads) else None
    if read is None or read.how != "ocr":
        return ""
    return "read by OCR" + (
        " with doubts: check the page" if read.confidence is not None and read.confidence < WEAK else ""
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """What holding an item against the letters found.

    Args:
        cited: the citations that stand, cut out anew.
        gone: for each that does not, why.
        doubt: why it is not verified; "" when it is.
    """

    cited: tuple[Citation, ...]
    gone: tuple[str, ...]
    doubt: str


@dataclass(slots=True)
class _Checks:
    """What checking the items has found on its way."""

    letters: Mapping[str, Letter]
    corpus: str
    style: Style
    include_unverified: bool
    gone: "Counter[str]"
    unverified: int = 0
    empty: int = 0
    reworded: int = 0
    notes: int = 0


def make_briefing(
    items: Sequence[Item], letters: Sequence[Letter], *, options: Options, style: Style
) -> Briefing:
    """Check collected statements against the letters as they are now, and lay them out.

    Args:
        items: in the order of the briefing.
        letters: all that are in the store, by date.
    """
    by_id = {letter.id: letter for letter in letters}
    corpus = corpus_hash(letters)
    checks = _Checks(by_id, corpus, style, options.include_unverified, Counter())
    kept = [(item, entry) for item in _row_by_row(items) if (entry := _entry(item, checks))]
    sections = tuple(
        Section(one_line(question), tuple(entry for _, entry in group), kind)
        for (question, kind), group in groupby(kept, key=lambda pair: (pair[0].question, pair[0].kind))
    )
    notes = [note for _, entry in kept for note in entry.footnotes]
    cited = {
        letter_id: ", ".join(str(note.number) for note in notes if note.letter_id == letter_id)
        for letter_id in dict.fromkeys(note.letter_id for note in notes)
    }
    used = [item for item, _ in kept]
    return Briefing(
        title=one_line(options.title.strip()) or Options().title,
        author=one_line(options.author.strip()),
        marking=one_line(options.marking.strip()),
        sections=sections,
        cited=tuple(_row(by_id[letter_id], numbers) for letter_id, numbers in cited.items()),
        uncited=tuple(_uncited(used, letters, set(cited))),
        facts=tuple(_facts(used, corpus, len(letters), checks)),
        corpus_sha256=corpus,
        left_out=tuple(_left_out(checks)),
    )


def _row_by_row(items: Sequence[Item]) -> Iterator[Item]:
    """Yield the items as they are read, and their footnotes numbered: a comparison row by row, all else as it is."""
    for (_, kind), group in groupby(items, key=lambda item: (item.question, item.kind)):
        own = list(group)
        if table := table_of(kind, own):
            yield from (item for item in own if not item.heading)
            yield from (item for _, cells in table.rows for cell in cells for item in cell)
        else:
            yield from own


def _entry(item: Item, checks: _Checks) -> Entry | None:
    """Check one item; None when it is left out."""
    checked = check(item, checks.letters, checks.corpus)
    checks.gone.update(checked.gone)
    cited, doubt = checked.cited, checked.doubt
    if doubt == NO_WORDS:
        checks.empty += 1
        return None
    if doubt and not checks.include_unverified:
        checks.unverified += 1
        return None
    quoted = not doubt and len(cited) == 1 and is_same(item.text, cited[0])
    if not doubt and not quoted and item.is_edited:
        checks.reworded += 1
    footnotes = tuple(
        Footnote(number, write_citation(checks.letters[c.letter_id], c, checks.style), c.letter_id)
        for number, c in enumerate(cited, start=checks.notes + 1)
    )
    checks.notes += len(footnotes)
    return Entry(
        heading=one_line(item.heading),
        text=shown(cited[0].exact) if quoted else one_line(item.text.strip()),
        quoted=quoted,
        speaker=one_line(cited[0].speaker or "") if quoted else "",
        doubt=doubt,
        footnotes=footnotes,
        basis="" if doubt or footnotes else item.basis,
        issue=one_line(item.issue),
    )


def check(item: Item, letters: Mapping[str, Letter], corpus_sha256: str) -> Checked:
    """Hold an item against the letters as they are now: its citations are cut out anew, its words compared with them.

    Args:
        letters: all that are in the store, by id.
        corpus_sha256: of these letters.
    """
    cited: list[Citation] = []
    gone: list[str] = []
    for citation in item.citations:
        letter = letters.get(citation.letter_id)
        if letter is None:
            gone.append(f"{citation.source} is no longer in the store")
        elif (
            letter.text_sha256 != citation.text_sha256
            or letter.text[citation.start : citation.end] != citation.exact
        ):
            gone.append(f"the text of {citation.source} has changed since the answer")
        else:
            cited.append(make_citation(letter, citation.start, citation.end, Numbering()))
    return Checked(tuple(cited), tuple(gone), _doubt(item, cited, letters, corpus_sha256))


def _doubt(item: Item, cited: Sequence[Citation], letters: Mapping[str, Letter], corpus_sha256: str) -> str:
    if not item.text.strip():
        return NO_WORDS
    if not item.citations and item.supported and not item.is_edited:
        # It says what was read, not what a letter says.
        return "" if item.corpus_sha256 == corpus_sha256 else CORPUS_CHANGED
    if not cited:
        return NO_CITATION
    if not item.is_edited and len(cited) == len(item.citations):
        return "" if item.supported else NOT_CARRIED
    return "" if supported(item.text, cited, letters) else NOT_CARRIED


def _row(letter: Letter, use: str) -> SourceRow:
    addressee = letter.card.value("addressee")
    return SourceRow(
        one_line(who(letter) + (f", to {addressee}" if addressee else "")), one_line(letter.source), use
    )


def _uncited(items: Sequence[Item], letters: Sequence[Letter], cited: set[str]) -> Iterable[SourceRow]:
    in_scope = {
        letter.id for scope in {item.scope for item in items} for letter in letters_in(letters, scope)
    }
    rows = {(row.letter_id, row.says == "unreadable") for item in items for row in item.rows}
    for letter in letters:
        if letter.id not in in_scope or letter.id in cited:
            continue
        if (letter.id, True) in rows:
            yield _row(letter, "could not be read")
        else:
            yield _row(letter, "read in full" if (letter.id, False) in rows else "searched")


def _facts(items: Sequence[Item], corpus: str, letters: int, checks: _Checks) -> Iterable[tuple[str, str]]:
    engines = dict.fromkeys(item.engine for item in items)
    if engines:
        yield "Engine", "; ".join(QUOTING if name == "quoting" else one_line(name) for name in engines)
    yield "Letters in the store", f"{letters:,}"
    yield "Corpus (SHA-256 over the letters’ ids and text hashes)", corpus
    yield (
        "Quotes",
        "each cut out of its letter, word for word: found in the letter, which does not make it true",
    )
    if checks.reworded:
        yield (
            "Reworded by hand",
            f"{counted(checks.reworded, 'statement')}; figures, names and negations were checked against the"
            " quotes, other words were not",
        )


def _left_out(checks: _Checks) -> Iterable[str]:
    if checks.unverified:
        yield f"{counted(checks.unverified, 'statement')} left out: not verified."
    if checks.empty:
        yield f"{counted(checks.empty, 'statement')} left out: no words."
    for reason, number in checks.gone.items():
        yield f"{counted(number, 'citation')} left out: {one_line(reason)}."


def counted(number: int, noun: str) -> str:
    """Write a number with its noun: 1 letter, 2 letters."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
