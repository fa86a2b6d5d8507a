"""What is counted of the landlord itself and of authorities, or of these as of cases."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.support.recomputing.case import Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.figures import period_start, rounded
from tests.support.recomputing.record import (
    Event,
    Record,
    as_day,
    done_on,
    kind_of,
    known_on,
    latest,
    of_type,
)


def facts(record: Record, cases: dict[str, Case]) -> Iterator[Fact]:
    """Yield what is counted beside cases, and what may lie on a case or beside it."""
    for ref, events in record.files.items():
        case = cases.get(ref)
        authority = ref.partition(":")[2] if kind_of(ref) == "authority" else None
        for fact in _of_file(events, record.today):
            if fact.dimension == "attitude" and fact.figure == "barriers":
                yield fact._replace(day=period_start("quarter", fact.day))
            elif case:
                named = None if case.about_staff else ref
                yield fact._replace(case_ref=named, authority=case.authority)
            else:
                yield fact._replace(authority=authority)


def _of_file(events: list[Event], today: date) -> Iterator[Fact]:
    for each in of_type(events, "BarrierEncountered"):
        yield _fact("barriers", known_on(each), each["code"])
    for each in of_type(events, "ReviewNotified"):
        yield _fact("reviews", known_on(each), each["review_type"])
    for each in of_type(events, "RecommendationAccepted"):
        yield from _of_recommendation(each, events, today)
    seats = {each["forum_id"]: each for each in of_type(events, "ForumSeatRecorded")}
    for each in of_type(events, "ForumMeetingAttended"):
        forum = seats[each["forum_id"]]["forum"]
        yield _fact("forum_attendance", as_day(each["held_on"]), forum, each["attended"])
    for each in of_type(events, "ComplianceReported"):
        share = rounded(Decimal(100 * each["compliant"]) / each["total"])
        team = each.get("team")
        figure = "compliance_by_team" if team else "compliance"
        dimension = f"{each['kind']}, {team}" if team else each["kind"]
        yield _fact(figure, as_day(each["as_of"]), dimension, share)


def _of_recommendation(accepted: Event, events: list[Event], today: date) -> Iterator[Fact]:
    yield _fact("recommendations_accepted", done_on(accepted))
    done = latest(
        each
        for each in of_type(events, "RecommendationImplemented")
        if each["recommendation_id"] == accepted["recommendation_id"]
    )
    if done:
        yield _fact("recommendations_implemented", done_on(done))
    due, done_by = as_day(accepted["due"]), done_on(done) if done else None
    if due < today and (done_by is None or done_by > due):
        overdue = _fact("recommendations_overdue", due + timedelta(days=1))
        yield overdue._replace(until=done_by)


def _fact(figure: str, day: date, dimension: str = "", value: float | Decimal = 1) -> Fact:
    return Fact(figure, dimension, day, None, None, None, Decimal(value))
