"""Conversations are there after a restart as they were, their user's alone, bounded, and really gone once deleted."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Ledger, LedgerRow
from assistant.chat import OUTSIDE
from assistant.conversation_markdown import NEAREST, write_conversation
from assistant.conversations import OTHER_VERSION, Conversation, Conversations
from assistant.kept import Kept
from assistant.usage import Usage
from tests.unit.ui.stand_in import answer_of, cite, hostile_letter, plain_letter
from vectorstore.errors import KeptError
from vectorstore.letter import Scope

SPENT = "The force did not spend the grant."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def kept(folder: Path, user: str = "ann", **changes: int) -> Conversations:
    """Conversations as a new process opens them; each change gets a later time."""
    return Conversations(Kept(folder), user, clock=later, **changes)


def later(seconds: Iterator[int] = iter(range(60 * 60))) -> str:  # noqa: B008  # one for all
    minutes, rest = divmod(next(seconds), 60)
    return f"2026-01-01T00:{minutes:02}:{rest:02}"


def full() -> Answer:
    """An answer with something in every field that is not plain."""
    one, two = cite(plain_letter(), SPENT, 1), cite(hostile_letter(), "<script>", 2, speaker="Eve")
    ledger = Ledger((LedgerRow(one.letter_id, one.source, one.label, "yes", (1,)),))
    return answer_of(
        "Which?", one, two, kind="list", ledger=ledger, nearest=(2,), scope=Scope(area=("Northshire",)),
        notice="N", usage=Usage(1, 2, 3, cost=0.5, currency="EUR"), seconds=0.123456789, prompt_id="answer@1",
    )  # fmt: skip


def opened(conversations: Conversations, key: str | None) -> Conversation:
    found = conversations.open(key or "")
    assert found is not None
    return found


def test_an_answer_is_there_after_a_restart_exactly_as_it_was_given(folder: Path) -> None:
    answer = full()
    key = kept(folder).add(None, "Which?", answer)
    assert kept(folder).add(key, "And why?", None, "No such letter.") == key
    conversation = opened(kept(folder), key)
    assert [(e.question, e.answer, e.error) for e in conversation.exchanges] == [
        ("Which?", answer, ""),
        ("And why?", None, "No such letter."),
    ]


def test_the_title_is_the_first_question_on_one_line_until_it_is_renamed(folder: Path) -> None:
    conversations = kept(folder)
    key = conversations.add(None, f"Who\n wrote  {'very ' * 40}long?", None)
    (listed,) = conversations.titles()
    assert listed.title.startswith("Who wrote very")
    assert listed.title.endswith("very…")
    assert len(listed.title) <= 80
    conversations.rename(listed.id, "  Grants\n2026 ")
    conversations.add(key, "Another?", None)
    conversations.rename(listed.id, " \n")
    assert [title.title for title in kept(folder).titles()] == ["Grants 2026"]


def test_the_last_used_is_listed_first(folder: Path) -> None:
    conversations = kept(folder)
    first = conversations.add(None, "First?", None)
    conversations.add(None, "Second?", None)
    assert [title.title for title in conversations.titles()] == ["Second?", "First?"]
    conversations.add(first, "More?", None)
    assert [title.title for title in conversations.titles()] == ["First?", "Second?"]


def test_no_user_finds_renames_adds_to_or_deletes_what_is_anothers(folder: Path) -> None:
    key = kept(folder, "ann").add(None, "Ann's secret?", None)
    eve = kept(folder, "eve")
    assert key is not None
    assert (eve.titles(), eve.open(key)) == ([], None)
    eve.rename(key, "Eve's")
    eve.delete(key)
    eve.delete_all()
    assert eve.add(key, "Eve's question", None) != key
    conversation = opened(kept(folder, "ann"), key)
    assert (conversation.title, len(conversation.exchanges)) == ("Ann's secret?", 1)


def test_what_is_deleted_is_in_no_file_any_more(folder: Path) -> None:
    conversations = kept(folder)
    words = "unmistakable zebra question"
    key = conversations.add(None, f"{words} {'x' * 9000}", full())
    conversations.add(None, "Another?", None)
    assert key is not None
    assert any(words.encode() in file.read_bytes() for file in folder.iterdir())
    conversations.delete(key)
    assert conversations.open(key) is None
    assert not any(words.encode() in file.read_bytes() for file in folder.iterdir())
    assert [title.title for title in conversations.titles()] == ["Another?"]
    conversations.delete_all()
    assert conversations.titles() == []


def test_only_so_many_are_kept_and_the_longest_unused_goes(folder: Path) -> None:
    conversations = kept(folder, most=2)
    first = conversations.add(None, "First?", None)
    conversations.add(None, "Second?", None)
    conversations.add(first, "Still first?", None)
    conversations.add(None, "Third?", None)
    assert [title.title for title in conversations.titles()] == ["Third?", "First?"]
    assert kept(folder, "bob", most=2).titles() == []


def test_a_users_answers_take_only_so_much_room_and_the_current_one_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.conversations.MOST_CHARS", 5000)
    conversations = kept(folder)
    conversations.add(None, "Old?", answer_of("Old?", notice="x" * 3000))
    conversations.add(None, "New?", answer_of("New?", notice="x" * 3000))
    assert [title.title for title in conversations.titles()] == ["New?"]
    conversations.add(None, "Huge?", answer_of("Huge?", notice="x" * 30_000))
    assert [title.title for title in conversations.titles()] == ["Huge?"]


def test_where_none_are_to_be_kept_nothing_is_written(folder: Path) -> None:
    conversations = kept(folder, most=0)
    assert conversations.add(None, "First?", None) is None
    assert conversations.titles() == []
    assert list(folder.iterdir()) == []


def test_two_windows_at_once_lose_nothing(folder: Path) -> None:
    key = kept(folder).add(None, "First?", None)

    def ask(window: int) -> None:
        mine = Conversations(Kept(folder), "ann")
        for turn in range(10):
            mine.add(key, f"window {window} turn {turn}", None)

    windows = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    asked = [exchange.question for exchange in opened(kept(folder), key).exchanges]
    assert len(asked) == 41
    for number in range(4):
        mine = [question for question in asked if question.startswith(f"window {number}")]
        assert mine == [f"window {number} turn {turn}" for turn in range(10)]


def test_what_is_asked_on_after_a_deletion_elsewhere_begins_a_conversation_of_its_own(folder: Path) -> None:
    conversations = kept(folder)
    key = conversations.add(None, "First?", None)
    assert key is not None
    kept(folder).delete(key)
    new = conversations.add(key, "Second?", None)
    assert new not in (None, key)
    assert [e.question for e in opened(conversations, new).exchanges] == ["Second?"]


def test_an_answer_of_another_version_is_said_to_be_one_and_the_rest_is_shown(folder: Path) -> None:
    key = kept(folder).add(None, "First?", answer_of("First?"))
    kept(folder).add(key, "Second?", answer_of("Second?"))
    with Kept(folder).writing() as connection:
        connection.execute(
            "UPDATE exchange SET answer = ? WHERE position = 1", (json.dumps({"text": "So."}),)
        )
    first, second = opened(kept(folder), key).exchanges
    assert (first.answer, first.error) == (None, OTHER_VERSION)
    assert second.answer == answer_of("Second?")


@pytest.mark.parametrize("damage", [b"", b"no database" * 1000])
def test_a_damaged_file_is_one_sentence_and_no_letter_is_touched(folder: Path, damage: bytes) -> None:
    kept(folder).add(None, "First?", None)
    file = folder / "kept.sqlite"
    file.write_bytes(file.read_bytes()[:100] + damage if damage else file.read_bytes()[:5000])
    with pytest.raises(KeptError, match="the letters are not touched"):
        kept(folder).titles()


def test_a_file_of_a_later_version_is_refused_and_left_as_it_is(folder: Path) -> None:
    kept(folder).add(None, "First?", None)
    with Kept(folder).writing() as connection:
        connection.execute("PRAGMA user_version=99")
    before = (folder / "kept.sqlite").read_bytes()
    with pytest.raises(KeptError, match="another version of this program"):
        kept(folder).add(None, "Second?", None)
    assert (folder / "kept.sqlite").read_bytes() == before


def test_a_folder_that_cannot_be_written_to_is_one_sentence(folder: Path) -> None:
    with pytest.raises(KeptError, match="permissions and disk space"):
        Conversations(Kept(folder / "nowhere"), "ann").titles()


def test_as_markdown_every_question_quote_and_place_is_there_and_nothing_is_mark_up(folder: Path) -> None:
    key = kept(folder).add(None, "# Which *one*?", full())
    kept(folder).add(key, "And why?", None, "No such letter.")
    written = write_conversation(opened(kept(folder), key))
    assert written.startswith("# \\# Which \\*one\\*?\n")
    assert "“The force did not spend the grant.”" in written
    assert "\\<script\\>" in written
    assert "<script>" not in written
    assert "(words of Eve)" in written
    near = written.index(NEAREST)
    assert written.index("did not spend the grant") < near < written.index("\\<script\\>")
    assert "No such letter." in written


def test_as_markdown_nothing_is_offered_to_say_yes_to(folder: Path) -> None:
    told = f"The letters do not say.{OUTSIDE.format('Ann Example')}"
    key = kept(folder).add(None, "Which?", replace(full(), text=told))
    written = write_conversation(opened(kept(folder), key))
    assert "something near it is said by Ann Example.\n" in written
    assert "yes” to be" not in written
