"""What a model's answers cost: tokens as its server counts them, money by the prices set, and the day's sum."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.kept import Kept


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, read and written; there is no list of prices that could go stale.

    Args:
        currency: as it is shown after a sum.
    """

    read: float
    written: float
    currency: str

    def cost(self, input_tokens: int, output_tokens: int) -> float:
        """Return what so many tokens cost; what a provider takes off for repeated input is not known here."""
        return (input_tokens * self.read + output_tokens * self.written) / 1_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    """What a model was sent and wrote.

    Args:
        calls: requests that its server answered, the repair of a reply included.
        estimated: whether a server left tokens uncounted, and they were put at four characters a token.
        cost: in `currency`; None where no prices are set.
    """

    calls: int
    input_tokens: int
    output_tokens: int
    estimated: bool = False
    cost: float | None = None
    currency: str = ""

    def __add__(self, other: "Usage") -> "Usage":
        costs = [cost for cost in (self.cost, other.cost) if cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            estimated=self.estimated or other.estimated,
            cost=sum(costs) if costs else None,
            currency=self.currency or other.currency,
        )


def money(cost: float, currency: str) -> str:
    """Write a sum: two decimals, and as many more as a small one needs to show two digits."""
    if cost >= 1 or cost == 0:
        return f"{cost:,.2f} {currency}"
    if cost < 0.0001:
        return f"under 0.0001 {currency}"
    return f"{cost:.2g} {currency}" if cost >= 0.001 else f"{cost:.4f} {currency}"


def told(usage: Usage) -> str:
    """Write tokens and money in one line: 1,234 tokens read, 120 written, 0.0021 USD."""
    about = "about " if usage.estimated else ""
    said = f"{about}{usage.input_tokens:,} tokens read, {usage.output_tokens:,} written"
    return said if usage.cost is None else f"{said}, {money(usage.cost, usage.currency)}"


def offered(left_open: Usage, model: str) -> str:
    """Say how many letters a complete pass leaves open, and what judging them would use."""
    letters = "1 letter comes" if left_open.calls == 1 else f"{left_open.calls:,} letters come"
    return f"{letters} near without saying it outright; {model} can judge them for {told(left_open)}"


def today() -> str:
    """Return the day that spending is put down to, by UTC, as yyyy-mm-dd."""
    return datetime.now(UTC).date().isoformat()


class Book:
    """The day's spending, of all users of one store, over restarts.

    Args:
        budget: what may be spent on the model in a day, in the prices' currency; None sets no limit.
    """

    def __init__(
        self, kept: Kept, *, budget: float | None = None, currency: str = "", day: Callable[[], str] = today
    ) -> None:
        self.budget = budget
        self._kept = kept
        self._currency = currency
        self._day = day

    def add(self, model: str, usage: Usage) -> None:
        """Put a call down.

        Raises:
            KeptError: it cannot be.
        """
        with self._kept.writing() as connection:
            connection.execute(
                "INSERT INTO spending VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " calls = calls + excluded.calls, input_tokens = input_tokens + excluded.input_tokens,"
                " output_tokens = output_tokens + excluded.output_tokens, cost = cost + excluded.cost",
                (
                    self._day(), model, usage.calls, usage.input_tokens, usage.output_tokens, usage.cost or 0.0,
                ),
            )  # fmt: skip

    def spent(self) -> float:
        """Return what was spent today.

        Raises:
            KeptError: it cannot be looked up.
        """
        with self._kept.reading() as connection:
            row = connection.execute(
                "SELECT SUM(cost) FROM spending WHERE day = ?", (self._day(),)
            ).fetchone()
        return float(row[0] or 0.0)

    def refusal(self) -> str:
        """Say that today's budget is spent, or "" where there is some left or none is set.

        Raises:
            KeptError: what was spent cannot be looked up.
        """
        if self.budget is None or self.spent() < self.budget:
            return ""
        return (
            f"Today's budget for the model ({money(self.budget, self._currency)}) is spent: "
            "it begins anew at midnight UTC, or raise LETTERS_BUDGET_A_DAY."
        )
