"""Works with the ledger of everything received: list, show, close."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Literal

from adapters.event_store.desk import DeskItem, IntakeDesk
from domain.outcomes import Outcome
from services.bootstrap import intake_desk
from services.cli.answers import ClosedEntry, Entry, Ledger
from services.cli.connecting import stores
from services.cli.console import emit, note, out
from services.cli.exits import CommandError, ExitCode
from services.cli.rendering.intake import entry_facts, ledger_table, print_payload
from services.clock import system_clock
from services.settings import Settings


def list_ledger(
    outcome: str | None,
    source: str | None,
    before: int | None,
    limit: int,
    *,
    closed: bool,
    as_json: bool,
) -> None:
    """List entries, newest first."""
    with stores(Settings()) as servers, intake_desk(servers.database_url) as desk:
        found = desk.entries(
            outcome=Outcome(outcome) if outcome else None,
            source=source,
            include_closed=closed,
            before=before,
            limit=limit + 1,
        )
    more = len(found) > limit
    answer = Ledger(entries=found[:limit], next_before=found[limit - 1].id if more else None)
    if as_json:
        emit(answer)
    elif not found:
        note("Nothing there.")
    else:
        out().print(ledger_table(answer.entries))
        if more:
            note(f"There is more: go on with --before {answer.next_before}.")


def show_entry(entry_id: int, *, payload: bool, as_json: bool) -> None:
    """Show one entry, and on request its original content."""
    with stores(Settings()) as servers, intake_desk(servers.database_url) as desk:
        item = existing(desk, entry_id)
        body = desk.payload(entry_id) if payload else None
        content, encoding = _text(body) if body is not None else (None, None)
        answer = Entry(
            entry=item,
            same_event=desk.same_event(item),
            payload=content,
            payload_encoding=encoding,
        )
    if as_json:
        emit(answer)
        return
    out().print(entry_facts(answer.entry))
    if answer.same_event:
        out().print("\nOthers with the same source and id:")
        out().print(ledger_table(answer.same_event))
    if content is not None:
        print_payload(content)
    elif payload:
        note("Its content is not kept: only that of waiting and quarantined entries is.")


def close_entries(entry_ids: Sequence[int], *, note: str, by: str, as_json: bool) -> None:
    """Close quarantined entries for good: all of them, or none if one cannot be closed."""
    if not note.strip() or not by.strip():
        sentence = "Closing needs a reason and the name of who decided it."
        raise CommandError(sentence, ExitCode.USAGE)
    ids = list(dict.fromkeys(entry_ids))
    with stores(Settings()) as servers, intake_desk(servers.database_url) as desk:
        for item in [existing(desk, each) for each in ids]:
            if item.closed_at or item.outcome != Outcome.QUARANTINED:
                raise _not_closable(item)
        for each in ids:
            if not desk.close_entry(each, by=by.strip(), note=note.strip(), at=system_clock()):
                raise _not_closable(existing(desk, each))  # somebody else was quicker
    if as_json:
        emit(ClosedEntry(id=ids[0], ids=ids, closed=True))
    elif len(ids) == 1:
        out().print(f"Entry {ids[0]} is closed.")
    else:
        out().print(f"{len(ids)} entries are closed.")


def _not_closable(item: DeskItem) -> CommandError:
    state = "closed already" if item.closed_at else item.outcome
    return CommandError(f"Entry {item.id} is {state}; only what is quarantined is closed.")


def existing(desk: IntakeDesk, entry_id: int) -> DeskItem:
    """Return an entry; raise `CommandError` if there is none."""
    item = desk.entry(entry_id)
    if item is None:
        raise CommandError(f"There is no entry {entry_id}.")
    return item


def _text(body: bytes) -> tuple[str, Literal["utf-8", "base64"]]:
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return b64encode(body).decode("ascii"), "base64"
