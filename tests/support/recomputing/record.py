"""What was sent, as it reads with its corrections, by the file it lies in."""

import calendar
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
"""The `data` of a message, and beside it what its envelope says, under names with a `_`."""
Key = tuple[str, str]
"""The source of a message and the id it has there."""

ENGLAND = ZoneInfo("Europe/London")
FILES_WITHOUT_CASE = ("person", "property", "organisation", "authority", "access")
_OF_THE_ENVELOPE = {
    "occurred_at": "_at",
    "occurred_to": "_to",
    "occurred_precision": "_precision",
    "known_at": "_known",
}


@dataclass(frozen=True)
class Record:
    """All files, each with its events in the order in which they were accepted."""

    files: dict[str, list[Event]]
    today: date
    """The day in England on which the figures are looked at."""

    @classmethod
    def of(
        cls, lines: Iterable[bytes], accepted: Mapping[Key, tuple[int, datetime]], today: date
    ) -> "Record":
        """Read messages; `accepted` has the place and the time at which each was recorded."""
        sent: dict[Key, Event] = {}
        for line in lines:
            message = json.loads(line)
            key = message["source"], message["id"]
            if key in accepted and key not in sent:
                sent[key] = _flat(message, *accepted[key])
        assert sent.keys() == accepted.keys()
        files: dict[str, list[Event]] = defaultdict(list)
        for event in _as_corrected(sent):
            files[event["_file"]].append(event)
        for events in files.values():
            events.sort(key=lambda event: event["_place"])
        return cls(dict(files), today)

    def cases(self) -> dict[str, list[Event]]:
        """The files of cases."""
        return {ref: events for ref, events in self.files.items() if kind_of(ref) == "case"}

    def every(self, *types: str, on: Iterable[str]) -> Iterator[Event]:
        """All events of these types on these kinds of file."""
        for ref, events in self.files.items():
            if kind_of(ref) in on:
                yield from of_type(events, *types)


def _flat(message: dict[str, Any], place: int, recorded: datetime) -> Event:
    known = message.get("knowntime")
    data: Event = message["data"]
    return data | {
        "_type": message["type"].split(".")[2],
        "_file": message["subject"],
        "_key": (message["source"], message["id"]),
        "_at": moment(message["time"]),
        "_to": moment(message["timeend"]) if "timeend" in message else None,
        "_precision": message.get("timeprecision", "instant"),
        "_known": moment(known) if known else recorded,
        "_place": place,
    }


def _as_corrected(sent: dict[Key, Event]) -> list[Event]:
    corrections: dict[Key, list[Event]] = defaultdict(list)
    for event in sorted(sent.values(), key=lambda event: event["_place"]):
        if event["_type"] == "EventCorrected":
            corrections[event["target"]["source"], event["target"]["id"]].append(event)

    def read(event: Event) -> Event:
        for correction in map(read, corrections.get(event["_key"], ())):
            field, now = str(correction["field"]), correction.get("now")
            name = _OF_THE_ENVELOPE.get(field, field)
            is_moment = name in ("_at", "_to", "_known") and now
            event = {**event, name: moment(str(now)) if is_moment else now}
        return event

    return [read(event) for event in sent.values()]


def moment(text: str) -> datetime:
    """A timestamp on the wire."""
    return datetime.fromisoformat(text)


def kind_of(ref: str) -> str:
    """What a file is about: a case, unless the word before the colon is a reserved one."""
    word = ref.partition(":")[0]
    return word if word in FILES_WITHOUT_CASE else "case"


def of_type(events: Iterable[Event], *types: str) -> list[Event]:
    """Those of these types, in their order."""
    return [event for event in events if event["_type"] in types]


def each_of(event: Event, name: str) -> set[str]:
    """The codes that it lists, each once; none where it has no such list."""
    return set(event.get(name) or ())


def known_on(event: Event) -> date:
    """The day in England on which the landlord first knew."""
    return day_of(event["_known"])


def done_on(event: Event) -> date:
    """The day in England on which it happened, or began to."""
    return day_of(event["_at"])


def day_of(at: datetime) -> date:
    """The day in England."""
    return at.astimezone(ENGLAND).date()


def as_day(text: str) -> date:
    """A day as it is written."""
    return date.fromisoformat(text)


def first(events: Iterable[Event]) -> Event | None:
    """The first to have happened; where that is not settled, the first recorded."""
    found: Event | None = None
    for event in events:
        if found is None or _over_by(event) < found["_at"]:
            found = event
    return found


def latest(events: Iterable[Event]) -> Event | None:
    """The last to have happened; where that is not settled, the last recorded."""
    found: Event | None = None
    for event in events:
        if found is None or _over_by(event) >= found["_at"]:
            found = event
    return found


def in_turn(events: Iterable[Event]) -> list[Event]:
    """In the order of happening."""
    return sorted(events, key=lambda event: (event["_at"], event["_place"]))


def grouped(events: Iterable[Event], key: Callable[[Event], Any]) -> dict[Any, list[Event]]:
    """Events by what `key` says of them, each in their order."""
    found: dict[Any, list[Event]] = defaultdict(list)
    for event in events:
        found[key(event)].append(event)
    return found


def _over_by(event: Event) -> datetime:
    at: datetime = event["_at"]
    local = at.astimezone(ENGLAND).date()
    match event["_precision"]:
        case "instant":
            return at
        case "range":
            end: datetime | None = event["_to"]
            return end or at
        case "month":
            local = local.replace(day=calendar.monthrange(local.year, local.month)[1])
        case "year":
            local = local.replace(month=12, day=31)
    return datetime.combine(local + timedelta(days=1), time.min, ENGLAND) - timedelta(
        microseconds=1
    )
