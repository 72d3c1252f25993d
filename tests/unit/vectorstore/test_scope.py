"""Which letters a scope holds."""

import pytest

from tests.corpora import named, shipped
from vectorstore.letter import LetterCard, Scope
from vectorstore.scope import in_scope, letters_in


def found(scope: Scope) -> list[str]:
    return [letter.source[:3] for letter in letters_in(shipped(), scope)]


@pytest.mark.parametrize(
    ("scope", "sources"),
    [
        (Scope(), ["000", "001", "002", "003", "004"]),
        (Scope(area=("West Mercia",)), ["000", "004"]),
        (Scope(area=("west mercia", "Dorset")), ["000", "002", "004"]),
        (Scope(author=("Campion",)), ["000", "004"]),
        (Scope(author=("Campion",), date_from="2020-01-01"), ["000"]),
        (Scope(addressee=("Rudd",)), ["004"]),
        (Scope(addressee=("Patel",)), ["000", "002", "003"]),
        (Scope(report=("leadership",)), ["004"]),
        (Scope(reference=("JC/jpi",)), ["000", "004"]),
        (Scope(date_from="2020-09-02", date_to="2020-09-03"), ["001", "003"]),
        (Scope(date_to="2020-09"), ["001", "002", "003", "004"]),
        (Scope(date_from="2020"), ["000", "001", "002", "003"]),
        (Scope(date_to="2018"), ["004"]),
        (Scope(excluded=("West Mercia",)), ["001", "002", "003"]),
        (Scope(excluded=("Deputy Mayor",)), ["000", "001", "002", "004"]),
        (Scope(area=("West",)), ["000", "001", "004"]),
        (Scope(area=("Kent",)), []),
        (Scope(area=("",)), []),
    ],
)
def test_fields_narrow_and_values_are_alternatives(scope: Scope, sources: list[str]) -> None:
    assert found(scope) == sources


def test_letters_are_named_outright_by_id() -> None:
    letter = named("002")
    assert letters_in(shipped(), Scope(letter_ids=(letter.id,))) == [letter]


def test_a_letter_without_the_field_asked_for_is_out() -> None:
    empty = LetterCard()
    assert in_scope(empty, Scope())
    assert not in_scope(empty, Scope(area=("Kent",)))
    assert not in_scope(empty, Scope(date_from="1900-01-01"))
    assert not in_scope(empty, Scope(date_to="2100-01-01"))
    assert in_scope(empty, Scope(excluded=("Kent",)))


def test_an_open_scope_is_false() -> None:
    assert not Scope()
    assert Scope(area=("Kent",))
