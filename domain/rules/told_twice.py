"""The rule about an event that may be the same as another, told again under another id."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.events.envelope import CaseEvent
from domain.events.rights import EventRedacted
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.rules import FlagEffect

_OF_THE_TELLING = {"event_id", "source_event_id", "version", "recorded_at", "known_at"}
"""What differs where the same is told again."""

Told = list[tuple[CaseEvent, dict[str, Any]]]


@rule(
    "R44",
    "The same told twice under two ids (possible duplicate)",
    source="Practice of joining up systems: one that is renewed gives its records new ids; the "
    "number is ours",
    clears="a correction of either, so that they differ; destroying one of them; closing the case",
)
def told_twice(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning for each event that tells just what an earlier one of its source tells."""
    for first, again in _repeated(case) if case.is_open else ():
        since = max(first.known_at, again.known_at)
        yield Finding(
            under=terms.for_duty_of(again),
            because=(first, again),
            since=since,
            due=since,
            why="Two events tell just the same under two ids: one of them may be a duplicate.",
            item=f"event:{again.event_id}",
            effect=FlagEffect.WARNING,
        )


def _repeated(case: History) -> Iterator[tuple[CaseEvent, CaseEvent]]:
    redacted = {event.target.event_id for event in case.all(EventRedacted)}
    alike: dict[tuple[object, ...], list[CaseEvent]] = {}
    for event in case.recorded:
        if event.event_id not in redacted:
            key = (type(event), event.source, event.occurred_at, event.actor.id)
            alike.setdefault(key, []).append(event)
    for events in alike.values():
        told: Told = []
        # To compare all that events tell takes a while, and hardly any come this far.
        for event in sorted(events, key=_known_first) if len(events) > 1 else ():
            content = event.model_dump(exclude=_OF_THE_TELLING)
            first = next((other for other, tells in told if tells == content), None)
            if first is None:
                told.append((event, content))
            else:
                yield first, event


def _known_first(event: CaseEvent) -> tuple[datetime, str]:
    # Not by their order of recording, in which they may come either way.
    return event.known_at, str(event.event_id)
