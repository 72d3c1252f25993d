"""Search by words: BM25 over the stems in the store's FTS5 table."""

from collections.abc import Sequence
from itertools import accumulate, chain, pairwise

from vectorstore.store import Store
from vectorstore.words import halves, rarity, stem, tokens

MAX_TERMS = 64
# BM25 is worked out for each passage that holds a word looked up: about a second for a million of them.
MAX_PASSAGES = 30_000
FEW_LETTERS = 1000
MAX_RESULTS = 4000  # so many are looked at, to be thinned out by scope
MAX_PARTS = 100
RARE = 3.5  # as vectorstore.words.rarity: a word that may be two written as one


def search_words(
    store: Store, query: str, *, limit: int, letter_ids: Sequence[str] | None = None
) -> list[tuple[str, float]]:
    """Return (passage id, BM25) of passages that share a word with the query, best first.

    Words that English uses everywhere are left out while rarer ones remain, and only the rarest MAX_TERMS of a
    long query are looked up; neighbours are looked up as one word too, and a rare word as two. Of a large store's words
    those that most passages hold are left out too, from where the rarer ones have MAX_PASSAGES between them; where even
    the rarest has more, passages with the two rarest are ranked.
    """
    found = list(dict.fromkeys(tokens(query)))
    telling = [token for token in found if rarity(token) > 1.0] or found
    chosen = sorted(telling, key=rarity, reverse=True)[:MAX_TERMS]
    terms = sorted({stem(token) for token in chosen} | _other_writings(store, tokens(query), set(chosen)))
    if not terms:
        return []
    # In few letters few passages are ranked, whatever the words.
    narrow = letter_ids is not None and len(letter_ids) <= FEW_LETTERS
    asked = _either(terms) if narrow or store.most_passages <= MAX_PASSAGES else _looked_up(store, terms)
    if narrow or letter_ids is None:
        return store.match_words(asked, limit=limit, letter_ids=letter_ids)
    return _thinned_out(store, asked, limit, letter_ids)


def _thinned_out(store: Store, asked: str, limit: int, letter_ids: Sequence[str]) -> list[tuple[str, float]]:
    """Return the best passages of many letters: the best of all, thinned out, which costs less than listing theirs."""
    wanted = 2 * limit * store.letter_count() // len(letter_ids) + limit
    if wanted <= MAX_RESULTS:
        found = store.match_words(asked, limit=wanted)
        owners, allowed = store.letters_of([key for key, _ in found]), set(letter_ids)
        kept = [(key, score) for key, score in found if owners.get(key) in allowed]
        if len(kept) >= limit or len(found) < wanted:
            return kept[:limit]
    return store.match_words(asked, limit=limit, letter_ids=letter_ids)


def _other_writings(store: Store, asked: Sequence[str], telling: set[str]) -> set[str]:
    """Return stems, and phrases of two, of words that passages may have together or apart: "live chat", "livechat"."""
    pairs = [(a, b) for a, b in pairwise(asked) if {a, b} <= telling and (a + b).isalpha()][:MAX_TERMS]
    rare = sorted(word for word in telling if word.isalpha() and rarity(word) > RARE)
    parts = [pair for word in rare for pair in halves(word)][:MAX_PARTS]
    together = {stem(a + b) for a, b in pairs}
    held = store.passages_with(sorted({*together, *chain.from_iterable(parts)}))
    return (together & held.keys()) | {" ".join(pair) for pair in parts if held.keys() >= set(pair)}


def _looked_up(store: Store, terms: Sequence[str]) -> str:
    """Return an FTS5 query for these stems that does not rank more passages than it must."""
    held = store.passages_with(terms)
    # What FTS5 writes in another way ("1.5", "café") has no count here; it is rare.
    there = [term for term in terms if term in held or not (term.isascii() and term.isalnum())]
    rarest = sorted(there, key=lambda term: (held.get(term, 0), term))
    together = accumulate(held.get(term, 0) for term in rarest)
    kept = [term for term, count in zip(rarest, together, strict=True) if count <= MAX_PASSAGES]
    if kept or len(rarest) < 2:
        return _either(kept or rarest or terms)
    return " AND ".join(f'"{term}"' for term in rarest[:2])


def _either(terms: Sequence[str]) -> str:
    return " OR ".join(f'"{term}"' for term in terms)
