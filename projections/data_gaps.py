"""What is missing or not known of a case, and since when somebody could have filled it in."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from domain.classification import OPENING
from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden
from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.lifecycle import CaseClosed, CaseOpened, ConcernRaised, TriageCompleted
from domain.events.links import PersonRecordsMerged, PersonRecordsSplit
from domain.events.people import CommunicationPreferenceRecorded, PersonInvolved
from domain.events.referrals import FeedbackReceived, ReferralDecisionReceived, ReferralSent
from domain.rules.history import History
from domain.rules.referred import referrals_of
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import HARMED_OR_AT_RISK, PersonRole, YesNoUnknown
from domain.vocabulary.record import Precision
from domain.vocabulary.safeguarding import Assurance, Channel, Classification
from projections.aliases import RecordLinks, alias_of, with_link


class DataGap(CodedList, source="Landlord policy: the lead keeps accurate safeguarding data"):
    """What of a case is missing or not known."""

    OWNER = "owner", "Who leads the case"
    AUTHORITY = "authority", "The local authority it lies with"
    TRIAGE = "triage", "Triage of a concern"
    SECTION_42 = "section-42", "Answers to the section 42 test"
    CONSENT = "consent", "Where the person stands on consent"
    FEEDBACK = "feedback", "What became of a referral"
    FEEDBACK_DAY = "feedback-day", "The day on which feedback came"
    CHANNEL = "channel", "How a concern reached the landlord"
    ROLE = "role", "The role of a person"
    BIRTH_DATE = "birth-date", "The date of birth of a child"
    COMMUNICATION = "communication", "How to reach a person safely"
    PROPERTY = "property", "The home it is about"
    ASSURANCE = "assurance", "What the assurance at closing rests on, or why there is none"


class Missing(Part):
    """One thing that is missing, perhaps several times over."""

    what: DataGap
    since: datetime
    """When the landlord first knew of that which it is missing from."""
    count: int = 1
    """How often: of how many concerns, referrals or persons."""


_ROUGH = (Precision.MONTH, Precision.YEAR, Precision.APPROXIMATE)


def missing_in(case: History) -> Iterator[Missing]:
    """Yield what is missing or not known, in the order of the list."""
    for what, lacking in _LACKING.items():
        since = list(lacking(case))
        if since:
            yield Missing(what=what, since=min(since), count=len(since))


def _owner(case: History) -> Iterator[datetime]:
    if case.allocation is None:
        yield _begun(case)


def _authority(case: History) -> Iterator[datetime]:
    if case.authority is None:
        opened = case.latest(CaseOpened)
        yield opened.known_at if opened else _begun(case)


def _triage(case: History) -> Iterable[datetime]:
    return _first(case.all(ConcernRaised)) if not case.has(TriageCompleted) else ()


def _section_42(case: History) -> Iterator[datetime]:
    triage = case.latest(TriageCompleted)
    # Section 42 is about adults.
    if triage is None or case.classification is Classification.CHILD:
        return
    if triage.meets_section_42 is YesNoUnknown.UNKNOWN:
        yield triage.known_at


def _consent(case: History) -> Iterable[datetime]:
    # Where a child alone is at risk, nobody's consent is needed.
    decided = case.has(ConsentDecisionRecorded) or case.has(ConsentOverridden)
    at_risk = set(case.persons(*HARMED_OR_AT_RISK))
    children = set(case.persons(PersonRole.CHILD_AT_RISK))
    if decided or (at_risk and at_risk <= children):
        return ()
    return _first(case.all(ConcernRaised))


def _feedback(case: History) -> Iterator[datetime]:
    for referral in referrals_of(case):
        if not referral.is_decided:
            yield referral.put.known_at


def _feedback_day(case: History) -> Iterator[datetime]:
    for feedback in case.all(FeedbackReceived):
        if feedback.occurred_precision in _ROUGH:
            yield feedback.known_at


def _channel(case: History) -> Iterator[datetime]:
    for concern in case.all(ConcernRaised):
        if concern.channel is Channel.UNKNOWN:
            yield concern.known_at


def _role(case: History) -> Iterator[datetime]:
    known = {
        person
        for person, held in case.roles.items()
        if any(each.is_current and each.role is not PersonRole.UNKNOWN_PERSON for each in held)
    }
    yield from _lacking(case, case.roles.keys(), known)


def _birth_date(case: History) -> Iterator[datetime]:
    told = {event.person for event in case.all(PersonInvolved) if event.date_of_birth is not None}
    yield from _lacking(case, case.persons(PersonRole.CHILD_AT_RISK), told)


def _communication(case: History) -> Iterator[datetime]:
    told = {event.person for event in case.all(CommunicationPreferenceRecorded)}
    yield from _lacking(case, case.persons(*HARMED_OR_AT_RISK), told)


def _property(case: History) -> Iterator[datetime]:
    if all(event.property_ref is None for event in case.events):
        yield _begun(case)


def _assurance(case: History) -> Iterator[datetime]:
    closing = None if case.is_open else case.latest(CaseClosed)
    if closing is None:
        return
    sent = case.all(ReferralSent)
    if closing.assurance is Assurance.CONFIRMED:
        is_founded = not any(_is_unconfirmed(case, each.referral_id) for each in sent)
    else:
        is_founded = closing.no_assurance_reason is not None
    if not is_founded:
        yield closing.known_at


def _is_unconfirmed(case: History, referral_id: str) -> bool:
    """Tell whether a referral was taken on, and nobody confirmed that the risk was dealt with."""

    def about(told: ReferralDecisionReceived | FeedbackReceived) -> bool:
        return told.referral_id == referral_id

    decisions = case.all(ReferralDecisionReceived, where=about)
    final = [each.decision for each in decisions if each.decision.is_final]
    said = [each.mitigation_confirmed for each in case.all(FeedbackReceived, where=about)]
    known = [answer for answer in said if answer is not YesNoUnknown.UNKNOWN]
    is_confirmed = bool(known) and known[-1] is YesNoUnknown.YES
    return bool(final) and final[-1].is_acceptance and not is_confirmed


_LACKING: dict[DataGap, Callable[[History], Iterable[datetime]]] = {
    DataGap.OWNER: _owner,
    DataGap.AUTHORITY: _authority,
    DataGap.TRIAGE: _triage,
    DataGap.SECTION_42: _section_42,
    DataGap.CONSENT: _consent,
    DataGap.FEEDBACK: _feedback,
    DataGap.FEEDBACK_DAY: _feedback_day,
    DataGap.CHANNEL: _channel,
    DataGap.ROLE: _role,
    DataGap.BIRTH_DATE: _birth_date,
    DataGap.COMMUNICATION: _communication,
    DataGap.PROPERTY: _property,
    DataGap.ASSURANCE: _assurance,
}
"""For each, the moments since which it is lacking, one for each time; none where it is not."""


def _begun(case: History) -> datetime:
    openings = [event for event in case.events if isinstance(event, OPENING)]
    return min(event.known_at for event in openings or case.events)


def _first(events: Sequence[CaseEvent]) -> tuple[datetime, ...]:
    return (min(event.known_at for event in events),) if events else ()


def _lacking(case: History, of: Iterable[str], told: Iterable[str]) -> Iterator[datetime]:
    """Yield when each person was first known of who is among `of` and not among `told`.

    What is told of one reference of a person is told of all of them.
    """
    into = case.once(_survivors)
    for person in {into(ref) for ref in of} - {into(ref) for ref in told}:
        named = (events for ref, events in case.naming.items() if into(ref) == person)
        yield min(event.known_at for events in named for event in events)


def _survivors(case: History) -> Callable[[str], str]:
    """Return what maps a reference of a person to the one that goes on being used."""
    told: list[PersonRecordsMerged | PersonRecordsSplit] = [
        *case.all(PersonRecordsMerged),
        *case.all(PersonRecordsSplit),
    ]
    links: dict[str, RecordLinks] = {}
    for event in told:
        for person in (event.survivor, event.retired):
            links[person] = with_link(links.get(person, ()), event, person)
    return lambda ref: alias_of(ref, links.get(ref, ())) or ref
