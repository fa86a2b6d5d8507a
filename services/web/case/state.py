"""How a case stands, and for each value the event that set it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import HTMLResponse

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
)
from domain.events.risk import RiskAssessed, VisitControlSet
from domain.vocabulary.risk import RiskLevel
from projections.case_state_row import CaseStateRow, CaseStatus
from projections.consent import Consent
from projections.timeline import timeline
from services.happening import counted, often, span
from services.web.case.banner import control
from services.web.case.opened_case import OpenedCase
from services.web.dates import day, happened

_OPENING = (ConcernRaised, IncidentReported, CaseOpened)

Types = tuple[type[CaseEvent], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value in words, and where the event is that set it."""

    key: str
    lines: Sequence[str]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """Values that belong together."""

    title: str
    facts: Sequence[Fact]


class Causes:
    """Finds the event that set a value by its type and by when it happened, which values keep."""

    def __init__(self, case: OpenedCase) -> None:
        self._case = case
        self._versions: dict[tuple[str, datetime], int] = {}
        self._told: dict[datetime, str] = {}
        self._ids: dict[str, int] = {}
        for row in case.shown[timeline.name]:
            self._add(row)

    def _add(self, row: dict[str, Any]) -> None:
        at, version = datetime.fromisoformat(row["occurred_at"]), row["version"]
        known = (row["type"], at)
        self._versions[known] = max(version, self._versions.get(known, 0))
        until = row["occurred_to"] and datetime.fromisoformat(row["occurred_to"])
        if row["occurred_precision"] != "instant":
            self._told[at] = happened(at, row["occurred_precision"], until)
        self._ids[row["event_id"]] = version

    def why(self, types: Types, at: datetime | None) -> str | None:
        """Return where the event of one of these types is that happened then."""
        if at is None:
            return None
        found = (self._versions.get((each.__name__, at)) for each in types)
        version = max((each for each in found if each), default=None)
        return self._case.event(version) if version else None

    def of(self, event_id: str) -> str | None:
        """Return where an event is."""
        version = self._ids.get(event_id)
        return self._case.event(version) if version else None

    def when(self, at: datetime) -> str:
        """Return a day, no more exactly than the event of that moment is dated."""
        return self._told.get(at, day(at))


def show_state(case: OpenedCase) -> HTMLResponse:
    """Show every value of the case as it stands."""
    if case.state is None:
        return case.render("state.html", cards=())
    causes = Causes(case)
    state = case.state
    cards = (
        Card("Case", tuple(_case_facts(state, causes))),
        Card("Risk", tuple(_risk_facts(case, state, causes))),
        Card("Who works on it", tuple(_work_facts(case, state, causes))),
        Card("Consent", tuple(_consent_facts(case, state, causes))),
    )
    return case.render("state.html", cards=cards)


def _case_facts(state: CaseStateRow, causes: Causes) -> Iterator[Fact]:
    yield _status(state, causes)
    yield Fact(
        "Treated as",
        [f"{state.classification.label}, since {causes.when(state.classified_at)}"],
        causes.why((Reclassified, *_OPENING), state.classified_at),
    )
    if state.reclassified_at is not None:
        first = state.first_classification.label
        days = state.misbadged_days
        length = f"for {span(days)}" if days else "for less than a day"
        yield Fact(
            "Taken for at first",
            [f"{first}, {length}"],
            causes.why((Reclassified,), state.reclassified_at),
        )
    yield Fact(
        "Strands",
        [strand.label for strand in state.strands] or ["None named"],
        causes.why((ConcernRaised,), state.concern_raised_at),
    )
    yield Fact("Opened", [_opened(state, causes)], causes.why(_OPENING, state.opened_at))
    yield Fact("Local authority", [state.authority or "Not recorded"])
    yield Fact("Last event", [causes.when(state.last_event_at)])


def _status(state: CaseStateRow, causes: Causes) -> Fact:
    if state.status is CaseStatus.CLOSED and state.closed_at:
        codes = (state.closure_reason, state.assurance, state.risk_outcome)
        lines = [f"Closed {causes.when(state.closed_at)}", *(code.label for code in codes if code)]
        if state.no_assurance_reason:
            lines.append(f"Without assurance: {state.no_assurance_reason}")
        return Fact("Status", lines, causes.why((CaseClosed,), state.closed_at))
    if state.reopened_at:
        told = f"Open again since {causes.when(state.reopened_at)}"
        again = f"Reopened {often(state.reopenings)}"
        return Fact("Status", [told, again], causes.why((CaseReopened,), state.reopened_at))
    return Fact("Status", ["Open"], causes.why(_OPENING, state.opened_at))


def _opened(state: CaseStateRow, causes: Causes) -> str:
    opened = causes.when(state.opened_at)
    known = day(state.opened_known_at)
    return opened if known == day(state.opened_at) else f"{opened}; the landlord knew on {known}"


def _risk_facts(case: OpenedCase, state: CaseStateRow, causes: Causes) -> Iterator[Fact]:
    yield _level("Risk", state.risk_level, state.risk_assessed_at, causes)
    if due := state.risk_review_due:
        over = " (overdue)" if due < case.today else ""
        yield Fact(
            "Review of it due",
            [f"{day(due)}{over}"],
            causes.why((RiskAssessed,), state.risk_assessed_at),
        )
    yield _level(
        "Risk to visitors", state.visitor_risk_level, state.visitor_risk_assessed_at, causes
    )
    for held in state.visit_controls:
        over = " (run out, not lifted)" if held.until and held.until < case.today else ""
        where = causes.why((VisitControlSet,), held.set_at)
        yield Fact("For visits", [control(held) + over], where)
    if not state.visit_controls:
        yield Fact("For visits", ["No precautions"])
    yield Fact(
        "Immediate danger",
        ["Reported with the latest concern" if state.immediate_danger else "Not reported"],
        causes.why((ConcernRaised,), state.concern_raised_at),
    )
    for event_id in state.enforcement_to_review:
        told = "Against someone now seen as harmed or at risk: to be reviewed"
        yield Fact("Warning", [told], causes.of(event_id))


def _level(key: str, level: RiskLevel | None, at: datetime | None, causes: Causes) -> Fact:
    if level is None or at is None:
        return Fact(key, ["Not assessed"])
    told = f"{level.label}, assessed {causes.when(at)}"
    return Fact(key, [told], causes.why((RiskAssessed,), at))


def _work_facts(case: OpenedCase, state: CaseStateRow, causes: Causes) -> Iterator[Fact]:
    allocated = causes.why((CaseAllocated,), state.allocated_at)
    yield Fact("Lead", [state.lead or "Not allocated"], allocated)
    if state.team:
        yield Fact("Team", list(state.team), allocated)
    yield Fact("Open actions", [counted(state.open_actions, "action")], case.address("actions"))
    yield Fact(
        "Open referrals", [counted(state.open_referrals, "referral")], case.address("referrals")
    )
    yield Fact("Meetings held", [str(state.meetings_held)], case.address("meetings"))
    partners = state.known_from_partners
    told = f"Something new {often(partners)}" if partners else "Nothing new so far"
    yield Fact("Learned from partners", [told], case.address("consent"))


def _consent_facts(case: OpenedCase, state: CaseStateRow, causes: Causes) -> Iterator[Fact]:
    if not state.consent:
        yield Fact("Consent", ["Nobody was asked yet"])
    for held in state.consent:
        yield _consent(case, held, causes)


def _consent(case: OpenedCase, held: Consent, causes: Causes) -> Fact:
    who = f"{case.persons.name(held.person)}: " if held.person else ""
    said = held.state.label if held.state else "not asked"
    lines = [f"{who}{said}" + (f", {causes.when(held.at)}" if held.at else "")]
    where = causes.why((ConsentDecisionRecorded,), held.at)
    if held.overridden and held.overridden_at:
        lines.append(f"Overridden {causes.when(held.overridden_at)}: acted on without consent")
        where = causes.why((ConsentOverridden,), held.overridden_at)
    return Fact(held.scope.label, lines, where)
