"""Takes batches of a file's lines in through the one door: in this process, or in one of several.

In several, each takes the cases that fall to it, so that the events of a case stay in the order of
the file and no two processes wait for the same case.
"""

import os
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from zlib import crc32

from pydantic import TypeAdapter, ValidationError

from adapters.event_store.application import Cases
from adapters.wire import Refusal, strict_json
from domain.events.fields import SystemUri
from domain.outcomes import Outcome
from services.cli.exits import CommandError
from services.cli.work.lines import Line
from services.clock import system_clock
from services.helper_process import end_with_parent, loaded_with
from services.intake.decision import Read, read, understood
from services.intake.messages import Receipt, Submission
from services.intake.writer import Clock, Writer
from services.readiness import calm_collector

TAKEN = (Outcome.ACCEPTED, Outcome.DUPLICATE)

_AT_ONCE = 1_000
_BYTES_AT_ONCE = 4 * 1024 * 1024
"""Bounds what is held of lines that are long."""
_BATCHES_AHEAD = 4
"""So many that a process has work while another keeps the one who shares it out waiting."""
_MOST_PROCESSES = 8
_SUBJECT = re.compile(rb'"subject"\s*:\s*"([^"\\]*)"')

_system = TypeAdapter[str](SystemUri)


@dataclass(slots=True)
class Taken:
    """What became of some lines."""

    lines: int = 0
    known: int = 0
    """How many an earlier import had brought in; counted below as well."""
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    problems: list[tuple[int, Receipt]] = field(default_factory=list)
    """What waits or is quarantined, with its line."""


class Taker:
    """Takes lines in on connections of its own."""

    def __init__(self, cases: Cases, fallback: str, clock: Clock = system_clock) -> None:
        self._cases = cases
        self._clock = clock
        self.writer = Writer(cases, clock)
        self._fallback = fallback

    def take(self, batch: Sequence[Line]) -> Taken:
        """Take some lines in; those that an earlier import brought are answered from the ledger."""
        taken = Taken(lines=len(batch))
        receipts = self.writer.settle(
            [_read(line, self._fallback, self._clock()) for line in batch]
        )
        if self.writer.owes_snapshots:
            self.writer.take_snapshots()
        for line, receipt in zip(batch, receipts, strict=True):
            taken.known += receipt.was_known
            taken.outcomes[receipt.outcome] += 1
            if receipt.outcome not in TAKEN:
                taken.problems.append((line.number, receipt))
        return taken

    def decide_again(self, waiting: Sequence[Submission]) -> list[Receipt]:
        """Decide again what names an event of another case, and waits because it came earlier."""
        named = {
            sent.delivery: {ref.event_id for ref in event.refers_to()}
            for sent in waiting
            if (event := read(sent).event)
        }
        wanted = {event_id for event_ids in named.values() for event_id in event_ids}
        there = self._cases.taken(wanted) if wanted else {}
        accepted = {each for each, entry in there.items() if entry.outcome is Outcome.ACCEPTED}
        return self.writer.commit(
            [sent for sent in waiting if named.get(sent.delivery, set()) & accepted]
        )


class Processes:
    """Several processes that take lines in; give them lines only within a `with`."""

    def __init__(self, count: int, database_url: str, fallback: str) -> None:
        context = loaded_with(__name__)
        self._each = [
            _Process(ProcessPoolExecutor(1, context, _prepare, (database_url, fallback)))
            for _ in range(count)
        ]

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._each:
            process.executor.shutdown(cancel_futures=True)

    def take(self, lines: Iterable[Line]) -> Iterator[Taken]:
        """Yield what became of `lines`, which are read no faster than they are taken in."""
        try:
            for line in lines:
                process = self._each[crc32(case_named_in(line.body)) % len(self._each)]
                if process.batch.is_full:
                    yield from process.hand_over(leaving=_BATCHES_AHEAD)
                process.batch.add(line)
            for process in self._each:
                yield from process.hand_over(leaving=_BATCHES_AHEAD)
            for process in self._each:
                yield from process.hand_over(leaving=0)
        except BrokenProcessPool:
            words = "A process of the import was ended; import again, nothing will be doubled."
            raise CommandError(words) from None


class _Batch:
    """Lines that go in together."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._bytes = 0

    @property
    def is_full(self) -> bool:
        return len(self.lines) >= _AT_ONCE or self._bytes >= _BYTES_AT_ONCE

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self._bytes += len(line.body)


@dataclass(slots=True)
class _Process:
    """One process, the batches it was handed, and the one that is still being filled."""

    executor: ProcessPoolExecutor
    under_way: deque[Future[Taken]] = field(default_factory=deque)
    batch: _Batch = field(default_factory=_Batch)

    def hand_over(self, *, leaving: int) -> Iterator[Taken]:
        """Hand over the batch; yield what became of earlier ones until so many are left."""
        if self.batch.lines:
            self.under_way.append(self.executor.submit(_take, self.batch.lines))
            self.batch = _Batch()
        while len(self.under_way) > leaving:
            yield self.under_way.popleft().result()


def batches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield lines as many at a time as go in together."""
    batch = _Batch()
    for line in lines:
        if batch.is_full:
            yield batch.lines
            batch = _Batch()
        batch.add(line)
    if batch.lines:
        yield batch.lines


def processors() -> int:
    """Return among how many processes to share the work."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


def case_named_in(body: bytes) -> bytes:
    """Return what tells the case of an event from others; empty where none can be told.

    Only the sharing out rests on it. A message that names its case in two ways is quarantined.
    """
    named = _SUBJECT.findall(body)
    if len(named) == 1:
        return bytes(named[0])
    try:
        message = strict_json.parse(body)
        return str(message["subject"]).encode() if isinstance(message, dict) else b""
    except (Refusal, KeyError):
        return b""


def _read(line: Line, fallback: str, received_at: datetime) -> Read:
    decoded = understood(line.body, received_at)
    source = _source(line.body) if isinstance(decoded, Refusal) else decoded.event.source
    submission = Submission(
        # The same line at the same place is the same delivery, in whichever file it is.
        delivery=f"file:{sha256(line.body).hexdigest()[:32]}:{line.number}",
        source=source or fallback,
        body=line.body,
        received_at=received_at,
        source_is_vouched=False,
    )
    return Read(submission, decoded)


def _source(body: bytes) -> str | None:
    """Return the source that a message tells of itself, if it can be read."""
    try:
        event = strict_json.parse(body)
        return _system.validate_python(event["source"]) if isinstance(event, dict) else None
    except (Refusal, KeyError, ValidationError):
        return None


_taker: Taker | None = None
_taken_for = ("", "")


def _prepare(database_url: str, fallback: str) -> None:
    global _taken_for
    end_with_parent()
    calm_collector()
    _taken_for = (database_url, fallback)


def _take(batch: Sequence[Line]) -> Taken:
    global _taker
    if _taker is None:  # here and not before, so that a store that is away is told as such
        database_url, fallback = _taken_for
        _taker = Taker(Cases(database_url), fallback)
    return _taker.take(batch)
