"""Which words of a query are looked up."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from vectorstore.lexical import MAX_TERMS, search_words
from vectorstore.store import Store


class Asked:
    """A store that keeps what it is asked."""

    def __init__(self, **held: int) -> None:
        self.queries: list[tuple[str, int, Any]] = []
        self._held = held

    def passages_with(self, terms: Sequence[str]) -> dict[str, int]:
        return {term: self._held[term] for term in terms if term in self._held}

    def match_words(
        self, query: str, *, limit: int, letter_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        self.queries.append((query, limit, letter_ids))
        return [("found", 1.0)]


def terms_of(query: str, **held: int) -> list[str]:
    store = Asked(**held)
    assert search_words(cast(Store, store), query, limit=7, letter_ids=["x"]) == [("found", 1.0)]
    ((asked, limit, letter_ids),) = store.queries
    assert (limit, letter_ids) == (7, ["x"])
    return asked.split(" OR ")


def test_words_are_looked_up_by_stem_once_each() -> None:
    assert terms_of("Calls, calling caller vulnerability") == ['"call"', '"caller"', '"vulner"']


def test_words_that_english_uses_everywhere_are_left_out() -> None:
    assert terms_of("what is the STRIVE model") == ['"model"', '"strive"']


def test_a_query_of_such_words_alone_is_still_looked_up() -> None:
    assert terms_of("to be") == ['"be"', '"to"']


def test_of_an_endless_query_the_rarest_words_are_looked_up() -> None:
    query = " ".join(f"word{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}x" for n in range(100))
    terms = terms_of(f"people {query} police")
    assert len(terms) == MAX_TERMS
    assert not {'"peopl"', '"polic"'} & set(terms)


def test_marks_of_the_query_language_are_no_words() -> None:
    assert terms_of('999" NEAR(calls) AND* -vulnerable:') == ['"999"', '"call"', '"near"', '"vulner"']


@pytest.mark.parametrize(
    ("asked", "held", "terms"),
    [
        ("the livechat desk", {"live": 3, "chat": 2, "desk": 1}, ['"desk"', '"live chat"', '"livechat"']),
        ("the livechat desk", {"live": 3, "desk": 1}, ['"desk"', '"livechat"']),
        ("live chat", {"livechat": 2}, ['"chat"', '"live"', '"livechat"']),
        ("live chat", {}, ['"chat"', '"live"']),
        ("THRIVE", {"strive": 4, "rive": 1}, ['"thrive"']),
    ],
)
def test_words_written_together_or_apart_are_looked_up_where_passages_have_them_so(
    asked: str, held: dict[str, int], terms: list[str]
) -> None:
    assert terms_of(asked, **held) == terms


def test_a_query_without_words_asks_nothing() -> None:
    store = Asked()
    assert search_words(cast(Store, store), " ?! ", limit=5) == []
    assert store.queries == []


class Large(Asked):
    """A store of many passages, which knows how many hold a word."""

    most_passages = 1_000_000


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        ({"polic": 600_000, "thrive": 400, "model": 25_000}, '"thrive" OR "model"'),
        ({"polic": 600_000, "thrive": 400, "model": 300_000}, '"thrive"'),
        ({"polic": 600_000, "thrive": 90_000, "model": 300_000}, '"thrive" AND "model"'),
        ({"polic": 600_000}, '"polic"'),
        ({"polic": 600_000, "model": 300_000}, '"model" AND "polic"'),
        ({}, '"model" OR "polic" OR "thrive"'),
    ],
)
def test_in_a_large_store_words_that_most_passages_hold_are_left_out(
    held: dict[str, int], asked: str
) -> None:
    store = Large(**held)
    search_words(cast(Store, store), "police THRIVE model", limit=5)
    assert [query for query, *_ in store.queries] == [asked]


def test_in_a_large_store_all_words_are_looked_up_in_few_letters() -> None:
    store = Large(polic=600_000, thrive=400, model=300_000)
    search_words(cast(Store, store), "police THRIVE model", limit=5, letter_ids=["x"])
    assert [query for query, *_ in store.queries] == ['"model" OR "polic" OR "thrive"']
