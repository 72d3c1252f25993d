"""How often the vector index misses the very nearest passage, where it is unlike nearly all others.

`python -m benchmarks.outliers --data FOLDER_OF_RETRIEVAL_SETS [PASSAGES]`, best with its output in `outliers.md`.

The crowd is made vectors, as `benchmarks.scale` makes them; the others are real answers to real questions on other
matters, from conditionalqa_uk, written twelve at a time after the crowd, as letters come. Each question is held
against the index and against all vectors. What the index leaves out is compared for how many vectors Chroma keeps in
view (ef_search).
"""

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.config import Settings

from benchmarks.machine import describe
from benchmarks.retrieval_sets import load_set
from benchmarks.scale import MadeVectors
from vectorstore import chroma
from vectorstore.embed import OnnxEmbeddings, packaged_model

QUESTIONS, BATCH, NEAREST = 300, 4000, 100
IN_VIEW = (200, 400, 800, 1600)

Floats = np.ndarray[Any, np.dtype[np.float32]]


def questions_and_answers(folder: Path, model: OnnxEmbeddings) -> tuple[Floats, Floats]:
    """Return the vectors of some questions and of a right answer to each, of shape (questions, dimension).

    Raises:
        DataError: the set is not there.
    """
    found = load_set(folder / "conditionalqa_uk")
    texts = {document.id: document.text for document in found.documents}
    asked = found.queries[:QUESTIONS]
    answers = [texts[max(query.gains, key=lambda key: query.gains[key])] for query in asked]
    return np.array([model.embed_query(query.text) for query in asked], np.float32), model.embed(answers)


def build(folder: str, crowd: Floats, others: Floats, *, in_view: int) -> Any:
    """Return a Chroma collection, set as the product sets it save for `in_view`; its ids count the vectors."""
    client = chromadb.PersistentClient(
        path=folder, settings=Settings(anonymized_telemetry=False, is_persistent=True)
    )
    hnsw = {**chroma._HNSW, "ef_search": in_view}  # noqa: SLF001 - what the product sets
    made = client.create_collection("passages", embedding_function=None, configuration={"hnsw": hnsw})
    for start in range(0, len(crowd), BATCH):
        part = crowd[start : start + BATCH]
        made.upsert(ids=[str(start + at) for at in range(len(part))], embeddings=part)
    for start in range(0, len(others), 12):
        part = others[start : start + 12]
        made.upsert(ids=[str(len(crowd) + start + at) for at in range(len(part))], embeddings=part)
    return made


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("passages", nargs="?", type=int, default=40_000)
    parser.add_argument("--data", type=Path, required=True, help="folder with conditionalqa_uk/")
    options = parser.parse_args()
    model = OnnxEmbeddings(packaged_model())
    asked, others = questions_and_answers(options.data, model)
    crowd = np.array(
        MadeVectors(model).embed_documents([str(at) for at in range(options.passages)]), np.float32
    )
    cosines = asked @ np.concatenate([crowd, others]).T
    exact = np.argsort(-cosines, axis=1)[:, :NEAREST].astype(str)
    print(describe("chromadb", "numpy"), end="\n\n")
    print(f"{len(crowd):,} made vectors, {len(others)} real ones on other matters, {len(asked)} questions\n")
    print("| in view | nearest of all missed | of the exact hundred found | ms a query |\n|---|---|---|---|")
    for in_view in IN_VIEW:
        with tempfile.TemporaryDirectory(prefix="outliers-") as folder:
            index = build(folder, crowd, others, in_view=in_view)
            began = time.perf_counter()
            found = [
                index.query(query_embeddings=[vector], n_results=NEAREST, include=[])["ids"][0]
                for vector in asked
            ]
            ms = 1000 * (time.perf_counter() - began) / len(asked)
        missed = sum(row[0] not in ids for row, ids in zip(exact, found, strict=True))
        share = sum(len(set(row) & set(ids)) for row, ids in zip(exact, found, strict=True)) / exact.size
        print(f"| {in_view} | {missed} | {share:.3f} | {ms:.1f} |", flush=True)


if __name__ == "__main__":
    main()
