"""Cards: the five letters that ship, exactly; twelve of other kinds; and the rules one by one."""

import json
import time
from typing import Any

import pytest

from tests.corpora import ROOT, made, named, of_other_kinds, shipped
from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.dates import find_date
from vectorstore.letter import CARD_FIELDS, Letter, LetterCard

CALLS = "olice contact management through call handling and control rooms in 2018/19"
# Read off the letters by eye.
SHIPPED: dict[str, dict[str, str | None]] = {
    "000": {
        "author": "John Campion",
        "office": "Police & Crime Commissioner",
        "area": "West Mercia",
        "addressee": "Rt Hon Priti Patel MP",
        "date": "2020-10-09",
        "reference": "JC/jpi",
        "subject": f"A call for help. P{CALLS}",
        "report": f"A call for help. P{CALLS}",
        "cc": "HMICFRS",
    },
    "001": {
        "author": "Mark Burns-Williamson",
        "office": "Police and Crime Commissioner for West Yorkshire",
        "area": "West Yorkshire",
        "addressee": "Home Secretary",
        "date": "2020-09-02",
        "reference": "OPCC/MBW/NF",
        "subject": f"HMICFRS Spotlight Report: P{CALLS}",
        "report": f"P{CALLS}",
        "cc": None,
    },
    "002": {
        "author": "Martyn Underhill",
        "office": "Police and Crime Commissioner",
        "area": "Dorset",
        "addressee": "Rt Hon Priti Patel MP",
        "date": "2020-07-28",
        "reference": None,
        "subject": f"HMICFRS - PEEL spotlight report: P{CALLS}",
        "report": f"P{CALLS}",
        "cc": None,
    },
    "003": {
        "author": "Rt. Hon Baroness Beverley Hughes",
        "office": "Deputy Mayor of Greater Manchester Policing, Crime and Criminal Justice",
        "area": "Greater Manchester",
        "addressee": "Rt Hon Priti Patel",
        "date": "2020-09-03",
        "reference": None,
        "subject": "Her Majesty's Inspectorate of Crime and Fire and Rescue Service (HMICFRS) "
        f"Thematic Spotlight Report - A call for help; p{CALLS}",
        "report": f"A call for help; p{CALLS}",
        "cc": None,
    },
    "004": {
        "author": "John Campion",
        "office": "Police & Crime Commissioner",
        "area": "West Mercia",
        "addressee": "Rt Hon Amber Rudd MP",
        "date": "2018-01-12",
        "reference": "JC/jpi",
        "subject": "HMICFRS PEEL Inspection Reports: PEEL: Police Efficiency (including leadership) 2017",
        "report": "PEEL: Police Efficiency (including leadership) 2017",
        "cc": "HMICFRS",
    },
}
EXPECTED: dict[str, dict[str, str | None]] = json.loads(
    (ROOT / "tests" / "letters" / "cards.json").read_text("utf-8")
)
EXACT = ("author", "addressee", "date", "reference")
ALL = [*shipped(), *of_other_kinds()]


def folded(value: str | None) -> str | None:
    return value and " ".join(value.split())


def card_of(text: str) -> LetterCard:
    return find_card(text, find_blocks(text, (0,)))


def letter_with(
    *, head: str = "", closing: str = "Yours sincerely\n\nAnn Example\nChief Executive"
) -> LetterCard:
    return card_of(f"{head}Dear Mr Sample\n\nI write to you about the plan for next year.\n\n{closing}\n")


@pytest.mark.parametrize("start", SHIPPED)
def test_the_card_of_a_shipped_letter_says_what_the_letter_says(start: str) -> None:
    card = named(start).card
    assert {name: card.value(name) for name in CARD_FIELDS} == SHIPPED[start]


def test_only_the_area_that_a_letter_never_gives_as_such_is_inferred() -> None:
    inferred = {
        (letter.source[:3], name)
        for letter in shipped()
        for name in CARD_FIELDS
        if (field := getattr(letter.card, name)) and field.how == "inferred"
    }
    assert inferred == {("002", "area")}


def test_cards_of_other_kinds_of_letters_are_right_in_99_of_100_fields() -> None:
    asked = [(letter, name) for letter in of_other_kinds() for name in CARD_FIELDS]
    wrong = [
        (letter.source, name, letter.card.value(name))
        for letter, name in asked
        if letter.card.value(name) != folded(EXPECTED[letter.source][name])
    ]
    assert len(asked) == 9 * 12
    assert len(wrong) / len(asked) <= 0.01, wrong


@pytest.mark.parametrize("name", EXACT)
def test_who_wrote_to_whom_when_under_which_reference_is_right_everywhere(name: str) -> None:
    found = {letter.source: letter.card.value(name) for letter in of_other_kinds()}
    assert found == {source: folded(card[name]) for source, card in EXPECTED.items()}


@pytest.mark.parametrize("letter", ALL, ids=lambda letter: letter.source[:12])
def test_a_field_is_what_stands_at_its_span(letter: Letter) -> None:
    for name in CARD_FIELDS:
        field: Any = getattr(letter.card, name)
        if field is None:
            continue
        shown = letter.text[field.start : field.end]
        assert shown == shown.strip()
        if name == "date":
            found = find_date(shown)
            assert found is not None
            assert (found.start, found.end, found.iso) == (0, len(shown), field.value)
        else:
            assert folded(shown) == field.value


def test_nothing_is_guessed_where_a_letter_says_nothing() -> None:
    assert (
        card_of("The meeting was cancelled, and nobody has told us when the next one will be.")
        == LetterCard()
    )


def test_a_letter_of_no_words_has_an_empty_card() -> None:
    assert find_card("", ()) == LetterCard()


def test_a_reference_of_the_addressee_is_not_the_authors() -> None:
    assert letter_with(head="Your ref: AB/12\n\n").reference is None


def test_a_labelled_reference_wins_over_one_that_only_looks_so() -> None:
    assert letter_with(head="XX/YY/1\n\nOur ref: R\n\n").value("reference") == "R"


def test_the_span_of_a_short_reference_is_not_in_its_label() -> None:
    text = "Our ref: R\n\nDear Mr Sample\n\nI write to you about the plan.\n\nYours sincerely\n\nAnn Fox\n"
    field = card_of(text).reference
    assert field is not None
    assert field.start == text.index("R\n")


def test_a_date_after_a_reference_on_its_line_is_the_date() -> None:
    card = letter_with(head="Our Ref: AB/12 3 May 2021\n\n")
    assert (card.value("reference"), card.value("date")) == ("AB/12", "2021-05-03")


def test_a_date_in_the_text_is_not_the_letters_date() -> None:
    text = (
        "Dear Mr Sample\n\nWe met on 3 May 2021 to speak about the plan.\n\nYours sincerely\n\nAnn Example\n"
    )
    assert card_of(text).date is None


def test_a_date_under_the_signature_is_the_letters_date() -> None:
    assert letter_with(closing="Yours sincerely\n\nAnn Example\n\n3 May 2021").value("date") == "2021-05-03"


def test_the_author_in_the_letterhead_is_not_the_addressee() -> None:
    head = "Ann Example OBE\nChief Executive\n1 High Street\n\n"
    assert letter_with(head=head).value("addressee") == "Mr Sample"


def test_a_greeting_to_anybody_names_no_addressee() -> None:
    text = "Dear Sir or Madam\n\nI write to you about the plan for next year.\n\nYours faithfully\n\nAnn Example\n"
    assert card_of(text).addressee is None


def test_name_office_and_organisation_on_one_line_are_told_apart() -> None:
    card = letter_with(closing="Yours sincerely\n\nAnn Example, Chair of Trustees, Northmere Learning Trust")
    assert (card.value("author"), card.value("office"), card.value("area")) == (
        "Ann Example",
        "Chair of Trustees",
        "Northmere Learning Trust",
    )


def test_the_place_may_stand_in_the_letterhead_alone() -> None:
    head = "Police and Crime Commissioner for Northmere\n1 High Street\n\n"
    card = letter_with(head=head, closing="Yours sincerely\n\nAnn Example\nPolice and Crime Commissioner")
    assert card.value("area") == "Northmere"


def test_a_signature_that_a_converter_reads_out_is_inferred() -> None:
    text = (
        "Dear Mr Sample\n\nI write to you about the plan for next year.\n\nYours sincerely\n\n"
        'A handwritten signature in blue ink that reads "A Example".\n'
    )
    author = card_of(text).author
    assert author is not None
    assert (author.value, author.how, text[author.start : author.end]) == (
        "A Example",
        "inferred",
        "A Example",
    )


def test_who_gets_a_copy_may_stand_below_the_signature() -> None:
    card = letter_with(closing="Yours sincerely\n\nAnn Example\n\ncc: Bob Sample\n    Carol Dee")
    assert card.value("cc") == "Bob Sample Carol Dee"


def test_a_letter_that_answers_no_report_names_none() -> None:
    assert made("I write about the plan. This letter is sent in place of a full report.").card.report is None


def test_the_report_may_be_named_in_the_first_paragraph() -> None:
    card = made("Thank you for your report, Rivers of the North, which came out in May.").card
    assert card.value("report") == "Rivers of the North"


@pytest.mark.parametrize(
    "text",
    [
        f"Dear Sir\n\nRe: {'a - b ' * 20_000}\n\nI write to you about the report of this year.\n",
        f"Dear Sir\n\nI write to you now.\n\nYours sincerely\n\nAnn Fox\nChief Officer\nA{'. ' * 50_000}1\n",
        f"Dear Sir\n\nI write on the report a b The {' : ' * 50_000}of.\n\nI write to you now.\n",
        f"Our ref: {'x' * 100_000}\n\nDear Sir\n\nI write to you now.\n",
    ],
    ids=["subject", "signature", "report", "reference"],
)
def test_an_endless_line_is_read_in_a_moment(text: str) -> None:
    began = time.monotonic()
    card_of(text)
    # Each took minutes with patterns that look again from every character.
    assert time.monotonic() - began < 5


def test_what_a_scan_ran_together_over_columns_is_no_subject() -> None:
    body = "We thank you for your letter about the harbour dues. They are waived."
    assert card_of(f"Dear Ms Fox\n\n.\tPension or National\n\n{body}").subject is None
    found = card_of(f"Dear Ms Fox\n\n.\tPension or National\n\nHarbour dues\n\n{body}").subject
    assert found is not None
    assert found.value == "Harbour dues"


SIGNED = "4 May 2031\n\nDear Minister\n\nWe have mended the bridge and paid for it.\n\nYours sincerely\n\n"


@pytest.mark.parametrize(
    ("under", "office", "area"),
    [
        (
            "Cllr Ann Fox\nLeader of Rivertown Council",
            "Leader of Rivertown Council",
            ("Rivertown Council", "inferred"),
        ),
        ("Ann Fox\nLeader of the Council", "Leader of the Council", None),
        (
            "Ann Fox\nChief Executive of the Northmere Hospitals Trust",
            "Chief Executive of the Northmere Hospitals Trust",
            ("Northmere Hospitals Trust", "inferred"),
        ),
        ("Tom Quill\nHarbour Master, Port Elsinore", "Harbour Master, Port Elsinore", None),
        ("Tom Quill\nHarbour Master\nPort Elsinore", "Harbour Master", ("Port Elsinore", "stated")),
        (
            "Jo Marsh | Head of Roads | Rivertown Council",
            "Head of Roads",
            ("Rivertown Council", "stated"),
        ),
        (
            "Jo Marsh | Head of Roads | Rivertown Council | 01234 567890",
            "Head of Roads",
            ("Rivertown Council", "stated"),
        ),
        ("Jo Marsh\nRivertown Council\nHead of Roads", "Head of Roads", ("Rivertown Council", "stated")),
    ],
)
def test_office_and_body_come_from_the_signature(
    under: str, office: str, area: tuple[str, str] | None
) -> None:
    card = card_of(f"{SIGNED}{under}\n")
    assert card.value("office") == office
    assert (card.area and (card.area.value, card.area.how)) == area


def test_the_court_in_the_head_of_a_case_is_not_who_writes() -> None:
    head = "IN THE UNITED STATES DISTRICT COURT\nFOR THE DISTRICT OF WESTMARCH\n\nCase No. 31-cv-0123\n\n"
    card = card_of(
        f"{head}Dear Counsel\n\nI ask the court for more time to reply.\n\nSincerely,\n\nJane Roe\n"
    )
    assert card.area is None
    assert card.value("author") == "Jane Roe"
