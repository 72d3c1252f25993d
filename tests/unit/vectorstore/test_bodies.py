"""The body a letter is from, where no noun of bodies tells it: officers together, a paper that repeats its name."""

import pytest

from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.letter import LetterCard

BODY = "I write about the sluice at Thorne, which was mended in the spring and paid for by the ratepayers."


def card_of(head: str, under: str, body: str = BODY) -> LetterCard:
    text = f"{head}\n\n4 May 2031\n\nDear Ms Fox\n\n{body}\n\nYours sincerely\n\n{under}\n"
    return find_card(text, find_blocks(text, (0,)))


@pytest.mark.parametrize(
    ("head", "under", "office", "area"),
    [
        (
            "Westmere Drainage Commissioners\nSluice House\nWestmere WM1 2AB",
            "Jo Quill\nClerk of Works\nWestmere Drainage Commissioners",
            "Clerk of Works",
            "Westmere Drainage Commissioners",
        ),
        ("", "Jo Quill\nHarrow Down Conservators", None, "Harrow Down Conservators"),
        (
            "",
            "Jo Quill\nTrustees of the Aldwick Almshouses\nSecretary",
            "Secretary",
            "Trustees of the Aldwick Almshouses",
        ),
        (
            "OAKHAM FOREST VERDERERS\n1 Ride Lane\nOakham OA1 1AA",
            "Jo Quill\nSecretary",
            "Secretary",
            "OAKHAM FOREST VERDERERS",
        ),
        (
            "Diocese of Thorne\nThe Old Deanery\nThorne TH1 2AB",
            "Jo Quill\nDirector, Diocese of Thorne",
            "Director",
            "Diocese of Thorne",
        ),
        ("Isle of Corran\nMill Street 4\nCorran CO4", "Jo Quill\nManager", "Manager", "Isle of Corran"),
        ("Harlow Lifts\nMill Street 4\nHarlow", "Jo Quill\nManager, Harlow Lifts", "Manager", "Harlow Lifts"),
    ],
)
def test_a_body_is_known_without_a_noun_for_it(head: str, under: str, office: str | None, area: str) -> None:
    card = card_of(head, under)
    assert (card.value("author"), card.value("office"), card.value("area")) == ("Jo Quill", office, area)


def test_a_letter_says_by_which_noun_its_body_goes() -> None:
    body = "The Rovers have played here since 1931. In May the Rovers asked the council for a new stand."
    head = "Ashcombe Town Rovers\n2 Field Lane\nAshcombe AS1 2AB"
    assert card_of(head, "Jo Quill\nSecretary", body).value("area") == "Ashcombe Town Rovers"
    assert card_of(head, "Jo Quill\nSecretary").value("area") is None


@pytest.mark.parametrize(
    ("under", "office", "area"),
    [
        (
            "Jo Quill\nCaptain\nChair of the Pilots Association",
            "Chair of the Pilots Association",
            "Pilots Association",
        ),
        ("Jo Quill\nWing Commander\nStation Manager\nRAF Thorne", "Station Manager", "RAF Thorne"),
        ("Jo Quill\nCaptain", "Captain", None),
        ("Jo Quill\nChair\nfor the Thorne Levels", "Chair", "Thorne Levels"),
        ("Jo Quill\nClerk to the Governors", "Clerk to the Governors", None),
        ("Jo Quill\nDirector, Division of Roads", "Director, Division of Roads", None),
        ("Jo Quill\nDirector, Port of Stane", "Director, Port of Stane", None),
    ],
)
def test_a_rank_is_no_place_and_an_office_no_body(under: str, office: str, area: str | None) -> None:
    card = card_of("", under)
    assert (card.value("office"), card.value("area")) == (office, area)


@pytest.mark.parametrize("title", ["Notice of Thorne", "Review of Thorne", "Decision"])
def test_what_a_paper_is_called_is_no_body(title: str) -> None:
    body = f"{BODY} The Notice and the Notice again are about the Decision, and the Decision is about Thorne."
    assert card_of(f"{title}\nCase 12/34", "Jo Quill\nSecretary", body).value("area") is None


ADDRESS = "Mill Lane, Orrin OR1 2AB"


@pytest.mark.parametrize(
    ("head", "body", "area"),
    [
        (
            f"ORRIN TOY MUSEUM\n{ADDRESS}",
            "The trustees of the Orrin Toy Museum met in May.",
            "ORRIN TOY MUSEUM",
        ),
        (
            f"Orrin Airport\n{ADDRESS}",
            "Since May the airport has been shut, and our airport is dark.",
            "Orrin Airport",
        ),
        (f"Orrin Toy Library\n{ADDRESS}\nRef: OTL/31/4", BODY, "Orrin Toy Library"),
        (f"Orrin Fishermen's Association\n{ADDRESS}", BODY, "Orrin Fishermen's Association"),
        (f"Rosa Penhallow\n{ADDRESS}", BODY, None),
    ],
)
def test_a_letterhead_s_first_line_is_the_body_where_the_letter_has_it_again(
    head: str, body: str, area: str | None
) -> None:
    card = card_of(head, "Jo Quill\nManager", body)
    assert (card.author.value if card.author else None, card.value("area")) == ("Jo Quill", area)


def test_an_author_s_own_letterhead_is_no_body() -> None:
    card = card_of(f"Jo Ann Quill\n{ADDRESS}\nRef: JAQ/31", "Jo Ann Quill\nManager", BODY)
    assert card.value("area") is None
