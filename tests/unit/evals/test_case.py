"""Loading cases: what cannot be scored as meant is refused, with file and line."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.case import CaseError, choose_kinds, load_cases

LETTERS = {"a.txt": "We have 3 vans.\nThey are blue.", "b.txt": "We have none."}
GOOD: dict[str, Any] = {
    "id": "f1",
    "kind": "fact",
    "question": "How many vans?",
    "history": [],
    "expect": "answered",
    "evidence": [[{"letter": "a.txt", "quote": "We have 3 vans."}]],
    "letters": None,
    "values": None,
    "note": "",
}


def write(place: Path, *cases: dict[str, Any] | str) -> Path:
    path = place / "some.jsonl"
    path.write_text(
        "".join(f"{c if isinstance(c, str) else json.dumps(c)}\n" for c in cases), encoding="utf-8"
    )
    return path


def refusal(place: Path, *cases: dict[str, Any] | str) -> str:
    with pytest.raises(CaseError) as caught:
        load_cases(write(place, *cases), LETTERS)
    return str(caught.value)


def test_a_good_case_is_read_with_its_groups_of_alternatives(tmp_path: Path) -> None:
    evidence = [[GOOD["evidence"][0][0], {"letter": "b.txt", "quote": "none"}], GOOD["evidence"][0]]
    (case,) = load_cases(write(tmp_path, GOOD | {"evidence": evidence}), LETTERS)
    assert [len(group) for group in case.evidence] == [2, 1]
    assert [gold.letter for gold in case.gold] == ["a.txt", "b.txt", "a.txt"]


def test_empty_lines_are_passed_over_and_line_numbers_stay_right(tmp_path: Path) -> None:
    assert "some.jsonl:3: " in refusal(tmp_path, GOOD, "", "{nonsense")


def test_an_id_used_twice_names_both_lines(tmp_path: Path) -> None:
    said = refusal(tmp_path, GOOD, GOOD)
    assert "some.jsonl:2: case 'f1': the id is that of line 1" in said


def test_a_quote_that_differs_in_one_digit_is_refused(tmp_path: Path) -> None:
    evidence = [[{"letter": "a.txt", "quote": "We have 4 vans."}]]
    said = refusal(tmp_path, GOOD | {"evidence": evidence})
    assert "some.jsonl:1: case 'f1': the letter 'a.txt' does not hold the quote 'We have 4 vans.'" in said


def test_a_quote_from_another_letter_is_refused(tmp_path: Path) -> None:
    evidence = [[{"letter": "b.txt", "quote": "We have 3 vans."}]]
    assert "'b.txt' does not hold" in refusal(tmp_path, GOOD | {"evidence": evidence})


def test_a_letter_that_is_not_there_is_refused_in_evidence_and_in_the_set(tmp_path: Path) -> None:
    assert "there is no letter 'c.txt'" in refusal(
        tmp_path, GOOD | {"evidence": [[{"letter": "c.txt", "quote": "x"}]]}
    )
    assert "there is no letter 'c.txt'" in refusal(tmp_path, GOOD | {"kind": "list", "letters": ["c.txt"]})


def test_every_bad_line_is_named_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, GOOD | {"kind": "riddle"}, GOOD, GOOD | {"id": "f2", "extra": 1})
    assert "some.jsonl:1: kind:" in said
    assert "some.jsonl:3: extra:" in said
    assert "some.jsonl:2" not in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expect": "not_found"}, "kind 'fact' expects 'answered'"),
        ({"kind": "unanswerable"}, "kind 'unanswerable' expects 'not_found'"),
        ({"kind": "off_topic", "expect": "not_found"}, "'not_found' has no evidence"),
        (
            {"kind": "list", "expect": "not_found", "evidence": [], "letters": ["a.txt"]},
            "has no evidence, letters",
        ),
        ({"evidence": []}, "kind 'fact' needs evidence"),
        ({"evidence": [[]]}, "evidence.0"),
        ({"kind": "compare", "evidence": []}, "kind 'compare' needs evidence"),
        ({"kind": "list"}, "names the letters"),
        ({"kind": "about_letters"}, "names the values"),
        ({"kind": "follow_up"}, "needs the earlier questions"),
        ({"kind": "follow_up", "history": ["Q"], "evidence": []}, "needs evidence, letters or values"),
        ({"question": ""}, "question:"),
        ({"values": []}, "values:"),
    ],
)
def test_a_case_that_contradicts_its_kind_is_refused(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    assert said in refusal(tmp_path, GOOD | change)


def test_a_list_of_which_the_answer_is_none_needs_no_letters(tmp_path: Path) -> None:
    nobody = GOOD | {"kind": "list", "expect": "not_found", "evidence": []}
    (case,) = load_cases(write(tmp_path, nobody), LETTERS)
    assert case.letters is None


def test_a_missing_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="--cases"):
        load_cases(tmp_path / "absent.jsonl", LETTERS)
    assert "holds no case" in refusal(tmp_path, "")


def test_kinds_are_chosen_and_a_kind_without_cases_is_said(tmp_path: Path) -> None:
    compare = GOOD | {"id": "c1", "kind": "compare"}
    cases = load_cases(write(tmp_path, GOOD, compare), LETTERS)
    assert [case.id for case in choose_kinds(cases, ["compare"])] == ["c1"]
    assert choose_kinds(cases, []) == cases
    with pytest.raises(CaseError, match="list"):
        choose_kinds(cases, ["list"])
