"""The page that checks a draft: verdicts in words, differences marked, hostile words shown as they are."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.check import NOTHING_FOUND, NOTHING_GIVEN
from assistant.ui.reader import GONE
from tests.unit.ui.stand_in import HOSTILE, FakeAssistant, hostile_letter, html_of
from tests.unit.ui.test_markup import Reader

DRAFT = (
    "Ann Example wrote: “It set aside 87,000 pounds for 2020.” and “The force did not spend the grant.” and a ‘soft"
    " launch’. Somebody Else wrote: “It set aside 78,000 pounds for 2020.”"
)


@pytest.fixture
def page(fake: FakeAssistant) -> AppTest:
    """The page over the stand-in, drawn."""

    def draw() -> None:
        import streamlit as st

        from assistant import assembly
        from assistant.settings import load_settings
        from assistant.ui.check import show_check

        st.session_state.setdefault("opened", None)
        show_check(assembly.open_assistant(load_settings()))

    return AppTest.from_function(draw, default_timeout=30).run()


def check(page: AppTest, draft: str) -> AppTest:
    page.text_area[0].set_value(draft)
    return next(button for button in page.button if button.label == "Check").click().run()


def words(page: AppTest) -> str:
    return Reader(html_of(page)).words


def test_each_finding_has_its_verdict_in_words_trouble_first(page: AppTest) -> None:
    check(page, DRAFT)
    assert not page.exception
    shown = words(page)
    assert "4 quotations: 1 altered, 1 misattributed, 1 not found, 1 verified." in shown
    assert all(
        said in shown for said in ("Altered", "Misattributed", "Verified", "Not found (a way of speaking?)")
    )
    assert html_of(page).index("verdict altered") < html_of(page).index("verdict misattributed")
    assert (
        '<del title="the letter’s words">78,000</del><ins title="the draft’s words">87,000</ins>'
        in html_of(page)
    )


def test_a_finding_opens_its_letter_at_the_words(page: AppTest) -> None:
    check(page, DRAFT)
    next(button for button in page.button if button.label == "Open").click().run()
    assert "<mark>It set aside 78,000 pounds for 2020.</mark>" in html_of(page)
    assert "1 altered" in words(page)


def test_a_letter_that_went_since_is_said_to_be_gone(page: AppTest, fake: FakeAssistant) -> None:
    check(page, DRAFT)
    fake.kept = [hostile_letter()]
    next(button for button in page.button if button.label == "Open").click().run()
    assert [warning.value for warning in page.warning] == [GONE]


def test_the_words_of_a_hostile_draft_are_shown_and_not_run(page: AppTest) -> None:
    check(page, f"Ann Example wrote: “{HOSTILE.replace(chr(34), '')}” and 17 <b>cats</b> of <i>it</i>.")
    assert not page.exception
    assert "<script>" not in html_of(page)
    assert "<img" not in html_of(page)
    assert "<script>alert(1)</script>" in words(page)


def test_an_empty_draft_and_one_with_nothing_to_check_are_said(page: AppTest) -> None:
    check(page, "   ")
    assert [error.value.replace("\\", "") for error in page.error] == [NOTHING_GIVEN]
    check(page, "Nothing is quoted here.")
    assert [info.value for info in page.info] == [NOTHING_FOUND]
    assert not page.error


def test_a_long_draft_is_shown_a_page_at_a_time(page: AppTest) -> None:
    check(
        page,
        "\n\n".join(f"Ann Example wrote: “It set aside {n},000 pounds for 2020.”" for n in range(10, 60)),
    )
    assert sum(button.label == "Open" for button in page.button) == 25
    assert "50 quotations: 50 altered." in words(page)
