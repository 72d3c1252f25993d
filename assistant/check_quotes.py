"""One quotation of a draft held against the letters: where it stands, whose it is, or where it comes nearest (pure)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.cite import who, whole_sentences
from assistant.draft_figures import find_figures
from assistant.draft_quotes import Marked, parts_and_seams, spellings, written
from assistant.finding import Verdict
from assistant.fold import plain
from assistant.named_letters import Attribution
from assistant.nearest import Near, NearestIndex, difference
from assistant.quote_index import QuoteIndex, touching
from assistant.seams import changes_edge, changes_sense, close_to
from vectorstore.letter import Letter
from vectorstore.sentences import sentence_spans
from vectorstore.words import tokens

SCARE_WORDS = 3  # so few in quotation marks are more often a way of speaking than a quotation
_FAR_WORDS = 60  # left out at once: a reader should know
_SHOWN_WORDS = 12
_MOST_STARTS = 50
_DENIES = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|unable|fail(?:s|ed)?|refus\w+|den(?:y|ies|ied)|\w+n't)\b",
    re.I,
)
NEVER_CLOSED = "Its quotation mark is never closed: checked up to “{last}”."
BRACKETS = "Words in brackets are the drafter’s and were not checked."
CHANGED = "What it leaves out or puts in brackets is a denial, a figure or a name."
GONE = "The letter that the link names ({id}) is not in the store: it was removed or replaced, or the link was changed."
ELSEWHERE = "The link points at other words than these."
SEAM = (
    "The same words stand there in this order, but marks of a list come between them, or they are not one speaker’s:"
    " read them in the letter."
)
PAGE_BREAK = "It runs over a page break; what is printed at the foot or head of the page is left out."

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class QuoteOutcome:
    """What came of a quotation; `place` is (letter id, start, end), or None where nothing was found."""

    verdict: Verdict
    place: Place | None = None
    difference: str = ""
    notes: tuple[str, ...] = ()
    loud: bool = True


class QuoteChecker:
    """Holds quotations against letters."""

    def __init__(self, letters: Sequence[Letter], index: QuoteIndex, nearest: NearestIndex) -> None:
        self._letters = {letter.id: letter for letter in letters}
        self._index = index
        self._nearest = nearest
        cards = (letter.card.value(field) or "" for letter in letters for field in ("author", "area"))
        self._names = frozenset(word for value in cards for word in tokens(value))

    def check(self, marked: Marked, said: Attribution, *, credited: bool = False) -> QuoteOutcome:
        """Return what came of a quotation.

        Args:
            said: whose words the draft says they are.
            credited: whether it says so straight beside it: such words are no way of speaking, however few.
        """
        whole, (parts, seams) = written(marked), parts_and_seams(marked)
        if not parts:
            return QuoteOutcome("not_found", notes=(BRACKETS,), loud=False)
        found = self._find(whole, said.letter_ids) or (
            self._find(parts[0], said.letter_ids) if len(parts) == 1 else []
        )
        if found:
            outcome = self._at_edges(self._settled(found, said), parts, seams)
        elif not marked.closed:
            return self._unclosed(parts[0], said)
        elif len(parts) > 1:
            outcome = self._in_parts(parts, seams, said)
        else:
            outcome = self._unfound(parts[0], said)
        notes = [said.note] if said.note else []
        if "[" in whole and outcome.verdict == "verified":
            notes.append(BRACKETS)
        count = len(whole.split())
        quiet = count <= SCARE_WORDS and outcome.verdict in {"not_found", "misattributed"}
        quiet = quiet and not credited and not any(c.isdigit() for c in whole) and not find_figures(whole)
        loud = (
            outcome.loud and not quiet and (outcome.verdict != "verified" or bool(outcome.notes or said.note))
        )
        return replace(outcome, notes=(*outcome.notes, *notes), loud=loud)

    # -- found as it is --------------------------------------------------------------------------

    def _find(self, words: str, named: Collection[str]) -> list[Place]:
        """Return where words stand, in a named letter if any spelling does."""
        first: list[Place] = []
        for spelling in spellings(words):
            found = self._index.find(spelling)
            if any(place[0] in named for place in found) or (found and not named):
                return found
            first = first or found
        return first

    def _settled(self, found: Sequence[Place], said: Attribution) -> QuoteOutcome:
        """Say whose words these are, which stand word for word at each of these places."""
        inside = [place for place in found if place[0] in said.letter_ids]
        if inside:
            place = next(
                (p for p in inside if said.span and p[1] < said.span[1] and said.span[0] < p[2]), inside[0]
            )
            astray = bool(said.span) and place[0] == inside[0][0] and not _overlap(place, said.span)
            return QuoteOutcome(
                "verified", place, notes=((ELSEWHERE,) if astray else ()) + self._turned(place)
            )
        place = found[0]
        owner = who(self._letters[place[0]])
        if said.letter_ids:
            unreadable = self._unreadable(said.letter_ids)
            if unreadable:
                return QuoteOutcome(
                    "cannot_check", place, notes=(f"{unreadable} The words stand in: {owner}.",)
                )
            return QuoteOutcome(
                "misattributed", place, notes=(f"The draft names {said.named}; the words are in: {owner}.",)
            )
        if said.how == "link":
            return QuoteOutcome(
                "verified", place, notes=(GONE.format(id=said.unknown), f"Found in: {owner}.")
            )
        if said.unknown and not self._speaks_there(place, said.unknown):
            note = (
                f"The draft names {said.unknown}, who wrote none of the letters; the words are in: {owner}."
            )
            return QuoteOutcome("misattributed", place, notes=(note,))
        held = len({letter_id for letter_id, _, _ in found})
        also = (f"The same words stand in {held} letters.",) if held > 1 else ()
        outcome = QuoteOutcome("verified", place, notes=self._turned(place))
        return replace(outcome, notes=(*outcome.notes, *also), loud=bool(outcome.notes))

    def _speaks_there(self, place: Place, name: str) -> bool:
        """Whether a letter itself says, where the words stand, that they are this person's."""
        letter = self._letters[place[0]]
        around = letter.text[max(0, place[1] - 300) : place[2] + 300]
        return name.rpartition(" ")[2] in around

    def _turned(self, place: Place) -> tuple[str, ...]:
        """Return a note where the letter's sentence denies what the words alone affirm."""
        letter = self._letters[place[0]]
        start, end = whole_sentences(letter, place[1], place[2])
        before, after = letter.text[start : place[1]], letter.text[place[2] : end]
        if _DENIES.search(plain(letter.text[place[1] : place[2]])) or len(before) + len(after) > 600:
            return ()
        close = (
            " ".join(plain(before).split()[-6:]),
            " ".join(re.split(r"[;:.]", plain(after), maxsplit=1)[0].split(maxsplit=6)[:6]),
        )
        if any(_DENIES.search(words) for words in close):
            return (f"In the letter the whole sentence reads: “{' '.join(letter.text[start:end].split())}”",)
        return ()

    # -- in parts ---------------------------------------------------------------------------------

    def _in_parts(self, parts: Sequence[str], seams: Sequence[str], said: Attribution) -> QuoteOutcome:
        """Check what stands between points of omission part by part: all of it must be in one letter, in order."""
        changed: QuoteOutcome | None = None
        places = [self._find_everywhere(part) for part in parts]
        held = [{letter_id for letter_id, _, _ in found} for found in places]
        shared = set.intersection(*held)
        ordered = sorted(shared, key=lambda each: each not in said.letter_ids)
        for letter_id in ordered:
            spans = [[(start, end) for each, start, end in found if each == letter_id] for found in places]
            chain = _tightest(spans)
            if chain is None:
                continue
            others = [(each, *chain_span(chain)) for each in [letter_id]]
            outcome = self._at_edges(self._settled(others, said), parts, seams)
            note, loud = self._left_out(letter_id, chain)
            outcome = replace(
                outcome, notes=(note, *outcome.notes), loud=loud or outcome.verdict != "verified"
            )
            differs = self._seam(letter_id, chain, parts, seams) if outcome.verdict == "verified" else ""
            if not differs:
                return outcome
            changed = changed or replace(
                outcome, verdict="altered", difference=differs, notes=(CHANGED, *outcome.notes), loud=True
            )
        if changed:
            return changed
        if shared:
            letter_id = ordered[0]
            first = next(place for place in places[0] if place[0] == letter_id)
            return QuoteOutcome(
                "altered", first, notes=("Its parts stand in this letter, but not in this order.",)
            )
        if all(held):
            first = min(places[0], key=lambda place: place[0] not in said.letter_ids)
            owners = "; ".join(dict.fromkeys(who(self._letters[found[0][0]]) for found in places))
            return QuoteOutcome(
                "altered", first, notes=(f"No one letter has all its parts. They are from: {owners}.",)
            )
        near = frozenset().union(*held) & said.letter_ids or frozenset().union(*held)
        return self._worst(parts, places, replace(said, letter_ids=said.letter_ids or near))

    def _seam(
        self, letter_id: str, chain: Sequence[tuple[int, int]], parts: Sequence[str], seams: Sequence[str]
    ) -> str:
        """Return the difference at the first seam where what is left out or put in changes the sense, or ""."""
        letter = self._letters[letter_id]
        kept = " ".join([*parts, *(letter.card.value(field) or "" for field in ("author", "office", "area"))])
        for at, ((start, a_end), (b_start, end)) in enumerate(pairwise(chain), start=1):
            put = seams[at]
            if changes_sense(letter.text[a_end:b_start], put, kept, self._names):
                return difference(letter.text[start:end], f"{parts[at - 1]} {put} {parts[at]}")
        return ""

    def _at_edges(self, outcome: QuoteOutcome, parts: Sequence[str], seams: Sequence[str]) -> QuoteOutcome:
        """Look at what is put in brackets before or after verified words: it may deny, count or name something."""
        if outcome.verdict != "verified" or outcome.place is None or not (seams[0] or seams[-1]):
            return outcome
        letter_id, start, end = outcome.place
        letter = self._letters[letter_id]
        first, last = whole_sentences(letter, start, end)
        before, after = letter.text[first:start], letter.text[end:last]
        kept = " ".join([*parts, *(letter.card.value(field) or "" for field in ("author", "office", "area"))])
        if seams[0] and changes_edge(close_to(before, at_end=True), before, seams[0], kept, self._names):
            differs = difference(letter.text[first:end], f"{seams[0]} {parts[0]}")
        elif seams[-1] and changes_edge(close_to(after, at_end=False), after, seams[-1], kept, self._names):
            differs = difference(letter.text[start:last], f"{parts[-1]} {seams[-1]}")
        else:
            return outcome
        return replace(
            outcome, verdict="altered", difference=differs, notes=(CHANGED, *outcome.notes), loud=True
        )

    def _worst(
        self, parts: Sequence[str], places: Sequence[Sequence[Place]], said: Attribution
    ) -> QuoteOutcome:
        """Return the worst that came of the parts, and say which part it is."""
        outcomes = [
            None if found else self._unfound(part, said) for part, found in zip(parts, places, strict=True)
        ]
        for verdict in ("cannot_check", "not_found", "altered"):
            for number, outcome in enumerate(outcomes, start=1):
                if outcome and outcome.verdict == verdict:
                    note = f"Its part {number} of {len(parts)}: “{parts[number - 1]}”."
                    return replace(outcome, notes=(note, *outcome.notes))
        raise AssertionError("one part at least was not found")

    def _find_everywhere(self, words: str) -> list[Place]:
        """Return where words stand in any of the ways in which a letter may have them."""
        return list(dict.fromkeys(place for way in spellings(words) for place in self._index.find(way)))

    def _left_out(self, letter_id: str, chain: Sequence[tuple[int, int]]) -> tuple[str, bool]:
        """Say what a quotation leaves out, and whether a reader should look at it."""
        text = self._letters[letter_id].text
        gaps = [" ".join(text[a_end:b_start].split()) for (_, a_end), (b_start, _) in pairwise(chain)]
        count = sum(len(gap.split()) for gap in gaps)
        denies = any(_DENIES.search(plain(gap)) for gap in gaps)
        if denies or count <= _SHOWN_WORDS:
            shown = "; ".join(f"“{gap}”" for gap in gaps if any(c.isalnum() for c in gap))
            return (f"Left out of it: {shown}." if shown else "Nothing is left out of it."), denies
        return f"{count} words of the letter are left out of it.", count > _FAR_WORDS

    # -- not found --------------------------------------------------------------------------------

    def _unclosed(self, words: str, said: Attribution) -> QuoteOutcome:
        """Check a quotation that never ends sentence by sentence, since nobody knows where it should."""
        spans = sentence_spans(words)
        clauses = [end for _, end in spans] + [m.start() for m in re.finditer(r"[,;:] ", words)]
        for end in sorted(set(clauses), reverse=True):
            tried = words[:end]
            found = self._find(tried, said.letter_ids) if len(tried.split()) > SCARE_WORDS else []
            if found:
                outcome = self._settled(found, said)
                break
        else:
            tried = words[: spans[0][1]] if spans else words
            outcome = self._unfound(tried, said)
        last = " ".join(tried.split()[-4:])
        return replace(outcome, notes=(NEVER_CLOSED.format(last=last), *outcome.notes), loud=True)

    def _unfound(self, words: str, said: Attribution) -> QuoteOutcome:
        """Say where words that stand nowhere come nearest, or that they cannot be checked."""
        near = self._nearest.nearest(words, said.letter_ids) or self._nearest.one_word_off(
            words, said.letter_ids
        )
        if near and near.letter_id in said.letter_ids:
            return self._altered(near, words)
        if unreadable := self._unreadable(said.letter_ids):
            letter_id = next(each for each in sorted(said.letter_ids) if self._pages_unread(each))
            return QuoteOutcome("cannot_check", (letter_id, 0, 0), notes=(unreadable,))
        if near:
            outcome = self._altered(near, words)
            other = said.named if said.letter_ids else said.unknown if said.how != "link" else ""
            if not other or outcome.verdict != "altered":
                return outcome
            owner = who(self._letters[near.letter_id])
            return replace(
                outcome, notes=(*outcome.notes, f"The draft names {other}; it is nearest to: {owner}.")
            )
        if said.how == "link" and said.unknown:
            return QuoteOutcome("cannot_check", notes=(GONE.format(id=said.unknown),))
        return QuoteOutcome("not_found")

    def _altered(self, near: Near, words: str) -> QuoteOutcome:
        place = (near.letter_id, near.start, near.end)
        if self._is_over_a_page(near, words):
            return QuoteOutcome("verified", place, notes=(PAGE_BREAK,))
        notes = () if near.difference else (SEAM,)
        return QuoteOutcome("altered", place, near.difference, notes)

    def _is_over_a_page(self, near: Near, words: str) -> bool:
        """Whether the words are the letter's own to the letter, once what is printed on each page is left out."""
        letter = self._letters[near.letter_id]
        touched = touching(near.start, near.end, letter.blocks)
        own = [block for block in touched if block.role not in {"furniture", "remark"}]
        if len(own) < 2 or len(own) == len(touched) or len({block.speaker for block in own}) > 1:
            return False
        runs = (letter.text[max(near.start, block.start) : min(near.end, block.end)] for block in own)
        theirs = " ".join(plain(" ".join(runs)).split())
        return any(
            " ".join(plain(way).split()).strip(" .,;:") == theirs.strip(" .,;:") for way in spellings(words)
        )

    def _pages_unread(self, letter_id: str) -> int:
        return sum(read.how == "unreadable" for read in self._letters[letter_id].reads)

    def _unreadable(self, named: Collection[str]) -> str:
        """Say which of the named letters could not be read in full, or ""."""
        for letter_id in sorted(named):
            count = self._pages_unread(letter_id)
            if count:
                letter = self._letters[letter_id]
                return f"{count} of the {len(letter.reads)} pages of {letter.source} ({who(letter)}) could not be read."
        return ""


def chain_span(chain: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return from where to where a chain of spans reaches."""
    return chain[0][0], chain[-1][1]


def _overlap(place: Place, span: tuple[int, int] | None) -> bool:
    return span is not None and place[1] < span[1] and span[0] < place[2]


def _tightest(spans: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]] | None:
    """Return one span of each part, in order and as close together as can be; None where there is no such order."""
    return min(_chains(spans), key=lambda chain: chain[-1][1] - chain[0][0], default=None)


def _chains(spans: Sequence[Sequence[tuple[int, int]]]) -> Iterator[list[tuple[int, int]]]:
    for first in sorted(spans[0])[:_MOST_STARTS]:
        chain = [first]
        for part in spans[1:]:
            following = min((span for span in part if span[0] >= chain[-1][1]), default=None)
            if following is None:
                return
            chain.append(following)
        yield chain
