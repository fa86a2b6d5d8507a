"""What is counted of referrals."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.support.recomputing.case import Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.record import (
    Event,
    as_day,
    done_on,
    first,
    in_turn,
    latest,
)

ACCEPTED = (
    "accepted-s42",
    "accepted-other",
    "accepted-care-assessment",
    "s17",
    "s47",
    "early-help",
)
UNDECIDED = ("more-information", "no-response")
ANSWERED = ("decision-with-reasons", "risk-and-mitigation-confirmed")


def facts(case: Case, today: date) -> Iterator[Fact]:
    """Yield what is counted of the referrals of a case."""
    for sent in case.all("ReferralSent"):
        own = [
            each
            for each in case.events
            if each.get("referral_id") == sent["referral_id"] and each is not sent
        ]
        yield from _facts_of_one(case, sent, own, today)


def _facts_of_one(case: Case, sent: Event, own: list[Event], today: date) -> Iterator[Fact]:
    again = latest(each for each in own if each["_type"] == "ReferralResubmitted")
    put = again or sent
    since = [each for each in in_turn(own) if each["_at"] >= put["_at"]]
    sent_on, put_on = done_on(sent), done_on(put)
    yield from _split(case, "referrals_sent", sent, 1)
    withdrawn = next((each for each in since if each["_type"] == "ReferralWithdrawn"), None)
    settled = next(filter(_settles, since), None)
    for begun, ended in _waits(in_turn([sent, *own])):
        yield case.stock("referrals_awaiting_decision", begun, ended)
    if settled:
        yield from _split(case, "referrals_accepted", sent, settled["decision"] in ACCEPTED)
        days = (done_on(settled) - put_on).days
        yield case.fact("days_to_decision", sent_on, value=days)
    if withdrawn:
        return
    feedback = [
        each for each in since if each["_type"] == "FeedbackReceived" and each["quality"] != "none"
    ]
    came = first(feedback)
    due = as_day(put["feedback_due"])
    if came or due < today:
        adequate = any(
            each["quality"] in ANSWERED
            or (each["risk_assessed_confirmed"] == each["mitigation_confirmed"] == "yes")
            for each in feedback
        )
        yield from _split(case, "feedback_any", sent, came is not None)
        timely = came is not None and done_on(came) <= due
        yield from _split(case, "feedback_timely", sent, timely)
        yield from _split(case, "feedback_adequate", sent, adequate)
    late_from = put_on + timedelta(days=28)
    if came or late_from < today:
        in_time = came is not None and done_on(came) <= late_from
        yield case.fact("feedback_within_28_days", sent_on, value=in_time)


def _waits(turns: list[Event]) -> Iterator[tuple[date, date | None]]:
    """Yield from when until when it was neither settled nor withdrawn."""
    begun: date | None = None
    for each in turns:
        if each["_type"] in ("ReferralSent", "ReferralResubmitted"):
            begun = begun or done_on(each)
        elif begun and (each["_type"] == "ReferralWithdrawn" or _settles(each)):
            yield begun, done_on(each)
            begun = None
    if begun:
        yield begun, None


def _settles(told: Event) -> bool:
    return told["_type"] == "ReferralDecisionReceived" and told["decision"] not in UNDECIDED


def _split(case: Case, figure: str, sent: Event, value: float) -> Iterator[Fact]:
    yield case.fact(figure, done_on(sent), value=value)
    yield case.fact(f"{figure}_by_route", done_on(sent), sent["route"], value)
