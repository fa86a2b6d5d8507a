"""Figures, the register and a review's chronology on the command line."""

import re
from datetime import date
from importlib.resources import files
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from projections.case_state import case_state
from projections.chronology import chronology
from services.cli.answers import FigureLine, Kpi
from services.cli.rendering.dimensions import LISTS, part_of
from services.cli.rendering.kpi import figures
from services.cli.rendering.register import register
from services.cli.rendering.rows import Rows, in_order
from services.cli.rendering.theme import THEME
from tests.support.stories import (
    action_agreed,
    case_allocated,
    contact_made,
    given,
    incident_reported,
    review_notified,
)


def printed(what: RenderableType, width: int = 80) -> str:
    file = StringIO()
    Console(file=file, width=width, theme=THEME, highlight=False, markup=False).print(what)
    return file.getvalue()


@pytest.mark.parametrize(
    ("figure", "dimension", "told"),
    [
        ("referrals_sent_by_route", "asc-front-door", "Adult social care front door"),
        ("reporting_delay", "0-3-days", "0 to 3 days"),
        ("reclassifications", "asb > adult", "Antisocial behaviour → Adult safeguarding"),
        ("compliance_by_team", "dbs, In-house repairs", "DBS checks, In-house repairs"),
        ("new_cases_by_team", "In-house repairs", "In-house repairs"),
        ("new_cases_by_team", "unknown", "Not known"),
        ("invited_by_referrer", "landlord-referred", "Landlord referred"),
        ("new_cases_by_strand", "of-a-later-release", "Of a later release"),
    ],
)
def test_what_a_figure_is_split_by_is_told_in_words(figure: str, dimension: str, told: str) -> None:
    assert part_of(figure, dimension) == told


def test_every_list_belongs_to_a_figure() -> None:
    sql = files("adapters.read_store.dashboard") / "views" / "31_definitions.sql"
    assert set(re.findall(r"^    \('(\w+)'", sql.read_text(), re.M)) >= LISTS.keys()


def figure(name: str, aggregation: str, unit: str, value: float, dimension: str = "") -> FigureLine:
    return FigureLine(
        figure=name,
        unit=unit,
        aggregation=aggregation,
        meaning="What it counts.",
        source="D9",
        dimension=dimension,
        value=value,
        facts=4,
    )


def test_a_value_is_told_with_its_unit_and_out_of_how_many() -> None:
    answer = Kpi(
        period="month",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 1, 31),
        authority=None,
        figures=[
            figure("new_cases", "count", "cases", 7),
            figure("invited", "percentage", "per cent", 62.5),
            figure("misbadged_days", "median", "days", 9),
            figure("compliance", "last", "per cent", 91.3, "dbs"),
        ],
        without_facts=[],
    )
    shown = " ".join(printed(figures(answer)).split())
    for told in ("New cases 7", "Invited 62.5 % of 4", "days 9 days of 4", "DBS checks 91.3 %"):
        assert told in shown


@pytest.mark.parametrize("width", [64, 80, 120])
def test_a_reference_in_the_register_can_be_copied_and_nothing_is_cut(width: int) -> None:
    rows = case_state.fold(
        given(incident_reported("2025-09-29 10:00"), case_allocated("2025-09-30")).events
    )
    shown = printed(register(rows), width)
    assert rows[0].case_ref in shown
    assert str(rows[0].lead) in shown
    assert "29 September 2025" in shown
    assert max(map(len, shown.splitlines())) <= width


def test_a_chronology_is_read_in_order_of_happening() -> None:
    story = given(
        incident_reported("2024-03-01"),
        *(contact_made(f"2024-03-{day:02}") for day in range(2, 14)),
        action_agreed("2024-03-20", due="2024-04-30"),
        review_notified("2024-05-01"),
    )
    rows = in_order(chronology.fold(story.events))
    assert [row.place for row in rows] == list(range(1, len(rows) + 1))
    shown = " ".join(printed(Rows(rows)).split())
    assert "due 30 April 2024" in shown
    assert "2024-04-30" not in shown
    assert str(rows[0].event_id) not in shown
