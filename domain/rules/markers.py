"""Rules about what visitors are told: warning markers and precautions."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.events.protection import (
    WarningMarkerPlaced,
    WarningMarkerRemoved,
    WarningMarkerReviewed,
)
from domain.events.risk import VisitControlAcknowledged, VisitControlLifted, VisitControlSet
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.patterns import day_of
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import FILES
from domain.times import end_of_day
from domain.vocabulary.protection import MarkerOutcome
from domain.vocabulary.risk import VisitControl, VisitControlScope
from domain.working_days import by_working_day, months_after


@rule(
    "R16",
    "Warning marker due for review",
    source="Hackney social care: at most a year to the next review; Information Commissioner: "
    "markers rest on incidents and stay accurate; the reminder is ours",
    clears="a review that renews or ends it, or its removal; not closing the case",
    streams=FILES,
    longest_months=12,
    reminder_days=30,
)
def marker_review(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty to review each marker that stands; markers outlive the case."""
    removed = {event.marker_id for event in file.all(WarningMarkerRemoved)}
    for placed in file.all(WarningMarkerPlaced):
        reviews = [
            review
            for review in file.all(WarningMarkerReviewed)
            if review.marker_id == placed.marker_id
        ]
        ended = bool(reviews) and reviews[-1].outcome is MarkerOutcome.END
        if ended or placed.marker_id in removed:
            continue
        told: WarningMarkerPlaced | WarningMarkerReviewed = placed
        due: date = placed.review_due
        for review in reviews:
            if review.next_review is not None:
                told, due = review, review.next_review
        under = terms.for_duty_of(told)
        last = min(due, months_after(day_of(told), under["longest_months"]))
        yield Finding(
            under=under,
            because=(told,) if told is placed else (placed, told),
            since=told.known_at,
            soon=end_of_day(last - timedelta(days=under["reminder_days"])),
            due=end_of_day(last),
            why="A warning marker has to be reviewed: past its review date it has expired and is "
            "no longer sent to those who visit.",
            item=f"marker:{placed.marker_id}",
        )


@rule(
    "R17",
    "Precaution for visits that no system has taken over",
    source="Cromwood story: nobody visits alone; the number is ours",
    clears="a system's word that it has taken it over, or its being lifted since; not closing the "
    "case",
    streams=FILES,
    working_days=1,
)
def visit_control_not_acknowledged(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each precaution, as last set; precautions outlive the case."""
    latest: dict[tuple[VisitControl, VisitControlScope], VisitControlSet] = {
        (event.control, event.scope): event for event in file.all(VisitControlSet)
    }
    for (control, scope), told in latest.items():
        taken_over = file.after(told.occurred_at, VisitControlAcknowledged)
        lifted = file.after(told.occurred_at, VisitControlLifted)
        settled = {
            *((answer.control, answer.scope) for answer in taken_over),
            *((answer.control, answer.scope) for answer in lifted),
        }
        if (control, scope) in settled:
            continue
        under = terms.for_duty_of(told)
        yield Finding(
            under=under,
            because=(told,),
            since=told.known_at,
            due=by_working_day(told.known_at, under["working_days"]),
            why="A precaution for visits was set, and no system whose users visit has said that "
            "it took it over: they may be going without it.",
            item=f"visit-control:{control}/{scope}",
        )
