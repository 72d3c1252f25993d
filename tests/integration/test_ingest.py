"""The write path: files to store to index, over good files and bad, twice, halfway, and killed."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpora import ROOT
from tests.integration.stores import (
    MODEL,
    Refusing,
    WordVectors,
    contents,
    counts,
    held_by_another_process,
    letter_text,
    packaged,
    run_python,
    take,
    write_letters,
)
from vectorstore import database
from vectorstore.card import find_card
from vectorstore.errors import StoreBusyError, StoreError
from vectorstore.index import SAMPLE, VectorIndex
from vectorstore.ingest import check_versions, ingest
from vectorstore.letter import LetterCard
from vectorstore.lexical import search_words
from vectorstore.progress import Failure
from vectorstore.split import split_letter
from vectorstore.store import Store


@pytest.fixture
def store(store_dir: Path) -> Iterator[Store]:
    store = Store(store_dir, create=True)
    yield store
    store.close()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder of three letters."""
    return write_letters(tmp_path / "letters", 3)


def sources(store: Store) -> list[str]:
    return sorted(letter.source for letter in store.letters())


def indexed(store: Store) -> set[str]:
    index = VectorIndex(store, MODEL)
    try:
        return index._ids()
    finally:
        index.close()


# What is taken


def test_the_five_letters_are_stored_with_their_vectors_and_the_readme_is_not(store: Store) -> None:
    model = packaged()
    report = take(store, ROOT / "letters", embeddings=model, model_id=model.model_id)
    assert counts(report) == (5, 0, 0, 0)
    assert (report.letters, report.failed) == (5, ())
    assert report.passages == store.counts()[1]
    assert all(source.startswith("00") for source in sources(store))
    assert store.unembedded(model.model_id) == []
    before = contents(store)
    again = take(store, ROOT / "letters", embeddings=Refusing(), model_id=model.model_id)
    assert counts(again) == (0, 5, 0, 0)
    assert contents(store) == before


def test_folders_are_read_to_the_bottom_and_only_for_letters(store: Store, letters: Path) -> None:
    (letters / "2020" / "may").mkdir(parents=True)
    (letters / "2020" / "may" / "deep.TXT").write_text(letter_text(50), "utf-8")
    (letters / ".hidden").mkdir()
    (letters / ".hidden" / "x.txt").write_text(letter_text(51), "utf-8")
    for name in ("README.md", "readme.txt", ".note.txt", "table.xyz"):
        (letters / name).write_text(letter_text(52), "utf-8")
    assert counts(take(store, letters)) == (4, 0, 0, 0)
    assert "deep.TXT" in sources(store)


def test_a_store_inside_the_folder_does_not_read_its_own_copies(tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "letters", 3)
    store = Store(letters / "store", create=True)
    assert counts(take(store, letters)) == (3, 0, 0, 0)
    assert counts(take(store, letters)) == (0, 3, 0, 0)
    store.close()


def test_a_file_named_twice_is_read_once(store: Store, letters: Path) -> None:
    assert counts(take(store, letters, letters / "000.txt", letters)) == (3, 0, 0, 0)


def test_the_original_bytes_are_kept(store: Store, letters: Path) -> None:
    take(store, letters)
    originals = {path.read_bytes() for path in store.originals.iterdir()}
    assert originals == {path.read_bytes() for path in letters.iterdir()}


def test_progress_counts_files(store: Store, letters: Path) -> None:
    seen: list[tuple[str, int, int, str]] = []
    ingest(
        store,
        [letters],
        embeddings=None,
        model_id=None,
        on_progress=lambda so_far: seen.append((so_far.stage, so_far.done, so_far.total, so_far.name)),
    )
    assert seen == [("reading", 1, 3, "000.txt"), ("reading", 2, 3, "001.txt"), ("reading", 3, 3, "002.txt")]


# What has changed


def test_a_changed_file_replaces_its_letter_and_the_old_words_are_nowhere(
    store: Store, letters: Path
) -> None:
    file = letters / "000.txt"
    file.write_text(letter_text(0, "The zeppelin was sold."), "utf-8")
    take(store, letters)
    old = {passage.id for passage in store.passages_of([letter.id for letter in store.letters()])}
    assert search_words(store, "zeppelin", limit=5)
    file.write_text(letter_text(0, "The submarine was bought."), "utf-8")
    assert counts(take(store, letters)) == (0, 2, 1, 0)
    assert search_words(store, "zeppelin", limit=5) == []
    assert search_words(store, "submarine", limit=5)
    new = {passage.id for passage in store.passages_of([letter.id for letter in store.letters()])}
    assert old - new
    assert indexed(store) == store.vector_ids(MODEL).keys()
    assert not (old - new) & indexed(store)


def test_only_what_is_new_is_embedded(store: Store, letters: Path) -> None:
    take(store, letters)
    (letters / "000.txt").write_text(letter_text(0, "The zeppelin was sold."), "utf-8")
    model = WordVectors()
    take(store, letters, embeddings=model)
    assert model.embedded == 1


def test_a_file_that_a_folder_no_longer_holds_is_removed(store: Store, letters: Path) -> None:
    take(store, letters)
    (letters / "001.txt").unlink()
    assert counts(take(store, letters)) == (0, 2, 0, 1)
    assert sources(store) == ["000.txt", "002.txt"]
    assert indexed(store) == store.vector_ids(MODEL).keys()
    assert search_words(store, "letter 1", limit=50, letter_ids=["nothing"]) == []


def test_letters_of_other_folders_stay(store: Store, letters: Path, tmp_path: Path) -> None:
    take(store, letters)
    others = write_letters(tmp_path / "letters and more", 5)
    assert counts(take(store, others)) == (2, 3, 0, 0)
    shutil.rmtree(others)
    others.mkdir()
    assert counts(take(store, others)) == (0, 0, 0, 2)
    assert store.counts()[0] == 3


def test_the_same_letter_under_two_names_is_one_letter(store: Store, letters: Path) -> None:
    shutil.copy(letters / "000.txt", letters / "copy.txt")
    assert counts(take(store, letters)) == (3, 1, 0, 0)
    assert "copy.txt" not in sources(store)
    (letters / "000.txt").unlink()
    assert counts(take(store, letters)) == (0, 3, 0, 0)
    assert store.counts()[0] == 3
    (letters / "copy.txt").unlink()
    assert counts(take(store, letters)) == (0, 2, 0, 1)


def test_a_renamed_file_is_not_read_or_embedded_again(store: Store, letters: Path) -> None:
    take(store, letters)
    (letters / "000.txt").rename(letters / "renamed.txt")
    assert counts(take(store, letters, embeddings=Refusing())) == (0, 3, 0, 0)
    assert store.counts()[0] == 3


# What cannot be read


def test_bad_files_are_set_aside_with_their_reasons_and_the_rest_goes_on(store: Store, letters: Path) -> None:
    (letters / "empty.txt").touch()
    (letters / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (letters / "blank.txt").write_text(" \n\n\f", "utf-8")
    (letters / "dangling.txt").symlink_to(letters / "nowhere")
    (letters / "loop.txt").symlink_to(letters / "loop.txt")
    os.mkfifo(letters / "pipe.txt")
    report = take(store, letters)
    assert counts(report) == (3, 0, 0, 0)
    assert {failure.source: failure.reason.split()[0] for failure in report.failed} == {
        "empty.txt": "it",
        "binary.txt": "it",
        "blank.txt": "it",
        "dangling.txt": "it",
        "loop.txt": "it",
        "pipe.txt": "it",
    }
    reasons = {failure.source: failure.reason for failure in report.failed}
    assert reasons["empty.txt"] == "it is empty; get the file again"
    assert "No such file" in reasons["dangling.txt"]
    assert "pipe" in reasons["pipe.txt"]


def test_a_named_file_that_is_not_there_is_set_aside(store: Store, letters: Path) -> None:
    report = take(store, letters, letters / "999.txt")
    assert report.failed == (Failure("999.txt", "it cannot be opened: No such file or directory"),)
    assert report.added == 3


def test_a_letter_whose_file_can_no_longer_be_read_is_kept(store: Store, letters: Path) -> None:
    take(store, letters)
    (letters / "000.txt").write_bytes(b"")
    report = take(store, letters)
    assert [failure.source for failure in report.failed] == ["000.txt"]
    assert (report.removed, report.letters) == (0, 3)


def test_letters_of_a_folder_that_cannot_be_listed_are_kept(
    store: Store, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = letters / "closed"
    write_letters(closed, 5)
    assert counts(take(store, letters)) == (5, 3, 0, 0)
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = take(store, letters)
    assert report.failed == (Failure(str(closed), "the folder cannot be listed: Permission denied"),)
    assert (report.removed, report.letters) == (0, 5)


def test_a_name_that_is_no_text_is_a_name_all_the_same(store: Store, letters: Path) -> None:
    name = os.fsencode(letters) + b"/\xff\xfe.txt"
    Path(os.fsdecode(name)).write_text(letter_text(50), "utf-8")
    assert counts(take(store, letters)) == (4, 0, 0, 0)
    assert counts(take(store, letters)) == (0, 4, 0, 0)
    assert "\\udcff\\udcfe.txt" in sources(store)
    Path(os.fsdecode(name)).unlink()
    assert counts(take(store, letters)) == (0, 3, 0, 1)


def test_a_full_disk_stops_the_run_with_one_sentence(
    store: Store, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(
        StoreError, match=r"cannot be copied to .*No space left on device.* run the same command again"
    ):
        take(store, letters)
    monkeypatch.undo()
    assert counts(take(store, letters)) == (3, 0, 0, 0)


# Another model, another splitter, no model


def test_another_model_is_refused_with_the_command_that_rebuilds(store: Store, letters: Path) -> None:
    take(store, letters)
    before = contents(store)
    with pytest.raises(StoreError) as raised:
        take(store, letters, model_id="other:2")
    for told in (repr(MODEL), "'other:2'", "`python -m assistant ingest --rebuild`"):
        assert told in str(raised.value)
    assert contents(store) == before
    with pytest.raises(StoreError):
        check_versions(store, "other:2")
    check_versions(store, MODEL)
    check_versions(store, None)


def test_a_rebuild_lets_another_model_in(store: Store, letters: Path) -> None:
    take(store, letters)
    assert counts(take(store, letters, model_id="other:2", rebuild=True)) == (0, 3, 0, 0)
    check_versions(store, "other:2")
    assert store.vector_ids(MODEL) == {}
    index = VectorIndex(store, "other:2")
    assert index._ids() == store.vector_ids("other:2").keys() != set()
    index.close()


def test_another_splitter_is_refused_and_a_rebuild_reads_every_letter_anew(
    store: Store, letters: Path, tmp_path: Path
) -> None:
    others = tmp_path / "others"
    others.mkdir()
    (others / "other.txt").write_text(letter_text(77), "utf-8")
    take(store, letters, others)
    fresh = contents(store)
    # As if an earlier splitter had made them.
    store.set_meta("splitter_version", "0")
    store._connection().execute("UPDATE passages SET id = 'old' || id, text = 'of old'")
    with pytest.raises(
        StoreError,
        match=r"splitter version '0'; .* '\d+'. Rebuild with `python -m assistant ingest --rebuild`",
    ):
        take(store, letters)
    report = take(store, letters, rebuild=True)
    assert (counts(report), report.failed) == ((0, 3, 0, 0), ())
    assert contents(store) == fresh
    assert indexed(store) == store.vector_ids(MODEL).keys()


def test_a_rebuild_names_the_letter_that_it_could_not_read_anew(
    store: Store, letters: Path, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text(letter_text(77), "utf-8")
    take(store, letters, tmp_path / "other.txt")
    shutil.rmtree(store.originals)
    report = take(store, letters, rebuild=True)
    assert report.failed == (Failure("other.txt", "the store's copy of it is gone; name its folder too"),)
    assert report.letters == 4


def test_a_rebuild_brings_a_mended_card_into_the_index(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters = write_letters(tmp_path / "letters", 60, paragraphs=1)
    take(store, letters)
    # One letter's passage is embedded with another card from now on, and no sample would show it.
    ids = sorted(store.vector_ids(MODEL))
    sampled = set(ids[:: len(ids) // SAMPLE])
    one = next(
        letter for letter in store.letters() if not sampled & {p.id for p in store.passages_of([letter.id])}
    )
    monkeypatch.setattr(
        "vectorstore.make.find_card",
        lambda text, blocks: LetterCard() if text == one.text else find_card(text, blocks),
    )
    take(store, letters, rebuild=True)
    index = VectorIndex(store, MODEL)
    for key, vector in store.vectors(MODEL, list(store.vector_ids(MODEL))).items():
        assert index.query(vector.tolist(), limit=1)[0][1] == pytest.approx(1.0, abs=1e-3), key
    index.close()


def test_without_a_model_letters_are_stored_and_a_later_ingest_adds_vectors(
    store: Store, letters: Path
) -> None:
    report = ingest(store, [letters], embeddings=None, model_id=None)
    assert (counts(report), report.letters) == ((3, 0, 0, 0), 3)
    assert search_words(store, "what did the bridge cost", limit=5)
    assert store.vector_ids(MODEL) == {}
    assert counts(take(store, letters)) == (0, 3, 0, 0)
    assert indexed(store) == store.vector_ids(MODEL).keys() != set()


# One writer; killed


def test_a_second_ingest_at_the_same_time_is_refused(
    store: Store, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_S", 0.1)
    with (
        held_by_another_process(store.folder / "writer.lock"),
        pytest.raises(StoreBusyError, match="Another program"),
    ):
        take(store, letters)
    assert store.counts() == (0, 0)


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.integration import stores
from vectorstore import ingest, intake, store
from vectorstore.index import SAMPLE, VectorIndex

folder, letters, moment = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
left = {"between letters": 4, "in a letter": 60, "in a file": 4, "while embedding": 2, "in the index": 0}[moment]

def dies(function):
    def call(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*args, **kwargs)
    return call

ingest.EMBED_AT_ONCE = 8
if moment == "between letters":
    intake.Intake._put = dies(intake.Intake._put)
elif moment == "in a letter":
    store.stems = dies(store.stems)
elif moment == "in a file":
    Path.write_bytes = dies(Path.write_bytes)
elif moment == "while embedding":
    stores.WordVectors.embed_documents = dies(stores.WordVectors.embed_documents)
else:
    VectorIndex._holds = dies(VectorIndex._holds)
stores.take(store.Store(folder, create=True), letters)
"""


@pytest.mark.parametrize(
    "moment", ["between letters", "in a letter", "in a file", "while embedding", "in the index"]
)
def test_a_killed_ingest_leaves_a_store_that_opens_and_the_next_one_completes(
    moment: str, store_dir: Path, tmp_path: Path
) -> None:
    letters = write_letters(tmp_path / "letters", 8)
    killed = run_python(KILLED, store_dir, letters, moment)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    store = Store(store_dir)
    assert store.intact()
    held = store.letters()
    assert 3 <= len(held) <= 8
    # Each letter is there with all its passages and words, or not at all.
    for letter in held:
        assert store.passages_of([letter.id]) == list(split_letter(letter))
    assert contents(store)["words without a passage"] == [(0,)]
    report = take(store, letters)
    assert report.added == 8 - len(held)
    whole = Store(tmp_path / "whole", create=True)
    take(whole, letters)
    assert contents(store) == contents(whole)
    assert indexed(store) == indexed(whole)
    store.close()
    whole.close()


def test_a_letter_of_a_killed_ingest_goes_with_its_file(store_dir: Path, tmp_path: Path) -> None:
    letters = write_letters(tmp_path / "letters", 8)
    assert run_python(KILLED, store_dir, letters, "between letters").returncode == -signal.SIGKILL
    store = Store(store_dir)
    for path in letters.iterdir():
        path.unlink()
    take(store, letters)
    assert store.counts() == (0, 0)
    store.close()


def test_the_copy_of_a_removed_letter_is_erased(tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in ("kept", "gone"):
        (folder / f"{name}.txt").write_text(
            f"Dear Minister\n\nThis is the letter that is {name} in the end.\n"
        )
    store = Store(tmp_path / "store", create=True)
    ingest(store, [folder], embeddings=None, model_id=None)
    assert len(list(store.originals.iterdir())) == 2
    (folder / "gone.txt").unlink()
    assert ingest(store, [folder], embeddings=None, model_id=None).removed == 1
    assert [copy.read_text().split()[-4] for copy in store.originals.iterdir()] == ["kept"]


def test_files_of_other_kinds_in_a_folder_are_told_by_their_number(store: Store, letters: Path) -> None:
    (letters / "notes.xyz").write_text("x")
    (letters / "more.xyz").write_text("x")
    (letters / "Makefile").write_text("x")
    (letters / "README.md").write_text("x")
    (note,) = take(store, letters).notes
    assert note.source == str(letters.resolve())
    assert note.reason.endswith("passed over: .xyz (2), without an ending (1)")
