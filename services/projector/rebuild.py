"""Builds a read model anew from the first event, beside the live one, and puts it in its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from adapters.read_store.session import Session
from adapters.read_store.tables import Digest, Table
from adapters.read_store.transaction import PARTITIONS, Transaction
from domain.events.registry import EVENT_TYPES
from domain.rules.policy import STANDARD
from projections.read_model import ReadModel
from services.projector.folding import PageFold, Stream
from services.projector.worker import checkpoint_names, streams_of, take_in

Clock = Callable[[], datetime]
Tell = Callable[[int, int], None]
"""Called with (events taken in, events to take in), about, as the work goes on."""

_CASES_AT_ONCE = 200


class RebuildUnderWay(Exception):  # noqa: N818 (names the state)
    """Someone else is rebuilding this read model. The message is one sentence."""

    def __init__(self, model: ReadModel[Any]) -> None:
        super().__init__(f"Another rebuild of {model.name} is under way.")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found: the digests of both tables at the same positions."""

    read_model: str
    live: Digest
    rebuilt: Digest
    differing_rows: int
    """Rows that one of the tables had and the other had not, or had otherwise."""
    parked_cases: int

    @property
    def same(self) -> bool:
        """Whether the live rows were what the events say."""
        return self.live == self.rebuilt


class _Shadow:
    """The table being built, and how far it has come in each partition."""

    def __init__(self, model: ReadModel[Any], page_size: int) -> None:
        self.table = Table(model, suffix="_rebuild")
        self.fold = PageFold(model, parked=set(), policy=STANDARD)
        self._topics = _topics(model)
        self._page_size = page_size
        self._after = dict.fromkeys(range(PARTITIONS), 0)
        self._last_case = UUID(int=0)
        self.taken_in = 0
        """How many events, about: cases read anew for a correction count again."""

    def advance_to(self, transaction: Transaction, up_to: int) -> bool:
        """Take in some more of what there is up to a position; return whether that is all."""
        if self.fold.model.reads_whole_streams:
            return self._advance_by_case(transaction, up_to)
        return self.advance(transaction, list(self._after), up_to)

    def _advance_by_case(self, transaction: Transaction, up_to: int) -> bool:
        """Take in whole cases, so that each is read only once however its events are scattered."""
        case_ids = transaction.cases_after(self._last_case, _CASES_AT_ONCE, self._topics)
        if not case_ids:
            self._after = dict.fromkeys(self._after, up_to)
            return True
        self._last_case = case_ids[-1]
        self.fold.policy = transaction.policy()
        streams = transaction.streams(case_ids, up_to)
        anew = (self.fold.fold_anew(Stream.of(stream)) for stream in streams.values())
        transaction.write(self.table, [row for rows in anew for row in rows or ()])
        self.taken_in += sum(map(len, streams.values()))
        return False

    def advance(self, transaction: Transaction, partitions: list[int], up_to: int) -> bool:
        """Take in one page of these partitions; return whether they have come to `up_to`."""
        after = min(self._after[partition] for partition in partitions)
        page = transaction.page(
            after=after,
            up_to=up_to,
            partitions=partitions,
            limit=self._page_size,
            topics=self._topics,
        )
        streams = streams_of(transaction, page, [self.fold.model])
        self.fold.policy = transaction.policy()
        take_in(transaction, self.table, self.fold, page.events, streams)
        self._after |= dict.fromkeys(partitions, page.end)
        self.taken_in += len(page.events)
        return page.end >= up_to


def _topics(model: ReadModel[Any]) -> list[str]:
    """Return what events are called that a rebuild has to read; most models need few of them."""
    known = EVENT_TYPES.items()
    return [topic for topic, event_type in known if issubclass(event_type, model.changed_by)]


def rebuild(
    session: Session,
    model: ReadModel[Any],
    clock: Clock,
    *,
    tell: Tell = lambda reached, goal: None,
    page_size: int = 2_000,
) -> Rebuilt:
    """Rebuild `model`, compare it with the live table at the same positions, and switch.

    The live table goes on being kept up to date until the switch, which is one transaction.
    Raises RebuildUnderWay, having changed nothing, if the read model is being rebuilt already.
    """
    with session.claim(f"rebuild/{model.id}") as claimed:
        if not claimed:
            raise RebuildUnderWay(model)
        session.ensure_tables([model])
        return _rebuild(session, model, clock, tell, page_size)


def _rebuild(
    session: Session, model: ReadModel[Any], clock: Clock, tell: Tell, page_size: int
) -> Rebuilt:
    live, shadow = Table(model), _Shadow(model, page_size)
    names = checkpoint_names(model.id)
    with session.transaction() as transaction:
        transaction.create(shadow.table)
        goal = min(transaction.checkpoints(names).values())
    done = goal == 0
    while not done:
        with session.transaction() as transaction:
            done = shadow.advance_to(transaction, goal)
        tell(min(shadow.taken_in, goal), goal)
    with session.transaction() as transaction:
        # Holding the checkpoints keeps workers from moving on while the rest is taken in.
        for name, position in transaction.checkpoints(names).items():
            partition = [names.index(name)]
            while not shadow.advance(transaction, partition, position):
                pass
        before, after = transaction.digest(live), transaction.digest(shadow.table)
        differing = 0 if before == after else transaction.differing(shadow.table, live)
        transaction.switch(shadow.table, live)
        transaction.unpark_all(model.id)
        for failure in shadow.fold.failures:
            transaction.park(model.id, failure.at, failure.reason, clock())
    return Rebuilt(model.id, before, after, differing, len(shadow.fold.failures))
