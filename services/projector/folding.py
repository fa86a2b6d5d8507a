"""Folds a page of events into the rows of one read model, sparing every case from the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from adapters.read_store.feed import Placed
from adapters.read_store.transaction import Place
from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.rules.history import History
from domain.rules.policy import Policy
from projections.read_model import FOLDED_ANEW_AFTER, ReadModel, Row


@dataclass(frozen=True, slots=True)
class Stream:
    """A case from its start, as its corrections make it read."""

    history: History | None
    """None where nothing of it can be read."""
    last: Placed
    unreadable: Placed | None

    @classmethod
    def of(cls, placed: Sequence[Placed]) -> "Stream":
        """Return what a stream holds, up to where it can be read."""
        unreadable = next((each for each in placed if each.event is None), None)
        events = [each.event for each in placed if each.event is not None]
        history = History(corrected(events)) if events else None
        return cls(history, placed[-1], unreadable)

    def may_concern(self, model: ReadModel[Any]) -> bool:
        """Tell whether the case may come to anything in `model`, if only to a failure."""
        history = self.history
        return history is None or self.unreadable is not None or model.is_concerned_by(history)

    def is_read_anew_by(self, model: ReadModel[Any], event: CaseEvent) -> bool:
        """Tell whether `model` folds the case from its start because of `event`.

        What changes how another event reads concerns those whom that event concerns.
        """
        if not isinstance(event, FOLDED_ANEW_AFTER):
            return model.reads_whole_streams and model.is_changed_by(event)
        told = {each.event_id: each for each in self.history.recorded} if self.history else {}
        target: CaseEvent | None = event
        # What is corrected or redacted may itself correct or redact another.
        while isinstance(target, FOLDED_ANEW_AFTER):
            target = told.get(target.target.event_id)
            if target is None or model.reads_whole_streams or model.is_changed_by(target):
                return True
        return False


Streams = Mapping[UUID, Stream]
"""The streams of a page's cases, as far as some read model needs them whole."""


def needed_whole(events: Iterable[Placed], models: Sequence[ReadModel[Any]]) -> set[UUID]:
    """Return the cases of which some read model may need the whole stream because of `events`."""
    whole = [model for model in models if model.reads_whole_streams]
    return {
        placed.case_id
        for placed in events
        if isinstance(placed.event, FOLDED_ANEW_AFTER)
        or any(concerns(placed, model) for model in whole)
    }


def concerns(placed: Placed, model: ReadModel[Any]) -> bool:
    """Tell whether an event may change any row of `model`, as far as it can be read."""
    return placed.event is None or model.is_changed_by(placed.event)


@dataclass(frozen=True, slots=True)
class Failure:
    """A fold that raised: which event it was, and the name of what it raised."""

    at: Placed
    reason: str


@dataclass
class PageFold:
    """The change that a page of events makes to a read model, worked out in memory."""

    model: ReadModel[Any]
    parked: set[UUID]
    policy: Policy
    failures: list[Failure] = field(default_factory=list)
    anew: set[UUID] = field(default_factory=set)
    """Cases to fold from the start: those with a correction, whose history reads differently now,
    or a redaction, or all of them where the read model reads whole streams."""

    def steps(self, events: Sequence[Placed], streams: Streams) -> list[tuple[Placed, list[str]]]:
        """Return the events to fold one by one, each with the keys of the rows it changes."""
        self.anew = self._read_anew(events, streams) - self.parked
        steps = []
        for placed in events:
            if placed.case_id in self.parked or placed.case_id in self.anew:
                continue
            if placed.event is None:
                self._fail(placed, "UnreadableEvent")
                continue
            try:
                steps.append((placed, list(self.model.keys(placed.event))))
            except Exception as error:
                self._fail(placed, type(error).__name__)
        return steps

    def _read_anew(self, events: Sequence[Placed], streams: Streams) -> set[UUID]:
        found = ((placed, streams.get(placed.case_id)) for placed in events)
        return {
            placed.case_id
            for placed, stream in found
            if stream is not None
            and (
                self.model.reads_whole_streams
                if placed.event is None
                else stream.is_read_anew_by(self.model, placed.event)
            )
        }

    def fold(
        self, steps: Sequence[tuple[Placed, list[str]]], rows: Mapping[Place, Row]
    ) -> dict[Place, Row | None]:
        """Return the rows that change, given those that stand; None where one goes."""
        changed: dict[Place, Row | None] = {}
        for placed, keys in steps:
            if placed.case_id in self.parked or placed.event is None:
                continue
            try:
                # All rows of an event change, or none does.
                after: dict[Place, Row | None] = {}
                for key in keys:
                    place = (placed.case_id, key)
                    before = changed[place] if place in changed else rows.get(place)
                    after[place] = self.model.evolve(before, placed.event, key)
            except Exception as error:
                self._fail(placed, type(error).__name__)
            else:
                changed |= after
        return changed

    def fold_anew(self, stream: Stream) -> list[Row] | None:
        """Return all rows of a case from its whole stream; None where the fold fails."""
        if stream.unreadable is not None or stream.history is None:
            self._fail(stream.unreadable or stream.last, "UnreadableEvent")
            return None
        try:
            return self.model.fold_history(stream.history, self.policy)
        except Exception as error:
            self._fail(stream.last, type(error).__name__)
            return None

    def _fail(self, placed: Placed, reason: str) -> None:
        self.parked.add(placed.case_id)
        self.failures.append(Failure(placed, reason))
