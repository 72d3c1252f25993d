"""Items of a report that a letter restates before it replies to them."""

import pytest

from tests.corpora import block_with, made, named
from vectorstore.letter import Letter
from vectorstore.reported import ADDRESSEE
from vectorstore.restated import REPORT, asks_of_author, labelled_item, owner_of_items


def said_by(letter: Letter, words: str) -> tuple[str, str | None]:
    block = block_with(letter, words)
    return block.role, block.speaker


@pytest.mark.parametrize(
    "reply",
    [
        "We accept this recommendation. A new rota began in May.",
        "Agreed. A new rota began in May.",
        "Partially accepted: a new rota began in May.",
        "Response: a new rota began in May.",
        "Management response – a new rota began in May.",
        "The University accepts this recommendation, and a new rota began in May.",
        "This recommendation has been implemented since a new rota began in May.",
    ],
)
@pytest.mark.parametrize("mark", ["1. ", "(a) ", "iv) "])
def test_an_item_that_a_reply_follows_is_the_report_s(mark: str, reply: str) -> None:
    letter = made(
        "I write about the audit of our stores.",
        f"{mark}The stores must be counted twice a year by two people.",
        reply,
        "We hope that this helps.",
    )
    assert said_by(letter, "counted twice") == ("heading", REPORT)
    assert said_by(letter, "began in May") == ("body", None)
    assert said_by(letter, "We hope") == ("body", None)


def test_a_reply_on_the_next_line_is_parted_from_its_item() -> None:
    letter = made(
        "I write about the audit of our stores.",
        "1. The stores must be counted twice a year.\nOur response: they are, since May.",
    )
    assert said_by(letter, "counted twice") == ("heading", REPORT)
    assert said_by(letter, "since May") == ("body", None)


def test_an_item_without_a_number_is_restated_where_it_obliges_and_is_accepted() -> None:
    letter = made(
        "I write about the audit of our stores.",
        "The Council should publish its register of land.",
        "We accept this recommendation.",
    )
    assert said_by(letter, "register of land") == ("heading", REPORT)


def test_items_after_two_plain_replies_need_no_plain_reply() -> None:
    letter = made(
        "I write about the audit of our stores.",
        "1. The stores must be counted twice a year.",
        "We accept this recommendation.",
        "2. The stores must be locked at night.",
        "We accept this recommendation.",
        "3. The stores should be moved to the new site.",
        "A move would cost more than the stores are worth.",
    )
    assert said_by(letter, "moved to the new site") == ("heading", REPORT)
    assert said_by(letter, "A move would cost") == ("body", None)


@pytest.mark.parametrize(
    ("lead", "owner"),
    [
        ("Your recommendations are set out below, each with our reply.", ADDRESSEE),
        ("The Audit Commission's recommendations are set out below.", "the Audit Commission"),
        ("The recommendations made by the Office of Rail Safety follow.", "Office of Rail Safety"),
        ("We answer the HMICFRS recommendations in turn.", "HMICFRS"),
        ("The recommendations follow.", REPORT),
    ],
)
def test_the_lead_names_whose_items_they_are(lead: str, owner: str) -> None:
    letter = made(
        lead, "1. The stores must be counted twice a year by two people.", "We accept this recommendation."
    )
    assert said_by(letter, "counted twice") == ("heading", owner)
    assert owner_of_items([lead]) == owner


@pytest.mark.parametrize(
    "paragraphs",
    [
        # A plan of the author's own.
        ("We will do three things:", "1. We will count the stores.", "2. We must lock them.", "That is all."),
        # A reply to something else.
        ("We did this:", "4. No member of staff was paid.", "I do not accept the suggestion in paragraph 9."),
        # An agency's own orders to the addressee.
        (
            "You have these duties:",
            "1. The trial must be repeated.",
            "2. The label must be changed.",
            "Write soon.",
        ),
        ("The Chief Constable must act on this without delay.", "We are grateful for the report."),
    ],
)
def test_the_author_s_own_points_stay_his(paragraphs: tuple[str, ...]) -> None:
    assert {block.speaker for block in made(*paragraphs).blocks} == {None}


@pytest.mark.parametrize(
    ("heading", "owner"),
    [
        ("Recommendation 3: The Trust should mend its lifts.", REPORT),
        ("Ofsted Area for Improvement 2 - Leaders must know each pupil.", "Ofsted"),
        ("Question 4: Why was the line closed?", REPORT),
        ("Recommendation 3: Accepted. The lifts were mended in May.", None),
        ("Recommendation 3: We have mended the lifts.", None),
        ("Action 2: The stores manager counts the stock each week.", None),
        ("Area for improvement 5 - We expect all forces to take part.", REPORT),
        ("Recommendation No. 5, on fares, is a matter for the Treasury.", None),
    ],
)
def test_a_label_with_a_number_heads_another_s_words_unless_the_author_answers(
    heading: str, owner: str | None
) -> None:
    assert labelled_item(heading) == owner


def test_a_hospital_s_letter_gives_its_regulator_the_regulator_s_words() -> None:
    letter = named("nhs")
    for words in ("midwifery staffing meets", "equipment is checked daily", "triage telephone line ought"):
        assert said_by(letter, words) == ("heading", ADDRESSEE)
    assert said_by(letter, "we have recruited 23 midwives") == ("body", None)


def test_views_that_fill_a_paragraph_are_their_owner_s() -> None:
    letter = made(
        "This is our reply to the complaint.",
        "Professor Lionel Abara has confirmed that each script was marked twice.",
        "The second marker is satisfied that the mark was fair. We have apologised for the delay.",
    )
    assert said_by(letter, "marked twice") == ("body", "Professor Lionel Abara")
    assert said_by(letter, "apologised for the delay") == ("body", None)


def test_a_paragraph_in_quotation_marks_is_from_whom_the_paragraph_before_names() -> None:
    words = "“No record was kept of the hours that the driver had been awake before the collision.”"
    named_before = made("This is our reply.", "The coroner wrote in her report:", words, "We accept that.")
    assert said_by(named_before, "No record was kept") == ("body", "the coroner")
    unnamed = made("This is our reply.", "It was a hard thing to read.", words, "We accept that.")
    assert said_by(unnamed, "No record was kept") == ("body", "a source that the letter quotes")


@pytest.mark.parametrize(
    ("text", "speaker", "asks"),
    [
        ("Recommendation 2 - Each ward should keep a rota.", "CQC", True),
        ("The trust must count its stores.", REPORT, True),
        ("The trust must count its stores.", None, False),
        ("Staff were kind to patients.", "the inspectors", False),
    ],
)
def test_what_another_asks_of_the_author_is_told_from_what_he_finds(
    text: str, speaker: str | None, asks: bool
) -> None:
    assert asks_of_author(text, speaker) == asks
