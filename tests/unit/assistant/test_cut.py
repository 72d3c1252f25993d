"""A sentence that a page's edge cut in two is cited whole: both parts, or none."""

from assistant.answer import Draft, DraftStatement
from assistant.cite import Numbering, verify
from assistant.cut import cut_sentences, whole
from vectorstore.letter import Letter
from vectorstore.make import make_letter

FOOTER = "Northmere Council, Town Hall, High Street, page {}"
TEXT = "\n\n".join(
    [
        "Northmere Council",
        "4 May 2021",
        "Dear Ms Okafor",
        "The bridge was inspected in the spring. The council does not accept that the old bridge over the river",
        FOOTER.format(1)
        + "\n\fis unsafe for the buses that cross it every hour of the day. It will be inspected again.",
        "The council paid for the work out of its own reserves and asked for no grant.",
        FOOTER.format(2)
        + "\n\fThe lamps were mended too, and the railings were painted in the same week of June.",
        "Yours sincerely",
        "Tom Quill\nChief Executive",
        FOOTER.format(3),
    ]
)


def letter() -> Letter:
    return make_letter(TEXT.encode(), "bridge.txt")


def test_the_two_parts_belong_together_and_the_footer_to_neither() -> None:
    made = letter()
    ((first, second),) = cut_sentences(made)
    assert made.text[first[0] : first[1]] == "The council does not accept that the old bridge over the river"
    assert made.text[second[0] : second[1]] == "is unsafe for the buses that cross it every hour of the day."


def test_a_quote_of_one_part_is_cited_with_the_other() -> None:
    made = letter()
    cropped = "is unsafe for the buses that cross it every hour of the day."
    claim = DraftStatement("The bridge is unsafe.", ((made.id, cropped),))
    (statement,), citations = verify(Draft((claim,), "test"), {made.id: made}, Numbering())
    assert [(c.page, c.paragraph) for c in citations] == [(1, 1), (2, 1)]
    assert "does not accept" in citations[0].exact
    assert len(statement.citations) == 2


def test_a_whole_sentence_stays_alone() -> None:
    made = letter()
    start = made.text.index("The bridge was inspected")
    end = start + len("The bridge was inspected in the spring.")
    assert whole(made, start, end) == [(start, end)]
