"""KPI facts: what reports count of a case, worked out from the whole of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from domain.classification import OPENING, Opening, first_classification, strand_of
from domain.events.challenge import BarrierEncountered
from domain.events.consent import ConsentOverridden
from domain.events.enquiries import EnquiryReported, EnquiryRequested, StaffAllegationRaised
from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.housing import HousingContextChanged
from domain.events.lifecycle import (
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.events.people import PersonInvolved
from domain.events.referrals import ReferralSent
from domain.latest import precedes
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.times import in_london
from domain.vocabulary.people import HARMED_OR_AT_RISK
from domain.vocabulary.record import Precision
from domain.vocabulary.safeguarding import AbuseType, Classification, Strand
from projections.kpi_case_row import (
    KpiCaseRow,
    NewCaseVia,
    Overridden,
    Reclassification,
    ReportingDelay,
    Spell,
)
from projections.kpi_people import alleged_in_asb
from projections.kpi_waits import referral_waits
from projections.meetings import meetings
from projections.read_model import ReadModel

kpi_case = ReadModel("kpi_case", 2, KpiCaseRow)

E = TypeVar("E", bound=CaseEvent)
Report = IncidentReported | ConcernRaised
Columns = dict[str, Any]

_DATED_TO_THE_DAY = (Precision.INSTANT, Precision.DAY, Precision.RANGE)


@kpi_case.of_whole_streams()
def _facts(history: History, policy: Policy) -> Iterable[KpiCaseRow]:
    opening = _opening(history.recorded)
    if opening is None:
        return
    first = _first_classification(history.recorded, opening)
    yield KpiCaseRow(
        case_id=history.recorded[0].case_id,
        case_ref=history.recorded[0].case_ref,
        opened_on=_known(opening),
        first_classification=first,
        classification=history.state.classification or first,
        **_counted_as(history, opening, first),
        **_reported(history, history.recorded, first),
        **_housed(history),
        **_reclassified(history, history.recorded),
        **_referred(history, policy),
        referral_waits=tuple(referral_waits(history)),
        **_open_and_closed(history, _known(opening)),
        **_counts(history),
        **alleged_in_asb(history, first),
    )


def _opening(events: Sequence[CaseEvent]) -> Opening | None:
    formal = [event for event in events if isinstance(event, CaseOpened)]
    return formal[-1] if formal else _first(_reports(events))


def _reports(events: Iterable[CaseEvent]) -> list[Report]:
    return [event for event in events if isinstance(event, IncidentReported | ConcernRaised)]


def _first_classification(events: Iterable[CaseEvent], opening: Opening) -> Classification:
    # What the case was reclassified from stands, whatever is told of its opening afterwards.
    was = (event.from_ for event in events if isinstance(event, Reclassified))
    return next(was, first_classification(opening))


def _first(events: Iterable[E]) -> E | None:
    """Return the one of these events, told in the order of recording, that happened first."""
    first: E | None = None
    for event in events:
        if first is None or precedes(event, first.occurred_at):
            first = event
    return first


def _day(moment: datetime) -> date:
    return in_london(moment).date()


def _happened(event: CaseEvent) -> date:
    return _day(event.occurred_at)


def _known(event: CaseEvent) -> date:
    return _day(event.known_at)


def _counted_as(history: History, opening: Opening, first: Classification) -> Columns:
    into = [_known(event) for event in history.all(Reclassified) if event.to.is_safeguarding]
    new_on, via = min(into, default=None), NewCaseVia.RECLASSIFIED if into else None
    if first.is_safeguarding:
        new_on, via = _known(opening), NewCaseVia.OPENED
    telling = _classifying(history)
    hoarding = [_known(event) for event in telling if _tells_of_hoarding(event)]
    abuse = [_known(event) for event in telling if _tells_of_domestic_abuse(event)]
    return {
        "new_case_on": new_on,
        "new_case_via": via,
        "domestic_abuse_on": min(abuse, default=None),
        "hoarding_on": min(hoarding, default=None) if new_on else None,
    }


def _classifying(history: History) -> list[CaseEvent]:
    """Return the events that may say what the case is about, in order of happening."""
    return history.all(
        CaseOpened, ConcernRaised, HoardingLevelAssessed, IncidentReported, Reclassified
    )


def _tells_of_domestic_abuse(event: CaseEvent) -> bool:
    if isinstance(event, ConcernRaised):
        named = Strand.DOMESTIC_ABUSE in event.strands or AbuseType.DOMESTIC in event.abuse_types
        return named or bool(event.domestic_abuse_behaviours)
    return _classified_as(event) is Classification.DOMESTIC_ABUSE


def _tells_of_hoarding(event: CaseEvent) -> bool:
    if isinstance(event, ConcernRaised):
        return Strand.HOARDING in event.strands
    hoarding = _classified_as(event) is Classification.HOARDING
    return hoarding or isinstance(event, HoardingLevelAssessed)


def _classified_as(event: CaseEvent) -> Classification | None:
    """Return what the event says that the case, or what happened, is treated as."""
    match event:
        case CaseOpened():
            return event.initial_classification
        case IncidentReported():
            return event.category
        case Reclassified():
            return event.to
    return None


def _reported(history: History, events: Sequence[CaseEvent], treated_as: Classification) -> Columns:
    first = _first(_reports(events))
    concern = _first(event for event in events if isinstance(event, ConcernRaised))
    # Of one report, so that nobody seems to have come in by a way that was another's.
    told = concern or _first(report for report in _reports(events) if report.reporter)
    reporter = told and told.reporter
    concerns = history.all(ConcernRaised)
    delay = _delay(first) if first else None
    return {
        "strands": tuple(dict.fromkeys((*_strands(_classifying(history)), *strand_of(treated_as)))),
        "abuse_types": tuple(dict.fromkeys(t for each in concerns for t in each.abuse_types)),
        "channel": concern and concern.channel,
        "basis": concern and concern.basis,
        "raised_by_role": reporter and reporter.role,
        "raised_by_kind": reporter and reporter.kind,
        "raised_by_team": reporter and reporter.team,
        "first_report_on": first and _known(first),
        "reporting_delay_days": delay,
        "reporting_delay": None if delay is None else ReportingDelay.of(delay),
        "concerns": len(concerns),
        "low_level_concerns": sum(each.low_level for each in concerns),
    }


def _delay(report: Report) -> int | None:
    if report.occurred_precision not in _DATED_TO_THE_DAY:
        return None
    return max((_known(report) - _happened(report)).days, 0)


def _strands(events: Iterable[CaseEvent]) -> Iterator[Strand]:
    for event in events:
        if isinstance(event, ConcernRaised):
            yield from event.strands
        elif isinstance(event, CaseOpened | Reclassified):
            yield from strand_of(_classified_as(event))


def _housed(history: History) -> Columns:
    opened = history.latest(CaseOpened)
    changed = history.latest(HousingContextChanged, where=lambda it: it.housing_type is not None)
    told = opened and opened.housing_type
    return {
        "property_ref": next((it.property_ref for it in history.events if it.property_ref), None),
        "authority": history.authority,
        "housing_type": told or (changed and changed.housing_type),
        "tenure_role": next(_tenures(history), None),
    }


def _tenures(history: History) -> Iterator[Any]:
    for event in history.all(PersonInvolved, where=lambda it: it.tenure_role is not None):
        held = history.roles.get(event.person, ())
        if any(role.role in HARMED_OR_AT_RISK and role.is_current for role in held):
            yield event.tenure_role


def _reclassified(history: History, events: Sequence[CaseEvent]) -> Columns:
    changes = history.all(Reclassified)
    misbadged = None
    if changes:
        began = min(_known(event) for event in events if isinstance(event, OPENING))
        misbadged = max((_happened(changes[0]) - began).days, 0)
    return {
        "reclassifications": tuple(
            Reclassification(day=_known(each), was=each.from_, now=each.to) for each in changes
        ),
        "misbadged_days": misbadged,
    }


def _referred(history: History, policy: Policy) -> Columns:
    referrals = history.all(ReferralSent)
    sent_on = _happened(referrals[0]) if referrals else None
    held = [_day(row.held_at) for row in meetings.fold_history(history, policy) if row.held_at]
    met_on = min((day for day in held if sent_on and day >= sent_on), default=None)
    triages = history.all(TriageCompleted)
    no_route = history.latest(TriageCompleted, where=lambda it: it.no_statutory_route is not None)
    return {
        "triaged_on": _happened(triages[0]) if triages else None,
        "no_statutory_route": no_route and no_route.no_statutory_route,
        "no_statutory_route_on": no_route and _happened(no_route),
        "first_referral_on": sent_on,
        "first_meeting_after_referral_on": met_on,
        "days_to_meeting": (met_on - sent_on).days if met_on and sent_on else None,
    }


def _open_and_closed(history: History, opened_on: date) -> Columns:
    spells: list[Spell] = [Spell(opened_on=opened_on)]
    for turn in history.all(CaseClosed, CaseReopened):
        is_open = spells[-1].closed_on is None
        if isinstance(turn, CaseReopened) and not is_open:
            spells.append(Spell(opened_on=_happened(turn)))
        elif isinstance(turn, CaseClosed) and is_open:
            spells[-1] = _closed(spells[-1], turn)
    last = spells[-1]
    return {
        "is_open": last.closed_on is None,
        "spells": tuple(spells),
        "closed_on": tuple(spell.closed_on for spell in spells if spell.closed_on),
        "reopened_on": tuple(spell.opened_on for spell in spells[1:]),
        "assurance": last.assurance,
        "risk_outcome": last.risk_outcome,
    }


def _closed(spell: Spell, closing: CaseClosed) -> Spell:
    told = {
        "closed_on": _happened(closing),
        "reason": closing.reason,
        "assurance": closing.assurance,
        "risk_outcome": closing.risk_outcome,
    }
    return spell.model_copy(update=told)


def _counts(history: History) -> Columns:
    overrides = history.all(ConsentOverridden)
    return {
        "consent_overrides": tuple(
            Overridden(day=_happened(each), grounds=each.grounds) for each in overrides
        ),
        "barriers": len(history.all(BarrierEncountered)),
        "staff_allegations": tuple(map(_known, history.all(StaffAllegationRaised))),
        "enquiries_asked": tuple(map(_known, history.all(EnquiryRequested))),
        "enquiries_reported": len(history.all(EnquiryReported)),
    }
