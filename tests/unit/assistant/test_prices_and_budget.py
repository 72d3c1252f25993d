"""Settings of money that do not fit together are refused before anything is asked."""

import pytest

from assistant.settings import load_settings
from vectorstore.errors import SettingsError


@pytest.mark.parametrize(
    "given", [{"price_in": 1.0}, {"price_out": 1.0}, {"price_in": 1.0, "budget_a_day": 5.0}]
)
def test_one_price_alone_is_sent_back(given: dict[str, float]) -> None:
    with pytest.raises(SettingsError, match="LETTERS_PRICE_IN and LETTERS_PRICE_OUT belong together"):
        load_settings(**given)


def test_a_budget_without_prices_to_count_by_is_sent_back() -> None:
    with pytest.raises(SettingsError, match="a budget needs LETTERS_PRICE_IN and LETTERS_PRICE_OUT"):
        load_settings(budget_a_day=5.0)


@pytest.mark.parametrize("budget", [0, -1, "much"])
def test_what_is_no_budget_is_sent_back_by_name(budget: object) -> None:
    with pytest.raises(SettingsError, match="LETTERS_BUDGET_A_DAY"):
        load_settings(price_in=1.0, price_out=1.0, budget_a_day=budget)


def test_a_local_model_may_cost_nothing() -> None:
    assert load_settings(price_in=0.0, price_out=0.0).price_in == 0.0
