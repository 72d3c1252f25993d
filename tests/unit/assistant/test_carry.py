"""What a statement says beyond its quotes, and what it may say in other words: on letters of several kinds."""

import pytest

from assistant.carry import carried, denies

HOSPITAL = "Since 9 October 2020 we have recruited 23 midwives, which cost £3.1 million and cut waits by 12 per cent."
WATER = "We do not accept that the Reservoirs Act applies, but we have repaired 14 sluices at Quay Road."
SCHOOL = "While we do not hold the figures for 2019, attendance rose to 91% at Larkrise in 2019/20."
PRISON = (
    "The inspectorate's second report found that staff at HMP Ferring were not only tired but also badly led."
)
REFUSES = (
    "The council rejects the finding, declined to meet the Ombudsman, and was unable to publish its plan."
)
TWICE = "We do not disagree with Mrs Calloway, and nobody refused to take part in the unsuccessful trial."
NEVER = "The trust did not, however, recruit doctors, nurses or porters; it will review this in March."
CARD = "Ann Example, Chief Executive, Northmere, 3 May 2021"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("23 midwives have been recruited since 09/10/2020.", HOSPITAL),
        ("Since Friday 9 October 2020, waits are down 12%.", HOSPITAL),
        ("From October 2020 they recruited twenty-three midwives for £3.1m.", HOSPITAL),
        ("Northmere wrote on 3 May 2021 that 23 midwives were recruited.", HOSPITAL),
        ("Not only were 23 midwives recruited, waits were cut.", HOSPITAL),
        ("No fewer than 23 midwives were recruited.", HOSPITAL),
        ("They have repaired 14 sluices at Quay Road.", WATER),
        ("They do not accept that the Reservoirs Act applies.", WATER),
        ("They reject the view that the Reservoirs Act applies.", WATER),
        ("Attendance rose to 91 per cent in 2019-20.", SCHOOL),
        ("Larkrise has no figures for 2019; attendance rose to 91%.", SCHOOL),
        ("Staff at Ferring were tired and badly led, says the 2nd report.", PRISON),
        ("His Majesty's Prison Ferring has tired staff.", PRISON),
        ("The council does not accept the finding.", REFUSES),
        ("It would not meet the Ombudsman.", REFUSES),
        ("It refused to meet the Ombudsman and could not publish its plan.", REFUSES),
        ("They agree with Mrs Calloway.", TWICE),
        ("Everybody took part in the trial, which was not successful.", TWICE),
        ("The trust has not recruited nurses.", NEVER),
        ("It will review this in March.", NEVER),
        (
            "They stand at £6.4 million.",
            "They stand at £6.4 million, of which £2.4 million is not earmarked.",
        ),
        (
            "All 38 blocks were inspected.",
            "All 38 blocks were inspected, and none of them has the same cladding.",
        ),
        ("Area 4 - They expect forces to invest.", "Area 4 - We expect forces to invest."),
    ],
)
def test_a_truthful_statement_is_carried(text: str, quote: str) -> None:
    assert carried(text, [quote], CARD, {"northmere", "southwick"})


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("23 midwives have been recruited since 10/10/2020.", HOSPITAL),
        ("Since Tuesday 9 October 2020 waits are down.", HOSPITAL),
        ("Waits are down 12 points since September.", HOSPITAL),
        ("It cost £3.1 billion.", HOSPITAL),
        ("12 midwives per cent were recruited: 23%.", HOSPITAL),
        ("No midwives have been recruited.", HOSPITAL),
        ("They accept that the Reservoirs Act applies.", WATER),
        ("They have not repaired the 14 sluices.", WATER),
        ("They declined to repair the sluices at Quay Road.", WATER),
        ("They repaired the sluices at Dock Road.", WATER),
        ("Attendance did not rise to 91% at Larkrise.", SCHOOL),
        ("They hold the figures for 2019.", SCHOOL),
        ("Attendance rose in 2020.", SCHOOL),
        ("The third report found tired staff.", PRISON),
        ("Staff were not badly led.", PRISON),
        ("HMP Quarne has tired staff.", PRISON),
        ("The council accepts the finding.", REFUSES),
        ("It was able to publish its plan.", REFUSES),
        ("They disagree with Mrs Calloway.", TWICE),
        ("The trial was successful.", TWICE),
        ("The trust recruited doctors and nurses.", NEVER),
        ("It will not review this in March.", NEVER),
        ("Southwick will review this.", NEVER),
        ("Kelda Southwick will review this.", NEVER),
        ("GMCA will review this.", NEVER),
        ('They call it "an unsuccessful review".', NEVER),
    ],
)
def test_a_statement_that_says_other_is_not_carried(text: str, quote: str) -> None:
    assert not carried(text, [quote], CARD, {"northmere", "southwick"})


@pytest.mark.parametrize("quote", [HOSPITAL, WATER, SCHOOL, PRISON, REFUSES, TWICE, NEVER])
def test_a_quote_carries_itself(quote: str) -> None:
    assert carried(quote, [quote], "", set())
    assert carried(f"Elsewhere. {quote}".removeprefix("Elsewhere. "), [WATER, quote, HOSPITAL], "", set())


@pytest.mark.parametrize(
    "text",
    [
        "they do not agree",
        "they cannot agree",
        "they haven't agreed",
        "nobody agreed",
        "they failed to agree",
        "they declined the offer",
        "they declined to agree",
        "they lacked a plan",
        "it hardly helped",
        "neither agreed",
        "there is no longer a plan",
    ],
)
def test_a_denial_is_seen(text: str) -> None:
    assert denies(text)


@pytest.mark.parametrize(
    "text",
    [
        "they agree",
        "not only did they agree",
        "not just once",
        "no fewer than five agreed",
        "no later than March",
        "there is no doubt that they agree",
        "recommendation no. 5",
        "No 5 is done",
        "calls declined by 5 per cent",
        "they do not disagree",
        "they did not fail to act",
        "nobody refused",
        "it is not uncommon",
        "it is not without risk",
        "they cannot but agree",
        "whether or not they agree",
        "nonetheless they agree",
        "a notable and knotty case",
        "as opposed to before",
    ],
)
def test_what_denies_nothing_is_not_taken_for_a_denial(text: str) -> None:
    assert not denies(text)


def test_no_quotes_carry_nothing() -> None:
    assert not carried("Anything.", [], CARD, set())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council lost 1,200 trees and planted 300.", False),
        ("The council planted 1,200 trees and lost 300.", True),
        ("It had lost 300 trees; 1,200 were planted.", True),
        ("Of the trees 1,200 are new and 300 are gone.", True),  # nothing tells which is which
        ("The fare rose from 90 pence to 80.", False),
        ("The fare rose to 90 pence, from 80.", True),
    ],
)
def test_figures_that_changed_places_are_not_carried_where_that_is_clear(text: str, expected: bool) -> None:
    quote = "Over the winter the council lost 300 trees and planted 1,200. The fare rose from 80 to 90 pence."
    assert carried(text, [quote], "", ()) is expected
