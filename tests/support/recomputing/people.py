"""What is counted of the people of a case who were taken for perpetrators."""

from collections.abc import Iterator
from datetime import datetime

from tests.support.recomputing.case import HARMED_OR_AT_RISK, Case
from tests.support.recomputing.facts import Fact
from tests.support.recomputing.record import Event, in_turn

ALLEGED = "alleged-perpetrator"
Seen = tuple[datetime, str, str | None]
"""When someone came to be seen in a role, in which, and instead of which."""


def facts(case: Case) -> Iterator[Fact]:
    """Yield a fact for each person who was blamed while the case was antisocial behaviour."""
    for seen in _people(case.events).values():
        if _was_blamed(case, seen):
            yield case.fact("asb_re_roled", case.opened_on, value=_re_roled(seen))


def _people(events: list[Event]) -> dict[str, list[Seen]]:
    people: dict[str, list[Seen]] = {}
    for event in in_turn(events):
        for person, role, instead_of in _said(event):
            people.setdefault(person, []).append((event["_known"], role, instead_of))
    return people


def _said(event: Event) -> Iterator[tuple[str, str, str | None]]:
    for subject in event.get("subjects") or ():
        yield subject["person"], subject["role"], None
    match event["_type"]:
        case "PersonInvolved":
            yield event["person"], event["role"], None
        case "PersonRoleChanged":
            yield event["person"], event["to"], event["from"]
        case "Reclassified":
            for change in event.get("role_changes") or ():
                yield change["person"], change["now"], change["was"]


def _was_blamed(case: Case, seen: list[Seen]) -> bool:
    """Whether at some moment they were blamed and the case was antisocial behaviour.

    Both only change at these moments, so it is enough to look just after the beginning, and just
    after each of them.
    """
    changes = [each["_known"] for each in case.reclassified]
    moments = [None, *changes, *(at for at, _, _ in seen)]
    return any(_is_asb(case, at) and _is_blamed(seen, at) for at in moments)


def _is_asb(case: Case, at: datetime | None) -> bool:
    treated_as = case.began_as
    for change in case.reclassified:
        if at is not None and change["_known"] <= at:
            treated_as = change["to"]
    return treated_as == "asb"


def _is_blamed(seen: list[Seen], at: datetime | None) -> bool:
    so_far = [each for each in seen if at is not None and each[0] <= at]
    blamed = [when for when, role, _ in so_far if role == ALLEGED]
    cleared = [when for when, _, was in so_far if was == ALLEGED]
    if not blamed:
        # Who is cleared without ever having been blamed here had been so from the beginning.
        ever_blamed = any(role == ALLEGED for _, role, _ in seen)
        was_cleared = any(was == ALLEGED for _, _, was in seen)
        return was_cleared and not ever_blamed and not cleared
    return not cleared or max(blamed) > max(cleared)


def _re_roled(seen: list[Seen]) -> bool:
    harmed = [(at, was) for at, role, was in seen if role in HARMED_OR_AT_RISK]
    if any(was == ALLEGED for _, was in harmed):
        return True
    blamed = [at for at, role, _ in seen if role == ALLEGED]
    return bool(harmed) and (not blamed or min(at for at, _ in harmed) > min(blamed))
