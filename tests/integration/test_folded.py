"""Archives and e-mails in the write path: each member a letter, taken up again where it failed, gone with its file."""

import io
import os
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.integration.stores import MODEL, counts, letter_text, take
from tests.pdf_files import Sheet, lines, pdf
from vectorstore.lexical import search_words
from vectorstore.store import Store


@pytest.fixture
def store(store_dir: Path) -> Iterator[Store]:
    store = Store(store_dir, create=True)
    yield store
    store.close()


def archive(path: Path, members: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, data in members.items():
            made.writestr(name, data)
    # A file written twice within the clock's step must not look unchanged.
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1_000_000_000))


def sources(store: Store) -> list[str]:
    return sorted(letter.source for letter in store.letters())


def test_each_letter_of_an_archive_is_a_letter_of_its_own(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    archive(folder / "may.zip", {"a.txt": letter_text(1), "deep/b.txt": letter_text(2), "c.xyz": "?"})
    report = take(store, folder)
    assert counts(report) == (2, 0, 0, 0)
    assert sources(store) == ["may.zip - a.txt", "may.zip - b.txt"]
    (failure,) = report.failed
    assert failure.source == "may.zip - c.xyz"
    assert "not read" in failure.reason
    assert {path.read_text("utf-8") for path in store.originals.iterdir()} == {letter_text(1), letter_text(2)}


def test_an_archive_that_has_not_changed_is_not_opened_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(tmp_path / "two.zip", {"a.txt": letter_text(1), "b.txt": letter_text(2)})
    take(store, tmp_path / "two.zip")
    monkeypatch.setattr(Path, "read_bytes", lambda _path: pytest.fail("it was opened"))
    assert counts(take(store, tmp_path / "two.zip")) == (0, 2, 0, 0)


def test_what_failed_in_an_archive_is_tried_and_reported_again(store: Store, tmp_path: Path) -> None:
    archive(tmp_path / "two.zip", {"a.txt": letter_text(1), "b.pdf": b"no PDF"})
    first = take(store, tmp_path / "two.zip")
    again = take(store, tmp_path / "two.zip")
    assert first.failed == again.failed
    assert counts(again) == (0, 1, 0, 0)


def test_a_member_that_is_gone_goes_and_a_changed_one_is_replaced(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "post.zip"
    archive(path, {"a.txt": letter_text(1, "The zeppelin was sold."), "b.txt": letter_text(2)})
    take(store, path)
    archive(path, {"a.txt": letter_text(1, "The submarine was sold.")})
    assert counts(take(store, path)) == (0, 0, 1, 1)
    assert sources(store) == ["post.zip - a.txt"]
    assert search_words(store, "zeppelin", limit=5) == []
    assert search_words(store, "submarine", limit=5)


def test_an_archive_that_a_folder_no_longer_holds_takes_its_letters_along(
    store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    archive(folder / "two.zip", {"a.txt": letter_text(1), "b.txt": letter_text(2)})
    (folder / "one.txt").write_text(letter_text(2), "utf-8")
    take(store, folder)
    (folder / "two.zip").unlink()
    # One of its letters stands in another file too, and stays.
    assert counts(take(store, folder)) == (0, 1, 0, 1)
    assert search_words(store, "letter", limit=5)
    assert store.counts()[0] == 1
    assert len(list(store.originals.iterdir())) == 1


def test_an_e_mail_is_a_letter_and_so_is_what_is_attached(store: Store, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "Ann Fox <ann@council.test>", "Bob Sample <bob@trust.test>"
    message["Subject"], message["Date"] = "Flood plan", "Thu, 7 May 2020 10:00:00 +0000"
    message.set_content(
        "Dear Bob\n\nThe flood plan was approved by the cabinet on Tuesday.\n\nYours\nAnn Fox\n"
    )
    said = [
        "Dear Bob",
        "The barrier at Northmere cost 400 pounds to mend last winter.",
        "Yours sincerely",
        "Ann Fox",
    ]
    message.add_attachment(
        pdf(Sheet(lines(said, 72, 700))), maintype="application", subtype="pdf", filename="plan.pdf"
    )
    (tmp_path / "mail.eml").write_bytes(bytes(message))
    report = take(store, tmp_path / "mail.eml")
    assert (counts(report), report.failed) == ((2, 0, 0, 0), ())
    assert sources(store) == ["mail.eml - mail.txt", "mail.eml - plan.pdf"]
    assert search_words(store, "barrier", limit=5)
    assert search_words(store, "cabinet", limit=5)


def test_an_archive_that_is_none_is_set_aside_and_the_rest_goes_on(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "bad.zip").write_bytes(b"PK\x03\x04 and no more")
    (folder / "mail.msg").write_bytes(b"\xd0\xcf\x11\xe0")
    archive(folder / "good.zip", {"a.txt": letter_text(1)})
    report = take(store, folder)
    assert counts(report) == (1, 0, 0, 0)
    assert {failure.source for failure in report.failed} == {"bad.zip", "mail.msg"}
    assert "save it as .eml" in next(f.reason for f in report.failed if f.source == "mail.msg")


def test_members_named_for_elsewhere_stay_in_the_store(store: Store, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for at, name in enumerate(
            ["../../up.txt", "/etc/root.txt", "CON.txt", "x" * 300 + ".txt", "a\nb.txt"]
        ):
            made.writestr(name, letter_text(at + 1))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "odd.zip").write_bytes(stream.getvalue())
    before = {path for path in tmp_path.rglob("*") if store.folder not in path.parents}
    assert counts(take(store, tmp_path / "in")) == (5, 0, 0, 0)
    assert {path for path in tmp_path.rglob("*") if store.folder not in path.parents} == before
    assert all("/" not in source and "\n" not in source for source in sources(store))
    assert store.unembedded(MODEL) == []
