"""Of two facts the newer holds, whichever was recorded first."""

import pytest

from domain.latest import period_end, supersedes
from tests.support.stories import incident_reported, moment, tell


@pytest.mark.parametrize(
    ("precision", "end"),
    [
        ("instant", "2024-02-10 08:30"),
        ("day", "2024-02-10 23:59:59.999999"),
        ("approximate", "2024-02-10 23:59:59.999999"),
        ("month", "2024-02-29 23:59:59.999999"),
        ("year", "2024-12-31 23:59:59.999999"),
    ],
)
def test_a_period_ends_where_its_precision_says(precision: str, end: str) -> None:
    (event,) = tell(incident_reported("2024-02-10 08:30", occurred_precision=precision))
    assert period_end(event) == moment(end)


def test_a_range_ends_where_it_says_itself() -> None:
    end = moment("2024-02-12 17:00")
    (event,) = tell(
        incident_reported("2024-02-10 08:30", occurred_precision="range", occurred_to=end)
    )
    assert period_end(event) == end


@pytest.mark.parametrize(
    ("happened", "precision", "replaces"),
    [
        ("2024-02-11 09:00", "instant", True),
        ("2024-02-10 12:00", "instant", True),
        ("2024-02-10 11:59", "instant", False),
        ("2024-02-10 00:00", "day", True),
        ("2024-02-09 00:00", "day", False),
        ("2024-02-01 00:00", "month", True),
    ],
)
def test_an_event_replaces_what_holds_unless_it_was_over_before(
    happened: str, precision: str, replaces: bool
) -> None:
    (event,) = tell(incident_reported(happened, occurred_precision=precision))
    assert supersedes(event, moment("2024-02-10 12:00")) is replaces


def test_anything_replaces_nothing() -> None:
    (event,) = tell(incident_reported("2024-02-10"))
    assert supersedes(event, None)
