"""Everyone has a rate of their own, and publishing one apart from all else."""

import pytest

from services.api.problems import Problem
from services.api.rates import PUBLISHING, Rates


def test_who_asks_too_often_is_refused_and_nobody_else_is() -> None:
    rates = Rates(per_person=0.5, per_source=0.1)
    for _ in range(5):
        rates.take("someone", "/v1/cases")
    with pytest.raises(Problem) as refused:
        rates.take("someone", "/v1/cases")
    assert refused.value.kind.slug == "rate-limited"
    rates.take("someone else", "/v1/cases")


def test_a_system_that_publishes_too_much_can_still_read_its_receipts() -> None:
    rates = Rates(per_person=1, per_source=0.1)
    rates.take("system", PUBLISHING)
    with pytest.raises(Problem):
        rates.take("system", PUBLISHING)
    rates.take("system", "/v1/receipts")
