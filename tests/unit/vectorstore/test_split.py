"""A letter to its passages."""

from itertools import pairwise

import pytest

from tests.corpora import made, named, of_other_kinds, shipped
from vectorstore.letter import CardField, Letter, LetterCard, Passage
from vectorstore.sentences import sentence_spans
from vectorstore.split import MAX_CHARS, card_line, split_letter


def passage_with(letter: Letter, words: str) -> Passage:
    (found,) = [passage for passage in split_letter(letter) if words in passage.text]
    return found


@pytest.mark.parametrize("letter", [*shipped(), *of_other_kinds()], ids=lambda letter: letter.source[:12])
def test_passages_are_slices_of_their_letter_in_order(letter: Letter) -> None:
    passages = split_letter(letter)
    assert all(letter.text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(a.end <= b.start for a, b in pairwise(passages))
    assert all(passage.letter_id == letter.id for passage in passages)


def test_a_paragraph_is_a_passage_with_its_number() -> None:
    passage = passage_with(named("002"), "Single Online Home")
    assert passage.paragraph == 6
    assert passage.text.startswith("In particular we agree the points")
    assert passage.text.endswith(".")


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentences = [f"This is sentence number {number} of the paragraph." for number in range(60)]
    passages = [p for p in split_letter(made(" ".join(sentences))) if p.paragraph]
    assert len(passages) > 1
    assert all(len(passage.text) <= MAX_CHARS for passage in passages)
    assert [s for passage in passages for s in passage.text.split(". ")] != []
    assert " ".join(passage.text for passage in passages) == " ".join(sentences)
    assert {passage.paragraph for passage in passages} == {1}


def test_one_endless_sentence_stays_whole() -> None:
    sentence = "We did " + "this and that and " * 100 + "no more."
    assert passage_with(made(sentence), "no more").text == sentence


def test_the_header_says_who_when_and_about_what() -> None:
    header = passage_with(named("004"), "leadership skills audit").header
    assert header.splitlines()[0] == (
        "John Campion, Police & Crime Commissioner, West Mercia, 2018-01-12. "
        "PEEL: Police Efficiency (including leadership) 2017"
    )


def test_a_heading_goes_into_the_headers_below_it_and_is_searched_by_words_alone() -> None:
    letter = named("002")
    assert "Dorset Police Specific Actions" in passage_with(letter, "Supt Jared Parkin").header
    assert "Dorset Police Specific Actions" not in passage_with(letter, "Single Online Home").header
    heading = passage_with(letter, "Dorset Police Specific Actions")
    assert (heading.role, heading.paragraph, heading.header) == ("heading", 0, "")


@pytest.mark.parametrize("name", ["002", "004", "nhs", "school_trust"])
def test_every_word_of_a_letter_is_in_a_passage_but_for_a_converter_s_remarks(name: str) -> None:
    letter = named(name)
    held = [(passage.start, passage.end) for passage in split_letter(letter)]
    for block in letter.blocks:
        words = letter.text[block.start : block.end]
        covered = sum(end - start for start, end in held if block.start <= start < block.end)
        assert covered > 0.95 * len(words) or block.role == "remark", words


def test_a_restated_recommendation_is_a_passage_with_its_speaker_and_heads_the_reply() -> None:
    letter = named("003")
    recommendation = passage_with(letter, "where there is a vulnerability desk")
    assert recommendation.speaker == "HMICFRS"
    assert recommendation.text in passage_with(letter, "safeguarding is everyone's responsibility").header


def test_a_bullet_is_embedded_with_the_sentence_that_leads_to_it() -> None:
    letter = made(
        "We have met twice. We have done the following:",
        "- hired ten people;\n- bought two cars.",
        "That is all.",
    )
    assert passage_with(letter, "two cars").header.endswith("\nWe have done the following:")
    assert "following:" not in passage_with(letter, "That is all").header


def test_converter_remarks_are_left_out_and_letterheads_are_not() -> None:
    texts = "\n".join(passage.text for passage in split_letter(named("000")))
    assert "handwritten signature" not in texts
    assert "2 Marsham Street" in texts


def test_what_surrounds_the_letter_has_no_header_and_no_number() -> None:
    passage = passage_with(named("001"), "01924 294000")
    assert (passage.role, passage.paragraph, passage.header) == ("furniture", 0, "")
    assert passage.embedded_text == passage.text


def test_what_is_embedded_is_header_and_text() -> None:
    passage = passage_with(named("004"), "leadership skills audit")
    assert passage.embedded_text == f"{passage.header}\n{passage.text}"


def test_a_passage_knows_the_page_that_it_begins_on() -> None:
    letter = made("This is on the first page.\fThis is on the second page.")
    assert passage_with(letter, "first page").page == 1
    assert passage_with(letter, "second page").page == 2


def test_ids_tell_letters_and_places_apart_and_do_not_change() -> None:
    letter, other = (
        made("This is said twice.", "This is said twice."),
        made("This is said twice.", author="Bob Dee"),
    )
    ids = [passage.id for passage in [*split_letter(letter), *split_letter(other)]]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in [*split_letter(letter), *split_letter(other)]]


def test_no_sentence_of_the_shipped_letters_is_cut() -> None:
    for letter in shipped():
        for block in letter.blocks:
            starts = {
                block.start + start for start, _ in sentence_spans(letter.text[block.start : block.end])
            }
            inside = {p.start for p in split_letter(letter) if block.start <= p.start < block.end}
            assert inside <= starts


def test_a_card_is_one_line_of_what_it_knows() -> None:
    author, report = (CardField(value, None, None, "inferred") for value in ("Ann Fox", "Rivers"))
    assert card_line(LetterCard(author=author, report=report)) == "Ann Fox. Rivers"
    assert card_line(LetterCard(author=author)) == "Ann Fox"
    assert card_line(LetterCard()) == ""
