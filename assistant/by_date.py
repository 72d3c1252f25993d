"""One author's letters of two dates are told apart: no statement blends them, and dates lead each (pure)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Draft, DraftStatement
from assistant.cite import locate
from assistant.lexicon import TITLES
from assistant.rank import covered
from assistant.sides import dated_heading
from assistant.terms import Terms
from vectorstore.letter import Letter
from vectorstore.words import tokens

FAR_LESS = 0.5  # of the share of the telling words that the first statement's paragraph has
_LAST = "9999"  # beyond any letter's date


def unblended(draft: Draft, letters: Mapping[str, Letter]) -> Draft:
    """Return a draft in which a statement on one author's letters of several dates gives way to their own words.

    What a model says of both at once may be true of neither; each letter's quotes stand for themselves instead.
    """
    return replace(
        draft, statements=tuple(s for claimed in draft.statements for s in _parted(claimed, letters))
    )


def _parted(claimed: DraftStatement, letters: Mapping[str, Letter]) -> Iterator[DraftStatement]:
    found = [(i, quote) for i, quote in claimed.quotes if i in letters and locate(quote, letters[i])]
    if not _of_two_dates({i for i, _ in found}, letters):
        yield claimed
        return
    for letter_id in dict.fromkeys(i for i, _ in found):
        for own in dict.fromkeys(quote for i, quote in found if i == letter_id):
            yield replace(claimed, text=" ".join(own.split()), quotes=((letter_id, own),))


def without_strays(draft: Draft, letters: Mapping[str, Letter], terms: Terms) -> Draft:
    """Return a draft without what only resembles the question, from another letter by whom the first statement cites.

    Beside the letter that answers it would look like what the author said of it at another time.
    """
    if not draft.statements or terms.overview or terms.premise or terms.answer == "stance":
        return draft
    best = {letter_id for letter_id, _ in draft.statements[0].quotes}
    least = FAR_LESS * _held(draft.statements[0], letters, terms)

    def strays(claimed: DraftStatement) -> bool:
        own = {letter_id for letter_id, _ in claimed.quotes}
        apart = own.isdisjoint(best) and _of_two_dates((own | best) & letters.keys(), letters)
        return apart and _held(claimed, letters, terms) < least

    return replace(draft, statements=tuple(s for s in draft.statements if not strays(s)))


def _held(claimed: DraftStatement, letters: Mapping[str, Letter], terms: Terms) -> float:
    """Return the share of the telling words in the paragraph that a statement quotes most of them from."""
    return max((covered(_paragraph(quote, letters[i]), terms) for i, quote in claimed.quotes), default=0.0)


def _paragraph(quote: str, letter: Letter) -> str:
    start, _ = locate(quote, letter) or (-1, -1)
    block = next((block for block in letter.blocks if block.start <= start < block.end), None)
    return letter.text[block.start : block.end] if block else quote


def led_by_dates(
    statements: Sequence[DraftStatement],
    letters: Mapping[str, Letter],
    *,
    asked_when: bool,
    by_body: bool = False,
) -> tuple[DraftStatement, ...] | None:
    """Return statements letter by letter, each under its letter's date; None where dates need not lead.

    They lead where an author is cited of two dates. The oldest letter goes first, one without a date last. A statement
    on several letters goes before, undated.

    Args:
        asked_when: whether the question asks for letters of some time, whose dates are then of interest in any case.
        by_body: whether a letter's heading has the body that it is from in place of its author.
    """
    cited = {letter_id for claimed in statements for letter_id, _ in claimed.quotes if letter_id in letters}
    if not cited or not (asked_when or _of_two_dates(cited, letters)):
        return None
    own = [{i for i, _ in claimed.quotes} for claimed in statements]
    several: list[DraftStatement] = []
    groups: dict[tuple[str, str], list[DraftStatement]] = defaultdict(list)
    for claimed, ids in zip(statements, own, strict=True):
        if len(ids) == 1 and ids <= cited:
            letter = letters[next(iter(ids))]
            heading = dated_heading(letter, by_body=by_body)
            groups[letter.card.value("date") or _LAST, heading].append(replace(claimed, heading=heading))
        else:
            several.append(replace(claimed, heading=""))
    # Letters of one day stay in the order in which they are cited.
    by_date = sorted(groups.items(), key=lambda group: group[0][0])
    return (*several, *(claimed for _, group in by_date for claimed in group))


def letter_by_letter(draft: Draft, letters: Mapping[str, Letter]) -> tuple[Draft, int]:
    """Return a draft with its statements in the order of their letters, and how many letters these are.

    A statement on several letters goes before.

    Args:
        letters: in the order that is wanted.
    """
    place = {letter_id: at for at, letter_id in enumerate(letters)}

    def first(claimed: DraftStatement) -> int:
        own = {place[letter_id] for letter_id, _ in claimed.quotes if letter_id in place}
        return own.pop() if len(own) == 1 else -1

    cited = {letter_id for claimed in draft.statements for letter_id, _ in claimed.quotes}
    return replace(draft, statements=tuple(sorted(draft.statements, key=first))), len(cited & set(place))


def _of_two_dates(letter_ids: set[str], letters: Mapping[str, Letter]) -> bool:
    """Whether some author has letters of two dates, or one with and one without a date, among these."""
    dates: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
    for letter_id in letter_ids:
        card = letters[letter_id].card
        if author := tuple(word for word in tokens(card.value("author") or "") if word not in TITLES):
            dates[author].add(card.value("date"))
    return any(len(each) > 1 for each in dates.values())
