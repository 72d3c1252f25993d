"""Which letters a question means, by its own words and by the caller's scope."""

import pytest

from assistant.lexicon import find_names
from assistant.question import understand
from tests.corpora import made, named, of_other_kinds
from tests.turns import understood
from vectorstore.letter import Letter, Scope
from vectorstore.make import make_letter
from vectorstore.scope import letters_in

EVERY = sorted(letter.source.removesuffix(".txt") for letter in of_other_kinds())
WATER = ["water_regulator_2019", "water_regulator_2021"]


def meant(asked: str, given: Scope | None = None) -> list[str]:
    """The letters that a question is about."""
    scope = understood(asked, given=given).scope
    return sorted(letter.source.removesuffix(".txt") for letter in letters_in(of_other_kinds(), scope))


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("What is said about leakage?", EVERY),
        ("What does Brackwater say about leakage?", WATER),
        ("What does desai say about leakage", WATER),
        ("What does Marguerite Halloran say about triage?", ["nhs_trust_cqc"]),
        ("What does BW/FD/21-064 say?", ["water_regulator_2021"]),
        ("What was Hywel Castellane told about bonuses?", WATER),
        ("What does the Data Protection Officer say?", ["charity_data_regulator"]),
        ("What do Brackwater and Ferrowdale say about delays?", ["council_ombudsman", *WATER]),
        ("What do Desai and Ferrowdale say about delays?", ["council_ombudsman", *WATER]),
        ("What does Desai of Brackwater say?", WATER),
    ],
)
def test_names_narrow_to_their_letters(asked: str, letters: list[str]) -> None:
    assert meant(asked) == letters


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("What does the letter of 12 July 2019 say about bonuses?", ["water_regulator_2019"]),
        ("What does the letter of 12th July 2019 say?", ["water_regulator_2019"]),
        ("What does the letter dated July 12, 2019 say?", ["water_regulator_2019"]),
        ("What did the letters of June 2021 say?", ["water_regulator_2021"]),
        ("What did Brackwater say in 2021?", ["water_regulator_2021"]),
        ("What did Brackwater say in 2019 and in 2021?", WATER),
        ("What did Brackwater say before 2021?", ["water_regulator_2019"]),
        ("What did Brackwater say after 2019?", ["water_regulator_2021"]),
        ("What has Brackwater said since 2021?", ["water_regulator_2021"]),
        ("What did Brackwater say in its latest letter?", ["water_regulator_2021"]),
        ("What is Brackwater's most recent position on leakage?", ["water_regulator_2021"]),
        ("What did the first letter from Brackwater say?", ["water_regulator_2019"]),
        ("Which letters from 2023 mention children?", ["minister_committee", "welsh_pcc_custody"]),
        (
            "What was said before 2020 about staff?",
            ["council_ombudsman", "university_regulator", "water_regulator_2019"],
        ),
    ],
)
def test_dates_narrow_to_their_letters(asked: str, letters: list[str]) -> None:
    assert meant(asked) == letters


@pytest.mark.parametrize(
    "asked",
    [
        "What was leakage in 2018/19?",
        "What was leakage in 2018–19?",
        "What happened in 1987?",
        "What will happen in March 2031?",
        "What happened on 31 February 2021?",
    ],
)
def test_a_year_in_which_nobody_wrote_narrows_nothing(asked: str) -> None:
    assert meant(asked) == EVERY


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("What did Brackwater say in its earlier letter?", ["water_regulator_2019"]),
        ("What did the later letter from Brackwater say?", ["water_regulator_2021"]),
        ("What did Brackwater say after 12 July 2019?", ["water_regulator_2021"]),
        ("What did Brackwater say before 30 June 2021?", ["water_regulator_2019"]),
        ("What did Brackwater say between 2020 and 2022?", ["water_regulator_2021"]),
        ("What was said since Larkrise's letter?", ["minister_committee", "welsh_pcc_custody"]),
        ("Which letters were sent to the Office for Water Standards?", WATER),
        ("What did Desai tell Castellane in 2019?", ["water_regulator_2019"]),
    ],
)
def test_which_of_several_letters_is_meant(asked: str, letters: list[str]) -> None:
    assert meant(asked) == letters


def test_letters_of_two_years_leave_out_the_years_between() -> None:
    years = (2018, 2019, 2020)
    letters = [made("We reply.", date=f"3 May {year}", source=f"{year}.txt") for year in years]
    scope = understood("What did Northmere say in 2018 and in 2020?", letters=letters).scope
    assert [x.source for x in letters_in(letters, scope)] == ["2018.txt", "2020.txt"]


def test_since_a_report_counts_from_the_day_that_a_letter_says_it_came_out() -> None:
    text = (
        "Ms Philippa Grange\nOmbudsman\n\n19 July 2021\n\nDear Ms Grange\n\nSpotlight report on damp and mould\n\n"
        "We welcome the Spotlight report on damp and mould, which you published on 6 July 2021.\n\n"
        "Yours sincerely\n\nAnn Example\nDirector\n"
    )
    answers = make_letter(text.encode(), "damp.txt")
    before = made("We reply.", date="5 July 2021", source="a.txt")
    after = made("We reply.", date="7 July 2021", source="b.txt")
    found = understood("What was said since the damp and mould report?", letters=(before, after, answers))
    assert found.scope == Scope(date_from="2021-07-06")


def test_a_name_that_writes_and_receives_is_the_writer_unless_it_is_written_to() -> None:
    one = made("We reply.", author="Ann Quillfeather", to="Mr Bob Sample", source="one.txt")
    other = made(
        "We answer.", author="Bob Sample", to="Ms Ann Quillfeather", area="Southmere", source="other.txt"
    )
    scope = understood("What did Quillfeather say?", letters=(one, other)).scope
    assert letters_in((one, other), scope) == [one]
    scope = understood("What was written to Quillfeather?", letters=(one, other)).scope
    assert letters_in((one, other), scope) == [other]


def test_a_title_between_does_not_make_a_writer_of_whom_is_written_to() -> None:
    one = made("We have mended the roof.", author="Ann Hale", to="Dr Bo Moss", source="to.txt", area="Elm")
    other = made("We thank you for it.", author="Dr Bo Moss", to="Ann Hale", source="from.txt", area="Oak")
    letters = (one, other)
    for asked, source in (
        ("Which letters were written to Dr Moss?", "to.txt"),
        ("Which letters are from Dr Moss?", "from.txt"),
    ):
        scope = understood(asked, letters=letters).scope
        assert [letter.source for letter in letters_in(letters, scope)] == [source]


def test_a_year_in_which_all_of_them_wrote_narrows_nothing() -> None:
    letters = (made("We reply.", source="one.txt"), made("We answer.", source="other.txt", area="Southmere"))
    assert understood("What was said in 2021?", letters=letters).scope == Scope()


@pytest.mark.parametrize(
    "asked",
    [
        "Which letters except Brackwater mention leakage?",
        "Which letters other than Brackwater's mention leakage?",
        "Which letters, apart from Brackwater, mention leakage?",
        "Which letters mention leakage, not counting Brackwater?",
        "Which letters besides the ones from Brackwater mention leakage?",
        "Apart from the letters by Brackwater, who mentions leakage?",
    ],
)
def test_an_exclusion_leaves_letters_out(asked: str) -> None:
    assert meant(asked) == [source for source in EVERY if source not in WATER]


def test_what_frames_an_exclusion_is_not_looked_for() -> None:
    asked = "Which letters except Brackwater mention leakage?"
    assert set(understood(asked).terms.weights) == {"leakag"}


# The caller's scope


def test_the_caller_narrows_what_the_question_leaves_open() -> None:
    assert meant("What is said about leakage?", Scope(area=("Ferrowdale",))) == ["council_ombudsman"]


def test_question_and_caller_narrow_together() -> None:
    assert meant("What does Brackwater say?", Scope(date_from="2021")) == ["water_regulator_2021"]


def test_a_question_outside_the_caller_s_scope_is_about_no_letter() -> None:
    assert meant("What does Brackwater say?", Scope(area=("Ferrowdale",))) == []


def test_a_caller_s_scope_that_names_no_letter_holds_none() -> None:
    assert meant("What is said about leakage?", Scope(area=("Atlantis",))) == []


@pytest.mark.parametrize(
    ("scope", "letters"),
    [
        (Scope(date_from="2023"), ["minister_committee", "welsh_pcc_custody"]),
        (Scope(date_to="2019-06"), ["council_ombudsman"]),
        (Scope(date_from="2019-07-12", date_to="2019-07-12"), ["water_regulator_2019"]),
        (Scope(author=("Desai",)), WATER),
        (Scope(addressee=("Castellane",)), WATER),
        (Scope(area=("Brackwater", "Ferrowdale")), ["council_ombudsman", *WATER]),
        (Scope(area=("Brackwater",), date_to="2020"), ["water_regulator_2019"]),
        (Scope(reference=("CE/TM/0419",)), ["council_ombudsman"]),
        (Scope(report=("Storm Overflows",)), ["water_regulator_2021"]),
        (Scope(), EVERY),
    ],
)
def test_a_caller_s_scope_holds_these_letters(scope: Scope, letters: list[str]) -> None:
    assert meant("What is said about staff?", scope) == letters


# Sides of a comparison


def sides(asked: str) -> list[tuple[str, list[str]]]:
    return [
        (heading, sorted(letter.source for letter in letters_in(of_other_kinds(), scope)))
        for heading, scope in understood(asked).sides
    ]


def test_each_name_is_a_side_and_two_letters_of_one_writer_are_not_blended() -> None:
    assert sides("Compare Ferrowdale and Brackwater on delays.") == [
        ("FERROWDALE DISTRICT COUNCIL", ["council_ombudsman.txt"]),
        ("Brackwater plc, 12 July 2019", ["water_regulator_2019.txt"]),
        ("Brackwater plc, 30 June 2021", ["water_regulator_2021.txt"]),
    ]


def test_one_writer_named_twice_is_one_side() -> None:
    found = sides("Compare Fionnuala Desai of Brackwater with Tobias Marchbanks on delays.")
    assert [letters for _, letters in found] == [
        ["water_regulator_2019.txt"],
        ["water_regulator_2021.txt"],
        ["council_ombudsman.txt"],
    ]


def test_each_letter_of_one_writer_is_a_side_over_time() -> None:
    found = sides("How has leakage changed at Brackwater between 2019 and 2021?")
    assert [heading for heading, _ in found] == [
        "12 July 2019, Brackwater plc",
        "30 June 2021, Brackwater plc",
    ]
    found = sides("How has what Desai says of leakage changed between 2019 and 2021?")
    assert [heading for heading, _ in found] == [
        "12 July 2019, Fionnuala Desai",
        "30 June 2021, Fionnuala Desai",
    ]


@pytest.mark.parametrize(
    ("asked", "by_body"),
    [
        ("What did Brackwater say about leakage?", True),
        ("How many pipes did each company mend?", True),
        ("What did the letters of 2019 say about leakage?", False),
        ("How has leakage changed since 2019?", False),
        ("What did Desai of Brackwater say about leakage?", False),
    ],
)
def test_a_question_speaks_of_writers_as_bodies_or_not(asked: str, *, by_body: bool) -> None:
    assert understood(asked).by_body == by_body


def test_a_fact_has_no_sides() -> None:
    assert sides("What does Brackwater say about leakage?") == []


def test_every_side_lies_inside_the_caller_s_scope() -> None:
    inside = Scope(date_from="2020")
    letters: list[Letter] = letters_in(of_other_kinds(), inside)
    for _, scope in understood("Compare Saltmere and Brackwater on staff.", given=inside).sides:
        assert {x.id for x in letters_in(of_other_kinds(), scope)} <= {x.id for x in letters}
    assert named("water_regulator_2019").id not in {
        letter_id
        for _, scope in understood("Compare Saltmere and Brackwater on staff.", given=inside).sides
        for letter_id in scope.letter_ids
    }


def test_a_date_that_one_of_two_never_wrote_on_is_meant_of_the_other() -> None:
    assert meant("Compare Brackwater in 2019 with Ferrowdale on delays.") == [
        "council_ombudsman",
        "water_regulator_2019",
    ]
    assert meant("Compare Brackwater in 2021 with Ferrowdale on delays.") == [
        "council_ombudsman",
        "water_regulator_2021",
    ]


def test_a_caller_s_scope_may_take_the_place_of_the_question_s_own() -> None:
    names = find_names(of_other_kinds())
    asked = "What does Brackwater say about leakage in 2021?"
    everything = understand(asked, names=names, letters=of_other_kinds(), only=True)
    assert (everything.scope, everything.unmet) == (Scope(), "")
    assert set(everything.terms.weights) == {"leakag"}
    given = Scope(area=("Ferrowdale",))
    assert understand(asked, names=names, letters=of_other_kinds(), given=given, only=True).scope == given


# Since a report that is named by its date


def _around_a_report(stated: str = "was published on 9 July 2020") -> list[Letter]:
    early = made("We write about the pumps.", date="1 July 2020", source="early.txt")
    soon = made(
        f"We welcome your report on flood pumps, which {stated}.", date="28 July 2020", source="soon.txt"
    )
    late = made("We have bought pumps.", date="2 September 2020", source="late.txt")
    return [early, soon, late]


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("What has been said since the July 2020 report?", ["soon.txt", "late.txt"]),
        ("Which letters were sent after the July 2020 report?", ["soon.txt", "late.txt"]),
        ("Which letters were sent after the 2020 inspection report?", ["soon.txt", "late.txt"]),
        ("Which letters were sent before the July 2020 report?", ["early.txt"]),
        ("Which letters were sent after July 2020?", ["late.txt"]),
    ],
)
def test_a_report_of_a_month_came_out_on_the_day_that_a_letter_states(asked: str, letters: list[str]) -> None:
    among = _around_a_report()
    scope = understood(asked, letters=among).scope
    assert [letter.source for letter in letters_in(among, scope)] == letters


def test_a_report_of_which_no_letter_states_the_day_counts_from_the_first_of_its_month() -> None:
    among = _around_a_report("we have read on 9 July 2020")
    scope = understood("Which letters were sent after the July 2020 report?", letters=among).scope
    assert scope == Scope(date_from="2020-07")


# No matter


@pytest.mark.parametrize(
    "asked",
    [
        "What has been said since July 2020?",
        "What's new since July 2020?",
        "What was said in 2020?",
        "What did the authors say in July 2020?",
    ],
)
def test_a_question_of_a_time_and_of_no_matter_asks_for_an_overview(asked: str) -> None:
    among = _around_a_report()
    among[0] = made("We write.", date="1 July 2019", source="early.txt")
    assert understood(asked, letters=among).terms.overview


@pytest.mark.parametrize(
    "asked", ["What has been said about pumps since July 2020?", "What was bought in 2020?"]
)
def test_a_question_of_a_time_with_a_matter_does_not(asked: str) -> None:
    assert not understood(asked, letters=_around_a_report()).terms.overview


# Letters from those who hold an office


def _of_offices() -> list[Letter]:
    return [
        made("We train.", office="Chief Fire Officer", area="Northmere", source="one.txt"),
        made("We train.", office="Chief Fire Officer for Southmere", area="Southmere", source="two.txt"),
        made("We train.", office="Harbour & Quays Commissioner", area="Westmere", source="three.txt"),
        made("We train.", office="Harbour and Quays Commissioner", area="Eastmere", source="four.txt"),
        made("We train.", office="Deputy Mayor for Fire and Quays", area="Mere City", source="five.txt"),
    ]


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("Which letters are from Chief Fire Officers?", ["one.txt", "two.txt"]),
        ("Which letters from chief fire officers mention training?", ["one.txt", "two.txt"]),
        ("Which letters are by CFOs?", ["one.txt", "two.txt"]),
        ("How many letters were written by commissioners?", ["three.txt", "four.txt"]),
        ("Which letters are from Harbour and Quays Commissioners?", ["three.txt", "four.txt"]),
        ("What do letters from Harbour & Quays Commissioners say?", ["three.txt", "four.txt"]),
        ("Which letters are not from commissioners?", ["one.txt", "two.txt", "five.txt"]),
        ("Which letters not from commissioners mention training?", ["one.txt", "two.txt", "five.txt"]),
        ("Which letters do not come from commissioners?", ["one.txt", "two.txt", "five.txt"]),
        ("Which authors are harbour and quays commissioners?", ["three.txt", "four.txt"]),
        (
            "Which letters mention chief fire officers?",
            ["one.txt", "two.txt", "three.txt", "four.txt", "five.txt"],
        ),
    ],
)
def test_letters_from_several_who_hold_an_office_are_those_whose_cards_have_it(
    asked: str, letters: list[str]
) -> None:
    among = _of_offices()
    scope = understood(asked, letters=among).scope
    assert [letter.source for letter in letters_in(among, scope)] == letters


def test_the_office_that_says_whose_letters_are_meant_is_not_looked_for() -> None:
    question = understood("Which letters from Chief Fire Officers mention training?", letters=_of_offices())
    assert question.terms.weights.keys() == {"train"}
