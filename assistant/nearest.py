"""Where letters come nearest to words that none of them holds, and what differs (pure).

What is found here is only ever reported as altered: likeness verifies nothing.
"""

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.draft_figures import find_figures
from assistant.fold import plain
from vectorstore.letter import Letter
from vectorstore.words import rarity

# Share of a quotation's words, weighed by how much they tell, that the letter has too, in order; of few words more.
ALTERED = 0.48
ALTERED_FEW = 0.7  # divided by the number of its words and added
MIN_WORDS = 4  # fewer are like something everywhere
_WORD = re.compile(r"[^\W_]+(?:[.,](?=\d)[^\W_]+)*")
_PIECE = re.compile(r"[£$€]?\d+(?:[.,/:]\d+)*%?|[^\W_]+(?:['-][^\W_]+)*|[^\w\s]|_")
_BULLET = re.compile(r"[•▪◦]|(?m:^[ \t]*-[ \t]+)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s|\n\s*\n")
_MOST_PLACES = 20_000  # of a word in all letters; a commoner one tells nothing
_TELLING = 14  # words of a quotation that are looked up
_ENOUGH_PLACES = 10_000  # of all of them together
_CANDIDATES = 3
_BIN = 16
_APART = 64  # between two letters, so that no run of words goes from one into the next
_AROUND = 4  # words shown beside a difference
_TELLS = 1.5  # as vectorstore.words.rarity

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Near:
    """The words of a letter that come nearest.

    Args:
        score: 0 to 1, higher is nearer.
        difference: the letter's words in `[-…-]`, the draft's in `{+…+}`; "" where only typography differs.
    """

    letter_id: str
    start: int
    end: int
    score: float
    difference: str


class NearestIndex:
    """All words of the letters with their places, so that the nearest words are found without reading them anew."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._letters = list(letters)
        self._known: dict[str, int] = {}
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        self._first: list[int] = []  # where each letter's words begin
        for letter in self._letters:
            self._first.append(len(ids))
            for word in _WORD.finditer(letter.text):
                ids.append(self._known.setdefault(_key(word[0]), len(self._known)))
                starts.append(word.start())
                ends.append(word.end())
            ids += [-1] * _APART
            starts += [0] * _APART
            ends += [0] * _APART
        self._ids = np.array(ids or [-1], dtype=np.int64)
        self._starts, self._ends = np.array(starts or [0]), np.array(ends or [0])
        self._order = np.argsort(self._ids, kind="stable")
        wanted = np.arange(len(self._known) + 1)
        self._bounds = np.searchsorted(self._ids[self._order], wanted)
        self._firsts = np.array(self._first or [0])
        self._of = {letter.id: number for number, letter in enumerate(self._letters)}

    def nearest(self, words: str, within: Collection[str] = ()) -> Near | None:
        """Return the nearest words of any letter, or None where nothing is near.

        Args:
            within: letters that go before all others where anything in them is near.
        """
        sought = [_key(word) for word in _WORD.findall(plain(words))]
        if len(sought) < MIN_WORDS:
            return None
        at_least = ALTERED + ALTERED_FEW / len(sought)
        best: dict[bool, tuple[float, int, int, int]] = {}
        numbers = {self._of[each] for each in within if each in self._of}
        for number, at in self._places(sought, numbers):
            preferred = number in numbers
            scored = self._score(sought, number, at)
            if scored and scored[0] >= at_least and scored[0] > best.get(preferred, (0.0,))[0]:
                best[preferred] = scored
        chosen = best.get(True) or best.get(False)
        if chosen is None:
            return None
        score, number, first, last = chosen
        letter = self._letters[number]
        start, end = int(self._starts[first]), int(self._ends[last])
        end = _with_point(letter.text, end, words)
        return Near(letter.id, start, end, round(score, 3), difference(letter.text[start:end], words))

    def one_word_off(self, words: str, within: Collection[str] = ()) -> Near | None:
        """Return where letters have two or three words but for one: but for a figure, or in letters that are named.

        Args:
            within: letters that are looked at; () for all.
        """
        sought = [_key(word) for word in _WORD.findall(plain(words))]
        if not 1 < len(sought) < MIN_WORDS:
            return None
        numbers = {self._of[each] for each in within if each in self._of}
        for off in range(len(sought)):
            others = [at for at in range(len(sought)) if at != off]
            counts = _is_figure(sought[off])
            telling = [rarity(sought[at]) >= _TELLS for at in others]
            if not (any(telling) if counts else len(sought) > 2 and within and all(telling)):
                continue
            ids = [self._known.get(sought[at], -2) for at in others]
            if min(ids) < 0:
                continue
            begin, stop = self._bounds[ids[0]], self._bounds[ids[0] + 1]
            for place in (self._order[begin:stop][:_MOST_PLACES] - others[0]).tolist():
                last = place + len(sought) - 1
                if place < 0 or last >= len(self._ids) or self._ids[place + off] < 0:
                    continue
                if any(self._ids[place + at] != wanted for at, wanted in zip(others, ids, strict=True)):
                    continue
                number = self._number(place)
                near = self._read(number, place, last, words)
                theirs = self._letters[number].text[self._starts[place + off] : self._ends[place + off]]
                if (not numbers or number in numbers) and (not counts or _is_figure(theirs)) and near:
                    return near
        return None

    def _read(self, number: int, first: int, last: int, words: str) -> Near | None:
        """Return the words of a letter from one to another; None where a sentence ends between them."""
        letter = self._letters[number]
        start, end = int(self._starts[first]), int(self._ends[last])
        if _SENTENCE_END.search(letter.text[start:end]):
            return None
        start -= words[:1] in {*"£$€"} and letter.text[start - 1 : start] in {*"£$€"}
        return Near(letter.id, start, end, 1.0, difference(letter.text[start:end], words))

    def around(self, words: Sequence[str], within: Collection[str] = ()) -> list[tuple[str, int]]:
        """Return places, as (letter id, code point), where most of these words stand together, best first."""
        sought = [_key(word) for word in words]
        numbers = {self._of[each] for each in within if each in self._of}
        found = []
        for number, at in self._places(sought, numbers, in_order=False):
            if not numbers or number in numbers:
                found.append((self._letters[number].id, int(self._starts[min(at, len(self._starts) - 1)])))
        return found

    def _places(
        self, sought: Sequence[str], preferred: Collection[int], *, in_order: bool = True
    ) -> list[tuple[int, int]]:
        """Return (letter, position) where telling words stand as far apart as in the quotation, most first."""
        known = {word: self._known[word] for word in dict.fromkeys(sought) if word in self._known}
        counts = {word: int(self._bounds[i + 1] - self._bounds[i]) for word, i in known.items()}
        telling = [word for word in sorted(known, key=lambda w: counts[w]) if counts[word] <= _MOST_PLACES]
        diagonals: list[Ints] = []
        weights: list[Ints] = []
        looked_up = 0
        for word in telling[:_TELLING]:
            looked_up += counts[word]
            if looked_up > _ENOUGH_PLACES and diagonals:
                break
            places = self._order[self._bounds[known[word]] : self._bounds[known[word] + 1]]
            for at in [at for at, each in enumerate(sought) if each == word][:3] if in_order else [0]:
                diagonals.append(places - at)
                weights.append(np.full(len(places), 100 + int(100 * rarity(word))))
        if not diagonals:
            return []
        diagonal, weight = np.concatenate(diagonals), np.concatenate(weights)
        width = _BIN if in_order else 40
        bins: list[tuple[int, int]] = []
        for shift in (0, width // 2):
            names, where = np.unique((diagonal + shift) // width, return_inverse=True)
            votes = np.bincount(where, weights=weight)
            bins += self._best(names * width - shift, votes, preferred)
        placed = [(self._number(at), at) for _, at in sorted(bins, reverse=True)]
        return list(dict.fromkeys(placed))

    def _best(self, at: Ints, votes: Any, preferred: Collection[int]) -> list[tuple[int, int]]:
        top = np.argsort(-votes, kind="stable")[:_CANDIDATES]
        found = [(int(votes[i]), max(0, int(at[i]))) for i in top]
        if preferred:
            inside = np.flatnonzero(np.isin(np.searchsorted(self._firsts, at + _BIN // 2, side="right") - 1,
                                            list(preferred)))  # fmt: skip
            top = inside[np.argsort(-votes[inside], kind="stable")[:_CANDIDATES]]
            found += [(int(votes[i]), max(0, int(at[i]))) for i in top]
        return found

    def _number(self, at: int) -> int:
        return max(0, int(np.searchsorted(self._firsts, at + _BIN // 2, side="right")) - 1)

    def _score(self, sought: Sequence[str], number: int, at: int) -> tuple[float, int, int, int] | None:
        """Return how near a letter's words about a position come, and which they are: (score, letter, first, last)."""
        begin = self._first[number]
        stop = (self._first[number + 1] if number + 1 < len(self._first) else len(self._ids)) - _APART
        low, high = max(begin, at - 20), min(stop, at + 2 * len(sought) + 40)
        window = self._ids[low:high].tolist()
        wanted = [self._known.get(word, -2) for word in sought]
        blocks = [
            block
            for block in difflib.SequenceMatcher(None, window, wanted, autojunk=False).get_matching_blocks()
            if block.size
        ]
        # A figure is what is changed most often: losing it must not make all the rest look unlike.
        weigh = [2.0 if word[0].isdigit() else 1.0 + rarity(word) for word in sought]
        counted = [b for b in blocks if b.size > 1 or weigh[b.b] > 4.0]
        if not counted:
            return None
        matched = sum(sum(weigh[b.b : b.b + b.size]) for b in counted)
        first = _reached(blocks, counted[0], -1)
        last = _reached(blocks, counted[-1], 1)
        # What is missing at an end was changed there: as many of the letter's words stand in its place.
        start = self._back(number, low, low + first.a, first.b)
        end = self._on(number, high, low + last.a + last.size - 1, len(sought) - last.b - last.size)
        loose = max(0, (end - start + 1) - 2 * len(sought) - 15)
        return matched / sum(weigh) - loose / (len(sought) + 1), number, start, end

    def _back(self, number: int, low: int, at: int, missing: int) -> int:
        text = self._letters[number].text
        for _ in range(missing):
            if at <= low or _SENTENCE_END.search(text[self._ends[at - 1] : self._starts[at]]):
                break
            at -= 1
        return at

    def _on(self, number: int, high: int, at: int, missing: int) -> int:
        text = self._letters[number].text
        for _ in range(missing):
            if at + 1 >= high or _SENTENCE_END.search(text[self._ends[at] : self._starts[at + 1]]):
                break
            at += 1
        return at


def _reached(blocks: Sequence[difflib.Match], block: difflib.Match, step: int) -> difflib.Match:
    """Take in the blocks before (-1) or after (1) one that are but a few words away."""
    at = blocks.index(block)
    while 0 <= at + step < len(blocks):
        left, right = sorted((blocks[at], blocks[at + step]), key=lambda each: each.a)
        if right.a - left.a - left.size > _AROUND:
            break
        at += step
    return blocks[at]


def _key(word: str) -> str:
    return word.casefold().replace(",", "")


def _is_figure(word: str) -> bool:
    return word[0].isdigit() or bool(find_figures(word))


def _with_point(text: str, end: int, words: str) -> int:
    """Take the point or mark along that ends the quotation too."""
    last = words.rstrip("\"'”’ ")[-1:]
    return end + 1 if last and not last.isalnum() and text[end : end + 1] == last else end


def difference(letter_words: str, draft_words: str) -> str:
    """Mark what differs: the letter's words in `[-…-]`, the draft's in `{+…+}`, with a few words around."""
    theirs, ours = _pieces(letter_words), _pieces(draft_words)
    if theirs and ours and theirs[0][0].casefold() == ours[0][0].casefold():
        theirs[0] = ours[0]  # a quotation may begin within a sentence
    matcher = difflib.SequenceMatcher(None, [t for t, _ in theirs], [t for t, _ in ours], autojunk=False)
    marked: list[str] = []
    changes = matcher.get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(changes):
        if kind == "equal":
            marked.append(_clipped(ours[c:d], begin=at > 0, end=at < len(changes) - 1))
            continue
        gone, put = _joined(theirs[a:b]), _joined(ours[c:d])
        space = " " if (ours[c][1] if c < d else theirs[a][1]) else ""
        marked.append(space + (f"[-{gone}-]" if gone else "") + (f"{{+{put}+}}" if put else ""))
    if all(kind == "equal" for kind, *_ in changes):
        return ""
    return " ".join("".join(marked).split())


def _pieces(words: str) -> list[tuple[str, bool]]:
    """Return words and points as they read once folded, each with whether white space stands before it."""
    text = _BULLET.sub(" ", plain(words)).strip()
    text = text.rstrip(" .,;:") or text
    return [(m[0], m.start() > 0 and text[m.start() - 1].isspace()) for m in _PIECE.finditer(text)]


def _joined(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join((" " if space else "") + piece for piece, space in pieces).strip()


def _clipped(pieces: Sequence[tuple[str, bool]], *, begin: bool, end: bool) -> str:
    """Return what is the same, the middle of a long run left out."""
    keep = (_AROUND if begin else 0) + (_AROUND if end else 0)
    lead = " " if pieces and pieces[0][1] else ""
    if len(pieces) <= keep + 2:
        return lead + _joined(pieces)
    head = lead + _joined(pieces[:_AROUND]) if begin else ""
    tail = _joined(pieces[-_AROUND:]) if end else ""
    return f"{head} … {tail}" if tail else f"{head} …"
