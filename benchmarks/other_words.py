"""Where synonyms mean the same: `python -m benchmarks.other_words`.

Reads `../shared/data` (conditionalqa_uk), the half for fitting. A synonym or kind of a question's word stands in a
sentence that lacks the word itself: mostly it means the same where the sentence answers, and mostly another thing in a
sentence that answers a question of another page. Prints for thresholds of the cosine between the two words, each in
its own sentence, how many of either are kept. Where the two lie about equally far apart, `assistant.terms.SAME` is the
highest: a synonym that is missed is shown as near, one that is wrong as said.
"""

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np

from assistant.rank import Ranker
from assistant.terms import find_terms
from benchmarks.public_questions import DATA, write_conditionalqa
from vectorstore.embed import OnnxEmbeddings, packaged_model
from vectorstore.letter import ScoredPassage
from vectorstore.make import make_letter
from vectorstore.split import split_letter
from vectorstore.words import stems

OTHERS = 200  # sentences of other pages that are looked through for each question
MOST = 3  # words of a question, of either
THRESHOLDS = (0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70)


def main() -> int:
    """Measure and print."""
    model = packaged_model()
    if not DATA.is_dir() or model is None:
        print(
            "It takes the sentence model and the data to measure against, beside this folder.",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory() as place:
        asked = [one for one in write_conditionalqa(Path(place), share=1) if one.half == "fit"]
    ranker = Ranker(OnnxEmbeddings(model))
    chosen = random.Random(1)  # noqa: S311 - a sample, no secret
    sentences = sorted({(one.page, sentence) for one in asked for sentence in one.gold})
    right: list[float] = []
    wrong: list[float] = []
    for one in asked:
        sample = chosen.sample(sentences, OTHERS)
        right += islice(_cosines(one.text, one.gold, ranker), MOST)
        wrong += islice(_cosines(one.text, (text for page, text in sample if page != one.page), ranker), MOST)
    answers, others = np.array(right), np.array(wrong)
    print(
        f"{len(asked):,} questions; {len(answers):,} such words in what answers, {len(others):,} in what does not"
    )
    for threshold in THRESHOLDS:
        kept, false = (answers >= threshold).mean(), (others >= threshold).mean()
        print(f"{threshold:.2f}: kept {kept:.3f} and {false:.3f}, apart by {kept - false:.3f}")
    return 0


def _cosines(question: str, sentences: Iterable[str], ranker: Ranker) -> Iterator[float]:
    """Yield how near a question's words come to sentences that lack them, and have a loose way to say them."""
    terms = find_terms(question)
    ways = {of: {way.stem for way in terms.ways if way.of == of and way.loose} for of in terms.weights}
    for sentence in sentences:
        held = _stems(sentence)
        said = [word for word, stand in ways.items() if word not in held and stand & held]
        if said:
            ranked = ranker.rank(question, terms, _passages(sentence))
            yield from (ranked[0].nearest[word] for word in said if ranked and word in ranked[0].nearest)


@cache
def _stems(sentence: str) -> frozenset[str]:
    return frozenset(stems(sentence))


def _passages(sentence: str) -> list[ScoredPassage]:
    letter = make_letter(f"Dear Reader\n\n{sentence}\n\nYours faithfully\n".encode(), "sentence.txt")
    return [ScoredPassage(each, 0.0, None, 0.0) for each in split_letter(letter) if each.paragraph]


if __name__ == "__main__":
    sys.exit(main())
