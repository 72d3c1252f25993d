"""Whose view a sentence reports, and whom a quotation is from."""

import time

import pytest

from vectorstore.reported import ADDRESSEE, QUOTED, own_words, quoted_source, reported_by, reported_speaker

OWN = own_words(
    ["Dr Anna Lee\nChief Executive\nNorthmere City Council", "Registered office: Council House, Northmere"]
)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Supt Parkin agrees that the figures are too low.", "Supt Parkin"),
        ("On behalf of the force, Supt Parkin also agrees with the findings.", "Supt Parkin"),
        ("The Chief Constable has told me that the backlog will be cleared.", "the Chief Constable"),
        ("The Chief Fire Officer does not agree that the station should close.", "the Chief Fire Officer"),
        ("HMICFRS found that three officers had no training.", "HMICFRS"),
        ("HMICFRS state that the force is good.", "HMICFRS"),
        ("Ofsted judged the school to be good.", "Ofsted"),
        (
            "Her Majesty's Inspectorate of Prisons concluded that the wing was unsafe.",
            "Her Majesty's Inspectorate of Prisons",
        ),
        (
            "The Care Quality Commission's report notes that staffing is better.",
            "the Care Quality Commission's report",
        ),
        ("Jane Smith, our Director of Nursing, believes that the ward is safe.", "Jane Smith"),
        ("Our Director of Nursing, Jane Smith, believes that the ward is safe.", "Jane Smith"),
        ("Our auditors have confirmed that the accounts are sound.", "the author's auditors"),
        ("Your inspectors wrote that the ward was dirty.", "the addressee's inspectors"),
        ("You found that we took 31 weeks to decide.", ADDRESSEE),
        (
            "In its report, the Charity Commission warned that reserves were too low.",
            "the Charity Commission",
        ),
        ("According to the auditors, the accounts were late.", "the auditors"),
        ("I have been assured by the Director of Finance that the books balance.", "the Director of Finance"),
        ("Staff told us that they felt safe.", "Staff"),
        ("Inspectors found 57 ligature points.", "Inspectors"),
        ("The Welsh Government is of the view that the scheme should go on.", "the Welsh Government"),
        ("Mrs Jones said: “It is a disgrace.”", "Mrs Jones"),
        (
            "The allotment's neighbours complain, not without cause, that the bonfires smoke.",
            "the allotment's neighbours",
        ),
        ("Parents believe that the crossing is dangerous.", "Parents"),
        ("We note Ofsted's finding that two lessons were late.", "Ofsted"),
        ("We note HMICFRS' view that rotas should be longer.", "HMICFRS"),
        ("It is the auditors' opinion that the ledger was wrong.", "the auditors"),
        ("I have read Mrs Hill's complaint that the organ is too loud.", "Mrs Hill"),
        ("We note your finding that calls rose.", ADDRESSEE),
        ("- The Students' Union argued that fees are too high.", "the Students' Union"),
    ],
)
def test_a_sentence_about_what_somebody_else_says_is_theirs(sentence: str, speaker: str) -> None:
    assert reported_speaker(sentence, OWN) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "I agree that the figures are too low.",
        "We agree with the report that more should be done.",
        "The Chief Constable and I welcome the report.",
        "The report says that the trust is unsafe, but we do not agree.",
        "We note Ofsted's finding that two lessons were late and, as governors, we agree with it.",
        "It is our view that the ledger was wrong.",
        "We note the Council's view that the ledger was wrong.",
        "Parents park on the verge that the council owns.",
        "As the report highlights, demands are considerable.",
        "Our own review concluded that we find leaks slowly.",
        "We found that the system had failed.",
        "An audit found that 41 of 42 checks had been recorded.",
        # Somebody acts, is spoken to or will speak, and says nothing.
        "The Chief Constable was told that the backlog would grow.",
        "The Chief Constable will report to the panel in May.",
        "The Chief Constable has agreed to a weekly meeting.",
        "Mr Tembo has been head teacher since 1 September.",
        "The inspection report contains many positive comments.",
        "HMICFRS reports are published each month.",
        "NHS England finds are kept in the museum.",
        # Nobody is named.
        "Evidence suggests that demand will rise.",
        "This shows that demand will rise.",
        "They say that demand will rise.",
        "Write a letter called a “notice of appeal” to them.",
        "Please note that the office is closed.",
        "If the inspector says that you must leave, leave.",
    ],
)
def test_any_other_sentence_is_the_author_s(sentence: str) -> None:
    assert reported_speaker(sentence, OWN) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "The Chief Executive welcomes the report.",
        "Northmere City Council accepts the recommendation.",
        "The Council accepts this finding.",
        "NCC believes that the plan is sound.",
        "Dr Lee believes that the plan is sound.",
    ],
)
def test_an_author_who_writes_of_himself_or_his_house_reports_nobody(sentence: str) -> None:
    assert reported_speaker(sentence, OWN) is None


def test_a_body_without_a_name_may_be_the_author_s_own_even_where_the_signature_does_not_show_it() -> None:
    assert reported_speaker("The Board agrees that more should be done.") is None
    assert reported_speaker("The Inspectorate agrees that more should be done.") == "the Inspectorate"


def test_who_gets_a_copy_is_not_the_sender() -> None:
    assert own_words(["cc: Ofsted", "Wharram College"]) == {"wharram", "college"}


def test_a_commissioner_s_deputy_speaks_for_the_office() -> None:
    own = own_words(["Mary Hale\nDeputy Police and Crime Commissioner for Eastshire"])
    assert reported_speaker("The Commissioner welcomes the report.", own) is None
    assert reported_speaker("The Chief Constable welcomes the report.", own) == "the Chief Constable"


def test_a_paragraph_is_somebody_s_only_where_every_sentence_is() -> None:
    both = "Mrs Jones said that it rained. Mrs Jones said that it was cold."
    assert reported_by(both) == "Mrs Jones"
    assert reported_by(f"{both} We were sorry to hear it.") is None
    assert reported_by("Mrs Jones said that it rained. Mr Smith said that it was cold.") is None
    assert reported_by("") is None


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("As the report says: ", "the report"),
        ("HMICFRS state that ", "HMICFRS"),
        ("I was struck by what the Ombudsman wrote: ", "the Ombudsman"),
        ("We were shocked. Your letter describes our returns as ", "the addressee's letter"),
        ("You heard from the Fellowship of Anglers that ", "the Fellowship of Anglers"),
        ("The Committee recommended at para. 4.2 that the grant ", "the Committee"),
        ("Paragraph 22 of the decision says that ", "Paragraph 22 of the decision"),
        ("The Committee asked for more. ", QUOTED),
        ("The rating has moved from ", QUOTED),
        ("", QUOTED),
    ],
)
def test_a_quotation_is_from_whom_the_words_before_it_name(before: str, source: str) -> None:
    assert quoted_source(before, OWN) == source


@pytest.mark.parametrize(
    "filling", ["A ", "the report on ", "ly Abc ", "Dr A", "According to A ", "“", "You found "]
)
def test_an_endless_sentence_is_read_in_a_moment(filling: str) -> None:
    began = time.monotonic()
    reported_speaker(filling * 50_000)
    quoted_source(filling * 50_000)
    assert time.monotonic() - began < 3
