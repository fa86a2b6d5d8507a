"""`attention`: what is due over all cases, the most urgent first, judged by the clock."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from adapters.read_store.tables import Table
from domain.identity import case_id_of
from domain.vocabulary.rules import FlagEffect
from projections.attention import AttentionRow, attention
from services.cli.answers import Attention
from tests.support.command_line import CommandLine

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "cromwood.ndjson")
CASE = "asb:2024-0117"
NOW = datetime(2024, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is noon on 20 March 2024."""
    monkeypatch.setattr("services.cli.work.attention.system_clock", lambda: NOW)


def asked(cli: CommandLine, *options: str) -> Attention:
    return Attention.model_validate_json(cli.ok("attention", *options, "--json").out)


def flag(case: str, due_in: timedelta, **told: Any) -> AttentionRow:
    values = {
        "flag_id": uuid4(),
        "rule": "R1",
        "rule_version": 1,
        "overridden_by": None,
        "title": "Concern not triaged",
        "item": "",
        "since": NOW - timedelta(days=40),
        "soon_at": NOW + due_in - timedelta(days=1),
        "due_at": NOW + due_in,
        "effect": FlagEffect.DUTY,
        "why": "Nobody has decided.",
        "clears": "a decision",
        "inputs": (),
        "owner": "staff:1",
        "team": (),
        "authority": None,
    }
    return AttentionRow(case_id=case_id_of(case), case_ref=case, **{**values, **told})


LATE = flag("asb:late", timedelta(days=-9), team=("staff:8", "staff:9"), authority="E09000001")
LATER = flag("asb:later", timedelta(hours=-1), owner="staff:2", rule="R5")
STOP = flag("asb:stop", timedelta(days=3), effect=FlagEffect.STOP)
SOON = flag("asb:soon", timedelta(hours=20), owner=None)
DUE = flag("asb:due", timedelta(days=2), owner="staff:2", authority="E09000002")
ALL = (DUE, SOON, STOP, LATER, LATE)


@pytest.fixture
def flagged(unused: CommandLine, database_url: str, at_noon: None) -> CommandLine:
    """The command line where these flags stand."""
    with psycopg.connect(database_url) as connection, connection.cursor() as cursor:
        Table(attention).write(cursor, ALL)
    return unused


def refs(answer: Attention) -> list[str]:
    return [row.case_ref.removeprefix("asb:") for row in answer.rows]


def test_stops_come_first_and_then_what_is_due_first(flagged: CommandLine) -> None:
    answer = asked(flagged)
    assert refs(answer) == ["stop", "late", "later", "soon", "due"]
    assert [row.state for row in answer.rows] == ["due", "overdue", "overdue", "soon", "due"]
    assert (answer.at, answer.overdue, answer.soon, answer.due, answer.more) == (
        NOW,
        2,
        1,
        2,
        False,
    )


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--owner", "staff:2"], ["later", "due"]),
        (["--authority", "E09000001"], ["late"]),
        (["--authority", "authority:E09000001"], ["late"]),
        (["--team", "staff:9"], ["late"]),
        (["--team", "staff:1"], []),
        (["--rule", "r5"], ["later"]),
        (["--state", "overdue"], ["late", "later"]),
        (["--state", "soon"], ["soon"]),
        (["--state", "due"], ["stop", "due"]),
        (["--state", "overdue", "--owner", "staff:2"], ["later"]),
    ],
)
def test_each_option_leaves_only_what_it_asks_for(
    flagged: CommandLine, options: list[str], found: list[str]
) -> None:
    answer = asked(flagged, *options)
    assert refs(answer) == found
    assert answer.overdue + answer.soon + answer.due == len(found)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (SOON.soon_at - timedelta(seconds=1), "due"),
        (SOON.soon_at, "soon"),
        (SOON.due_at - timedelta(seconds=1), "soon"),
        (SOON.due_at, "overdue"),
    ],
)
def test_how_a_flag_stands_is_judged_when_asked(
    flagged: CommandLine, monkeypatch: pytest.MonkeyPatch, moment: datetime, state: str
) -> None:
    monkeypatch.setattr("services.cli.work.attention.system_clock", lambda: moment)
    for each in ("overdue", "soon", "due"):
        assert ("soon" in refs(asked(flagged, "--state", each))) == (each == state)
    (row,) = [row for row in asked(flagged).rows if row.case_ref == "asb:soon"]
    assert row.state == state


def test_a_limit_cuts_the_list_and_not_the_counts(flagged: CommandLine) -> None:
    answer = asked(flagged, "--limit", "2")
    assert refs(answer) == ["stop", "late"]
    assert (answer.overdue, answer.soon, answer.due, answer.more) == (2, 1, 2, True)
    shown = flagged.ok("attention", "--limit", "2")
    assert shown.out.startswith("2 overdue · 1 due soon · 2 due later")
    assert "There are more; these are the first 2 flags." in shown.err


def test_the_list_says_how_late_what_is(flagged: CommandLine) -> None:
    shown = flagged.ok("attention").out
    for told in ("overdue 9 days", "overdue 1 hour", "in 20 hours", "in 2 days", "nobody yet"):
        assert told in shown
    assert re.search(r"^stop +Nobody has decided\. .*\n.*asb:stop · R1", shown, re.MULTILINE)
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_the_list_is_found_through_an_index(flagged: CommandLine, database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute(
            "EXPLAIN SELECT * FROM read_models.attention_v2 WHERE effect = 'stop' "
            "ORDER BY due_at LIMIT 5"
        ).fetchall()
    assert "Index Scan using attention_v2_due_at_idx" in plan[1][0]


@pytest.mark.usefixtures("at_noon")
def test_the_flags_of_the_example_case_are_those_of_its_file(example: CommandLine) -> None:
    answer = asked(example, "--case", CASE)
    file = example.ok("case", CASE, "--json").json
    assert [str(row.flag_id) for row in answer.rows] == [
        row["flag_id"] for row in file["attention"]
    ]
    assert answer.overdue
    assert answer.due


def test_where_nothing_needs_attention_it_says_so(unused: CommandLine) -> None:
    answered = unused.ok("attention")
    assert answered.out == ""
    assert "Nothing needs attention: no rule has anything to say of any case." in answered.err
    assert not asked(unused).rows


def test_where_nothing_fits_the_options_it_says_so(flagged: CommandLine) -> None:
    answered = flagged.ok("attention", "--owner", "staff:77")
    assert answered.out == ""
    assert "Nothing of that kind needs attention" in answered.err


@pytest.mark.parametrize(
    ("options", "code", "sentence"),
    [
        (["--rule", "R99"], 2, "There is no rule R99; `case-timeline rules` lists them."),
        (["--case", "asb:1"], 1, "There is no case asb:1."),
    ],
)
def test_what_is_not_there_cannot_be_asked_for(
    example: CommandLine, options: list[str], code: int, sentence: str
) -> None:
    answered = example("attention", *options)
    assert (answered.code, answered.out, answered.sentence) == (code, "", sentence)


def test_it_says_where_events_are_not_judged_yet(unused: CommandLine) -> None:
    unused.ok("import", EXAMPLE)
    answered = unused.ok("attention")
    assert "The latest 61 events may not be judged yet." in answered.err
