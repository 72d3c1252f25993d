"""The list of letters: each with its card, found by words of it, opened in the reader."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.letters import ROWS_AT_ONCE, matches
from tests.evidence import letter
from tests.unit.ui.stand_in import HOSTILE, FakeAssistant, html_of, plain_letter
from tests.unit.ui.test_markup import Reader
from tests.unit.ui.test_views import OURS, press, words_of


def _letters_page() -> None:
    from assistant import assembly
    from assistant.settings import load_settings
    from assistant.ui.letters import show_letters

    show_letters(assembly.open_assistant(load_settings()), load_settings())


@pytest.fixture
def page(fake: FakeAssistant) -> AppTest:
    return AppTest.from_function(_letters_page, default_timeout=30)


def rows(page: AppTest) -> list[str]:
    return [button.label for button in page.button if (button.key or "").startswith("open-letter-")]


def test_every_letter_is_listed_with_its_card_and_opens_without_a_mark(page: AppTest) -> None:
    assert rows(page.run()) == ["2 September 2020", "No date"]
    assert "Ann Example, Commissioner · Northshire" in words_of(page)
    press(page, "2 September 2020")
    assert "It set aside 78,000 pounds for 2020." in words_of(page)
    assert "<mark>" not in html_of(page)
    press(page, "No date")
    assert "It set aside" not in words_of(page)


def test_a_hostile_card_is_shown_as_it_is(page: AppTest) -> None:
    press(page.run(), "No date")
    assert set(Reader(html_of(page)).tags) <= OURS
    assert words_of(page).count(HOSTILE) == 4  # corpus line, row, reader's head, text
    assert not page.markdown


def test_the_filter_looks_for_every_word_in_the_card(page: AppTest) -> None:
    page.run().text_input[0].set_value("september NORTHSHIRE").run()
    assert rows(page) == ["2 September 2020"]
    page.text_input[0].set_value("september southtown").run()
    assert rows(page) == []
    assert "No letter's card has these words." in words_of(page)


def test_many_letters_are_listed_a_page_at_a_time(page: AppTest, fake: FakeAssistant) -> None:
    fake.kept = [letter(f"letter {n}", date=f"20{n:02}-01-01") for n in range(ROWS_AT_ONCE + 3)]
    assert len(rows(page.run())) == ROWS_AT_ONCE
    page.pagination[0].set_value(2).run()
    assert rows(page) == ["1 January 2020", "1 January 2021", "1 January 2022"]


def test_a_filter_that_leaves_fewer_pages_shows_the_first_of_them(page: AppTest, fake: FakeAssistant) -> None:
    fake.kept = [letter(f"letter {n}", date=f"20{n:02}-01-01") for n in range(ROWS_AT_ONCE * 3)]
    page.run().pagination[0].set_value(3).run()
    page.text_input[0].set_value("2001-01-01").run()
    assert rows(page) == ["1 January 2001"]


def test_a_letter_matches_by_date_written_out_file_name_and_nothing_else() -> None:
    assert matches(plain_letter(), "2 september 2020")
    assert matches(plain_letter(), plain_letter().source)
    assert matches(plain_letter(), "")
    assert not matches(plain_letter(), "grant")
