"""Telephone numbers, addresses and the like: which is asked for, and whose the letterhead's lines are."""

import pytest

from assistant.letterhead import is_of_writer, shows
from assistant.lexicon import find_mentions, find_names
from assistant.terms import find_terms
from vectorstore.letter import Letter
from vectorstore.make import make_letter

HOSPITAL = make_letter(
    b"Brindle Infirmary\nQuarry Lane\nBrindle\nBR4 7QX\nTel: 01999 555 111\n\nMs Odile Farrow\nHealth Watchdog\n"
    b"8 Canal Street\nLowford\nLF2 9ZZ\n\n4 June 2021\n\nDear Ms Farrow\n\nWe reply to your report on waiting.\n\n"
    b"Yours sincerely\n\nHamish Tollgate\nChief Executive\nBrindle Infirmary\n",
    "brindle.txt",
)
BOTTOM = make_letter(
    b"Ms Odile Farrow\n\nHealth Watchdog\n\n8 Canal Street\n\nLowford LF2 9ZZ\n\nBy email: farrow@watchdog.example\n\n"
    b"4 June 2021\n\nDear Ms Farrow\n\nWe reply to your report on waiting.\n\nYours sincerely\n\nIona Sallow\n"
    b"Director\nCarrick Ambulance Service\n\nCarrick House, Moor Road, Carrick CK1 1AA. Email: hello@carrick.example\n",
    "carrick.txt",
)


def asked(question: str, *letters: Letter) -> str:
    mentions = find_mentions(question, find_names(letters or (HOSPITAL, BOTTOM)))
    return find_terms(question, mentions).contact


def whose(letter: Letter, words: str) -> bool:
    return is_of_writer(letter, letter.text.index(words))


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("Where is Brindle Infirmary?", ""),
        ("Where is the office of the Brindle chief executive?", "address"),
        ("Where is Brindle Infirmary based?", "address"),
        ("What is the address of Brindle Infirmary?", "address"),
        ("What is the chief executive's address?", "address"),
        ("What is the telephone number of Brindle Infirmary?", "telephone"),
        ("What is Hamish Tollgate's e-mail address?", "e-mail"),
        ("How can I contact Brindle Infirmary?", "way to reach them"),
        ("Where are the waiting lists of Brindle Infirmary based?", ""),
        ("Where will the new triage office of Brindle Infirmary be?", ""),
        ("How does Brindle Infirmary address the waiting?", ""),
        ("What is the ambulance service's telephone number?", "telephone"),
        ("Which website does Brindle Infirmary have?", "website"),
        ("What e-mail address should I use for Hamish Tollgate?", "e-mail"),
        ("What is the postcode of the infirmary?", "address"),
        ("Compare the letters on waiting times by postcode", ""),
        ("How long was the bed map on Brindle Infirmary's website out of date?", ""),
        ("What is Brindle Infirmary's current position on results for each postcode?", ""),
        ("Who reads the e-mail that patients send to Carrick Ambulance Service?", ""),
        ("How many calls does the telephone number for patients get?", ""),
    ],
)
def test_a_detail_of_a_letterhead_is_asked_for(question: str, detail: str) -> None:
    assert asked(question) == detail


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ("telephone", "Tel: 01999 555 111"),
        ("telephone", "You may ring us on (01999) 555 111."),
        ("fax", "Fax 01999 555 112"),
        ("e-mail", "hello@carrick.example"),
        ("website", "www.carrick.example"),
        ("address", "Carrick House, CK1 1AA"),
        ("address", "10903 New Hampshire Avenue"),
        ("way to reach them", "Tel: 01999 555 111"),
    ],
)
def test_only_a_text_that_shows_a_detail_does(detail: str, shown: str) -> None:
    assert shows(detail, shown)
    assert not shows(detail, "We received 478,000 calls in 2019/20 and answered 65 of them late.")


def test_a_telephone_number_is_no_fax_number_and_no_address() -> None:
    assert not shows("fax", "Tel: 01999 555 111")
    assert not shows("address", "Tel: 01999 555 111")
    assert not shows("telephone", "Ploughland House, Wakefield WF1 1DL")


def test_the_letterhead_is_the_writer_s_and_the_address_block_is_not() -> None:
    assert whose(HOSPITAL, "Tel: 01999")
    assert not whose(HOSPITAL, "8 Canal Street")


def test_an_address_in_lines_apart_is_the_addressee_s_and_the_foot_is_the_writer_s() -> None:
    assert not whose(BOTTOM, "8 Canal Street")
    assert not whose(BOTTOM, "farrow@watchdog")
    assert whose(BOTTOM, "Carrick House")


def test_the_addressee_s_own_detail_may_be_asked_for() -> None:
    mentions = find_mentions("What is Odile Farrow's postal address?", find_names((HOSPITAL, BOTTOM)))
    assert find_terms("What is Odile Farrow's postal address?", mentions).received
