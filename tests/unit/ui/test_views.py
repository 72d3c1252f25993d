"""The views over a stand-in: what is shown for each outcome, and what stays after it."""

from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from assistant import assembly
from assistant.answer import Ledger, LedgerRow, Statement
from assistant.settings import Settings
from assistant.ui.chat import BROKEN
from assistant.ui.reader import CHANGED, GONE
from assistant.ui.reply import NEAREST, OUTSIDE, UNSUPPORTED
from tests.unit.ui.stand_in import (
    HOSTILE,
    FakeAssistant,
    answer_of,
    cite,
    hostile_letter,
    html_of,
    plain_letter,
)
from tests.unit.ui.test_markup import Reader
from vectorstore.errors import ModelError, QuestionError, StoreError
from vectorstore.letter import Scope

SPENT = "The force did not spend the grant."
ASIDE = "It set aside 78,000 pounds for 2020."
OURS = {"article", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "header", "li", "mark", "p", "q", "span",
        "strong", "summary", "ul"}  # fmt: skip


def ask(app: AppTest, question: str) -> AppTest:
    return app.chat_input[0].set_value(question).run()


def press(app: AppTest, label: str) -> AppTest:
    """Press the last button with this label."""
    return [button for button in app.button if button.label == label][-1].click().run()


def buttons(app: AppTest) -> Sequence[str]:
    return [button.label for button in app.button]


def words_of(app: AppTest) -> str:
    return Reader(html_of(app)).words


@pytest.fixture
def cited(fake: FakeAssistant) -> FakeAssistant:
    """The stand-in, with an answer that has two citations."""
    one, two = cite(plain_letter(), SPENT, 1), cite(plain_letter(), ASIDE, 2, speaker="The Inspectorate")
    fake.script["Was it spent?"] = answer_of("Was it spent?", one, two)
    return fake


def test_an_empty_chat_says_what_this_is_over_what_and_by_which_engine(app: AppTest) -> None:
    app.run()
    assert "2 letters, 2020, by Ann Example" in words_of(app)
    assert "no language model" in words_of(app)


def test_an_example_question_is_asked_by_pressing_it(app: AppTest, fake: FakeAssistant) -> None:
    app.run()
    example = next(button for button in app.button if button.key == "example-0")
    question = example.label.replace("\\", "")
    fake.script[question] = answer_of(question, cite(plain_letter(), SPENT))
    example.click().run()
    assert len(fake.histories) == 1
    assert SPENT in words_of(app)


def test_each_statement_is_followed_by_its_citations(app: AppTest, cited: FakeAssistant) -> None:
    ask(app.run(), "Was it spent?")
    assert [label for label in buttons(app) if label[:2] == "\\["] == ["\\[1\\]", "\\[2\\]"]
    assert "words of The Inspectorate" in words_of(app)
    assert "2 of 2 letters read" in words_of(app)


def test_a_citation_opens_its_letter_at_the_marked_words(app: AppTest, cited: FakeAssistant) -> None:
    press(ask(app.run(), "Was it spent?"), "\\[2\\]")
    assert html_of(app).count("<mark>") == 1
    assert f"<mark>{ASIDE}</mark>" in html_of(app)
    assert "Ann Example, Commissioner" in words_of(app)
    assert "Northshire · 2 September 2020" in words_of(app)
    assert "[2] Page 1, paragraph 2 · words of The Inspectorate, not the author’s own" in words_of(app)
    press(app, "\\[1\\]")
    assert f"<mark>{SPENT}</mark>" in html_of(app)


def test_the_open_letter_stays_while_one_asks_on_and_closes_when_told(
    app: AppTest, cited: FakeAssistant
) -> None:
    press(ask(app.run(), "Was it spent?"), "\\[2\\]")
    ask(app, "Was it spent?")
    assert f"<mark>{ASIDE}</mark>" in html_of(app)
    press(app, "Close letter")
    assert "<mark>" not in html_of(app)
    assert SPENT in words_of(app)


def test_a_citation_whose_text_changed_is_not_marked(app: AppTest, cited: FakeAssistant) -> None:
    changed = plain_letter()
    ask(app.run(), "Was it spent?")
    object.__setattr__(changed, "text", changed.text.replace("78,000", "87,000"))
    cited.kept = [changed]
    press(app, "\\[2\\]")
    assert [warning.value for warning in app.warning] == [CHANGED]
    assert "<mark>" not in html_of(app)
    assert "87,000" in words_of(app)


def test_a_citation_of_a_letter_that_is_gone_says_so(app: AppTest, cited: FakeAssistant) -> None:
    ask(app.run(), "Was it spent?")
    cited.kept = [hostile_letter()]
    press(app, "\\[2\\]")
    assert [warning.value for warning in app.warning] == [GONE]


def test_a_statement_in_the_letters_own_words_is_shown_once_as_a_quote(
    app: AppTest, fake: FakeAssistant
) -> None:
    fake.script["q"] = answer_of("q", cite(plain_letter(), SPENT, 1), cite(plain_letter(), ASIDE, 2))
    ask(app.run(), "q")
    assert f"<q>{SPENT}</q>" in html_of(app)
    assert words_of(app).count(SPENT) == words_of(app).count(ASIDE) == 1
    assert "Citations" not in words_of(app)


def test_a_statement_in_other_words_has_its_quotes_listed_below_it(app: AppTest, fake: FakeAssistant) -> None:
    one, two = cite(plain_letter(), SPENT, 1), cite(plain_letter(), ASIDE, 2)
    fake.script["q"] = answer_of("q", one, two, statements=(Statement("No, it was kept.", True, (1, 2)),))
    ask(app.run(), "q")
    shown = words_of(app)
    assert (
        shown.index("No, it was kept.") < shown.index("Citations") < shown.index(SPENT) < shown.index(ASIDE)
    )
    assert "<q>No" not in html_of(app)


def test_an_unsupported_statement_is_marked(app: AppTest, fake: FakeAssistant) -> None:
    made = answer_of("q", cite(plain_letter(), SPENT))
    fake.script["q"] = answer_of(
        "q",
        *made.citations,
        statements=(Statement("It was spent.", False, (1,)), Statement("Fine.", True, (1,))),
    )
    ask(app.run(), "q")
    assert words_of(app).count(UNSUPPORTED) == 1
    assert (
        words_of(app).index("It was spent.") < words_of(app).index(UNSUPPORTED) < words_of(app).index("Fine.")
    )


def test_not_found_is_said_plainly_with_the_nearest_passages(app: AppTest, fake: FakeAssistant) -> None:
    near = cite(plain_letter(), ASIDE)
    fake.script["q"] = answer_of(
        "q",
        near,
        status="not_found",
        statements=(),
        nearest=(1,),
        text="The letters do not say: two were read.",
    )
    ask(app.run(), "q")
    for said in ("The letters do not say: two were read.", NEAREST, ASIDE):
        assert words_of(app).count(said) == 1
    assert f"<mark>{ASIDE}</mark>" in html_of(press(app, "\\[1\\]"))


def test_a_ledger_has_a_row_a_letter_and_its_citations_open(app: AppTest, fake: FakeAssistant) -> None:
    says = cite(plain_letter(), ASIDE)
    rows = (
        LedgerRow("0" * 16, "none.txt", "Bob Sample, 2018", "no", ()),
        LedgerRow("1" * 16, "scan.txt", "Cy Scan, 2019", "unreadable", ()),
        LedgerRow(says.letter_id, says.source, "Ann Example, 2020", "yes", (1,)),
    )
    fake.script["q"] = answer_of("q", says, kind="list", statements=(), ledger=Ledger(rows))
    ask(app.run(), "q")
    shown = words_of(app)
    assert "1 letter says so, 1 does not, 1 could not be read." in shown
    assert shown.count(ASIDE) == 1
    assert shown.index("YesAnn Example") < shown.index("UnreadableCy Scan") < shown.index("NoBob Sample")
    assert f"<mark>{ASIDE}</mark>" in html_of(press(app, "\\[1\\]"))


def test_a_ledger_begins_with_the_letters_that_were_asked_for(app: AppTest, fake: FakeAssistant) -> None:
    says = cite(plain_letter(), ASIDE)
    rows = (
        LedgerRow(says.letter_id, says.source, "Ann Example, 2020", "yes", (1,)),
        LedgerRow("0" * 16, "none.txt", "Bob Sample, 2018", "no", ()),
    )
    silent = Statement("Bob Sample, 2018", True, ())
    fake.script["q"] = answer_of(
        "q",
        says,
        kind="list",
        statements=(silent,),
        ledger=Ledger(rows),
        text="Of 2, 1 does not:\nBob Sample, 2018",
    )
    ask(app.run(), "q")
    shown = words_of(app)
    assert shown.index("Of 2, 1 does not:") < shown.index("NoBob Sample") < shown.index("YesAnn Example")
    assert shown.count("Bob Sample") == 1


def test_a_ledger_of_what_is_said_and_not_said_tells_what_its_yes_means(
    app: AppTest, fake: FakeAssistant
) -> None:
    says = cite(plain_letter(), ASIDE)
    rows = (
        LedgerRow(says.letter_id, says.source, "Ann", "yes", (1,)),
        LedgerRow("b", "b.txt", "Bob", "no", ()),
    )
    of_two = Ledger(rows, meaning="speaks of “grants” and not of “loans”")
    fake.script["q"] = answer_of("q", says, kind="list", statements=(), ledger=of_two)
    ask(app.run(), "q")
    words = words_of(app)
    assert "Says so" not in words
    assert "A letter fits that speaks of “grants” and not of “loans”: 1 letter does, 1 does not." in words


def test_a_long_ledger_is_shown_a_page_at_a_time(app: AppTest, fake: FakeAssistant) -> None:
    rows = tuple(LedgerRow(f"{n:016}", f"{n}.txt", f"Letter number {n}.", "no", ()) for n in range(60))
    fake.script["q"] = answer_of("q", kind="list", status="not_found", text="None.", ledger=Ledger(rows))
    ask(app.run(), "q")
    assert words_of(app).count("Letter number") == 25
    app.pagination[0].set_value(3).run()
    assert words_of(app).count("Letter number") == 10


def test_a_follow_up_says_how_it_was_understood_and_over_which_letters(
    app: AppTest, cited: FakeAssistant
) -> None:
    cited.script["And why?"] = answer_of(
        "And why?",
        standalone="Why was the grant of Northshire not spent?",
        scope=Scope(area=("Northshire",)),
        notice="Only words were searched.",
    )
    ask(ask(app.run(), "Was it spent?"), "And why?")
    assert cited.histories == [[], ["Was it spent?"]]
    for said in ("Understood as: Why was the grant", "2 letters:", "Only words were"):
        assert words_of(app).count(said) == 1
    assert buttons(app).count("area Northshire ✕") == 1


def test_a_chip_asks_the_question_again_without_its_part_of_the_scope(
    app: AppTest, cited: FakeAssistant
) -> None:
    cited.script["And why?"] = answer_of(
        "And why?", standalone="Why so?", scope=Scope(area=("Northshire",), date_from="2020", date_to="2020")
    )
    cited.script["Why so?"] = answer_of("Why so?")
    ask(app.run(), "And why?")
    press(app, "area Northshire ✕")
    assert cited.scopes == [(None, False), (Scope(date_from="2020", date_to="2020"), True)]
    assert "All 2 letters" in words_of(app)


def test_the_form_asks_the_question_again_within_what_it_says(app: AppTest, cited: FakeAssistant) -> None:
    cited.script["Why?"] = answer_of("Why?")
    ask(app.run(), "Why?")
    app.multiselect(key="scope-area-0").select("Northshire")
    app.text_input(key="scope-from-0").set_value("2019")
    app.text_input(key="scope-to-0").set_value("spring")
    press(app, "Ask again")
    assert cited.scopes[-1] == (Scope(area=("Northshire",), date_from="2019"), True)
    assert "spring" in app.warning[0].value


def test_a_comparison_is_a_table_whose_empty_cells_say_so(app: AppTest, cited: FakeAssistant) -> None:
    found = cite(plain_letter(), SPENT, 1)
    cited.script["Compare"] = answer_of(
        "Compare",
        found,
        kind="compare",
        statements=(
            Statement(SPENT, True, (1,), "North", "grants"),
            Statement("says nothing on this", True, (), "North", "staff"),
            Statement("says nothing on this", True, (), "South", "grants"),
            Statement("says nothing on this", True, (), "South", "staff"),
        ),
    )
    ask(app.run(), "Compare")
    said = words_of(app)
    assert said.count("says nothing on this") == 3
    assert all(said.count(word) == 1 for word in ("grants", "staff", "North", "South"))
    assert press(app, "\\[1\\]").session_state["opened"].citation == found


@pytest.mark.parametrize(
    ("matters", "order"),
    [
        (("grants", "staff", "calls"), ["North", "South", "grants", "staff", "calls"]),
        (("grants", "staff"), ["grants", "staff", "North", "South"]),
    ],
)
def test_of_sides_and_matters_the_fewer_are_the_columns(
    matters: tuple[str, ...], order: list[str], app: AppTest, cited: FakeAssistant
) -> None:
    found = cite(plain_letter(), "It set aside 78,000 pounds", 1)
    said = [
        Statement(found.exact, True, (1,), side, matter) for side in ("North", "South") for matter in matters
    ]
    cited.script["Q"] = answer_of("Q", found, kind="compare", statements=tuple(said))
    words = words_of(ask(app.run(), "Q"))
    assert sorted(order, key=words.index) == order
    assert words.count(found.exact) == len(said)


def test_what_stands_outside_the_letters_looked_at_is_told_apart(app: AppTest, cited: FakeAssistant) -> None:
    near = cite(plain_letter(), SPENT, 1)
    cited.script["Q"] = answer_of(
        "Q",
        near,
        status="not_found",
        statements=(),
        nearest=(1,),
        text="No.",
        scope=Scope(area=("Elsewhere",)),
    )
    ask(app.run(), "Q")
    assert OUTSIDE in words_of(app)
    assert NEAREST not in words_of(app)


@pytest.mark.parametrize("error", [QuestionError, ModelError, StoreError])
def test_an_error_is_one_sentence_and_the_chat_lives_on(
    app: AppTest, cited: FakeAssistant, error: type[Exception]
) -> None:
    cited.script["bad <b>q</b>"] = error("Nothing at 'http://x/*v1*': mend it.")
    ask(app.run(), "bad <b>q</b>")
    assert [shown.value.replace("\\", "") for shown in app.error] == ["Nothing at 'http://x/*v1*': mend it."]
    assert "*" not in app.error[0].value.replace("\\*", "")
    assert not app.exception
    ask(app, "Was it spent?")
    assert "bad <b>q</b>" in words_of(app)
    assert SPENT in words_of(app)
    assert cited.histories == [[], []], "a question without an answer is no history"


def test_a_bug_is_seen_and_does_not_stop_the_chat(app: AppTest, cited: FakeAssistant) -> None:
    cited.script["q"] = RuntimeError("a bug")
    ask(app.run(), "q")
    assert len(app.exception) == 1
    assert "a bug" not in app.exception[0].message, "its words may be a letter's: they are for the log"
    ask(app, "Was it spent?")
    assert not app.exception
    assert [shown.value.replace("\\", "") for shown in app.error] == [BROKEN]
    assert SPENT in words_of(app)


def test_a_new_chat_forgets_the_conversation(app: AppTest, cited: FakeAssistant) -> None:
    press(press(ask(app.run(), "Was it spent?"), "\\[2\\]"), "New chat")
    assert SPENT not in words_of(app)
    ask(app, "Was it spent?")
    assert cited.histories == [[], []]


def test_hostile_letters_questions_and_answers_are_shown_as_they_are(
    app: AppTest, fake: FakeAssistant
) -> None:
    bad = cite(hostile_letter(), "<script>alert(1)</script>", speaker=HOSTILE)
    fake.script[HOSTILE] = answer_of(
        HOSTILE, bad, standalone=HOSTILE + "?", notice=HOSTILE, nearest=(1,), status="not_found", text=HOSTILE,
        scope=Scope(author=(HOSTILE,)), engine=HOSTILE,
        ledger=Ledger((LedgerRow("0" * 16, HOSTILE, HOSTILE, "yes", (1,)),)),
    )  # fmt: skip
    press(ask(app.run(), HOSTILE), "\\[1\\]")
    assert set(Reader(html_of(app)).tags) <= OURS
    assert words_of(app).count(HOSTILE) >= 8
    assert not app.markdown
    assert all("\\!\\[x\\]" in button.help for button in app.button if button.help and "x.png" in button.help)


def test_a_very_long_question_is_clipped_on_the_page_alone(app: AppTest, fake: FakeAssistant) -> None:
    long = "why " * 25_000
    fake.script[long] = QuestionError("The question has 100,000 characters.")
    ask(app.run(), long)
    assert "(100,000 characters in all)" in words_of(app)
    assert len(words_of(app)) < 5_000


def test_an_empty_store_says_what_to_run(app: AppTest, fake: FakeAssistant) -> None:
    fake.kept = []
    app.run()
    assert "python -m assistant ingest" in app.info[0].value
    assert not app.chat_input


def test_a_missing_store_is_an_error_until_it_is_there(
    app: AppTest, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_settings: Settings) -> FakeAssistant:
        raise StoreError("There is no store at 'x'. Run `python -m assistant ingest`.")

    with monkeypatch.context() as patch:
        patch.setattr(assembly, "open_assistant", missing)
        app.run()
        assert (
            app.error[0].value.replace("\\", "")
            == "There is no store at 'x'. Run `python -m assistant ingest`."
        )
    assert not app.run().error
    assert app.chat_input
