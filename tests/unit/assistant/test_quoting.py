"""The quoting engine: answers made of the letters' own sentences."""

import pytest

from assistant.answer import Evidence
from assistant.cite import Numbering, verify
from assistant.quoting import MOST, QuotingEngine, choose, claim
from assistant.rank import Ranker
from tests.corpora import made, named, of_other_kinds
from tests.sentences_ranked import passages, ranked, texts
from tests.turns import understood
from tests.waiting import awaited
from vectorstore.letter import Letter


def evidence(asked: str, *letters: Letter) -> Evidence:
    return Evidence(understood(asked), tuple(passages(*letters)), {letter.id: letter for letter in letters})


@pytest.fixture
def engine() -> QuotingEngine:
    return QuotingEngine(Ranker(None))


@pytest.mark.parametrize(
    ("asked", "source", "words"),
    [
        ("How many midwives has Saltmere recruited?", "nhs", "we have recruited 23 midwives"),
        (
            "How long does a visible leak take to repair at Brackwater?",
            "water_regulator_2021",
            "8 days on average",
        ),
        ("How much did Ferrowdale pay Mrs D?", "council", "£750"),
        ("When will the storage tank at Marl Sands be finished?", "water_regulator_2021", "spring 2023"),
    ],
)
def test_the_sentence_that_answers_is_among_those_claimed(
    engine: QuotingEngine, asked: str, source: str, words: str
) -> None:
    draft = engine.draft(evidence(asked, named(source)))
    assert words in " ".join(statement.text for statement in draft.statements)
    assert draft.engine == "quoting"
    assert draft.prompt_id is None


def test_every_claim_is_a_sentence_of_its_letter_and_holds(engine: QuotingEngine) -> None:
    letters = {letter.id: letter for letter in of_other_kinds()}
    for asked in (
        "What is said about staff?",
        "What is said about reports?",
        "What is said about quotations?",
    ):
        draft = engine.draft(evidence(asked, *of_other_kinds()))
        assert draft.statements
        statements, citations = verify(draft, letters, Numbering())
        assert all(s.supported and s.citations for s in statements)
        assert all(letters[c.letter_id].text[c.start : c.end] == c.exact for c in citations)


def test_no_more_sentences_are_chosen_than_fit_an_answer() -> None:
    terms, candidates = ranked("What is said about staff?", *of_other_kinds())
    chosen = choose(candidates, terms)
    assert 0 < len(chosen) <= MOST
    assert chosen[0] == candidates[0]


def test_a_sentence_that_two_letters_share_is_chosen_once() -> None:
    one = made("We reply.", "The lighthouse keeper retired in May.", source="one.txt", area="Southmere")
    other = made("We reply.", "The lighthouse keeper retired in May.", source="other.txt", area="Northmere")
    terms, candidates = ranked("When did the lighthouse keeper retire?", one, other)
    assert texts(choose(candidates, terms)).count("The lighthouse keeper retired in May.") == 1


PUMPS = "What is said about flood pumps?"


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        # All that is asked for stands in the first, and in the other but half of it.
        (
            ("The flood pumps were tested in May.", "The hand pumps of the allotments were painted."),
            ["The flood pumps were tested in May."],
        ),
        (
            ("The flood pumps were tested in May.", "Two of the flood pumps failed in the storm of June."),
            ["The flood pumps were tested in May.", "Two of the flood pumps failed in the storm of June."],
        ),
        # Where no sentence has all of it, each may have a part.
        (
            ("The hand pumps of the allotments were painted.", "The petrol pumps were sold."),
            ["The hand pumps of the allotments were painted.", "The petrol pumps were sold."],
        ),
    ],
)
def test_beside_a_sentence_with_all_that_is_asked_none_stands_that_lacks_part_of_it(
    paragraphs: tuple[str, ...], expected: list[str]
) -> None:
    terms, candidates = ranked(PUMPS, made("We reply.", *paragraphs))
    assert sorted(texts(choose(candidates, terms))) == sorted(expected)


@pytest.mark.parametrize("apart", [True, False])
def test_a_figure_of_another_letter_stands_beside_the_one_that_has_all_that_is_asked(apart: bool) -> None:
    first, later = "We employ four gardeners, one fewer than before.", "We are back to five gardeners."
    roof = "The roof was mended by friends of the house."
    letters = (
        [made(first, roof), made(later, source="later.txt", date="6 November 2030")]
        if apart
        else [made(first, roof, later)]
    )
    terms, candidates = ranked("How many gardeners do they employ?", *letters)
    assert texts(choose(candidates, terms)) == ([first, later] if apart else [first])


def test_a_figure_asked_for_is_in_every_sentence_chosen() -> None:
    terms, candidates = ranked("How many midwives were recruited?", named("nhs"))
    assert all(any(c.isdigit() for c in text) for text in texts(choose(candidates, terms)))


def test_page_furniture_and_addresses_are_not_quoted() -> None:
    _, candidates = ranked(
        "Where is the registered office of Brackwater at Sluice House?", named("water_regulator_2021")
    )
    assert not [text for text in texts(candidates) if "Registered office" in text]


def test_of_more_letters_than_fit_the_first_in_order_are_summed_up_by_a_sentence_each(
    engine: QuotingEngine,
) -> None:
    said = "This is what the council of the town has to say on its {} for the coming year."
    many = [made(said.format(n), source=f"{n:02}.txt", area=f"Area{n}") for n in range(14)]
    for some in (many[:3], many):
        chosen = engine.draft(evidence("Summarise all letters", *some)).statements
        assert [claimed.quotes[0][0] for claimed in chosen] == [letter.id for letter in some][:12]


def test_of_nothing_nothing_is_claimed(engine: QuotingEngine) -> None:
    assert engine.draft(evidence("What is said about staff?")).statements == ()


def test_a_bullet_is_shown_without_its_mark_and_quoted_with_it() -> None:
    _, candidates = ranked("Where will acoustic loggers be fitted?", named("water_regulator_2019"))
    claimed = claim(candidates[0], named("water_regulator_2019"))
    assert claimed.text.startswith("acoustic loggers will be fitted")
    assert claimed.quotes[0][1].startswith("•")


def test_bold_marks_and_line_breaks_are_not_shown() -> None:
    letter = made("We reply to you.", "The **lighthouse**\nkeeper retired in May, and nobody followed him.")
    _, candidates = ranked("lighthouse keeper", letter)
    assert (
        claim(candidates[0], letter).text == "The lighthouse keeper retired in May, and nobody followed him."
    )


def test_it_is_a_langchain_step(engine: QuotingEngine) -> None:
    asked = evidence("How many midwives has Saltmere recruited?", named("nhs"))
    expected = engine.draft(asked)
    assert engine.runnable.invoke(asked) == expected
    assert engine.runnable.batch([asked, asked]) == [expected, expected]
    assert list(engine.runnable.stream(asked)) == [expected]
    assert awaited(engine.runnable.ainvoke(asked)) == expected


def test_why_somebody_refused_is_not_answered_by_what_was_recommended_to_them() -> None:
    letter = made(
        "I write about the audit of our stores.",
        "1. The stores must be counted twice a year by two people.",
        "We accept this recommendation, and the stores are counted each month.",
    )
    asked = "Why did Northmere refuse to have its stores counted twice a year by two people?"
    terms, candidates = ranked(asked, letter)
    assert candidates[0].text.startswith(("1.", "The stores must"))
    assert choose(candidates, terms)[0].text.startswith("We accept this recommendation")
    assert all("must be counted" not in c.text for c in choose(candidates, terms))
    plain, found = ranked("Must the stores be counted twice a year by two people?", letter)
    assert any("must be counted" in c.text for c in choose(found, plain))


def test_where_somebody_stands_goes_before_what_else_shares_the_words() -> None:
    letter = made(
        "The findings of the audit were read to the findings committee of the audit in May.",
        "I welcome the conclusions, all of which I mean to act on.",
    )
    terms, candidates = ranked("Why did Northmere reject the findings of the audit?", letter)
    assert [c.text for c in choose(candidates, terms)] == [
        "I welcome the conclusions, all of which I mean to act on."
    ]


@pytest.mark.parametrize(
    ("paragraph", "reply"),
    [
        (
            "You recommended ringing every moorhen. We have thought about it, and shall not do it. Herons nest in May.",
            "We have thought about it, and shall not do it.",
        ),
        (
            "4. In my letter of March I told you of no moorhen ringed. I have changed my mind. Herons nest in May.",
            "I have changed my mind.",
        ),
        (
            "The warden asks for every moorhen to be ringed. That cannot be done with two rangers. Herons nest in May.",
            "That cannot be done with two rangers.",
        ),
    ],
)
def test_what_the_author_replies_stands_beside_what_was_asked_of_him(
    paragraph: str, reply: str, engine: QuotingEngine
) -> None:
    said = [
        s.text for s in engine.draft(evidence("Will every moorhen be ringed?", made(paragraph))).statements
    ]
    assert "moorhen" in said[0]
    assert said[1] == reply


def test_what_follows_the_authors_own_proposal_is_no_reply(engine: QuotingEngine) -> None:
    letter = made("We propose that every moorhen be ringed by May. It was a wet spring for us all.")
    said = [s.text for s in engine.draft(evidence("Will every moorhen be ringed?", letter)).statements]
    assert said == ["We propose that every moorhen be ringed by May."]


def test_what_is_asked_of_callers_is_no_wish_of_somebody_else(engine: QuotingEngine) -> None:
    letter = made(
        "A list of questions is asked by the warden about each moorhen. It was a wet spring for us all."
    )
    said = [s.text for s in engine.draft(evidence("What is asked about each moorhen?", letter)).statements]
    assert said == ["A list of questions is asked by the warden about each moorhen."]
