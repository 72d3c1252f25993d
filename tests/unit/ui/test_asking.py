"""A question under way is watched, not waited for blindly: its stage is told, and it can be stopped."""

import threading
from collections.abc import Callable

import pytest

from assistant.answer import Answer
from assistant.ui.asking import Stopped, start
from tests.unit.ui.stand_in import answer_of

WAIT_S = 10


def test_the_stage_is_told_as_it_begins_and_the_answer_is_there_at_the_end() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(tell: Callable[[str], None]) -> Answer:
        tell("Drafting")
        begun.set()
        assert go_on.wait(WAIT_S)
        return answer_of("q")

    asking = start(work)
    assert begun.wait(WAIT_S)
    assert (asking.stage, asking.wait(0), asking.answer) == ("Drafting", False, None)
    go_on.set()
    assert asking.wait(WAIT_S)
    assert (asking.answer, asking.error) == (answer_of("q"), None)


def test_after_a_stop_no_further_stage_begins() -> None:
    go_on, begun = threading.Event(), []

    def work(tell: Callable[[str], None]) -> Answer:
        assert go_on.wait(WAIT_S)
        tell("Asking the model")
        begun.append("the model was asked")
        return answer_of("q")

    asking = start(work)
    asking.stop()
    go_on.set()
    assert asking.wait(WAIT_S)
    assert isinstance(asking.error, Stopped)
    assert (begun, asking.answer) == ([], None)


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyboardInterrupt()])
def test_what_goes_wrong_is_handed_to_the_page(error: BaseException) -> None:
    def work(_: Callable[[str], None]) -> Answer:
        raise error

    asking = start(work)
    assert asking.wait(WAIT_S)
    assert asking.error is error
