"""What puts a person at risk, from when to when: it may arise at any time, and end."""

from datetime import date, datetime

from domain.events.fields import Part
from domain.events.people import VulnerabilityEnded, VulnerabilityRecorded
from domain.vocabulary.vulnerability import (
    Amplifier,
    EscapeBarrier,
    SupportReason,
    VulnerabilityCause,
    VulnerabilityType,
)
from projections.periods import Boundary, Period, periods, times_of, with_boundary
from projections.personal_columns import Health, Post


class VulnerabilityFact(Boundary):
    """What one event said of a vulnerability: that it began on a day, or ended on one."""

    vulnerability_type: VulnerabilityType
    information_source: Post[str | None] = None
    amplifiers: tuple[Amplifier, ...] = ()
    causes: tuple[VulnerabilityCause, ...] = ()
    escape_barriers: tuple[EscapeBarrier, ...] = ()
    primary_support_reason: SupportReason | None = None
    minimal_instruction: Health[str | None] = None
    end_reason: Health[str | None] = None


class Vulnerability(Part):
    """Something that puts or put a person at risk."""

    vulnerability_type: VulnerabilityType
    since: date | None
    """The first day; None where only its end is known."""
    until: date | None
    """The last day; None while no end is known."""
    amplifiers: tuple[Amplifier, ...]
    causes: tuple[VulnerabilityCause, ...]
    escape_barriers: tuple[EscapeBarrier, ...]
    primary_support_reason: SupportReason | None
    information_source: Post[str | None]
    minimal_instruction: Health[str | None]
    """What a visitor needs to do or avoid; never a diagnosis."""
    noted_at: datetime
    end_reason: Health[str | None]

    def holds_on(self, day: date) -> bool:
        """Tell whether the person was vulnerable in this way on `day`, as far as known."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


VulnerabilityFacts = tuple[VulnerabilityFact, ...]


def begun(event: VulnerabilityRecorded) -> VulnerabilityFact:
    """Return what `event` said of the beginning."""
    return VulnerabilityFact(
        begins=True,
        day=event.since,
        **times_of(event),
        vulnerability_type=event.vulnerability_type,
        information_source=event.information_source,
        amplifiers=event.amplifiers,
        causes=event.causes,
        escape_barriers=event.escape_barriers,
        primary_support_reason=event.primary_support_reason,
        minimal_instruction=event.minimal_instruction,
    )


def ended(event: VulnerabilityEnded) -> VulnerabilityFact:
    """Return what `event` said of the end."""
    return VulnerabilityFact(
        begins=False,
        day=event.until,
        **times_of(event),
        vulnerability_type=event.vulnerability_type,
        information_source=event.information_source,
        end_reason=event.reason,
    )


def with_fact(facts: VulnerabilityFacts, fact: VulnerabilityFact) -> VulnerabilityFacts:
    """Return `facts` with one more."""
    of_its_type = _of_type(facts, fact.vulnerability_type)
    others = tuple(it for it in facts if it.vulnerability_type is not fact.vulnerability_type)
    return (*others, *with_boundary(of_its_type, fact))


def vulnerabilities_from(facts: VulnerabilityFacts) -> tuple[Vulnerability, ...]:
    """Return what puts or put the person at risk, type by type, each in order of beginning."""
    types = sorted({it.vulnerability_type for it in facts}, key=lambda each: each.place)
    return tuple(
        _from_period(period) for kind in types for period in periods(_of_type(facts, kind))
    )


def _of_type(facts: VulnerabilityFacts, kind: VulnerabilityType) -> VulnerabilityFacts:
    return tuple(it for it in facts if it.vulnerability_type is kind)


def _from_period(period: Period[VulnerabilityFact]) -> Vulnerability:
    told = period.begin or period.end
    assert told is not None
    return Vulnerability(
        vulnerability_type=told.vulnerability_type,
        since=period.begin.day if period.begin else None,
        until=period.end.day if period.end else None,
        amplifiers=told.amplifiers,
        causes=told.causes,
        escape_barriers=told.escape_barriers,
        primary_support_reason=told.primary_support_reason,
        information_source=told.information_source,
        minimal_instruction=told.minimal_instruction,
        noted_at=told.at,
        end_reason=period.end.end_reason if period.end else None,
    )
