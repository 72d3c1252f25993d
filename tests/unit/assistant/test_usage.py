"""Tokens and money: worked out by hand, kept over restarts, refused once they are spent."""

from pathlib import Path

import pytest

from assistant.kept import Kept
from assistant.usage import Book, Prices, Usage, money, told
from vectorstore.errors import KeptError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_a_cost_is_tokens_by_the_price_of_a_million() -> None:
    assert Prices(2.0, 8.0, "EUR").cost(1_500, 250) == pytest.approx(0.003 + 0.002)


def test_two_calls_of_one_question_are_summed_and_an_estimate_stays_one() -> None:
    both = Usage(1, 100, 20, cost=0.5, currency="EUR") + Usage(
        1, 10, 2, estimated=True, cost=0.25, currency="EUR"
    )
    assert both == Usage(2, 110, 22, estimated=True, cost=0.75, currency="EUR")
    assert (Usage(1, 1, 1) + Usage(1, 1, 1)).cost is None


@pytest.mark.parametrize(
    ("cost", "shown"),
    [
        (0.0, "0.00 EUR"), (12.345, "12.35 EUR"), (0.0421, "0.042 EUR"), (0.00042, "0.0004 EUR"),
        (0.00001, "under 0.0001 EUR"),
    ],
)  # fmt: skip
def test_a_sum_is_written_with_the_digits_that_tell(cost: float, shown: str) -> None:
    assert money(cost, "EUR") == shown


def test_what_was_used_is_one_line_with_money_where_there_are_prices() -> None:
    assert told(Usage(1, 1234, 56)) == "1,234 tokens read, 56 written"
    assert (
        told(Usage(1, 10, 5, estimated=True, cost=1.5, currency="GBP"))
        == "about 10 tokens read, 5 written, 1.50 GBP"
    )


def test_the_days_spending_is_there_after_a_restart_and_for_the_whole_team(folder: Path) -> None:
    Book(Kept(folder)).add("small", Usage(1, 10, 5, cost=0.25))
    Book(Kept(folder)).add("large", Usage(1, 10, 5, cost=0.5))
    Book(Kept(folder)).add("small", Usage(1, 10, 5, cost=0.25))
    assert Book(Kept(folder)).spent() == pytest.approx(1.0)


def test_the_model_is_refused_from_the_call_at_which_the_budget_is_spent_until_the_next_day(
    folder: Path,
) -> None:
    days = ["2026-01-01"]
    book = Book(Kept(folder), budget=1.0, currency="EUR", day=lambda: days[-1])
    assert book.refusal() == ""
    book.add("small", Usage(1, 0, 0, cost=0.99))
    assert book.refusal() == ""
    book.add("small", Usage(1, 0, 0, cost=0.01))
    assert "(1.00 EUR) is spent" in book.refusal()
    assert "LETTERS_BUDGET_A_DAY" in book.refusal()
    days.append("2026-01-02")
    assert book.refusal() == ""


def test_without_a_budget_nothing_is_refused_and_a_damaged_file_does_not_matter(folder: Path) -> None:
    (folder / "kept.sqlite").write_bytes(b"no database" * 500)
    assert Book(Kept(folder)).refusal() == ""


def test_a_damaged_file_is_one_sentence_with_the_way_out_and_moving_it_away_mends_it(folder: Path) -> None:
    file = folder / "kept.sqlite"
    file.write_bytes(b"no database" * 500)
    book = Book(Kept(folder), budget=1.0)
    with pytest.raises(KeptError, match="Move that file away") as caught:
        book.spent()
    assert "kept.sqlite" in str(caught.value)
    file.unlink()
    assert book.spent() == 0.0
