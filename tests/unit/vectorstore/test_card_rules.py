"""The rules of a card one by one: dates, references, addressees, copies and signatures of many shapes."""

import pytest

from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.letter import LetterCard
from vectorstore.lines import MAX_LISTED

BODY = "I write to you about the plan for next year, which the council has now seen."


def card_of(text: str) -> LetterCard:
    return find_card(text, find_blocks(text, (0,)))


def letter(
    *, head: str = "", greeting: str = "Dear Mr Sample", closing: str = "Ann Example\nDirector"
) -> str:
    return f"{head}\n\n{greeting}\n\n{BODY}\n\nYours sincerely\n\n{closing}\n"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("05/11/2020", "2020-11-05"),
        ("Tolliver, OH 43999\n\n05/11/2020", "2020-05-11"),
        ("London, Tuesday, 5 May 2020", "2020-05-05"),
        ("Received 7 May 2020\n\n5 May 2020", "2020-05-05"),
        ("Hearing date: 7 May 2020\nLetter date: 5 May 2020", "2020-05-05"),
        ("Re: your notice of 7 May 2020", None),
        ("Date: 2021", "2021"),
        ("2021", None),
    ],
)
def test_the_date_is_the_letters_own(head: str, date: str | None) -> None:
    assert card_of(letter(head=head)).value("date") == date


@pytest.mark.parametrize(
    ("line", "reference"),
    [
        ("NDA 204311", "NDA 204311"),
        ("BLA 125522/0", "BLA 125522/0"),
        ("Reference ID: 4231", "4231"),
        ("Docket No. FDA-2019-N-1234", "FDA-2019-N-1234"),
        ("Case 3:21-cv-0012 Document 4", "3:21-cv-0012"),
        ("Permit number 77-120", "77-120"),
        ("No. 114/2022", "No. 114/2022"),
        ("Your ref: B/2    Our ref: A/1", "A/1"),
        ("PSH ref. H-2020-88", "H-2020-88"),
        ("Acme reference AB/7", "AB/7"),
        ("Coroner's ref: 4471/22", None),
        ("Cross reference 4 pages", None),
        ("When you write, please quote this reference:\nAB12 and your postcode", "AB12"),
        ("Re: NDA 204311", None),
        ("Silver Spring MD 20993", None),
        ("MD 20993", None),
        ("PO BOX 47713", None),
        ("Reference is made to your letter", None),
        ("Your reference: B/2", None),
        ("Registered charity no. 0998134", None),
        ("Case 12", None),
        ("11-JAN-2022", None),
    ],
)
def test_a_reference_is_told_from_other_numbers(line: str, reference: str | None) -> None:
    assert card_of(letter(head=f"{line}\n\n1 High Street")).value("reference") == reference


@pytest.mark.parametrize(
    ("head", "greeting", "addressees"),
    [
        ("", "Dear Ms Roe, Mr Doe and Dr Poe,", ("Ms Roe", "Mr Doe", "Dr Poe")),
        ("", "Dear Director of Access and Participation", ("Director of Access and Participation",)),
        ("", "To Whom It May Concern:", ()),
        ("", "Dear {{ name }},", ()),
        ("Silver Spring MD 20993", "Dear Colleagues", ()),
        ("Attention: Jane Roe, Director and John Doe", "Dear Colleagues", ("Jane Roe", "John Doe")),
        ("Attn:\n\nJane Q. Roe\nCFO, Acme", "Dear Ms. Roe:", ("Jane Q. Roe",)),
        ("Acme SA (ACM)\nc/o Jane Roe\n\nAttention: Jane Roe, PhD", "Dear Dr. Roe:", ("Jane Roe, PhD",)),
        (
            "Dr Jane Roe\nThe Surgery\n\nMr John Doe\nThe Clinic",
            "Dear Colleagues",
            ("Dr Jane Roe", "Mr John Doe"),
        ),
        (
            "Dr Jane Roe\nThe Surgery\n\nMr John Doe\nThe Clinic",
            "Dear Dr Roe and Mr Doe",
            ("Dr Jane Roe", "Mr John Doe"),
        ),
        ("Our office\n\nCity Council\n1 High Street", "Dear Sirs", ("City Council",)),
    ],
)
def test_those_whom_a_letter_is_written_to_are_told_apart(
    head: str, greeting: str, addressees: tuple[str, ...]
) -> None:
    card = card_of(letter(head=head, greeting=greeting))
    assert tuple(field.value for field in card.addressees) == addressees


@pytest.mark.parametrize(
    ("closing", "copies"),
    [
        ("cc: Ann Fox, Bob Roe, Carol Dee", ("Ann Fox", "Bob Roe", "Carol Dee")),
        ("cc: Ann Fox, Leader of the Council", ("Ann Fox, Leader of the Council",)),
        ("Copied to:\n\n- Ann Fox, Clerk\n- Home Office\n\nEnc. 2", ("Ann Fox, Clerk", "Home Office")),
        ("cc\tAnn Fox; Bob Roe\nEnclosures: 1", ("Ann Fox", "Bob Roe")),
        ("cctv footage is kept", ()),
        ("Copyright 2020", ()),
    ],
)
def test_each_who_gets_a_copy_has_a_field(closing: str, copies: tuple[str, ...]) -> None:
    card = card_of(letter(closing=f"Ann Example\nDirector\n\n{closing}"))
    assert tuple(field.value for field in card.copies) == copies


@pytest.mark.parametrize(
    ("closing", "author", "office"),
    [
        ("/s/\nMARCUS BELL\n01/02/2020", "MARCUS BELL", None),
        ("Digitally signed by Marcus Bell\nDate: 2020.01.02 10:00", "Marcus Bell", None),
        ("(signed) Marcus Bell\nDirector", "Marcus Bell", "Director"),
        ("Mareus Bell\n\nMarcus W. Bell\nDirector", "Marcus W. Bell", "Director"),
        ("Complaints Team\nAcme Water", "Complaints Team", None),
        ("Marcus Bell\nComplaints Team\nAcme Water", "Marcus Bell", None),
        ("Enc. 2\n\nWays To Pay", None, None),
        ("cc: Carol Dee", None, None),
    ],
)
def test_who_signed_is_told_from_what_stands_below(
    closing: str, author: str | None, office: str | None
) -> None:
    card = card_of(letter(closing=closing))
    assert (card.value("author"), card.value("office")) == (author, office)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "," * 100_000,
        "To:\n" + "Ann Fox, Director\n" * 5_000,
        "Attention:\n\n" * 5_000,
        "Our ref: A/1\n" * 5_000,
        "Acme Council\n1 High Street\n\n" * 3_000,
    ],
    ids=["line", "commas", "names", "labels", "references", "addresses"],
)
def test_a_header_without_end_has_lists_with_an_end(text: str) -> None:
    card = card_of(letter(head=text))
    assert card.value("author") == "Ann Example"
    assert max(map(len, (card.addressees, card.copies, card.references))) <= MAX_LISTED


@pytest.mark.parametrize(
    "closing",
    ["cc: " + "a, " * 100_000, "cc:\n" + "Ann Fox\n" * 5_000, "Ann Example\n" * 5_000, "/s/\n" * 5_000],
    ids=["commas", "copies", "names", "stamps"],
)
def test_a_close_without_end_has_lists_with_an_end(closing: str) -> None:
    card = card_of(letter(closing=f"Ann Example\nDirector\n\n{closing}"))
    assert card.value("author") == "Ann Example"
    assert len(card.copies) <= MAX_LISTED
