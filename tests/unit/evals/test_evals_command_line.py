"""`python -m evals`: exit codes, and what goes to which stream."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evals import __main__ as command_line

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")


@pytest.fixture
def options(make: "Make", folder: Path, tmp_path: Path) -> list[str]:
    """Options that choose two cases over the small letters."""
    path = tmp_path / "cases.jsonl"
    cases = [
        make.case("fact", [NORTH], id="fact-1", question="How many calls?"),
        make.case("unanswerable", id="un-1", question="Who won?"),
    ]
    path.write_text("".join(case.model_dump_json() + "\n" for case in cases), encoding="utf-8")
    return ["--cases", str(path), "--letters", str(folder)]


def answers(make: "Make", monkeypatch: pytest.MonkeyPatch, calls: Any) -> None:
    """Let the assistant answer the fact with `calls`, and abstain on the other."""
    told = {"How many calls?": calls, "Who won?": make.answer(status="not_found")}
    monkeypatch.setattr(command_line, "throwaway_assistant", make.opener(make.assistant(told)))


def test_run_prints_a_table_and_keeps_progress_off_standard_output(
    make: "Make", options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(make, monkeypatch, make.answer(NORTH))
    assert command_line.main(["run", *options]) == 0
    out, err = capsys.readouterr()
    assert "all           2  2/2 100 %" in out
    assert "0/2" not in out
    assert "2 cases over 3 letters done." in err


def test_run_is_done_also_when_cases_fail_and_lists_them_when_asked(
    make: "Make", options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(make, monkeypatch, make.answer(SOUTH))
    assert command_line.main(["run", *options]) == 0
    assert "fact-1 (fact)" not in capsys.readouterr().out
    assert command_line.main(["run", *options, "--failures"]) == 0
    assert "fact-1 (fact)" in capsys.readouterr().out


def test_run_keeps_to_the_kinds_asked_for_and_writes_its_record(
    make: "Make", options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    answers(make, monkeypatch, make.answer(NORTH))
    out = tmp_path / "out.json"
    assert command_line.main(["run", *options, "--kind", "unanswerable", "--json", str(out)]) == 0
    cases = json.loads(out.read_text(encoding="utf-8"))["cases"]
    assert [case["score"]["case_id"] for case in cases] == ["un-1"]


def test_gate_opens_on_its_own_baseline_and_shuts_on_a_regression_naming_the_case(
    make: "Make",
    options: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    gate = ["gate", *options, "--baseline", str(tmp_path / "quoting.json")]
    answers(make, monkeypatch, make.answer(NORTH))
    assert command_line.main([*gate, "--update"]) == 0
    assert command_line.main(gate) == 0
    assert "Gate open: 2 of 2 cases pass." in capsys.readouterr().out
    answers(make, monkeypatch, make.answer(SOUTH))
    assert command_line.main(gate) == 1
    out, err = capsys.readouterr()
    assert "Gate shut: 1 of 2 cases pass." in out
    assert "fact-1: passed in the baseline and fails now" in err


def test_gate_without_a_baseline_says_how_to_write_one(
    make: "Make",
    options: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    answers(make, monkeypatch, make.answer(NORTH))
    assert command_line.main(["gate", *options, "--baseline", str(tmp_path / "absent.json")]) == 1
    assert "python -m evals gate --update" in capsys.readouterr().err


def test_gate_refuses_to_write_a_baseline_with_a_wrong_quote(
    make: "Make", options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "quoting.json"
    answers(make, monkeypatch, make.misquoting(make.answer(NORTH)))
    assert command_line.main(["gate", *options, "--baseline", str(path), "--update"]) == 1
    assert not path.exists()


def test_report_is_written_and_its_thresholds_are_printed(
    make: "Make",
    options: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    answers(make, monkeypatch, make.answer(NORTH))
    assert command_line.main(["report", *options, "--out", str(tmp_path / "report.md")]) == 0
    assert "## Thresholds" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "Unanswerable: abstains: 1/1 100 %, wanted 95 %: met" in capsys.readouterr().out


def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(
    make: "Make", options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(make, monkeypatch, make.answer(NORTH))
    assert command_line.main(["run", "--cases", "absent.jsonl"]) == 1
    assert "There is no file of cases 'absent.jsonl'. Name one with --cases." in capsys.readouterr().err
    assert command_line.main(["run", *options, "--json", "absent/folder/out.json"]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert command_line.main(["run", *options, "--kind", "list"]) == 1
    assert "No case is of kind list" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [[], ["judge"], ["run", "--kind", "riddle"], ["run", "--engine", "magic"]]
)
def test_usage_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command_line.main(arguments)
    assert caught.value.code == 2
