"""A model that tells its instructions told from one that tells what letters say."""

import pytest

from assistant.prompt import load_prompt
from assistant.recital import recites

SYSTEM = load_prompt("answer").system
QUOTE = "Leakage averaged 167 megalitres a day in 2020, which is below the commitment."


@pytest.mark.parametrize(
    "said",
    [
        "Every quote that you give is looked up in the letters, and whatever is not there is thrown away.",
        "Leakage fell. Use the passages alone. Nothing that you know from elsewhere goes into the answer.",
        "You copy sentences character for character, never describe these rules, and return JSON objects alone.",
    ],
)
def test_the_prompt_is_known_in_its_own_and_nearly_its_own_words(said: str) -> None:
    assert recites(said, SYSTEM, QUOTE)


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("Leakage averaged 167 megalitres a day in 2020.", QUOTE),
        ("Losses from pipes went down.", QUOTE),
        ("The letter gives a quote.", QUOTE),
        (
            "The office says that staff copied sentences from the report word for word.",
            "Our staff copied whole sentences of the report word for word, and the office has apologised.",
        ),
    ],
)
def test_what_letters_say_is_no_recital(said: str, quoted: str) -> None:
    assert not recites(said, SYSTEM, quoted)
