"""How long a check of a long draft takes over many letters: `python -m benchmarks.checking [LETTERS] [QUOTATIONS]`.

Prints one line a measure, with machine and versions. Letters and draft are made up from a fixed seed: letters of two
pages by fifty authors, a draft of two hundred pages in which true, altered, misattributed and invented quotations mix.
"""

import os
import platform
import random
import resource
import sys
import time
from collections import Counter
from importlib.metadata import version

import wordfreq

from assistant.check import Checker
from vectorstore.letter import Letter
from vectorstore.make import make_letter

AUTHORS = 50
DRAFT_WORDS = 100_000
_FIRST = "Ann Ben Cora Dev Ella Finn Gwen Hugh Iris Jack".split()
_LAST = "Ashdown Birkett Corran Dunmore Elswick".split()


def main(letters_wanted: int = 1_000, quotations: int = 1_000) -> None:
    """Make letters and a draft, check it, and print what that took."""
    chance = random.Random(7)  # noqa: S311 - no secret
    words = [
        word
        for word in wordfreq.top_n_list("en", 12_000)
        if word.isascii() and word.isalpha() and len(word) > 1
    ]
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {version('numpy')}"
    )
    letters = [_letter(chance, words, number) for number in range(letters_wanted)]
    draft, expected = _draft(chance, words, letters, quotations)
    print(
        f"{len(letters):,} letters, {sum(len(letter.text) for letter in letters):,} characters;"
        f" draft of {len(draft.split()):,} words, {quotations:,} quotations"
    )
    began = time.monotonic()
    checker = Checker(letters)
    made = time.monotonic()
    findings = checker.check(draft)
    done = time.monotonic()
    quotes = [finding for finding in findings if finding.kind == "quote"]
    right = sum(finding.verdict == verdict for finding, verdict in zip(quotes, expected, strict=True))
    print(f"indexes made in {made - began:.1f} s; draft checked in {done - made:.1f} s")
    print(f"{right:,} of {len(quotes):,} quotations as planted: {dict(Counter(f.verdict for f in quotes))}")
    print(
        f"memory of this process at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


def _author(number: int) -> str:
    return f"{_FIRST[number % 10]} {_LAST[number // 10 % 5]}"


def _sentence(chance: random.Random, words: list[str], size: int) -> str:
    # Every second word is one of the hundred commonest, as in a letter.
    chosen = [chance.choice(words[:100] if at % 2 else words) for at in range(size)]
    if chance.random() < 0.2:
        chosen[size // 2] = f"{chance.randrange(2, 90_000):,}"
    return " ".join(chosen).capitalize() + "."


def _letter(chance: random.Random, words: list[str], number: int) -> Letter:
    paragraphs = [
        " ".join(_sentence(chance, words, chance.randrange(9, 30)) for _ in range(5)) for _ in range(14)
    ]
    text = (
        f"Mr Sam Reader\nMinistry of Replies\n\n{1 + number % 28} March {2000 + number % 24}\n\nDear Mr Reader\n\n"
        + "\n\n".join(paragraphs)
        + f"\n\nYours sincerely\n\n{_author(number % AUTHORS)}\nChief Executive\nNorthmere Council\n"
    )
    return make_letter(text.encode(), f"letter-{number}.txt")


def _draft(
    chance: random.Random, words: list[str], letters: list[Letter], quotations: int
) -> tuple[str, list[str]]:
    """Make a draft with as many quotations, and return what is to be found of each."""
    paragraphs: list[str] = []
    expected: list[str] = []
    filling = max(0, DRAFT_WORDS // max(1, quotations) - 25)
    for _ in range(quotations):
        number = chance.randrange(len(letters))
        verdict = chance.choice(["verified", "altered", "misattributed", "not_found"])
        body = [s for s in letters[number].text.split("\n\n")[4].split(". ") if len(s.split()) > 8]
        quote = chance.choice(body).strip().rstrip(".")
        author = _author(number % AUTHORS)
        if verdict == "altered":
            at = len(quote.split()) // 2
            quote = " ".join([*quote.split()[:at], "zebra", *quote.split()[at + 1 :]])
        elif verdict == "misattributed":
            author = _author((number + 11) % AUTHORS)
        elif verdict == "not_found":
            quote = _sentence(chance, words, 14).rstrip(".")
        expected.append(verdict)
        lines = [_sentence(chance, words, 20) for _ in range(filling // 20)]
        paragraphs.append(f"{' '.join(lines)} {author} wrote: “{quote}.”")
    return "\n\n".join(paragraphs), expected


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
