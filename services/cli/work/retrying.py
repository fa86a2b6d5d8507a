"""Decides waiting and quarantined entries again, from the content they came with."""

from collections.abc import Iterator, Sequence
from contextlib import closing

from adapters.event_store.application import Cases
from adapters.event_store.desk import DeskItem, IntakeDesk
from adapters.event_store.ledger import LedgerEntry
from domain.outcomes import Outcome, Reason
from services.bootstrap import intake_desk
from services.cli.answers import Retried, RetriedEntry
from services.cli.connecting import stores
from services.cli.console import emit, note, out, progress
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.intake import retried_table
from services.clock import system_clock
from services.intake.messages import Receipt
from services.intake.writer import Writer, submission_of
from services.settings import Settings

_AT_ONCE = 200
_PAGE = 1_000
_UNSETTLED = (Outcome.WAITING, Outcome.QUARANTINED)


def retry_entries(
    ids: Sequence[int], reason: str | None, *, everything: bool, as_json: bool
) -> None:
    """Decide entries again; fail if any is still quarantined, or could not be decided at all."""
    if (bool(ids), reason is not None, everything).count(True) != 1:
        raise CommandError("Give either entries' numbers, or --reason, or --all.", ExitCode.USAGE)
    wanted = _reason(reason) if reason is not None else None
    with (
        stores(Settings()) as servers,
        intake_desk(servers.database_url) as desk,
        closing(Cases(servers.database_url)) as cases,
    ):
        chosen = list(dict.fromkeys(ids)) or sorted(item.id for item in _open(desk, wanted))
        answer = _retried(desk, Writer(cases, system_clock), chosen)
    if as_json:
        emit(answer)
    elif answer.entries:
        out().print(retried_table(answer.entries))
    elif not chosen:
        note("Nothing waits or is quarantined.")
    _fail_if_unsettled(answer)


def _reason(code: str) -> Reason:
    try:
        return Reason(code)
    except ValueError:
        raise CommandError(f"There is no reason with the code {code}.", ExitCode.USAGE) from None


def _open(desk: IntakeDesk, reason: Reason | None) -> Iterator[DeskItem]:
    for outcome in _UNSETTLED:
        before = None
        while page := desk.entries(outcome=outcome, before=before, limit=_PAGE):
            yield from (item for item in page if reason is None or item.reason == reason)
            before = page[-1].id


def _retried(desk: IntakeDesk, writer: Writer, ids: Sequence[int]) -> Retried:
    entries: list[RetriedEntry] = []
    unknown: list[int] = []
    with progress() as shown:
        task = shown.add_task("Deciding again", total=len(ids))
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            held = {entry_id: entry for entry_id in some for entry in desk.undecided([entry_id])}
            unknown += [entry_id for entry_id in some if entry_id not in held]
            entries += _decided(writer, held)
            shown.advance(task, len(some))
    return Retried(entries=entries, not_retriable=unknown)


def _decided(writer: Writer, held: dict[int, LedgerEntry]) -> Iterator[RetriedEntry]:
    receipts = writer.commit([submission_of(entry) for entry in held.values()])
    for entry_id, receipt in zip(held, receipts, strict=True):
        yield _answer(entry_id, receipt)


def _answer(entry_id: int, receipt: Receipt) -> RetriedEntry:
    return RetriedEntry(
        id=entry_id,
        outcome=receipt.outcome,
        reason=receipt.reason,
        detail=receipt.detail,
        case_ref=receipt.case_ref,
        event_id=receipt.event_id,
        version=receipt.version,
    )


def _fail_if_unsettled(answer: Retried) -> None:
    if answer.not_retriable:
        ids = ", ".join(map(str, answer.not_retriable))
        raise CommandError(f"Not waiting or quarantined, or closed already: {ids}.")
    left = [entry.id for entry in answer.entries if entry.outcome is Outcome.QUARANTINED]
    if left:
        raise CommandError(f"Still quarantined: {len(left):,} of {len(answer.entries):,}.")
