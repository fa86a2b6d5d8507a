"""What is counted of a case itself."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tests.support.recomputing.case import HARMED_OR_AT_RISK, Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.record import (
    Event,
    done_on,
    each_of,
    first,
    in_turn,
    known_on,
    latest,
)

DELAYS = (
    (3, "0-3-days"),
    (5, "4-5-days"),
    (14, "6-14-days"),
    (30, "15-30-days"),
    (90, "1-3-months"),
)


def facts(case: Case) -> Iterator[Fact]:
    """Yield what is counted of a case."""
    yield from _new(case)
    yield from _special(case)
    yield from _spells(case)
    yield from _reclassified(case)
    yield from _first_report(case)
    yield from _told(case)


def _new(case: Case) -> Iterator[Fact]:
    if case.new_on is None:
        return
    if not case.was_opened_so:
        yield case.fact("reclassified_into_safeguarding", case.new_on)
        return
    on = case.new_on
    yield case.fact("new_cases", on)
    for strand in case.strands or {"unknown"}:
        yield case.fact("new_cases_by_strand", on, strand)
    for abuse in case.named_in_concerns("abuse_types"):
        yield case.fact("new_cases_by_abuse_type", on, abuse)
    channel = case.concern["channel"] if case.concern else "unknown"
    yield case.fact("new_cases_by_channel", on, channel)
    reporter = _reporter(case)
    yield case.fact("new_cases_by_reporter", on, reporter.get("kind") or "unknown")
    yield case.fact("new_cases_by_team", on, reporter.get("team") or "unknown")
    yield case.fact("new_cases_by_housing_type", on, case.housing_type or "unknown")
    yield case.fact("new_cases_by_tenure", on, _tenure(case) or "unknown")
    if case.housing_type:
        yield case.fact("general_needs", on, value=case.housing_type == "general-needs")


def _reporter(case: Case) -> Event:
    """Who raised the first concern, or where there is none, reported the first incident."""
    incidents = [each for each in case.all("IncidentReported") if each.get("reporter")]
    told = case.concern or first(incidents)
    return told["reporter"] if told else {}


def _tenure(case: Case) -> str | None:
    involved = [
        each
        for each in case.all("PersonInvolved")
        if each["role"] in HARMED_OR_AT_RISK and each.get("tenure_role")
    ]
    found = first(involved)
    return found["tenure_role"] if found else None


def _special(case: Case) -> Iterator[Fact]:
    abuse = [*_treated_as(case, "domestic-abuse")]
    for concern in case.all("ConcernRaised"):
        behaviours = each_of(concern, "domestic_abuse_behaviours")
        if behaviours or "domestic" in each_of(concern, "abuse_types"):
            abuse.append(known_on(concern))
    if abuse:
        yield case.fact("domestic_abuse_cases", min(abuse))
    hoarding = [*_treated_as(case, "hoarding"), *map(known_on, case.all("HoardingLevelAssessed"))]
    if hoarding and case.new_on:
        via = "opened" if case.was_opened_so else "reclassified"
        yield case.fact("hoarding_cases", case.new_on, via)


def _treated_as(case: Case, what: str) -> Iterator[date]:
    for event in case.events:
        named = {
            "CaseOpened": [event.get("initial_classification")],
            "IncidentReported": [event.get("category")],
            "ConcernRaised": event.get("strands", []),
            "Reclassified": [event.get("to")],
        }.get(event["_type"], [])
        if what in named:
            yield known_on(event)


def _spells(case: Case) -> Iterator[Fact]:
    if case.new_on is None:
        return
    begun: date | None = case.opened_on
    for event in in_turn(case.all("CaseClosed", "CaseReopened")):
        on = done_on(event)
        if event["_type"] == "CaseReopened":
            begun = on
        elif begun is not None:
            if on >= case.new_on:
                yield case.stock("open_cases", max(begun, case.new_on), on)
            begun = None
        if on < case.new_on:
            continue
        if event["_type"] == "CaseReopened":
            yield case.fact("reopened_cases", on)
        else:
            yield case.fact("closed_cases", on)
            yield case.fact("closed_cases_by_assurance", on, event["assurance"])
            yield case.fact("closed_cases_by_risk_outcome", on, event["risk_outcome"])
    if begun is not None:
        yield case.stock("open_cases", max(begun, case.new_on), None)


def _reclassified(case: Case) -> Iterator[Fact]:
    for each in case.reclassified:
        dimension = f"{each['from']} > {each['to']}"
        yield case.fact("reclassifications", known_on(each), dimension)
    if case.reclassified:
        on = known_on(case.reclassified[0])
        openings = case.all("CaseOpened", "ConcernRaised", "IncidentReported")
        waited = (done_on(case.reclassified[0]) - min(map(known_on, openings))).days
        yield case.fact("misbadged_days", on, value=max(waited, 0))


def _first_report(case: Case) -> Iterator[Fact]:
    report = case.report
    if report is None or report["_precision"] in ("month", "year", "approximate"):
        return
    on = known_on(report)
    days = max((on - done_on(report)).days, 0)
    span = next((code for most, code in DELAYS if days <= most), "over-3-months")
    yield case.fact("reporting_delay", on, span)
    yield case.fact("reporting_delay_days", on, value=days)


def _told(case: Case) -> Iterator[Fact]:
    triage = latest(each for each in case.all("TriageCompleted") if each.get("no_statutory_route"))
    if triage:
        yield case.fact("no_statutory_route", done_on(triage), triage["no_statutory_route"])
    for each in case.all("EnquiryRequested"):
        yield case.fact("enquiries_asked", known_on(each))
    for each in case.all("ConsentOverridden"):
        yield case.fact("consent_overrides", done_on(each))
        for ground in set(each["grounds"]):
            yield case.fact("consent_overrides_by_ground", done_on(each), ground)
    for each in case.all("ConsentOverridden", "DecisionRecorded"):
        if each.get("dissenting_view"):
            yield case.fact("dissenting_views", done_on(each))
    for each in case.all("StaffAllegationRaised"):
        yield Fact("staff_allegations", "", known_on(each), None, None, None, Decimal(1))
