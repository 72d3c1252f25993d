"""Blocks: what is a letter's body, and what only surrounds it."""

import time

import pytest

from tests.corpora import block_with, made, named, of_other_kinds, shipped
from vectorstore.blocks import find_blocks
from vectorstore.letter import Letter, Role


def role_of(letter: Letter, words: str) -> Role:
    return block_with(letter, words).role


def roles(text: str) -> list[tuple[str, Role]]:
    return [(text[block.start : block.end], block.role) for block in find_blocks(text, (0,))]


@pytest.mark.parametrize(
    ("source", "words", "role"),
    [
        ("000", "Rt Hon Priti Patel MP", "header"),
        ("000", "A call for help.", "heading"),
        ("000", "I welcome this report", "body"),
        ("000", "A handwritten signature in black ink", "remark"),
        ("000", "**West Mercia**", "closing"),
        ("001", "Office of the", "header"),
        ("001", "Tel No: 01924 294000", "furniture"),
        ("001", "@WestYorksOPCC", "furniture"),
        ("001", "Improvements in welfare support", "heading"),
        ("001", "- Exploring the use of the GoodSAM app", "bullet"),
        ("001", "Yours sincerely", "closing"),
        ("002", "Dorset Police Specific Actions", "heading"),
        ("003", "GMCA, Broadhurst House", "furniture"),
        ("003", "BOLTON\tMANCHESTER", "furniture"),
        ("003", "Deputy Mayor of Greater Manchester Policing", "closing"),
        ("004", "Our Ref: JC/jpi", "header"),
        ("004", "Hindlip Hall, Worcester", "furniture"),
        ("004", "1308+Wishes", "closing"),
        ("welsh", "Annwyl Weinidog / Dear Policing Minister", "header"),
        ("welsh", "Yn gywir / Yours sincerely", "closing"),
        ("minister", "[logo: Department for Regional Transport]", "remark"),
        ("us_agency", "CLINICAL", "heading"),
        ("us_agency", "Page 1 of 2", "furniture"),
    ],
)
def test_every_part_of_a_letter_has_its_role(source: str, words: str, role: Role) -> None:
    assert role_of(named(source), words) == role


@pytest.mark.parametrize(
    ("source", "paragraphs"), [("000", 9), ("001", 19), ("002", 13), ("003", 25), ("004", 6)]
)
def test_paragraphs_count_from_one_without_a_gap(source: str, paragraphs: int) -> None:
    numbers = [block.number for block in named(source).blocks if block.number]
    assert numbers == list(range(1, paragraphs + 1))


@pytest.mark.parametrize("letter", [*shipped(), *of_other_kinds()], ids=lambda letter: letter.source[:12])
def test_body_paragraphs_are_counted_and_nothing_else_is(letter: Letter) -> None:
    for block in letter.blocks:
        assert bool(block.number) == (block.role in {"body", "bullet"} or block.speaker is not None)


def test_blank_lines_page_breaks_and_bullets_part_paragraphs() -> None:
    letter = made(
        "This is the first.", "This is the second.\fThis is the third.\n- this is a point\n2. this is another"
    )
    assert [letter.text[b.start : b.end] for b in letter.blocks if b.number] == [
        "This is the first.",
        "This is the second.",
        "This is the third.",
        "- this is a point",
        "2. this is another",
    ]


def test_a_line_break_alone_parts_nothing() -> None:
    letter = made("This is one paragraph that\nruns over two lines.")
    assert [block.number for block in letter.blocks if block.number] == [1]


@pytest.mark.parametrize(
    "words",
    [
        "We accept this recommendation.",
        "We agree.",
        "The bridge was closed.",
        "The committee met on Monday to hear the plan.",
        "Officers completed 4,180 visits in the year.",
        "It is not.",
    ],
)
def test_a_short_sentence_that_is_a_paragraph_is_body(words: str) -> None:
    assert (
        role_of(made("This is how we answer.", words, "Our work goes on in the coming year."), words)
        == "body"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Lessons learned",
        "Lessons learned.",
        "Use of technology to identify callers.",
        "Speed of answer at peak times.",
    ],
)
def test_a_run_of_words_without_a_verb_that_leads_to_text_is_a_heading(words: str) -> None:
    assert (
        role_of(made("This is how we answer.", words, "Our work goes on in the coming year."), words)
        == "heading"
    )


def test_a_sentence_that_a_page_break_cut_is_put_together() -> None:
    letter = made(
        "The force has bought a system that gives a richer picture of\fdemand and of what callers need."
    )
    block = block_with(letter, "richer picture")
    assert letter.text[block.end - 5 : block.end] == "need."
    assert "\f" in letter.text[block.start : block.end]


def test_a_paragraph_is_not_joined_to_what_follows_a_full_stop() -> None:
    letter = made(
        "The force has bought a new system for all its callers.", "demand has risen since then by a third."
    )
    assert block_with(letter, "new system") != block_with(letter, "demand has risen")


def test_a_block_knows_its_page() -> None:
    letter = made("This is on the first page.\fThis is on the second page.\fThis is on the third page.")
    assert [block.page for block in letter.blocks if block.number] == [1, 2, 3]
    assert letter.blocks[-1].page == 3


def test_what_the_report_said_is_not_said_by_the_author() -> None:
    recommendation = block_with(named("003"), "HMICFRS Area for Improvement 2")
    assert (recommendation.role, recommendation.speaker) == ("heading", "HMICFRS")
    quoted = block_with(named("001"), "We witnessed call handlers promptly")
    assert (quoted.role, quoted.speaker) == ("body", "a source that the letter quotes")
    assert block_with(named("003"), "In Greater Manchester we seek").speaker is None


def test_a_footer_on_every_page_is_furniture() -> None:
    footer = "Northmere House, High Street"
    letter = made("This is said on the first page.", footer, "This is said on the second page.", footer)
    assert [role for words, role in roles(letter.text) if words == footer] == ["furniture", "furniture"]


def test_an_annex_below_the_signature_is_read_and_a_copy_list_is_not() -> None:
    annex = (
        "Annex. "
        + "The figures below were counted by the force in the year to May, and nobody has changed them. " * 2
    )
    text = f"Dear Sir\n\nI write to you about this.\n\nYours sincerely\n\nAnn Example\n\ncc: Bob Sample\n\n{annex}"
    found = dict(roles(text))
    assert found[annex.strip()] == "body"
    assert found["cc: Bob Sample"] == "closing"


def test_a_letter_without_greeting_and_close_still_has_a_body() -> None:
    paragraphs = "The committee met on Monday to hear the plan.\n\nIt was adopted without a vote."
    assert roles(f"Northmere Council\n\n{paragraphs}\n\nAnn Example") == [
        ("Northmere Council", "header"),
        ("The committee met on Monday to hear the plan.", "body"),
        ("It was adopted without a vote.", "body"),
        ("Ann Example", "closing"),
    ]


@pytest.mark.parametrize("text", ["", " \n\t\f\n ", "\f\f"])
def test_no_words_no_blocks(text: str) -> None:
    assert find_blocks(text, (0,)) == ()


@pytest.mark.parametrize("filling", ["x", ".", '"', "* ", "I. ", ": "])
def test_an_endless_line_is_read_in_a_moment(filling: str) -> None:
    began = time.monotonic()
    find_blocks(f"Dear Sir\n\n{filling * 100_000} end\n\nYours sincerely\n", (0,))
    # A pattern that looks again from every character takes a minute here.
    assert time.monotonic() - began < 5


def test_the_lines_of_a_form_letter_that_say_something_are_body() -> None:
    said = [
        "You can moor at the east quay until 30 June 2031\nYour yearly fee is",
        "£412.50 a year",
        "You need to renew your licence at the harbour office",
        "Estimate based on the length of your boat up to 5 April 2017",
    ]
    text = "\n\n".join(
        ["Dear Ms Fox", said[0], said[1], said[3], said[2], "Harbour Notice", "The fee may change each year. "
         "We will write to you when it does.", "Yours sincerely,", "Tom Quill"]
    )  # fmt: skip
    found = dict(roles(text))
    assert [found[line] for line in said] == ["body"] * 4
    assert found["Harbour Notice"] == "heading"


@pytest.mark.parametrize(
    "words",
    [
        "How we will respond by 30 June 2031",
        "What you told us",
        "Our plans for 2031",
        "The fee from 5 April 2017",
    ],
)
def test_a_heading_with_a_date_stays_a_heading(words: str) -> None:
    text = f"Dear Ms Fox\n\nWe write about the harbour.\n\n{words}\n\nWe will write again.\n\nYours sincerely,\n\nTom"
    assert dict(roles(text))[words] == "heading"


def test_a_numbered_line_over_prose_is_a_heading_and_the_last_of_a_list_is_none() -> None:
    said = [
        "1. Dredging",
        "We dredge the harbour each May, and shall not dredge it twice.",
        "2. Lamps on the quay",
        "We have ordered these lamps, which are lit at dusk:",
        "1. Red lamp",
        "2. Green lamp",
        "3. White lamp",
        "All of them are lit by gas, and none of them is lit by day.",
    ]
    text = "\n\n".join(["Dear Ms Fox", "We write about the harbour.", *said, "Yours sincerely,", "Tom Quill"])
    found = dict(roles(text))
    assert [found[line] for line in said] == [
        "heading", "body", "heading", "body", "bullet", "bullet", "bullet", "body",
    ]  # fmt: skip
