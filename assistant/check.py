"""Somebody's draft held against the letters: what came of each of its quotations and figures.

Words are verified by `quote_index` alone, never by likeness. A check reads the draft once; what takes time is making
the indexes, which a `Checker` does once for the letters that it is given.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.attribution import Attributor, said_before, without
from assistant.check_figures import FigureChecker, FigureOutcome
from assistant.check_quotes import QuoteChecker, QuoteOutcome
from assistant.cite import Numbering, make_citation, who
from assistant.draft_figures import PERIODS, Figure, claimed_figures, letter_dates
from assistant.draft_quotes import UNSEEN, Marked, find_marked, written
from assistant.draft_text import DraftText, Paragraph, sentences, take_apart
from assistant.finding import Finding, Kind, Verdict
from assistant.named_letters import Attribution
from assistant.nearest import NearestIndex
from assistant.quote_index import QuoteIndex
from vectorstore.letter import Letter
from vectorstore.words import stems

NAMES: dict[Kind, str] = {"quote": "quotation", "figure": "figure"}
_WORDS = {
    "altered": "altered",
    "misattributed": "misattributed",
    "cannot_check": "cannot be checked",
    "not_found": "not found",
    "not_checked": "not checked",
    "verified": "verified",
}


class Checker:
    """Checks drafts against the letters it is made with.

    Example:
        for finding in Checker(store.letters()).check("Hill wrote: “We agree.”"):
            print(finding.verdict, finding.difference)
    """

    def __init__(self, letters: Sequence[Letter], index: QuoteIndex | None = None) -> None:
        self._letters = {letter.id: letter for letter in letters}
        nearest = NearestIndex(letters)
        self._attributor = Attributor(letters)
        self._quotes = QuoteChecker(letters, index or QuoteIndex(letters), nearest)
        self._figures = FigureChecker(letters, nearest)

    def check(self, text: str) -> list[Finding]:
        """Return what came of each quotation and figure, in the order of the draft."""
        draft, numbering = take_apart(text), Numbering()
        found: list[Finding] = []
        for paragraph in draft.paragraphs:
            spans = sentences(paragraph)
            for marked in paragraph.marked:
                sentence = _around(spans, marked.start, paragraph)
                found += self._quotation(draft, paragraph, sentence, marked, numbering)
            for sentence in spans if paragraph.kind != "heading" else ():
                found += self._sentence(draft, paragraph, sentence, numbering)
        return sorted(found, key=lambda finding: (finding.start, finding.kind))

    def _quotation(
        self,
        draft: DraftText,
        paragraph: Paragraph,
        sentence: tuple[int, int],
        marked: Marked,
        numbering: Numbering,
    ) -> Iterator[Finding]:
        said = self._attributor.of_quote(draft, paragraph, sentence, *marked.spans[0])
        credited = said.how in {"citation", "link"} or said_before(draft.text[sentence[0] : marked.start])
        outcome = self._quotes.check(marked, said, credited=credited)
        if outcome.verdict in {"not_found", "altered"} and (paragraph.kind == "block" or not marked.closed):
            # What is set off or never closed may be the draft's own words around a quotation.
            inner = [(each, self._quotes.check(each, said)) for each in _inside(marked)]
            if inner and any(each.verdict == "verified" for _, each in inner):
                for each, came in inner:
                    yield self._finding(each, came, numbering)
                return
        yield self._finding(marked, outcome, numbering)

    def _finding(self, marked: Marked, outcome: QuoteOutcome, numbering: Numbering) -> Finding:
        citation = None
        notes = list(outcome.notes)
        if outcome.place:
            letter = self._letters[outcome.place[0]]
            citation = make_citation(letter, *outcome.place[1:], numbering)
            if citation.speaker and outcome.verdict == "verified":
                notes.insert(0, f"In the letter these are words of {citation.speaker}.")
        loud = outcome.loud or len(notes) > len(outcome.notes)
        return Finding(
            "quote", written(marked), outcome.verdict, citation, outcome.difference, " ".join(notes), loud,
            marked.start, marked.end,
        )  # fmt: skip

    def _sentence(
        self, draft: DraftText, paragraph: Paragraph, sentence: tuple[int, int], numbering: Numbering
    ) -> Iterator[Finding]:
        first, last = sentence
        quoted = [(start - first, end - first) for start, end in paragraph.quoted]
        whole = without(paragraph.text[first - paragraph.start : last - paragraph.start], quoted)
        places = [first + at for at, character in enumerate(whole) if character != UNSEEN]
        own = whole.replace(UNSEEN, "")
        figures = [each for each in claimed_figures(own) if not self._figures.is_name(each, own)]
        dates = letter_dates(own)
        if not figures and not dates:
            return
        said = self._attributor.of_sentence(draft, paragraph, sentence)
        for figure in figures:
            span = (places[figure.start], places[figure.end - 1] + 1)
            outcome = self._figures.look_up(figure, own, said.letter_ids, self._names(said))
            yield self._figure(figure, own, span, said, outcome, numbering)
        for figure, whose in dates:
            span = (places[figure.start], places[figure.end - 1] + 1)
            dated = self._figures.letter_date(figure, own, whose, said.letter_ids)
            if dated:
                yield self._figure(figure, own, span, said, dated, numbering)

    def _figure(
        self,
        figure: Figure,
        own: str,
        span: tuple[int, int],
        said: Attribution,
        outcome: FigureOutcome,
        numbering: Numbering,
    ) -> Finding:
        verdict: Verdict = outcome.verdict
        note, citation = outcome.note, None
        if outcome.place:
            letter = self._letters[outcome.place.letter_id]
            citation = make_citation(letter, outcome.place.start, outcome.place.end, numbering)
            if verdict == "misattributed":
                note = f"The draft names {said.named}; the figure is in: {who(letter)}."
        elif said.letter_ids and not note:
            unread = [
                i for i in said.letter_ids if any(r.how == "unreadable" for r in self._letters[i].reads)
            ]
            if unread:
                verdict = "cannot_check"
                citation = make_citation(self._letters[unread[0]], 0, 0, numbering)
                note = f"Not every page of {self._letters[unread[0]].source} could be read."
            else:
                note = f"Nothing like it is in the {_counted(len(said.letter_ids))} of {said.named}."
        loud = verdict not in {"verified", "not_found"} or (
            verdict == "not_found"
            and bool(said.letter_ids)
            and (figure.unit not in PERIODS - {"date"} or bool(outcome.note))
            and said.how != "heading"
        )
        if said.note:
            note, loud = f"{note} {said.note}".strip(), True
        written_so = " ".join(own[figure.start : figure.end].split())
        return Finding(
            "figure", written_so, verdict, citation, outcome.difference, note, loud,
            *span, " ".join(own.split()),
        )  # fmt: skip

    def _names(self, said: Attribution) -> frozenset[str]:
        """Return the stems that only say which letter a sentence is about."""
        cards = (self._letters[letter_id].card for letter_id in said.letter_ids)
        values = (card.value(field) or "" for card in cards for field in ("author", "office", "area"))
        return frozenset(stem for value in values for stem in stems(value))


def summary(findings: Sequence[Finding]) -> str:
    """Count what came of a draft: 12 quotations and 5 figures: 2 altered, 1 misattributed, 14 verified."""
    if not findings:
        return "No quotation and no figure was found in the draft."
    kinds = Counter(finding.kind for finding in findings)
    counted = [
        f"{kinds[kind]:,} {name}{'' if kinds[kind] == 1 else 's'}"
        for kind, name in NAMES.items()
        if kinds[kind]
    ]
    verdicts = Counter("not_checked" if each.is_unchecked else each.verdict for each in findings)
    came = [f"{verdicts[verdict]:,} {words}" for verdict, words in _WORDS.items() if verdicts[verdict]]
    return f"{' and '.join(counted)}: {', '.join(came)}."


def _around(spans: Sequence[tuple[int, int]], at: int, paragraph: Paragraph) -> tuple[int, int]:
    """Return the sentence that a position stands in."""
    return next((span for span in spans if span[0] <= at < span[1]), (paragraph.start, paragraph.end))


def _inside(marked: Marked) -> list[Marked]:
    """Return what stands in quotation marks within a quotation."""
    found = find_marked([(marked.spans[0][0], marked.parts[0])])[0]
    return [each for each in found if each.closed]


def _counted(number: int) -> str:
    return "letter" if number == 1 else f"{number:,} letters"
