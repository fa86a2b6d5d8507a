"""Simulated cases: the same whatever runs them, little memory, all types, published proportions."""

import hashlib
import json
import os
import subprocess
import sys
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import BaseModel

from adapters.wire import decode, encode
from adapters.wire.refusal import Refusal
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
)
from domain.events.referrals import ReferralDecisionReceived, ReferralSent
from domain.events.registry import EVENT_TYPES
from domain.streams import StreamKind, stream_kind
from domain.vocabulary.coded import CodedList
from domain.vocabulary.safeguarding import Strand
from services.simulation import UNTIL, Simulation
from services.simulation.steps.referring import ADULT_ACCEPTED, CHILD_ACCEPTED, STATUTORY

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
A_YEAR_BEFORE = datetime(2025, 10, 31, tzinfo=UTC)
History = list[CaseEvent]


def event_of(line: bytes) -> CaseEvent:
    return decode(line, received_at=NOW).event


def told(simulation: Simulation) -> Iterator[CaseEvent]:
    """The events of a simulation, each once, in the order in which they are sent."""
    seen: set[Any] = set()
    for line in simulation.lines():
        event = event_of(line)
        if event.event_id not in seen:
            seen.add(event.event_id)
            yield event


@pytest.fixture(scope="module")
def some() -> History:
    """The events of 400 cases."""
    return list(told(Simulation(400)))


@pytest.fixture(scope="module")
def many() -> list[History]:
    """The histories of 1,000 cases."""
    cases: defaultdict[str, History] = defaultdict(list)
    for event in told(Simulation(1_000, seed=2)):
        if stream_kind(event.case_ref) is StreamKind.CASE:
            cases[event.case_ref].append(event)
    return list(cases.values())


def digest(simulation: Simulation) -> str:
    return hashlib.sha256(b"\n".join(simulation.lines())).hexdigest()


@pytest.mark.parametrize("hash_seed", ["0", "1", "4711"])
def test_lines_are_the_same_in_every_process(hash_seed: str) -> None:
    program = (
        "import hashlib; from services.simulation import Simulation; "
        "print(hashlib.sha256(b'\\n'.join(Simulation(25, seed=3).lines())).hexdigest())"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Pacific/Auckland"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed.strip() == digest(Simulation(25, seed=3))


def test_another_seed_makes_other_cases_and_shares_no_event() -> None:
    first, second = ({event.event_id for event in told(Simulation(10, seed))} for seed in (1, 2))
    assert not first & second


@pytest.mark.parametrize("number", [1, 2, 7, 20])
def test_a_case_is_the_same_however_many_there_are(number: int) -> None:
    own = Simulation(0).case(number)
    assert own
    for cases in (20, 50):
        among = Counter(Simulation(cases).lines())
        assert not Counter(own) - among


def test_cases_are_numbered_from_one_and_all_there() -> None:
    simulation = Simulation(37)
    references = {event.case_ref for event in told(simulation)}
    cases = {ref for ref in references if stream_kind(ref) is StreamKind.CASE}
    assert {int(ref.rpartition("-")[2]) for ref in cases} == set(range(1, 38))
    assert simulation.tally.cases == 37


def test_memory_does_not_grow_with_the_number_of_cases() -> None:
    # The first fills what is kept for good, such as the calendar.
    _, few, more = (peak_of(Simulation(cases, years=1, at_once=16)) for cases in (20, 60, 600))
    assert more < few * 1.2


def peak_of(simulation: Simulation) -> int:
    """The most memory that a simulation takes at a time, in bytes."""
    tracemalloc.start()
    for _ in simulation.lines():
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_every_line_reads_as_it_would_be_written() -> None:
    for line in Simulation(60).lines():
        message = json.loads(line)
        event = event_of(line)
        again = encode(event)
        for added in ("recordedtime", "datacontenttype"):
            del again[added]
        assert decode(json.dumps(again).encode(), received_at=NOW).event == event
        assert message["data"].keys() >= again["data"].keys() - _defaults(event)


def _defaults(event: CaseEvent) -> set[str]:
    """The fields that say what they say anyway where they are left out."""
    fields = type(event).model_fields.items()
    return {field.alias or name for name, field in fields if not field.is_required()}


def test_nothing_is_told_from_after_the_last_day() -> None:
    until = date(2024, 6, 30)
    simulation = Simulation(60, until=until, years=1)
    events = list(told(simulation))
    assert max(event.known_at for event in events).date() <= until
    assert min(event.occurred_at for event in events).year >= 2021
    assert max(event.known_at for event in told(Simulation(60))).date() <= UNTIL


def test_every_type_of_event_occurs_that_others_may_publish(some: History) -> None:
    published = {name for name, each in EVENT_TYPES.items() if not each.BY_SERVICE}
    assert {event.type for event in some} == published


def test_cases_open_in_every_way(some: History) -> None:
    first: dict[str, type[CaseEvent]] = {}
    for event in some:
        if stream_kind(event.case_ref) is StreamKind.CASE and isinstance(
            event, CaseOpened | ConcernRaised | IncidentReported
        ):
            first.setdefault(event.case_ref, type(event))
    assert set(first.values()) == {CaseOpened, ConcernRaised, IncidentReported}


def test_most_coded_values_occur(some: History) -> None:
    seen: defaultdict[type[CodedList], set[CodedList]] = defaultdict(set)
    for event in some:
        for code in _codes(event):
            seen[type(code)].add(code)
    assert sum(map(len, seen.values())) > 0.9 * sum(map(len, seen))


def _codes(value: object) -> Iterator[CodedList]:
    if isinstance(value, CodedList):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _codes(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _codes(each)


def test_much_becomes_known_late_and_some_of_it_arrives_out_of_order(some: History) -> None:
    late = [event for event in some if (event.known_at - event.occurred_at).days >= 7]
    assert 0.005 < len(late) / len(some) < 0.1
    latest: dict[str, datetime] = {}
    overtaken = 0
    for event in some:
        overtaken += latest.get(event.case_ref, event.known_at) > event.known_at
        latest[event.case_ref] = max(event.known_at, latest.get(event.case_ref, event.known_at))
    assert 0.05 < overtaken / len(some) < 0.4


def test_lines_come_in_about_the_order_of_time() -> None:
    known = [event.known_at for event in told(Simulation(300))]
    latest = known[0]
    for at in known:
        assert (latest - at).days < 400
        latest = max(latest, at)
    assert [at.year for at in known[:: len(known) // 8]] == sorted(
        at.year for at in known[:: len(known) // 8]
    )


def test_some_lines_are_sent_twice_and_say_the_same() -> None:
    simulation = Simulation(100)
    lines = list(simulation.lines())
    hashes = [decode(line, received_at=NOW).content_hash for line in lines]
    assert len(lines) == simulation.tally.lines
    assert len(hashes) - len(set(hashes)) == simulation.tally.sent_again > 20
    # Some differ in what says nothing of the fact, so that a broker keeps both.
    assert len(set(hashes)) < len(set(lines)) < len(lines)


def test_damaged_lines_come_before_the_same_event_undamaged() -> None:
    simulation = Simulation(20, damage=0.1)
    refused = 0
    for line in simulation.lines():
        try:
            event_of(line)
        except Refusal:
            refused += 1
    assert refused == simulation.tally.damaged > 20
    whole = Simulation(20)
    assert Counter(told_types(simulation)) == Counter(told_types(whole))


def told_types(simulation: Simulation) -> Iterator[str]:
    for _ in simulation.lines():
        pass
    yield from simulation.tally.events.elements()


def concerned(history: History) -> set[Strand]:
    """The strands of the first concern; none where there is only antisocial behaviour."""
    first = next((event for event in history if isinstance(event, ConcernRaised)), None)
    return set(first.strands) if first else set()


def test_one_concern_in_twelve_is_about_a_child(many: list[History]) -> None:
    strands = [concerned(history) for history in many]
    child = sum(Strand.CHILD in each for each in strands) / sum(bool(each) for each in strands)
    assert child == pytest.approx(6 / 71, abs=0.03)


def test_authorities_take_on_three_referrals_in_ten(many: list[History]) -> None:
    accepted = {*ADULT_ACCEPTED, *CHILD_ACCEPTED}
    sent, taken_on = 0, set()
    for history in many:
        referred = {
            event.referral_id
            for event in history
            if isinstance(event, ReferralSent) and event.route in STATUTORY
        }
        sent += len(referred)
        taken_on |= {
            event.referral_id
            for event in history
            if isinstance(event, ReferralDecisionReceived)
            and event.decision in accepted
            and event.referral_id in referred
        }
    assert sent > 300
    assert len(taken_on) / sent == pytest.approx(0.31, abs=0.06)


def test_half_of_a_years_concerns_are_closed_by_its_end(many: list[History]) -> None:
    of_the_year = [
        history
        for history in many
        if concerned(history) and min(event.occurred_at for event in history) >= A_YEAR_BEFORE
    ]
    closed = sum(_is_closed(history) for history in of_the_year) / len(of_the_year)
    assert closed == pytest.approx(37 / 71, abs=0.08)


def _is_closed(history: History) -> bool:
    count = Counter(type(event) for event in history)
    return count[CaseClosed] > count[CaseReopened]


def test_some_antisocial_behaviour_turns_out_to_be_something_else(many: list[History]) -> None:
    reclassified = sum(any(isinstance(e, Reclassified) for e in history) for history in many)
    assert reclassified / len(many) == pytest.approx(0.06, abs=0.025)


def test_impossible_numbers_of_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="cases"):
        Simulation(-1)
