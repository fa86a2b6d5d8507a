"""Which actions and referrals of a case are open; both may end and be taken up again."""

from collections.abc import Mapping
from datetime import datetime

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.latest import supersedes
from projections.personal_columns import Reference


class Turns(Part):
    """When things last ended, and were last taken up again, by their references.

    Only what has ended is in it, and two moments tell all that later news of it may ask for, so
    that a case of thousands of actions is read and changed in a moment.
    """

    ended_at: Mapping[Reference[str], datetime] = {}
    reopened_at: Mapping[Reference[str], datetime] = {}


Open = tuple[str, ...]
"""The references of what is open, in the order in which it was recorded or taken up again."""
Standing = tuple[Open, Turns]


def begun(is_open: Open, turns: Turns, item_id: str) -> Standing:
    """Return what stands after something began; if it was there before, the same."""
    known = item_id in is_open or item_id in turns.ended_at
    return (is_open if known else (*is_open, item_id)), turns


def ended(is_open: Open, turns: Turns, item_id: str, event: CaseEvent) -> Standing:
    """Return what stands after `event` ended something, unless it was taken up again since."""
    if item_id in is_open and supersedes(event, turns.reopened_at.get(item_id)):
        is_open = tuple(held for held in is_open if held != item_id)
    elif item_id not in is_open and item_id not in turns.ended_at:
        return is_open, turns
    return is_open, turns.model_copy(update={"ended_at": _later(turns.ended_at, item_id, event)})


def reopened(is_open: Open, turns: Turns, item_id: str, event: CaseEvent) -> Standing:
    """Return what stands after `event` took something up again, unless it has ended since."""
    if item_id not in is_open:
        if item_id not in turns.ended_at:
            return is_open, turns
        if supersedes(event, turns.ended_at[item_id]):
            is_open = (*is_open, item_id)
    again = _later(turns.reopened_at, item_id, event)
    return is_open, turns.model_copy(update={"reopened_at": again})


def _later(times: Mapping[str, datetime], item_id: str, event: CaseEvent) -> dict[str, datetime]:
    at = event.occurred_at
    return {**times, item_id: max(times.get(item_id, at), at)}
