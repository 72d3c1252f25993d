"""The vector index: whatever befalls its files, it is what the store says, and nothing is embedded again."""

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import pytest

from tests.corpora import ROOT
from tests.integration.stores import (
    MODEL,
    Refusing,
    WordVectors,
    held_by_another_process,
    letter_text,
    packaged,
    take,
    write_letters,
)
from vectorstore import chroma, database
from vectorstore.chroma import COLLECTION
from vectorstore.errors import StoreBusyError, StoreError
from vectorstore.index import VectorIndex
from vectorstore.store import Store

# So many that Chroma writes its graph to files; below a thousand it keeps it in memory.
LETTERS, PARAGRAPHS = 22, 50
QUERY = WordVectors().embed_query("what did the bridge cost in letter 7")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with its index, to be copied."""
    home = tmp_path_factory.mktemp("built")
    store = Store(home / "store", create=True)
    take(store, write_letters(home / "letters", LETTERS, paragraphs=PARAGRAPHS))
    store._rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    return home


@pytest.fixture
def store(built: Path, store_dir: Path) -> Iterator[Store]:
    shutil.copytree(built / "store", store_dir)
    store = Store(store_dir)
    yield store
    store.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0.1)


def folder_of(store: Store) -> Path:
    return store.folder / (store.meta("index_folder") or "index")


def exact(store: Store, query: list[float], *, limit: int, model: str = MODEL) -> list[tuple[str, float]]:
    """Scan every stored vector: what the index should find."""
    found = store.vectors(model, list(store.vector_ids(model)))
    cosines = np.stack(list(found.values())) @ np.asarray(query, np.float32)
    return sorted(zip(found, map(float, cosines), strict=True), key=lambda item: (-item[1], item[0]))[:limit]


def check(store: Store) -> None:
    """Open the index and see that it holds the store's vectors, all of them and no others."""
    index = VectorIndex(store, MODEL)
    try:
        assert index._ids() == store.vector_ids(MODEL).keys()
        expected = exact(store, QUERY, limit=5)
        found = index.query(QUERY, limit=5)
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-4)
        for key, vector in list(store.vectors(MODEL, list(store.vector_ids(MODEL))).items())[::200]:
            assert index.query(vector.tolist(), limit=1)[0][1] == pytest.approx(1.0, abs=1e-3), key
    finally:
        index.close()


def raw(store: Store) -> Any:
    """Chroma's own view of the index."""
    return chromadb.PersistentClient(path=str(folder_of(store)))


GRAPH = "*/data_level0.bin"


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def halved(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def garbled(file: Path) -> None:
    file.write_bytes(np.random.default_rng(7).bytes(file.stat().st_size))


def gone(file: Path) -> None:
    file.unlink()


def test_what_is_built_is_what_the_store_says(store: Store) -> None:
    before = folder_of(store)
    check(store)
    assert folder_of(store) == before
    assert store.counts()[0] == LETTERS
    assert len(store.vector_ids(MODEL)) == LETTERS * PARAGRAPHS


@pytest.mark.parametrize("letters", [3, LETTERS])
def test_a_sound_index_is_opened_as_often_as_you_like_without_building_it_again(
    letters: int, store_dir: Path, tmp_path: Path
) -> None:
    store = Store(store_dir, create=True)
    take(store, write_letters(tmp_path / "letters", letters, paragraphs=PARAGRAPHS))
    before = folder_of(store)
    for _ in range(3):
        check(store)
    assert folder_of(store) == before
    store.close()


@pytest.mark.parametrize("torn", [emptied, garbled, gone])
def test_a_small_index_does_without_its_graph(
    torn: Callable[[Path], None], store_dir: Path, tmp_path: Path
) -> None:
    store = Store(store_dir, create=True)
    take(store, write_letters(tmp_path / "letters", 3))
    (graph,) = folder_of(store).glob(GRAPH)
    torn(graph)
    check(store)
    store.close()


def test_a_deleted_index_is_rebuilt_from_stored_vectors(store: Store, built: Path) -> None:
    shutil.rmtree(folder_of(store))
    check(store)
    shutil.rmtree(folder_of(store))
    take(store, built / "letters", embeddings=Refusing())
    check(store)


@pytest.mark.parametrize(
    ("pattern", "torn"),
    [
        *(
            (pattern, torn)
            for pattern in ("chroma.sqlite3", GRAPH)
            for torn in (emptied, halved, garbled, gone)
        ),
        ("*/header.bin", garbled),
        ("*/length.bin", halved),
        ("*/link_lists.bin", emptied),
        ("*/index_metadata.pickle", gone),
    ],
)
def test_a_torn_file_is_noticed_before_it_is_trusted(
    store: Store, pattern: str, torn: Callable[[Path], None]
) -> None:
    # Chroma, given a torn graph to open, ends the whole process.
    (file,) = folder_of(store).glob(pattern)
    torn(file)
    check(store)


def test_vectors_that_are_missing_are_put_back(store: Store) -> None:
    client = raw(store)
    client.get_collection(COLLECTION).delete(ids=sorted(store.vector_ids(MODEL))[::3])
    client.close()
    check(store)


def test_vectors_too_many_are_taken_out(store: Store) -> None:
    client = raw(store)
    client.get_collection(COLLECTION).add(ids=["of no passage"], embeddings=[QUERY])
    client.close()
    check(store)


def test_a_collection_that_is_gone_is_built_again(store: Store) -> None:
    client = raw(store)
    client.delete_collection(COLLECTION)
    client.close()
    check(store)


def test_vectors_of_another_model_under_the_same_ids_are_not_trusted(store: Store) -> None:
    stored = store._rows("SELECT text_hash, vector FROM vectors")
    store.put_vectors(MODEL, [(key, np.roll(np.frombuffer(vector, np.float32), 1)) for key, vector in stored])
    check(store)


def test_an_index_that_grew_after_it_was_written_is_not_opened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder_of(store)
    (graph,) = before.glob(GRAPH)
    os.truncate(graph, graph.stat().st_size * 50)
    opened: list[Path] = []
    connect = chroma._embedded

    def watched(folder: Path) -> Any:
        opened.append(folder)
        return connect(folder)

    monkeypatch.setattr(chroma, "_embedded", watched)
    check(store)
    assert before not in opened
    assert not before.exists()


def test_an_index_killed_before_its_files_were_recorded_is_rebuilt(store: Store) -> None:
    before = folder_of(store)
    store.set_meta("index_files", "{}")
    check(store)
    assert folder_of(store) != before


def test_folders_that_killed_programs_left_go_with_a_rebuild(store: Store) -> None:
    (store.folder / "index-deadbeef").mkdir()
    (store.folder / "index-deadbeef" / "chroma.sqlite3").write_bytes(b"half")
    VectorIndex(store, MODEL, rebuild=True).close()
    assert list(store.folder.glob("index*/")) == [folder_of(store)]
    check(store)


def test_an_index_that_cannot_be_built_says_so_and_leaves_no_half(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder_of(store))

    def fail(self: VectorIndex, ids: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(VectorIndex, "_upsert", fail)
    with pytest.raises(StoreError, match=r"cannot be built \(No space left.*`python -m assistant doctor`"):
        VectorIndex(store, MODEL)
    assert list(store.folder.glob("index*/")) == []


def test_an_index_of_nothing_finds_nothing(store_dir: Path) -> None:
    store = Store(store_dir, create=True)
    index = VectorIndex(store, MODEL)
    assert index.query(QUERY, limit=5) == []
    index.close()


def test_a_query_keeps_to_the_letters_asked_for(store: Store) -> None:
    index = VectorIndex(store, MODEL)
    wanted = [letter.id for letter in store.letters()[:2]]
    letters = store.vector_ids(MODEL)
    found = index.query(QUERY, limit=20, letter_ids=wanted)
    assert len(found) == 20
    assert {letters[key] for key, _ in found} <= set(wanted)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert index.query(QUERY, limit=20, letter_ids=[]) == []
    assert index.query(QUERY, limit=0) == []
    index.close()


@pytest.mark.parametrize("most_results", [0, 100_000])
@pytest.mark.parametrize("letters", [1, 4, 15])
def test_a_scope_is_searched_as_an_exact_scan_of_its_letters_would(
    letters: int, most_results: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Scanned one by one, and thinned out of the nearest of all.
    monkeypatch.setattr("vectorstore.index.MOST_RESULTS", most_results)
    index = VectorIndex(store, MODEL)
    wanted = [letter.id for letter in store.letters()[:letters]]
    owners = store.vector_ids(MODEL)
    for query in (QUERY, WordVectors().embed_query("a garden and a library")):
        every = exact(store, query, limit=len(owners))
        expected = [(key, score) for key, score in every if owners[key] in wanted][:10]
        found = index.query(query, limit=10, letter_ids=wanted)
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-4)
        assert {owners[key] for key, _ in found} <= set(wanted)
    index.close()


def test_what_came_last_is_found_where_the_graph_does_not_reach_it(store: Store, tmp_path: Path) -> None:
    index = VectorIndex(store, MODEL)
    new = tmp_path / "new.txt"
    new.write_text(letter_text(99, "The zeppelin was sold to the museum for nothing."), "utf-8")
    take(store, new)
    index.refresh()
    query = WordVectors().embed_query("who sold the zeppelin to the museum")
    (key, cosine), *_ = exact(store, query, limit=1)
    # Out of the graph's reach: its neighbours all have nearer ones, and no longer point to it.
    index._collection.delete(ids=[key])
    found, score = index.query(query, limit=5)[0]
    assert found == key
    assert score == pytest.approx(cosine, abs=1e-4)
    index.close()


@pytest.mark.parametrize("trusted", [True, False])
def test_a_few_vectors_out_of_the_graph_s_reach_are_no_reason_to_build_it_again(
    trusted: bool, store: Store, monkeypatch: pytest.MonkeyPatch, watched: list[str]
) -> None:
    before = folder_of(store)
    hidden = set(store.sample(16)[:2] if trusted else store.vector_ids(MODEL))
    query = chromadb.Collection.query

    def short_sighted(self: chromadb.Collection, **asked: Any) -> Any:
        found = query(self, **asked)
        for ids, distances in zip(found["ids"], found["distances"] or [], strict=True):
            distances[:] = [0.2 if key in hidden else d for key, d in zip(ids, distances, strict=True)]
        return found

    monkeypatch.setattr(chromadb.Collection, "query", short_sighted)
    if trusted:
        VectorIndex(store, MODEL).close()
        assert folder_of(store) == before
        assert watched == []
    else:
        with pytest.raises(StoreError, match="does not find its own vectors"):
            VectorIndex(store, MODEL)


def test_a_vector_that_is_not_the_stores_is_noticed_though_it_is_alone(
    store_dir: Path, tmp_path: Path
) -> None:
    store = Store(store_dir, create=True)
    take(store, write_letters(tmp_path / "letters", 1, paragraphs=5))
    before = folder_of(store)
    key = store.sample(16)[0]
    client = raw(store)
    other = np.roll(store.vectors(MODEL, [key])[key], 1)
    client.get_collection(COLLECTION, embedding_function=None).update(ids=[key], embeddings=[other])
    client.close()
    check(store)
    assert folder_of(store) != before
    store.close()


class LongVectors(WordVectors):
    """Vectors of a model that gives each text a length of its own."""

    def embed_query(self, text: str) -> list[float]:
        return [(1 + len(text) % 7) * value for value in super().embed_query(text)]


@pytest.mark.parametrize("letters", [1, LETTERS])
def test_a_model_s_vectors_may_have_any_length(letters: int, store_dir: Path, tmp_path: Path) -> None:
    store = Store(store_dir, create=True)
    model = LongVectors()
    take(store, write_letters(tmp_path / "letters", LETTERS, paragraphs=5), embeddings=model)
    index = VectorIndex(store, MODEL)
    key, vector = next(iter(store.vectors(MODEL, sorted(store.vector_ids(MODEL))).items()))
    inside = [store.vector_ids(MODEL)[key], *sorted(store.letter_ids())][:letters]
    for scope in (None, inside):
        found = index.query((3 * vector).tolist(), limit=5, letter_ids=scope)
        assert found[0][0] == key
        assert found[0][1] == pytest.approx(1.0, abs=1e-4)
        assert all(score <= 1.0 + 1e-4 for _, score in found)
    index.close()
    store.close()


# What a change costs


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to indexes, and "compared" where all of one is read."""
    seen: list[str] = []
    upsert, ids = VectorIndex._upsert, VectorIndex._ids

    def write(self: VectorIndex, new: Sequence[str]) -> None:
        seen.extend(new)
        upsert(self, new)

    def read(self: VectorIndex) -> set[str]:
        seen.append("compared")
        return ids(self)

    monkeypatch.setattr(VectorIndex, "_upsert", write)
    monkeypatch.setattr(VectorIndex, "_ids", read)
    return seen


def test_a_new_letter_costs_a_letter(store: Store, tmp_path: Path, watched: list[str]) -> None:
    reader = VectorIndex(store, MODEL)
    assert watched == []
    before = folder_of(store)
    new = tmp_path / "new.txt"
    new.write_text(letter_text(99, paragraphs=5), "utf-8")
    take(store, new)
    added = [
        key
        for key in store.vector_ids(MODEL)
        if store.passages([key])[key].letter_id == letter_of(store, new)
    ]
    assert len(added) == 5
    assert sorted(watched) == sorted(added)
    reader.refresh()
    VectorIndex(store, MODEL).close()
    assert sorted(watched) == sorted(added)
    new.write_text(letter_text(99, paragraphs=3), "utf-8")
    take(store, new)
    assert len(watched) == 5 + 3
    reader.refresh()
    assert "compared" not in watched
    assert folder_of(store) == before
    assert reader._ids() == store.vector_ids(MODEL).keys()
    reader.close()


def letter_of(store: Store, path: Path) -> str:
    return store.files()[str(path)][""].letter_id


def test_what_the_journal_no_longer_tells_is_compared(
    store: Store, tmp_path: Path, watched: list[str]
) -> None:
    (path, _), *_ = store.files().items()
    store.remove_file(path)
    store._rows("DELETE FROM changes")
    index = VectorIndex(store, MODEL)
    assert "compared" in watched
    assert index._ids() == store.vector_ids(MODEL).keys()
    index.close()


def test_a_copy_of_a_store_is_opened_as_it_is(store: Store) -> None:
    before = folder_of(store)
    for file in before.rglob("*"):
        os.utime(file)
    check(store)
    assert folder_of(store) == before


def test_doctor_s_look_finds_what_a_count_does_not(store: Store) -> None:
    client = raw(store)
    collection = client.get_collection(COLLECTION)
    unsampled = sorted(store.vector_ids(MODEL).keys() - set(store.sample(16)))
    collection.delete(ids=unsampled[:1])
    collection.add(ids=["of no passage"], embeddings=[QUERY])
    client.close()
    index = VectorIndex(store, MODEL, thorough=True)
    assert index._ids() == store.vector_ids(MODEL).keys()
    index.close()


def test_while_another_program_brings_letters_in_an_open_index_leaves_them_to_it(store: Store) -> None:
    index = VectorIndex(store, MODEL)
    (path, _), *_ = store.files().items()
    store.remove_file(path)
    with held_by_another_process(store.folder / "writer.lock"):
        began = time.monotonic()
        index.refresh()
        assert time.monotonic() - began < database.LOCK_TIMEOUT_S / 2
        assert index._ids() > store.vector_ids(MODEL).keys()
    index.refresh()
    assert index._ids() == store.vector_ids(MODEL).keys()
    index.close()


# While it is open


def test_files_that_vanish_under_an_open_index_are_built_again(store: Store) -> None:
    index = VectorIndex(store, MODEL)
    expected = index.query(QUERY, limit=5)
    assert isinstance(index._place, chroma.Folder)
    index._place._client.delete_collection(COLLECTION)
    shutil.rmtree(folder_of(store))
    assert dict(index.query(QUERY, limit=5)) == pytest.approx(dict(expected))
    index.close()


def test_a_query_that_cannot_be_answered_says_so(store: Store) -> None:
    index = VectorIndex(store, MODEL)
    with pytest.raises(StoreError, match="cannot be searched"):
        index.query([1.0, 2.0], limit=5)
    assert index.query(QUERY, limit=1)
    index.close()


def test_an_open_index_follows_the_store(store_dir: Path, tmp_path: Path) -> None:
    store = Store(store_dir, create=True)
    take(store, write_letters(tmp_path / "letters", 5))
    index = VectorIndex(store, MODEL)
    query = WordVectors().embed_query("The zeppelin was sold to the museum for nothing.")

    def best() -> str:
        index.refresh()
        ((key, _),) = index.query(query, limit=1)
        return store.passages([key])[key].text

    new = tmp_path / "new.txt"
    new.write_text(letter_text(99, "The zeppelin was sold to the museum for nothing."), "utf-8")
    take(store, new)
    assert "zeppelin" in best()
    new.write_text(letter_text(99), "utf-8")
    take(store, new)
    assert "zeppelin" not in best()
    index.close()
    store.close()


def test_while_another_program_writes_to_the_index_an_open_one_is_searched_as_it_is(store: Store) -> None:
    index = VectorIndex(store, MODEL)
    (path, members), *_ = store.files().items()
    removed = {
        key for key, letter_id in store.vector_ids(MODEL).items() if letter_id == members[""].letter_id
    }
    store.remove_file(path)
    with held_by_another_process(store.folder / "index.lock"):
        began = time.monotonic()
        index.refresh()
        assert time.monotonic() - began < database.LOCK_TIMEOUT_S / 2
        assert index.query(QUERY, limit=5)
        assert removed <= index._ids()
    index.refresh()
    assert index._ids() == store.vector_ids(MODEL).keys()
    index.close()


@pytest.mark.usefixtures("impatient")
def test_while_another_program_writes_to_the_index_opening_it_asks_for_patience(store: Store) -> None:
    with (
        held_by_another_process(store.folder / "index.lock"),
        pytest.raises(StoreBusyError, match="Wait until"),
    ):
        VectorIndex(store, MODEL)
    check(store)


@pytest.mark.usefixtures("impatient")
def test_a_long_ingest_does_not_keep_readers_out(store: Store) -> None:
    shutil.rmtree(folder_of(store))
    with held_by_another_process(store.folder / "writer.lock"):
        check(store)


def test_threads_search_while_letters_come_in(store: Store, tmp_path: Path) -> None:
    index = VectorIndex(store, MODEL)
    failed: list[Exception] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                index.refresh()
                assert index.query(QUERY, limit=5)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test names it
            failed.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for number in range(3):
            file = tmp_path / f"{number}.txt"
            file.write_text(letter_text(500 + number), "utf-8")
            take(store, file)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    assert failed == []
    index.refresh()
    assert index._ids() == store.vector_ids(MODEL).keys()
    index.close()


# Real vectors


def test_the_index_finds_what_an_exact_scan_of_real_vectors_finds(store_dir: Path) -> None:
    model = packaged()
    store = Store(store_dir, create=True)
    take(store, ROOT / "letters", ROOT / "tests" / "letters", embeddings=model, model_id=model.model_id)
    index = VectorIndex(store, model.model_id)
    lines = (ROOT / "tests" / "letters" / "questions.jsonl").read_text("utf-8").splitlines()
    queries = model.embed_documents([json.loads(line)["question"] for line in lines])
    hits = wanted = 0
    for query in queries:
        truth = exact(store, query, limit=10, model=model.model_id)
        floor = truth[-1][1] - 1e-5  # equal cosines may come in either order
        found = index.query(query, limit=10)
        hits += sum(score >= floor for _, score in found)
        wanted += len(truth)
    index.close()
    store.close()
    assert wanted == 10 * len(lines) >= 400
    assert hits / wanted >= 0.99
