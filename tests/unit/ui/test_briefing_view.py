"""The briefing's page, and the controls under an answer that fill it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.answer import Statement
from assistant.briefing import FROM_CARDS, FROM_READING, collect, corpus_hash
from assistant.compose import NO_CITATION, NOT_CARRIED
from assistant.ui.briefing import HOW, NOTHING_VERIFIED, file_name
from assistant.ui.collecting import NO_LONGER
from assistant.ui.session_briefing import Collected
from tests.unit.ui.stand_in import (
    APP,
    HOSTILE,
    FakeAssistant,
    answer_of,
    cite,
    hostile_letter,
    html_of,
    plain_letter,
)
from tests.unit.ui.test_views import OURS, ask, press, words_of

SPENT = "The force did not spend the grant."
ASIDE = "It set aside 78,000 pounds for 2020."


def _briefing_page() -> None:
    from assistant import assembly
    from assistant.settings import load_settings
    from assistant.ui.briefing import show_briefing

    show_briefing(assembly.open_assistant(load_settings()))


@pytest.fixture
def cited(fake: FakeAssistant) -> FakeAssistant:
    """The stand-in, with an answer of two statements."""
    one, two = cite(plain_letter(), SPENT, 1), cite(plain_letter(), ASIDE, 2)
    fake.script["q"] = answer_of("q", one, two)
    return fake


@pytest.fixture
def page(cited: FakeAssistant) -> AppTest:
    """The briefing's page with both statements collected, not run yet."""
    made = AppTest.from_function(_briefing_page, default_timeout=30)
    items = collect(cited.script["q"], corpus_hash(cited.letters()))  # type: ignore[arg-type]  # no exception
    made.session_state["collected"] = [Collected(n, item) for n, item in enumerate(items, start=1)]
    return made


def by_key(app: AppTest, key: str) -> AppTest:
    """Press the button with this key."""
    return next(button for button in app.button if button.key == key).click().run()


def statements(app: AppTest) -> list[str]:
    return [str(area.value) for area in app.text_area]


# -- under an answer ------------------------------------------------------------------------------


def test_a_whole_answer_is_collected_once(app: AppTest, cited: FakeAssistant) -> None:
    ask(app.run(), "q")
    press(app, "Add to briefing")
    assert [one.item.text for one in app.session_state["collected"]] == [SPENT, ASIDE]
    assert all(
        one.item.corpus_sha256 == corpus_hash(cited.letters()) for one in app.session_state["collected"]
    )
    assert not [button for button in app.button if button.label in {"Add", "Add to briefing"}]
    ask(app, "q")
    assert [b.disabled for b in app.button if b.label == "In the briefing"] == [True, True], (
        "asked again, still in"
    )
    assert len(app.session_state["collected"]) == 2


def test_one_statement_is_collected_and_the_rest_may_follow(app: AppTest, cited: FakeAssistant) -> None:
    ask(app.run(), "q")
    press(app, "Add")
    assert [one.item.text for one in app.session_state["collected"]] == [ASIDE]
    press(app, "Add to briefing")
    assert [one.item.text for one in app.session_state["collected"]] == [ASIDE, SPENT]


def test_a_new_chat_leaves_the_briefing(app: AppTest, cited: FakeAssistant) -> None:
    press(ask(app.run(), "q"), "Add to briefing")
    press(app, "New chat")
    assert len(app.session_state["collected"]) == 2


def test_what_is_off_topic_has_nothing_to_collect(app: AppTest, fake: FakeAssistant) -> None:
    fake.script["q"] = replace(answer_of("q"), kind="off_topic", status="not_found", text="No.")
    ask(app.run(), "q")
    assert "Add to briefing" not in [button.label for button in app.button]


def test_a_citation_is_offered_for_copying_in_the_house_style(app: AppTest, cited: FakeAssistant) -> None:
    ask(app.run(), "q")
    head = "Ann Example, Commissioner, Northshire, letter to The Minister, 2 September 2020, para 2"
    assert [code.value for code in app.code] == [f"{head}: “{SPENT}”"]
    app.selectbox[0].set_value(2).run()
    assert [code.value for code in app.code] == [f"{head}: “{ASIDE}”"]


def test_the_house_style_is_the_settings(
    app: AppTest, cited: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_CITATION_STYLE", "{date}: {quote}")
    ask(app.run(), "q")
    assert [code.value for code in app.code] == [f"2 September 2020: {SPENT}"]


def test_a_citation_that_no_longer_stands_is_not_copied(app: AppTest, cited: FakeAssistant) -> None:
    ask(app.run(), "q")
    cited.kept = [hostile_letter()]
    press(app, "Add")
    assert [code.value for code in app.code] == []
    assert NO_LONGER in words_of(app)


# -- the page -------------------------------------------------------------------------------------


def test_an_empty_briefing_says_how_to_fill_it(fake: FakeAssistant) -> None:
    app = AppTest.from_function(_briefing_page, default_timeout=30).run()
    assert HOW in words_of(app)
    assert not app.get("download_button")


def test_statements_are_listed_verified_and_previewed_with_their_notes(page: AppTest) -> None:
    page.run()
    assert statements(page) == [SPENT, ASIDE]
    shown = words_of(page)
    assert shown.count("Verified. 1 citation.") == 2
    assert f"<q>{SPENT}</q>" in html_of(page)
    assert f"2 September 2020, para 2: “{ASIDE}”" in shown
    assert "Letters consulted and cited" in shown


def test_statements_are_moved_and_removed(page: AppTest) -> None:
    page.run()
    assert [b.disabled for b in page.button if (b.key or "").startswith(("up-", "down-"))] == [
        True, False, False, True,
    ]  # fmt: skip
    by_key(page, "down-1")
    assert statements(page) == [ASIDE, SPENT]
    by_key(page, "up-1")
    assert statements(page) == [SPENT, ASIDE]
    by_key(page, "remove-1")
    assert statements(page) == [ASIDE]
    by_key(page, "remove-2")
    assert HOW in words_of(page)


def test_an_edit_is_checked_left_out_marked_or_undone(page: AppTest) -> None:
    page.run()
    page.text_area[1].set_value("It set aside 87,000 pounds.").run()
    assert f"Not verified: {NOT_CARRIED}." in words_of(page)
    assert "1 statement left out: not verified." in words_of(page)
    page.checkbox[0].check().run()
    assert "Not verified: It set aside 87,000 pounds." in words_of(page)
    page.text_area[1].set_value("For 2020 it put 78,000 by.").run()
    assert "the wording is yours" in words_of(page)
    by_key(page, "undo-2")
    assert statements(page) == [SPENT, ASIDE]
    assert words_of(page).count("Verified. 1 citation.") == 2


def test_what_is_left_out_is_said_at_the_head_of_the_preview(page: AppTest) -> None:
    page.run()
    page.text_area[1].set_value("It set aside 87,000 pounds.").run()
    sheet = html_of(page).partition('class="sheet"')[2]
    assert "1 statement left out: not verified." in sheet.partition("<h3>")[0]
    page.checkbox[0].check().run()
    assert "left out" not in words_of(page)


def test_the_preview_shows_a_comparison_as_the_table_that_the_file_has(fake: FakeAssistant) -> None:
    answer = replace(
        answer_of("q", cite(plain_letter(), SPENT, 1)),
        kind="compare",
        statements=(
            Statement(SPENT, True, (1,), "North <b>"),
            Statement("says nothing on this", True, (), "South"),
        ),
        text="North <b>:\n…",
    )
    app = AppTest.from_function(_briefing_page, default_timeout=30)
    items = collect(answer, corpus_hash(fake.letters()))
    app.session_state["collected"] = [Collected(n, item) for n, item in enumerate(items, start=1)]
    table = html_of(app.run()).partition("<table>")[2].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in table.split("<tr>")[1:]]
    assert rows == [
        ["Whose", "letter", "What", "it", "says"],
        ["North", "&lt;b&gt;", *SPENT.split(), "1"],
        ["South", "says", "nothing", "on", "this"],
    ]


@pytest.mark.parametrize(("kind", "basis"), [("fact", FROM_READING), ("about_letters", FROM_CARDS)])
def test_what_cites_nothing_is_not_called_verified(fake: FakeAssistant, kind: str, basis: str) -> None:
    answer = answer_of("q", kind=kind, text="The letters do not say.", status="not_found")
    app = AppTest.from_function(_briefing_page, default_timeout=30)
    app.session_state["collected"] = [Collected(1, collect(answer, corpus_hash(fake.letters()))[0])]
    shown = words_of(app.run())
    assert f"Nothing to verify: {basis}." in shown
    assert f"The letters do not say. ({basis})" in shown
    assert "Verified" not in shown


# -- kept -----------------------------------------------------------------------------------------


def _kept_page() -> None:
    from assistant import assembly
    from assistant.settings import load_settings
    from assistant.ui import kept
    from assistant.ui.briefing import show_briefing

    kept.follow_briefing(load_settings())
    show_briefing(assembly.open_assistant(load_settings()))


def kept_page() -> AppTest:
    """A window of its own at the briefing."""
    return AppTest.from_function(_kept_page, default_timeout=30).run()


def test_a_briefing_is_there_after_a_reload_with_its_edits_and_options(
    app: AppTest, cited: FakeAssistant
) -> None:
    press(ask(app.run(), "q"), "Add to briefing")
    first = kept_page()
    assert statements(first) == [SPENT, ASIDE]
    first.text_area[1].set_value("It set aside 87,000 pounds.").run()
    first.text_input[0].set_value("Grants").run()
    by_key(first, "down-1")
    again = kept_page()
    assert statements(again) == ["It set aside 87,000 pounds.", SPENT]
    assert again.text_input[0].value == "Grants"
    assert f"Not verified: {NOT_CARRIED}." in words_of(again)
    assert "In the briefing" in [
        b.label for b in ask(AppTest.from_file(str(APP), default_timeout=30).run(), "q").button
    ]


def test_a_reopened_briefing_is_held_against_the_letters_as_they_are_now(
    app: AppTest, cited: FakeAssistant
) -> None:
    press(ask(app.run(), "q"), "Add to briefing")
    cited.kept = [hostile_letter()]
    assert f"Not verified: {NO_CITATION}." in words_of(kept_page())


def test_two_windows_go_on_with_the_same_briefing(app: AppTest, cited: FakeAssistant) -> None:
    press(ask(app.run(), "q"), "Add to briefing")
    one, two = kept_page(), kept_page()
    by_key(one, "remove-1")
    two.text_area[1].set_value("For 2020 it put 78,000 by.").run()
    assert statements(two) == ["For 2020 it put 78,000 by."]
    assert statements(one.run()) == ["For 2020 it put 78,000 by."]


def test_a_briefing_that_is_cleared_is_gone_for_good(app: AppTest, cited: FakeAssistant) -> None:
    press(ask(app.run(), "q"), "Add to briefing")
    one, two = kept_page(), kept_page()
    by_key(one, "clear-all")
    assert HOW in words_of(one)
    assert HOW in words_of(two.run())
    assert HOW in words_of(kept_page())


def test_where_nothing_is_kept_the_briefing_lasts_as_long_as_the_page(
    app: AppTest, cited: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_KEEP_CONVERSATIONS", "0")
    press(ask(app.run(), "q"), "Add to briefing")
    assert len(app.session_state["collected"]) == 2
    assert HOW in words_of(kept_page())


def test_a_damaged_file_leaves_the_briefing_of_this_page_and_is_said(
    app: AppTest, cited: FakeAssistant, tmp_path: Path
) -> None:
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 100)
    press(ask(app.run(), "q"), "Add to briefing")
    assert len(app.session_state["collected"]) == 2
    assert "cannot be used" in app.session_state["briefing_trouble"]


def test_with_nothing_verified_there_is_nothing_to_download(page: AppTest) -> None:
    page.run()
    for area in (0, 1):
        page.text_area[area].set_value("It cost 5 pounds.").run()
    assert NOTHING_VERIFIED in words_of(page)
    assert not page.get("download_button")


def test_options_are_kept_and_shown(page: AppTest) -> None:
    page.run()
    for position, words in enumerate(("Grants", "A. Analyst", "OFFICIAL")):
        page.text_input[position].set_value(words).run()
    shown = words_of(page)
    assert shown.count("OFFICIAL") == 2
    assert "Grants" in shown
    kept = page.session_state["briefing_options"]
    assert (kept.title, kept.author, kept.marking) == ("Grants", "A. Analyst", "OFFICIAL")


def test_letters_that_changed_since_are_told(page: AppTest, cited: FakeAssistant) -> None:
    cited.kept = [hostile_letter()]
    page.run()
    assert f"Not verified: {NO_CITATION}." in words_of(page)
    assert f"Left out: {plain_letter().source} is no longer in the store." in words_of(page)


def test_a_hostile_letter_is_shown_as_it_is(fake: FakeAssistant) -> None:
    citation = cite(hostile_letter(), HOSTILE)
    answer = answer_of(HOSTILE, citation, statements=(Statement(HOSTILE, True, (1,)),))
    app = AppTest.from_function(_briefing_page, default_timeout=30)
    app.session_state["collected"] = [Collected(1, collect(answer, "")[0])]
    app.run()
    tags = set(re.findall(r"<([a-z0-9]+)", html_of(app)))
    assert tags <= OURS
    assert HOSTILE in words_of(app)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Calls: what's said?", "calls-what-s-said"),
        ("../../etc", "etc"),
        (" … ", "briefing"),
        ("a" * 99, "a" * 60),
    ],
)
def test_a_file_is_named_for_its_title(title: str, name: str) -> None:
    assert file_name(title) == name
