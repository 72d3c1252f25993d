"""What is said of a server's failures; the failures themselves are made in the integration tests."""

import pytest

from assistant.model_server import ModelServer


def server(base_url: str) -> ModelServer:
    return ModelServer("small", base_url, timeout_s=20, retries=2)


@pytest.mark.parametrize(
    ("base_url", "shown"),
    [
        ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("https://user:secret@models.example/v1?key=secret", "https://models.example/v1"),
        ("http://[::1/v1", "(not an address)"),
    ],
)
def test_an_address_is_shown_without_what_is_secret_in_it(base_url: str, shown: str) -> None:
    assert server(base_url).address == shown


def test_the_whole_time_is_one_timeout_a_call() -> None:
    assert server("http://127.0.0.1/v1").total_s == 60


def test_a_timeout_says_which_setting_allows_more() -> None:
    said = server("http://127.0.0.1/v1").explain(TimeoutError())
    assert said is not None
    assert "LETTERS_MODEL_TIMEOUT_S is 20" in said


@pytest.mark.parametrize("error", [RuntimeError("a bug"), AssertionError(), OSError("disk full")])
def test_what_no_server_does_is_not_explained_away(error: Exception) -> None:
    assert server("http://127.0.0.1/v1").explain(error) is None
