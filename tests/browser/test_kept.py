"""What outlasts a page, in a real browser: a conversation reopened after a restart, a question stopped on its way."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running
from tests.browser.test_journey import ANSWERED, ask
from tests.integration.model_server import ScriptedServer

pytestmark = pytest.mark.browser


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for a store of this test's own."""
    return tmp_path_factory.mktemp("kept") / "store"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is nowhere yet."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    yield opened
    context.close()


def test_after_a_restart_a_conversation_is_reopened_exported_renamed_and_deleted(
    page: Page, letters_folder: Path, store: Path, tmp_path: Path
) -> None:
    with running(letters_folder, store, LETTERS_ENGINE="quoting") as address:
        page.goto(address)
        ask(page, ANSWERED)
    with running(letters_folder, store, LETTERS_ENGINE="quoting") as address:
        page.goto(address)
        page.get_by_role("link", name="Letters", exact=True).click()
        expect(page.get_by_role("heading", name="Letters", exact=True)).to_be_visible()
        page.locator("[class*='st-key-reopen-'] button:visible").click()
        expect(page.locator(".question")).to_have_text(ANSWERED)
        page.locator("[class*='st-key-answer-'] button", has_text="[1]").first.click()
        expect(page.locator(".paper mark").first).to_be_visible()
        page.locator("[data-testid='stPopoverButton']:visible", has_text="Menu").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Export as JSON").click()
        exported = json.loads(Path(download.value.path()).read_text("utf-8"))
        assert exported["exchanges"][0]["answer"]["citations"][0]["quote"]
        title = page.get_by_role("textbox", name="Title")
        title.fill("Waiting times")
        title.press("Enter")
        expect(page.locator("[class*='st-key-reopen-'] button:visible")).to_have_text("Waiting times")
        page.screenshot(path=tmp_path / "kept.png")
        if not page.get_by_role("button", name="Delete for good").is_visible():
            page.locator("[data-testid='stPopoverButton']:visible", has_text="Menu").click()
        page.get_by_role("button", name="Delete for good").click()
        expect(page.locator("[class*='st-key-reopen-'] button:visible")).to_have_count(0)
        expect(page.locator(".question")).to_have_count(0)


def test_a_question_under_way_shows_its_stage_is_not_asked_twice_and_can_be_stopped(
    page: Page, letters_folder: Path, store: Path
) -> None:
    with ScriptedServer("slow", delay_s=60) as server:
        settings = {"LETTERS_OPENAI_BASE_URL": server.base_url, "LETTERS_MODEL": "scripted"}
        with running(letters_folder, store, **settings) as address:
            page.goto(address)
            box = page.get_by_placeholder("Ask about the letters")
            box.fill(ANSWERED)
            box.press("Enter")
            expect(page.get_by_text("Drafting the answer")).to_be_visible()
            page.get_by_role("link", name="Letters", exact=True).click()
            expect(page.get_by_role("heading", name="Letters", exact=True)).to_be_visible()
            page.get_by_role("link", name="Ask").click()
            expect(page.get_by_text("Drafting the answer")).to_be_visible()
            assert len(server.chats) == 1
            page.get_by_role("button", name="Stop").click()
            expect(page.get_by_test_id("stAlert")).to_contain_text("Stopped before there was an answer")
            expect(page.get_by_placeholder("Ask about the letters")).to_be_enabled()
            assert len(server.chats) == 1


def test_a_briefing_is_there_after_a_restart_until_it_is_cleared(
    page: Page, letters_folder: Path, store: Path
) -> None:
    with running(letters_folder, store, LETTERS_ENGINE="quoting") as address:
        page.goto(address)
        ask(page, ANSWERED)
        page.get_by_role("button", name="Add to briefing").click()
        expect(page.get_by_role("button", name="In the briefing")).to_be_visible()
    with running(letters_folder, store, LETTERS_ENGINE="quoting") as address:
        page.goto(f"{address}/briefing")
        expect(page.locator(".sheet h3")).to_have_text(ANSWERED)
        page.get_by_role("button", name="Clear", exact=False).click()
        page.get_by_role("button", name="Remove everything for good").click()
        expect(page.get_by_text("Nothing is collected yet.")).to_be_visible()
        page.reload()
        expect(page.get_by_text("Nothing is collected yet.")).to_be_visible()
