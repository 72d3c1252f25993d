"""Cards of letters from all over: headers and signatures that no rule was written from."""

from typing import NamedTuple

import pytest

from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.letter import LetterCard

BODY = "I write to you about the plan for next year, which the council has now seen."


class Expected(NamedTuple):
    author: str | None
    office: str | None
    area: str | None
    addressees: tuple[str, ...]
    date: str | None
    references: tuple[str, ...]
    copies: tuple[str, ...] = ()


LETTERS: dict[str, tuple[str, Expected]] = {
    "US county": (
        f"""MERROW COUNTY
Office of the County Administrator
410 Courthouse Square
Tolliver, OH 43999

04/05/2019

Jane Roe
Superintendent of Schools
Tolliver City School District
12 Elm Street
Tolliver, OH 43999

RE: Bus routes for the coming year

Dear Ms. Roe:

{BODY}

Respectfully,

/s/ Dale P. Hartwick

Dale P. Hartwick, P.E.
County Administrator
Merrow County

cc: Board of Commissioners
    Tina Alvarado, County Engineer
    File
""",
        Expected(
            "Dale P. Hartwick, P.E.",
            "County Administrator",
            "Merrow County",
            ("Jane Roe",),
            "2019-04-05",
            (),
            ("Board of Commissioners", "Tina Alvarado, County Engineer", "File"),
        ),
    ),
    "EU agency": (
        f"""European Seabed Agency
Executive Director

Vigo, 7 October 2021
ESA/18342/2021
Ares(2021)6123987

Mr Étienne Bélanger-Roux
Head of Unit
Directorate-General for Oceans
B-1049 Brussels

Subject: Seabed survey of the northern shelf

Dear Mr Bélanger-Roux,

{BODY}

Yours sincerely,

(e-signed)

Željka Horvat-Lindén
Executive Director

c.c.: Ms Ingrid van den Broek; Mr Tomás Ó Briain; Permanent Representation of Malta
""",
        Expected(
            "Željka Horvat-Lindén",
            "Executive Director",
            "European Seabed Agency",
            ("Mr Étienne Bélanger-Roux",),
            "2021-10-07",
            ("ESA/18342/2021", "Ares(2021)6123987"),
            ("Ms Ingrid van den Broek", "Mr Tomás Ó Briain", "Permanent Representation of Malta"),
        ),
    ),
    "coalition with three signatories": (
        f"""To:
Dr Amara Nwosu, Minister of Health
Mr Peter Lang, Secretary of State for Finance

Date: March 2021

Open letter on clean water

Dear Dr Nwosu and Mr Lang,

{BODY}

In solidarity,

Rosa Delgado
Director, Water for All

Kofi Mensah-Boateng
Chair, Rural Health Network

Liv Andersen
Coordinator, Wells Without Borders
""",
        Expected(
            "Rosa Delgado",
            "Director, Water for All",
            None,
            ("Dr Amara Nwosu", "Mr Peter Lang"),
            "2021-03",
            (),
        ),
    ),
    "hospital": (
        f"""Fernbrook General Hospital
Department of Cardiology
Tel: 01632 960001

Patient ref: FG-20934
Clinic date: 02/03/2022
Dictated: 4 March 2022

Private and confidential

Dr S. K. Bannerjee
The Surgery
Mill Road
Fernbrook FB2 3ZZ

Dear Dr Bannerjee

{BODY}

Kind regards

Mr A. J. MacLeod FRCS
Consultant Cardiac Surgeon

Copied to: Patient, GP file
""",
        Expected(
            "Mr A. J. MacLeod FRCS",
            "Consultant Cardiac Surgeon",
            "Fernbrook General Hospital",
            ("Dr S. K. Bannerjee",),
            "2022-03-04",
            ("FG-20934",),
            ("Patient", "GP file"),
        ),
    ),
    "landlord": (
        f"""From: Harbour Point Properties Ltd
To: Ms Leila Haddad and Mr Owen Price
Date: 1st of June 2020

Your tenancy reference: HPP-77-B

Dear Leila and Owen

{BODY}

Yours faithfully

The Lettings Manager
Harbour Point Properties Ltd
""",
        Expected(
            "The Lettings Manager",
            None,
            "Harbour Point Properties Ltd",
            ("Ms Leila Haddad", "Mr Owen Price"),
            "2020-06-01",
            ("HPP-77-B",),
        ),
    ),
    "law firm": (
        f"""QUILL & BARROW LLP
Attorneys at Law

December 3, 2018

VIA CERTIFIED MAIL

Attn: General Counsel
Northgate Freight Inc.
900 Harbor Blvd, Suite 210
Oakland, CA 94607

Re: Doe v. Northgate Freight Inc., Case No. 3:21-cv-0012

To Whom It May Concern:

{BODY}

Very truly yours,

QUILL & BARROW LLP

By: Margaret T. O'Shea
Partner

Enclosures: Exhibit A
cc: Hon. Raymond Castillo (via e-mail)
""",
        Expected(
            "Margaret T. O'Shea",
            "Partner",
            "QUILL & BARROW LLP",
            ("General Counsel",),
            "2018-12-03",
            ("3:21-cv-0012",),
            ("Hon. Raymond Castillo (via e-mail)",),
        ),
    ),
    "e-signed decision": (
        f"""State Board of Water Quality
77 Capitol Way
Salem, OR 97301

BLA 125522/0
Attention: Priya Raman, Ph.D.
Regulatory Affairs
Clearbrook Labs
Bend, OR 97701

Dear Dr. Raman:

{BODY} We met on December 11, 2019.

Sincerely,

{{See appended electronic signature page}}

Reference ID: 4231

/s/

MARCUS W BELL
01/02/2020 09:15:00 AM
Deputy Director
""",
        Expected(
            "MARCUS W BELL",
            None,
            "State Board of Water Quality",
            ("Priya Raman, Ph.D.",),
            "2020-01-02",
            ("BLA 125522/0", "4231"),
        ),
    ),
    "memorandum": (
        f"""MEMORANDUM

TO: Sandra Oyelaran, City Manager
FROM: Victor Castellanos, Chief Auditor
DATE: 12 May 2017
SUBJECT: Audit of parking receipts
FILE NO. 2017-044

{BODY}

We found that receipts were not counted daily, and that keys were shared between shifts.
""",
        Expected(
            "Victor Castellanos",
            "Chief Auditor",
            None,
            ("Sandra Oyelaran",),
            "2017-05-12",
            ("2017-044",),
        ),
    ),
    "scan with specks": (
        f"""' .
Lowmere Parish Council
. The Old School, Lowmere LM3 4QT

Our Ref : LPC/22/9 ~
_ 3 August 2016 .

Mrs Edith Pomfrey |
Planning Inspectorate

Dear Mrs Pomfrey

{BODY}

Yours sincerely

~ .
Harold Finch
. Clerk to the Council
""",
        Expected(
            "Harold Finch",
            "Clerk to the Council",
            "Lowmere Parish Council",
            ("Mrs Edith Pomfrey",),
            "2016-08-03",
            ("LPC/22/9",),
        ),
    ),
    "ministry, signed by an office": (
        f"""Ministry of Transport
Road Licensing Department
PO Box 2014
Wellford

Ref: RLD 4471/18
23/11/2018

Wellford Taxi Association
14 Station Parade
Wellford WF1 2AB

Dear Sir or Madam

{BODY}

Yours faithfully

Road Licensing Department
""",
        Expected(
            "Road Licensing Department",
            None,
            "Ministry of Transport",
            ("Wellford Taxi Association",),
            "2018-11-23",
            ("RLD 4471/18",),
        ),
    ),
}


def card_of(text: str) -> LetterCard:
    return find_card(text, find_blocks(text, (0,)))


@pytest.mark.parametrize("kind", LETTERS)
def test_the_card_says_who_wrote_to_whom_when(kind: str) -> None:
    text, expected = LETTERS[kind]
    card = card_of(text)
    found = Expected(
        card.value("author"),
        card.value("office"),
        card.value("area"),
        tuple(field.value for field in card.addressees),
        card.value("date"),
        tuple(field.value for field in card.references),
        tuple(field.value for field in card.copies),
    )
    assert found == expected


@pytest.mark.parametrize("kind", LETTERS)
def test_single_fields_are_the_first_of_their_lists(kind: str) -> None:
    card = card_of(LETTERS[kind][0])
    assert card.addressee == next(iter(card.addressees), None)
    assert card.reference == next(iter(card.references), None)
    assert (card.cc is None) == (not card.copies)
    if card.cc is not None and card.cc.start is not None and card.cc.end is not None:
        assert all(one.start is not None and card.cc.start <= one.start < card.cc.end for one in card.copies)


@pytest.mark.parametrize("kind", LETTERS)
def test_each_of_a_list_is_what_stands_at_its_span(kind: str) -> None:
    text, _ = LETTERS[kind]
    card = card_of(text)
    for field in (*card.addressees, *card.copies, *card.references):
        assert " ".join(text[field.start : field.end].split()) == field.value
