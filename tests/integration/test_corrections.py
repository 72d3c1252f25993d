"""Cards corrected by hand: shown as such, searched so, and kept through a new ingest of the same letter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.__main__ import main
from tests.integration.stores import MODEL, Refusing, WordVectors, letter_text, take
from vectorstore.errors import CorrectionError
from vectorstore.index import VectorIndex
from vectorstore.ingest import correct_card
from vectorstore.letter import Letter, Scope
from vectorstore.scope import in_scope
from vectorstore.search import Search
from vectorstore.store import Store


@pytest.fixture
def store(store_dir: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one letter, from `one.txt`."""
    store = Store(store_dir, create=True)
    (tmp_path / "one.txt").write_text(letter_text(1), "utf-8")
    take(store, tmp_path / "one.txt")
    yield store
    store.close()


def correct(store: Store, **values: str | None) -> Letter:
    (letter,) = store.letters()
    correct_card(store, letter.id, values, embeddings=WordVectors(), model_id=MODEL)
    return store.letters()[0]


def test_a_corrected_field_says_so_and_shows_its_place_where_the_letter_has_it(store: Store) -> None:
    letter = correct(store, author="Grace Other", addressee="Bob  Sample")
    assert (letter.card.author, letter.card.addressee) != (None, None)
    assert letter.card.author is not None
    assert letter.card.addressee is not None
    assert (letter.card.author.value, letter.card.author.how, letter.card.author.start) == (
        "Grace Other",
        "corrected",
        None,
    )
    addressee = letter.card.addressee
    assert (addressee.value, addressee.how) == ("Bob Sample", "corrected")
    assert addressee.start is not None
    assert letter.text[addressee.start : addressee.end] == "Bob Sample"
    assert letter.card.values("addressee") == ("Bob Sample",)


def test_a_correction_stays_when_the_letter_is_read_again(store: Store, tmp_path: Path) -> None:
    correct(store, author="Grace Other")
    take(store, tmp_path / "one.txt", rebuild=True)
    assert store.letters()[0].card.value("author") == "Grace Other"
    (tmp_path / "one.txt").rename(tmp_path / "renamed.txt")
    take(store, tmp_path)
    assert store.letters()[0].card.value("author") == "Grace Other"


def test_a_correction_goes_over_to_the_next_version_of_the_file_where_it_still_holds(
    store: Store, tmp_path: Path
) -> None:
    correct(store, author="Grace Other", date="2019-01-02")
    before = store.letters()[0]
    text = letter_text(1)
    (tmp_path / "one.txt").write_text(text.replace("Dear", "My dear"), "utf-8")
    report = take(store, tmp_path / "one.txt")
    (letter,) = store.letters()
    assert (report.replaced, report.notes) == (1, ())
    assert letter.id != before.id
    assert (letter.card.value("author"), letter.card.value("date")) == ("Grace Other", "2019-01-02")
    assert letter.card.author is not None
    assert letter.card.author.how == "corrected"


def test_a_correction_of_what_the_next_version_says_anew_is_left_and_told(
    store: Store, tmp_path: Path
) -> None:
    correct(store, author="Grace Other", date="2019-01-02")
    read = store.card_as_read(store.letters()[0].id)
    assert read is not None
    date = read.date
    assert date is not None
    assert date.start is not None
    text = store.letters()[0].text
    (tmp_path / "one.txt").write_text(text[: date.start] + "9 May 2022" + text[date.end :], "utf-8")
    report = take(store, tmp_path / "one.txt")
    (letter,) = store.letters()
    assert (letter.card.value("author"), letter.card.value("date")) == ("Grace Other", "2022-05-09")
    assert [(note.source, note.reason.rpartition(": ")[2]) for note in report.notes] == [("one.txt", "date")]


def test_a_correction_is_what_is_searched_and_what_scopes_go_by(store: Store) -> None:
    letter = correct(store, author="Grace Other")
    assert all(
        "Grace Other" in passage.header for passage in store.passages_of([letter.id]) if passage.paragraph
    )
    assert in_scope(letter.card, Scope(author=("Grace",)))
    index = VectorIndex(store, MODEL)
    try:
        found = Search(store, WordVectors(), index).search("Grace Other", limit=3)
        assert found
        assert index._ids() == store.vector_ids(MODEL).keys()
    finally:
        index.close()


def test_a_correction_that_is_taken_back_leaves_what_was_read(store: Store) -> None:
    (before,) = store.letters()
    passages = store.passages_of([before.id])
    correct(store, author="Grace Other", subject="")
    assert correct(store, author=None, subject=None) == before
    assert store.passages_of([before.id]) == passages


def test_an_empty_value_says_that_the_letter_has_no_such_field(store: Store) -> None:
    assert correct(store, date="").card.date is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("9 October 2020", "2020-10-09"),
        ("2020-10", "2020-10"),
        ("October 2020", "2020-10"),
        ("2020", "2020"),
        ("2020-10-09", "2020-10-09"),
    ],
)
def test_a_date_may_be_written_as_people_write_it(store: Store, given: str, kept: str) -> None:
    assert correct(store, date=given).card.value("date") == kept


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("date", "soon", "no date"),
        ("date", "2020-02-31", "no date"),
        ("author", "x" * 301, "at most 300"),
        ("colour", "red", "no field"),
    ],
)
def test_what_cannot_be_a_value_is_refused_and_changes_nothing(
    store: Store, field: str, value: str, says: str
) -> None:
    (before,) = store.letters()
    with pytest.raises(CorrectionError, match=says):
        correct(store, **{"subject": "New", field: value})
    assert store.letters() == [before]


def test_only_the_passages_of_the_corrected_letter_are_embedded_again(store: Store, tmp_path: Path) -> None:
    (tmp_path / "two.txt").write_text(letter_text(2), "utf-8")
    take(store, tmp_path / "two.txt")
    one = next(letter for letter in store.letters() if letter.source == "one.txt")
    embedded: list[str] = []

    class Watched(WordVectors):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            embedded.extend(texts)
            return super().embed_documents(texts)

    correct_card(store, one.id, {"author": "Grace Other"}, embeddings=Watched(), model_id=MODEL)
    assert embedded
    assert all(text.startswith("Grace Other") for text in embedded)
    correct_card(store, one.id, {"author": "Grace Other"}, embeddings=Refusing(), model_id=MODEL)


def test_a_letter_that_is_gone_cannot_be_corrected(store: Store) -> None:
    with pytest.raises(CorrectionError, match="no longer"):
        correct_card(store, "0" * 16, {"author": "X Y"}, embeddings=None, model_id=None)


def test_the_list_of_letters_marks_what_was_corrected(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    correct(store, author="Grace Other")
    assert main(["letters", "--store", str(store.folder)]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["author", "Grace", "Other", "(corrected)"] in lines
    assert not [line for line in lines if line[:1] == ["date"] and line[-1] == "(corrected)"]
