"""From scan to answer: what stands on a scanned page is cited with that page, what cannot be read is never "no"."""

from pathlib import Path

import pytest
from PIL import Image

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import Settings, load_settings
from tests.pdf_files import Sheet, lines, pdf, picture_of, saved, whole_page
from vectorstore.readers.ocr import ocr_available
from vectorstore.store import Store

pytestmark = pytest.mark.skipif(
    not ocr_available(), reason="tesseract is not installed; `make test` as root on Debian installs it"
)
COVER = ["Marlow Valley Trust", "Response to the regulator", "", "Dear Ms Okafor,", "",
         "I enclose the trust's response to your report on the ambulance station."]  # fmt: skip
BODY = ["The trust bought fourteen electric ambulances for the Marlow station in June.", "",
        "Drivers were trained by the maker and the old vehicles were sold at auction.", "",
        "Yours sincerely,", "", "Ruth Adeyemi", "Chief Executive", "Marlow Valley Trust"]  # fmt: skip
OTHER = """Harbour Board
4 May 2021

Dear Ms Okafor

The board has mended the lighthouse and paid for it out of its reserves.

Yours sincerely
Tom Quill
Harbour Master
"""


def scan(texts: list[str]) -> Sheet:
    return Sheet(whole_page(), picture_of(lines(texts, 70, 760)))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store of a letter with a scanned second page, one with a page of nothing but marks, and one of text."""
    home = tmp_path_factory.mktemp("scans")
    (home / "letters").mkdir()
    noise = Sheet(whole_page(), Image.effect_noise((800, 1100), 90))
    (home / "letters" / "marlow.pdf").write_bytes(pdf(Sheet(lines(COVER, 70, 760)), scan(BODY)))
    (home / "letters" / "torn.pdf").write_bytes(pdf(Sheet(lines(COVER, 70, 700)), noise))
    (home / "letters" / "harbour.txt").write_text(OTHER, "utf-8")
    (home / "letters" / "photo.png").write_bytes(saved(Image.effect_noise((400, 400), 90), "PNG"))
    return load_settings(store=home / "store", folder=home / "letters", engine="quoting")


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Assistant:
    report = assembly.ingest(settings)
    assert report.added == 3
    assert {failure.source for failure in report.failed} == {"torn.pdf, page 2", "photo.png"}
    return assembly.open_assistant(settings)


def test_what_a_scanned_page_says_is_cited_with_that_page(assistant: Assistant) -> None:
    answer = assistant.ask("How many electric ambulances did the trust buy?")
    assert answer.status == "answered"
    first = answer.citations[0]
    assert "fourteen electric ambulances" in first.exact
    assert (first.source, first.page) == ("marlow.pdf", 2)
    assert first.label.endswith("read by OCR")


def test_a_letter_with_a_page_that_could_not_be_read_is_never_said_not_to_say_it(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("Which letters mention the lighthouse?")
    assert answer.ledger is not None
    assert {row.source: row.says for row in answer.ledger.rows} == {
        "harbour.txt": "yes",
        "marlow.pdf": "no",
        "torn.pdf": "unreadable",
    }
    assert "1 could not be read whole" in answer.text
    none = assistant.ask("Which letters mention zeppelins?")
    assert none.status == "not_found"
    assert "could not be read" in none.text
    without = assistant.ask("Which letters do not mention the lighthouse?")
    assert len(without.statements) == 1


def test_a_page_that_could_not_be_read_is_tried_and_reported_again(
    settings: Settings, assistant: Assistant
) -> None:
    report = assembly.ingest(settings)
    assert (report.unchanged, report.replaced, report.added) == (3, 0, 0)
    assert {failure.source for failure in report.failed} == {"torn.pdf, page 2", "photo.png"}


def test_without_ocr_scanned_pages_are_named_and_read_once_it_is_there(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = settings.model_copy(update={"store": tmp_path / "store"})
    with monkeypatch.context() as patched:
        patched.setenv("PATH", str(tmp_path))
        report = assembly.ingest(own, [settings.folder / "marlow.pdf"])
    (failure,) = report.failed
    assert failure.source == "marlow.pdf, page 2"
    assert "tesseract" in failure.reason
    report = assembly.ingest(own, [settings.folder / "marlow.pdf"])
    assert (report.replaced, report.failed) == (1, ())
    assert "fourteen electric ambulances" in Store(own.store).letters()[0].text


def test_progress_tells_of_each_scanned_page_before_its_letter_is_done(
    settings: Settings, tmp_path: Path
) -> None:
    own = settings.model_copy(update={"store": tmp_path / "store"})
    (tmp_path / "long.pdf").write_bytes(pdf(*(scan([f"Page {n} of the notes.", *BODY]) for n in "123")))
    seen: list[tuple[int, int]] = []
    assembly.ingest(own, [tmp_path / "long.pdf"], on_progress=lambda p: seen.append((p.done, p.pages)))
    assert [at for at in seen if at[0] == 0] == [(0, 1), (0, 2), (0, 3)]
    assert (1, 3) in seen
