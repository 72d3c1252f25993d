"""Which words of a query are looked up."""

from collections.abc import Sequence
from typing import Any, cast

from vectorstore.lexical import MAX_TERMS, search_words
from vectorstore.store import Store


class Asked:
    """A store that keeps what it is asked."""

    def __init__(self) -> None:
        self.queries: list[tuple[str, int, Any]] = []

    def match_words(
        self, query: str, *, limit: int, letter_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        self.queries.append((query, limit, letter_ids))
        return [("found", 1.0)]


def terms_of(query: str) -> list[str]:
    store = Asked()
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


def test_a_query_without_words_asks_nothing() -> None:
    store = Asked()
    assert search_words(cast(Store, store), " ?! ", limit=5) == []
    assert store.queries == []
