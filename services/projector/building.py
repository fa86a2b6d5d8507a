"""Builds read models from the first event: case after case, each event decoded once for all."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from adapters.read_store.feed import Placed
from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from adapters.read_store.transaction import Transaction
from domain.events.registry import EVENT_TYPES
from domain.rules.policy import Policy
from projections.catalogue import READ_MODELS
from projections.read_model import FOLDED_ANEW_AFTER, ReadModel, Row
from services.projector.folding import Failure, PageFold, Stream

Cases = tuple[UUID, UUID]
"""The first and the last case of a range."""

_ROWS_AT_ONCE = 1_000
_CASES_AT_ONCE = 100
_LAST = (1 << 128) - 1


@dataclass(frozen=True, slots=True)
class Built:
    """What came of building one range of cases."""

    events: int
    failures: dict[str, list[Failure]]
    """By read model, the events at which cases could not be folded."""


def ranges(count: int) -> list[Cases]:
    """Split all cases into so many ranges of about the same size: their ids are spread evenly."""
    edges = [number * (_LAST + 1) // count for number in range(count + 1)]
    return [(UUID(int=low), UUID(int=high - 1)) for low, high in pairwise(edges)]


def shadow(model: ReadModel[Any]) -> Table[Any]:
    """Return the table in which a read model is built, beside the live one."""
    return Table(model, suffix="_rebuild")


def build_in_process(database_url: str, names: Sequence[str], cases: Cases, up_to: int) -> Built:
    """Build a range of cases, in a process of its own, for read models of the catalogue."""
    with closing(Session(database_url)) as session:
        return build(session, [READ_MODELS[name] for name in names], cases, up_to)


def build(session: Session, models: Sequence[ReadModel[Any]], cases: Cases, up_to: int) -> Built:
    """Fill the bare tables of `models` with the rows of a range of cases, up to a position."""
    events = 0
    with session.transaction() as transaction:
        folding = WholeCases(models, transaction.policy())
        waiting: dict[str, list[Row]] = {model.id: [] for model in models}
        tables = {model.id: shadow(model) for model in models}
        for placed in transaction.cases_between(*cases, up_to, _topics(models)):
            events += len(placed)
            for model_id, rows in folding.rows(placed):
                held = waiting[model_id]
                held += rows
                if len(held) > _ROWS_AT_ONCE:
                    transaction.fill(tables[model_id], held)
                    held.clear()
        for model_id, held in waiting.items():
            if held:
                transaction.fill(tables[model_id], held)
    return Built(events, folding.failures)


def bring_up_to(
    transaction: Transaction,
    folding: "WholeCases",
    after: int,
    up_to: int,
    partitions: Sequence[int],
) -> set[UUID]:
    """Fold the cases of some partitions anew that changed between two positions; return them."""
    tables = {model.id: shadow(model) for model in folding.models}
    changed = transaction.changed_cases(after, up_to, partitions)
    for start in range(0, len(changed), _CASES_AT_ONCE):
        streams = transaction.streams(changed[start : start + _CASES_AT_ONCE], up_to)
        anew: dict[str, dict[UUID, list[Row]]] = {
            model_id: {case_id: [] for case_id in streams} for model_id in tables
        }
        for case_id, placed in streams.items():
            for model_id, rows in folding.rows(placed):
                anew[model_id][case_id] = rows
        for model_id, cases in anew.items():
            transaction.replace_cases(tables[model_id], cases)
    return set(changed)


class WholeCases:
    """Folds cases, each once and from its start, into several read models."""

    def __init__(self, models: Sequence[ReadModel[Any]], policy: Policy) -> None:
        self.models = models
        self.policy = policy
        self.failures: dict[str, list[Failure]] = {}

    def rows(self, placed: Sequence[Placed]) -> Iterable[tuple[str, list[Any]]]:
        """Yield what a case comes to in each read model, by its id; some come to nothing."""
        stream = Stream.of(placed)
        for model in self.models:
            if stream.may_concern(model):
                yield model.id, self._rows(model, stream, placed)

    def _rows(self, model: ReadModel[Any], stream: Stream, placed: Sequence[Placed]) -> list[Any]:
        fold = PageFold(model, set(), self.policy)
        rows = fold.fold_anew(stream)
        if rows is None and not model.reads_whole_streams and not _is_read_anew(placed):
            # The live one stands as it was before the event that cannot be folded.
            fold = PageFold(model, set(), self.policy)
            changed = fold.fold(fold.steps(placed, {}), {})
            rows = [row for row in changed.values() if row is not None]
        if fold.failures:
            self.failures.setdefault(model.id, []).extend(fold.failures)
        return rows or []


def _is_read_anew(placed: Iterable[Placed]) -> bool:
    return any(isinstance(each.event, FOLDED_ANEW_AFTER) for each in placed)


def _topics(models: Sequence[ReadModel[Any]]) -> list[str] | None:
    """Return which events make a case worth reading; None where all do."""
    changed_by = tuple(dict.fromkeys(each for model in models for each in model.changed_by))
    topics = [topic for topic, each in EVENT_TYPES.items() if issubclass(each, changed_by)]
    return topics if len(topics) < len(EVENT_TYPES) else None
