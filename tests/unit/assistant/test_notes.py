"""What is said beside an answer: dates that no letter bears, dates that say too little, letters twice."""

from assistant.notes import notes_on, twice
from tests.corpora import made
from tests.turns import understood
from vectorstore.letter import Scope
from vectorstore.scope import letters_in

PARAGRAPHS = [
    "The Board met in May and agreed the plan.",
    "The wards were painted.",
    "We paid Ms Roe £40.",
    "Staff will be trained in the autumn.",
    "The lift was mended in June.",
]


def test_a_date_that_no_letter_bears_is_told() -> None:
    letters = (made("We agreed the plan in 2014."), made("We reply.", area="Southmere", source="b.txt"))
    assert understood("What did Northmere say in 1999?", letters=letters).unmet == (
        "no letter in scope was written in 1999, and none names that year"
    )
    found = understood("What did Northmere say in 2014?", letters=letters)
    assert (found.unmet, found.note) == ("", "No letter in scope was written in 2014.")
    found = understood("Which letters were written before 2014?", letters=letters)
    assert found.unmet == "no letter in scope was written before 2014"
    assert understood("What did Northmere say in 2021?", letters=letters).unmet == ""


def test_a_date_of_what_the_letters_tell_is_no_date_of_letters() -> None:
    letters = (made("The yard was paved in June 2014.", "We met on 18 December 2020."),)
    for asked in ("Who paved the yard in June 2014?", "Where did they meet on 18 December 2020?"):
        assert understood(asked, letters=letters).note == ""
    assert understood("What did Northmere say in June 2014?", letters=letters).note == (
        "No letter in scope was written in June 2014."
    )
    found = understood("Who was the letter of 18 December 2020 from?", letters=letters)
    assert found.unmet == "no letter in scope was written on 18 December 2020"


def test_a_letter_dated_by_its_month_is_looked_at_and_that_is_said() -> None:
    letters = [made("We reply.", date="March 2021"), made("We reply.", date="3 March 2021", source="b.txt")]
    scope = Scope(date_from="2021-03-03", date_to="2021-03-03")
    inside = letters_in(letters, scope)
    assert len(inside) == 2
    assert list(notes_on(scope, inside, letters)) == [
        "The letter by Ann Example is dated only March 2021, and was looked at too."
    ]
    assert list(notes_on(Scope(date_from="2021-03"), inside, letters)) == []


def test_a_letter_without_a_date_that_is_left_out_is_told() -> None:
    undated = made("We reply.", date="", source="undated.txt")
    letters = [undated, made("We reply.")]
    scope = Scope(date_from="2021")
    assert list(notes_on(scope, letters_in(letters, scope), letters)) == [
        "1 without a date left out (undated.txt)."
    ]
    assert list(notes_on(Scope(), letters, letters)) == []


def test_one_letter_twice_with_other_dates_is_told_as_a_conflict() -> None:
    one = made(*PARAGRAPHS, source="one.txt")
    other = made(
        *PARAGRAPHS[:2], "We paid Ms Roe £60.", *PARAGRAPHS[3:], date="13 May 2021", source="other.txt"
    )
    (said,) = twice([one, other])
    assert said.startswith(
        "one.txt and other.txt are nearly the same letter and conflict in: date 3 May 2021 and 13 May"
    )
    assert "words of 2 paragraphs" in said


def test_two_letters_of_one_author_that_say_different_things_are_no_conflict() -> None:
    assert (
        list(twice([made(*PARAGRAPHS[:3]), made(*PARAGRAPHS[3:], date="4 June 2022", source="b.txt")])) == []
    )
