"""Times as people write them, text that cannot drive a terminal, layouts that fit."""

from datetime import UTC, date, datetime
from io import StringIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest
from rich.console import Console

from domain.events.fields import Subject
from domain.vocabulary.people import PersonRole
from domain.vocabulary.record import Precision, Sensitivity
from domain.vocabulary.rules import FlagEffect
from projections.action_plan import action_plan as plan_model
from projections.attention import AttentionRow
from projections.case_state import case_state as state_model
from projections.timeline import timeline as timeline_model
from services.cli.rendering.attention import flags
from services.cli.rendering.headlines import headline
from services.cli.rendering.plan import action_plan
from services.cli.rendering.state import case_facts
from services.cli.rendering.theme import THEME, clipped, plain
from services.cli.rendering.timeline import Timeline
from services.cli.rendering.times import day_as_known, happened, known_late, often, span
from tests.support.stories import (
    action_agreed,
    event_corrected,
    event_redacted,
    given,
    incident_reported,
    moment,
    rectification_disputed,
    the,
)

DASH = "\N{EN DASH}"


def happening(precision: Precision, start: str, end: str | None = None) -> Any:
    return SimpleNamespace(
        occurred_at=moment(start),
        occurred_precision=precision,
        occurred_to=moment(end) if end else None,
    )


@pytest.mark.parametrize(
    ("precision", "start", "end", "shown"),
    [
        (Precision.INSTANT, "2024-03-01 21:40", None, "Fri 1 March 2024 21:40"),
        (Precision.INSTANT, "2024-07-01 21:40", None, "Mon 1 July 2024 21:40"),
        (Precision.DAY, "2024-03-01 00:00", None, "Fri 1 March 2024"),
        (Precision.MONTH, "2024-03-01 00:00", None, "March 2024"),
        (Precision.YEAR, "2024-01-01 00:00", None, "2024"),
        (Precision.APPROXIMATE, "2024-03-03 12:00", None, "about 3 March 2024"),
        (Precision.RANGE, "2024-03-01 00:00", "2024-03-03 23:59", f"1{DASH}3 March 2024"),
        (Precision.RANGE, "2024-03-01 00:00", "2024-03-04 00:00", f"1{DASH}3 March 2024"),
        (Precision.RANGE, "2024-03-01 00:00", "2024-03-02 00:00", "Fri 1 March 2024"),
        (
            Precision.RANGE,
            "2024-02-28 00:00",
            "2024-03-03 23:59",
            f"28 February {DASH} 3 March 2024",
        ),
        (
            Precision.RANGE,
            "2023-12-31 00:00",
            "2024-01-01 23:59",
            f"31 December 2023 {DASH}\n1 January 2024",
        ),
        (
            Precision.RANGE,
            "2024-03-01 22:30",
            "2024-03-01 23:05",
            f"Fri 1 March 2024\n22:30{DASH}23:05",
        ),
        (
            Precision.RANGE,
            "2024-03-01 22:30",
            "2024-03-02 01:05",
            f"Fri 1 March 2024 22:30 {DASH}\nSat 2 March 2024 01:05",
        ),
    ],
)
def test_when_it_happened_is_told_as_exactly_as_it_is_known(
    precision: Precision, start: str, end: str | None, shown: str
) -> None:
    assert happened(happening(precision, start, end)) == shown


@pytest.mark.parametrize(
    ("precision", "start", "known", "late"),
    [
        (Precision.INSTANT, "2024-03-01 09:00", "2024-03-02 09:00", False),
        (Precision.INSTANT, "2024-03-01 09:00", "2024-03-02 09:01", True),
        (Precision.DAY, "2024-03-01 00:00", "2024-03-02 20:00", False),
        (Precision.DAY, "2024-03-01 00:00", "2024-03-03 00:01", True),
        (Precision.MONTH, "2024-03-01 00:00", "2024-03-31 09:00", False),
        (Precision.YEAR, "2024-01-01 00:00", "2024-12-31 09:00", False),
        (Precision.YEAR, "2023-01-01 00:00", "2024-12-31 09:00", True),
        (Precision.APPROXIMATE, "2024-03-01 12:00", "2024-03-02 12:00", False),
    ],
)
def test_known_late_is_more_than_a_day_after_it_may_have_happened(
    precision: Precision, start: str, known: str, *, late: bool
) -> None:
    assert (known_late(happening(precision, start), moment(known)) is not None) == late


def test_spans_are_told_in_words() -> None:
    assert [span(days) for days in (1, 60, 61, 1000, 5110)] == [
        "1 day",
        "60 days",
        "2 months",
        "33 months",
        "13 years",
    ]
    assert [often(number) for number in (1, 2, 3)] == ["once", "twice", "3 times"]


@pytest.mark.parametrize("character", ["\x1b", "\x00", "\x7f", "\x9b", "\r", "\u202e", "\u2066"])
def test_nothing_in_a_text_drives_the_terminal(character: str) -> None:
    assert character not in plain(f"a{character}[31mb")


def test_text_keeps_its_letters_lines_and_marks() -> None:
    assert plain("“Naïve”, he\nsaid [bold] 🏠") == "“Naïve”, he\nsaid [bold] 🏠"
    assert clipped("one two  three four", 12) == "one two…"
    assert clipped("one\ntwo", 12) == "one two"


def printed(renderable: Any, width: int) -> str:
    file = StringIO()
    Console(file=file, width=width, theme=THEME, highlight=False, markup=False).print(renderable)
    return file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("brief", [False, True])
def test_the_timeline_fits_and_cuts_nothing(width: int, *, brief: bool) -> None:
    story = given(
        incident_reported(
            "2024-03-01 21:40",
            known="2024-09-30 09:00",
            account="[red]Shouting[/red] at https://example.org/" + "a" * 120 + "\x1b[2J",
        )
    )
    rows = timeline_model.fold(story.events)
    shown = printed(Timeline(rows, brief=brief), width)
    assert all(len(line) <= width for line in shown.splitlines())
    for told in ("Fri 1 March 2024 21:40", "30 September 2024 09:00", "7 months later"):
        assert told in " ".join(shown.split())
    assert ("[red]Shouting[/red]" in shown) != brief
    assert (shown.count("a") >= 120) != brief
    assert "\x1b" not in shown
    assert "…" not in shown


def test_what_was_said_of_an_entry_since_stands_below_it_with_who_when_and_why() -> None:
    story = given(
        action_agreed("2024-03-05", ref="agreed", due="2024-04-30"),
        event_corrected(
            "2024-03-10",
            ref="correction",
            target=the("agreed"),
            field="due",
            was="2024-04-30",
            now="2024-05-30",
            by="staff:7",
        ),
        event_corrected(
            "2024-03-20",
            target=the("correction"),
            field="now",
            was="2024-05-30",
            now="2024-05-31",
            reason="Read out wrongly.",
            by="staff:8",
        ),
        rectification_disputed("2024-04-02", target=the("agreed"), field="due"),
    )
    rows = timeline_model.fold(story.events)
    shown = " ".join(printed(Timeline(rows[:1], brief=True), 140).split())
    for told in (
        "due: 30 April 2024 → 31 May 2024",
        "corrected by staff:7, known 10 March 2024 09:00: It was entered wrongly.",
        "of that correction, now: 30 May 2024 → 31 May 2024",
        "corrected by staff:8, known 20 March 2024 09:00: Read out wrongly.",
        "due disputed by person:tenant, 2 April 2024 09:00: I shouted for help.",
    ):
        assert told in shown


def test_a_redacted_entry_says_so_and_shows_no_text() -> None:
    story = given(
        incident_reported("2024-03-05", ref="wrong", account="Another man's health."),
        event_redacted("2024-04-03"),
    )
    shown = " ".join(printed(Timeline(timeline_model.fold(story.events)), 140).split())
    assert "redacted 3 April 2024 09:00: entered in the wrong record" in shown
    assert "health" not in shown


def test_a_headline_says_whom_it_is_about_and_who_may_see_it() -> None:
    (row,) = timeline_model.fold(given(incident_reported()).events)
    about = Subject(person="person:neighbour-1", role=PersonRole.WITNESS)
    told = {
        "headline": "Due 2024-03-18, see notes-2024-03-18 and 2024-13-18",
        "subjects": (about,),
        "persons": ("person:neighbour-1", "person:tenant-1"),
        "sensitivity": Sensitivity.SEALED,
    }
    changed = row.model_copy(update=told)
    said = "Due 18 March 2024, see notes-2024-03-18 and 2024-13-18"
    aside = "person:neighbour-1 (witness) · person:tenant-1 · sealed"
    assert headline(changed, 200).plain == f"{said} · {aside}"
    assert headline(changed, 60).plain == f"{said}\n{aside}"


@pytest.mark.parametrize(("precision", "known"), [("month", "March 2024"), ("year", "2024")])
def test_no_day_is_made_up_where_none_is_known(precision: str, known: str) -> None:
    story = given(
        incident_reported("2024-03-01 00:00", known="2025-04-02 09:00"),
    )
    (row,) = timeline_model.fold(story.events)
    row = row.model_copy(update={"occurred_precision": Precision(precision)})
    told = day_as_known([row])
    assert (told(row.occurred_at), told(row.known_at)) == (known, "2 April 2025")
    shown = printed(Timeline([row]), 100)
    assert "known 2 April 2025 09:00" in shown
    assert "later" not in shown
    (state,) = state_model.fold(story.events)
    facts = " ".join(printed(case_facts(state, date(2025, 5, 1), told=told), 100).split())
    assert f"Open since {known}" in facts
    assert "1 March 2024" not in facts
    assert "later" not in facts


def test_only_open_actions_are_overdue() -> None:
    story = given(incident_reported(), action_agreed(action_id="A1", due="2024-09-01"))
    rows = plan_model.fold(story.events)
    after = datetime(2024, 9, 4, tzinfo=UTC).date()
    assert "overdue 3 days" in printed(action_plan(rows, after), 100)
    before = datetime(2024, 8, 31, tzinfo=UTC).date()
    assert "in 1 day" in printed(action_plan(rows, before), 100)


def stands(why: str, item: str) -> AttentionRow:
    """A flag of R2."""
    return AttentionRow(
        case_id=UUID(int=1),
        case_ref="asb:1",
        flag_id=uuid5(UUID(int=2), item + why),
        rule="R2",
        rule_version=1,
        overridden_by=None,
        title="Late.",
        item=item,
        since=moment("2024-03-01 12:00"),
        soon_at=moment("2024-03-02 12:00"),
        due_at=moment("2024-03-03 12:00"),
        effect=FlagEffect.DUTY,
        why=why,
        clears="looking at it",
        inputs=(UUID(int=3),),
        owner=None,
        team=(),
        authority=None,
    )


def test_flags_that_say_the_same_are_told_once() -> None:
    late = [stands("Recorded late.", f"event:{UUID(int=number)}") for number in range(3)]
    other = stands("Never recorded.", f"event:{UUID(int=9)}")
    shown = printed(flags([*late, other], moment("2024-03-04 12:00")), 140)
    assert shown.count("Recorded late.") == shown.count("Never recorded.") == 1
    assert "R2 · and 2 more like it" in shown
