"""What is counted of reports: concerns, incidents and signs of exploitation."""

from collections.abc import Iterator
from decimal import Decimal

from tests.support.recomputing.case import Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.places import Places
from tests.support.recomputing.record import Event, Record, each_of, kind_of, known_on

TYPES = ("ConcernRaised", "IncidentReported", "ExploitationIndicatorObserved")
FILES = ("case", "person", "property")


def facts(record: Record, cases: dict[str, Case], places: Places) -> Iterator[Fact]:
    """Yield what is counted of reports on any file."""
    for event in record.every(*TYPES, on=FILES):
        case = cases.get(event["_file"])
        named = case.ref if case and not case.about_staff else None
        place = place_of_report(event)
        authority = (case and case.authority) or places.told_of(place, "authority")
        for figure, dimension in _counted(event):
            yield Fact(figure, dimension, known_on(event), None, named, authority, Decimal(1))


def place_of_report(event: Event) -> str | None:
    """Where it happened as it says itself, or else the property on whose file it is."""
    on = event["_file"]
    return event.get("property_ref") or (on if kind_of(on) == "property" else None)


def _counted(event: Event) -> Iterator[tuple[str, str]]:
    if event["_type"] == "ConcernRaised":
        yield "concerns", ""
        for strand in each_of(event, "strands") or {"unknown"}:
            yield "concerns_by_strand", strand
        for factor in each_of(event, "context_factors"):
            yield "concerns_by_context_factor", factor
        if event.get("low_level"):
            yield "low_level_concerns", ""
    elif event["_type"] == "IncidentReported":
        yield "incidents", event["kind"]
    else:
        yield "exploitation_signs", event["indicator"]
    for strand in each_of(event, "hate_strands"):
        yield "hate_reports", strand
