import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.odd_readers import Outcome, page_after_page, read
from vectorstore.errors import UnreadableError
from vectorstore.sandbox import Sandbox

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits are the system's, and Windows has others")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox[Outcome]]:
    with Sandbox(read, timeout_s=20) as made:
        yield made


def test_a_file_is_read_in_another_process_which_is_kept(sandbox: Sandbox[Outcome]) -> None:
    first, second = sandbox.read(b"one", "a.txt"), sandbox.read(b"two", "b.txt")
    assert (first.text, second.text) == ("one", "two")
    assert first.process == second.process != os.getpid()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("refuse", "^it is not a letter$"),
        ("fault", r"^its reader has a fault \(KeyError in odd_readers.py, line [0-9]+\); save it as PDF"),
        ("deep", "nested too deeply"),
        ("crash", "crashed"),
        ("exit", "crashed"),
        ("memory", "more than 1,024 MiB of memory"),
        ("connect", "PermissionError"),
        ("foreign", "crashed"),
        ("huge", "more text|memory"),
    ],
)
def test_a_bad_file_costs_its_own_reading_alone(sandbox: Sandbox[Outcome], name: str, reason: str) -> None:
    files = [(0, b"before", "a.txt"), (1, b"", name), (2, b"after", "b.txt")]
    outcomes = dict(sandbox.map(files))
    before, bad, after = outcomes[0], outcomes[1], outcomes[2]
    assert isinstance(bad, UnreadableError)
    assert isinstance(before, Outcome)
    assert isinstance(after, Outcome)
    assert (before.text, after.text) == ("before", "after")
    with pytest.raises(UnreadableError, match=reason):
        raise bad


@pytest.mark.parametrize("name", ["sleep", "spin"])
def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(name: str) -> None:
    began = time.monotonic()
    with Sandbox(read, timeout_s=1) as sandbox:
        bad, good = (outcome for _, outcome in sandbox.map([(0, b"", name), (1, b"x", "a.txt")]))
        assert "longer than 1 s" in str(bad)
        assert isinstance(good, Outcome)
    assert time.monotonic() - began < 15


def test_what_a_reader_prints_does_not_break_the_conversation(sandbox: Sandbox[Outcome]) -> None:
    assert sandbox.read(b"x", "print").text == "x"


def test_a_reader_writes_nothing(sandbox: Sandbox[Outcome], tmp_path: Path) -> None:
    target = tmp_path / "written"
    with pytest.raises(UnreadableError, match="OSError"):
        sandbox.read(str(target).encode(), "write")
    assert not target.exists() or target.read_bytes() == b""


def test_what_a_reader_started_ends_with_it(tmp_path: Path) -> None:
    target = tmp_path / "late"
    with Sandbox(read, timeout_s=1) as sandbox, pytest.raises(UnreadableError):
        sandbox.read(str(target).encode(), "start")
    time.sleep(4)
    assert not target.exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_many_files_come_back_in_order(workers: int) -> None:
    files = [(n, str(n).encode(), "refuse" if n % 7 == 3 else "a.txt") for n in range(500)]
    with Sandbox(read, workers=workers) as sandbox:
        outcomes = list(sandbox.map(files))
    assert [key for key, _ in outcomes] == list(range(500))
    read_ones = [outcome for _, outcome in outcomes if isinstance(outcome, Outcome)]
    assert [one.text for one in read_ones] == [str(n) for n in range(500) if n % 7 != 3]
    assert len({one.process for one in read_ones}) <= workers


def test_files_are_asked_for_a_few_at_a_time() -> None:
    asked = 0

    def files() -> Iterator[tuple[int, bytes, str]]:
        nonlocal asked
        for number in range(10_000):
            asked += 1
            yield number, b"x", "a.txt"

    with Sandbox(read) as sandbox:
        next(sandbox.map(files()))
        assert asked < 200


def test_plain_text_can_be_read_without_a_process(sandbox: Sandbox[Outcome]) -> None:
    files = [(n, b"x", name) for n, name in enumerate(["a.txt", "b.pdf", "refuse.txt", "c.pdf"])]
    here, apart, refused, last = (
        o for _, o in sandbox.map(files, directly=lambda name: name.endswith(".txt"))
    )
    assert isinstance(here, Outcome)
    assert isinstance(apart, Outcome)
    assert isinstance(last, Outcome)
    assert isinstance(refused, UnreadableError)
    assert here.process == os.getpid() != apart.process == last.process


def test_leaving_ends_what_is_still_being_read() -> None:
    began = time.monotonic()
    with Sandbox(read) as sandbox:
        outcomes = sandbox.map((n, b"", "sleep" if n > 40 else "a.txt") for n in range(200))
        next(outcomes)
    assert time.monotonic() - began < 15
    with pytest.raises(RuntimeError):
        sandbox.read(b"", "a.txt")


def test_a_scan_of_many_pages_has_time_for_each_and_tells_of_each() -> None:
    told: list[float] = []
    with Sandbox(
        page_after_page, timeout_s=1.2, page_s=1.0, on_page=lambda: told.append(time.monotonic())
    ) as sandbox:
        assert sandbox.read(b"12345", "scan.pdf") == "scan.pdf"
    assert len(told) == 5
    assert told[-1] - told[0] > 1.2


def test_pages_that_come_too_slowly_are_not_waited_for() -> None:
    with (
        Sandbox(page_after_page, timeout_s=1.0, page_s=0.1) as sandbox,
        pytest.raises(UnreadableError, match="takes longer than"),
    ):
        sandbox.read(b"12345678", "scan.pdf")
