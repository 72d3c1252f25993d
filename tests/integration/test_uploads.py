"""Letters that come through the page: kept in the store's folder, never over another one unasked, removable."""

from pathlib import Path

import pytest

from assistant import assembly
from assistant.settings import Settings, load_settings
from tests.integration.stores import letter_text, write_letters
from vectorstore.errors import CorrectionError
from vectorstore.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(store=tmp_path / "store", folder=tmp_path / "letters", engine="quoting")


def add(
    settings: Settings, *files: tuple[str, bytes], replace: bool = False
) -> tuple[int, int, int, int, int]:
    report = assembly.add_uploads(settings, files, replace=replace)
    return report.added, report.unchanged, report.replaced, report.removed, len(report.failed)


def text(number: int) -> bytes:
    return letter_text(number).encode()


def sources(settings: Settings) -> list[str]:
    return sorted(letter.source for letter in Store(settings.store).letters())


def test_uploaded_letters_are_in_the_store_and_stay_when_a_folder_is_read(settings: Settings) -> None:
    assert add(settings, ("one.txt", text(1)), ("../../two.txt", text(2))) == (2, 0, 0, 0, 0)
    write_letters(settings.folder, 1)
    report = assembly.ingest(settings)
    assert (report.added, report.removed) == (1, 0)
    assert sources(settings) == ["000.txt", "one.txt", "two.txt"]


def test_another_letter_of_the_same_name_takes_no_place_unless_asked(settings: Settings) -> None:
    add(settings, ("letter.txt", text(1)))
    assert add(settings, ("letter.txt", text(1))) == (0, 1, 0, 0, 0)
    assert add(settings, ("letter.txt", text(2))) == (1, 0, 0, 0, 0)
    assert sources(settings) == ["letter (2).txt", "letter.txt"]
    assert add(settings, ("letter.txt", text(3)), replace=True) == (0, 0, 1, 0, 0)
    assert len(sources(settings)) == 2


def test_a_file_that_cannot_be_read_is_reported_and_leaves_nothing(settings: Settings) -> None:
    assert add(settings, ("bad.pdf", b"no PDF"), ("good.txt", text(1))) == (1, 0, 0, 0, 1)
    assert [path.name for path in (settings.store / "uploads").iterdir()] == ["good.txt"]


def test_an_uploaded_letter_can_be_removed_and_leaves_no_trace(settings: Settings) -> None:
    add(settings, ("one.txt", text(1)), ("two.txt", text(2)))
    store = Store(settings.store)
    one = next(letter for letter in store.letters() if letter.source == "one.txt")
    assembly.remove_upload(settings, one.id)
    assert sources(settings) == ["two.txt"]
    assert [path.name for path in (settings.store / "uploads").iterdir()] == ["two.txt"]
    assert not list(store.originals.glob(f"{one.id}*"))
    assert one.id not in store.vector_ids(store.meta("embedding_model") or "").values()


def test_a_letter_of_a_folder_is_removed_in_its_folder(settings: Settings) -> None:
    write_letters(settings.folder, 1)
    assembly.ingest(settings)
    (letter,) = Store(settings.store).letters()
    assert not assembly.is_upload(settings, letter.id)
    with pytest.raises(CorrectionError, match="delete its file there"):
        assembly.remove_upload(settings, letter.id)
    assert sources(settings) == ["000.txt"]
