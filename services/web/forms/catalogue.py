"""Which forms there are, and which of them somebody may fill in where they are."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from domain.access import Action, decide
from domain.access.asking import asking_at_large
from domain.events.envelope import CaseEvent
from domain.events.permissions import GlassBroken
from domain.events.registry import EVENT_TYPES
from domain.streams import ORGANISATIONS, StreamKind, stream_kind
from services.access import Asking, Visitor
from services.access.acts import NEVER_BY_PEOPLE
from services.api.context import Context
from services.web.forms import concern
from services.web.forms.form import Form, form_of
from services.web.forms.targets import action_for
from services.web.forms.words import GROUPS, group_of, title_of
from services.web.page import Link

BY_PEOPLE: tuple[type[CaseEvent], ...] = tuple(
    each for each in EVENT_TYPES.values() if each not in (*NEVER_BY_PEOPLE, GlassBroken)
)
"""The types of events that people record."""


OFTEN = (
    "ContactMade",
    "ContactAttemptFailed",
    "PersonInvolved",
    "RiskAssessed",
    "InformationReceived",
    "ActionAgreed",
    "ActionProgressed",
    "ActionCompleted",
    "ReferralSent",
    "DecisionRecorded",
)
"""What is recorded most days; it stands first."""
_MANY = 20


class Offered(NamedTuple):
    """The forms of one group that somebody may fill in."""

    name: str
    links: list[Link]


def form_named(name: str) -> Form | None:
    """Return the form of this name; None where there is none."""
    if name == concern.NAME:
        return concern.CONCERN_FORM
    event_type = EVENT_TYPES.get(name)
    return form_of(event_type) if event_type in BY_PEOPLE else None


def forms_on_case(context: Context, visitor: Visitor, case_id: UUID, base: str) -> list[Offered]:
    """Return what somebody may record on a case; nothing that would be refused is offered."""
    types = [each for each in BY_PEOPLE if StreamKind.CASE in each.STREAMS]
    actions = {each: action_for(each, "case:of-its-own") for each in types}
    permitted = {
        action
        for action in set(actions.values())
        if case_id in context.gate.sift(visitor, Asking(action=action), [case_id]).masked
    }
    return list(_grouped([each for each in types if actions[each] in permitted], base))


def forms_on_file(context: Context, visitor: Visitor, reference: str, base: str) -> list[Offered]:
    """Return what somebody may record on the file of the landlord, an authority, a person or a
    property."""
    kind = stream_kind(reference)
    types = [each for each in BY_PEOPLE if kind in each.STREAMS and kind is not StreamKind.CASE]
    who, now = context.gate.standing(visitor), context.clock()

    def may(action: Action) -> bool:
        # What the file of a person adds to this, the gate decides when the form is opened.
        return decide(asking_at_large(who, action, now)).permitted

    if kind not in ORGANISATIONS:
        return list(_grouped(types, base)) if may(Action.RAISE) else []
    return list(_grouped([each for each in types if may(action_for(each, reference))], base))


def often_recorded(groups: list[Offered]) -> list[Link]:
    """Return those of many forms that are needed most days."""
    links = {link.href.rpartition("/")[2]: link for group in groups for link in group.links}
    return [links[name] for name in OFTEN if name in links] if len(links) > _MANY else []


def _grouped(types: list[type[CaseEvent]], base: str) -> Iterator[Offered]:
    for group in GROUPS:
        links = [
            Link(title_of(each), f"{base}/{each.__name__}")
            for each in types
            if group_of(each) is group
        ]
        if links:
            yield Offered(group.NAME, links)
