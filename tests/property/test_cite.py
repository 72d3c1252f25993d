"""Quotes of real sentences: whoever doctored them is found out, whoever set them in other type is not."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from assistant.answer import Draft, DraftStatement
from assistant.cite import CONTEXT_CHARS, Numbering, locate, make_citation, verify, who
from assistant.find import find_folded
from assistant.fold import plain
from tests.corpora import made, of_other_kinds, sentences, shipped
from vectorstore.letter import Letter

Sentence = tuple[Letter, int, int]


@cache
def all_letters() -> tuple[Letter, ...]:
    return (*shipped(), *of_other_kinds())


@cache
def all_sentences() -> list[Sentence]:
    return [(letter, start, end) for letter in all_letters() for start, end in sentences(letter)]


def words_of(sentence: Sentence) -> str:
    letter, start, end = sentence
    return letter.text[start:end]


def is_the_only_one(sentence: Sentence) -> bool:
    """Whether a sentence stands once in its letter, and is long enough for a part of it to do so too."""
    return len(words_of(sentence)) > 25 and len(find_folded(words_of(sentence), sentence[0].text)) == 1


def holding(pattern: str) -> st.SearchStrategy[Sentence]:
    """Sentences that a pattern is found in."""
    return st.deferred(
        lambda: st.sampled_from([found for found in all_sentences() if re.search(pattern, words_of(found))])
    )


LETTERS = st.deferred(lambda: st.sampled_from(all_letters()))
ANY = st.deferred(lambda: st.sampled_from(all_sentences()))
ONLY_ONES = st.deferred(
    lambda: st.sampled_from([found for found in all_sentences() if is_the_only_one(found)])
)


def places(pattern: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(pattern, text))


# Doctored quotes are never located

NEGATION = r"\b(?:not|never|cannot|no|none)\b ?|n't\b"
STANCES = {
    "agree": "disagree", "accept": "reject", "welcome": "regret", "support": "oppose", "pleased": "sorry",
    "good": "poor", "committed": "opposed", "successful": "unsuccessful", "improve": "worsen",
    "increase": "decrease", "effective": "ineffective", "will": "may", "must": "may", "should": "could",
    "all": "some", "more": "less", "before": "after",
}  # fmt: skip
STANCE = rf"\b(?:{'|'.join(STANCES)})\b"
NAME = r"(?<=[a-z,] )[A-Z][a-z]{2,}\b"
COUNT = r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty))"
SCALED = rf"(?i){COUNT}\s+(?:million|billion|per\s+cent)\b"
HYPHENATED = r"\b[A-Za-z]{2,}-[A-Za-z]{2,}\b"


@given(holding(r"\d"), st.data())
def test_a_changed_digit_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    at = data.draw(st.sampled_from(places(r"\d", words))).start()
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != words[at]]))
    assert locate(words[:at] + digit + words[at + 1 :], sentence[0]) is None


@given(holding(r"\d[\d,]*\d"), st.data())
def test_a_number_cropped_out_of_a_longer_one_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    number = data.draw(st.sampled_from(places(r"\d(?:[\d,.]*\d)+", words)))
    at = data.draw(st.integers(number.start() + 1, number.end() - 1))
    cropped = data.draw(st.sampled_from([words[:at], words[at:]]))
    assume(len(cropped) >= 12)
    assert locate(cropped, sentence[0]) is None


@given(holding(SCALED), st.data())
def test_a_number_cropped_from_its_scale_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    number = data.draw(st.sampled_from(places(SCALED, words)))
    at = number.start() + len(number[0].split()[0])
    cropped = data.draw(st.sampled_from([words[:at], words[at:]]))
    assume(len(cropped) >= 12)
    assert locate(cropped, sentence[0]) is None


@given(holding(NEGATION), st.data())
def test_a_negation_cropped_off_is_shown_again(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    negation = data.draw(st.sampled_from(places(NEGATION, words)))
    cropped = words[negation.end() :]
    assume(len(cropped) >= 12)
    found = locate(cropped, sentence[0])
    assume(is_the_only_one(sentence))
    assert found is None or found[0] <= sentence[1] + negation.start()


@given(holding(NEGATION), st.data())
def test_a_dropped_negation_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    negation = data.draw(st.sampled_from(places(NEGATION, words)))
    assert locate(words[: negation.start()] + words[negation.end() :], sentence[0]) is None


@given(ANY, st.data())
def test_an_added_negation_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence).split()
    assume(len(words) > 1)
    at = data.draw(st.integers(1, len(words) - 1))
    added = data.draw(st.sampled_from(["not", "never", "no"]))
    assert locate(" ".join([*words[:at], added, *words[at:]]), sentence[0]) is None


@given(holding(NAME), st.data())
def test_a_swapped_name_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    name = data.draw(st.sampled_from(places(NAME, words)))
    other = data.draw(st.sampled_from(["Kent", "Dorset", "Mercia", "Campion", "Castellane", "Saltmere"]))
    assume(other != name[0])
    assert locate(words[: name.start()] + other + words[name.end() :], sentence[0]) is None


@given(holding(STANCE), st.data())
def test_a_changed_stance_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    stance = data.draw(st.sampled_from(places(STANCE, words)))
    assert locate(words[: stance.start()] + STANCES[stance[0]] + words[stance.end() :], sentence[0]) is None


@given(LETTERS, st.data())
def test_two_sentences_joined_are_not_located(letter: Letter, data: st.DataObject) -> None:
    spans = sentences(letter)
    first = data.draw(st.integers(0, len(spans) - 1))
    second = data.draw(st.integers(0, len(spans) - 1))
    one, other = (letter.text[slice(*spans[at])].strip() for at in (first, second))
    joint = data.draw(st.sampled_from([" ", " and ", ", ", "; ", " … ", " [...] "]))
    if joint == " ":
        assume(second != first + 1)
    else:
        one = one.rstrip(".!?;:,")
    # A sentence that a letter repeats may well stand after this one.
    assume(" ".join((one + joint + other).split()) not in " ".join(letter.text.split()))
    assert locate(one + joint + other, letter) is None


@given(ANY, st.data())
def test_an_ellipsis_joins_nothing(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence).split()
    assume(len(words) >= 5)
    left_out = data.draw(st.integers(1, len(words) - 3))
    resumed = data.draw(st.integers(left_out + 1, len(words) - 1))
    joint = data.draw(st.sampled_from(["…", "...", ". . .", "[…]", "(...)", "–", ""]))
    claimed = " ".join([*words[:left_out], *([joint] if joint else []), *words[resumed:]])
    # Where a phrase is repeated, what is left stands in the letter as it is.
    assume(" ".join(claimed.split()) not in " ".join(sentence[0].text.split()))
    assert locate(claimed, sentence[0]) is None


@given(ANY, LETTERS)
def test_a_quote_credited_to_another_letter_is_not_shown(sentence: Sentence, other: Letter) -> None:
    letter, words = sentence[0], words_of(sentence)
    assume(other.id != letter.id)
    assume(plain(words).strip().lower() not in plain(other.text).lower())
    draft = Draft((DraftStatement(words, ((other.id, words),)),), "model")
    (statement,), citations = verify(draft, {found.id: found for found in all_letters()}, Numbering())
    assert citations == []
    assert statement.citations == ()
    assert not statement.supported


@given(holding(HYPHENATED), st.data())
def test_a_word_cropped_out_of_a_hyphenated_one_is_not_located(
    sentence: Sentence, data: st.DataObject
) -> None:
    words = words_of(sentence)
    word = data.draw(st.sampled_from(places(HYPHENATED, words)))
    hyphen = word.start() + word[0].index("-")
    cropped = data.draw(st.sampled_from([words[:hyphen], words[hyphen + 1 :], words[hyphen:]]))
    assume(len(cropped) >= 12)
    assert locate(cropped, sentence[0]) is None


@given(ANY, st.data())
def test_half_a_word_is_not_located(sentence: Sentence, data: st.DataObject) -> None:
    words = words_of(sentence)
    within = [m.start() + 1 for m in places(r"\w(?=\w)", words)]
    assume(within)
    at = data.draw(st.sampled_from(within))
    cropped = data.draw(st.sampled_from([words[:at], words[at:]]))
    assume(len(cropped) >= 12)
    assert locate(cropped, sentence[0]) is None


# Harmless variants are located, where they stand

Change = Callable[[str, st.DataObject], str]


def at_some(pattern: str, change: Callable[[re.Match[str]], str]) -> Change:
    """Change some of the places that a pattern matches."""

    def changed(text: str, data: st.DataObject) -> str:
        found = places(pattern, text)
        if not found:
            return text
        chosen = data.draw(st.sets(st.integers(0, len(found) - 1), max_size=6))
        for number in sorted(chosen, reverse=True):
            match = found[number]
            text = text[: match.start()] + change(match) + text[match.end() :]
        return text

    return changed


def at_some_drawn(pattern: str, *options: str) -> Change:
    """Replace some of the places that a pattern matches by any of the options."""

    def changed(text: str, data: st.DataObject) -> str:
        option = data.draw(st.sampled_from(options))
        return at_some(pattern, lambda match: option)(text, data)

    return changed


LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
INSIDE_A_WORD = r"(?<=[a-z])(?=[a-z])"


def first_word(text: str, data: st.DataObject) -> str:
    """Write the first word with other capitals."""
    word = re.match(r"(\W*(?:\d\. )?)([^\W\d_]+)", text)
    if not word:
        return text
    changed = [word[2][0].swapcase() + word[2][1:], word[2].lower(), word[2].upper()]
    chosen: str = data.draw(st.sampled_from(changed))
    return word[1] + chosen + text[word.end() :]


# In this order: what comes later does not take apart what came before.
CHANGES: dict[str, Change] = {
    "bold dropped": at_some(r"\*\*?", lambda match: ""),
    "letter case of the first word": first_word,
    "apostrophes": at_some_drawn(r"['‘’]", "'", "’", "‘", "`"),
    "quotation marks": at_some_drawn(r'["“”]', '"', "“", "”", "„", "«"),
    "dashes": at_some_drawn(r"(?<= )[-–—](?= )", "-", "–", "—", "−", "--"),
    "hyphens": at_some_drawn(r"(?<=\w)[-–](?=\w)", "‐", "‑", "–", "-"),
    "ligatures": at_some(r"ffi|ffl|ff|fi|fl", lambda match: LIGATURES[match[0]]),
    "hyphenation": at_some_drawn(INSIDE_A_WORD, "-\n", "-\r\n", "‐\n", "\u00ad\n", "- \n  "),
    "hyphens at a line's end": at_some(r"(?<=[a-z])-(?=[a-z])", lambda match: "-\n"),
    "soft hyphens": at_some_drawn(INSIDE_A_WORD, "\u00ad", "\u200b", "\u200e", "\ufeff"),
    "spaces": at_some_drawn(r" +", "  ", "\t", "\n", "\r\n", "\n\n", "\u00a0", "\u2009", "\u202f", " \n "),
    "accents apart": lambda text, data: unicodedata.normalize("NFD", text),
}


@pytest.mark.parametrize("kind", [*CHANGES, "all at once"])
def test_a_harmless_variant_is_located_where_it_stands(kind: str) -> None:
    changes = list(CHANGES.values()) if kind == "all at once" else [CHANGES[kind]]

    @given(ONLY_ONES, st.data())
    def located(sentence: Sentence, data: st.DataObject) -> None:
        letter, start, end = sentence
        claimed = letter.text[start:end]
        for change in changes:
            claimed = change(claimed, data)
        assert locate(claimed, letter) == (start, end)

    located()


@given(ANY, st.data())
def test_a_plain_quote_is_located_in_a_letter_set_in_other_type(
    sentence: Sentence, data: st.DataObject
) -> None:
    words = " ".join(words_of(sentence).split()).lstrip("-• ").replace("*", "")
    assume(len(words) > 30 and words[0].isupper() and "." in words[-2:])
    shown = words
    for kind, change in CHANGES.items():
        if kind not in {"letter case of the first word", "spaces"}:
            shown = change(shown, data)
    letter = made("This is the first paragraph.", shown)
    span = locate(words, letter)
    assert span is not None
    assert plain(letter.text[slice(*span)]).replace("-", "") == plain(words).replace("-", "")


# What is located is shown whole


@given(ANY, st.data())
def test_a_fragment_comes_back_as_its_whole_sentence(sentence: Sentence, data: st.DataObject) -> None:
    letter, start, end = sentence
    pieces = places(r"\S+", letter.text[start:end])
    first = data.draw(st.integers(0, len(pieces) - 1))
    last = data.draw(st.integers(first, len(pieces) - 1))
    fragment = letter.text[start + pieces[first].start() : start + pieces[last].end()]
    assume(any(c.isalnum() for c in fragment))
    cuts = start + pieces[first].start(), start + pieces[last].end()
    assume(not any(m.start() < cut < m.end() for cut in cuts for m in places(SCALED, letter.text)))
    found = locate(fragment, letter)
    assert found is not None
    assert plain(fragment).strip() in plain(letter.text[slice(*found)])
    spans = sentences(letter)
    if len(find_folded(fragment, letter.text)) == 1:
        assert found == (start, end)
    elif any(found[0] < b and a < found[1] for a, b in spans):
        assert found[0] in {a for a, _ in spans}
        assert found[1] in {b for _, b in spans}


@given(ANY)
def test_every_citation_slices_back_and_says_where_it_stands(sentence: Sentence) -> None:
    letter, start, end = sentence
    citation = make_citation(letter, start, end, Numbering())
    text = letter.text
    assert citation.exact == text[citation.start : citation.end] == text[start:end]
    assert (citation.letter_id, citation.text_sha256) == (letter.id, letter.text_sha256)
    assert text[: citation.start].endswith(citation.prefix)
    assert text[citation.end :].startswith(citation.suffix)
    assert len(citation.prefix) == min(CONTEXT_CHARS, start)
    assert citation.page == text.count("\f", 0, start) + 1
    (block,) = [b for b in letter.blocks if b.start <= start < b.end]
    assert citation.paragraph == block.number > 0
    page = f", p. {citation.page}" if "\f" in text else ""
    assert citation.label == f"{who(letter)}{page}, para {citation.paragraph}"


@given(st.text(), LETTERS)
@example("\ud800", made("The force answers."))
@example("*", made("The force answers."))
@example("\u0302\u0302", made("The force answers."))
@example("-" * 2000, made("The force answers."))
def test_whatever_is_claimed_is_located_or_not_without_an_error(claimed: str, letter: Letter) -> None:
    span = locate(claimed, letter)
    assert span is None or 0 <= span[0] < span[1] <= len(letter.text)


def test_the_letters_hold_what_these_tests_lean_on() -> None:
    assert len(all_letters()) >= 15
    assert len(all_sentences()) > 300
