"""What surrounds a letter on its pages: running headers, footers, page numbers, stamps and logos."""

import time
from dataclasses import replace
from itertools import accumulate

import pytest

from tests.corpora import shipped
from vectorstore.blocks import find_blocks
from vectorstore.furniture import find_page_edges, is_garbled
from vectorstore.letter import Block
from vectorstore.split import split_letter

Placed = list[tuple[str, Block]]


def paged(*pages: str) -> tuple[str, tuple[int, ...]]:
    """Put pages together as the readers do."""
    starts = accumulate((len(page) + 2 for page in pages[:-1]), initial=0)
    return "\n\f".join(pages), tuple(starts)


def blocks(*pages: str) -> Placed:
    text, starts = paged(*pages)
    return [(text[b.start : b.end], b) for b in find_blocks(text, starts)]


def edges(*pages: str) -> list[str]:
    text, starts = paged(*pages)
    return [text[a:b] for a, b in find_page_edges(text, starts)]


def with_role(found: Placed, *roles: str) -> list[str]:
    return [words for words, block in found if block.role in roles]


HOSPITAL = (
    "Saltfleet Hospital Trust\nDr Anna Lee, Chief Executive\n\n3 May 2023\n\nDear Inspector\n\n"
    "Thank you for your report on our emergency department, which the Board has read with care.\n\n"
    "Since the inspection we have opened twelve more beds, and we have asked the ambulance service to tell us\n"
    "Our reference ED/23/0417\nPage 1 of 3",
    "Saltfleet Hospital Trust\nwhen more than three crews are waiting at the door of the department.\n\n"
    "No patient has waited for more than an hour since the end of March.\nOur reference ED/23/0417\nPage 2 of 3",
    "Saltfleet Hospital Trust\nWe will write to you again in the autumn.\n\nYours sincerely\n\nDr Anna Lee\n"
    "Our reference ED/23/0417\nPage 3 of 3",
)


def test_headers_and_footers_that_touch_a_paragraph_are_cut_off_it() -> None:
    found = blocks(*HOSPITAL)
    assert with_role(found, "furniture") == [
        "Our reference ED/23/0417\nPage 1 of 3",
        "Saltfleet Hospital Trust",
        "Our reference ED/23/0417\nPage 2 of 3",
        "Saltfleet Hospital Trust",
        "Our reference ED/23/0417\nPage 3 of 3",
    ]
    assert not any("Page" in words or "Saltfleet" in words for words in with_role(found, "body", "bullet"))


def test_the_letterhead_of_the_first_page_stays_the_letterhead() -> None:
    assert with_role(blocks(*HOSPITAL), "header")[0].startswith("Saltfleet Hospital Trust\nDr Anna Lee")


def test_a_sentence_that_a_footer_cuts_stays_one_paragraph() -> None:
    found = blocks(*HOSPITAL)
    halves = [block for words, block in found if "asked the ambulance" in words or "three crews" in words]
    assert [(half.role, half.number, half.page) for half in halves] == [("body", 2, 1), ("body", 2, 2)]
    after = next(block for words, block in found if words.startswith("No patient"))
    assert after.number == 3


def test_the_second_half_is_embedded_beside_the_first() -> None:
    text, starts = paged(*HOSPITAL)
    letter = replace(shipped()[0], text=text, pages=starts, blocks=find_blocks(text, starts))
    half = next(passage for passage in split_letter(letter) if "three crews" in passage.text)
    assert half.header.endswith("asked the ambulance service to tell us")
    after = next(passage for passage in split_letter(letter) if "No patient" in passage.text)
    assert "ambulance" not in after.header


def test_a_new_paragraph_after_a_footer_has_a_number_of_its_own() -> None:
    first = HOSPITAL[0].replace("asked the ambulance service to tell us", "told the ambulance service.")
    found = blocks(first, HOSPITAL[1].replace("when more than", "More than"), HOSPITAL[2])
    numbers = [block.number for words, block in found if "ambulance" in words or "three crews" in words]
    assert numbers == [2, 3]


def test_the_cut_half_of_a_sentence_is_the_letter_even_if_it_is_short() -> None:
    found = blocks(
        "Dear Sir\n\nThe review was led for us by an experienced barrister, the former\nPage 1 of 2",
        "Recorder of Wexcombe.\n\nIt took a year.\n\nYours faithfully\n\nAnn Example\nPage 2 of 2",
    )
    assert ("Recorder of Wexcombe.", "body") not in [(words, block.role) for words, block in found]
    found = blocks(
        "Dear Sir\n\nThe review was led for us by an experienced barrister, and it was\nPage 1 of 2",
        "published in May.\n\nIt took a year.\n\nYours faithfully\n\nAnn Example\nPage 2 of 2",
    )
    assert [(b.role, b.number) for words, b in found if "published" in words] == [("body", 1)]


SENTENCE = "This letter is sent on behalf of the governors of Wharram College."


def college(*bodies: str, foot: str = SENTENCE, head: str = "") -> Placed:
    pages = [f"{head}{body}\n{foot}" for body in bodies]
    return blocks("Dear Madam\n\n" + pages[0], *pages[1:])


def test_a_whole_sentence_at_the_foot_of_every_page_is_furniture() -> None:
    found = college(
        "We have read your complaint about the marking of the examination.",
        "The external examiner has seen every script and found no error.",
        "You may ask for the decision to be reviewed.",
    )
    assert with_role(found, "furniture") == [SENTENCE] * 3
    assert len(with_role(found, "body")) == 3


def test_a_reply_that_ends_two_pages_is_the_author_s() -> None:
    reply = "We accept this recommendation in full and without reserve."
    found = college(
        "The first point was about the fire doors of the building.",
        "The second point was about the lift.",
        "The third point was about heating, and we do not agree with it.",
        foot=reply,
    )
    own = blocks(
        f"Dear Madam\n\nThe first point was about the fire doors.\n\n{reply}",
        f"The second point was about the lift.\n\n{reply}\n\nThe third was about heating.\n\n{reply}",
        "The fourth was about the roof, which was mended last year.",
    )
    assert with_role(own, "body").count(reply) == 3
    assert found  # on all three pages nobody could tell


def test_a_header_that_ocr_reads_differently_on_each_page_is_one() -> None:
    assert edges(
        "Dear Sir\n\nWe write about the accounts.",
        "Northmere Borough Council: reply to the auditors\nThe first finding was about stock.",
        "Northmere Borougb Councll: reply to the auditors\nThe second finding was about cash.",
        "Northrnere Borough Council; reply to tbe auditors\nThe third finding was about debts.",
    ) == [
        "Northmere Borough Council: reply to the auditors",
        "Northmere Borougb Councll: reply to the auditors",
        "Northrnere Borough Council; reply to tbe auditors",
    ]


def test_numbers_that_count_with_the_pages_and_stamps_are_furniture() -> None:
    assert edges(
        "Dear Sir\n\nWe write about stock.\n- 1 -", "It was counted.\n- 2 -", "It was found short.\n- 3 -"
    ) == ["- 1 -", "- 2 -", "- 3 -"]
    assert edges("Dear Sir\n\nWe write about stock.\nStamp 4231-77", "It was counted.\nStamp 4231-77") == [
        "Stamp 4231-77",
        "Stamp 4231-77",
    ]


def test_a_line_that_is_only_a_number_is_no_page_number_where_it_does_not_count() -> None:
    assert edges("Dear Sir\n\nIn all we sold\n412", "In all we bought\n97", "What is left is\n315") == []


@pytest.mark.parametrize("label", ["Recommendation {}", "Area for improvement {}", "{}. Staffing"])
def test_headings_that_count_the_letter_s_points_are_no_page_headers(label: str) -> None:
    done = ("We have hired ten nurses.", "The lifts were mended.", "Nothing more is needed here.")
    pages = [f"{label.format(i)}\n{words}" for i, words in enumerate(done, start=1)]
    assert edges("Dear Sir\n\nWe answer below.", *pages) == []


def test_two_headings_that_are_much_alike_are_no_header() -> None:
    pages = ("Costs of heating in 2019\nThey were met.", "Costs of lighting in 2020\nThey were not met.")
    assert edges("Dear Sir\n\nWe answer below.", *pages) == []


def test_words_at_the_edges_of_two_distant_pages_are_no_footer() -> None:
    pages = [f"Page text number {word} is here." for word in ("one", "two", "three", "four", "five")]
    pages[0] += "\nDivision of Estates"
    pages[4] += "\nDivision of Estates\nand Facilities"
    assert edges(*pages) == []


def test_a_heading_that_recurs_before_text_is_a_heading() -> None:
    text = (
        "Dear Sir\n\nYou made two points in your letter.\n\nThe first was about noise.\n\nWhat we have done\n\n"
        "We have moved the pump.\n\nThe second was about smell.\n\nWhat we have done\n\nWe have closed the pit.\n\n"
        "Yours faithfully\n\nAnn Example"
    )
    found = [(text[b.start : b.end], b.role) for b in find_blocks(text, (0,))]
    assert found.count(("What we have done", "heading")) == 2


@pytest.mark.parametrize(
    "words",
    [
        "If you have any questions, please call Denise Marrow, Senior Case Manager, on 01632 960146.",
        "You can get free and impartial advice at www.advice.example",
    ],
)
def test_a_sentence_with_a_name_or_an_address_in_it_is_the_letter(words: str) -> None:
    found = blocks(f"Dear Madam\n\nWe have read your letter.\n\n{words}\n\nYours sincerely\n\nAnn Example")
    assert words in with_role(found, "body")


@pytest.mark.parametrize("garbled", ["wz xkc\nqjh brrt vlk", "»\n~e¢ ®§\n|_", "pnts,\nsy\nCQRWN"])
def test_letters_that_make_no_words_are_what_is_left_of_a_logo(garbled: str) -> None:
    assert is_garbled(garbled)


@pytest.mark.parametrize(
    "words",
    ["Heddlu Ceredwyn", "Yr Adran Iechyd", "Lessons learned", "Estates and facilities", "£4.2 million"],
)
def test_words_of_some_language_are_no_logo(words: str) -> None:
    assert not is_garbled(words)


def test_a_garbled_logo_at_the_top_of_a_page_is_furniture() -> None:
    found = blocks(
        "Dear Sir\n\nWe write about the accounts of the year.",
        "wz xkc qjh\nbrrt vlk\n\nThe stock was counted in March.\n\nYours faithfully\n\nAnn Example",
    )
    assert with_role(found, "furniture") == ["wz xkc qjh\nbrrt vlk"]


def test_a_note_of_an_electronic_signature_is_no_annex() -> None:
    note = (
        "This is a representation of an electronic record that was signed electronically, and this page is the"
        " manifestation of the electronic signature."
    )
    found = blocks(f"Dear Sir\n\nWe agree.\n\nYours faithfully\n\nAnn Example\n\n{note}")
    assert note in with_role(found, "closing")


def test_the_letters_that_ship_quote_no_furniture() -> None:
    """Addresses, footers and remarks of the five letters, by hand."""
    around = (
        "GMCA, Broadhurst House", "MANCHESTER\tROCHDALE", "NCHESTER ROC", "Hindlip Hall", "Tel No:", "@WestYorksOPCC",
        "/Office of the Police", "www.westyorkshire-pcc", "handwritten signature", "1308+Wishes", "SW1P 4DF",
    )  # fmt: skip
    for letter in shipped():
        body = [
            letter.text[b.start : b.end] for b in letter.blocks if b.role in {"body", "bullet", "heading"}
        ]
        assert not [words for words in around if any(words in block for block in body)]


def test_a_thousand_pages_of_lines_that_hardly_differ_are_read_in_a_moment() -> None:
    pages = [
        f"Running header of volume {chr(97 + i % 26) * (1 + i % 40)}\nbody text\nfoot {i * 7}"
        for i in range(1000)
    ]
    text, starts = paged(*pages)
    began = time.monotonic()
    find_blocks(text, starts)
    assert time.monotonic() - began < 5
