"""Decides whether a case admits an event: now, once something else has arrived, or never.

Facts are not refused for missing detail. An event waits when it builds on something that has not
arrived; it is a contradiction when what has arrived says otherwise.
"""

from domain.case.state import CaseState
from domain.case.verdicts import Contradiction, Found, Verdict, Waiting, verdict
from domain.classification import OPENING
from domain.events.envelope import CaseEvent
from domain.outcomes import Reason
from domain.places import is_of_another_property
from domain.streams import StreamKind, stream_kind


def admit(state: CaseState, event: CaseEvent, found: Found | None = None) -> Verdict:
    """Return whether the case in `state` admits `event`.

    `found` holds the events that `event.refers_to()` names, where they exist.
    """
    known = found or {}
    for check in (_of_its_stream, _of_its_item):
        objection = check(event, state)
        if objection is not None:
            return objection
    objection = _of_what_it_refers_to(event, known)
    return objection or verdict(event, state, known)


def _of_its_stream(event: CaseEvent, state: CaseState) -> Verdict | None:
    kind = stream_kind(event.case_ref)
    if kind not in event.STREAMS:
        own = " or ".join(each for each in StreamKind if each in event.STREAMS)
        return Contradiction(
            f"{event.type} does not belong on a stream of the kind {kind}, but of the kind {own}",
            Reason.WRONG_STREAM,
        )
    if is_of_another_property(event):
        return Contradiction("its property_ref is not of the property whose file this is")
    if kind is StreamKind.CASE and state.classification is None and not isinstance(event, OPENING):
        opening = " or ".join(sorted(each.__name__ for each in OPENING))
        return Waiting(f"a {opening} that opens the case", Reason.UNKNOWN_CASE)
    return None


def _of_its_item(event: CaseEvent, state: CaseState) -> Verdict | None:
    if event.builds_on is not None and event.builds_on not in state.items:
        begun_by, reference = event.builds_on
        return Waiting(f"the {begun_by} of {_kind(event.BUILDS_ON)} {reference}")
    if event.begins is not None and event.begins in state.items:
        _, reference = event.begins
        return Contradiction(f"{_kind(type(event))} {reference} has its {event.type} already")
    return None


def _kind(event_type: type[CaseEvent] | None) -> str:
    """Return what such an event begins, in a word: an action, a referral, a meeting."""
    field = event_type.BEGINS if event_type else None
    return field.removesuffix("_id").replace("_", " ") if field else "item"


def _of_what_it_refers_to(event: CaseEvent, found: Found) -> Verdict | None:
    for ref in event.refers_to():
        target = found.get(ref.event_id)
        if target is None:
            return Waiting(f"the event {ref.id} of {ref.source}")
        if target.case_id != event.case_id:
            return Contradiction(
                f"{event.type} refers to event {ref.id} of {ref.source}, which belongs to case "
                f"{target.case_ref}, not {event.case_ref}",
                Reason.CROSS_CASE,
            )
    return None
