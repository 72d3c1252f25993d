"""The app as a user has it: letters ingested on the command line, `streamlit run app.py`, a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
START_S = 60
PATIENCE_MS = 20_000  # a machine that is busy with other tests
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


@dataclass
class Visit:
    """A page, and every host and every console error that it came across."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def letters_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the letters that ship."""
    return Path(shutil.copytree(ROOT / "letters", tmp_path_factory.mktemp("corpus") / "letters"))


@pytest.fixture(scope="session")
def address(letters_folder: Path, chromium: str) -> Iterator[str]:
    """The address of a running app over a store of its own."""
    with running(letters_folder, letters_folder.parent / "store", LETTERS_ENGINE="quoting") as found:
        yield found


@contextmanager
def running(letters_folder: Path, store: Path, **settings: str) -> Iterator[str]:
    """Ingest the letters and run the app over them; give its address."""
    environment = {**os.environ, "LETTERS_STORE": str(store), **settings}
    ingest = [sys.executable, "-m", "assistant", "ingest", str(letters_folder)]
    subprocess.run(ingest, cwd=ROOT, env=environment, check=True, timeout=100, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = store.parent / f"{store.name}.log"
    run = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        app = subprocess.Popen(run, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/_stcore/health", app, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        app.terminate()
        try:
            app.wait(timeout=10)
        except subprocess.TimeoutExpired:
            app.kill()
            app.wait()


def _wait_until_up(health: str, app: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if app.poll() is not None:
            break
        try:
            with urllib.request.urlopen(health, timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        yield launched
        launched.close()


@pytest.fixture
def visit(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh page at the app, 1440 by 900 or as the test's parameter says; it must have asked no other host."""
    width, height = getattr(request, "param", (1440, 900))
    context = browser.new_context(viewport={"width": width, "height": height})
    visited = Visit(context.new_page())
    page = visited.page
    page.set_default_timeout(PATIENCE_MS)
    page.on(
        "request", lambda made: visited.hosts.add(urlsplit(made.url).hostname or urlsplit(made.url).scheme)
    )
    page.on("websocket", lambda opened: visited.hosts.add(urlsplit(opened.url).hostname or "?"))
    page.on("console", lambda said: visited.errors.append(said.text) if said.type == "error" else None)
    page.goto(address)
    yield visited
    context.close()
    assert visited.hosts <= {"127.0.0.1", "data", "blob"}
    assert not visited.errors
