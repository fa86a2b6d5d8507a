"""What is counted of meetings over a case."""

from collections.abc import Iterator
from datetime import date

from tests.support.recomputing.case import Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.record import Event, day_of, done_on, latest, moment

ASKED = ("invited-in-time", "invited-late", "declined")


def facts(case: Case) -> Iterator[Fact]:
    """Yield what is counted of the meetings of a case."""
    meetings: dict[object, list[Event]] = {}
    for event in case.all(
        "MeetingConvened", "StrategyMeetingHeld", "MeetingMissedDiscovered", "MinutesReceived"
    ):
        meetings.setdefault(event.get("meeting_id") or event["_key"], []).append(event)
    sent = [done_on(each) for each in case.all("ReferralSent")]
    held = []
    for told in meetings.values():
        on = _held_on(told)
        if on:
            held.append(on)
            yield from _facts_of_one(case, told, on, bool(sent) and min(sent) <= on)
    if sent:
        since = [on for on in held if on >= min(sent)]
        if since:
            days = (min(since) - min(sent)).days
            yield case.fact("referral_to_meeting_days", min(sent), value=days)


def _held_on(told: list[Event]) -> date | None:
    held = _last(told, "StrategyMeetingHeld")
    if held:
        return done_on(held)
    missed = _last(told, "MeetingMissedDiscovered")
    return day_of(moment(missed["held_at"])) if missed else None


def _last(told: list[Event], kind: str) -> Event | None:
    return latest(each for each in told if each["_type"] == kind)


def _facts_of_one(case: Case, told: list[Event], on: date, referred: bool) -> Iterator[Fact]:
    yield case.fact("meetings_held", on)
    yield case.fact("meetings_held_by_forum", on, _forum(told))
    state = _invite_state(told)
    if state == "unknown":
        return
    asked = state in ASKED
    yield case.fact("invited", on, value=asked)
    whose = "landlord-referred" if referred else "not-referred"
    yield case.fact("invited_by_referrer", on, whose, asked)
    if state != "declined":
        yield case.fact("invited_in_time", on, value=state == "invited-in-time")
    if asked:
        convened = _last(told, "MeetingConvened")
        basis = (convened.get("invite_basis") if convened else None) or "unknown"
        yield case.fact("invitations_by_basis", on, basis)


def _forum(told: list[Event]) -> str:
    for kind in ("StrategyMeetingHeld", "MeetingConvened", "MeetingMissedDiscovered"):
        found = _last(told, kind)
        if found and found.get("forum", "unknown") != "unknown":
            return str(found["forum"])
    return "unknown"


def _invite_state(told: list[Event]) -> str:
    for kind, name in (
        ("StrategyMeetingHeld", "invite_state"),
        ("MeetingMissedDiscovered", "invite_state"),
        ("MeetingConvened", "housing_invited"),
    ):
        found = _last(told, kind)
        if found and found.get(name, "unknown") != "unknown":
            return str(found[name])
    return "unknown"
