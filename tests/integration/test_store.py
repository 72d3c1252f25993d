"""The store's file: opened, refused, locked, broken; and one letter, one transaction."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.corpora import made, named, shipped
from tests.integration.stores import MODEL, contents, held_by_another_process, take, write_letters
from vectorstore import database
from vectorstore.errors import StoreBusyError, StoreError
from vectorstore.letter import Letter
from vectorstore.split import split_letter
from vectorstore.store import SCHEMA_VERSION, File, Store, text_hash


def put(store: Store, letter: Letter, path: str | None = None) -> None:
    file = File(path, "", letter.id, 1, 1) if path else None
    store.put_letter(letter, split_letter(letter), bytes_sha256=letter.text_sha256, file=file)


def version(path: Path, number: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version={number}")
    connection.commit()
    connection.close()


def why_refused(folder: Path) -> str:
    """Open a store that cannot be used and return the one clear line that is shown."""
    with pytest.raises(StoreError) as raised:
        Store(folder).letters()
    line = str(raised.value)
    assert "\n" not in line
    assert repr(str(folder)) in line
    return line


@pytest.fixture
def store(store_dir: Path) -> Iterator[Store]:
    store = Store(store_dir, create=True)
    yield store
    store.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks are waited for a moment only."""
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0.1)


# Opening


def test_where_there_is_no_store_the_command_that_makes_one_is_named(store_dir: Path) -> None:
    assert "Make one: `python -m assistant ingest`" in why_refused(store_dir)
    assert not store_dir.exists()


def test_a_store_of_another_version_is_refused_with_both_versions(store: Store) -> None:
    version(store.path, SCHEMA_VERSION + 41)
    line = why_refused(store.folder)
    assert f"version {SCHEMA_VERSION + 41}" in line
    assert f"version {SCHEMA_VERSION}." in line
    assert "`python -m assistant ingest`" in line
    with pytest.raises(StoreError, match="Move that folder away"):
        Store(store.folder, create=True)


def test_a_store_that_was_never_finished_says_so_and_ingest_finishes_it(store_dir: Path) -> None:
    store_dir.mkdir()
    version(store_dir / "letters.sqlite", 0)
    assert "Finish it: `python -m assistant ingest`" in why_refused(store_dir)
    Store(store_dir, create=True).close()
    assert Store(store_dir).counts() == (0, 0)


def test_an_empty_file_is_a_store_that_was_never_finished(store_dir: Path) -> None:
    store_dir.mkdir()
    (store_dir / "letters.sqlite").touch()
    assert "never finished" in why_refused(store_dir)


def test_a_file_that_is_no_store_is_called_damaged(store_dir: Path) -> None:
    store_dir.mkdir()
    (store_dir / "letters.sqlite").write_bytes(b"Dear Home Secretary " * 500)
    line = why_refused(store_dir)
    assert "is damaged" in line
    assert "make a new one from the letters" in line


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_store_cut_short_is_called_damaged(store: Store, tmp_path: Path, kept: float) -> None:
    take(store, write_letters(tmp_path / "letters", 20))
    store._rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    os.truncate(store.path, int(store.path.stat().st_size * kept))
    assert "is damaged" in why_refused(store.folder)


def test_damage_that_opening_does_not_meet_is_found_by_looking_at_all_of_it(
    store: Store, tmp_path: Path
) -> None:
    take(store, write_letters(tmp_path / "letters", 20))
    assert store.intact()
    store._rows("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    size = store.path.stat().st_size
    with store.path.open("r+b") as file:
        file.seek(size // 2)
        file.write(os.urandom(size // 4))
    assert not store.intact()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot be made.*--store or LETTERS_STORE"):
        Store(tmp_path / "file" / "store", create=True)


def test_creating_what_is_there_keeps_it(store: Store) -> None:
    put(store, named("000"))
    assert Store(store.folder, create=True).counts() == store.counts()


# Locks


@pytest.mark.usefixtures("impatient")
def test_a_store_locked_by_another_connection_asks_for_patience(store: Store) -> None:
    store.close()
    other = sqlite3.connect(store.path, isolation_level=None)
    try:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program. Wait until it is done" in why_refused(store.folder)
    finally:
        other.close()
    assert Store(store.folder).counts() == (0, 0)


@pytest.mark.usefixtures("impatient")
def test_a_second_writer_is_refused_and_readers_read_on(store: Store) -> None:
    put(store, named("000"))
    with held_by_another_process(store.folder / "writer.lock"):
        with (
            pytest.raises(StoreBusyError, match=r"Another program is writing .* Wait until it is done"),
            store.writing(),
        ):
            pass
        assert [letter.source[:3] for letter in Store(store.folder).letters()] == ["000"]
    with store.writing(), store.writing():
        pass


@pytest.mark.usefixtures("impatient")
def test_a_thread_is_a_writer_of_its_own(store: Store) -> None:
    refused: list[StoreError] = []

    def write() -> None:
        try:
            with store.writing():
                pass
        except StoreError as error:
            refused.append(error)

    with store.writing():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert [type(error) for error in refused] == [StoreBusyError]


def test_a_folder_that_is_gone_cannot_be_written_to(store: Store) -> None:
    store.close()
    store.path.unlink()
    (store.folder / "writer.lock").unlink()
    for left in store.folder.iterdir():
        left.unlink()
    store.folder.rmdir()
    store.folder.touch()
    with pytest.raises(StoreError), store.writing():
        pass


# Letters


def test_letters_come_back_as_they_were_put_by_date(store: Store) -> None:
    for letter in shipped():
        put(store, letter)
    assert store.letters() == sorted(shipped(), key=lambda letter: letter.card.value("date") or "")
    assert store.letter(named("002").id) == named("002")
    assert store.letter("no such") is None
    assert store.letters([named("001").id, "no such"]) == [named("001")]


def test_passages_come_back_as_they_were_put(store: Store) -> None:
    passages = split_letter(named("003"))
    put(store, named("003"))
    put(store, named("004"))
    assert store.passages_of([named("003").id]) == list(passages)
    assert store.passages([passages[2].id, "no such"]) == {passages[2].id: passages[2]}


def test_a_letter_is_there_or_not_there(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, named("000"), "letter.txt")
    before = contents(store)

    def fail(text: str) -> list[str]:
        if "Dorset" in text:
            raise RuntimeError("in the middle")
        return text.split()

    monkeypatch.setattr("vectorstore.store.stems", fail)
    with pytest.raises(RuntimeError):
        put(store, named("002"), "letter.txt")
    assert contents(store) == before
    monkeypatch.undo()
    put(store, named("002"), "letter.txt")
    assert store.letters() == [named("002")]


def test_a_changed_file_changes_its_letter_in_one_step(store: Store) -> None:
    put(store, named("000"), "letter.txt")
    generation = store.generation
    put(store, named("001"), "letter.txt")
    assert store.letters() == [named("001")]
    assert store.files() == {"letter.txt": {"": File("letter.txt", "", named("001").id, 1, 1)}}
    assert store.generation > generation


def test_a_letter_stays_while_a_file_holds_it(store: Store) -> None:
    letter = named("000")
    put(store, letter, "one.txt")
    store.put_file(File("two.txt", "", letter.id, 1, 1))
    assert not store.remove_file("one.txt")
    assert store.letters() == [letter]
    assert store.remove_file("two.txt")
    assert not store.remove_file("two.txt")
    assert store.counts() == (0, 0)
    assert contents(store)["words without a passage"] == [(0,)]


def test_a_mistake_of_this_program_is_not_called_damage(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.put_file(File("letter.txt", "", "no such letter", 1, 1))


# Words and vectors


def test_passages_are_matched_by_words_best_first_within_the_letters_asked_for(store: Store) -> None:
    for letter in shipped():
        put(store, letter)
    found = store.match_words('"goodsam"', limit=10)
    passage = store.passages([found[0][0]])[found[0][0]]
    assert "GoodSAM" in passage.text
    scores = [score for _, score in store.match_words('"call" OR "demand"', limit=50)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0
    assert store.match_words('"goodsam"', limit=10, letter_ids=[named("000").id]) == []
    assert store.match_words('"goodsam"', limit=10, letter_ids=[named("001").id])[0][0] == passage.id
    assert len(store.match_words('"call"', limit=3)) == 3


def test_words_of_the_passage_count_for_more_than_words_of_its_header(store: Store) -> None:
    letter = made(
        "We write to you again about money.",
        "**Grants**",
        "The plan for the coming year is on the table now.",
        "**School buses**",
        "We spent all of our grants on a new one of them.",
    )
    put(store, letter)
    matched = [store.passages([key])[key] for key, _ in store.match_words('"grant"', limit=10)]
    found = [passage for passage in matched if passage.paragraph]  # the heading is searched too
    assert [passage.text.split()[0] for passage in found] == ["We", "The"]
    assert ["Grants" in passage.header for passage in found] == [False, True]


def test_only_the_letters_own_paragraphs_wait_for_vectors(store: Store) -> None:
    put(store, named("001"))
    waiting = dict(store.unembedded(MODEL))
    numbered = [passage for passage in split_letter(named("001")) if passage.paragraph]
    assert waiting == {text_hash(passage): passage.embedded_text for passage in numbered}


def test_vectors_come_back_and_a_reader_is_told_of_them(store: Store) -> None:
    put(store, named("001"))
    generation = store.generation
    vectors = {key: np.full(4, number, np.float32) for number, (key, _) in enumerate(store.unembedded(MODEL))}
    store.put_vectors(MODEL, vectors.items())
    assert store.generation > generation
    assert store.unembedded(MODEL) == []
    numbered = {p.id: text_hash(p) for p in split_letter(named("001")) if p.paragraph}
    assert store.vector_ids(MODEL) == dict.fromkeys(numbered, named("001").id)
    assert store.vector_ids("another") == {}
    found = store.vectors(MODEL, list(numbered))
    assert all((found[key] == vectors[numbered[key]]).all() for key in numbered)


def test_vectors_that_nothing_needs_are_dropped(store: Store) -> None:
    put(store, named("001"), "letter.txt")
    keys = [key for key, _ in store.unembedded(MODEL)]
    store.put_vectors(MODEL, [(key, np.ones(4)) for key in [*keys, "of no passage"]])
    store.put_vectors("another", [(keys[0], np.ones(4))])
    store.drop_vectors(MODEL)
    assert {(model, key) for model, key, _ in contents(store)["vectors"]} == {(MODEL, key) for key in keys}


def test_threads_read_side_by_side(store: Store) -> None:
    for letter in shipped():
        put(store, letter)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(store.letters()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [5] * 8


# The journal


def test_the_journal_tells_which_letters_changed_since_when(store: Store) -> None:
    one, two = named("001"), named("002")
    put(store, one, "one.txt")
    first = store.generation
    put(store, two, "two.txt")
    second = store.generation
    gone = {p.id for p in store.passages_of([one.id]) if p.paragraph}
    with store.writing():
        store.remove_file("one.txt")
    changes = store.changes_since(first)
    assert changes is not None
    assert changes.letters == {one.id, two.id}
    assert changes.gone == gone
    changes = store.changes_since(second)
    assert changes is not None
    assert changes.letters == {one.id}
    assert store.changes_since(store.generation) == (frozenset(), frozenset())


def test_the_journal_names_the_letters_whose_vectors_came(store: Store) -> None:
    put(store, named("001"), "one.txt")
    put(store, named("002"), "two.txt")
    before = store.generation
    (key, *_) = [text_hash(p) for p in store.passages_of([named("002").id]) if p.paragraph]
    store.put_vectors(MODEL, [(key, np.ones(4))])
    changes = store.changes_since(before)
    assert changes is not None
    assert changes.letters == {named("002").id}


def test_the_journal_is_kept_short_and_says_when_it_does_not_reach_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.store.JOURNAL_LINES", 1)
    put(store, named("001"), "one.txt")
    before = store.generation
    store.set_meta("generation", "998")
    put(store, named("002"), "two.txt")
    put(store, named("003"), "three.txt")
    assert store._rows("SELECT count(*) FROM changes")[0][0] == 1
    assert store.changes_since(before) is None
    assert store.changes_since(-1) is None


# Letters as they are listed


def test_a_listed_letter_has_the_card_and_reads_the_text(store: Store) -> None:
    put(store, named("001"), "one.txt")
    put(store, named("002"), "two.txt")
    with store.writing():
        store.put_corrections(named("002").id, {"author": "Grace Other"})
    whole = {letter.id: letter for letter in store.letters()}
    listed = store.listed()
    assert {letter.id for letter in listed} == whole.keys()
    for letter in listed:
        same = whole[letter.id]
        assert (letter.card, letter.source, letter.pages, letter.reads) == (
            same.card,
            same.source,
            same.pages,
            same.reads,
        )
        assert (letter.text, letter.blocks) == (same.text, same.blocks)


def test_a_listed_letter_that_is_gone_says_so(store: Store) -> None:
    put(store, named("001"), "one.txt")
    (letter,) = store.listed()
    with store.writing():
        store.remove_file("one.txt")
    with pytest.raises(StoreError, match="removed while it was being read"):
        letter.text  # noqa: B018 - looking is what reads it


def test_a_sample_has_what_came_last_and_what_lies_before(store: Store) -> None:
    for source in ("000", "001", "002"):
        put(store, named(source))
    numbered = [p.id for p in split_letter(named("002")) if p.paragraph]
    sample = store.sample(4)
    assert set(numbered[-4:]) <= set(sample)
    assert any(key in sample for key in (p.id for p in split_letter(named("000"))))
    assert len(sample) <= 8
