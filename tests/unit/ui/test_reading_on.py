"""A pass that a model can read on: the price stands beside the button, and nothing begins before it is pressed."""

from streamlit.testing.v1 import AppTest

from assistant.answer import Ledger, LedgerRow
from assistant.ui.reading_on import KEPT
from assistant.usage import Usage
from tests.unit.ui.stand_in import FakeAssistant, answer_of, cite, plain_letter
from tests.unit.ui.test_views import ask, buttons, press, words_of
from vectorstore.errors import ModelError

SPENT = "The force did not spend the grant."
LEFT = Usage(12, 14_000, 1_800, estimated=True, cost=0.0421, currency="EUR")


def test_the_offer_says_letters_tokens_and_money_and_reads_on_when_it_is_pressed(
    app: AppTest, fake: FakeAssistant
) -> None:
    one = cite(plain_letter(), SPENT)
    row = LedgerRow(one.letter_id, one.source, "Ann Example", "no", (1,), by="gpt-x")
    fake.engine = "gpt-x"
    fake.script["And these?"] = answer_of(
        "And these?", kind="list", standalone="Which say it?", left_open=LEFT
    )
    fake.script["Which say it?"] = answer_of("Which say it?", one, kind="list", ledger=Ledger((row,)))
    ask(app.run(), "And these?")
    offer = (
        "12 letters come near without saying it outright; gpt-x can judge them for about 14,000 tokens read, "
    )
    assert f"{offer}1,800 written, 0.042 EUR." in words_of(app)
    assert fake.read_on == [False]
    press(app, "Let it read on")
    assert fake.read_on == [False, True]
    assert "Maybe" in words_of(app)
    assert "As gpt-x reads these words" in words_of(app)
    assert "0 letters say so, 1 does not; gpt-x reads 1 otherwise." in words_of(app)


def test_a_reading_that_broke_off_can_be_resumed(app: AppTest, fake: FakeAssistant) -> None:
    fake.script["Which say it?"] = answer_of("Which say it?", kind="list", left_open=LEFT)
    ask(app.run(), "Which say it?")
    fake.script["Which say it?"] = ModelError("The server hung up.")
    press(app, "Let it read on")
    assert KEPT in words_of(app)
    fake.script["Which say it?"] = answer_of("Which say it?", kind="list")
    press(app, "Resume")
    assert fake.read_on == [False, True, True]


def test_where_no_letter_is_left_open_nothing_is_offered(app: AppTest, fake: FakeAssistant) -> None:
    fake.script["Which say it?"] = answer_of("Which say it?", kind="list")
    ask(app.run(), "Which say it?")
    assert "Let it read on" not in buttons(app)
