"""Search by words: BM25 over the stems in the store's FTS5 table."""

from collections.abc import Sequence

from vectorstore.store import Store
from vectorstore.words import rarity, stem, tokens

MAX_TERMS = 64


def search_words(
    store: Store, query: str, *, limit: int, letter_ids: Sequence[str] | None = None
) -> list[tuple[str, float]]:
    """Return (passage id, BM25) of passages that share a word with the query, best first.

    Words that English uses everywhere are left out while rarer ones remain, and only the rarest MAX_TERMS of a
    long query are looked up.
    """
    found = list(dict.fromkeys(tokens(query)))
    telling = [token for token in found if rarity(token) > 1.0] or found
    terms = sorted({stem(token) for token in sorted(telling, key=rarity, reverse=True)[:MAX_TERMS]})
    if not terms:
        return []
    return store.match_words(" OR ".join(f'"{term}"' for term in terms), limit=limit, letter_ids=letter_ids)
