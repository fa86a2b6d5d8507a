"""The rule about contact that may reach the one a person has to be kept safe from."""

from collections.abc import Iterator

from domain.events.envelope import CaseEvent
from domain.events.people import CommunicationPreferenceRecorded
from domain.events.relationships import RelationshipEnded, RelationshipRecorded
from domain.rules.flag import Finding, about_person
from domain.rules.history import History
from domain.rules.homes import home_of
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.people import ALLEGED_PERPETRATORS, HARMED_OR_AT_RISK, Relationship
from domain.vocabulary.rules import FlagEffect
from domain.vocabulary.vulnerability import ContactMethod

Preference = CommunicationPreferenceRecorded | None

_TOGETHER = (Relationship.PARTNER, Relationship.SPOUSE)
_APART = (Relationship.EX_PARTNER, Relationship.EX_SPOUSE)


@rule(
    "R29",
    "Someone harmed and an alleged perpetrator share a recorded contact point or home, or are "
    "partners not known to live apart",
    source="Landlord policy on domestic abuse: never let the other side know; the rule is ours",
    clears="a preference of the person harmed that no longer counts what is shared as safe, "
    "another address or role of either, or closing the case",
)
def shared_contact(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a stop on writing or ringing for each person harmed, whoever they share with."""
    if not case.is_open:
        return
    others = [*case.persons(*ALLEGED_PERPETRATORS)]
    for harmed in case.persons(*HARMED_OR_AT_RISK):
        shared = [
            event for other in others if other != harmed for event in _shared(case, harmed, other)
        ]
        if not shared:
            continue
        because = tuple(dict.fromkeys(event.event_id for event in shared))
        newest = max(shared, key=lambda event: event.known_at)
        yield Finding(
            under=terms.for_duty_of(newest),
            because=tuple(next(e for e in shared if e.event_id == each) for each in because),
            since=newest.known_at,
            due=newest.known_at,
            why="What is sent to the person harmed may reach an alleged perpetrator, as both are "
            "recorded with the same contact point or home, or as partners: find a safe way first.",
            item=about_person(harmed),
            effect=FlagEffect.STOP,
        )


def _shared(case: History, harmed: str, other: str) -> Iterator[CaseEvent]:
    """Yield the events that say that the two can be reached in the same place."""
    own, theirs = _preference(case, harmed), _preference(case, other)
    if own is not None and theirs is not None and _share_a_point(own, theirs):
        yield from (own, theirs)
    if _is_ruled_out(own, ContactMethod.LETTER):
        return
    home, other_home = home_of(case, harmed), home_of(case, other)
    if home and other_home:
        if home.property_ref == other_home.property_ref:
            yield from (home.told, other_home.told)
        return
    together = _partnership(case, harmed, other)
    if together is not None:
        yield together


def _preference(case: History, person: str) -> Preference:
    return case.latest(CommunicationPreferenceRecorded, where=lambda each: each.person == person)


def _share_a_point(
    own: CommunicationPreferenceRecorded, theirs: CommunicationPreferenceRecorded
) -> bool:
    reached = {_plain(point.address) for point in theirs.contact_points}
    return any(
        _plain(point.address) in reached and not _is_ruled_out(own, point.method)
        for point in own.contact_points
    )


def _plain(address: str) -> str:
    """Return an address or number without what people write in different ways."""
    return "".join(each for each in address.casefold() if each.isalnum())


def _is_ruled_out(own: Preference, method: ContactMethod) -> bool:
    """Tell whether the person is not to be reached so; with no safe channel, nothing is settled."""
    if own is None:
        return False
    return method in own.unsafe_channels or bool(
        own.safe_channels and method not in own.safe_channels
    )


def _partnership(case: History, harmed: str, other: str) -> RelationshipRecorded | None:
    pair = {harmed, other}
    said = case.latest(
        RelationshipRecorded,
        where=lambda each: {each.a, each.b} == pair and each.relationship in (*_TOGETHER, *_APART),
    )
    if said is None or said.relationship in _APART or said.until is not None:
        return None
    ends = case.after(said.occurred_at, RelationshipEnded)
    return None if any({end.a, end.b} == pair for end in ends) else said
