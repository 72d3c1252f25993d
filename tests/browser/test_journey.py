"""What a user does, in a real browser: ask, open a citation, see the words; nothing is fetched from elsewhere."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

ANSWERED = "How long does a 999 caller wait on average in West Yorkshire?"
UNANSWERED = "What do the letters say about the price of cheese on the moon?"
HOSTILE = '<img src="http://192.0.2.1/i.png"> ![x](http://192.0.2.1/x.png) $x$ :red[a] 10~20~30 :smile: what?'


def ask(page: Page, question: str) -> Locator:
    """Ask, wait until the answer is complete, and return the page's last answer."""
    answers = page.locator("[class*='st-key-answer-']")
    before = answers.count()
    box = page.get_by_placeholder("Ask about the letters")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)
    expect(answers.last.locator(".footing")).to_be_visible()
    return answers.last


def in_sight(words: Locator) -> bool:
    """Whether an element's first line stands in the window, and in the sheet that scrolls it, with nothing over it."""
    seen: Any = words.evaluate(
        """element => {
            const box = element.getClientRects()[0], sheet = element.closest('.paper')?.getBoundingClientRect();
            const there = document.elementFromPoint(box.left + 2, box.top + box.height / 2);
            return box.top >= 0 && box.bottom <= innerHeight && element.contains(there)
                && (!sheet || (box.top >= sheet.top && box.bottom <= sheet.bottom));
        }"""
    )
    return bool(seen)


@pytest.mark.parametrize("visit", [(1440, 900), (800, 900)], indirect=True, ids=["wide", "narrow"])
def test_a_citation_opens_the_letter_with_the_cited_words_in_sight(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    expect(page.get_by_role("heading", name="Ask the letters")).to_be_visible()
    answer = ask(page, ANSWERED)
    page.screenshot(path=tmp_path / "answer.png")
    citation = answer.get_by_role("button", name="[1]").first
    citation.click()
    mark = page.locator(".paper mark").first
    expect(mark).to_be_visible()
    page.wait_for_timeout(1500)  # scrolling settles
    page.screenshot(path=tmp_path / "citation.png")
    assert in_sight(mark)
    assert in_sight(citation), "what was pressed stays beside what it opened"
    assert "5 seconds" in "".join(page.locator(".paper mark").all_inner_texts())
    expect(page.locator(".reader header")).to_contain_text("Mark Burns-Williamson")
    expect(page.locator(".reader header")).to_contain_text("2 September 2020")
    expect(page.locator(".reader .place")).to_contain_text("[1] Paragraph")


def test_the_keyboard_alone_opens_and_closes_a_citation(visit: Visit) -> None:
    page = visit.page
    answer = ask(page, ANSWERED)
    answer.get_by_role("button", name="[1]").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".paper mark").first).to_be_visible()
    expect(page.locator(".paper")).to_be_focused()
    page.get_by_role("button", name="Close letter").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".paper")).to_have_count(0)
    expect(answer).to_be_visible()


def test_an_example_question_is_answered_with_citations(visit: Visit) -> None:
    page = visit.page
    page.locator(".st-key-examples button").first.click()
    expect(page.locator(".footing")).to_be_visible()
    expect(page.get_by_role("button", name="[1]").first).to_be_visible()


def test_a_newer_question_comes_into_sight_and_the_letter_stays_open(visit: Visit) -> None:
    page = visit.page
    ask(page, ANSWERED).get_by_role("button", name="[1]").first.click()
    expect(page.locator(".paper mark").first).to_be_visible()
    answer = ask(page, UNANSWERED)
    expect(answer.locator(".not-found")).to_contain_text("The letters do not say")
    page.wait_for_timeout(1500)  # scrolling settles
    assert in_sight(page.locator(".question").last)
    expect(page.locator(".paper mark").first).to_be_visible()


def test_what_looks_like_html_or_markdown_is_shown_as_it_was_typed(visit: Visit) -> None:
    page = visit.page
    box = page.get_by_placeholder("Ask about the letters")
    box.fill(HOSTILE)
    box.press("Enter")
    expect(page.locator(".question")).to_have_text(HOSTILE)
    expect(page.locator(".footing, [data-testid='stAlert']").first).to_be_visible()
    assert page.locator("img").count() == 0


def test_an_error_shows_the_message_as_it_is_and_the_chat_lives_on(visit: Visit) -> None:
    page = visit.page
    box = page.get_by_placeholder("Ask about the letters")
    box.fill("y" * 100_000)
    box.press("Enter")
    expect(page.get_by_test_id("stAlert")).to_contain_text("100,000")
    expect(page.locator(".question")).to_contain_text("characters in all")
    ask(page, ANSWERED)


def test_the_list_of_letters_opens_each_of_them(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Letters", exact=True).click()
    expect(page.get_by_role("heading", name="Letters", exact=True)).to_be_visible()
    opening = page.locator("[class*='st-key-open-letter-'] button:visible")
    expect(opening).to_have_count(5)
    for position in range(5):
        date = opening.nth(position).inner_text()
        opening.nth(position).click()
        expect(page.locator(".reader header")).to_contain_text(date)
    page.get_by_role("link", name="Ask").click()
    expect(page.get_by_placeholder("Ask about the letters")).to_be_visible()


def test_a_copied_link_opens_the_same_words_in_another_window(visit: Visit) -> None:
    page = visit.page
    ask(page, ANSWERED).get_by_role("button", name="[1]").first.click()
    expect(page.locator(".paper mark").first).to_be_visible()
    words = "".join(page.locator(".paper mark").all_inner_texts())
    page.get_by_role("button", name="Copy link").first.click()
    link = page.locator("[data-testid='stPopoverBody'] code").inner_text()
    page.goto(link)
    expect(page.locator(".paper mark").first).to_be_visible()
    assert "".join(page.locator(".paper mark").all_inner_texts()) == words
    page.goto(link.replace("&size=", "&size=1"))
    expect(page.get_by_test_id("stAlert")).to_contain_text("cannot be trusted")
    assert page.locator(".paper mark").count() == 0


def test_an_answer_goes_into_a_briefing_that_word_can_open(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    answer = ask(page, ANSWERED)
    answer.get_by_role("button", name="Add to briefing").click()
    expect(answer.get_by_role("button", name="In the briefing")).to_be_visible()
    page.get_by_role("link", name="Briefing").click()
    page.get_by_label("Title").fill("Call handling")
    page.get_by_role(
        "button", name="Download"
    ).click()  # straight from the field, which nothing else has left
    page.wait_for_timeout(500)
    with page.expect_download() as download:
        page.get_by_role("button", name="Word", exact=True).click()
    path = tmp_path / "briefing.docx"
    download.value.save_as(path)
    with zipfile.ZipFile(path) as file:
        assert "Call handling" in file.read("word/document.xml").decode()
        assert "Mark Burns-Williamson" in file.read("word/footnotes.xml").decode()


def test_a_draft_is_checked_on_the_page(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("link", name="Check a draft").click()
    box = page.get_by_role("textbox", name="Draft")  # the page left has a box, too
    box.fill(
        "The average time was “6 seconds to answer a 999 call”, and “cheese is made of the moon each year”."
    )
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("Not found").first).to_be_visible()
