"""Records what is read at the console. Whoever may run a command holds the database's own rights,
so nothing is decided here; but that it was read is on record, as for everyone."""

import getpass
import os
from collections.abc import Iterable
from contextlib import closing

from adapters.access_store.records import AccessRecord
from adapters.access_store.store import AccessStore, AccessStoreUnavailable
from domain.access import Action
from domain.identity import case_id_of
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import RecordPart
from projections.time_travel import NOW, PointOfView
from services.cli.exits import CommandError
from services.clock import system_clock

RULE = "console"
"""Stands in an access record in the place of a rule: nothing was decided."""

_ISSUER = "console"


def read_on_record(
    database_url: str,
    references: Iterable[str],
    part: RecordPart,
    view: PointOfView = NOW,
    action: Action | None = None,
) -> None:
    """Record that these cases or files are read; raise `CommandError` where that cannot be."""
    now = system_clock()
    entries = [
        AccessRecord(
            at=now,
            principal=f"{_ISSUER}|{_who()}",
            staff=None,
            session=f"{os.getpid()}",
            request="",
            action=(action or (Action.READ if view.is_now else Action.TIME_TRAVEL)).value,
            part=part.value,
            permitted=True,
            rules=[RULE],
            case_id=case_id_of(reference),
            case_ref=reference,
            purpose=None,
            reason=None,
            shown=sorted(each.value for each in PersonalClass),
            known_on=view.known_on,
            recorded_by=view.recorded_by,
        )
        for reference in references
    ]
    try:
        with closing(AccessStore(database_url)) as access:
            access.record(entries)
    except AccessStoreUnavailable:
        raise CommandError(
            "The reading could not be recorded, and so nothing is shown; is the database migrated?"
        ) from None


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return str(os.getuid())
