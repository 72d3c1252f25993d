"""Verification: which quotes become citations, in whose name, and which statements they carry."""

import dataclasses

import pytest

from assistant.answer import Draft, DraftStatement, Statement
from assistant.cite import Numbering, label, locate, make_citation, speaker, verify, who
from tests.corpora import block_with, made, named, sentences
from vectorstore.blocks import find_blocks
from vectorstore.letter import Letter


def shown(quote: str, letter: Letter) -> str | None:
    """What would be shown for a quote."""
    span = locate(quote, letter)
    return letter.text[slice(*span)] if span else None


def voice(quote: str, letter: Letter) -> str | None:
    """Whose words a quote is said to be."""
    span = locate(quote, letter)
    assert span is not None
    return make_citation(letter, *span, Numbering()).speaker


def statement(text: str, quote: str, letter: Letter, *others: Letter) -> Statement:
    draft = Draft((DraftStatement(text, ((letter.id, quote),)),), "model")
    letters = {found.id: found for found in (letter, *others)}
    (checked,), _ = verify(draft, letters, Numbering())
    return checked


# Which words may be cited


def test_a_fragment_is_shown_inside_its_whole_sentence() -> None:
    letter = made(
        "We welcome it. The trust does not accept that closing wards was right, and said so. We go on."
    )
    assert (
        shown("closing wards was right", letter)
        == "The trust does not accept that closing wards was right, and said so."
    )


def test_a_fragment_over_two_sentences_is_shown_inside_both() -> None:
    letter = made("One is here. Two is there. Three is away.")
    assert shown("here. Two", letter) == "One is here. Two is there."


def test_a_bullet_is_shown_whole() -> None:
    assert shown("14 officers in the Housing Options", named("council")) == (
        "- a written reminder about the duty to make inquiries has gone to all 14 officers in the Housing Options team;"
    )


@pytest.mark.parametrize(
    ("source", "remark"),
    [
        ("000", "A handwritten signature in black ink"),
        ("000", "The signature is written in a cursive style"),
        ("nhs", "logo: Saltmere University Hospitals NHS Foundation Trust"),
        ("water_regulator_2021", "[signature]"),
    ],
)
def test_a_converter_remark_cannot_be_cited(source: str, remark: str) -> None:
    letter = named(source)
    assert remark in " ".join(letter.text.split())
    assert locate(remark, letter) is None


def test_a_quote_that_runs_into_a_converter_remark_cannot_be_cited() -> None:
    letter = named("000")
    assert locate("safe and feel safe A handwritten signature", letter) is None


def test_the_author_paragraph_goes_before_what_surrounds_it() -> None:
    letter = made("Our work in Northmere goes on.", area="Northmere", to="Mr Northmere")
    assert shown("Northmere", letter) == "Our work in Northmere goes on."


# In whose name


def test_the_author_own_words_have_no_other_speaker() -> None:
    assert voice("There is no excuse for that.", named("council")) is None


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("004", "Hindlip Hall, Worcester"),
        ("003", "GMCA, Broadhurst House, 56 Oxford Street"),
        ("water_regulator_2021", "Registered in England No. 5118402"),
    ],
)
def test_page_furniture_is_cited_as_such(source: str, words: str) -> None:
    assert voice(words, named(source)) == "page furniture, not the author's words"


def test_a_quote_that_runs_from_the_body_into_page_furniture_is_not_cited() -> None:
    letter = named("nhs")
    block = block_with(letter, "An audit in the week of 28 February")
    across = letter.text[block.end - 30 : block.end + 60]
    assert "Trust Headquarters" in across
    assert locate(across, letter) is None


def test_a_restated_recommendation_is_the_inspectorate_s() -> None:
    assert voice("effectively assesses risk at all points of contact", named("003")) == "HMICFRS"
    assert voice("We expect to see all 43 forces get involved", named("003")) == "HMICFRS"


def test_a_quote_that_runs_from_a_recommendation_into_the_reply_is_not_cited() -> None:
    letter = named("003")
    assert locate("positive contribution to initial safeguarding. This is an area that GMP", letter) is None


def test_a_paragraph_in_quotation_marks_is_a_source_s() -> None:
    assert voice("call handlers promptly identify victims", named("001")) == "a source that the letter quotes"


@pytest.mark.parametrize(
    ("paragraph", "words", "quoted"),
    [
        ('They wrote: "We saw neglect. Nobody came for hours." We were shocked.', "Nobody came", True),
        ('They wrote: "We saw neglect. Nobody came for hours." We were shocked.', "We were shocked", False),
        ("They wrote: “We saw neglect. Nobody came for hours.” We were shocked.", "Nobody came", True),
        ("They wrote: ‘We didn’t see it. Nobody came for hours.’ We were shocked.", "Nobody came", True),
        ("They wrote: ‘We didn’t see it. Nobody came for hours.’ We were shocked.", "We were shocked", False),
        ("The callers’ needs come first. We don’t doubt it.", "We don't doubt it", False),
        ('We asked them. "Nobody came for hours." That shocked us.', "Nobody came", True),
        ('We asked them. "Outstanding" is what they called us.', "what they called us", False),
        ('They call it "good". We agree with that.', "We agree", False),
    ],
)
def test_a_quotation_inside_a_letter_is_said_to_be_quoted(paragraph: str, words: str, quoted: bool) -> None:
    letter = made("This is our reply.", paragraph)
    assert (voice(words, letter) is not None) is quoted


def test_words_outside_every_block_are_nobody_s() -> None:
    assert speaker(made("This is our reply."), None, 0, 1) is not None


def test_the_two_parts_of_a_sentence_that_a_page_cut_make_one_statement() -> None:
    text = (
        "Dear Ms Fox\n\nThank you for your letter about the dues.\n\nThe board required the harbour master to mark"
        " all\n\nHarbour Board 1\n\fHarbour Board 2\n\nof the buoys before May.\n\nWe will write again.\n\n"
        "Harbour Board 3\n\nYours sincerely\n\nTom Quill\n"
    )
    pages = (0, text.index("\f") + 1)
    letter = dataclasses.replace(
        made("None."), text=text, pages=pages, blocks=find_blocks(text, pages), source="reply.pdf"
    )
    parts = ["The board required the harbour master to mark all", "of the buoys before May."]
    whole = " ".join(parts)
    claims = tuple(DraftStatement(whole, tuple((letter.id, part) for part in parts)) for _ in parts)
    statements, citations = verify(Draft(claims, "quoting"), {letter.id: letter}, Numbering())
    assert [statement.text for statement in statements] == [whole]
    assert [citation.exact for citation in citations] == parts
    apart = tuple(DraftStatement(whole, ((letter.id, part),)) for part in parts)
    statements, _ = verify(Draft(apart, "quoting"), {letter.id: letter}, Numbering())
    assert [(statement.text, len(statement.citations)) for statement in statements] == [(whole, 2)]


# What a citation says


@pytest.mark.parametrize(
    ("source", "pages", "at"),
    [
        ("reply.txt", 1, ", para 1"),
        ("mail.eml", 1, ", para 1"),
        ("reply.docx", 1, ", para 1"),
        ("reply.txt", 2, ", p. 1, para 1"),
        ("reply.PDF", 1, ", p. 1, para 1"),
        ("scan.jpeg", 1, ", p. 1, para 1"),
        ("post.zip - scan.png", 1, ", p. 1, para 1"),
    ],
)
def test_only_a_letter_that_has_pages_is_cited_by_page(source: str, pages: int, at: str) -> None:
    letter = made("We closed the pier in April." + "\f" * (pages - 1))
    letter = dataclasses.replace(letter, source=source, pages=(0, len(letter.text))[:pages])
    start = letter.text.index("We closed")
    citation = make_citation(letter, start, start + 9, Numbering())
    assert citation.label == who(letter) + at
    assert citation.page == 1


def test_a_citation_names_writer_office_area_date_page_and_paragraph() -> None:
    letter = named("nhs")
    span = locate("A one-page bulletin", letter)
    assert span is not None
    citation = make_citation(letter, *span, Numbering())
    assert citation.page == 2
    assert citation.label == (
        "Dr. Marguerite Halloran, Chief Executive, Saltmere University Hospitals NHS Foundation Trust,"
        f" 14 March 2022, p. 2, para {citation.paragraph}"
    )
    assert letter.text[citation.start : citation.end] == citation.exact
    assert letter.text[: citation.start].endswith(citation.prefix)
    assert letter.text[citation.end :].startswith(citation.suffix)
    assert (len(citation.prefix), len(citation.suffix)) == (32, 32)


def test_the_area_is_not_said_twice() -> None:
    assert who(named("001")).count("West Yorkshire") == 1


def test_a_letter_without_author_is_named_by_its_file() -> None:
    letter = dataclasses.replace(made("This is ours."), card=dataclasses.replace(made("x").card, author=None))
    assert label(letter, 1, 0).startswith("made.txt, ")


def test_a_number_stays_with_its_words_through_a_conversation() -> None:
    letter = made("One is here. Two is there. Three is away.")
    numbering = Numbering()
    first, second = (DraftStatement(q, ((letter.id, q),)) for q in ("One is here.", "Two is there."))
    _, citations = verify(Draft((first, second), "model"), {letter.id: letter}, numbering)
    assert [(c.number, c.exact) for c in citations] == [(1, "One is here."), (2, "Two is there.")]
    third = DraftStatement("Three", ((letter.id, "Three is away."), (letter.id, "two is there")))
    (shown,), citations = verify(
        Draft((third,), "model"), {letter.id: letter}, Numbering(dict(numbering.known))
    )
    assert [(c.number, c.exact) for c in citations] == [(3, "Three is away."), (2, "Two is there.")]
    assert shown.citations == (3, 2)


def test_a_sentence_quoted_twice_is_cited_once() -> None:
    letter = made("We have recruited 23 midwives, of whom 17 have started work.")
    claim = DraftStatement("They recruited 23.", ((letter.id, "23 midwives"), (letter.id, "17 have started")))
    (checked,), citations = verify(Draft((claim,), "model"), {letter.id: letter}, Numbering())
    assert checked.citations == (1,)
    assert len(citations) == 1


# What is not found is not shown


def test_of_two_quotes_the_false_one_is_left_out() -> None:
    letter = made("We have recruited 23 midwives.")
    claim = DraftStatement(
        "They recruited 23 midwives.", ((letter.id, "recruited 23"), (letter.id, "recruited 24"))
    )
    (checked,), citations = verify(Draft((claim,), "model"), {letter.id: letter}, Numbering())
    assert checked.supported
    assert [c.exact for c in citations] == ["We have recruited 23 midwives."]


@pytest.mark.parametrize("letter_id", ["", "nowhere", "made.txt"])
def test_a_quote_from_an_unknown_letter_is_not_shown(letter_id: str) -> None:
    letter = made("We have recruited 23 midwives.")
    claim = DraftStatement("They recruited.", ((letter_id, "We have recruited 23 midwives."),))
    (checked,), citations = verify(Draft((claim,), "model"), {letter.id: letter}, Numbering())
    assert checked == Statement("They recruited.", supported=False, citations=())
    assert citations == []


def test_a_statement_without_quotes_is_unsupported() -> None:
    (checked,), _ = verify(Draft((DraftStatement("All is well.", ()),), "model"), {}, Numbering())
    assert not checked.supported


def test_an_empty_draft_has_nothing_to_show() -> None:
    assert verify(Draft((), "model"), {}, Numbering()) == ([], [])


# What a statement claims beyond its quotes

RECRUITED = "Since December we have recruited 23 midwives, of whom 17 have started work."
DENIED = "We do not think that a dedicated midwife overnight would be the best use of scarce staff."
EIGHT = "The report made eight recommendations and cost £3.1 million, with 1,300 visits."
INSPECTED = "Mrs Calloway met the Care Quality Commission in March."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("23 midwives were recruited, and 17 of them work already.", RECRUITED),
        ("Ann Example wrote on 3 May 2021 that midwives were recruited.", RECRUITED),
        ("Northmere has recruited midwives.", RECRUITED),
        ("The writer doesn't want a midwife at night.", DENIED),
        ("There were 8 recommendations.", EIGHT),
        ("There were eight recommendations at £3.1 million.", EIGHT),
        ("There were 1300 visits.", EIGHT),
        ("The Commission was met by Mrs Calloway.", INSPECTED),
        ('It "made eight recommendations".', EIGHT),
        ("It “made eight\n recommendations”.", EIGHT),
        ("It was not only about money: there were eight recommendations.", EIGHT),
    ],
)
def test_a_statement_that_its_quotes_carry_is_supported(text: str, quote: str) -> None:
    assert statement(text, quote, made(RECRUITED, DENIED, EIGHT, INSPECTED)).supported


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("24 midwives were recruited.", RECRUITED),
        ("More than 170 have started work.", RECRUITED),
        ("In 2019 midwives were recruited.", RECRUITED),
        ("No midwives have been recruited.", RECRUITED),
        ("Midwives haven’t been recruited.", RECRUITED),
        ("The trust failed to recruit midwives.", RECRUITED),
        ("Midwives were recruited in Saltmere.", RECRUITED),
        ("Midwives were recruited, Southwick says.", RECRUITED),
        ("Southwick has recruited midwives.", RECRUITED),
        ("Claire Calloway has recruited midwives.", RECRUITED),
        ("A dedicated midwife overnight would be best.", DENIED),
        ("There were nine recommendations.", EIGHT),
        ("There were 9 recommendations.", EIGHT),
        ("It cost £3.1 billion.", EIGHT),
        ("It cost £31 million.", EIGHT),
        ('The report "made nine recommendations".', EIGHT),
        ('The writer "strongly rejects" the report.', EIGHT),
    ],
)
def test_a_statement_that_says_more_than_its_quotes_is_unsupported(text: str, quote: str) -> None:
    other = made("We are another.", area="Southwick", author="Sue Southwick", source="other.txt")
    checked = statement(text, quote, made(RECRUITED, DENIED, EIGHT, INSPECTED), other)
    assert not checked.supported
    assert checked.citations == (1,)


def test_a_negation_that_one_of_two_quotes_carries_is_supported_and_a_dropped_one_is_not() -> None:
    letter = made("We do not accept it.", "We cannot pay for it.", "We will look at it again.")
    quotes = ("We do not accept it.", "We cannot pay for it.", "We will look at it again.")

    def supported(text: str, *chosen: int) -> bool:
        claim = DraftStatement(text, tuple((letter.id, quotes[at]) for at in chosen))
        (checked,), _ = verify(Draft((claim,), "model"), {letter.id: letter}, Numbering())
        return checked.supported

    assert supported("They do not accept it but will look at it again.", 0, 2)
    assert supported("They will look at it again.", 0, 2)
    assert not supported("They accept it and pay for it.", 0, 1)
    assert not supported("They will not look at it again.", 2)


def test_a_side_of_a_comparison_that_says_nothing_claims_nothing() -> None:
    claim = DraftStatement("Dorset: nothing on this was found.", (), "Dorset")
    (checked,), _ = verify(Draft((claim,), "quoting"), {}, Numbering())
    assert checked == Statement("Dorset: nothing on this was found.", True, (), "Dorset")


@pytest.mark.parametrize(
    "source", ["000", "001", "002", "003", "004", "nhs", "council", "water_regulator_2021"]
)
def test_a_sentence_of_a_letter_carries_itself(source: str) -> None:
    letter = named(source)
    for start, end in sentences(letter):
        quote = letter.text[start:end]
        shown = " ".join(quote.split()).lstrip("-•* ").replace("**", "")
        assert statement(shown, quote, letter, named("001"), named("nhs")).supported, quote
