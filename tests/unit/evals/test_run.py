"""Running cases: histories, errors, and quotes checked against store and file."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from evals.run import is_verbatim, read_files, run_cases, throwaway_assistant
from vectorstore.errors import ModelError, StoreError

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")


def test_earlier_questions_are_asked_in_turn_each_with_the_turns_before_it(make: "Make") -> None:
    first, second, last = make.answer(NORTH), make.answer(SOUTH), make.answer(NORTH, SOUTH)
    assistant = make.assistant({"Q1?": first, "Q2?": second, "Q?": last})
    (result,) = run_cases(assistant, [make.case("follow_up", [NORTH], history=["Q1?", "Q2?"])], make.files())
    assert assistant.histories["Q1?"] == ()
    assert [(turn.question, turn.answer) for turn in assistant.histories["Q2?"]] == [("Q1?", first)]
    assert [(turn.question, turn.answer) for turn in assistant.histories["Q?"]] == [
        ("Q1?", first),
        ("Q2?", second),
    ]
    assert result.answer == last
    assert result.score.passed


@pytest.mark.parametrize("error", [ModelError("the server is down"), KeyError("a bug")])
def test_a_case_that_breaks_is_kept_as_failed_and_the_next_one_runs(make: "Make", error: Exception) -> None:
    assistant = make.assistant({"bad?": error, "Q?": make.answer(NORTH)})
    cases = [make.case("fact", [NORTH], id="a", question="bad?"), make.case("fact", [NORTH], id="b")]
    broken, fine = run_cases(assistant, cases, make.files())
    assert broken.answer is None
    assert (broken.score.passed, broken.score.gold_cited) == (False, False)
    assert broken.score.error is not None
    assert str(error) in broken.score.error
    assert fine.score.passed


def test_an_error_in_an_earlier_question_fails_the_case(make: "Make") -> None:
    assistant = make.assistant({"Q1?": ModelError("down"), "Q?": make.answer(NORTH)})
    (result,) = run_cases(assistant, [make.case("follow_up", [NORTH], history=["Q1?"])], make.files())
    assert result.score.error == "down"


def test_a_changed_digit_in_a_quote_is_counted_as_a_wrong_quote(make: "Make") -> None:
    answer = make.misquoting(make.answer(NORTH, SOUTH))
    (result,) = run_cases(make.assistant({"Q?": answer}), [make.case("fact", [SOUTH])], make.files())
    assert (result.score.citations, result.score.wrong_quotes, result.score.passed) == (2, 1, False)


def test_the_nearest_passages_of_an_abstention_are_checked_too(make: "Make") -> None:
    answer = make.misquoting(make.answer(NORTH, status="not_found"))
    (result,) = run_cases(make.assistant({"Q?": answer}), [make.case("unanswerable")], make.files())
    assert (result.score.wrong_quotes, result.score.passed) == (1, False)


def test_a_quote_that_only_the_store_knows_is_not_verbatim(make: "Make") -> None:
    assistant, citation = make.assistant({}), make.citation(1, *NORTH)
    assert is_verbatim(citation, assistant, make.files())
    doctored = make.files() | {citation.letter_id: "Calls rose to 479,000 last year."}
    assert not is_verbatim(citation, assistant, doctored)
    assert not is_verbatim(citation, assistant, {})


def test_a_quote_that_only_the_file_knows_is_not_verbatim(make: "Make") -> None:
    assistant = make.assistant({})
    assistant.known = [replace(letter, text=letter.text.upper()) for letter in assistant.known]
    assert not is_verbatim(make.citation(1, *NORTH), assistant, make.files())


def test_a_file_that_is_no_text_leaves_the_check_to_the_store(make: "Make") -> None:
    citation = make.citation(1, *NORTH)
    assert is_verbatim(citation, make.assistant({}), {citation.letter_id: None})


def test_an_empty_quote_is_not_verbatim(make: "Make") -> None:
    citation = replace(make.citation(1, *NORTH), exact="", end=0)
    assert not is_verbatim(citation, make.assistant({}), make.files())


def test_files_are_known_by_the_hash_of_their_bytes(make: "Make", folder: Path) -> None:
    assert read_files(folder) == make.files()


def test_files_are_read_as_they_are_but_for_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfone\r\ntwo\t \r\n")
    (tmp_path / "b.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4")
    assert sorted(read_files(tmp_path).values(), key=str) == [None, None, "one\ntwo\t \n"]


def test_progress_tells_how_many_are_done_before_each_case(make: "Make") -> None:
    told: list[tuple[int, int, str]] = []
    cases = [make.case("fact", [NORTH], id="a"), make.case("fact", [NORTH], id="b")]
    run_cases(make.assistant({"Q?": make.answer(NORTH)}), cases, make.files(), lambda *row: told.append(row))
    assert told == [(0, 2, "a"), (1, 2, "b")]


def test_a_folder_of_letters_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="--letters"),
        throwaway_assistant(tmp_path / "absent", "quoting", print),
    ):
        pass
