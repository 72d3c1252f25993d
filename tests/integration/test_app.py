"""The app over a real store of the letters that ship: ask, cite, open, follow up, abstain, fail."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant import assembly
from assistant.settings import Settings, load_settings
from tests.integration.model_server import ScriptedServer
from tests.unit.ui.stand_in import APP, html_of
from tests.unit.ui.test_markup import Reader
from tests.unit.ui.test_paper import marked
from tests.unit.ui.test_views import ask, press, words_of

ANSWERED = "How long does a 999 caller wait on average in West Yorkshire?"
UNANSWERED = "What do the letters say about the price of cheese on the moon?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a store with the five letters in it."""
    home = tmp_path_factory.mktemp("app")
    shutil.copytree(APP.parent / "letters", home / "letters")
    made = load_settings(store=home / "store", folder=home / "letters", engine="quoting")
    report = assembly.ingest(made)
    assert (report.letters, report.failed) == (5, ())
    return made


@pytest.fixture
def app(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app over that store, opened."""
    monkeypatch.setenv("LETTERS_STORE", str(settings.store))
    monkeypatch.setenv("LETTERS_ENGINE", "quoting")
    st.cache_resource.clear()
    yield AppTest.from_file(str(APP), default_timeout=60).run()
    st.cache_resource.clear()


def citations(app: AppTest) -> list[str]:
    return [button.label for button in app.button if re.fullmatch(r"\\\[\d+\\\]", button.label)]


def letter_texts() -> list[str]:
    return [path.read_text("utf-8") for path in (APP.parent / "letters").glob("*.txt")]


def squeezed(words: str) -> str:
    return "".join(words.split())


def quotes(app: AppTest) -> list[str]:
    """Return what the page shows in quotation marks, without white space."""
    return [squeezed(Reader(shown).words) for shown in re.findall(r"<q>(.*?)</q>", html_of(app), re.DOTALL)]


def test_the_first_page_is_about_these_letters(app: AppTest) -> None:
    assert not app.error
    assert "5 letters, 2018 to 2020, by" in words_of(app)
    assert any(
        "West Mercia" in button.label for button in app.button if (button.key or "").startswith("example")
    )


def test_a_citation_of_an_answer_opens_at_words_that_stand_in_the_letter(app: AppTest) -> None:
    ask(app, ANSWERED)
    assert "5 seconds" in words_of(app)
    assert citations(app)
    press(app, citations(app)[0])
    cited = marked(html_of(app))
    assert "5 seconds" in cited
    assert any(squeezed(cited) in squeezed(text) for text in letter_texts())
    assert "Mark Burns-Williamson" in words_of(app)


def test_every_example_question_is_answered_with_a_citation(app: AppTest) -> None:
    keys = [button.key for button in app.button if (button.key or "").startswith("example")]
    assert keys
    for key in keys:
        next(button for button in app.button if button.key == key).click().run()
        assert citations(app), key
        assert all(any(quoted in squeezed(text) for text in letter_texts()) for quoted in quotes(app))
        assert "not-found" not in html_of(app)
        press(app, "New chat")


def test_a_follow_up_is_understood_from_what_went_before(app: AppTest) -> None:
    ask(app, ANSWERED)
    ask(app, "And what about West Mercia?")
    understood = re.search(r"Understood as: .*West Mercia", words_of(app))
    assert understood, words_of(app)


def test_what_the_letters_do_not_say_is_not_answered(app: AppTest) -> None:
    ask(app, UNANSWERED)
    assert 'class="not-found"' in html_of(app)
    assert 'class="statement' not in html_of(app)


def test_a_list_has_a_row_for_each_of_the_five_letters(app: AppTest) -> None:
    ask(app, "Which letters mention THRIVE?")
    rows = re.findall(r'class="says (yes|no|unreadable)"', html_of(app))
    thrive = sum("THRIVE" in text for text in letter_texts())
    assert (rows.count("yes"), rows.count("no")) == (thrive, 5 - thrive)


@pytest.mark.parametrize("question", ["   ", "why " * 25_000])
def test_a_question_that_cannot_be_asked_is_one_sentence_and_the_chat_lives_on(
    app: AppTest, question: str
) -> None:
    ask(app, question)
    assert len(app.error) == 1
    assert not app.exception
    ask(app, ANSWERED)
    assert citations(app)


def test_html_and_control_characters_in_a_question_harm_nothing(app: AppTest) -> None:
    ask(app, f"<script>alert(1)</script>\x00\x1b[31m {ANSWERED}")
    assert not app.exception
    assert "<script>alert(1)</script>" in Reader(html_of(app)).words
    assert "\x00" not in html_of(app)


def test_letters_ingested_meanwhile_are_noticed(app: AppTest, settings: Settings) -> None:
    newcomer = settings.folder / "new.txt"
    newcomer.write_text(
        "Dear Minister,\n\nThe keeper of the lighthouse retired.\n\nYours sincerely,\n\nAnn Example\n"
    )
    assembly.ingest(settings)
    try:
        assert "6 letters" in words_of(app.run())
    finally:
        newcomer.unlink()
        assembly.ingest(settings)
    assert "5 letters" in words_of(app.run())


def test_a_missing_store_says_which_command_makes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_STORE", str(tmp_path / "nothing"))
    st.cache_resource.clear()
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert "python -m assistant ingest" in app.error[0].value.replace("\\", "")
    assert not app.exception


def test_a_models_altered_quote_is_never_a_citation(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer("good", "altered_digit") as server:
        for name, value in (
            ("STORE", settings.store),
            ("ENGINE", "model"),
            ("OPENAI_BASE_URL", server.base_url),
        ):
            monkeypatch.setenv(f"LETTERS_{name}", str(value))
        monkeypatch.setenv("LETTERS_MODEL", "scripted")
        st.cache_resource.clear()
        app = AppTest.from_file(str(APP), default_timeout=60).run()
        assert "Model: scripted" in words_of(app)
        ask(app, ANSWERED)
        assert citations(app)
        assert "quoting engine answered instead" not in words_of(app)
        ask(app, ANSWERED)
        assert "quoting engine answered instead" in words_of(app)
    assert quotes(app)
    assert all(any(quoted in squeezed(text) for text in letter_texts()) for quoted in quotes(app))
    st.cache_resource.clear()
