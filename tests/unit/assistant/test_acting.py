"""What is done to a report, and what is done to others in a sentence that speaks of one."""

import pytest

from assistant.acting import acts_on_paper
from vectorstore.words import stem

SUPPORT = frozenset({stem("support")})


@pytest.mark.parametrize(
    "sentence",
    [
        "The council supports the report.",
        "We welcome the review and support its conclusions in full.",
        "The report is fully supported by the trustees.",
        "Trustees support all eight recommendations.",
        "I support, as I told you in May, the findings of your inspectors.",
        "The inspection was thorough; we support the report.",
    ],
)
def test_a_report_is_supported(sentence: str) -> None:
    assert acts_on_paper(sentence, SUPPORT)


@pytest.mark.parametrize(
    "sentence",
    [
        "The report says that each ward should make sure its nurses are trained, supervised and supported.",
        "Our plan, supported by new pumps, answers the report.",
        "The report is clear that carers were supported well.",
        "We support people who wish to report leaks.",
        "The review of support for tenants is under way.",
        "The report asks for more. We support tenants.",
    ],
)
def test_something_else_is_supported_beside_a_report(sentence: str) -> None:
    assert not acts_on_paper(sentence, SUPPORT)


def test_of_a_sentence_that_says_it_by_another_word_nothing_is_told() -> None:
    assert acts_on_paper("We endorse the report.", SUPPORT)
