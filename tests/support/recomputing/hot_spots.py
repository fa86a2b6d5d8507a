"""Reports by area and quarter, with small counts held back and others rounded."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tests.support.recomputing.figures import period_start
from tests.support.recomputing.places import Places, place_of
from tests.support.recomputing.record import Event, Record, done_on, each_of
from tests.support.recomputing.reports import FILES, TYPES, place_of_report
from tests.support.recomputing.vulnerable import Vulnerable


class HotSpot(NamedTuple):
    """What a line of `dashboard.hot_spots` is of."""

    authority: str | None
    area_level: str
    area: str
    quarter: date
    measure: str
    code: str


def hot_spots(record: Record) -> dict[HotSpot, int | None]:
    """Return how many reports there are, to the nearest 5; None where there are fewer than 5.

    Of vulnerability there is None also where it is that of fewer than 5 persons.
    """
    places = Places(record)
    of_cases = {ref: place_of(events) for ref, events in record.cases().items()}
    reports: Counter[HotSpot] = Counter()
    persons: dict[HotSpot, set[str]] = defaultdict(set)
    vulnerable = {ref: Vulnerable(events) for ref, events in record.files.items()}
    for event in record.every(*TYPES, on=FILES):
        place = place_of_report(event) or of_cases.get(event["_file"])
        authority = places.told_of(place, "authority")
        quarter = period_start("quarter", done_on(event))
        for level, area in _areas(places, place):
            for measure, code in _measures(event):
                reports[HotSpot(authority, level, area, quarter, measure, code)] += 1
            for code, those in vulnerable[event["_file"]].on(done_on(event)).items():
                spot = HotSpot(authority, level, area, quarter, "vulnerability", code)
                reports[spot] += 1
                persons[spot] |= those
    few = {spot for spot, those in persons.items() if len(those) < 5}
    return {
        spot: (count + 2) // 5 * 5 if count >= 5 and spot not in few else None
        for spot, count in reports.items()
    }


def _areas(places: Places, place: str | None) -> Iterator[tuple[str, str]]:
    lsoa, estate, block = (places.told_of(place, name) for name in ("area_lsoa", "estate", "block"))
    if lsoa:
        yield "lsoa", lsoa
    if estate:
        yield "estate", estate
    if block:
        yield "block", f"{estate}, {block}" if estate else block


def _measures(event: Event) -> Iterator[tuple[str, str]]:
    yield "all", ""
    for strand in each_of(event, "strands"):
        yield "strand", strand
    for strand in each_of(event, "hate_strands"):
        yield "hate-strand", strand
    if event["_type"] == "IncidentReported":
        yield "kind", event["kind"]
    if event["_type"] == "ExploitationIndicatorObserved":
        yield "sign", event["indicator"]
