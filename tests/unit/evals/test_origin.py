"""What a run was made with: the same on every machine, different when anything that matters is."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from evals.origin import Origin, hash_cases, hash_letters, origin_of

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")


def test_line_ends_do_not_change_the_hash_of_the_cases_and_a_letter_does(tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    one.write_bytes(b'{"id": "a"}\n')
    two.write_bytes(b'{"id": "a"}\r\n')
    three.write_bytes(b'{"id": "b"}\n')
    assert hash_cases(one) == hash_cases(two) != hash_cases(three)


def test_the_hash_of_the_letters_ignores_their_order_and_sees_name_and_text(make: "Make") -> None:
    first, *others = make.letters()
    whole = hash_letters([first, *others])
    assert hash_letters([*others, first]) == whole
    assert hash_letters(others) != whole
    assert hash_letters([replace(first, text_sha256="0" * 64), *others]) != whole
    assert hash_letters([replace(first, source="east.txt"), *others]) != whole


def test_the_prompts_that_drafted_are_named_once_and_in_order(make: "Make", tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text("{}\n", encoding="utf-8")
    answers = [
        replace(make.answer(NORTH), prompt_id=prompt) for prompt in ("draft@b", None, "draft@a", "draft@b")
    ]
    origin = origin_of(cases, make.letters(), make.assistant({}), [*answers, None])
    assert origin.prompts == ("draft@a", "draft@b")
    assert (origin.engine, origin.embedding, origin.splitter) == ("quoting", "small:1", "1")


def test_hashes_are_shortened_in_what_is_said() -> None:
    now = Origin(cases="a" * 64, letters="l", engine="quoting", prompts=(), embedding="small", splitter="1")
    before = now.model_copy(update={"cases": "b" * 64})
    assert now.differences(before) == ["other cases (bbbbbbbb, now aaaaaaaa)"]
    assert now.differences(now) == []
