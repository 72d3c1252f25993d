"""The names by which a question means a letter: from the cards, and from the letters' own definitions."""

import pytest

from assistant.lexicon import Mention, Name, find_mentions, find_names
from tests.corpora import made, named, of_other_kinds
from vectorstore.letter import Letter
from vectorstore.make import make_letter
from vectorstore.words import tokens


def mentioned(asked: str, *letters: Letter) -> list[tuple[str, str]]:
    """The field and words of each name in a question."""
    found = find_mentions(asked, find_names(letters or of_other_kinds()))
    return [(mention.name.field, " ".join(mention.name.words)) for mention in found]


@pytest.mark.parametrize(
    ("asked", "field", "source"),
    [
        ("What does Brackwater plc say?", "area", "water_regulator_2019"),
        ("What does Brackwater say?", "area", "water_regulator_2021"),
        ("what does BRACKWATER say", "area", "water_regulator_2021"),
        ("What is Brackwater's leakage?", "area", "water_regulator_2019"),
        ("What is Brackwater’s leakage?", "area", "water_regulator_2019"),
        ("What does Ferrowdale say?", "area", "council"),
        ("What does Ferrowdale District Council say?", "area", "council"),
        ("What does the University of Wharram plan?", "area", "university"),
        ("What does Wharram plan?", "area", "university"),
        ("What happened at Saltmere?", "area", "nhs"),
        ("What happened at Larkrise?", "area", "school"),
        ("What happened in Ceredwyn?", "area", "welsh"),
        ("What does Fionnuala Desai say?", "author", "water_regulator_2019"),
        ("what does desai say?", "author", "water_regulator_2019"),
        ("What does Dr Halloran say?", "author", "nhs"),
        ("What does Gwyther-Pryce say?", "author", "welsh"),
        ("What does Karen Odum say?", "author", "us_agency"),
        ("What was Mr Castellane told?", "addressee", "water_regulator_2021"),
        ("What does CE/TM/0419 say?", "reference", "council"),
        ("What does the Data Protection Officer say?", "office", "charity"),
        ("What does the PCC say?", "office", "welsh"),
    ],
)
def test_a_letter_is_meant_by_its_writer_area_addressee_reference_or_office(
    asked: str, field: str, source: str
) -> None:
    found = find_mentions(asked, find_names(of_other_kinds()))
    assert named(source).id in {
        i for mention in found if mention.name.field == field for i in mention.name.letter_ids
    }


@pytest.mark.parametrize(
    "asked",
    [
        "What do the local authorities do about transport?",
        "Is the authority responsible for transport?",
        "How is learning shared?",
        "What about the harbourmaster?",
        "Which schools and hospitals are mentioned?",
        "What does the plc do?",
        "Is there a trust fund?",
        "What does the council say?",
        "the",
        "",
    ],
)
def test_a_word_that_every_such_body_has_in_its_name_names_none(asked: str) -> None:
    assert [field for field, _ in mentioned(asked) if field == "area"] == []


def test_the_longest_of_overlapping_names_is_meant() -> None:
    assert mentioned("What does Ferrowdale District Council say?") == [
        ("area", "ferrowdale district council")
    ]


def test_part_of_a_name_is_not_meant_inside_another_name() -> None:
    letter = made("We reply.", area="West Yarrowshire")
    assert mentioned("What does Yarrowshire say?", letter) == [("area", "yarrowshire")]
    assert mentioned("What does South Yarrowshire say?", letter) == []
    assert mentioned("What does Upper Yarrowshire say?", letter) == []


def test_a_part_that_two_areas_share_names_neither() -> None:
    one = made("We reply.", area="West Yarrowshire", source="one.txt")
    other = made("We answer.", area="South Yarrowshire", source="other.txt")
    assert mentioned("What does Yarrowshire say?", one, other) == []
    assert mentioned("What does South Yarrowshire say?", one, other) == [("area", "south yarrowshire")]


@pytest.mark.parametrize(
    ("area", "short"),
    [
        ("Thames Valley", "Thames"),
        ("Devon and Cornwall", "Cornwall"),
        ("Birmingham City Council", "Birmingham"),
        ("University of Leeds", "Leeds"),
        ("Greater Manchester", "Manchester"),
    ],
)
def test_an_area_has_a_short_name(area: str, short: str) -> None:
    assert mentioned(f"What does {short} say?", made("We reply.", area=area)) == [("area", short.lower())]


def test_a_short_name_that_the_letter_defines_means_its_area() -> None:
    letter = made(
        "Yarrow Valley Police (YVP) and the National Audit Office (NAO) agree.", area="Yarrow Valley"
    )
    assert mentioned("What does YVP say to the NAO?", letter) == [("area", "yvp")]
    assert mentioned("what does yvp say", letter) == [("area", "yvp")]


def test_an_office_is_meant_by_its_initials() -> None:
    letter = made("We reply.", office="Police and Crime Commissioner", area="Yarrowshire")
    assert ("office", "pcc") in mentioned("What does the PCC say?", letter)


def test_titles_and_honours_are_no_part_of_a_name() -> None:
    letter = made("We reply.", author="Rt Hon Baroness Beverley Quill DBE")
    words = {" ".join(name.words) for name in find_names([letter]) if name.field == "author"}
    assert words == {"beverley quill", "quill"}


def test_one_person_may_write_one_letter_and_receive_another() -> None:
    one = made("We reply.", author="Ann Quillfeather", to="Mr Bob Sample", source="one.txt")
    other = made("We answer.", author="Bob Sample", to="Ms Ann Quillfeather", source="other.txt")
    assert {field for field, _ in mentioned("What does Quillfeather say?", one, other)} == {
        "author",
        "addressee",
    }


def test_a_name_knows_all_its_letters() -> None:
    (desai,) = [name for name in find_names(of_other_kinds()) if name.words == ("fionnuala", "desai")]
    assert desai.letter_ids == {named("water_regulator_2019").id, named("water_regulator_2021").id}


def test_a_mention_says_where_it_stands() -> None:
    names = [Name(("north", "mere"), "area", "North Mere", frozenset({"1"}))]
    assert find_mentions("Is North Mere like north-mere?", names) == [
        Mention(names[0], 1, 3),
        Mention(names[0], 4, 6),
    ]


def test_letters_without_a_card_have_no_names() -> None:
    assert find_names([]) == []
    assert find_mentions("What does Brackwater say?", []) == []


def test_no_name_is_an_everyday_word() -> None:
    everyday = set(
        tokens("the of and for in on a to is are was what which who say letter police council report")
    )
    assert not [
        name for name in find_names(of_other_kinds()) if len(name.words) == 1 and name.words[0] in everyday
    ]


def test_an_office_that_signs_is_named_in_full_and_has_no_surname() -> None:
    text = (
        "Dear Ms Roe\n\nI write about the rent.\n\nYours sincerely\n\nCredit Controller\nNorthmere Council\n"
    )
    letter = make_letter(text.encode(), "rent.txt")
    assert letter.card.value("author") == "Credit Controller"
    ways = {" ".join(name.words) for name in find_names([letter]) if name.field == "author"}
    assert ways == {"credit controller"}


@pytest.mark.parametrize(
    ("area", "words", "asked"),
    [
        ("North Tarrow Borough Council", "We reply.", "What does NTBC say?"),
        ("Calder Vale Ambulance Service NHS Trust", "We reply.", "What does CVAS say?"),
        ("West Yarrow", "The officers of West Yarrow Police reply.", "What does WYP say?"),
        ("Calder Vale Ambulance Service NHS Trust", "We reply.", "What does Calder Vale say?"),
    ],
)
def test_a_body_is_meant_by_its_initials_and_by_the_beginning_of_its_name(
    area: str, words: str, asked: str
) -> None:
    assert [field for field, _ in mentioned(asked, made(words, area=area))] == ["area"]


def test_initials_that_two_bodies_share_or_that_stand_for_something_else_name_nobody() -> None:
    one = made("We reply.", area="North Tarrow Borough Council", source="one.txt")
    other = made("We answer.", area="Nether Thorpe Borough Council", source="other.txt")
    assert mentioned("What does NTBC say?", one, other) == []
    defines = made("We asked the National Tenants Benefit Club (NTBC).", source="third.txt")
    assert mentioned("What does NTBC say?", one, defines) == []


def test_initials_that_are_a_word_must_be_written_in_capitals() -> None:
    letter = made("We reply.", area="Calder Avon Trust")
    assert mentioned("What does CAT say?", letter) == [("area", "cat")]
    assert mentioned("Is there a cat?", letter) == []


def test_the_office_and_body_in_the_address_mean_whom_the_letter_went_to() -> None:
    text = (
        "Ms Philippa Grange\nHousing Ombudsman\nElmfield Standards Regulator\n1 High Street\nLeeds LS2 7BB\n\n"
        "3 March 2021\n\nDear Ms Grange\n\nWe accept the finding.\n\nYours sincerely\n\nAnn Example\nDirector\n"
    )
    letter = make_letter(text.encode(), "housing.txt")
    assert ("greeted", "housing ombudsman") in mentioned("What was sent to the Housing Ombudsman?", letter)
    assert ("greeted", "elmfield standards regulator") in mentioned(
        "What was sent to the Elmfield Standards Regulator?", letter
    )


def test_an_office_is_meant_by_its_initials_in_the_plural() -> None:
    letter = made("We do.", office="Chief Fire Officer", area="Quillbrook")
    assert mentioned("What do the CFOs say?", letter) == [("office", "cfos")]


@pytest.mark.parametrize(
    ("area", "asked", "short"),
    [
        ("North Quillbrook", "What does N. Quillbrook say?", "n quillbrook"),
        ("Greater Tarrow", "What does Gtr Tarrow say?", "gtr tarrow"),
    ],
)
def test_the_quarter_in_an_areas_name_may_be_written_short(area: str, asked: str, short: str) -> None:
    others = made("We do not.", area="South Tarrow", source="other.txt")
    assert mentioned(asked, made("We do.", area=area), others) == [("area", short)]


def test_a_short_name_after_a_comma_is_one_of_its_own() -> None:
    letters = [
        made("We agree.", author="Jo Quill", area="Westmere Drainage Commissioners", source="a.txt"),
        made("So do we.", author="Bea Other", area="Stony Haven Port Authority", source="b.txt"),
        made("We do not.", author="Al Fox", area="Port of Corran", source="c.txt"),
    ]
    names = find_names(letters)
    found = find_mentions("What do Westmere, Stony Haven and Corran say about dues?", names)
    assert {m.name.value for m in found} == {letter.card.value("area") for letter in letters}
    assert not find_mentions("What do the commissioners of the port say?", names)


def test_an_office_of_one_writer_names_her_letters_however_few_there_are() -> None:
    letters = [
        made("We agree.", author="Jo Quill", office="Estate Bursar", source="a.txt"),
        made("So do we.", author="Bea Other", office="Clerk of Works", source="b.txt"),
        made("We do not.", author="Al Fox", office="Clerk of Works", source="c.txt"),
    ]
    general = {name.value: name.general for name in find_names(letters) if name.field == "office"}
    assert general == {"Estate Bursar": False, "Clerk of Works": True}


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("Who is the Director of Supply?", []),
        ("Who followed Ms Roe as director of supply?", []),
        ("What does the Director of Supply Chain and Safety say?", ["rail.txt"]),
        ("What does the Director of Supply Chain say?", ["rail.txt"]),
        ("What does the Director of Housing say?", ["homes.txt"]),
        ("What does the Director of Tarn Council say?", ["homes.txt", "rail.txt"]),
        ("What did the Director say?", ["homes.txt", "rail.txt"]),
        ("What did the Director of the Council say?", ["homes.txt", "rail.txt"]),
    ],
)
def test_an_office_of_something_else_is_another_office(asked: str, letters: list[str]) -> None:
    both = (
        made("We do.", office="Director of Housing", area="Tarn Council", source="homes.txt"),
        made("So do we.", office="Director of Supply Chain and Safety", area="Orme Rail", source="rail.txt"),
    )
    found = [m for m in find_mentions(asked, find_names(both)) if m.name.field == "office"]
    ids = {i for mention in found for i in mention.name.letter_ids}
    assert sorted(letter.source for letter in both if letter.id in ids) == letters
