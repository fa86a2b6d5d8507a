"""What is counted of a case itself."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cached_property

from tests.support.recomputing.facts import Fact
from tests.support.recomputing.places import Places, place_of
from tests.support.recomputing.record import (
    Event,
    done_on,
    each_of,
    first,
    in_turn,
    known_on,
    latest,
    of_type,
)

NOT_SAFEGUARDING = ("asb", "welfare", "unclassified")
STRANDS = (
    "adult",
    "child",
    "domestic-abuse",
    "hoarding",
    "hate-crime",
    "modern-slavery",
    "staff",
)
HARMED_OR_AT_RISK = (
    "adult-at-risk",
    "child-at-risk",
    "victim",
    "additional-victim",
    "intended-target",
    "perpetrator-also-at-risk",
    "family-at-risk",
)
DELAYS = (
    (3, "0-3-days"),
    (5, "4-5-days"),
    (14, "6-14-days"),
    (30, "15-30-days"),
    (90, "1-3-months"),
)


class Case:
    """A case, and what its facts have in common."""

    def __init__(self, ref: str, events: list[Event], places: Places) -> None:
        self.ref, self.events = ref, events
        self._places, self._place = places, place_of(events)

    def all(self, *types: str) -> list[Event]:
        """Its events of these types, in the order in which they were accepted."""
        return of_type(self.events, *types)

    @cached_property
    def formal(self) -> Event | None:
        """Its formal opening."""
        return next(iter(self.all("CaseOpened")), None)

    @cached_property
    def concern(self) -> Event | None:
        """Its first concern."""
        return first(self.all("ConcernRaised"))

    @cached_property
    def report(self) -> Event | None:
        """Its first report, a concern or an incident."""
        return first(self.all("ConcernRaised", "IncidentReported"))

    @cached_property
    def opened_on(self) -> date:
        """The day from which the landlord had it."""
        opening = self.formal or self.report
        assert opening is not None
        return known_on(opening)

    @cached_property
    def began_as(self) -> str:
        """What it was treated as to begin with; what it was reclassified from stands."""
        if changes := self.all("Reclassified"):
            return str(changes[0]["from"])
        if self.formal:
            return str(self.formal["initial_classification"])
        assert self.report is not None
        if self.report["_type"] == "IncidentReported":
            return self.report.get("category") or "unclassified"
        strands = set(self.report.get("strands", ()))
        return strands.pop() if len(strands) == 1 else "safeguarding"

    @cached_property
    def reclassified(self) -> list[Event]:
        """Its reclassifications, in the order of happening."""
        return in_turn(self.all("Reclassified"))

    @cached_property
    def new_on(self) -> date | None:
        """The day on which it was first treated as safeguarding."""
        if self.was_opened_so:
            return self.opened_on
        into = [each for each in self.reclassified if each["to"] not in NOT_SAFEGUARDING]
        return min(map(known_on, into), default=None)

    @property
    def was_opened_so(self) -> bool:
        """Whether it was treated as safeguarding to begin with."""
        return self.began_as not in NOT_SAFEGUARDING

    @cached_property
    def authority(self) -> str | None:
        """The local authority it was opened with, or else that of the place."""
        opened_with = self.formal.get("authority") if self.formal else None
        of_the_place: str | None = self._places.told_of(self._place, "authority")
        return opened_with or of_the_place

    @cached_property
    def housing_type(self) -> str | None:
        """The kind of home: as opened, or as last changed, or else that of the place."""
        as_opened = self.formal.get("housing_type") if self.formal else None
        changes = [each for each in self.all("HousingContextChanged") if each.get("housing_type")]
        changed = latest(changes)
        of_the_place: str | None = self._places.told_of(self._place, "housing_type")
        return as_opened or (changed["housing_type"] if changed else None) or of_the_place

    @cached_property
    def about_staff(self) -> bool:
        """Whether it is about a member of staff, and so never named."""
        return "staff" in self.strands or bool(self.all("StaffAllegationRaised"))

    @cached_property
    def strands(self) -> set[str]:
        """Every strand named, opened as, or reclassified to."""
        named = self.named_in_concerns("strands")
        treated_as = {self.began_as, *(each["to"] for each in self.reclassified)}
        return named | (treated_as & set(STRANDS))

    def named_in_concerns(self, name: str) -> set[str]:
        """The codes that any concern lists under this name."""
        return set().union(*(each_of(concern, name) for concern in self.all("ConcernRaised")))

    def fact(self, figure: str, day: date, dimension: str = "", value: float | Decimal = 1) -> Fact:
        """A fact of it."""
        return self.stock(figure, day, None, dimension, value)

    def stock(
        self,
        figure: str,
        day: date,
        until: date | None,
        dimension: str = "",
        value: float | Decimal = 1,
    ) -> Fact:
        """A fact of it that counts from a day until another."""
        ref = None if self.about_staff else self.ref
        return Fact(figure, dimension, day, until, ref, self.authority, Decimal(value))


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
    for each in case.all("StaffAllegationRaised"):
        yield Fact("staff_allegations", "", known_on(each), None, None, None, Decimal(1))
