"""A draft's figures held against the letters: the same about the same thing, or another in its place (pure)."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from assistant.draft_figures import PERIODS, Figure, content, find_figures
from assistant.exchanged import exchanged
from assistant.nearest import NearestIndex
from assistant.service_numbers import service_numbers
from vectorstore.dates import written
from vectorstore.letter import Letter
from vectorstore.sentences import sentence_spans
from vectorstore.words import stem, tokens

# Share of a sentence's telling words, by weight, that a letter's sentence has when its figure stands there.
SAME_THING = 0.34
SAME_SENTENCE = (
    0.55  # the same, for its figure to be the one that was changed; and for a letter that nobody named
)
_TELLING_DIGITS = 4  # so many digits stand by chance nowhere
_MOST_LETTERS = 40  # of one author or area, that are read whole for one figure

NOT_THEIRS = "No letter of theirs in the store bears that date."
EXCHANGED = "Both figures stand in the letter, but each in the other’s place."

FigureVerdict = Literal["verified", "altered", "misattributed", "not_found"]


class Place(NamedTuple):
    """Where in a letter a figure stands."""

    letter_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FigureOutcome:
    """What came of one figure; `place` is None where nothing was found."""

    verdict: FigureVerdict
    place: Place | None = None
    difference: str = ""
    note: str = ""


class _Sentence(NamedTuple):
    start: int
    end: int
    content: dict[str, float]
    figures: list[Figure]


class FigureChecker:
    """Looks figures up in letters, sentence by sentence; a letter is taken apart once, when it is first needed."""

    def __init__(self, letters: Sequence[Letter], nearest: NearestIndex) -> None:
        self._letters = {letter.id: letter for letter in letters}
        self._nearest = nearest
        self._blocks: dict[tuple[str, int], list[_Sentence]] = {}
        self._read: dict[str, list[_Sentence]] = {}
        self._called = service_numbers(letters)
        self._last: tuple[str, list[tuple[float, str, _Sentence]]] | None = (
            None  # a sentence has several figures
        )

    def is_name(self, figure: Figure, sentence: str) -> bool:
        """Whether a number only names, as the letters use it: the 999 of "999 calls" counts nothing."""
        nouns = self._called.get(sentence[figure.start : figure.end].strip())
        following = tokens(sentence[figure.end : figure.end + 40])[:1]
        return nouns is not None and (not figure.counts or bool(following and stem(following[0]) in nouns))

    def letter_date(
        self, figure: Figure, sentence: str, whose: str, named: Collection[str]
    ) -> FigureOutcome | None:
        """Hold the date that a draft gives to a letter against the card; None where it may be another's letter.

        Args:
            whose: "her", "the", or a name in the possessive.
            named: letters of whom the sentence is about.
        """
        fields = {letter_id: self._letters[letter_id].card.date for letter_id in named}
        for letter_id, field in fields.items():
            if field and field.value.startswith(figure.value):
                return FigureOutcome("verified", Place(letter_id, field.start or 0, field.end or 0))
        names = {
            word
            for letter_id in named
            for part in ("author", "office", "area")
            for word in tokens(self._letters[letter_id].card.value(part) or "")
        }
        is_name = whose[-1] in "'’" or whose[-2:-1] in {"'", "’"}
        if not fields or not all(fields.values()) or (is_name and not names & set(tokens(whose))):
            return None
        if any(
            _agrees(figure, other)
            for each in named
            for there in self._with_figures(each)
            for other in there.figures
        ):
            return None  # a letter that theirs speaks of
        if len(fields) > 1:
            return FigureOutcome("not_found", note=NOT_THEIRS)
        ((letter_id, field),) = fields.items()
        assert field is not None
        stands = field.start is not None and field.end is not None
        place = Place(letter_id, field.start or 0, field.end or 0) if stands else None
        theirs = written(field.value)
        ours = " ".join(sentence[figure.start : figure.end].split())
        return FigureOutcome("altered", place, f"[-{theirs}-]{{+{ours}+}}", f"The letter is dated {theirs}.")

    def look_up(
        self, figure: Figure, sentence: str, named: Collection[str], leave_out: frozenset[str]
    ) -> FigureOutcome:
        """Return what the letters say to a figure of a draft's sentence.

        Args:
            named: letters that the sentence is about; () where it does not say.
            leave_out: stems that only say which letter is meant.
        """
        said = {stem: weight for stem, weight in content(sentence).items() if stem not in leave_out}
        if named:
            outcome = self._in_named(figure, sentence, said, named)
            if outcome is not None:
                return outcome
        last = self._last
        if last is None or last[0] != sentence:
            last = self._last = (sentence, self._near(sentence, said))
        near = [found for found in last[1] if found[1] not in named]
        for share, letter_id, there in near:
            same = _same(figure, there.figures, said, share)
            if share >= SAME_SENTENCE and same is not None:
                return FigureOutcome(
                    "misattributed" if named else "verified", self._place(letter_id, there, same)
                )
        for share, letter_id, there in [] if named else near:
            if share >= SAME_SENTENCE and (other := _other(figure, sentence, there.figures)):
                return self._altered(figure, sentence, letter_id, there, other)
        return FigureOutcome("not_found")

    def _in_named(
        self, figure: Figure, sentence: str, said: dict[str, float], named: Collection[str]
    ) -> FigureOutcome | None:
        if figure.unit in {"date", "month", "year"}:
            for letter_id in named:
                field = self._letters[letter_id].card.date
                if field and field.value.startswith(figure.value):
                    return FigureOutcome("verified", Place(letter_id, field.start or 0, field.end or 0))
        read = [
            (_share(said, there.content), letter_id, there)
            for letter_id in sorted(named)[:_MOST_LETTERS]
            for there in self._with_figures(letter_id)
        ]
        read.sort(key=lambda found: -found[0])
        if figure.unit in PERIODS and (outcome := self._period(figure, sentence, said, read)):
            return outcome
        turned: FigureOutcome | None = None
        for share, letter_id, there in read:
            same = _same(figure, there.figures, said, share)
            if same is None:
                continue
            turned = turned or self._turned(figure, sentence, letter_id, there, share)
            # The same figure of another sentence is no answer to that.
            if turned is None or (
                share >= SAME_SENTENCE and not self._turned(figure, sentence, letter_id, there, share)
            ):
                return FigureOutcome("verified", self._place(letter_id, there, same))
        if turned:
            return turned
        for share, letter_id, there in read[:3]:
            if share >= SAME_SENTENCE and (other := _other(figure, sentence, there.figures)):
                return self._altered(figure, sentence, letter_id, there, other)
        return None

    def _period(
        self,
        figure: Figure,
        sentence: str,
        said: dict[str, float],
        read: Sequence[tuple[float, str, _Sentence]],
    ) -> FigureOutcome | None:
        """Look for a year or month where the letters say the same thing: in that sentence it must stand."""
        counted = [each for each in find_figures(sentence) if each.unit not in PERIODS]
        about = [
            found
            for found in read
            if found[0] >= SAME_SENTENCE
            or (
                found[0] >= SAME_THING
                and any(_same(each, found[2].figures, said, found[0]) for each in counted)
            )
        ]
        for _, letter_id, there in about:
            same = next((other for other in there.figures if _agrees(figure, other)), None)
            if same:
                return FigureOutcome("verified", self._place(letter_id, there, same))
        for _, letter_id, there in about:
            if other := _other(figure, sentence, there.figures):
                return self._altered(figure, sentence, letter_id, there, other)
        return None

    def _turned(
        self, figure: Figure, sentence: str, letter_id: str, there: _Sentence, share: float
    ) -> FigureOutcome | None:
        """Say so where the letter's sentence has this figure in another's place, and the other in this one's."""
        if share < SAME_THING or len(there.figures) < 2:
            return None
        theirs = self._letters[letter_id].text[there.start : there.end]
        for pair, _ in exchanged(sentence, [theirs]):
            if (pair.ours.start, pair.ours.end) == (figure.start, figure.end):
                outcome = self._altered(figure, sentence, letter_id, there, pair.theirs)
                return FigureOutcome("altered", outcome.place, outcome.difference, EXCHANGED)
        return None

    def _altered(
        self, figure: Figure, sentence: str, letter_id: str, there: _Sentence, other: Figure
    ) -> FigureOutcome:
        theirs = self._letters[letter_id].text[there.start + other.start : there.start + other.end]
        ours = sentence[figure.start : figure.end]
        difference = f"[-{' '.join(theirs.split())}-]{{+{' '.join(ours.split())}+}}"
        return FigureOutcome("altered", self._place(letter_id, there, other), difference)

    @staticmethod
    def _place(letter_id: str, there: _Sentence, figure: Figure) -> Place:
        return Place(letter_id, there.start + figure.start, there.start + figure.end)

    def _near(self, sentence: str, said: dict[str, float]) -> list[tuple[float, str, _Sentence]]:
        """Return the sentences of all letters that share most words with a draft's, best first."""
        words = [word for word in sentence.split() if any(c.isalpha() for c in word)]
        found = []
        for letter_id, at in self._nearest.around([w.strip(".,;:()\"'“”‘’") for w in words]):
            for number, block in enumerate(self._letters[letter_id].blocks):
                if block.start <= at + 200 and at <= block.end + 200:
                    found += [
                        (_share(said, there.content), letter_id, there)
                        for there in self._sentences(letter_id, number)
                    ]
        return sorted(found, key=lambda each: -each[0])

    def _with_figures(self, letter_id: str) -> list[_Sentence]:
        """Return the sentences of a letter that have figures."""
        if letter_id not in self._read:
            numbers = range(len(self._letters[letter_id].blocks))
            self._read[letter_id] = [
                there for number in numbers for there in self._sentences(letter_id, number) if there.figures
            ]
        return self._read[letter_id]

    def _sentences(self, letter_id: str, number: int) -> list[_Sentence]:
        key = (letter_id, number)
        if key not in self._blocks:
            letter = self._letters[letter_id]
            block = letter.blocks[number]
            text = letter.text[block.start : block.end] if block.role not in {"furniture", "remark"} else ""
            self._blocks[key] = [
                _Sentence(
                    block.start + start,
                    block.start + end,
                    content(text[start:end]),
                    find_figures(text[start:end]),
                )
                for start, end in (sentence_spans(text) if text.strip() else [])
            ]
        return self._blocks[key]


def _share(said: dict[str, float], there: dict[str, float]) -> float:
    """Return how much of what is said, by weight, the other sentence says too: 0 to 1."""
    whole = sum(said.values())
    return sum(weight for stem, weight in said.items() if stem in there) / whole if whole else 0.0


def _same(figure: Figure, others: Sequence[Figure], said: dict[str, float], share: float) -> Figure | None:
    """Return the letter's figure that is this one, about the same thing."""
    for other in others:
        if not _agrees(figure, other):
            continue
        counts = bool(figure.counts & other.counts) or bool(other.counts & set(said))
        tells = sum(c.isdigit() for c in figure.value.rstrip("0")) >= 3 or "." in figure.value
        tells = tells or sum(c.isdigit() for c in figure.value) >= _TELLING_DIGITS or figure.unit == "date"
        if tells or counts or share >= SAME_THING:
            return other
    return None


def _agrees(figure: Figure, other: Figure) -> bool:
    """Whether a letter's figure is a draft's, or a date within the draft's month or year."""
    if figure.unit in {"year", "month"} and other.unit in {"date", "month"}:
        return other.value.startswith(figure.value)
    return figure.value == other.value and (
        figure.unit == other.unit or {figure.unit, other.unit} == {"", "year"}
    )


def _other(figure: Figure, sentence: str, others: Sequence[Figure]) -> Figure | None:
    """Return the letter's figure in whose place this one stands: of its unit, and not in that sentence itself."""
    ours = {each.value for each in find_figures(sentence)}
    fitting = [other for other in others if other.unit == figure.unit and other.value not in ours]
    return max(
        fitting,
        key=lambda other: (len(other.counts & figure.counts), -_distance(figure, other)),
        default=None,
    )


def _distance(figure: Figure, other: Figure) -> float:
    """Return how far two numbers are apart, as a ratio: the one that was changed is more often the nearer."""
    if figure.unit in PERIODS:
        return 0.0
    ours, theirs = abs(float(Fraction(figure.value))), abs(float(Fraction(other.value)))
    return abs(math.log10(ours / theirs)) if ours and theirs else math.inf
