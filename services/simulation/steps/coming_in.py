"""How a case comes in: what is reported, who opens it, what is decided at triage."""

from collections.abc import Sequence
from typing import Any

from domain.events.lifecycle import (
    CaseAllocated,
    CaseOpened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.vocabulary.lifecycle import EnforcementCheck, NoStatutoryRoute, ReporterKind
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.record import Precision, Sensitivity
from domain.vocabulary.safeguarding import (
    Channel,
    Classification,
    ConcernBasis,
    ContextFactor,
    IncidentKind,
    Indicator,
    Severity,
)
from services.simulation.case import Case
from services.simulation.telling import Said
from services.simulation.world import ASB, CALLS, HOUSING, LEAD, REPAIRS, Desk

_CHANNELS: dict[Channel, tuple[Desk, str, ReporterKind, float]] = {
    Channel.HOUSING_OFFICER: (HOUSING, "Housing officer", ReporterKind.STAFF, 26),
    Channel.PROPERTY_INSPECTION: (HOUSING, "Surveyor", ReporterKind.STAFF, 6),
    Channel.REPAIR_VISIT: (REPAIRS, "Gas engineer", ReporterKind.CONTRACTOR, 9),
    Channel.CONTRACTOR: (REPAIRS, "Cleaner", ReporterKind.CONTRACTOR, 4),
    Channel.CONTACT_CENTRE: (CALLS, "Contact centre adviser", ReporterKind.STAFF, 13),
    Channel.ASB_TEAM: (ASB, "ASB officer", ReporterKind.STAFF, 8),
    Channel.SELF: (CALLS, "The person", ReporterKind.SELF, 7),
    Channel.TENANT: (CALLS, "Tenant", ReporterKind.TENANT, 3),
    Channel.NEIGHBOUR: (CALLS, "Neighbour", ReporterKind.NEIGHBOUR, 8),
    Channel.FAMILY: (CALLS, "Relative", ReporterKind.FAMILY_OR_FRIEND, 6),
    Channel.PARTNER_AGENCY: (LEAD, "Social worker", ReporterKind.PROFESSIONAL, 6),
    Channel.WHISTLEBLOWING: (LEAD, "Colleague", ReporterKind.STAFF, 1),
    Channel.ONLINE: (CALLS, "Member of the public", ReporterKind.PUBLIC, 2),
    Channel.OTHER: (HOUSING, "Automatic door log", ReporterKind.SYSTEM, 0.5),
    Channel.UNKNOWN: (CALLS, "Not known", ReporterKind.UNKNOWN, 1),
}
_WEIGHTS = {channel: known[3] for channel, known in _CHANNELS.items()}


def concern(
    case: Case, account: str, *, channel: Channel | None = None, late: bool = True, **own: Any
) -> Said:
    """Raise the concern that opens the case, or one more."""
    dice = case.dice
    way = channel or dice.weighted(_WEIGHTS)
    desk, role, kind, _ = _CHANNELS[way]
    raised = case.ago(20, 110) if late and case.chance(0.12) else None
    defaults: dict[str, Any] = {
        "basis": dice.code(ConcernBasis, "pattern"),
        "severity": dice.code(Severity),
        "crime_suspected": dice.code(YesNoUnknown),
        "person_aware": dice.code(YesNoUnknown),
        "indicators": dice.codes(Indicator, 0, 3) or None,
        "immediate_danger": case.chance(0.06),
        "safe_to_contact": dice.code(YesNoUnknown),
        "context_factors": dice.codes(ContextFactor, 1, 2) if case.chance(0.3) else None,
        "anonymous": True if way in (Channel.WHISTLEBLOWING, Channel.UNKNOWN) else None,
    }
    relayed = ["Contact centre adviser", "Duty housing officer"] if case.chance(0.15) else None
    partner = {"id": "partner-duty-desk", "role": role, "organisation": case.authority.name}
    said = case.tell(
        ConcernRaised,
        desk,
        happened=raised,
        on_behalf_of=partner if way is Channel.PARTNER_AGENCY else None,
        subjects=case.about,
        place=case.home.ref,
        channel=way,
        reporter={"role": role, "kind": kind, **_team(case, kind)},
        relayed_by=relayed,
        verbatim_account=account,
        **(defaults | own),
    )
    case.opened_from.append(said)
    return said


def _team(case: Case, kind: ReporterKind) -> dict[str, str]:
    if kind is not ReporterKind.STAFF:
        return {}
    return {"team": case.say("Neighbourhoods east", "Neighbourhoods west", "Income", "Repairs")}


def incident(
    case: Case, kind: IncidentKind, account: str, *, category: str | None, **own: Any
) -> Said:
    """Report that something happened, often in the night before and known only roughly."""
    case.soon()
    role, who = case.dice.pick(
        (("Neighbour", "neighbour"), ("Tenant", "tenant"), ("Police officer", "professional"))
    )
    said = case.tell(
        IncidentReported,
        case.dice.pick((CALLS, CALLS, ASB)),
        happened=case.ago(10, 40),
        known=case.now,
        precision=Precision.APPROXIMATE if case.chance(0.4) else None,
        place=case.home.ref,
        kind=kind,
        category=category,
        category_ref=f"ASB-{case.name}" if category == "asb" else None,
        reporter={"role": role, "kind": who},
        anonymous=True if case.chance(0.08) else None,
        account=account,
        **own,
    )
    case.opened_from.append(said)
    return said


def opened(case: Case, classification: Classification, desk: Desk = LEAD) -> None:
    """Open the case formally, as nearly all are."""
    case.classification = classification
    if case.chance(0.85):
        case.wait(0, 1)
        case.tell(
            CaseOpened,
            desk,
            initial_classification=classification,
            opened_from=[said.ref for said in case.opened_from],
            authority=case.authority.code if case.chance(0.95) else None,
            housing_type=case.home.housing_type,
        )


def allocated(case: Case, desk: Desk = LEAD) -> None:
    """Give the case to a lead."""
    case.wait(0, 1)
    team = [case.staff(HOUSING)] if case.chance(0.5) else None
    case.tell(CaseAllocated, desk, lead=case.staff(desk), team=team)


def triaged(
    case: Case,
    decision: str,
    *,
    needs: str = "unknown",
    check: EnforcementCheck = EnforcementCheck.NOT_APPLICABLE,
    route: NoStatutoryRoute | None = None,
) -> None:
    """Look at what came in and decide; the risk was assessed before."""
    case.wait(0, 1)
    case.tell(
        TriageCompleted,
        LEAD,
        secrecy=Sensitivity.RESTRICTED,
        has_care_needs=needs,
        at_risk_of_abuse=case.dice.weighted({"yes": 8, "unknown": 2, "no": 1}),
        unable_to_protect_self=case.dice.code(YesNoUnknown),
        decision=decision,
        rationale=case.say(
            "Account consistent with what the officer saw; risk likely to go on.",
            "Not enough known yet to rule harm out; others should look at it too.",
            "Weighed against the authority's threshold and the person's own wishes.",
        ),
        threshold_policy_version=f"{case.authority.code}-threshold-1",
        enforcement_check=check,
        decider=case.lead,
        no_statutory_route=route,
    )


def reclassified(
    case: Case, to: Classification, reason: str, *, changes: Sequence[tuple[str, str, str]] = ()
) -> None:
    """Treat the case as something else; `changes` are persons with their old and new roles."""
    case.tell(
        Reclassified,
        case.dice.pick((LEAD, LEAD, HOUSING)),
        from_=case.classification,
        to=to,
        reason=reason,
        evidence_events=[said.ref for said in case.opened_from[:2]],
        role_changes=[
            {"person": person, "was": PersonRole(was), "now": PersonRole(now)}
            for person, was, now in changes
        ]
        or None,
        confirmed_by=case.lead,
    )
    case.classification = to
