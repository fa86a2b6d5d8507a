"""The rule about people who cannot be reached, or have not been seen."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.envelope import CaseEvent
from domain.events.plan import ManagementOversightRecorded
from domain.events.risk import RiskAssessed
from domain.events.support import SupportOffered, SupportResponded
from domain.rules.assessed import persons_assessed
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History
from domain.rules.patterns import first_run, unbroken, within_days
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.rules import FlagEffect
from domain.vocabulary.support import SupportResponse
from domain.working_days import by_day


@rule(
    "R15",
    "Person cannot be engaged, or at high risk and not seen",
    source="Community Care article: persistent refusal needs a policy; the numbers are ours",
    clears="contact or an offer taken up since, or both an assessment of the risk and a manager's "
    "oversight since; for who is not seen, a contact in which they were; closing the case",
    setbacks_count=3,
    window_days=60,
    unseen_days=28,
)
def not_engaging(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning for each person hard to reach, a duty to see each one at high risk."""
    if case.is_open:
        yield from _set_back(case, terms)
        yield from _not_seen(case, terms)


def _set_back(case: History, terms: Terms) -> Iterator[Finding]:
    setbacks = [*_setbacks(case)]
    # Where nobody says whom it was to reach, it counts for everyone of the case.
    persons = dict.fromkeys(person for person, _ in setbacks if person)
    for person in persons or (None,):
        since = _engaged_at(case, person)
        own = [event for about, event in setbacks if about in (None, person)]
        found = first_run(
            [event for event in own if since is None or event.occurred_at > since],
            terms,
            "setbacks_count",
            within_days("window_days"),
        )
        if found is None:
            continue
        run, under = found
        known = max(event.known_at for event in run)
        yield Finding(
            under=under,
            because=tuple(run),
            since=known,
            due=known,
            why="Contact failed or support was turned down several times in a short while: look at "
            "the risk again, with a manager, and do not close the case for it.",
            item=about_anyone(person, "no-contact"),
            effect=FlagEffect.WARNING,
        )


def _setbacks(case: History) -> Iterator[tuple[str | None, CaseEvent]]:
    """Yield failed attempts and offers not taken up, in order, with whom each is about."""
    offered = {offer.offer_id: offer.to for offer in case.all(SupportOffered)}
    latest = {response.offer_id: response for response in case.all(SupportResponded)}
    for event in case.all(ContactAttemptFailed, SupportResponded):
        if isinstance(event, ContactAttemptFailed):
            yield event.person, event
        elif (
            isinstance(event, SupportResponded)
            and event is latest[event.offer_id]
            and event.response is not SupportResponse.ACCEPTED
        ):
            yield offered.get(event.offer_id), event


def _engaged_at(case: History, person: str | None) -> datetime | None:
    """Return when the person was last reached, or it was last looked at that they are not."""
    moments = [
        event.occurred_at
        for event in case.all(ContactMade)
        if person is None or event.person in (None, person)
    ]
    offered = {offer.offer_id: offer.to for offer in case.all(SupportOffered)}
    moments += [
        event.occurred_at
        for event in case.all(SupportResponded)
        if event.response is SupportResponse.ACCEPTED and offered.get(event.offer_id) == person
    ]
    assessed = case.latest(RiskAssessed, where=lambda each: each.tool is not RiskTool.VISITOR)
    overseen = case.latest(ManagementOversightRecorded)
    if assessed and overseen:
        moments.append(min(assessed.occurred_at, overseen.occurred_at))
    return max(moments, default=None)


def _not_seen(case: History, terms: Terms) -> Iterator[Finding]:
    for person, assessments in persons_assessed(case):
        high = unbroken(assessments, lambda each: each.level.is_high)
        if not high:
            continue
        began = high[0]
        sights = [
            contact
            for contact in case.all(ContactMade)
            if contact.seen is YesNoUnknown.YES and contact.person in (None, person)
        ]
        last = sights[-1] if sights else began
        under = terms.for_duty_of(began)
        since = max(began.known_at, last.occurred_at)
        yield Finding(
            under=under,
            because=(began, last) if sights else (began,),
            since=since,
            due=max(since, by_day(last.occurred_at, under["unseen_days"])),
            why="The risk to this person is high, and they have to be seen.",
            item=about_anyone(person, "not-seen"),
        )
