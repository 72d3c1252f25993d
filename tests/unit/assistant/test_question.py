"""What a question is taken to ask, over letters by a hospital, a water company, a council and others."""

import time

import pytest

from assistant.answer import Kind
from assistant.question import clean
from tests.corpora import made, named, of_other_kinds
from tests.turns import turn, understood
from vectorstore.errors import QuestionError
from vectorstore.make import make_letter
from vectorstore.scope import letters_in

# Kinds


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("How many midwives has the trust recruited?", "fact"),
        ("What does Brackwater say about leakage?", "fact"),
        ("Why did Brackwater miss its commitment?", "fact"),
        ("Is the segregation unit fit for use?", "fact"),
        ("Does the council accept the decision?", "fact"),
        ("How many areas for improvement were there?", "fact"),
        ("Which system is not being replaced this year?", "fact"),
        ("leakage", "fact"),
        ("How many data protection officers does the hospice employ?", "fact"),
        ("Who wrote the training for the surveyors?", "fact"),
        ("Who signed the contract for the meters?", "fact"),
        ("Which letters mention the pandemic?", "list"),
        ("Is the pandemic brought up by any of the authors?", "list"),
        ("Was flooding or drought discussed in any of the letters?", "list"),
        ("How many authors did not mention a bonus?", "list"),
        ("which of the letters talk about staff shortages", "list"),
        ("How many letters mention children?", "list"),
        ("In which letters does the writer apologise?", "list"),
        ("Do any of the letters mention modern slavery?", "list"),
        ("Does anyone mention a bonus?", "list"),
        ("Who mentions strip searches?", "list"),
        ("List the letters that mention staffing.", "list"),
        ("List all letters about children", "list"),
        ("Which chief executives apologise?", "list"),
        ("Which letters written before 2020 mention staff?", "list"),
        ("Which letters sent in 2022 talk about training?", "list"),
        ("Compare Brackwater and Ferrowdale on compensation.", "compare"),
        ("How do Saltmere and Larkrise differ on staffing?", "compare"),
        ("What do Brackwater and Ferrowdale say about delays?", "compare"),
        ("How has leakage changed at Brackwater between 2019 and 2021?", "over_time"),
        ("What did Brackwater say about leakage in 2019 and in 2021?", "over_time"),
        ("How did Fionnuala Desai's position on bonuses change over time?", "over_time"),
        ("Who wrote to the Office for Students?", "about_letters"),
        ("Who wrote the letter about Marl Sands?", "about_letters"),
        ("Who signed it?", "about_letters"),
        ("Who wrote the reply to the Office for Students?", "about_letters"),
        ("When did Fionnuala Desai write?", "about_letters"),
        ("What is the reference of the letter from Larkrise Learning Trust?", "about_letters"),
        ("How many letters are there?", "about_letters"),
        ("How many letters did Fionnuala Desai write?", "about_letters"),
        ("Who received a copy of the letter about Marl Sands?", "about_letters"),
        ("To whom did the Data Protection Officer write?", "about_letters"),
        ("Which letter is the oldest?", "about_letters"),
        ("Write me a poem about leakage.", "off_topic"),
        ("Please draft a press release about the bonus", "off_topic"),
        ("Can you translate the letter into French?", "off_topic"),
        ("Could you write a speech for the minister?", "off_topic"),
        ("Compose a reply to the ombudsman", "off_topic"),
        ("generate an article about midwives", "off_topic"),
    ],
)
def test_a_question_is_of_a_kind(asked: str, kind: Kind) -> None:
    assert understood(asked).kind == kind


@pytest.mark.parametrize(
    "asked",
    [
        "What did the council write to the complainant?",
        "Who drafted the action plan?",
        "Did the trust write a letter of apology?",
        "What does the letter say about code of conduct?",
    ],
)
def test_a_question_about_writing_is_no_request_to_write(asked: str) -> None:
    assert understood(asked).kind != "off_topic"


@pytest.mark.parametrize(
    "asked",
    [
        "Which letters do not mention a bonus?",
        "Which letters never mention staff?",
        "Which of the letters are silent on cost?",
    ],
)
def test_a_complete_pass_may_ask_who_does_not_say_it(asked: str) -> None:
    question = understood(asked)
    assert (question.kind, question.negated) == ("list", True)


def test_a_complete_pass_for_what_letters_say_is_not_negated() -> None:
    assert not understood("Which letters mention a bonus?").negated
    assert not understood("Why does the council not accept it?").negated


def test_a_comparison_of_one_letter_with_itself_is_a_fact() -> None:
    assert understood("What is different about Wharram's new plan?").kind == "fact"


def test_over_time_needs_two_letters() -> None:
    assert understood("How has attendance changed over time at Larkrise?").kind == "fact"


# What is looked for


def test_the_names_of_offices_are_looked_for_when_they_are_what_is_asked() -> None:
    """An office on one card ("Data Protection Officer") must not make "data protection" unspeakable."""
    assert {"data", "protect"} <= set(understood("Which letters mention data protection?").terms.weights)


def test_a_title_before_a_name_is_not_looked_for() -> None:
    assert (
        understood("What does Mr Marchbanks say about the case management system?").terms.named == frozenset()
    )


def test_a_year_that_says_which_letter_is_not_looked_for() -> None:
    assert "2021" not in understood("What did Brackwater say about leakage in 2021?").terms.weights
    assert "1987" in understood("What happened in 1987?").terms.weights


def test_the_query_leaves_out_the_name_that_sets_the_scope() -> None:
    assert understood("What does Brackwater say about leakage?").query == "What does say about leakage?"
    assert understood("What is said about leakage?").query == "What is said about leakage?"


def test_the_words_asked_are_kept() -> None:
    question = understood("How  many\nmidwives?")
    assert (question.asked, question.standalone) == ("How many midwives?", "How many midwives?")


# Writers that no letter is from


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        ("What does Kent Council say about housing?", "Kent Council"),
        ("How many officers does South Yorkshire Police have?", "South Yorkshire Police"),
        ("what does the kent commissioner say about custody?", "kent commissioner"),
    ],
)
def test_a_writer_whose_letter_is_not_here_is_named(asked: str, unknown: str) -> None:
    assert understood(asked).unknown == unknown


@pytest.mark.parametrize(
    "asked",
    [
        "What does Ferrowdale District Council say about housing?",
        "What does the Ceredwyn commissioner say about custody?",
        "What do Brackwater and Ferrowdale say about delays?",
        "What does the council say about housing?",
        "What has Brackwater done and what has Ferrowdale done?",
        "How often does the Chief Executive meet midwives?",
    ],
)
def test_a_writer_whose_letter_is_here_is_not_unknown(asked: str) -> None:
    assert understood(asked).unknown == ""


def test_two_unknown_names_are_not_taken_for_a_writer_called_and() -> None:
    assert not understood("What do Acme and Bravo say about housing?").unknown.endswith(" and")


# The card of the letters just cited


def test_who_signed_it_means_the_letter_just_cited() -> None:
    history = [turn("How many midwives were recruited?", named("nhs"))]
    question = understood("Who signed it?", history)
    assert question.kind == "about_letters"
    assert question.scope.letter_ids == (named("nhs").id,)


# Hostile input


@pytest.mark.parametrize(
    "asked", ["", "   ", "\n\t", "?!…", "\x00\x1b", "\u200b\u200f\u202e", "\ud800", "<>", "***"]
)
def test_a_question_without_a_word_is_refused_in_one_sentence(asked: str) -> None:
    with pytest.raises(QuestionError, match="empty") as caught:
        clean(asked, max_chars=2000)
    assert "\n" not in str(caught.value)


def test_a_question_of_100000_characters_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match=r"100,000 characters; at most 2,000"):
        clean("x" * 100_000, max_chars=2000)


@pytest.mark.parametrize("part", ["<", "<a ", "a<", "&lt;", "\ud800", "\u202e", "why ", "(", "…"])
def test_a_question_of_100000_characters_is_refused_in_no_time(part: str) -> None:
    began = time.monotonic()
    with pytest.raises(QuestionError):
        clean(part * (100_000 // len(part)), max_chars=2000)
    assert time.monotonic() - began < 2


def test_a_question_as_long_as_allowed_is_taken() -> None:
    assert len(clean("x" * 2000, max_chars=2000)) == 2000


@pytest.mark.parametrize(
    ("asked", "cleaned"),
    [
        ("a\x00b\x1b[31m c", "a b [31m c"),
        ("how\u202emany\u200f midwives", "how many midwives"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("<b>how</b> & <many?", "how & <many?"),
        ("is 5 < 6 and 7 > 6?", "is 5 < 6 and 7 > 6?"),
        ("two\u2028lines\u2029here", "two lines here"),
        ("tab\tand\r\nline", "tab and line"),
        ("Llanfêrin £5 – “so”", "Llanfêrin £5 – “so”"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_the_rest_kept(asked: str, cleaned: str) -> None:
    assert clean(asked, max_chars=2000) == cleaned


@pytest.mark.parametrize(
    "asked",
    [
        "<script>alert(1)</script> how many midwives?",
        "' OR 1=1; DROP TABLE letters; --",
        'NEAR("a" b*) AND (NOT c) "',
        "(((((((((((((((((((((",
        "a" * 2000,
        "why " * 499,
        "( " * 900 + "x",
        "Brackwater " * 180,
        "or " * 600,
        "Compare " + "Brackwater and Ferrowdale and " * 60,
        "مرحبا بالعالم 你好 🙂 x",
        "12 July 2019 " * 150,
        "99/99/9999 and 31 February 2021 x",
    ],
)  # fmt: skip
def test_hostile_questions_are_understood_as_something(asked: str) -> None:
    if any(c.isalnum() for c in asked):
        assert understood(asked).standalone
    else:
        with pytest.raises(QuestionError):
            understood(asked)


def test_without_letters_every_question_is_still_a_question() -> None:
    question = understood("Which letters mention leakage?", letters=())
    assert (question.kind, question.unknown) == ("list", "")
    assert understood("What does Brackwater say?", letters=()).scope == understood("x", letters=()).scope


def test_a_letter_that_says_nothing_of_itself_harms_no_question() -> None:
    bare = made(
        "We write about nothing at all here.", author="", office="", area="", date="", to="Sir Or Madam"
    )
    assert understood("Who wrote the oldest letter?", letters=(bare,)).kind == "about_letters"


@pytest.mark.parametrize(
    ("asked", "says", "lacks"),
    [
        ("Which letters mention a bonus but not leakage?", {"bonus"}, {"leakag"}),
        ("Which letters mention a bonus, but do not mention leakage?", {"bonus"}, {"leakag"}),
        ("Which letters mention a bonus without mentioning leakage?", {"bonus"}, {"leakag"}),
        ("Which letters do not mention leakage but do mention a bonus?", {"bonus"}, {"leakag"}),
    ],
)
def test_what_letters_are_to_say_and_not_to_say_are_told_apart(
    asked: str, says: set[str], lacks: set[str]
) -> None:
    question = understood(asked)
    assert [set(part.terms.weights) for part in question.matters] == [says, lacks]
    assert [part.negated for part in question.matters] == [False, True]
    assert not question.negated


@pytest.mark.parametrize(
    ("asked", "negated"),
    [
        ("Which letters mention both a bonus and leakage?", False),
        ("Which letters both mention a bonus and discuss leakage?", False),
        ("Which letters mention a bonus as well as leakage?", False),
        ("Which letters mention a bonus and leakage?", False),
        ("Do both letters mention a bonus and leakage?", False),
        ("Which letters not from 2022 mention both a bonus and leakage?", False),
        ("Which letters mention neither a bonus nor leakage?", True),
        ("How many letters speak neither of a bonus nor of leakage?", True),
    ],
)
def test_each_of_several_matters_is_asked_of_the_whole_letter(asked: str, negated: bool) -> None:
    question = understood(asked)
    assert [set(part.terms.weights) for part in question.matters] == [{"bonus"}, {"leakag"}]
    assert {part.negated for part in question.matters} == {negated}
    assert question.negated == negated


def test_what_a_letter_has_side_by_side_is_one_matter() -> None:
    letters = [made("The pay and rations of the crew are kept in a book.")]
    assert understood("Which letters mention pay and rations?", letters=letters).matters == ()
    assert len(understood("Which letters mention pay and books?", letters=letters).matters) == 2


def test_several_matters_are_asked_of_the_letters_that_are_left() -> None:
    letters = [made("Pay and ale.", area="Eastholm"), made("Pay and tea.", area="Northmere")]
    question = understood("Which letters not from Eastholm mention both pay and tea?", letters=letters)
    assert len(question.matters) == 2
    assert [letter.card.value("area") for letter in letters_in(letters, question.scope)] == ["Northmere"]


@pytest.mark.parametrize(
    "asked",
    [
        "Which letters mention leakage but not the ones from Brackwater?",
        "Which letters do not mention leakage?",
        "Which letters mention calls left without an answer?",
    ],
)
def test_what_is_left_out_of_scope_is_nothing_that_letters_must_not_say(asked: str) -> None:
    assert understood(asked).matters == ()


@pytest.mark.parametrize(
    ("asked", "without"),
    [
        (
            "Which letters were not written by Fionnuala Desai?",
            {"water_regulator_2019", "water_regulator_2021"},
        ),
        ("Which letters weren't sent to Ms Verity Lonsdale?", {"school_trust"}),
        (
            "Which letters are not dated 2019?",
            {"council_ombudsman", "university_regulator", "water_regulator_2019"},
        ),
        ("Which letters are not from Brackwater?", {"water_regulator_2019", "water_regulator_2021"}),
    ],
)
def test_letters_asked_for_by_what_their_cards_do_not_say_are_the_others(
    asked: str, without: set[str]
) -> None:
    question = understood(asked)
    inside = {letter.source.removesuffix(".txt") for letter in letters_in(of_other_kinds(), question.scope)}
    assert question.kind == "about_letters"
    assert not inside & without
    assert len(inside) == len(of_other_kinds()) - len(without)


@pytest.mark.parametrize(
    "asked", ["Which letters don't mention a bonus?", "Which authors haven't mentioned a bonus?"]
)
def test_what_is_shortened_to_deny_is_no_word_to_look_for(asked: str) -> None:
    question = understood(asked)
    assert question.kind == "list"
    assert question.negated
    assert question.terms.weights.keys() == {"bonus"}


# Areas that no letter is from


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("What does West Tarnshire say about staff?", "West Tarnshire"),
        ("what does west tarnshire say about staff", "west tarnshire"),
        ("How many calls did North Tarnshire receive?", "North Tarnshire"),
        ("How are staff trained in Greater Tarnshire?", "Greater Tarnshire"),
    ],
)
def test_an_area_that_letters_name_only_in_a_longer_name_or_not_is_said_to_be_in_none(
    asked: str, place: str
) -> None:
    letters = [
        made("Staff trained with the West Tarnshire Mountain Rescue Unit.", area="West Merrow"),
        made("North Tarn and Greater Leeside train staff.", area="Eastmere", source="other.txt"),
    ]
    assert understood(asked, letters=letters).unmet == f"no letter is from {place}, or speaks of it"


@pytest.mark.parametrize(
    "asked",
    [
        "What does West Merrow say about staff?",
        "How many staff are there in South Tarnshire?",
        "What is the West Tarnshire Mountain Rescue Unit?",
        "What is said about West Tarnshire?",
        "Which letters mention West Tarnshire?",
        "What is west of the quay?",
    ],
)
def test_an_area_of_a_letter_or_in_one_s_words_is_no_stranger(asked: str) -> None:
    letters = [
        made("Staff trained with the West Tarnshire Mountain Rescue Unit.", area="West Merrow"),
        made("Nine staff came from South Tarnshire.", area="Eastmere", source="other.txt"),
    ]
    assert not understood(asked, letters=letters).unmet


@pytest.mark.parametrize(
    "asked",
    [
        "Compare training in all four organisations",
        "Compare what the 6 authors say about training",
        "How do the twelve other writers differ on training?",
        "Compare all eight executives on training",
    ],
)
def test_how_many_writers_are_compared_is_no_word_to_look_for(asked: str) -> None:
    question = understood(asked)
    assert question.kind == "compare"
    assert list(question.terms.weights) == ["train"]


def test_a_number_of_what_is_compared_is_still_looked_for() -> None:
    terms = understood("Compare what the letters say about four wards").terms
    assert "four" in terms.weights


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Compare Brackwater, Ferrowdale and Thornmere on delays.", "No letter here is from Thornmere."),
        ("Compare Thornmere and Brackwater on delays.", "No letter here is from Thornmere."),
        (
            "What do Thornmere, Brackwater and Wexholt Magna say about delays?",
            "No letter here is from Thornmere or Wexholt Magna.",
        ),
        ("Compare Brackwater and Ferrowdale on delays.", ""),
        ("What does Brackwater say about Ofwat and Thornmere?", ""),
    ],
)
def test_a_side_that_is_named_and_has_no_letter_is_said_to_have_none(asked: str, said: str) -> None:
    question = understood(asked)
    assert question.note == said
    if question.sides:  # what the others are asked is not asked by the name of one that there is not
        assert list(question.terms.weights) == ["delay"]


def test_a_body_to_which_letters_go_is_no_writer_of_them() -> None:
    text = (
        "Ms Ann Fox\nChair\nMoorland Anglers Association\nThorne TH1 2AB\n\n4 May 2031\n\nDear Ms Fox\n\n"
        "We keep three boats.\n\nYours sincerely\n\nJo Quill\nDirector\nPort Elsinore\n"
    )
    letters = [make_letter(text.encode(), "a.txt"), made("We keep none.", source="b.txt")]
    question = understood("How many boats does the Moorland Anglers Association keep?", letters=letters)
    assert question.unknown == "Moorland Anglers Association"
    assert not understood("How many boats does Port Elsinore keep?", letters=letters).unknown


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ("Which organisation is quickest at repairs?", "quickest"),
        ("Which organisation has the fewest complaints?", "fewest"),
        ("Which organisation answers complaints fastest?", "fastest"),
        ("Which organisation has the most inspectors?", "most"),
        ("Which organisation has an interest in repairs?", ""),
        ("Which letters mention the best repairs?", ""),
    ],
)
def test_who_outdoes_the_others_is_a_comparison_of_all(asked: str, most: str) -> None:
    question = understood(asked)
    assert question.outdoing == most
    assert (question.kind == "compare") == bool(most)
    if most:
        assert most not in question.terms.weights
        assert len(question.sides) == len(of_other_kinds())


def test_two_letters_of_an_author_without_a_body_stand_under_their_dates() -> None:
    letters = [
        made("We have mended the roof.", date=date, area="", office="", source=f"{at}.txt")
        for at, date in enumerate(("3 May 2021", "4 June 2022"))
    ]
    sides = understood("Compare the letters on the roof.", letters=letters).sides
    assert [heading for heading, _ in sides] == ["Ann Example, 3 May 2021", "Ann Example, 4 June 2022"]


def test_letters_on_a_matter_are_summed_up_by_what_each_says_of_it() -> None:
    found = understood("Summarise the letters about leakage")
    assert found.kind == "compare"
    assert len(found.sides) == len(of_other_kinds())
    assert not found.named_sides
    assert understood("Summarise the letters").kind == "fact"


@pytest.mark.parametrize(
    ("asked", "negated"),
    [
        ("Which letters do not mention the ferry?", True),
        ("Which letters from 2019 don't mention the ferry?", True),
        ("Which letters say nothing about the ferry?", True),
        ("Who doesn't mention the ferry?", True),
        ("Which letters say that the ferry was not painted?", False),
        ("Which letters mention crossing without a ferry?", False),
        ("Which letters agree that the ferry has never sailed?", False),
    ],
)
def test_letters_that_say_that_it_is_not_so_are_no_letters_that_do_not_say_it(
    asked: str, negated: bool
) -> None:
    assert understood(asked).negated == negated


def test_the_words_by_which_a_letter_keeps_silent_are_not_looked_for() -> None:
    assert understood("Which letters say nothing about the ferry?").terms.weights.keys() == {"ferri"}


def test_a_kind_of_body_is_one_that_cards_name_too() -> None:
    letters = [
        made("The moths are gone.", area="Orrin Toy Museum", source="a.txt"),
        made("The moths are back.", area="Thorne Clock Museum", author="Bea Sample", source="b.txt"),
        made("We have no moths.", area="Thorne Council", author="Cy Sample", source="c.txt"),
    ]
    found = understood("Which museums mention moths?", letters=letters)
    assert (found.kind, found.asked_for) == ("list", "museums")
    assert set(found.scope.letter_ids) == {letter.id for letter in letters[:2]}
    assert understood("Which clocks mention moths?", letters=letters[2:]).kind == "fact"


def test_names_that_are_spoken_of_side_by_side_set_no_scope() -> None:
    letters = [
        made("We met Thorne.", area="Orrin Council", source="a.txt"),
        made("We met Orrin.", area="Thorne Council", author="Bea Sample", source="b.txt"),
    ]
    for asked in ("Which letters mention both Orrin and Thorne?", "Which letters mention Thorne or Orrin?"):
        found = understood(asked, letters=letters)
        assert (found.kind, bool(found.scope)) == ("list", False)
