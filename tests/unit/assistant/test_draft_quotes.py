"""What stands in quotation marks, whichever marks and however badly kept."""

import time

import pytest

from assistant.draft_quotes import find_marked, spellings, split_parts, written
from assistant.draft_text import sentences, take_apart


def quoted(text: str) -> list[str]:
    return [written(each) for each in find_marked([(0, text)])[0]]


@pytest.mark.parametrize(
    "text",
    ["He said “we agree” today.", 'He said "we agree" today.', "He said ‘we agree’ today.", "He said 'we agree' today.",
     "He said «we agree» today.", "He said „we agree“ today.", "He said „we agree” today.", '("we agree")'],
)  # fmt: skip
def test_every_usual_pair_of_marks_is_read(text: str) -> None:
    assert quoted(text) == ["we agree"]


@pytest.mark.parametrize(
    "text",
    ["It’s the force's plan, the officers' rota and the Commissioners’ letter.", "In the '90s and the ‘80s it was so.",
     "rock ‘n’ roll", "It stands 6\" tall, and 5\" wide.", "'Tis so, don't you think?",
     "No marks at all.", "", '""', "“ ”"],
)  # fmt: skip
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert quoted(text) == []


def test_an_apostrophe_within_single_marks_does_not_end_them() -> None:
    assert quoted("She wrote 'the force's rota and the officers' plans are late' twice.") == [
        "the force's rota and the officers' plans are late"
    ]
    assert quoted("She wrote ‘the force’s rota’ and ‘a plan’.") == ["the force’s rota", "a plan"]


def test_of_nested_marks_the_outer_ones_count() -> None:
    assert quoted("“an ‘outstanding’ rating”, and ‘a “good” one’") == [
        "an ‘outstanding’ rating",
        "a “good” one",
    ]
    assert quoted('He wrote "a "really" good year" then.') == ['a "really" good year']


def test_a_mark_that_is_never_closed_ends_with_its_paragraph_and_is_told() -> None:
    (open_one,) = find_marked([(0, "He said “we agree and go on.")])[0]
    assert (written(open_one), open_one.closed) == ("we agree and go on.", False)
    first, second = find_marked([(0, "“we agree. Then “we go on” now.")])[0]
    assert (written(first), first.closed) == ("we agree. Then", False)
    assert (written(second), second.closed) == ("we go on", True)


def test_a_quotation_runs_on_where_the_next_paragraph_opens_it_anew_or_closes_it() -> None:
    draft = take_apart(
        "“The first of them.\n\n“The second,” he said.\n\nThen “one that goes\n\non here” and ends."
    )
    found = [each for paragraph in draft.paragraphs for each in paragraph.marked]
    assert [each.parts for each in found] == [
        ("The first of them.", "The second,"),
        ("one that goes", "on here"),
    ]
    assert all(each.closed for each in found)


def test_points_of_omission_and_brackets_join_nothing() -> None:
    def parts(text: str) -> tuple[str, ...]:
        return split_parts(find_marked([(0, f"“{text}”")])[0][0])

    assert parts("we agree … at last") == ("we agree", "at last")
    assert parts("we agree [...] at . . . last") == ("we agree", "at", "last")
    assert parts("[The force] will [not] act") == ("will", "act")
    assert parts("we agree [sic] at last [emphasis added]") == ("we agree at last",)
    assert parts("We act. … [W]e agree") == ("We act.", "We agree")
    assert parts("[the force …]") == ()


def test_a_point_before_the_closing_mark_may_be_the_drafters_own() -> None:
    assert "we agree" in spellings("we agree,")
    assert 'an "outstanding" rating' in spellings("an ‘outstanding’ rating")
    assert "is it so?" in spellings("is it so?")
    assert "is it so" not in spellings("is it so?")


def test_markdown_is_taken_apart_and_offsets_count_in_the_draft_as_it_came() -> None:
    text = (
        "## Findings\n\nHill wrote:\n\n> We *agree* with\n> all of it.\n> — Hill, 3 May 2021\n\n1. See **“our plan”**"
        " [here](http://h/?letter=ab&start=1&end=2).[^1]\n\n```\n“code”\n```\n\n[^1]: Hill, 3 May 2021\n"
    )
    draft = take_apart(text)
    block = next(paragraph for paragraph in draft.paragraphs if paragraph.kind == "block")
    assert written(block.marked[0]) == "We agree with all of it."
    assert (block.lead, "Hill, 3 May 2021" in block.credit, block.heading) == (
        "Hill wrote:",
        True,
        "Findings",
    )
    item = next(paragraph for paragraph in draft.paragraphs if paragraph.kind == "item")
    assert [text[each.start : each.end] for each in item.marked] == ["our plan"]
    assert [link.address for link in draft.links] == ["http://h/?letter=ab&start=1&end=2"]
    assert draft.notes == {"1": "Hill, 3 May 2021"}
    assert not any("code" in written(each) for paragraph in draft.paragraphs for each in paragraph.marked)


def test_a_full_stop_inside_a_quotation_ends_no_sentence_of_the_draft() -> None:
    text = "Hill wrote “We agree. We act. We go.” (Hill, 3 May 2021). He left."
    (paragraph,) = take_apart(text).paragraphs
    assert [text[start:end] for start, end in sentences(paragraph)] == [text[:-9], "He left."]


@pytest.mark.parametrize(
    "text", ["“" * 20_000, "”" * 20_000, "'a " * 10_000, '"' * 20_001, "‘a " * 5_000, "> " * 9_000]
)
def test_hostile_marks_end_in_time(text: str) -> None:
    began = time.monotonic()
    take_apart(text)
    assert time.monotonic() - began < 5
