"""How fast quotes are verified, and whether any false one passes: `python -m benchmarks.verification`.

Makes 1,000 letters (those in `letters/` and `tests/letters/` with words, names and figures varied, and invented ones)
and 10,000 quotes: true ones, doctored ones, true ones set in other type, and true ones credited to another letter.
Prints one line a measure, with machine and versions, and exits with 1 when a doctored quote is accepted or a harmless
one is rejected. A quote counts as doctored only where the plain text of no letter (of the credited one) holds it.
"""

import argparse
import os
import platform
import random
import re
import resource
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

from assistant.answer import Draft, DraftStatement
from assistant.cite import Numbering, locate, verify
from assistant.quote_index import QuoteIndex
from assistant.settings import ROOT
from vectorstore.letter import Letter
from vectorstore.make import make_letter
from vectorstore.sentences import sentence_spans

Found = TypeVar("Found")

SEED = 20201009
LETTERS, QUOTES = 1_000, 10_000
_NAMES = (
    "Kent Dorset Mercia Campion Castellane Saltmere Northmere Brackwater Halden Ostley Ferring Quarne".split()
)
_WORDS = (
    "force report public service review staff victims demand officers plan work community funding board calls response"
    " training safety inspectors progress recommendation account support detail concern partners budget team"
).split()
_STANCE = {
    "agree": "disagree", "accept": "reject", "welcome": "regret", "support": "oppose", "good": "poor", "will": "may",
    "must": "may", "should": "could", "more": "less", "before": "after", "all": "some", "increase": "decrease",
}  # fmt: skip
_TYPE: dict[str, Sequence[str]] = {
    " ": ["  ", "\n", "\u00a0", " \n ", "\t", "\u202f"],
    "'": ["’", "‘"], "’": ["'", "‘"], "“": ['"', "«"], "”": ['"', "»"],
    '"': ["“", "”"], " - ": [" – ", " — "], " – ": [" - ", " -- "],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote as it is claimed.

    Args:
        letter_id: the letter that it is credited to.
        home: the letter that it was made from.
    """

    kind: str
    words: str
    letter_id: str
    home: str


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=LETTERS)
    parser.add_argument("--quotes", type=int, default=QUOTES)
    options = parser.parse_args()
    random_ = random.Random(SEED)  # noqa: S311  # nothing secret: quotes to try
    letters = make_letters(random_, options.letters)
    claims = make_claims(random_, letters, options.quotes)
    characters = sum(len(letter.text) for letter in letters)
    print(
        f"{platform.machine()}, one of {os.cpu_count()} cores, Python {platform.python_version()},"
        f" numpy {version('numpy')}; {len(letters)} letters of {characters // len(letters)} characters in the middle,"
        f" {len(claims)} quotes, seed {SEED}"
    )
    index = _build(letters)
    wrong = _look_up(index, letters, claims)
    return 1 if wrong else 0


def _build(letters: Sequence[Letter]) -> QuoteIndex:
    began = time.process_time()
    index = QuoteIndex(letters)
    seconds = time.process_time() - began
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    QuoteIndex(letters[: len(letters) // 10])
    _, peak = tracemalloc.get_traced_memory()
    kept = QuoteIndex(letters[: len(letters) // 10])
    traced = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    characters = sum(len(letter.text) for letter in letters)
    print(
        f"index built in {seconds:.2f} s; {index.size / 2**20:.1f} MiB, {index.size / len(letters) / 1024:.1f} KiB a"
        f" letter, {index.size / characters:.1f} bytes a character (a tenth of the letters, traced: "
        f"{traced / 2**20:.1f} MiB kept, {(peak - before) / 2**20:.1f} MiB at most while built, {kept.size / 2**20:.1f}"
        " MiB by its own count)"
    )
    return index


def _look_up(index: QuoteIndex, letters: Sequence[Letter], claims: Sequence[Claim]) -> int:
    """Look every quote up in three ways, print the rates, and return how many came out wrong."""
    by_id = {letter.id: letter for letter in letters}
    found = _timed("in all letters, by the index", claims, lambda claim: index.find(claim.words))
    _timed(
        "in the letter credited, by the index",
        claims,
        lambda claim: index.find_in(claim.words, claim.letter_id),
    )
    located = _timed(
        "in the letter credited, grown to sentences (cite.locate)",
        claims,
        lambda claim: locate(claim.words, by_id[claim.letter_id]),
    )
    _timed("as statements (cite.verify)", claims, lambda claim: _verified(claim, by_id))
    sample = claims[:: max(1, len(claims) // 20)]
    _timed(
        f"by reading all letters, {len(sample)} quotes",
        sample,
        lambda claim: [letter.id for letter in letters if locate(claim.words, letter)],
    )
    print(
        f"memory of this process at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )
    places = sum(len(each) for each in found)
    print(f"places found in all letters: {places}, {places / len(claims):.1f} a quote")
    wrong: Counter[tuple[str, str]] = Counter()
    asked = Counter(claim.kind for claim in claims)
    for claim, everywhere, there in zip(claims, found, located, strict=True):
        harmless = claim.kind.startswith(("true", "harmless"))
        if harmless and (not there or claim.home not in {place[0] for place in everywhere}):
            wrong["harmless rejected", claim.kind] += 1
        elif not harmless and there:
            wrong["doctored accepted", claim.kind] += 1
        elif claim.kind == "credited to another letter" and claim.home not in {
            place[0] for place in everywhere
        }:
            wrong["harmless rejected", claim.kind] += 1  # its true letter must be found
        elif claim.kind.startswith("doctored") and everywhere:
            wrong["doctored accepted", claim.kind] += 1
    for kind, count in sorted(asked.items()):
        print(f"  {kind}: {count}, wrong {sum(n for (_, each), n in wrong.items() if each == kind)}")
    for verdict in ("doctored accepted", "harmless rejected"):
        print(f"{verdict}: {sum(n for (each, _), n in wrong.items() if each == verdict)}")
    return wrong.total()


def _timed(name: str, claims: Sequence[Claim], look_up: Callable[[Claim], Found]) -> list[Found]:
    began = time.process_time()
    found = [look_up(claim) for claim in claims]
    seconds = time.process_time() - began
    print(f"{name}: {len(claims) / seconds:,.0f} quotes/s")
    return found


def _verified(claim: Claim, letters: dict[str, Letter]) -> object:
    draft = Draft((DraftStatement(claim.words, ((claim.letter_id, claim.words),)),), "benchmark")
    return verify(draft, {claim.letter_id: letters[claim.letter_id]}, Numbering())


# Letters


def make_letters(random_: random.Random, count: int) -> list[Letter]:
    """Return letters, some of them like each other as a sender's letters are, no two the same."""
    files = [*sorted((ROOT / "letters").glob("*.txt")), *sorted((ROOT / "tests" / "letters").glob("*.txt"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    made: dict[str, Letter] = {}
    while len(made) < count:
        number = len(made)
        source = texts[number % len(texts)] if number % 5 else _invented(random_)
        letter = make_letter(_varied(random_, source).encode(), f"letter_{number:04d}.txt")
        made[letter.id] = letter
    return list(made.values())


def _varied(random_: random.Random, text: str) -> str:
    """Change one figure in two, one word in fifteen and one name in four; form stays."""

    def other(match: re.Match[str]) -> str:
        word = match[0]
        if word.isdigit():
            return str(random_.randrange(10 ** len(word))) if random_.random() < 0.5 else word
        if word[0].isupper() and match.start() and text[match.start() - 1] == " ":
            return random_.choice(_NAMES) if random_.random() < 0.25 else word
        return random_.choice(_WORDS) if word.islower() and random_.random() < 1 / 15 else word

    return re.sub(r"\d+|\b[A-Za-z]{4,}\b", other, text)


def _invented(random_: random.Random) -> str:
    """Return a letter in words drawn at random, with figures, negations, names and line ends that part a word."""
    paragraphs = []
    for number in range(random_.randint(6, 14)):
        sentences = []
        for _ in range(random_.randint(2, 6)):
            words = [random_.choice(_WORDS) for _ in range(random_.randint(6, 18))]
            words.insert(
                random_.randrange(2, 5),
                random_.choice(["did not accept", "welcome the", "will support", "was"]),
            )
            words.insert(random_.randrange(1, 5), f"{random_.randrange(1, 900_000):,}")
            words.insert(random_.randrange(1, 5), random_.choice(_NAMES))
            sentences.append(f"The {' '.join(words)}.")
        paragraph = " ".join(sentences)
        if number % 3 == 0:
            at = random_.choice([m.start() for m in re.finditer(r"(?<=[a-z]{3})(?=[a-z]{3})", paragraph)])
            paragraph = f"{paragraph[:at]}-\n{paragraph[at:]}"
        paragraphs.append(paragraph)
    writer = f"{random_.choice(_NAMES)} {random_.choice(_NAMES)}"
    body = "\n\n".join(paragraphs)
    return f"3 May 2021\n\nDear Minister\n\n{body}\n\nYours sincerely\n\n{writer}\nChief Executive\n"


# Quotes


def make_claims(random_: random.Random, letters: Sequence[Letter], count: int) -> list[Claim]:
    """Return quotes of all kinds, mixed; whether a doctored one is false is told by reading plain text."""
    plain = {letter.id: _plain(letter.text) for letter in letters}
    everything = "\n".join(plain.values())
    kinds = [
        *DOCTORED,
        "true",
        "true fragment",
        "harmless",
        "harmless",
        "credited to another letter",
        "credited",
    ]
    claims: list[Claim] = []
    while len(claims) < count:
        kind = kinds[len(claims) % len(kinds)]
        letter, other = random_.choice(letters), random_.choice(letters)
        words = _sentence(random_, letter)
        if kind in DOCTORED:
            false = DOCTORED[kind](random_, words, _sentence(random_, letter))
            if false and _plain(false) not in everything:
                claims.append(Claim(f"doctored: {kind}", false, letter.id, letter.id))
        elif kind == "harmless":
            claims.append(Claim("harmless variant", _set_otherwise(random_, words), letter.id, letter.id))
        elif kind.startswith("credited"):
            if _plain(words) not in plain[other.id]:
                claims.append(Claim("credited to another letter", words, other.id, letter.id))
        elif kind == "true fragment":
            pieces = list(re.finditer(r"\S+", words))
            first = random_.randrange(len(pieces) - 4)
            fragment = words[pieces[first].start() : pieces[first + 4].end()]
            # £3 out of £3 million is no fragment of a true quote but another figure, and half a word is no word.
            parted = fragment.endswith("-") or (first and pieces[first - 1][0].endswith("-"))
            if not parted and not re.search(r"\d\W*$|^\W*\w*illion|^per|^hundred|^thousand", fragment):
                claims.append(Claim("true fragment", fragment, letter.id, letter.id))
        else:
            claims.append(Claim(kind, words, letter.id, letter.id))
    return claims


def _plain(text: str) -> str:
    """Return letters and figures alone, in small letters: a reading that knows nothing of how quotes are folded."""
    joined = re.sub(r"(?<=[a-z])-\s*\n\s*(?=[a-z])", "", text)
    return f" {' '.join(re.findall(r'[a-z]+|[0-9](?:[0-9.,]*[0-9])?', joined.replace('-', '').lower()))} "


def _sentence(random_: random.Random, letter: Letter) -> str:
    bodies = [block for block in letter.blocks if block.number]
    while True:
        block = random_.choice(bodies)
        start, end = random_.choice(sentence_spans(letter.text[block.start : block.end]))
        words = letter.text[block.start + start : block.start + end]
        if len(words.split()) >= 6:
            return words


def _set_otherwise(random_: random.Random, words: str) -> str:
    """Set a quote in other type: spaces, line breaks, marks, dashes, ligatures, hyphens that nobody sees or typed."""
    for plain, options in _TYPE.items():
        if plain in words and random_.random() < 0.4:
            at = random_.choice([m.start() for m in re.finditer(re.escape(plain), words)])
            words = words[:at] + random_.choice(options) + words[at + len(plain) :]
    if random_.random() < 0.4:
        words = re.sub("ffi|fi|fl", lambda match: {"ffi": "ﬃ", "fi": "ﬁ", "fl": "ﬂ"}[match[0]], words)
    inside = [m.start() for m in re.finditer(r"(?<=[a-z]{2})(?=[a-z]{2})", words)]
    if inside and random_.random() < 0.4:
        at = random_.choice(inside)
        words = words[:at] + random_.choice(["\u00ad", "-\n", "\u200b", "-\r\n"]) + words[at:]
    if words[0].isalpha() and random_.random() < 0.4:
        words = words[0].swapcase() + words[1:]
    return words


def _digit(random_: random.Random, words: str, _: str) -> str | None:
    digits = [m.start() for m in re.finditer(r"\d", words)]
    if not digits:
        return None
    at = random_.choice(digits)
    return f"{words[:at]}{(int(words[at]) + random_.randint(1, 9)) % 10}{words[at + 1 :]}"


def _cropped(random_: random.Random, words: str, _: str) -> str | None:
    numbers = list(re.finditer(r"\d[\d,]*\d", words))
    if not numbers:
        return None
    number = random_.choice(numbers)
    return words[: random_.randint(number.start() + 1, number.end() - 1)]


def _added(random_: random.Random, words: str, _: str) -> str | None:
    pieces = words.split()
    at = random_.randrange(1, len(pieces))
    return " ".join([*pieces[:at], random_.choice(["not", "never", "no"]), *pieces[at:]])


def _dropped(random_: random.Random, words: str, _: str) -> str | None:
    negations = list(re.finditer(r"\b(?:not|never|cannot|no|none)\b ?|n['’]t\b", words))
    if not negations:
        return None
    negation = random_.choice(negations)
    return words[: negation.start()] + words[negation.end() :]


def _name(random_: random.Random, words: str, _: str) -> str | None:
    names = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b", words))
    if not names:
        return None
    name = random_.choice(names)
    return words[: name.start()] + random_.choice(_NAMES) + words[name.end() :]


def _stance(random_: random.Random, words: str, _: str) -> str | None:
    stances = list(re.finditer(rf"\b(?:{'|'.join(_STANCE)})\b", words))
    if not stances:
        return None
    stance = random_.choice(stances)
    return words[: stance.start()] + _STANCE[stance[0]] + words[stance.end() :]


def _joined(random_: random.Random, words: str, other: str) -> str | None:
    return words.rstrip(".") + random_.choice([" … ", " ", " and ", ", ", " [...] "]) + other


DOCTORED: dict[str, Callable[[random.Random, str, str], str | None]] = {
    "digit changed": _digit,
    "number cropped": _cropped,
    "negation added": _added,
    "negation dropped": _dropped,
    "name swapped": _name,
    "stance changed": _stance,
    "sentences joined": _joined,
}


if __name__ == "__main__":
    sys.exit(main())
