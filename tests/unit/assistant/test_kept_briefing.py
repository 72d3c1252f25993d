"""A briefing is there after a restart as it was, its user's alone, and really gone once it is cleared."""

import sqlite3
from pathlib import Path

import pytest

from assistant.briefing import Item, Options
from assistant.conversations import Conversations
from assistant.kept import Kept
from assistant.kept_briefing import Collection, KeptBriefing
from tests.unit.assistant.briefings import corpus, grant_answer, items_of, pass_answer
from vectorstore.errors import KeptError

OPTIONS = Options("Grants", "A. Analyst", "OFFICIAL", include_unverified=True)


def items() -> tuple[tuple[int, Item], ...]:
    letters = corpus()
    return tuple(enumerate(items_of(letters, grant_answer(letters), pass_answer(letters)), start=3))


def test_it_is_there_after_a_restart_exactly_as_it_was(tmp_path: Path) -> None:
    assert KeptBriefing(Kept(tmp_path), "ann").open() == Collection()
    stamp = KeptBriefing(Kept(tmp_path), "ann").save(items(), OPTIONS)
    again = KeptBriefing(Kept(tmp_path), "ann")
    assert again.open() == Collection(stamp, items(), OPTIONS)
    assert again.stamp() == stamp
    assert again.save(items()[1:], OPTIONS) != stamp
    assert again.open().items == items()[1:]


def test_another_user_has_one_of_their_own(tmp_path: Path) -> None:
    KeptBriefing(Kept(tmp_path), "ann").save(items(), OPTIONS)
    other = KeptBriefing(Kept(tmp_path), "bob")
    assert other.open() == Collection()
    other.clear()
    assert KeptBriefing(Kept(tmp_path), "ann").open().items == items()


@pytest.mark.parametrize("how", ["clear", "save"])
def test_what_is_cleared_leaves_no_words_behind(tmp_path: Path, how: str) -> None:
    kept = KeptBriefing(Kept(tmp_path), "ann")
    kept.save(items(), OPTIONS)
    assert any(b"A. Analyst" in path.read_bytes() for path in tmp_path.iterdir())
    if how == "clear":
        kept.clear()
    else:
        kept.save((), OPTIONS)
    assert kept.open() == Collection()
    assert not any(b"A. Analyst" in path.read_bytes() for path in tmp_path.iterdir())


def test_a_file_from_before_there_were_briefings_goes_on(tmp_path: Path) -> None:
    key = Conversations(Kept(tmp_path), "ann").add(None, "Why?", None)
    kept = KeptBriefing(Kept(tmp_path), "ann")
    assert kept.stamp() == ""
    kept.clear()
    kept.save(items(), OPTIONS)
    assert [title.id for title in Conversations(Kept(tmp_path), "ann").titles()] == [key]


def test_what_was_kept_before_items_told_their_kind_goes_on(tmp_path: Path) -> None:
    kept = KeptBriefing(Kept(tmp_path), "ann")
    kept.save(items(), OPTIONS)
    with sqlite3.connect(tmp_path / "kept.sqlite") as connection:
        connection.execute(
            "UPDATE briefing SET items = (SELECT json_group_array(json_array(json_extract(value, '$[0]'),"
            " json_remove(json_extract(value, '$[1]'), '$.kind', '$.issue'))) FROM json_each(items))"
        )
    connection.close()
    assert [(item.text, item.issue, item.kind) for _, item in kept.open().items] == [
        (item.text, "", "fact") for _, item in items()
    ]


def test_what_another_version_kept_is_left_out_and_a_damaged_file_is_said(tmp_path: Path) -> None:
    kept = KeptBriefing(Kept(tmp_path), "ann")
    stamp = kept.save(items(), OPTIONS)
    with sqlite3.connect(tmp_path / "kept.sqlite") as connection:
        connection.execute("UPDATE briefing SET items = '[[1, {}]]'")
    connection.close()
    assert kept.open() == Collection(stamp)
    for path in tmp_path.iterdir():
        path.unlink()
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(KeptError, match="cannot be used"):
        kept.open()
