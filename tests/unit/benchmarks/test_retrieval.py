"""The retrieval benchmark's own parts: sets, baselines, what is kept; the product as it is measured."""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.kept import KeptModel
from benchmarks.retrieval_baselines import PlainBM25
from benchmarks.retrieval_product import Indexed, Way, by_search
from benchmarks.retrieval_sets import (
    DataError,
    Document,
    Query,
    RetrievalSet,
    halves,
    letter_of,
    load_set,
    pages_of_queries,
)
from vectorstore.embed import TokenStates
from vectorstore.words import stems

DOCUMENTS = (
    Document("a", "Harbour dues", "The dues rise by two per cent in April."),
    Document("b", "Lighthouse", "The lamp was mended. The keeper has left for good."),
    Document("c", "Ferry", "The ferry runs daily, but for Sundays."),
)


class _Counting:
    """A model whose vectors and states come from a text's letters; counts the texts it is put."""

    model_id = "counting:1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        return np.stack([one.vector for one in self.token_states(texts)])

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        self.asked += texts
        found = []
        for text in texts:
            states = np.array([_direction(stem) for stem in stems(text)], np.float32)
            vector = states.sum(axis=0)
            spans = tuple((at, at + 1) for at in range(len(states)))
            found.append(TokenStates(states, spans, (vector / np.linalg.norm(vector)).astype(np.float32)))
        return found


def _direction(word: str) -> list[float]:
    angles = np.random.default_rng(sum(map(ord, word))).normal(size=16)
    unit: list[float] = (angles / np.linalg.norm(angles)).tolist()
    return unit


def _written(folder: Path, qrels: str) -> Path:
    folder.mkdir()
    lines = [json.dumps({"id": d.id, "title": d.title, "text": d.text}) for d in DOCUMENTS]
    (folder / "corpus.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    asked = [{"id": str(n), "text": f"question {n}", "url": f"page {n // 2}"} for n in range(40)]
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    (folder / "qrels.tsv").write_text(qrels, "utf-8")
    return folder


def test_a_set_is_read_and_queries_without_a_right_document_are_left_out(tmp_path: Path) -> None:
    found = load_set(_written(tmp_path / "ferries", "1\ta\t1\n1\tb\t2\n2\tc\t0\n"))
    assert found.name == "ferries"
    assert found.documents == DOCUMENTS
    assert found.queries == (Query("1", "question 1", {"a": 1, "b": 2}),)


def test_a_missing_file_is_named_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no 'corpus\.jsonl' in .*--data"):
        load_set(tmp_path)


def test_both_halves_hold_all_queries_and_share_no_page(tmp_path: Path) -> None:
    folder = _written(tmp_path / "ferries", "".join(f"{n}\ta\t1\n" for n in range(40)))
    pages = pages_of_queries(folder)
    found = load_set(folder)
    chosen, reported = halves(found, pages)
    assert {q.id for q in chosen.queries} | {q.id for q in reported.queries} == {q.id for q in found.queries}
    assert chosen.queries
    assert reported.queries
    assert not {pages[q.id] for q in chosen.queries} & {pages[q.id] for q in reported.queries}


def test_a_document_becomes_a_letter_whose_passages_have_its_title_as_header() -> None:
    letter, passages = letter_of(DOCUMENTS[0])
    assert [(p.header, p.text) for p in passages] == [("Harbour dues", DOCUMENTS[0].text)]
    assert letter.source == "a"
    assert [p.header for p in letter_of(DOCUMENTS[0], header=False)[1]] == [""]


def test_a_long_document_is_cut_between_sentences() -> None:
    text = " ".join(f"Sentence number {n} is about something else." for n in range(60))
    _, passages = letter_of(Document("long", "Title", text))
    assert len(passages) > 1
    assert all(p.text.startswith("Sentence") and p.text.endswith(".") for p in passages)


def test_plain_bm25_by_hand() -> None:
    documents = [
        Document("a", "", "ferry ferry"),
        Document("b", "", "ferry lamp harbour"),
        Document("c", "", "lamp"),
    ]
    bm25 = PlainBM25(documents, k1=1.2, b=0.75)
    idf = math.log(1 + 1.5 / 2.5)  # two of three documents have "ferry"
    twice = idf * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 2 / 2))
    once = idf * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2))
    assert bm25.scores("ferry") == pytest.approx([twice, once, 0.0])
    assert bm25.rank("ferries") == ["a", "b"]
    assert bm25.rank("zeppelin") == []


def test_what_was_worked_out_is_kept_in_the_file(tmp_path: Path) -> None:
    first = _Counting()
    kept = KeptModel(first, tmp_path / "kept.sqlite", with_states=True)
    vectors = kept.embed_documents(["the lamp", "the ferry", "the lamp"])
    assert sorted(first.asked) == ["the ferry", "the lamp"]
    second = _Counting()
    again = KeptModel(second, tmp_path / "kept.sqlite", with_states=True)
    assert again.embed_documents(["the lamp", "the ferry", "the lamp"]) == vectors
    states = again.token_states(["the lamp"])[0]
    assert second.asked == []
    expected = first.token_states(["the lamp"])[0]
    assert states.states == pytest.approx(expected.states, abs=1e-3)
    assert states.spans == expected.spans


def test_vectors_alone_are_kept_without_states_until_they_are_asked_for(tmp_path: Path) -> None:
    model = _Counting()
    kept = KeptModel(model, tmp_path / "kept.sqlite")
    vector = kept.embed_query("the lamp")
    assert kept.token_states(["the lamp"])[0].vector.tolist() == pytest.approx(vector)
    assert model.asked == ["the lamp", "the lamp"]


def test_the_default_way_is_the_products_thorough_search(tmp_path: Path) -> None:
    model = KeptModel(_Counting(), tmp_path / "kept.sqlite", with_states=True)
    found = RetrievalSet("ferries", DOCUMENTS, ())
    indexed = Indexed(found, model, tmp_path / "store", header=True)
    for query in ("keeper of the lamp", "when does the ferry run", "harbour"):
        assert by_search(indexed, query, thorough=True) == indexed.rank(query, Way("thorough"))
        assert by_search(indexed, query, thorough=False) == indexed.rank(query, Way("fast", rerank=0.0))
    assert by_search(indexed, "keeper of the lamp", thorough=True)[0] == "b"
    indexed.index.close()
