"""Answers a reviewer's questions about one case: as it stands, or from another point of view."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from adapters.event_store.application import Cases
from adapters.read_store.attention import Standing, Wanted
from adapters.read_store.reader import ReadStore
from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from domain.rules.history import History
from domain.rules.policy import Policy
from projections.changes import Changes, RowChange, changes_between, rows_changed
from projections.links import LinkRow, links
from projections.read_model import ReadModel, Row
from projections.time_travel import NOW, PointOfView, hindsight

R = TypeVar("R", bound=Row)


class CaseReview:
    """Reads one case in any read model, now or as it was known or recorded.

    Now comes from the read store; every other view is folded from the case's own events with the
    same function, and needs nothing else.
    """

    def __init__(self, cases: Cases, read_store: ReadStore) -> None:
        self._cases = cases
        self._read_store = read_store

    def rows(self, model: ReadModel[R], case_ref: str, view: PointOfView = NOW) -> list[R]:
        """Return the case's rows in `model` from `view`; none where nothing is seen of it."""
        if view.is_now:
            return self._read_store.rows_of_case(model, case_id_of(case_ref))
        return model.fold(self._seen_from(view, case_ref), self._cases.policy())

    def rows_of(
        self, models: Iterable[ReadModel[Any]], case_ref: str, view: PointOfView = NOW
    ) -> dict[str, list[Any]]:
        """Return the case's rows in several read models, by name; its events are read once."""
        if view.is_now:
            return {model.name: self.rows(model, case_ref) for model in models}
        read = corrected(self._seen_from(view, case_ref))
        if not read:
            return {model.name: [] for model in models}
        history, policy = History(read), self._cases.policy()
        return {model.name: model.fold_history(history, policy) for model in models}

    def rows_having(self, model: ReadModel[R], column: str, values: Collection[str]) -> list[R]:
        """Return the rows of all cases that have one of `values` in an indexed column."""
        return self._read_store.rows_having(model, column, values)

    def linked_from(self, ref: str, view: PointOfView = NOW) -> list[LinkRow]:
        """Return the links that other cases tell of to the case, or file, `ref`.

        Whichever case has one now is read from `view`, too.
        """
        rows = self.rows_having(links, "other_ref", [ref])
        if view.is_now:
            return rows
        telling = sorted({row.case_ref for row in rows})
        found = (row for case_ref in telling for row in self.rows(links, case_ref, view))
        return [row for row in found if row.other_ref == ref]

    def missing(self, models: Iterable[ReadModel[Any]], case_ref: str) -> dict[str, int]:
        """Return, by read model, how many events of the case it has yet to take in."""
        return self._read_store.missing(models, case_id_of(case_ref))

    def behind(self, model: ReadModel[Any]) -> int:
        """Return how many events a read model has yet to take in, over all cases."""
        return self._read_store.progress([model])[0].behind

    def changes(self, case_ref: str, earlier: date, later: date) -> Changes:
        """Return what became known of the case after one day, up to the end of another."""
        return changes_between(self.events(case_ref), earlier, later)

    def rows_changed(
        self, models: Iterable[ReadModel[Any]], case_ref: str, earlier: date, later: date
    ) -> dict[str, list[RowChange[Any]]]:
        """Return, by read model, the case's rows that differ between the two days."""
        events, policy = self.events(case_ref), self._cases.policy()
        return {model.name: rows_changed(model, events, earlier, later, policy) for model in models}

    def attention(self, wanted: Wanted, now: datetime, *, limit: int) -> Standing:
        """Return up to `limit` flags that stand over all cases, the most urgent first."""
        return self._read_store.attention(wanted, now, limit=limit)

    def policy(self) -> Policy:
        """Return the parameters of rules that events set."""
        return self._cases.policy()

    def hindsight(self, case_ref: str, view: PointOfView) -> list[CaseEvent]:
        """Return what had happened by the day of `view` but was known only later."""
        return hindsight(self.events(case_ref), view)

    def exists(self, case_ref: str) -> bool:
        """Tell whether there is any event of the case."""
        return bool(self.events(case_ref))

    def events(self, case_ref: str) -> Sequence[CaseEvent]:
        """Return all events of the case, as recorded."""
        case_id = case_id_of(case_ref)
        return self._cases.streams([case_id]).get(case_id, [])

    def _seen_from(self, view: PointOfView, case_ref: str) -> list[CaseEvent]:
        return view.visible(
            self._cases.stream_in_view(
                case_id_of(case_ref), known_by=view.known_by, recorded_by=view.recorded_by
            )
        )

    def register(self, model: ReadModel[Any], *, limit: int) -> list[Any]:
        """Return up to `limit` rows of a read model over all cases, by case reference."""
        return self._read_store.every_row(model, limit=limit)
