"""What a question looks for: telling words, names, and the kind of thing that would answer it."""

import pytest

from assistant.lexicon import find_mentions, find_names
from assistant.terms import FAMILY, SYNONYM, as_question, find_terms
from tests.corpora import of_other_kinds
from vectorstore.words import stem


@pytest.mark.parametrize(
    ("asked", "telling"),
    [
        ("What do the letters say about leakage?", {"leakag"}),
        ("Does anyone mention domestic abuse?", {"domest", "abus"}),
        ("Please tell me which replies discuss bonuses", {"bonus"}),
        ("how many midwives", {"midwiv"}),
        (
            "Which schools say in so many words that they welcome inspections?",
            {"school", "welcom", "inspect"},
        ),
        ("Which letters touch on pensions?", {"pension"}),
        ("Do those who teach have pensions themselves?", {"teach", "pension"}),
        ("Which of them expressly mention leakage within hours?", {"leakag", "hour"}),
        ("Leakage in 2018–19", {"leakag", "2018"}),
        ("What is it?", set()),
        ("", set()),
    ],
)
def test_words_that_only_frame_a_question_do_not_tell(asked: str, telling: set[str]) -> None:
    assert set(find_terms(asked).weights) == telling


def test_a_rarer_word_tells_more() -> None:
    weights = find_terms("acoustic loggers in the valley").weights
    assert weights["logger"] > weights["valley"] > 0


def test_names_that_say_which_letters_are_meant_are_left_out() -> None:
    asked = "What does Brackwater say about leakage?"
    mentions = find_mentions(asked, find_names(of_other_kinds()))
    assert set(find_terms(asked, mentions).weights) == {"leakag"}
    assert set(find_terms(asked).weights) == {"brackwat", "leakag"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Is the THRIVE model used?", {"thrive"}),
        ("Did Penhallow sign it?", {"penhallow"}),
        ("What happened at Cotterell Bridge?", {"cotterel", "bridg"}),
        ("How many 999 calls?", {"999"}),
        ("Leakage in the valley", set()),
        ("What happened in 2019?", set()),
        ("What happened in 2019/20?", set()),
        ("What happened in 2018–19?", set()),
        ("is there an iOPS system", {"iop"}),
    ],
)
def test_what_is_written_as_a_name_must_be_found_as_it_is(asked: str, named: set[str]) -> None:
    assert find_terms(asked).named == named


def test_a_word_brings_others_for_it_and_a_name_does_not() -> None:
    terms = find_terms("Did the trust apologise for closing the Recovery ward?")
    assert ("close", "closur") in {(way.of, way.stem) for way in terms.ways}
    assert "recov" not in {way.of for way in terms.ways} | {way.stem for way in terms.ways}
    assert terms.held_by({"closur"}) == {"close": FAMILY}


def test_a_synonym_counts_where_it_means_the_same_and_less_than_the_family() -> None:
    terms = find_terms("Did the school own up to mistakes?")
    assert terms.held_by({"fault"}) == {}
    assert terms.held_by({"fault"}, {"mistak"}) == {"mistak": SYNONYM}
    assert SYNONYM < FAMILY < 1
    assert terms.held_by({"mistak", "fault"}, {"mistak"}) == {"mistak": 1.0}


def test_what_a_matter_is_part_of_counts_half_as_much_at_most() -> None:
    weights = find_terms("leakage as part of maintaining the underground network of pipes").weights
    assert sum(weights.values()) == pytest.approx(1.5 * weights["leakag"])
    assert find_terms("As part of maintaining pipes, what of leakage?").weights["leakag"] == weights["leakag"]


def test_neighbours_are_pairs_and_words_apart_are_not() -> None:
    assert find_terms("domestic abuse and stalking").pairs == (("domest", "abus"),)


@pytest.mark.parametrize(
    ("asked", "answer", "strict"),
    [
        ("How many midwives were recruited?", "figure", True),
        ("How much did it cost?", "figure", True),
        ("What is the vacancy rate?", "figure", True),
        ("How long does a repair take?", "figure", False),
        ("When will the tank be finished?", "date", True),
        ("In what year was the laptop stolen?", "date", True),
        ("How old is the chair?", "figure", True),
        ("What does the hall charge for a room?", "figure", True),
        ("What did the new roof cost?", "figure", True),
        ("What will the levy pay for?", "any", False),
        ("In which county does it lie?", "place", True),
        ("Who chairs the committee?", "name", True),
        ("Which company checks the figures?", "name", True),
        ("What happened?", "any", False),
        ("What did people who called say?", "any", False),
        ("Is it known when?", "any", False),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(asked: str, answer: str, strict: bool) -> None:
    terms = find_terms(asked)
    assert (terms.answer, terms.strict) == (answer, strict)


@pytest.mark.parametrize(
    ("asked", "counted"),
    [
        ("How many midwives were recruited?", "midwiv"),
        ("How many viewers watched The Long Night?", "viewer"),
        ("How many complaints about delays did it get?", "complaint"),
        ("How much did it cost?", ""),
    ],
)
def test_what_is_counted_is_the_noun_after_how_many(asked: str, counted: str) -> None:
    assert find_terms(asked).counted == counted


@pytest.mark.parametrize(
    ("asked", "phrases"),
    [
        ("Does it use predictive policing software?", ["predictive policing software"]),
        ("Is the THRIVE model used?", ["THRIVE model"]),
        ("Which letters use THRIVE?", ["THRIVE"]),
        (
            "What is said of drones, body-worn cameras and Lydden’s bridge?",
            ["drones", "body-worn cameras", "Lydden’s bridge"],
        ),
        ("What is it?", []),
    ],
)
def test_phrases_are_told_as_the_question_writes_them(asked: str, phrases: list[str]) -> None:
    assert [phrase.text for phrase in find_terms(asked).phrases] == phrases


def test_an_acronym_in_the_plural_is_no_name_and_its_singular_stands_for_it() -> None:
    terms = find_terms("What is said about the GPs and the hospital?")
    assert terms.named == frozenset()
    assert terms.held_by({"gp"}).keys() == {stem("gps")}


@pytest.mark.parametrize(
    ("asked", "joined"),
    [
        ("What is said about LEAF and RFID?", (("leaf", "rfid"),)),
        ("Does it use LEAF or RFID at night?", (("leaf", "rfid"),)),
        ("Who leads Lending And Reading Services?", ()),
        ("What did Ann Field and Bob Stone say?", ()),
    ],
)
def test_two_names_in_capitals_are_asked_of_alike(asked: str, joined: tuple[tuple[str, str], ...]) -> None:
    assert find_terms(asked).joined == joined


@pytest.mark.parametrize(
    ("asked", "contact"),
    [
        ("Which trustee publishes the accounts on a website?", False),
        ("Does the abbey sell tickets on its website?", False),
        ("What is the abbey's website?", True),
        ("Which website does the abbey have?", True),
    ],
)
def test_what_is_done_on_a_website_asks_for_no_web_address(asked: str, contact: bool) -> None:
    assert bool(find_terms(asked).contact) is contact


@pytest.mark.parametrize(
    ("asked", "overview"),
    [
        ("Summarise all letters", True),
        ("Summarise Brackwater for a busy minister", True),
        ("Outline the letter about leakage in three sentences.", True),
        ("What are the key points of Saltmere's reply to the inspection?", True),
        ("What is Desai's position, in short?", True),
        ("Summarise them (leakage)?", True),
        ("What are the main points on storm overflows?", False),
        ("Summarise letters about leakage", False),
        ("An overview of the replies that mention leakage", False),
        ("Summarise the letters about the report", True),
        ("Summarise what the letters say about leakage", False),
        ("In short, how many midwives were recruited?", False),
        ("Does Wharram outline a bursary scheme?", False),
    ],
)
def test_letters_are_summed_up_only_where_no_matter_is_asked_for(asked: str, overview: bool) -> None:
    mentions = find_mentions(asked, find_names(of_other_kinds()))
    terms = find_terms(asked, mentions)
    assert terms.overview == overview
    assert not terms.weights.keys() & {stem(word) for word in ("summarise", "outline", "main", "short")}


@pytest.mark.parametrize(
    ("asked", "telling"),
    [
        ("What is the view of the Ramblers on the stile?", {"rambler", "stile"}),
        ("What is their position on the stile", {"stile"}),
        ("What is the farm's attitude to the stile?", {"farm", "stile"}),
        ("Compare them on the stile", {"stile"}),
        ("Whose opinion about the stile do they share?", {"stile", "share"}),
        ("What can be seen from the view point on the hill?", {"seen", "view", "point", "hill"}),
    ],
)
def test_whose_view_is_asked_for_is_no_word_to_look_for(asked: str, telling: set[str]) -> None:
    assert find_terms(asked).weights.keys() == telling


@pytest.mark.parametrize("mark", ["", "?", ".", " ?", "?!", "…"])
def test_a_question_is_searched_alike_whatever_mark_ends_it(mark: str) -> None:
    assert as_question(f"Compare the two on stiles{mark}") == "Compare the two on stiles?"


def test_what_is_counted_is_looked_for_where_nothing_else_is() -> None:
    asked = "How many replies did Brackwater get?"
    mentions = find_mentions(asked, find_names(of_other_kinds()))
    assert find_terms(asked, mentions).weights.keys() == {"repli"}
    assert "repli" not in find_terms("How many replies did Brackwater get about leakage?", mentions).weights
