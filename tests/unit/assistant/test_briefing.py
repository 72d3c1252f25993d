"""A briefing holds what was collected, checked again against the letters as they are now."""

import hashlib
from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.briefing import FROM_CARDS, FROM_READING, Entry, Item, collect, collect_statement, corpus_hash
from assistant.chat import NO_MATTER, OUTSIDE
from assistant.compose import CORPUS_CHANGED, NO_CITATION, NOT_CARRIED, check, write_citation
from assistant.house_style import DEFAULT, parse_style
from assistant.offers import AS_NEAR
from tests.unit.assistant.briefings import (
    ASIDE,
    CALLS,
    SPENT,
    brief,
    cited,
    comparison_answer,
    corpus,
    grant_answer,
    items_of,
    made,
    not_found,
    pass_answer,
)
from tests.unit.ui.stand_in import answer_of
from vectorstore.letter import Letter, PageRead, Scope


def entries(items: list[Item], letters: list[Letter], **options: object) -> list[Entry]:
    return [entry for section in brief(items, letters, **options).sections for entry in section.entries]


def edited(item: Item, text: str) -> Item:
    return replace(item, text=text)


def changed(letter: Letter, old: str, new: str) -> Letter:
    text = letter.text.replace(old, new)
    return replace(letter, text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest())


# -- collecting -----------------------------------------------------------------------------------


def test_an_answer_is_collected_with_what_it_opens_with() -> None:
    letters = corpus()
    assert [item.text for item in items_of(letters, grant_answer(letters))] == [
        SPENT, "Of the grant, 78,000 was not spent.",
    ]  # fmt: skip
    assert items_of(letters, pass_answer(letters))[0].text == "Of 3 letters read, 1 says it:"
    assert [item.text for item in items_of(letters, not_found())] == [not_found().text]


def test_what_is_off_topic_is_not_collected() -> None:
    assert collect(replace(not_found(), kind="off_topic"), "") == []


@pytest.mark.parametrize(
    ("told", "printed"),
    [
        (
            f"Not said.{OUTSIDE.format('A; B')}",
            "Not said. Outside that scope something near it is said by A; B.",
        ),
        (f"Not said. None answers it{AS_NEAR}", "Not said. None answers it."),
        (
            NO_MATTER,
            "The question has no word to look for in the letters, so none was read for it.",
        ),
    ],
)
def test_what_only_a_conversation_can_give_is_not_printed(told: str, printed: str) -> None:
    [item] = collect(replace(not_found(), text=told), "")
    assert (item.text, item.original) == (printed, printed)


def test_a_statement_keeps_its_identity_when_it_is_edited_or_the_letters_change() -> None:
    letters = corpus()
    one, two = items_of(letters, grant_answer(letters))
    assert collect_statement(grant_answer(letters), 1, "other letters").identity == two.identity
    assert edited(two, "Anything.").identity == two.identity != one.identity


# -- what is verified -----------------------------------------------------------------------------


def test_a_statement_in_the_letters_words_is_quoted_as_the_letter_has_it() -> None:
    letters = corpus()
    item = items_of(letters, pass_answer(letters))[1]
    spaced = edited(item, "Officers answer  94 per cent of calls — within ten seconds")
    assert [(e.text, e.quoted) for e in entries([spaced], letters)] == [(" ".join(CALLS.split()), True)]
    lower = edited(item, "officers answer 94 per cent of calls within ten seconds")
    assert [(e.text, e.quoted) for e in entries([lower], letters)] == [(lower.text, False)]


def test_an_edited_statement_is_checked_again() -> None:
    letters = corpus()
    one, two = items_of(letters, grant_answer(letters))
    kept = [
        edited(two, "None of the 78,000 was spent."),
        edited(two, "None of the 87,000 was spent."),
        edited(two, "None of it was spent, says Zebedee Jones."),
        edited(one, "The force did spend the grant."),
        edited(two, "It was not spent, but “burnt”."),
    ]
    shown = entries(kept, letters, include_unverified=True)
    assert [entry.doubt for entry in shown] == ["", NOT_CARRIED, NOT_CARRIED, NOT_CARRIED, NOT_CARRIED]
    assert not any(entry.quoted for entry in shown)
    made_of = brief(kept, letters)
    assert [entry.text for section in made_of.sections for entry in section.entries] == [kept[0].text]
    assert made_of.left_out == ("4 statements left out: not verified.",)
    assert dict(made_of.facts)["Reworded by hand"].startswith("1 statement;")


def test_what_the_answer_marked_stays_marked_until_it_is_mended() -> None:
    letters = corpus()
    doubted = replace(items_of(letters, grant_answer(letters))[1], supported=False)
    assert entries([doubted], letters) == []
    assert [e.doubt for e in entries([doubted], letters, include_unverified=True)] == [NOT_CARRIED]
    assert [e.doubt for e in entries([edited(doubted, "It was not spent.")], letters)] == [""]


def test_what_was_read_and_not_found_holds_for_these_letters_and_these_words_alone() -> None:
    letters = corpus()
    [absence] = items_of(letters, not_found())
    assert [e.doubt for e in entries([absence], letters)] == [""]
    more = [*letters, made("A new letter on cheese.")]
    assert entries([absence], more) == []
    assert [e.doubt for e in entries([absence], more, include_unverified=True)] == [CORPUS_CHANGED]
    told = edited(absence, "The letters deny it.")
    assert [e.doubt for e in entries([told], letters, include_unverified=True)] == [NO_CITATION]


def test_what_cites_nothing_says_what_it_rests_on() -> None:
    letters = corpus()
    card = replace(not_found(), kind="about_letters", status="answered", text="Ann Example wrote 1 letter.")
    items = items_of(letters, not_found(), card, grant_answer(letters))
    assert [e.basis for e in entries(items, letters)] == [FROM_READING, FROM_CARDS, "", ""]
    told = edited(items[0], "The letters deny it.")
    assert [(e.doubt, e.basis) for e in entries([told], letters, include_unverified=True)] == [
        (NO_CITATION, "")
    ]


def test_an_edit_that_exchanges_figures_is_not_verified() -> None:
    letters = [made("The board lost 300 trees and planted 1,200 shrubs.", author="Ann Example")]
    answer = answer_of("q", cited(letters[0], letters[0].text))
    item = items_of(letters, answer)[0]
    told = [
        edited(item, "The board planted 1,200 shrubs, having lost 300 trees."),
        edited(item, "It lost 1,200 trees and planted 300 shrubs."),
    ]
    assert [e.doubt for e in entries(told, letters, include_unverified=True)] == ["", NOT_CARRIED]


def test_a_statement_without_words_is_left_out_and_counted() -> None:
    letters = corpus()
    items = [edited(item, " \n") for item in items_of(letters, grant_answer(letters))]
    assert brief(items, letters, include_unverified=True).left_out == ("2 statements left out: no words.",)


# -- citations are cut out anew -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (lambda x: [x[0], changed(x[1], "78,000", "87,000"), x[2]], "the text of {} has changed since the answer"),
        (lambda x: [x[0], x[2]], "{} is no longer in the store"),
    ],
)  # fmt: skip
def test_a_citation_that_no_longer_stands_is_left_out_and_that_is_said(after, reason: str) -> None:  # type: ignore[no-untyped-def]
    letters = corpus()
    items = items_of(letters, grant_answer(letters))
    now = brief(items, after(letters), include_unverified=True)
    assert now.footnotes == []
    assert now.left_out == (f"3 citations left out: {reason.format(letters[1].source)}.",)
    assert {entry.doubt for section in now.sections for entry in section.entries} == {NO_CITATION}
    assert now.corpus_sha256 != brief(items, letters).corpus_sha256


def test_a_citation_with_a_wrong_span_or_wrong_words_is_left_out() -> None:
    letters = corpus()
    [item, _] = items_of(letters, grant_answer(letters))
    good: Citation = item.citations[0]
    for bad in (replace(good, start=good.start + 1), replace(good, exact=good.exact.replace("not ", ""))):
        checked = check(replace(item, citations=(bad,)), {x.id: x for x in letters}, corpus_hash(letters))
        assert (checked.cited, checked.doubt) == ((), NO_CITATION)


def test_a_statement_that_lost_a_citation_is_checked_with_those_that_stand() -> None:
    letters = corpus()
    item = items_of(letters, grant_answer(letters))[1]
    lost = replace(item.citations[1], letter_id="gone")
    shown = entries([replace(item, citations=(item.citations[0], lost))], letters, include_unverified=True)
    assert [entry.doubt for entry in shown] == [NOT_CARRIED], "its figure stood in the other one"


# -- footnotes ------------------------------------------------------------------------------------


def test_footnotes_are_numbered_through_and_written_from_the_card() -> None:
    letters = corpus()
    item_of_pass = items_of(letters, pass_answer(letters))[1]
    made_of = brief([*items_of(letters, grant_answer(letters)), item_of_pass], letters)
    ann = "Ann Example, Commissioner for Northshire, letter to the Minister, 2 September 2020, para 2"
    assert [(note.number, note.text) for note in made_of.footnotes] == [
        (1, f"{ann}: “{SPENT}”"),
        (2, f"{ann}: “{SPENT}”"),
        (3, f"{ann}: “{ASIDE}”"),
        (4, f"Bob Sample, Deputy Mayor, Southtown, 11 May 2018, para 2: “{' '.join(CALLS.split())}”"),
    ]  # fmt: skip


def test_a_letter_of_which_nothing_is_known_is_cited_by_its_file() -> None:
    unknown = corpus()[2]
    line = write_citation(unknown, cited(unknown, "Nothing to report."), parse_style(DEFAULT))
    assert line == f"{unknown.source}, para 1: “Nothing to report.”"


def test_whose_words_and_how_they_were_read_is_said_in_every_style() -> None:
    letter = replace(corpus()[1], reads=(PageRead("ocr", 0.5),))
    citation = replace(cited(letter, SPENT), speaker="the Inspectorate")
    assert write_citation(letter, citation, parse_style("{author}: “{quote}”")) == (
        f"Ann Example: “{SPENT}” (words of the Inspectorate; read by OCR with doubts: check the page)"
    )
    named = write_citation(letter, citation, parse_style("{quote} [{speaker}]"))
    assert named == f"{SPENT} [words of the Inspectorate] (read by OCR with doubts: check the page)"
    sound = replace(letter, reads=(PageRead("ocr", 0.99),))
    assert write_citation(sound, citation, parse_style("{quote} {speaker}, {reading}")).endswith(
        ", read by OCR"
    )


# -- sections and annex ---------------------------------------------------------------------------


def test_statements_stand_under_their_questions_in_the_order_given() -> None:
    letters = corpus()
    one, two = items_of(letters, grant_answer(letters))
    absence = items_of(letters, not_found())[0]
    made_of = brief([two, absence, one], letters)
    assert [section.question for section in made_of.sections] == [
        "Was the grant spent?", "What of cheese?", "Was the grant spent?",
    ]  # fmt: skip


def test_a_comparison_is_read_row_by_row_however_it_was_collected() -> None:
    letters = corpus()
    items = items_of(letters, comparison_answer(letters))[::-1]
    (section,) = brief(items, letters).sections
    assert section.table is not None
    assert section.column_heads == ("Whose letter", "calls | rings", "the grant")
    assert [heading for heading, _ in section.table.rows] == ["Southtown", "Northshire"]
    assert [note.number for entry in section.entries for note in entry.footnotes] == [1, 2, 3]
    inside = [entry for _, cells in section.table.rows for cell in cells for entry in cell]
    assert inside == list(section.entries)


def test_a_cell_whose_statement_was_not_collected_is_empty() -> None:
    letters = corpus()
    items = items_of(letters, comparison_answer(letters))
    (section,) = brief([items[0], items[4]], letters).sections
    assert section.table is not None
    assert [[len(cell) for cell in cells] for _, cells in section.table.rows] == [[1, 0], [0, 1]]


def test_one_side_of_a_comparison_makes_no_table() -> None:
    letters = corpus()
    (section,) = brief(items_of(letters, comparison_answer(letters))[:3], letters).sections
    assert section.table is None
    assert section.before_table == section.entries


def test_the_annex_tells_letters_cited_from_letters_in_scope() -> None:
    letters = corpus()
    made_of = brief(items_of(letters, pass_answer(letters)), letters)
    assert [(row.letter, row.file, row.use) for row in made_of.cited] == [
        ("Bob Sample, Deputy Mayor, Southtown, 11 May 2018", letters[0].source, "1")
    ]
    ann = "Ann Example, Commissioner for Northshire, 2 September 2020, to the Minister"
    assert [(row.letter, row.use) for row in made_of.uncited] == [
        (ann, "read in full"), (letters[2].source, "could not be read"),
    ]  # fmt: skip


def test_letters_out_of_scope_are_not_in_the_annex() -> None:
    letters = corpus()
    narrowed = grant_answer(letters, scope=Scope(date_from="2019"))
    assert brief(items_of(letters, narrowed), letters).uncited == ()
    wide = brief(items_of(letters, grant_answer(letters)), letters)
    assert [(row.file, row.use) for row in wide.uncited] == [
        (letters[0].source, "searched"), (letters[2].source, "searched"),
    ]  # fmt: skip


def test_the_annex_names_each_engine_once_and_the_corpus() -> None:
    letters = corpus()
    drafted = grant_answer(letters, engine="small-model", prompt_id="answer/3")
    facts = dict(brief(items_of(letters, drafted, not_found()), letters).facts)
    assert facts["Engine"].startswith("small-model (answer/3); quoting engine")
    assert facts["Letters in the store"] == "3"
    assert corpus_hash(letters) in facts.values()


def test_the_corpus_hash_is_of_ids_and_texts_in_any_order() -> None:
    letters = corpus()
    lines = sorted(f"{x.id} {x.text_sha256}\n" for x in letters)
    assert corpus_hash(reversed(letters)) == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert (
        corpus_hash(letters[:2])
        != corpus_hash(letters)
        != corpus_hash([changed(letters[0], "94", "49"), *letters[1:]])
    )


def test_options_are_kept_on_one_line_and_an_empty_title_is_a_briefing() -> None:
    letters = corpus()
    made_of = brief([], letters, title=" ", author="A\nB", marking="\x00OFFICIAL ")
    assert (made_of.title, made_of.author, made_of.marking) == ("Briefing", "A B", "\ufffdOFFICIAL")
    assert (made_of.sections, made_of.left_out) == ((), ())
