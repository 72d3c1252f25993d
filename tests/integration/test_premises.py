"""A question that takes something for granted: answered with what the letter says, and with what it does not."""

from pathlib import Path

import pytest

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import load_settings

GLAD = "Even so, I was glad to see so many kind words throughout the review."
PLACES = "kitchen boiler ferry orchard tannery bakery quarry loom kiln printer chapel stable".split()


@pytest.fixture(scope="module")
def museum(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant over one letter: it takes up a dozen recommendations, and says once what it thinks of the review."""
    folder: Path = tmp_path_factory.mktemp("museum")
    taken_up = "\n\n".join(
        f"Recommendation {number} - The museum should look after its {place} and say each year how it turned out.\n\n"
        f"We have reviewed the {place} and its upkeep, and the staff of the {place} will report in spring."
        for number, place in enumerate(PLACES, start=1)
    )
    (folder / "museum.txt").write_text(
        "Mr Bob Sample\nArts Fund\n1 High Street\n\n3 May 2021\n\nDear Mr Sample\n\n"
        f"I write in response to your recent review.\n\n{GLAD}\n\n{taken_up}\n\n"
        "Yours sincerely\n\nAnn Weaver\nDirector\nMuseum of Tools\n",
        "utf-8",
    )
    settings = load_settings(store=folder / "store", folder=folder, engine="quoting")
    assert assembly.ingest(settings, [folder]).letters == 1
    return assembly.open_assistant(settings)


@pytest.mark.parametrize(
    ("asked", "not_said"),
    [
        ("Why did the museum turn the recommendations down?", "turn down"),
        ("Why did the museum object to the findings of the review?", "object"),
    ],
)
def test_where_somebody_stands_is_found_in_words_that_are_not_the_questions(
    asked: str, not_said: str, museum: Assistant
) -> None:
    answer = museum.ask(asked)
    assert answer.text.startswith("The letters in scope do not say")
    assert f"“{not_said}”" in answer.text.splitlines()[0]
    assert [citation.exact for citation in answer.citations] == [GLAD]


def test_what_the_letter_says_itself_is_not_called_unsaid(museum: Assistant) -> None:
    answer = museum.ask("Why will the staff of the kiln report in spring?")
    assert answer.status == "answered"
    assert "do not say" not in answer.text
    assert "staff of the kiln" in answer.citations[0].exact
