"""Takes the events of a file in, through the same door as everything else."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from adapters.event_store.application import Cases
from domain.outcomes import Outcome, Reason
from services.cli.answers import ImportedFile, ImportProblem
from services.cli.connecting import stores
from services.cli.console import emit, note
from services.cli.exits import CommandError
from services.cli.rendering.receipts import print_imported
from services.cli.rendering.times import counted
from services.cli.work.lines import ARRAY_HINT, Line, long_lines, reading, source_of_file
from services.cli.work.taking import TAKEN, Processes, Taken, Taker, batches, processors
from services.intake.messages import Receipt, receipt_of
from services.intake.writer import submission_of
from services.settings import Settings

_FEW = 4
"""Fewer batches than this are taken in before other processes have started."""
_AT_ONCE = 500
_PROBLEMS_TOLD = 20
_PROBLEMS_KEPT = 1_000


def import_events(path: Path, *, as_json: bool) -> None:
    """Take the events of a file in, many in a transaction, whatever its size."""
    with (
        stores(Settings()) as servers,
        closing(Cases(servers.database_url)) as cases,
        reading(path, "Importing") as lines,
    ):
        importing = _Import(cases, path)
        for taken in importing.taken(lines, servers.database_url):
            importing.note(taken)
        answer = importing.answer()
    if as_json:
        emit(answer)
    else:
        print_imported(answer)
    for hint in importing.hints():
        note(hint, "attention")
    if bad := answer.outcomes[Outcome.QUARANTINED]:
        told = "case-timeline intake list --outcome quarantined"
        raise CommandError(f"{counted(bad, 'line')} quarantined; see `{told}`.")


class _Import:
    """One file on its way in, and what has become of its lines."""

    def __init__(self, cases: Cases, path: Path) -> None:
        self._cases = cases
        self._path = path
        self._taker = Taker(cases, source_of_file(path))
        self._lines = self._known = 0
        self._outcomes: Counter[Outcome] = Counter()
        self._problems: list[ImportProblem] = []
        self._waiting: dict[str, int] = {}
        self._first: Line | None = None
        self._cut: list[int] = []

    def taken(self, lines: Iterable[Line], database_url: str) -> Iterator[Taken]:
        """Yield what becomes of `lines`, taken in here if they are few, or in several processes."""
        rest = batches(self._seen(lines))
        first = list(islice(rest, _FEW))
        if len(first) < _FEW or processors() == 1:
            yield from map(self._taker.take, chain(first, rest))
            return
        with Processes(processors(), database_url, source_of_file(self._path)) as processes:
            yield from processes.take(chain.from_iterable(chain(first, rest)))

    def _seen(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            self._first = self._first or line
            if line.is_cut:
                self._cut.append(line.number)
            yield line

    def note(self, taken: Taken) -> None:
        """Add up what became of some lines."""
        self._lines += taken.lines
        self._known += taken.known
        self._outcomes += taken.outcomes
        for line, receipt in taken.problems:
            if receipt.outcome is Outcome.WAITING:
                # What it waits for may come further down in the file.
                self._waiting[receipt.delivery] = line
                self._outcomes[Outcome.WAITING] -= 1
            else:
                self._tell(line, receipt)

    def answer(self) -> ImportedFile:
        """Return what became of all lines, as it stands now."""
        deliveries = list(self._waiting)
        for start in range(0, len(deliveries), _AT_ONCE):
            for receipt in self._as_it_stands(deliveries[start : start + _AT_ONCE]):
                self._outcomes[receipt.outcome] += 1
                if receipt.outcome not in TAKEN:
                    self._tell(self._waiting[receipt.delivery], receipt)
        self._problems.sort(key=lambda problem: problem.line)
        return ImportedFile(
            file=str(self._path),
            lines=self._lines,
            already_imported=self._known,
            outcomes={outcome: self._outcomes[outcome] for outcome in Outcome},
            problems=self._problems[:_PROBLEMS_TOLD],
            problems_not_shown=max(0, self._not_taken - _PROBLEMS_TOLD),
        )

    def _as_it_stands(self, deliveries: list[str]) -> Iterator[Receipt]:
        """Yield the receipts of what waited, once more decided where that may change it.

        An event that names one of another case is told so only once that has come in, and the two
        cases may have been taken in by different processes.
        """
        entries = self._cases.seen(deliveries).values()
        waiting = [
            submission_of(entry)
            for entry in entries
            if entry.outcome is Outcome.WAITING and entry.reason is Reason.AWAITING_PREDECESSOR
        ]
        again = {receipt.delivery: receipt for receipt in self._taker.decide_again(waiting)}
        for entry in entries:
            yield again.get(entry.delivery) or receipt_of(entry)

    @property
    def _not_taken(self) -> int:
        return self._outcomes.total() - sum(self._outcomes[each] for each in TAKEN)

    def hints(self) -> Iterator[str]:
        """Tell what a person should know of the file as a whole."""
        if self._cut:
            yield long_lines(self._cut, "quarantined as too-large with the first 256 KiB")
        if self._first and self._first.opens_array:
            yield ARRAY_HINT

    def _tell(self, line: int, receipt: Receipt) -> None:
        if len(self._problems) >= _PROBLEMS_KEPT:
            return
        problem = ImportProblem(
            line=line, outcome=receipt.outcome, reason=receipt.reason, detail=receipt.detail
        )
        self._problems.append(problem)
