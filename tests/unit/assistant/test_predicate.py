"""Which ordinary word a question asks with."""

import pytest

from assistant.predicate import asked_with


@pytest.mark.parametrize(
    ("asked", "spans", "named", "word"),
    [
        ("Does Quillbrook offer evening readings?", {1: 2}, {1}, "offer"),
        ("What will the Head Librarian's office plan for the winter?", {3: 5}, {3, 4}, "plan"),
        ("What does LEAF stand for?", {}, {2}, "stand"),
        ("When will the catalogue be ready?", {}, set(), "ready"),
        ("And what happened to the mobile library?", {}, set(), "happened"),
    ],
)
def test_the_word_is_told_by_its_place(asked: str, spans: dict[int, int], named: set[int], word: str) -> None:
    assert asked_with(asked, spans, named) == {word}


@pytest.mark.parametrize(
    ("asked", "spans", "named"),
    [
        ("Does Quillbrook's reading room close?", {1: 2}, {1}),  # what is Quillbrook's
        ("Does Quillbrook digitise newspapers?", {1: 2}, {1}),  # too rare
        ("When will the catalogue be closed?", {}, set()),  # a participle
        ("Will the catalogue be ready?", {}, set()),  # nothing else is asked
        ("Does the helpline charge callers?", {}, set()),  # nobody named
        ("What rules apply?", {}, set()),
        ("Do Quillbrook librarians work at night?", {1: 2}, {1}),  # a plural is no verb
    ],
)
def test_other_words_are_none(asked: str, spans: dict[int, int], named: set[int]) -> None:
    assert not asked_with(asked, spans, named)
