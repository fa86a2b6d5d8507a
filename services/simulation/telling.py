"""How a simulated history is told: step by step, on a clock that moves in working time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from domain.events.envelope import CaseEvent
from domain.events.registry import current_schema_version
from domain.vocabulary.record import ActorKind, Precision, Sensitivity
from services.simulation.dice import Dice
from services.simulation.working_time import in_office_hours, wire, working_days_later
from services.simulation.world import Desk

Message = dict[str, Any]
"""A CloudEvent."""

_SECRECY = (Sensitivity.STANDARD, Sensitivity.RESTRICTED, Sensitivity.SEALED)


class Entry(NamedTuple):
    """An event as it was entered at a desk."""

    entered: datetime
    desk: Desk
    message: Message


@dataclass(frozen=True, slots=True)
class Said:
    """An event that was told, for later ones to refer to."""

    source: str
    id: str
    stream: str
    happened: datetime
    data: Mapping[str, Any]

    @property
    def ref(self) -> dict[str, str]:
        """The event as others name it."""
        return {"source": self.source, "id": self.id}


class Telling:
    """A history under way: what was told so far, and when it is now."""

    def __init__(self, dice: Dice, name: str, stream: str, start: datetime) -> None:
        """Begin one called `name`, which all its references begin with, on its main stream."""
        self.dice = dice
        self.name = name
        self.stream = stream
        self.now = start
        self.entries: list[Entry] = []
        self.latest = start
        """The latest moment at which anything was entered."""
        self.secrecy = Sensitivity.STANDARD
        """What all events are at least."""
        self._staff: dict[str, str] = {}

    # The clock

    def wait(self, least: int, most: int | None = None) -> None:
        """Let so many working days pass; 0 is later the same day."""
        days = self.dice.whole(least, least if most is None else most)
        self.now = working_days_later(self.now, days, self.dice)

    def soon(self) -> None:
        """Go on in office hours."""
        self.now = in_office_hours(self.now, self.dice)

    def day(self, days: int = 0) -> date:
        """Return today, or a day so many days from now."""
        return self.now.date() + timedelta(days=days)

    def ago(self, least: int, most: int) -> datetime:
        """Return a moment from `least` to `most` hours ago, or less if it would fall at night."""
        then = self.now - timedelta(hours=self.dice.whole(least, most))
        return then if then.hour >= 7 else then.replace(hour=21)

    @contextmanager
    def meanwhile(self) -> Iterator[None]:
        """Tell what happens beside the rest, which goes on afterwards from where it was."""
        here = self.now
        yield
        self.now = here

    def catch_up(self) -> None:
        """Go on from the latest of everything told so far."""
        self.now = max(self.now, self.latest)

    # Words and references

    def say(self, *sentences: str) -> str:
        """Return one of these sentences."""
        return self.dice.pick(sentences)

    def chance(self, probability: float) -> bool:
        """Tell whether something as likely as this happens."""
        return self.dice.chance(probability)

    def item(self, kind: str) -> str:
        """Return a reference of its own for an item that begins now."""
        return f"{kind}-{self.name}-{len(self.entries)}"

    def staff(self, desk: Desk) -> str:
        """Return who sits at this desk, the same whenever asked."""
        if desk.staff not in self._staff:
            number = self.dice.whole(1, 9 if desk.kind is ActorKind.HUMAN else 3)
            self._staff[desk.staff] = f"{desk.staff}-{number}"
        return self._staff[desk.staff]

    # Events

    def tell(
        self,
        event_type: type[CaseEvent],
        desk: Desk,
        *,
        happened: datetime | None = None,
        known: datetime | None = None,
        precision: Precision | None = None,
        up_to: datetime | None = None,
        stream: str | None = None,
        subjects: Sequence[tuple[str, str]] = (),
        place: str | None = None,
        secrecy: Sensitivity = Sensitivity.STANDARD,
        on_behalf_of: Message | None = None,
        evidence: Sequence[Message] = (),
        narrative: str | None = None,
        because: Said | None = None,
        **own: Any,
    ) -> Said:
        """Enter an event at `desk` now, and let some minutes pass.

        It happened just now unless `happened` says otherwise, and was known at once unless `known`
        does; with `up_to` it went on until then. `place` is the property it is about. The rest are
        the fields of the event; those that are None are left out, `from_` stands for `from`.
        """
        took_place = happened or self.now - timedelta(minutes=self.dice.whole(0, 15))
        envelope: Message = {
            "actor": self._actor(desk),
            "on_behalf_of": on_behalf_of,
            "subjects": [{"person": who, "role": role} for who, role in subjects] or None,
            "property_ref": place,
            "sensitivity": self._secrecy(secrecy),
            "evidence": list(evidence) or None,
            "narrative": narrative,
        }
        named = {name.removesuffix("_"): _plain(value) for name, value in own.items()}
        data = {name: value for name, value in (envelope | named).items() if value is not None}
        event_id = f"{self.name}-{len(self.entries):03}"
        message: Message = {
            "specversion": "1.0",
            "id": event_id,
            "source": desk.source,
            "type": _wire_type(event_type),
            "subject": stream or self.stream,
            "time": wire(took_place),
            "knowntime": wire(known or took_place),
            "correlationid": self.name,
            "data": data,
        }
        if precision is not None:
            message["timeprecision"] = precision.value
        if up_to is not None:
            message |= {"timeprecision": Precision.RANGE.value, "timeend": wire(up_to)}
        if because is not None:
            message["causationid"] = because.id
        self.entries.append(Entry(self.now, desk, message))
        self.latest = max(self.latest, self.now)
        self.now += timedelta(minutes=self.dice.whole(2, 18))
        return Said(desk.source, event_id, stream or self.stream, took_place, data)

    def _actor(self, desk: Desk) -> Message:
        return {
            "id": self.staff(desk),
            "role": desk.role,
            "organisation": desk.organisation,
            "kind": desk.kind.value,
        }

    def _secrecy(self, needed: Sensitivity) -> str | None:
        level = max(needed, self.secrecy, key=_SECRECY.index)
        return None if level is Sensitivity.STANDARD else level.value


def _plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, datetime):
        return wire(value)
    return value.isoformat() if isinstance(value, date) else value


@cache
def _wire_type(event_type: type[CaseEvent]) -> str:
    return f"uk.casetimeline.{event_type.__name__}.v{current_schema_version(event_type)}"
