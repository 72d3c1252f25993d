"""Query and scope to ranked passages, over the five letters with the real model; and as a LangChain retriever."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda

from tests.corpora import ROOT, named
from tests.integration.stores import (
    MODEL,
    WordVectors,
    letter_text,
    packaged,
    run_python,
    take,
    write_letters,
)
from vectorstore import lexical
from vectorstore.index import VectorIndex
from vectorstore.ingest import ingest
from vectorstore.letter import Scope, ScoredPassage
from vectorstore.rerank import DEPTH
from vectorstore.retriever import LetterRetriever
from vectorstore.search import Search
from vectorstore.store import Store

QUERY = "how long do callers wait for an answer"


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """A search over the five letters."""
    model = packaged()
    store = Store(tmp_path_factory.mktemp("search") / "store", create=True)
    take(store, ROOT / "letters", embeddings=model, model_id=model.model_id)
    index = VectorIndex(store, model.model_id)
    yield Search(store, model, index)
    index.close()
    store.close()


@pytest.fixture(scope="module")
def showing_words(search: Search) -> Iterator[Search]:
    """The same letters, with a model that shows its tokens' states."""
    model = packaged().model
    index = VectorIndex(search.store, model.model_id)
    yield Search(search.store, model, index)
    index.close()


@pytest.fixture(scope="module")
def by_words(search: Search) -> Search:
    """The same letters, without a model."""
    return Search(search.store, None, None)


def source(search: Search, found: ScoredPassage) -> str:
    return next(letter.source[:3] for letter in search.letters() if letter.id == found.passage.letter_id)


@pytest.mark.parametrize(
    ("query", "letter", "words"),
    [
        ("average waiting time of a 999 caller", "001", "just 5 seconds"),
        ("a video app with which people show where they are", "001", "GoodSAM"),
        ("welfare support after traumatic incidents", "002", "traumatic exposure"),
        ("apprentices given permanent jobs", "003", "every apprentice gaining a permanent role"),
        ("skills of leaders", "004", "leadership skills audit"),
        ("SAAB", "000", "Saab Safe"),
    ],
)
def test_the_passage_that_answers_is_among_the_first_three(
    search: Search, query: str, letter: str, words: str
) -> None:
    found = search.search(query, limit=3)
    assert any(source(search, one) == letter and words in one.passage.text for one in found), [
        one.passage.text[:80] for one in found
    ]


def test_scores_fall_from_one_and_tell_where_they_come_from(search: Search) -> None:
    found = search.search(QUERY, limit=20)
    scores = [one.score for one in found]
    assert len(found) == len({one.passage.id for one in found}) == 20
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(one.cosine is None or -1 <= one.cosine <= 1 for one in found)
    assert any(one.cosine is not None and one.bm25 > 0 for one in found)


def test_what_is_found_slices_back_out_of_its_letter(search: Search) -> None:
    letters = {letter.id: letter for letter in search.letters()}
    for one in search.search(QUERY, limit=50):
        passage = one.passage
        assert letters[passage.letter_id].text[passage.start : passage.end] == passage.text


def test_without_a_model_words_alone_decide_and_say_so(by_words: Search) -> None:
    found = by_words.search("GoodSAM video streaming", limit=5)
    assert "GoodSAM" in found[0].passage.text
    assert all(one.cosine is None and one.bm25 > 0 for one in found)
    assert found[0].score == 1.0


@pytest.mark.parametrize(
    ("scope", "sources"),
    [
        (Scope(area=("West Mercia",)), {"000", "004"}),
        (Scope(author=("Campion",), date_from="2020"), {"000"}),
        (Scope(addressee=("Rudd",)), {"004"}),
        (Scope(date_to="2020-08-31"), {"002", "004"}),
        (Scope(report=("leadership",)), {"004"}),
        (Scope(excluded=("West Mercia", "West Yorkshire")), {"002", "003"}),
        (Scope(letter_ids=(named("003").id,)), {"003"}),
        (Scope(area=("Kent",)), set()),
    ],
)
def test_only_letters_in_scope_are_searched(
    search: Search, by_words: Search, scope: Scope, sources: set[str]
) -> None:
    for one in (search, by_words):
        assert {source(one, found) for found in one.search("police", scope=scope, limit=100)} == sources


def test_an_open_scope_is_no_scope(search: Search) -> None:
    assert search.search(QUERY, scope=Scope()) == search.search(QUERY)


def test_the_limit_is_kept(search: Search) -> None:
    assert len(search.search(QUERY, limit=1)) == 1
    assert len(search.search(QUERY)) == 10
    assert search.search(QUERY, limit=1)[0] == search.search(QUERY, limit=10)[0]


@pytest.mark.parametrize(
    "query", ["", " \n", "?!", "\x00\x07", "<b>police</b>", '" OR NEAR(', "警察", "\ud800 police"]
)
def test_an_odd_query_is_searched_like_any_other(search: Search, query: str) -> None:
    assert all(0 <= one.score <= 1 for one in search.search(query, limit=5))


def test_an_endless_query_is_searched_in_a_moment(search: Search) -> None:
    began = time.monotonic()
    found = search.search("how long do callers wait " * 4_000, limit=5)
    assert time.monotonic() - began < 5
    assert found


def test_a_store_without_letters_finds_nothing(store_dir: Path) -> None:
    assert Search(Store(store_dir, create=True), None, None).search("police") == []


# Readers and writers


INGEST = """
import sys
from pathlib import Path
from tests.integration import stores
stores.take(stores.Store(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def test_a_reader_sees_letters_that_another_process_brings_in_and_takes_out(
    store_dir: Path, tmp_path: Path
) -> None:
    letters = write_letters(tmp_path / "letters", 3)
    store = Store(store_dir, create=True)
    take(store, letters)
    search = Search(store, WordVectors(), VectorIndex(store, MODEL))
    said = "The zeppelin was sold to the museum for nothing."
    assert not any("zeppelin" in one.passage.text for one in search.search(said))
    (letters / "new.txt").write_text(letter_text(9, said), "utf-8")
    done = run_python(INGEST, store_dir, letters)
    assert done.returncode == 0, done.stderr
    best = search.search(said)[0]
    assert best.passage.text == said
    assert best.cosine is not None
    assert len(search.letters()) == 4
    (letters / "new.txt").unlink()
    assert run_python(INGEST, store_dir, letters).returncode == 0
    assert not any("zeppelin" in one.passage.text for one in search.search(said))
    assert len(search.letters()) == 3
    store.close()


def test_a_reader_sees_vectors_that_come_after_the_letters(store_dir: Path, tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "letters", 3)
    store = Store(store_dir, create=True)
    ingest(store, [letters], embeddings=None, model_id=None)
    search = Search(store, WordVectors(), VectorIndex(store, MODEL))
    query = "what did the bridge cost"
    assert {one.cosine for one in search.search(query)} == {None}
    assert run_python(INGEST, store_dir, letters).returncode == 0
    assert any(one.cosine is not None for one in search.search(query))
    store.close()


def test_a_thorough_search_moves_only_the_best_and_needs_a_model_that_shows_words(
    search: Search, showing_words: Search, by_words: Search
) -> None:
    fast, thorough = (showing_words.search(QUERY, limit=40, thorough=way) for way in (False, True))
    assert [one.passage.id for one in fast] != [one.passage.id for one in thorough]
    assert {one.passage.id for one in fast[:DEPTH]} == {one.passage.id for one in thorough[:DEPTH]}
    assert [one.passage.id for one in fast[DEPTH:]] == [one.passage.id for one in thorough[DEPTH:]]
    assert all(0 <= one.score <= 1 for one in thorough)
    assert [one.score for one in thorough] == sorted((one.score for one in thorough), reverse=True)
    for without in (search, by_words):
        assert without.search(QUERY, thorough=True) == without.search(QUERY)


def test_a_thorough_search_keeps_to_its_scope(showing_words: Search) -> None:
    found = showing_words.search(QUERY, scope=Scope(area=("Dorset",)), thorough=True)
    assert {source(showing_words, one) for one in found} == {"002"}


# As a LangChain retriever


def test_the_retriever_gives_documents_that_say_where_they_stand(search: Search) -> None:
    found = search.search("GoodSAM", limit=4)
    documents = LetterRetriever(search=search, limit=4).invoke("GoodSAM")
    assert all(isinstance(document, Document) for document in documents)
    assert [document.id for document in documents] == [one.passage.id for one in found]
    first, passage = documents[0], found[0].passage
    assert "GoodSAM" in first.page_content == passage.text
    letter = named(first.metadata["source"])
    assert letter.text[first.metadata["start"] : first.metadata["end"]] == first.page_content
    assert (first.metadata["letter_id"], first.metadata["page"], first.metadata["paragraph"]) == (
        letter.id,
        passage.page,
        passage.paragraph,
    )
    assert first.metadata["score"] == found[0].score


def test_the_retriever_takes_many_at_once(search: Search) -> None:
    queries = ["GoodSAM", "leadership skills audit", "traumatic exposure"]
    retriever = LetterRetriever(search=search, limit=2)
    assert retriever.batch(queries) == [retriever.invoke(query) for query in queries]


def test_the_retriever_keeps_to_its_scope(search: Search) -> None:
    retriever = LetterRetriever(search=search, scope=Scope(area=("Dorset",)), limit=50)
    assert {document.metadata["source"][:3] for document in retriever.invoke("police")} == {"002"}


def test_the_retriever_is_a_link_in_a_chain(search: Search) -> None:
    chain = LetterRetriever(search=search, limit=1) | RunnableLambda(
        lambda documents: documents[0].page_content
    )
    assert "GoodSAM" in chain.invoke("GoodSAM")


def test_words_of_a_heading_are_found_as_they_stand(search: Search) -> None:
    first = search.search("Dorset Police Specific Actions", limit=3)[0]
    assert (source(search, first), first.passage.role) == ("002", "heading")
    assert first.passage.text.strip("* ") == "Dorset Police Specific Actions"
    assert first.cosine is None


@pytest.mark.parametrize("letters", [1, 3, 11])
@pytest.mark.parametrize("most", [0, 4000])
def test_words_of_many_letters_are_ranked_as_in_those_letters_alone(
    letters: int, most: int, store_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(store_dir, create=True)
    take(store, write_letters(tmp_path / "letters", 12, paragraphs=8))
    inside = sorted(store.letter_ids())[:letters]
    query = "what did the bridge in letter 7 cost"
    expected = lexical.search_words(store, query, limit=20, letter_ids=inside)
    assert expected
    monkeypatch.setattr(lexical, "FEW_LETTERS", 0)
    monkeypatch.setattr(lexical, "MAX_RESULTS", most)
    found = lexical.search_words(store, query, limit=20, letter_ids=inside)
    assert [score for _, score in found] == pytest.approx([score for _, score in expected])
    assert {key for key, score in found if score > found[-1][1]} <= {key for key, _ in expected}
    store.close()


def test_a_scope_asked_for_again_follows_the_letters(store_dir: Path, tmp_path: Path) -> None:
    store = Store(store_dir, create=True)
    take(store, write_letters(tmp_path / "letters", 2))
    by_words, scope = Search(store, None, None), Scope(excluded=("Nowhere",))
    before = {found.passage.letter_id for found in by_words.search("bridge", scope=scope, limit=50)}
    new = tmp_path / "new.txt"
    new.write_text(letter_text(99, "The bridge was sold."), "utf-8")
    take(store, new)
    after = {found.passage.letter_id for found in by_words.search("bridge", scope=scope, limit=50)}
    assert len(after - before) == 1
    assert before <= after
    store.close()
