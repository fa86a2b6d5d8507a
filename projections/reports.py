"""Reports: everything that was told to have happened, the base of hot spots and rates."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.classification import first_classification
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import ConcernRaised, IncidentReported
from domain.events.protection import ExploitationIndicatorObserved
from domain.streams import FILES, StreamKind, stream_kind
from domain.times import in_london
from domain.vocabulary.coded import CodedList
from domain.vocabulary.harm import ChildHarm, Exploitation, HarmLocation
from domain.vocabulary.lifecycle import ReporterKind
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.protection import ExploitationIndicator
from domain.vocabulary.safeguarding import (
    AbuseType,
    Channel,
    Classification,
    ConcernBasis,
    ConductPattern,
    ContextFactor,
    DomesticAbuseBehaviour,
    HateStrand,
    IncidentKind,
    Indicator,
    Severity,
    SourceOfRisk,
    Strand,
)
from projections.personal_columns import Document, Place, Post
from projections.read_model import ReadModel, Row


class ReportType(CodedList, source="Case Timeline"):
    """What was told."""

    INCIDENT = "incident", "An incident"
    CONCERN = "concern", "A concern"
    INDICATOR = "indicator", "A sign of exploitation"


class ReportRow(Row):
    """One report, on the file of a case, or of a person or property before any case."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "event_id"

    event_id: UUID
    """The event that tells of it."""
    file: StreamKind
    """What kind of file it stands on."""
    report: ReportType
    """What was told."""
    known_on: date
    """The day in England on which the landlord first knew."""
    happened_on: date
    """The day in England on which it happened, or began to."""
    kind: IncidentKind | None = None
    """What happened; None unless an incident was told of."""
    further_kinds: tuple[IncidentKind, ...] = ()
    """What else it was."""
    indicator: ExploitationIndicator | None = None
    """What was seen; None unless a sign of exploitation was."""
    classification: Classification | None = None
    """What a case is treated as that it opens; None for a sign of exploitation."""
    strands: tuple[Strand, ...] = ()
    """The strands of safeguarding that a concern names."""
    hate_strands: tuple[HateStrand, ...] = ()
    """What hate it showed was aimed at."""
    low_level: bool = False
    """Whether it is a concern of a low level."""
    channel: Channel | None = None
    """How a concern reached the landlord."""
    basis: ConcernBasis | None = None
    """What a concern rests on."""
    reporter_role: Post[str | None] = None
    """The post or part of whoever reported an incident or concern; never who they are."""
    reporter_kind: ReporterKind | None = None
    """What they are to the landlord."""
    reporter_team: Post[str | None] = None
    """The landlord's team they belong to."""
    anonymous: bool = False
    """Whether whoever reported did not want to be known, or is not."""
    relayed_by: Post[tuple[str, ...]] = ()
    """The hands the account of a concern passed through, in order."""
    abuse_types: tuple[AbuseType, ...] = ()
    """The types of abuse that a concern names."""
    domestic_abuse_behaviours: tuple[DomesticAbuseBehaviour, ...] = ()
    """The behaviours that make what a concern tells domestic abuse."""
    pattern: ConductPattern | None = None
    """Whether that was one incident or many."""
    personally_connected: YesNoUnknown | None = None
    """Whether the two are connected as the Domestic Abuse Act 2021 asks; this and the next are
    None unless a concern was told of."""
    both_sixteen_or_over: YesNoUnknown | None = None
    """Whether both are at least 16, as that Act asks."""
    child_harms: tuple[ChildHarm, ...] = ()
    """The kinds of harm to a child that a concern names."""
    exploitation: tuple[Exploitation, ...] = ()
    """How someone is made use of, as a concern or sign has it."""
    source_of_risk: SourceOfRisk | None = None
    """Who or what a concern says the harm comes from."""
    location: HarmLocation | None = None
    """Where a concern says the harm happens: in what kind of place."""
    indicators: tuple[Indicator, ...] = ()
    """The signs of harm that a concern names."""
    context_factors: tuple[ContextFactor, ...] = ()
    """The circumstances that a concern says make harm likelier."""
    crime_suspected: YesNoUnknown | None = None
    """Whether whoever raised a concern suspects a crime; this and the next two are None unless a
    concern was told of."""
    person_aware: YesNoUnknown | None = None
    """Whether the person knows that it was raised."""
    safe_to_contact: YesNoUnknown | None = None
    """Whether it is safe to be in touch with the person."""
    policy_refs: Document[tuple[str, ...]] = ()
    """The landlord's policies that a concern is handled under."""
    severity: Severity | None = None
    """How grave a concern says that the harm is."""
    property_ref: Place[str | None] = None
    """Where it happened; None also where the event does not say."""


reports = ReadModel("reports", 1, ReportRow, streams=FILES)

_OF_A_CONCERN = (
    "strands",
    "hate_strands",
    "low_level",
    "channel",
    "severity",
    "basis",
    "relayed_by",
    "abuse_types",
    "domestic_abuse_behaviours",
    "pattern",
    "personally_connected",
    "both_sixteen_or_over",
    "child_harms",
    "exploitation",
    "source_of_risk",
    "location",
    "indicators",
    "context_factors",
    "crime_suspected",
    "person_aware",
    "safe_to_contact",
    "policy_refs",
)
"""What a concern says, under the names that it has there too."""


def _itself(event: CaseEvent) -> tuple[str, ...]:
    return (str(event.event_id),)


@reports.on(IncidentReported, keys=_itself)
def _incident(row: ReportRow | None, event: IncidentReported, _: str) -> ReportRow:
    told = {
        **_reported_by(event),
        "kind": event.kind,
        "further_kinds": event.further_kinds,
        "classification": first_classification(event),
        "hate_strands": event.hate_strands,
    }
    return _report(event, ReportType.INCIDENT).model_copy(update=told)


@reports.on(ConcernRaised, keys=_itself)
def _concern(row: ReportRow | None, event: ConcernRaised, _: str) -> ReportRow:
    told = {
        **_reported_by(event),
        **{name: getattr(event, name) for name in _OF_A_CONCERN},
        "classification": first_classification(event),
    }
    return _report(event, ReportType.CONCERN).model_copy(update=told)


@reports.on(ExploitationIndicatorObserved, keys=_itself)
def _sign(row: ReportRow | None, event: ExploitationIndicatorObserved, _: str) -> ReportRow:
    told = {
        "indicator": event.indicator,
        "exploitation": (event.form,) if event.form is not None else (),
    }
    return _report(event, ReportType.INDICATOR).model_copy(update=told)


def _reported_by(event: IncidentReported | ConcernRaised) -> dict[str, Any]:
    reporter = event.reporter
    told: dict[str, Any] = {"anonymous": event.anonymous}
    if reporter is not None:
        told |= {
            "reporter_role": reporter.role,
            "reporter_kind": reporter.kind,
            "reporter_team": reporter.team,
        }
    return told


def _report(event: CaseEvent, report: ReportType) -> ReportRow:
    return ReportRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        event_id=event.event_id,
        file=stream_kind(event.case_ref),
        report=report,
        known_on=in_london(event.known_at).date(),
        happened_on=in_london(event.occurred_at).date(),
        property_ref=event.property_ref,
    )
