"""Commands on the ledger of everything received."""

from enum import StrEnum
from typing import Annotated

import typer

from services.cli.options import Json, Limit


class OutcomeName(StrEnum):
    """The five outcomes, as `intake list --outcome` names them."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    WAITING = "waiting"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


EntryId = Annotated[int, typer.Argument(metavar="ID", help="The entry's number in the list.")]
EntryIds = Annotated[
    list[int] | None, typer.Argument(metavar="[ID]...", help="The entries' numbers in the list.")
]
SomeIds = Annotated[
    list[int], typer.Argument(metavar="ID...", help="The entries' numbers in the list.")
]
Outcome = Annotated[
    OutcomeName | None, typer.Option("--outcome", help="Only what ended so.", case_sensitive=False)
]
Source = Annotated[str | None, typer.Option("--source", help="Only what came from this system.")]
Closed = Annotated[bool, typer.Option("--closed", help="Also what was closed by a person.")]
Before = Annotated[
    int | None, typer.Option("--before", metavar="ID", help="Only entries older than this one.")
]
Payload = Annotated[
    bool,
    typer.Option("--payload", help="Also the original content, which may hold personal data."),
]
ReasonCode = Annotated[
    str | None,
    typer.Option("--reason", metavar="CODE", help="All open entries with this reason."),
]
All = Annotated[bool, typer.Option("--all", help="All open entries.")]
Note = Annotated[str, typer.Option("--note", help="Why nothing is to come of it.")]
By = Annotated[str, typer.Option("--by", help="Who decided so.")]


def list_entries(
    outcome: Outcome = None,
    source: Source = None,
    closed: Closed = False,
    before: Before = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List what was received, newest first."""
    from services.cli.work.intake import list_ledger

    list_ledger(outcome, source, before, limit, closed=closed, as_json=as_json)


def show(entry_id: EntryId, payload: Payload = False, as_json: Json = False) -> None:
    """Show one entry."""
    from services.cli.work.intake import show_entry

    show_entry(entry_id, payload=payload, as_json=as_json)


def retry(
    entry_ids: EntryIds = None,
    reason: ReasonCode = None,
    everything: All = False,
    as_json: Json = False,
) -> None:
    """Decide waiting or quarantined entries again."""
    from services.cli.work.retrying import retry_entries

    retry_entries(entry_ids or [], reason, everything=everything, as_json=as_json)


def close(entry_ids: SomeIds, note: Note, by: By, as_json: Json = False) -> None:
    """Close quarantined entries for good."""
    from services.cli.work.intake import close_entries

    close_entries(entry_ids, note=note, by=by, as_json=as_json)


def reconcile(as_json: Json = False) -> None:
    """Check that all received is accounted for."""
    from services.cli.work.reconciling import reconcile_ledger

    reconcile_ledger(as_json=as_json)
