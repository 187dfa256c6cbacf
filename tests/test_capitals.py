"""The sample desk: every capital's fall within a day of the public fact, for all that the reports cover."""

from __future__ import annotations

import pytest

from benchmarks.capitals import Line, derived, facts, lines

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.gazetteer]
CONTESTED = 0.85  # the share of the contested falls that are shown with both accounts
SAME_DAY = 0.85


@pytest.fixture(scope="module")
def found() -> list[Line]:
    held, _ = derived()
    return list(lines(held, facts()))


def test_every_capital_falls_within_a_day_of_the_fact(found: list[Line]) -> None:
    wrong = {line.fact.place: line.day for line in found if line.days_off is None or abs(line.days_off) > 1}
    assert not wrong
    assert sum(line.days_off == 0 for line in found) >= SAME_DAY * len(found)


def test_contested_falls_are_shown_with_both_accounts(found: list[Line]) -> None:
    contested = [line for line in found if line.fact.contested == "yes"]
    assert sum(line.contested for line in contested) >= CONTESTED * len(contested)
