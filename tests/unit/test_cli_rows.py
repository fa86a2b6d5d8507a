"""Rows of any read model: values in words, laid out for the width there is."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import ClassVar
from uuid import UUID, uuid4

import pytest
from rich.console import Console

from domain.events.fields import Part
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.risk import RiskLevel
from projections.event_row import EventRow
from projections.open_items import Turns
from projections.read_model import Row
from services.cli.rendering.rows import Rows, in_order
from services.cli.rendering.theme import THEME
from services.cli.rendering.values import heading, told, when, written
from services.wording import quantity, words

SUMMER = datetime(2024, 7, 1, 12, 30, tzinfo=UTC)


class Visit(Part):
    """Something of several parts."""

    who: str
    level: RiskLevel
    made_at: datetime
    alone: bool = False
    no_later_than: datetime | None = None


class Kept(Row):
    """A row of a read model that nobody has made a rendering for."""

    KEY: ClassVar[str] = "thing_id"

    thing_id: str
    level: RiskLevel
    seen_at: datetime | None = None
    is_open: bool = False
    count: int = 0
    note: str | None = None
    visits: tuple[Visit, ...] = ()
    because: tuple[UUID, ...] = ()
    visit_turns: Turns = Turns()
    said: dict[str, str] | None = None


class Told(EventRow):
    """A row for one event."""

    topic: str | None = None


def row(thing_id: str = "T1", **fields: object) -> Kept:
    values = {"case_id": uuid4(), "case_ref": "asb:1", "thing_id": thing_id, "level": "high"}
    values["said"] = {"level": "2024-03-05"}
    return Kept.model_validate(values | fields)


def event_row(at: str, known: str, sensitivity: str = "standard", topic: str | None = None) -> Told:
    return Told(
        case_id=uuid4(),
        case_ref="asb:1",
        event_id=uuid4(),
        occurred_at=datetime.fromisoformat(at),
        known_at=datetime.fromisoformat(known),
        recorded_at=SUMMER,
        recorded_by="staff:1",
        sensitivity=Sensitivity(sensitivity),
        topic=topic,
    )


def printed(rows: Rows, width: int = 100) -> str:
    file = StringIO()
    Console(file=file, width=width, theme=THEME, highlight=False, markup=False).print(rows)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_columns_are_called_in_words_and_only_those_with_values_are_shown() -> None:
    first, *lines = printed(Rows([row("T1", seen_at=SUMMER), row("T2", count=1_200)])).splitlines()
    assert first.split() == ["Level", "Seen", "Is", "open", "Count"]
    assert [line.split() for line in lines[1:]] == [
        ["T1", "High", "1", "July", "2024", "13:30", "no", "0"],
        ["T2", "High", "no", "1,200"],
    ]


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_where_a_table_does_not_fit_rows_stand_one_below_the_other(width: int) -> None:
    long = "Two people on every visit, and never after dark. " * 6
    visits = (Visit(who="staff:1", level=RiskLevel.LOW, made_at=SUMMER, no_later_than=SUMMER),)
    shown = printed(Rows([row(note=long, visits=visits), row("T2", is_open=True)]), width)
    assert max(map(len, shown.splitlines())) <= width
    assert "…" not in shown
    told = " ".join(shown.split())
    assert "T1 Level High Note Two people on every visit" in told
    assert "Visits staff:1 · Low · made 1 July 2024 13:30 T2" in told
    assert told.endswith("T2 Level High Is open yes")


def test_a_row_of_an_event_begins_with_when_it_was_by_whom_and_who_may_see_it() -> None:
    late = event_row("2024-07-01T12:30Z", "2024-07-03T09:00Z", "restricted", topic="Keys. " * 30)
    at_once = event_row("2024-07-02T09:00Z", "2024-07-02T09:00Z", topic="Locks")
    lines = printed(Rows([late, at_once])).splitlines()
    assert lines[0] == "1 July 2024 13:30 · known 3 July 2024 10:00 · by staff:1 · restricted"
    assert lines[-2:] == ["2 July 2024 10:00 · by staff:1", "  Topic  Locks"]


def test_no_day_of_an_event_is_made_up() -> None:
    month = event_row("2024-07-01T00:00+01:00", "2024-07-02T09:00Z", topic="Keys")
    shown = printed(Rows([month], day=lambda _: "July 2024"))
    assert "July 2024" in shown
    assert "1 July 2024" not in shown


def test_rows_are_in_the_order_of_their_keys_or_else_of_what_they_are_of() -> None:
    assert [each.thing_id for each in in_order([row("B"), row("A")])] == ["A", "B"]
    second, first = (event_row(f"2024-07-0{day}T09:00Z", "2024-07-05T09:00Z") for day in (2, 1))
    assert in_order([second, first]) == [first, second]


def test_with_its_case_each_row_says_of_which_it_is() -> None:
    assert "asb:1" in printed(Rows([row()], ref=True))
    assert "asb:1" not in printed(Rows([row()]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (uuid4(), ""),
        ((uuid4(), uuid4()), ""),
        ("", ""),
        ({"a": 1}, ""),
        (True, "yes"),
        (1_234, "1,234"),
        (date(2024, 3, 5), "5 March 2024"),
        (RiskLevel.HIGH, "High"),
        (("a", "b"), "a, b"),
        (("One.", "Two."), "One.\nTwo."),
        ("\x1b[2J", "\N{REPLACEMENT CHARACTER}[2J"),
        (
            Visit(who="staff:1", level=RiskLevel.HIGH, made_at=SUMMER, alone=True),
            "staff:1 · High · made 1 July 2024 13:30 · alone",
        ),
    ],
)
def test_values_are_told_in_words(value: object, text: str) -> None:
    assert told(value).plain == text


def test_the_hour_is_left_out_at_the_beginning_and_end_of_a_day() -> None:
    assert when(datetime(2024, 6, 30, 23, tzinfo=UTC)) == "1 July 2024"
    assert when(datetime(2024, 7, 1, 22, 59, 59, 999_999, tzinfo=UTC)) == "1 July 2024"
    assert when(SUMMER) == "1 July 2024 13:30"


def test_a_heading_is_shortened_unless_another_would_read_the_same() -> None:
    assert heading("last_chased_at", ["last_chased_at", "other"]) == "Last chased"
    assert heading("about_ref", ["about", "about_ref"]) == "About ref"
    assert heading("kpi_case") == "KPI case"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing"),
        ("2024-03-05", "5 March 2024"),
        ("2024-07-01T12:30:00Z", "1 July 2024 13:30"),
        (["a", 1], '["a", 1]'),
        ("plain", "plain"),
    ],
)
def test_values_of_events_are_told_like_all_others(value: object, text: str) -> None:
    assert written(value) == text


def test_names_and_quantities_are_told_in_words() -> None:
    assert words("information_requests") == "Information requests"
    assert words("asb_re_roled") == "ASB re roled"
    assert quantity("decision_working_days", 2) == "decision: 2 working days"
    assert quantity("working_days", 1) == "1 working day"
    assert quantity("grace_days", 0) == "grace: 0 days"
    assert quantity("concerns_count", 3) == "concerns count: 3"
