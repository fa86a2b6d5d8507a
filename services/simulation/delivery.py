"""How what was entered reaches the broker: late, out of order, twice, and damaged where asked."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from services.simulation.dice import Dice
from services.simulation.telling import Entry, Message
from services.simulation.world import Rhythm

_SENT_TWICE = 0.015
_OVERTAKEN = 0.15
_LATE = 0.03
_MOST_OVERTAKEN_MINUTES = 150
_MOST_LATE_MINUTES = 48 * 60
_MINUTE = timedelta(minutes=1)


class Sending(NamedTuple):
    """A line, and when its source publishes it."""

    at: datetime
    line: bytes
    type: str
    is_again: bool = False
    """Whether the same event was sent before."""
    is_damaged: bool = False


def sendings(entries: Iterable[Entry], until: datetime, dice: Dice, damage: float) -> list[Sending]:
    """Return the lines that the sources publish, in their order, of what is entered by `until`."""
    sent = [
        sending
        for entry in sorted(entries, key=lambda each: each.entered)
        if entry.entered <= until
        for sending in _sent(entry, dice, damage)
    ]
    return sorted(sent, key=lambda each: each.at)


def _sent(entry: Entry, dice: Dice, damage: float) -> Iterator[Sending]:
    at = _published(entry, dice)
    line = _line(entry.message)
    name = entry.message["type"].split(".")[2]
    if damage and dice.chance(damage):
        yield Sending(at, _damaged(line, dice), name, is_damaged=True)
    yield Sending(at, line, name)
    if dice.chance(_SENT_TWICE):
        again = line
        if dice.chance(0.5):
            # Through another gateway, which leaves its mark.
            trace = sha256(line).hexdigest()
            again = _line({**entry.message, "traceparent": f"00-{trace[:32]}-{trace[32:48]}-01"})
        later = at + _MINUTE * dice.whole(1, 600)
        yield Sending(later, again, name, is_again=True)


def _published(entry: Entry, dice: Dice) -> datetime:
    """Return when the source of an entry publishes it: with its rhythm, and now and then late."""
    at, rhythm = entry.entered, entry.desk.rhythm
    if rhythm is not Rhythm.AT_ONCE:
        minutes = at.hour * 60 + at.minute
        at += _MINUTE * (rhythm.value - minutes % rhythm.value + 1)
    fate = dice.fraction()
    if fate < _LATE:
        at += _MINUTE * dice.whole(30, _MOST_LATE_MINUTES)
    elif fate < _LATE + _OVERTAKEN:
        at += _MINUTE * dice.whole(1, _MOST_OVERTAKEN_MINUTES)
    return at


def _line(message: Message) -> bytes:
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()


def _damaged(line: bytes, dice: Dice) -> bytes:
    """Return a line that nobody can understand; the good one comes after it."""
    harm = dice.whole(0, 2)
    if harm == 0:
        return line[: len(line) // 2]
    if harm == 1:
        return line.replace(b"uk.casetimeline.", b"uk.casetimeline.Old", 1)
    return line.replace(b'"data":{', b'"data":{"colour":"red",', 1)
