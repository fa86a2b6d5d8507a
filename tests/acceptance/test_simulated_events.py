"""Very many simulated events: what is shown live is what the events say, by two ways of counting.

With `-m soak` it is 100,000 of them; `--log-cli-level=INFO` tells how long everything took.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest

from adapters.read_store.session import Session
from domain.identity import case_id_of
from projections.attention import AttentionRow, attention
from tests.support.databases import throwaway_database
from tests.support.recomputing.benchmark import Line, Year, benchmark
from tests.support.recomputing.counting import facts_of
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.figures import Figure, Value, figures_of, how_made
from tests.support.recomputing.hot_spots import HotSpot, hot_spots
from tests.support.recomputing.record import Record
from tests.support.simulated import Simulated, rebuilt_by_several, simulated

NAMED_BY_NONE = ("compliance", "compliance_by_team", "forum_attendance", "staff_allegations")
"""Figures whose facts lie with no case, or are told in numbers alone."""
NEVER_SIMULATED = {"recommendations_overdue"}
"""Simulated recommendations are carried out in time."""
SAMPLE = 200

_ACCEPTED = """
SELECT e ->> 'source', e ->> 'source_event_id', place, (e ->> 'recorded_at')::timestamptz
FROM (SELECT notification_id AS place, convert_from(state, 'UTF8')::jsonb AS e
      FROM case_timeline.case_events) AS stored
"""


@dataclass(frozen=True)
class Shown:
    """What the live views show, all at one moment."""

    today: date
    facts: list[tuple[UUID | None, Fact]]
    figures: dict[Figure, Value]
    benchmark: dict[Year, Line]
    hot_spots: dict[HotSpot, int | None]
    attention: dict[str, list[AttentionRow]]
    accepted: dict[tuple[str, str], tuple[int, Any]]


@dataclass(frozen=True)
class Recomputed:
    """What the messages come to."""

    record: Record
    facts: list[Fact]
    figures: dict[Figure, Value]


Check = Callable[[Simulated, Shown, Recomputed], None]


@pytest.fixture(
    params=[
        pytest.param((265, 8_000), id="8,000"),
        pytest.param((3_520, 100_000), id="100,000", marks=pytest.mark.soak),
    ],
)
def run(
    request: pytest.FixtureRequest,
    postgres_url: str,
    migrated_template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Simulated]:
    cases, events = request.param
    logs: Path = tmp_path_factory.mktemp("projectors")
    with (
        throwaway_database(postgres_url, template=migrated_template) as url,
        simulated(url, cases, logs) as run,
    ):
        assert run.events >= events
        yield run


def shown_by(run: Simulated) -> Shown:
    """What is shown now, the figures counted from what the read models have now."""
    with closing(Session(run.stores.url)) as session:
        session.count_figures()
    with run.timed("showing"), psycopg.connect(run.stores.url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        ask = partial(_asked, connection)
        ((today,),) = ask("SELECT (now() AT TIME ZONE 'Europe/London')::date")
        flags: dict[str, list[AttentionRow]] = {}
        for flag in run.stores.read_store.every_row(attention, limit=10_000_000):
            flags.setdefault(flag.case_ref, []).append(flag)
        return Shown(
            today,
            [
                (case_id, Fact(*fact))
                for case_id, *fact in ask(
                    "SELECT case_id, figure, dimension, day, until, case_ref, authority, value "
                    "FROM dashboard.facts"
                )
            ],
            {
                Figure(*key): (value, count)
                for *key, value, count in ask(
                    "SELECT figure, dimension, period, starts_on, ends_on, scope, authority, "
                    "value, facts FROM dashboard.figures"
                )
            },
            dict(_benchmark_lines(connection)),
            {
                HotSpot(*key): reports
                for *key, reports in ask(
                    "SELECT authority, area_level, area, quarter, measure, code, reports "
                    "FROM dashboard.hot_spots"
                )
            },
            flags,
            {(source, ref): (place, at) for source, ref, place, at in ask(_ACCEPTED)},
        )


def recomputed_from(run: Simulated, shown: Shown) -> Recomputed:
    """What the messages come to as they stand when something was shown."""
    with run.timed("recomputing"):
        record = Record.of(run.lines, shown.accepted, shown.today)
        facts = list(facts_of(record))
        return Recomputed(record, facts, figures_of(facts, shown.today))


def _asked(connection: psycopg.Connection[Any], query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query.encode()).fetchall()


def _benchmark_lines(connection: psycopg.Connection[Any]) -> Iterator[tuple[Year, Line]]:
    found = connection.execute("SELECT * FROM dashboard.benchmark")
    columns = [column.name for column in found.description or ()]
    for values in found:
        line = dict(zip(columns, values, strict=True))
        year: Year = (line.pop("year"), line.pop("scope"), line.pop("authority"))
        yield year, line


def every_line_is_an_event_or_was_one_already(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    assert run.outcomes.keys() <= {"accepted", "duplicate", "waiting"}
    messages = len(run.lines) - run.outcomes["duplicate"]
    assert len(shown.accepted) == messages


def every_fact_is_one_of_the_messages_and_the_other_way_round(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    live = Counter(fact for _, fact in shown.facts)
    counted = Counter(recomputed.facts)
    assert not _examples(live - counted), "shown, but not in the messages"
    assert not _examples(counted - live), "in the messages, but not shown"


def every_figure_is_what_the_messages_come_to(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    assert {key.figure for key in shown.figures} == how_made().keys() - NEVER_SIMULATED
    _assert_same(shown.figures, recomputed.figures)
    run.told(facts=len(shown.facts), figures_compared=len(shown.figures))


def the_benchmark_is_what_the_messages_come_to(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    again = benchmark(recomputed.record, recomputed.figures)
    assert len(shown.benchmark) > 10
    _assert_same(shown.benchmark, again)


def hot_spots_are_what_the_messages_come_to(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    again = hot_spots(recomputed.record)
    assert any(again.values())
    _assert_same(shown.hot_spots, again)


def every_figure_is_the_sum_of_its_list(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    _assert_same(shown.figures, figures_of([fact for _, fact in shown.facts], shown.today))


def every_fact_lists_a_case_that_exists(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    cases = {case_id_of(ref): ref for ref in recomputed.record.cases()}
    other_files = {case_id_of(ref) for ref in recomputed.record.files.keys() - cases.values()}
    listed = {(case_id, fact.case_ref) for case_id, fact in shown.facts if case_id}
    assert len(listed) > 200
    assert listed <= set(cases.items())
    assert not other_files & {case_id for case_id, _ in listed}
    named = {fact.figure for _, fact in shown.facts if fact.case_ref}
    assert named == {fact.figure for _, fact in shown.facts} - set(NAMED_BY_NONE)


def flags_that_stand_are_what_the_events_come_to(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    refs = sorted(recomputed.record.cases())
    sample = random.Random(1).sample(refs, SAMPLE)
    policy = run.stores.cases.policy()
    streams = run.stores.cases.streams(map(case_id_of, sample))
    folded = {ref: attention.fold(streams[case_id_of(ref)], policy) for ref in sample}
    assert sum(map(len, folded.values())) > SAMPLE
    for ref, flags in folded.items():
        assert _by_id(shown.attention.get(ref, [])) == _by_id(flags), ref


def _by_id(flags: list[AttentionRow]) -> dict[str, AttentionRow]:
    return {attention.key_of(flag): flag for flag in flags}


def every_read_model_rebuilt_is_the_live_one(
    run: Simulated, shown: Shown, recomputed: Recomputed
) -> None:
    with run.timed("rebuilding"):
        rebuilt = rebuilt_by_several(run.stores.url)
    differing = {each.model.name: each.differing_rows for each in rebuilt if not each.same}
    assert differing == {}
    assert [each.model.name for each in rebuilt if each.parked_cases] == []
    run.told(rows=sum(each.live.rows for each in rebuilt), digests_equal=len(rebuilt))


CHECKS: tuple[Check, ...] = (
    every_line_is_an_event_or_was_one_already,
    every_fact_is_one_of_the_messages_and_the_other_way_round,
    every_figure_is_what_the_messages_come_to,
    the_benchmark_is_what_the_messages_come_to,
    hot_spots_are_what_the_messages_come_to,
    every_figure_is_the_sum_of_its_list,
    every_fact_lists_a_case_that_exists,
    flags_that_stand_are_what_the_events_come_to,
    every_read_model_rebuilt_is_the_live_one,
)
"""Rebuilding comes last: it puts what it has made in the place of what was live."""


def test_what_is_shown_live_is_what_the_events_say(
    run: Simulated, subtests: pytest.Subtests
) -> None:
    # One test, since all of it rests on one database, which only one process can have.
    shown = shown_by(run)
    recomputed = recomputed_from(run, shown)
    for check in CHECKS:
        with subtests.test(check.__name__.replace("_", " ")):
            check(run, shown, recomputed)


def _assert_same(shown: Mapping[Any, Any], recomputed: Mapping[Any, Any]) -> None:
    differing = {
        key: (shown.get(key, "not shown"), recomputed.get(key, "nothing"))
        for key in shown.keys() | recomputed.keys()
        if key not in shown or key not in recomputed or shown[key] != recomputed[key]
    }
    assert not _examples(differing), "key: (shown, recomputed)"


def _examples(differing: Mapping[Any, Any]) -> list[Any]:
    """Enough to see what is wrong, and how many there are by figure."""
    if not differing:
        return []
    by_figure = Counter(getattr(key, "figure", "") for key in differing)
    return [dict(by_figure), *sorted(differing.items(), key=str)[:12]]
