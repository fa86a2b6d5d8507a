"""What a case shows signs of: domestic abuse, hoarding or self-neglect."""

from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.lifecycle import (
    CaseOpened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.events.risk import RiskAssessed
from domain.rules.history import History
from domain.vocabulary.lifecycle import NoStatutoryRoute
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.safeguarding import AbuseType, Classification, IncidentKind, Strand

_DOMESTIC = Classification.DOMESTIC_ABUSE
_WITHIN_DOMESTIC_ABUSE = {
    IncidentKind.VIOLENCE,
    IncidentKind.THREATS,
    IncidentKind.HARASSMENT,
    IncidentKind.PROPERTY_DAMAGE,
}


def domestic_abuse_signs(file: History) -> list[CaseEvent]:
    """Return the events that say that it is about domestic abuse, in order of happening."""
    return file.once(_domestic_abuse_signs)


def _domestic_abuse_signs(file: History) -> list[CaseEvent]:
    return [event for event in file.events if _says_domestic_abuse(event)]


def domestic_incidents(file: History) -> list[IncidentReported]:
    """Return the incidents of domestic abuse; violence and the like count where it is known."""
    known = bool(domestic_abuse_signs(file))
    kinds = {IncidentKind.DOMESTIC} | (_WITHIN_DOMESTIC_ABUSE if known else set())
    return [each for each in file.all(IncidentReported) if kinds & {each.kind, *each.further_kinds}]


def is_hoarding_or_self_neglect(file: History, person: str) -> bool:
    """Tell whether the file is about hoarding or self-neglect, as far as `person` goes."""
    if file.classification is Classification.HOARDING:
        return True
    return any(_says_hoarding_or_self_neglect(event, person) for event in file.events)


def _says_domestic_abuse(event: CaseEvent) -> bool:
    match event:
        case IncidentReported():
            kinds = {event.kind, *event.further_kinds}
            return IncidentKind.DOMESTIC in kinds or event.category is _DOMESTIC
        case ConcernRaised():
            return (
                Strand.DOMESTIC_ABUSE in event.strands
                or AbuseType.DOMESTIC in event.abuse_types
                or bool(event.domestic_abuse_behaviours)
            )
        case CaseOpened():
            return event.initial_classification is _DOMESTIC
        case Reclassified():
            return event.to is _DOMESTIC
        case RiskAssessed():
            return event.tool is RiskTool.DASH
    return False


def _says_hoarding_or_self_neglect(event: CaseEvent, person: str) -> bool:
    match event:
        case HoardingLevelAssessed():
            return event.person in (None, person)
        case ConcernRaised():
            return Strand.HOARDING in event.strands or AbuseType.SELF_NEGLECT in event.abuse_types
        case TriageCompleted():
            return event.no_statutory_route is NoStatutoryRoute.SELF_NEGLECT
    return False
