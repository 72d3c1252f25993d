"""Kept conversations on the page: listed, reopened as they were, held against the letters now, renamed, deleted."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.conversations import Conversations
from assistant.kept import Kept
from tests.unit.ui.stand_in import APP, HOSTILE, FakeAssistant, answer_of, cite, plain_letter
from tests.unit.ui.test_views import ask, press, words_of
from vectorstore.errors import QuestionError

SPENT = "The force did not spend the grant."


@pytest.fixture(autouse=True)
def scripted(fake: FakeAssistant) -> FakeAssistant:
    fake.script["Was it spent?"] = answer_of("Was it spent?", cite(plain_letter(), SPENT))
    fake.script["Why?"] = QuestionError("That cannot be asked.")
    fake.script[HOSTILE] = answer_of(HOSTILE)
    return fake


def page() -> AppTest:
    """A window of its own at the page."""
    return AppTest.from_file(str(APP), default_timeout=30).run()


def titles(app: AppTest) -> list[str]:
    return [b.label.replace("\\", "") for b in app.button if (b.key or "").startswith("reopen-")]


def by_key(app: AppTest, beginning: str) -> str:
    return next(b.key for b in app.button if (b.key or "").startswith(beginning)) or ""


def click(app: AppTest, beginning: str) -> AppTest:
    return app.button(key=by_key(app, beginning)).click().run()


def test_what_was_asked_is_there_in_another_window_and_opens_with_its_answers(fake: FakeAssistant) -> None:
    first = page()
    assert titles(first) == []
    ask(ask(first, "Was it spent?"), "Why?")
    assert titles(first) == ["Was it spent?"]
    second = page()
    assert SPENT not in words_of(second)
    click(second, "reopen-")
    assert SPENT in words_of(second)
    assert "That cannot be asked." in second.error[0].value.replace("\\", "")
    assert len(fake.histories) == 2  # nothing was asked again


def test_a_reopened_conversation_goes_on_with_what_was_said_before(fake: FakeAssistant) -> None:
    ask(page(), "Was it spent?")
    second = click(page(), "reopen-")
    ask(second, "Was it spent?")
    assert fake.histories[-1] == ["Was it spent?"]
    assert titles(second) == ["Was it spent?"]
    press(second, "New chat")
    ask(second, "Was it spent?")
    assert titles(second) == ["Was it spent?"] * 2


def test_of_a_letter_that_was_removed_or_changed_since_the_reopened_answer_says_so(
    fake: FakeAssistant,
) -> None:
    ask(page(), "Was it spent?")
    assert "since this answer" not in words_of(click(page(), "reopen-"))
    fake.kept = fake.kept[1:]
    shown = words_of(click(page(), "reopen-"))
    assert "was removed since this answer: [1]." in shown
    assert SPENT in shown


def test_it_is_renamed_and_deleted_from_its_menu(fake: FakeAssistant, tmp_path: Path) -> None:
    app = ask(page(), "Was it spent?")
    app.text_input(key=by_key(app, "reopen-").replace("reopen", "rename")).set_value("Grants").run()
    assert titles(app) == ["Grants"]
    exports = [element.proto.label for element in app.get("download_button")]
    assert exports == ["Export as Markdown", "Export as JSON"]
    click(app, "delete-")
    assert titles(app) == titles(page()) == []
    assert SPENT not in words_of(app)
    assert SPENT.encode() not in (tmp_path / "kept.sqlite").read_bytes()


def test_a_conversation_deleted_in_one_window_can_be_gone_on_with_in_another(fake: FakeAssistant) -> None:
    one, two = ask(page(), "Was it spent?"), page()
    click(two, "reopen-")
    click(two, "delete-")
    ask(one, "Was it spent?")
    assert not one.exception
    assert titles(one) == ["Was it spent?"]


def test_opening_what_was_deleted_elsewhere_meanwhile_harms_nothing(
    fake: FakeAssistant, tmp_path: Path
) -> None:
    ask(page(), "Was it spent?")
    app = page()
    kept = Conversations(Kept(tmp_path), "local")
    kept.delete(kept.titles()[0].id)
    click(app, "reopen-")
    assert not app.exception
    assert titles(app) == []


def test_a_damaged_file_is_one_sentence_and_the_chat_goes_on(fake: FakeAssistant, tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 500)
    app = ask(page(), "Was it spent?")
    assert SPENT in words_of(app)
    assert not app.exception
    (warning,) = app.warning
    assert "Move that file away" in warning.value.replace("\\", "")
    (tmp_path / "kept.sqlite").unlink()
    ask(app, "Was it spent?")
    assert not app.warning
    assert titles(app) == ["Was it spent?"]


def test_where_none_are_kept_the_page_lists_none(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_KEEP_CONVERSATIONS", "0")
    app = ask(page(), "Was it spent?")
    assert (titles(app), list(app.warning)) == ([], [])


def test_a_title_that_looks_like_mark_up_is_shown_as_it_is(fake: FakeAssistant) -> None:
    app = ask(page(), HOSTILE)
    (shown,) = [b.label for b in app.button if (b.key or "").startswith("reopen-")]
    assert "\\<script\\>" in shown or "<script>" not in shown
    assert "![x](" not in shown


def log_in(monkeypatch: pytest.MonkeyPatch, **claims: object) -> None:
    monkeypatch.setattr("streamlit.user_info._get_user_info", lambda: claims)


def test_where_people_log_in_nothing_is_shown_before(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(page(), "Was it spent?")
    log_in(monkeypatch, is_logged_in=False)
    app = page()
    assert [button.label for button in app.button] == ["Log in"]
    assert len(app.chat_input) == 0


def test_each_who_logs_in_has_conversations_of_their_own(
    fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(monkeypatch, is_logged_in=True, iss="https://id.example", sub="1", email="same@example.org")
    assert titles(ask(page(), "Was it spent?")) == ["Was it spent?"]
    log_in(monkeypatch, is_logged_in=True, iss="https://id.example", sub="2", email="same@example.org")
    assert titles(page()) == []
    log_in(monkeypatch, is_logged_in=True, iss="https://id.example", sub="1")
    assert titles(page()) == ["Was it spent?"]
