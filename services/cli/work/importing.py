"""Takes the events of a file in, through the same door as everything else."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from adapters.event_store.application import Cases
from adapters.wire import Refusal, strict_json
from domain.events.fields import SystemUri
from domain.outcomes import Outcome
from services.cli.answers import ImportedFile, ImportProblem
from services.cli.connecting import stores
from services.cli.console import emit, note
from services.cli.exits import CommandError
from services.cli.rendering.receipts import print_imported
from services.cli.rendering.times import counted
from services.cli.work.lines import ARRAY_HINT, Line, long_lines, reading, source_of_file
from services.clock import system_clock
from services.intake.messages import Receipt, Submission, receipt_of
from services.intake.writer import Writer
from services.settings import Settings

_AT_ONCE = 500
_PROBLEMS_TOLD = 20
_PROBLEMS_KEPT = 1_000
_IN_ORDER = (Outcome.ACCEPTED, Outcome.DUPLICATE)

_system = TypeAdapter[str](SystemUri)


def import_events(path: Path, *, as_json: bool) -> None:
    """Take the events of a file in, some hundreds in a transaction, whatever its size."""
    with (
        stores(Settings()) as servers,
        closing(Cases(servers.database_url)) as cases,
        reading(path, "Importing") as lines,
    ):
        importing = _Import(cases, path)
        while batch := list(islice(lines, _AT_ONCE)):
            importing.take(batch)
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
        self._writer = Writer(cases, system_clock)
        self._path = path
        self._lines = self._known = 0
        self._outcomes: Counter[Outcome] = Counter()
        self._problems: list[ImportProblem] = []
        self._waiting: dict[str, int] = {}
        self._first: Line | None = None
        self._cut: list[int] = []

    def take(self, batch: Sequence[Line]) -> None:
        """Take some lines in; those that an earlier import brought are answered from the ledger."""
        self._first = self._first or batch[0]
        self._cut += [line.number for line in batch if line.is_cut]
        fallback = source_of_file(self._path)
        submissions = [_submission(line, fallback) for line in batch]
        self._known += len(self._cases.seen([each.delivery for each in submissions]))
        for line, receipt in zip(batch, self._writer.commit(submissions), strict=True):
            if receipt.outcome is Outcome.WAITING:
                # What it waits for may come further down in the file.
                self._waiting[receipt.delivery] = line.number
            else:
                self._settle(line.number, receipt)
        self._lines += len(batch)

    def answer(self) -> ImportedFile:
        """Return what became of all lines, as it stands now."""
        deliveries = list(self._waiting)
        for start in range(0, len(deliveries), _AT_ONCE):
            for entry in self._cases.seen(deliveries[start : start + _AT_ONCE]).values():
                self._settle(self._waiting[entry.delivery], receipt_of(entry))
        self._problems.sort(key=lambda problem: problem.line)
        return ImportedFile(
            file=str(self._path),
            lines=self._lines,
            already_imported=self._known,
            outcomes={outcome: self._outcomes[outcome] for outcome in Outcome},
            problems=self._problems[:_PROBLEMS_TOLD],
            problems_not_shown=max(0, self._not_taken - _PROBLEMS_TOLD),
        )

    @property
    def _not_taken(self) -> int:
        return self._outcomes.total() - sum(self._outcomes[each] for each in _IN_ORDER)

    def hints(self) -> Iterator[str]:
        """Tell what a person should know of the file as a whole."""
        if self._cut:
            yield long_lines(self._cut, "quarantined as too-large with the first 256 KiB")
        if self._first and self._first.opens_array:
            yield ARRAY_HINT

    def _settle(self, line: int, receipt: Receipt) -> None:
        self._outcomes[receipt.outcome] += 1
        if receipt.outcome in _IN_ORDER or len(self._problems) >= _PROBLEMS_KEPT:
            return
        problem = ImportProblem(
            line=line, outcome=receipt.outcome, reason=receipt.reason, detail=receipt.detail
        )
        self._problems.append(problem)


def _submission(line: Line, fallback: str) -> Submission:
    digest = sha256(line.body).hexdigest()[:32]
    return Submission(
        # The same line at the same place is the same delivery, in whichever file it is.
        delivery=f"file:{digest}:{line.number}",
        source=_source(line.body) or fallback,
        body=line.body,
        received_at=system_clock(),
        source_is_vouched=False,
    )


def _source(body: bytes) -> str | None:
    """Return the source that an event tells of itself, if it can be read."""
    try:
        event = strict_json.parse(body)
        return _system.validate_python(event["source"]) if isinstance(event, dict) else None
    except (Refusal, KeyError, ValidationError):
        return None
