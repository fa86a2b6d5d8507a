"""The rule that mirrors the limits repairs have to keep for hazards in the home."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from domain.events.housing import HazardLinked, HousingContextChanged
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.patterns import day_of
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.times import end_of_day
from domain.vocabulary.housing import HazardClass, HousingChange
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_working_day

_HAZARD_LAW = date(2025, 10, 27)
"""When the duties on emergency hazards, and on damp and mould, came into force."""


@rule(
    "R39",
    "Hazard in the home: the limits that repairs have to keep, mirrored",
    source="Hazards in Social Housing (Prescribed Requirements) 2025, first phase, from 27 October "
    "2025; the stages after the investigation count from the last day it may take",
    clears="a change of the property's condition since that names the hazard by its reference, or "
    "closing the case",
    emergency_hours=24,
    investigation_working_days=10,
    summary_working_days=3,
    safe_working_days=5,
    works_start_working_days=5,
    works_weeks=12,
)
def hazard_mirror(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield warnings for each hazard; repairs keep the clock, this only shows it."""
    latest = {event.hazard_ref: event for event in case.all(HazardLinked)}
    for hazard_ref, hazard in latest.items() if case.is_open else ():
        changes = case.after(hazard.occurred_at, HousingContextChanged)
        dealt_with = any(
            change.kind is HousingChange.PROPERTY_CONDITION and change.reference == hazard_ref
            for change in changes
        )
        if hazard.reported_on < _HAZARD_LAW or dealt_with:
            continue
        under = terms.for_duty_of(hazard)
        for stage, due, limit in _limits(hazard, under):
            yield Finding(
                under=under,
                because=(hazard,),
                since=hazard.known_at,
                due=due,
                why=f"A hazard in the home is with repairs, whose limit {limit}.",
                item=f"hazard:{hazard_ref}/{stage}",
                effect=FlagEffect.WARNING,
            )


def _limits(hazard: HazardLinked, under: InForce) -> Iterator[tuple[str, datetime, str]]:
    reported = end_of_day(hazard.reported_on)
    if day_of(hazard) == hazard.reported_on:
        reported = hazard.occurred_at
    if hazard.hazard_class is HazardClass.EMERGENCY:
        due = reported + timedelta(hours=under["emergency_hours"])
        yield "safe", due, "for making an emergency safe this is"
    if hazard.hazard_class is not HazardClass.SIGNIFICANT or hazard.damp is YesNoUnknown.NO:
        return
    looked_at = by_working_day(reported, under["investigation_working_days"])
    yield "investigation", looked_at, "for looking into it this is"
    for stage, parameter, limit in (
        ("summary", "summary_working_days", "for telling the tenant in writing this is"),
        ("safe", "safe_working_days", "for making the home safe this is"),
        ("works-start", "works_start_working_days", "for arranging further works this is"),
    ):
        yield stage, by_working_day(looked_at, under[parameter]), limit
    weeks = timedelta(weeks=under["works_weeks"])
    yield "works", end_of_day(hazard.reported_on + weeks), "for starting further works this is"
