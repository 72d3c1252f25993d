"""`brief`: a file from questions, one sentence where there can be none; and what LibreOffice makes of the file."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it carries no types
import pytest

from assistant.__main__ import main
from assistant.briefing_docx import write_docx
from assistant.chat import Assistant
from assistant.settings import Settings
from tests.unit.assistant.briefings import brief, cited, items_of, made, not_found

CALLS = "How many 999 calls did West Yorkshire Police receive in 2019/20?"
CHEESE = "What do the letters say about the price of cheese on the moon?"
POEM = "Write me a poem about the letters"

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def answering(five: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command's first arguments, over a store that is opened already."""
    monkeypatch.setattr("assistant.assembly.open_assistant", lambda _settings: assistant)
    return ["brief", "--store", str(five.store)]


def sentence(err: str) -> str:
    """The one sentence on standard error."""
    assert err.endswith(".\n"), err
    assert err.count("\n") == 1, err
    return err


def test_a_markdown_briefing_has_the_letters_words_and_an_annex(
    answering: list[str], assistant: Assistant, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "calls.md"
    asked = ["--question", CALLS, "--question", CHEESE, "--title", "Calls", "--marking", "OFFICIAL"]
    assert main([*answering, *asked, "--out", str(out)]) == 0
    said = capsys.readouterr()
    assert re.fullmatch(rf"Wrote {re.escape(str(out))}: \d+ statements?, \d+ footnotes?\.\n", said.out)
    text = out.read_text("utf-8")
    assert text.startswith("**OFFICIAL**\n\n# Calls\n")
    assert "received 478,000" in text
    assert "The letters do not say" in text
    texts = [" ".join(letter.text.split()) for letter in assistant.letters()]
    notes = [line for line in text.split("\n") if line.startswith("[^")]
    for note in notes:
        quoted = note.partition(": “")[2].removesuffix("”").replace("\\", "")
        assert any(" ".join(quoted.split()) in each for each in texts), note
    assert len(notes) >= 1
    # In scope of the second question, and cited nowhere.
    assert text.count("| searched |") == 4


def test_json_says_what_was_written(answering: list[str], tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "calls.DOCX"
    assert main([*answering, "--question", CALLS, "--out", str(out), "--json"]) == 0
    said = capsys.readouterr()
    result = json.loads(said.out)
    assert list(result) == ["out", "statements", "footnotes", "left_out", "corpus_sha256"]
    assert (result["out"], said.err) == (str(out), "")
    assert result["statements"] >= 1
    assert zipfile.ZipFile(out).testzip() is None
    assert sorted(tmp_path.iterdir()) == [out], "nothing else is left beside it"


def test_a_file_that_is_there_is_written_over_only_when_told(
    answering: list[str], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "kept.md"
    out.write_text("mine")
    assert main([*answering, "--question", CALLS, "--out", str(out)]) == 1
    assert "--force" in sentence(capsys.readouterr().err)
    assert out.read_text() == "mine"
    assert main([*answering, "--question", CALLS, "--out", str(out), "--force"]) == 0
    assert out.read_text("utf-8").startswith("# Briefing\n")


@pytest.mark.parametrize(("name", "code"), [("a.pdf", 2), ("a", 2), ("none/a.md", 1), ("", 1)])
def test_a_file_that_cannot_be_is_refused_before_anything_is_asked(
    name: str, code: int, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("assistant.assembly.open_assistant")
    folder = tmp_path / "folder.md"
    folder.mkdir()
    out = tmp_path / name if name else folder
    assert main(["brief", "--question", CALLS, "--out", str(out)]) == code
    assert repr(str(out)) in sentence(capsys.readouterr().err)


def test_with_nothing_to_write_there_is_no_file(
    answering: list[str], tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "poem.docx"
    assert main([*answering, "--question", POEM, "--out", str(out)]) == 1
    assert capsys.readouterr().err.endswith("There is nothing to write, so no file was written.\n")
    assert not out.exists()


@pytest.mark.parametrize("arguments", [["--out", "a.md"], ["--question", "x"]])
def test_question_and_file_are_both_needed(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(["brief", *arguments])
    assert left.value.code == 2


# -- LibreOffice ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def soffice() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.skip("there is no LibreOffice; Debian: apt-get install libreoffice-writer-nogui")
    return found


def pages(soffice: str, docx: Path) -> list[str]:
    """The words of each page, as LibreOffice lays the file out."""
    profile = (docx.parent / "profile").as_uri()
    subprocess.run(
        [soffice, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir", str(docx.parent),
         str(docx)],
        check=True, capture_output=True, timeout=100,
    )  # fmt: skip
    pdf = pypdfium2.PdfDocument(io.BytesIO(docx.with_suffix(".pdf").read_bytes()))
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    finally:
        pdf.close()


def test_libreoffice_opens_it_with_footnotes_and_marking_on_each_page(
    soffice: str, answering: list[str], tmp_path: Path
) -> None:
    out = tmp_path / "calls.docx"
    asked = ["--question", CALLS, "--question", "Which letters mention COVID-19?", "--marking", "OFFICIAL"]
    assert main([*answering, *asked, "--out", str(out)]) == 0
    laid_out = pages(soffice, out)
    assert len(laid_out) >= 2
    assert all(page.count("OFFICIAL") == 2 for page in laid_out)
    first = laid_out[0]
    at = first.index("received 478,000")
    assert "letter to Home Secretary" in first[at:], "the footnote stands on the page of its statement"
    assert first.index("received 478,000", at + 1) > at, "and has the exact words"
    assert "Annex: what this rests on" in laid_out[-1]


def test_libreoffice_lays_out_a_footnote_of_100_kb_and_odd_characters(soffice: str, tmp_path: Path) -> None:
    odd = "Sum \x0b\x00\ufffe & ]]> \u202e000,87 \u05e9\u05dc\u05d5\u05dd \U0001f600 end"
    letters = [made(f"{'Ten pounds were spent. ' * 4_400}Last words.", author="Ann Example"), made(odd)]
    items = []
    for letter in letters:
        [item] = items_of(letters, not_found())
        words = (cited(letter, letter.text),)
        items.append(replace(item, text=letter.text, original=letter.text, citations=words))
    out = tmp_path / "long.docx"
    out.write_bytes(write_docx(brief(items, letters)))
    laid_out = pages(soffice, out)
    assert sum(page.count("Ten pounds were spent.") for page in laid_out) > 2 * 4_300
    assert any("Annex: what this rests on" in page for page in laid_out)
