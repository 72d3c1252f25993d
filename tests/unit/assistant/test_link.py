"""Links to cited words: they open the same words, or say what has become of them, and never anything else."""

import dataclasses
from urllib.parse import parse_qs, urlencode

import pytest

from assistant.cite import Numbering, locate, make_citation
from assistant.link import Changed, Gone, Opened, Outcome, Tampered, link_of, resolve, tell
from tests.corpora import made
from vectorstore.letter import Letter

FIRST = "We welcome the report of the inspectors. We have recruited 23 midwives since May. We agree."
SECOND = "The trust does not accept that closing wards was right. We agree. More will follow in the autumn."
LETTER = made(FIRST, SECOND, source="reply to the inspectors, 3 May.txt")
RECRUITED = "We have recruited 23 midwives since May."


def fields_of(link: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(link, strict_parsing=True).items()}


def link_to(words: str, letter: Letter = LETTER, *, last: bool = False) -> dict[str, str]:
    start = letter.text.rindex(words) if last else letter.text.index(words)
    return fields_of(link_of(make_citation(letter, start, start + len(words), Numbering())))


def opened(query: dict[str, str], *letters: Letter) -> Outcome:
    by_id = {letter.id: letter for letter in letters}
    by_source = {letter.source: letter for letter in letters}
    return resolve(query, by_id.get, by_source.get)


def newer(*paragraphs: str) -> Letter:
    return made(*paragraphs, source=LETTER.source)


def reread(*paragraphs: str) -> Letter:
    """The same file as a later version of a reader gives it."""
    return dataclasses.replace(newer(*paragraphs), id=LETTER.id)


def words_at(outcome: Outcome, letter: Letter) -> str:
    assert isinstance(outcome, Opened)
    return letter.text[outcome.start : outcome.end]


def test_a_link_opens_its_words() -> None:
    outcome = opened(link_to(RECRUITED), LETTER)
    assert outcome == Opened(LETTER.id, *locate(RECRUITED, LETTER) or ())
    assert words_at(outcome, LETTER) == RECRUITED
    assert tell(outcome) == ""


def test_of_words_that_stand_twice_the_linked_ones_are_opened() -> None:
    first, second = opened(link_to("We agree."), LETTER), opened(link_to("We agree.", last=True), LETTER)
    assert isinstance(first, Opened)
    assert isinstance(second, Opened)
    assert first.start == LETTER.text.index("We agree.") < second.start == LETTER.text.rindex("We agree.")


def test_other_fields_of_the_address_are_left_alone() -> None:
    assert isinstance(opened({**link_to(RECRUITED), "page": "letters"}, LETTER), Opened)


@pytest.mark.parametrize("words", [RECRUITED, "We agree."])
def test_words_that_a_later_reading_moves_are_opened_where_they_stand(words: str) -> None:
    letter = reread("An annex that was not read before.", FIRST, SECOND)
    outcome = opened(link_to(words, last=True), letter)
    assert words_at(outcome, letter) == words
    assert isinstance(outcome, Opened)
    assert outcome.moved
    assert not outcome.replaced
    assert outcome.start == letter.text.rindex(words)
    assert "read anew" in tell(outcome)


def test_words_that_a_later_reading_sets_in_other_type_are_opened() -> None:
    letter = reread(
        FIRST.replace("23 midwives", "23\n mid-\nwives").replace("We welcome", "We  wel\u00adcome"), SECOND
    )
    outcome = opened(link_to(RECRUITED), letter)
    assert words_at(outcome, letter) == "We have recruited 23\n mid-\nwives since May."


def test_a_newer_version_of_the_letter_that_holds_the_words_is_opened_and_said_to_be_newer() -> None:
    letter = newer("We write again.", FIRST, SECOND)
    outcome = opened(link_to(RECRUITED), letter)
    assert words_at(outcome, letter) == RECRUITED
    assert isinstance(outcome, Opened)
    assert outcome.letter_id == letter.id != LETTER.id
    assert outcome.replaced
    assert tell(outcome) == "This letter was replaced by a newer version; the linked words stand in it."


@pytest.mark.parametrize(
    "other",
    ["24 midwives", "23 nurses", "no midwives", "123 midwives", "23 million midwives"],
)
def test_words_that_were_changed_are_not_opened(other: str) -> None:
    letter = newer(FIRST.replace("23 midwives", other), SECOND)
    outcome = opened(link_to(RECRUITED), letter)
    assert outcome == Changed(letter.id, letter.source, 0, replaced=True)
    assert tell(outcome).endswith("replaced by a newer version; the linked words do not stand in it.")


def test_words_that_stand_between_others_now_are_not_opened() -> None:
    letter = reread("We do not say this: " + RECRUITED, SECOND)
    outcome = opened(link_to(RECRUITED), letter)
    assert outcome == Changed(LETTER.id, LETTER.source, 1)
    assert "still stand in it once" in tell(outcome)


def test_words_whose_place_cannot_be_told_are_not_opened() -> None:
    letter = reread(FIRST, FIRST)
    outcome = opened(link_to(RECRUITED), letter)
    assert outcome == Changed(LETTER.id, LETTER.source, 2)
    assert "twice" in tell(outcome)


def test_a_number_cut_out_of_a_longer_one_is_not_opened() -> None:
    letter = made("Calls fell.", source="x.txt")
    text = "000 calls fell."
    old = dataclasses.replace(letter, text=text, text_sha256="0" * 64, blocks=())
    new = dataclasses.replace(letter, text=f"478,{text}", text_sha256="1" * 64, blocks=())
    query = fields_of(link_of(make_citation(old, 0, len(text), Numbering())))
    assert opened(query, new) == Changed(letter.id, "x.txt", 0)


def test_a_letter_that_is_gone_is_said_to_be_gone() -> None:
    outcome = opened(link_to(RECRUITED), made("Another.", source="other.txt"))
    assert outcome == Gone(LETTER.source)
    assert LETTER.source in tell(outcome)
    assert tell(Gone("")) == "The linked letter is not there any more."


@pytest.mark.parametrize(
    "change",
    [
        {"words": RECRUITED.replace("23", "24")},
        {"hash": "0" * 64},
        {"letter": "0" * 16},
        {"text": "0" * 64},
        {"at": "0-5"},
        {"at": "5-0"},
        {"at": "²-3"},
        {"at": ""},
        {"size": "-1"},
        {"size": "²"},
        {"words": ""},
        {"before": "We do not say:"},
        {"after": ""},
        {"check": "0" * 16},
        {"check": ""},
    ],
    ids=str,
)
def test_an_altered_link_is_said_to_be_altered(change: dict[str, str]) -> None:
    outcome = opened({**link_to(RECRUITED), **change}, LETTER)
    assert isinstance(outcome, Tampered)
    assert "cannot be trusted" in tell(outcome)


def test_a_link_altered_by_somebody_who_knows_how_opens_no_other_words() -> None:
    forged = make_citation(LETTER, 0, 10, Numbering())
    forged = dataclasses.replace(forged, exact="We have recruited 900 midwives.")
    assert isinstance(opened(fields_of(link_of(forged)), LETTER), Tampered)
    assert isinstance(opened(fields_of(link_of(forged)), reread(SECOND)), Changed)


def test_an_empty_address_opens_nothing() -> None:
    assert isinstance(opened({}, LETTER), Tampered)


def test_long_words_are_linked_by_their_ends_and_their_hash() -> None:
    long = " ".join(f"Sentence number {n} says “something – else” of it." for n in range(80))
    before = "Before it there is a paragraph of some length."
    letter = made(before, long, "After it.")
    query = link_to(long, letter)
    assert query["until"]
    assert len(urlencode(query)) <= 1500
    assert words_at(opened(query, letter), letter) == long
    moved = dataclasses.replace(made("Before it all.", before, long, "After it."), id=letter.id)
    assert words_at(opened(query, moved), moved) == long
    inside = dataclasses.replace(
        made(before, long.replace("number 40", "number 41"), "After it."), id=letter.id
    )
    assert opened(query, inside) == Changed(letter.id, letter.source, 0)


@pytest.mark.parametrize("mark", ["é", "’", "中", "😀", "&", "%", "\n"])
def test_a_link_stays_short_whatever_the_letter_is_written_in(mark: str) -> None:
    words = f"We {mark * 300} agree"
    letter = made(f"{mark * 60}. {words} {mark * 60}", source=f"{mark * 80}.txt")
    start = letter.text.index("We ")
    link = link_of(make_citation(letter, start, letter.text.index("agree") + 5, Numbering()))
    assert len(link) <= 1500
    assert link.isascii()
    assert not set(link) & set(' \n"<>#?')
    assert isinstance(opened(fields_of(link), letter), Opened)
