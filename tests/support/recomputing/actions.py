"""What is counted of actions, and of warning markers: what has to be done by a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.support.recomputing.case import Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.places import Places
from tests.support.recomputing.record import (
    Event,
    Record,
    as_day,
    done_on,
    in_turn,
    kind_of,
    latest,
    of_type,
)
from tests.support.recomputing.reports import place_of_report

A_DAY = timedelta(days=1)


def facts(record: Record, cases: dict[str, Case], places: Places) -> Iterator[Fact]:
    """Yield what is counted of actions and markers on any file."""
    for ref, events in record.files.items():
        case = cases.get(ref)
        for agreed in of_type(events, "ActionAgreed"):
            own = [each for each in events if each.get("action_id") == agreed["action_id"]]
            yield from _placed(ref, case, _of_action(own, record.today))
        for placed in of_type(events, "WarningMarkerPlaced"):
            own = [each for each in events if each.get("marker_id") == placed["marker_id"]]
            authority = None if case else places.told_of(place_of_report(placed), "authority")
            for fact in _placed(ref, case, _of_marker(own, record.today)):
                yield fact if case else fact._replace(authority=authority)


def _placed(ref: str, case: Case | None, facts: Iterator[Fact]) -> Iterator[Fact]:
    for fact in facts:
        if case:
            named = None if case.about_staff else ref
            yield fact._replace(case_ref=named, authority=case.authority)
        elif kind_of(ref) == "authority":
            yield fact._replace(authority=ref.partition(":")[2])
        else:
            yield fact


def _of_action(own: list[Event], today: date) -> Iterator[Fact]:
    dues = [each for each in own if each.get("due") or each.get("new_due")]
    last_due = latest(dues)
    assert last_due is not None
    due = as_day(last_due.get("new_due") or last_due["due"])
    settled_on: date | None = None
    for each in in_turn(own):
        if each["_type"] in ("ActionCompleted", "ActionCancelled"):
            settled_on = done_on(each)
        elif each["_type"] == "ActionReopened":
            settled_on = None
    late = settled_on is None or settled_on > due
    if due < today:
        yield _fact("actions_fell_due", due)
        yield _fact("actions_late", due, value=late)
        if settled_on is None:
            yield _fact("actions_unsettled", due)
        if late:
            yield _fact("actions_overdue", due + A_DAY, until=settled_on)


def _of_marker(own: list[Event], today: date) -> Iterator[Fact]:
    due: date | None = None
    for each in in_turn(own):
        if due is not None and done_on(each) > due:
            yield _fact("markers_overdue", due + A_DAY, until=done_on(each))
        due = _next_review(each)
    if due is not None and due < today:
        yield _fact("markers_overdue", due + A_DAY)


def _next_review(told: Event) -> date | None:
    if told["_type"] == "WarningMarkerPlaced":
        return as_day(told["review_due"])
    if told["_type"] == "WarningMarkerReviewed" and told.get("next_review"):
        return as_day(told["next_review"])
    return None


def _fact(figure: str, day: date, *, until: date | None = None, value: bool = True) -> Fact:
    return Fact(figure, "", day, until, None, None, Decimal(value))
