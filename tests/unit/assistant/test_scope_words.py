"""A scope in words, and without one of its parts."""

from assistant.scope_words import in_words, parts
from vectorstore.letter import Scope

FULL = Scope(
    area=("Northshire", "Southtown"),
    author=("Ann Example",),
    addressee=("the Minister",),
    report=("A report",),
    reference=("AB/1",),
    date_from="2018-01-01",
    date_to="2020-12-31",
    letter_ids=("0" * 16,),
    excluded=("Westland",),
)


def test_every_side_of_a_scope_is_named() -> None:
    assert in_words(FULL) == (
        "area Northshire or Southtown; author Ann Example; addressee the Minister; report A report; "
        "reference AB/1; dated 1 January 2018 to 31 December 2020; 1 chosen letter; without Westland"
    )
    assert in_words(Scope(date_from="2018-01-01")) == "dated 1 January 2018 or later"
    assert in_words(Scope(date_to="2018-01-01")) == "dated 1 January 2018 or earlier"
    assert in_words(Scope(date_from="2018", date_to="2018")) == "dated 2018"
    assert in_words(Scope()) == ""


def test_without_one_part_after_the_other_nothing_narrows_any_more() -> None:
    scope = FULL
    for left in range(len(parts(FULL)), 0, -1):
        assert len(parts(scope)) == left
        scope = parts(scope)[0].without
    assert scope == Scope()
