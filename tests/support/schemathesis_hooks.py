"""What `st` is told beside the API's description, which cannot say it: loaded as its hooks."""

import ast
from datetime import UTC, date, datetime
from threading import RLock
from typing import Any

import schemathesis
from hypothesis import strategies as st

from domain.times import EARLIEST_YEAR, LATEST_YEAR

# JSON Schema has no bounds for dates; whatever lies outside of these is no date of a case.
schemathesis.openapi.format(
    "date", st.dates(date(EARLIEST_YEAR, 1, 1), date(LATEST_YEAR, 12, 31)).map(str)
)
schemathesis.openapi.format(
    "date-time",
    st.datetimes(
        datetime(EARLIEST_YEAR, 1, 2),  # noqa: DTZ001 (the time zone is added)
        datetime(LATEST_YEAR, 12, 30),  # noqa: DTZ001
        timezones=st.just(UTC),
    ).map(datetime.isoformat),
)

# CPython 3.11 counts how deep a syntax tree is for all threads in one place, and fails where two
# read source at once, as Hypothesis does to describe functions.
_parse, _one_at_a_time = ast.parse, RLock()


def _parsed(*args: Any, **options: Any) -> Any:
    with _one_at_a_time:
        return _parse(*args, **options)


ast.parse = _parsed
