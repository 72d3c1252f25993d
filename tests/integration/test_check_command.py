"""`check` over the five letters: every planted alteration is found, and the contract of its lines holds."""

import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.check import Checker
from assistant.settings import Settings
from tests.corpora import ROOT, shipped

CONTRACT = ["quote", "verdict", "letter_id", "source", "start", "end", "difference"]
VERDICTS = {"verified", "altered", "misattributed", "not_found", "cannot_check"}
# Each with what is to be found of it; the altered ones with what must be marked.
PLANTED = (
    ("Mark Burns-Williamson wrote: “{}”",
     "Demand from the public for an emergency response remains at an all-time high.",
     "verified", ""),
    ("Mark Burns-Williamson wrote: “{}”",
     "West Yorkshire Police received 487,000 - 999 calls during 2019/20", "altered",
     "[-478,000-]{+487,000+}"),
    ("“{}” (Underhill, 28 July 2020)", "The Chief Constable and I welcome the report and support the conclusions that"
     " control rooms are hampered by inconsistent management systems", "verified", ""),
    ("“{}” (Underhill, 28 July 2020)", "The Chief Constable and I reject the report and support the conclusions that"
     " control rooms are hampered by inconsistent management systems", "altered", "[-welcome-]{+reject+}"),
    ("In Dorset they say “{}”", "THRIVE is utilised by call takers on each & every call", "misattributed", ""),
    ("John Campion says “{}”", "THRIVE is utilised by call takers on each & every call", "verified", ""),
    ("“{}” (Campion, 12 January 2018)", "THRIVE is utilised by call takers on each & every call", "misattributed", ""),
    ("Baroness Hughes told the minister: “{}”",
     "Ensuring that the public can contact the police easily in their time of"
     " need is not of paramount importance.", "altered", "{+not+}"),
    ("Baroness Hughes told the minister: “{}”",
     "We will recruit three hundred call takers before Christmas.", "not_found", ""),
    ("For Greater Manchester: “{}”", "During serious and large scale events, it is expected that calls for service will"
     " decrease", "altered", "[-increase-]{+decrease+}"),
    ("Underhill calls it “{}”.", "blue-sky thinking", "not_found", ""),
)  # fmt: skip


@pytest.fixture
def store(five: Settings) -> str:
    return str(five.store)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.md"
    path.write_text("\n\n".join(form.format(words) for form, words, _, _ in PLANTED), "utf-8")
    return path


def test_every_planted_alteration_is_found_and_nothing_true_is_doubted(
    draft: Path, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(draft), "--store", store, "--json"]) == 0
    captured = capsys.readouterr()
    found = [json.loads(line) for line in captured.out.splitlines()]
    assert captured.err == ""
    assert [(each["quote"], each["verdict"]) for each in found] == [
        (words, came) for _, words, came, _ in PLANTED
    ]
    texts = {letter.id: letter.text for letter in shipped()}
    for each, (_, _, _, marked) in zip(found, PLANTED, strict=True):
        assert list(each)[:7] == CONTRACT
        assert each["verdict"] in VERDICTS
        assert marked in (each["difference"] or "")
        assert (each["difference"] is None) == (marked == "")
        if each["verdict"] == "not_found":
            assert each["letter_id"] is each["start"] is each["source"] is None
        else:
            assert 0 <= each["start"] < each["end"] <= len(texts[each["letter_id"]])
        if each["verdict"] == "verified":
            there = texts[each["letter_id"]][each["start"] : each["end"]]
            assert there.split() == each["quote"].split()


def test_every_sentence_of_the_five_letters_is_verified_in_its_own_letter() -> None:
    checker = Checker(shipped())
    for letter in shipped():
        author = letter.card.value("author")
        for block in letter.blocks:
            words = letter.text[block.start : block.end].strip()
            if block.role == "body" and '"' not in words and "“" not in words:
                found = checker.check(f"{author} wrote: “{words}”")[0]
                assert found.verdict == "verified", found
                assert found.citation is not None
                assert found.citation.letter_id == letter.id


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_the_report_is_written(
    draft: Path, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    report = tmp_path / f"report{suffix}"
    assert main(["check", str(draft), "--store", store, "--out", str(report)]) == 0
    assert report.stat().st_size > 1_000
    said = capsys.readouterr()
    assert "4 altered" in said.out
    assert str(report) in said.err
    assert said.out.startswith("ALTERED: “")


def test_a_draft_with_nothing_to_check_says_so(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Nothing is quoted in this one.")
    assert main(["check", str(path), "--store", store, "--json"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["check", str(path), "--store", store]) == 0
    assert capsys.readouterr().out == "No quotation and no figure was found in the draft.\n"


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "letter.pdf", ".", "broken.docx"])
def test_a_file_that_is_no_draft_is_one_sentence_and_exit_code_1(
    name: str, store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if name not in {"missing.txt", "."}:
        path.write_bytes(b"" if name == "empty.txt" else b"%PDF-1.7 of a kind")
    assert main(["check", str(path), "--store", store]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.endswith(".\n")


def test_a_report_that_cannot_be_written_is_said(
    draft: Path, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(draft), "--store", store, "--out", str(ROOT / "no" / "such.md")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["check", str(draft), "--store", store, "--out", "report.pdf"])
    assert ended.value.code == 2
