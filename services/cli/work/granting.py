"""Grants roles through the service's own door: the first ones, and those of the demonstration."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from adapters.event_store.application import Cases
from adapters.wire import Refusal, decode
from domain.events.envelope import OWN_SOURCE
from domain.outcomes import Outcome
from services.cli.answers import Granted
from services.cli.connecting import stores
from services.cli.console import emit, out
from services.cli.exits import CommandError, ExitCode
from services.clock import system_clock
from services.intake import Receipt, Submission, Writer
from services.intake.writer import Clock
from services.settings import Settings

LANDLORD_STREAM = "organisation:landlord"
"""The landlord's own file, on which grants are recorded."""

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Own:
    """An event that this service records itself: what it is called, of what type, what it says."""

    id: str
    type: str
    data: Data

    @property
    def delivery(self) -> str:
        """How the ledger knows it."""
        return f"own:{self.id}"

    def sent(self, at: datetime) -> Submission:
        """Return it as it comes to the door."""
        event = {
            "specversion": "1.0",
            "id": self.id,
            "source": OWN_SOURCE,
            "type": f"uk.casetimeline.{self.type}.v1",
            "subject": LANDLORD_STREAM,
            "time": at.astimezone(UTC).isoformat(),
            "data": self.data,
        }
        return Submission(self.delivery, OWN_SOURCE, json.dumps(event).encode(), at)


def recorded(
    database_url: str, events: Sequence[Own], clock: Clock = system_clock
) -> list[Receipt]:
    """Record events together; return what became of each."""
    now = clock()
    with closing(Cases(database_url)) as cases:
        return Writer(cases, clock).commit([event.sent(now) for event in events])


def grant_role(data: Data, *, by: str, as_json: bool) -> None:
    """Grant a role, or say why that cannot be; nothing is kept of what cannot."""
    settings = Settings()
    grant_id = f"grant-{uuid4().hex[:12]}"
    actor = {"id": by, "role": "Operator", "organisation": settings.landlord}
    told = {name: value for name, value in data.items() if value}
    granted = Own(grant_id, "RoleGranted", {"actor": actor, "grant_id": grant_id, **told})
    _check(granted)
    with stores(settings) as servers:
        (receipt,) = recorded(servers.database_url, [granted])
    if receipt.outcome is not Outcome.ACCEPTED:
        raise CommandError(f"It was not granted: {receipt.detail or receipt.outcome}.")
    answer = Granted(
        grant_id=grant_id,
        principal=told["principal"],
        role=told["role"],
        staff=told.get("staff"),
        publishes=told.get("publishes"),
    )
    if as_json:
        emit(answer)
    else:
        out().print(f"Granted, as {grant_id}: {answer.role} to {answer.principal}.", markup=False)


def _check(granted: Own) -> None:
    sent = granted.sent(system_clock())
    try:
        decode(sent.body, received_at=sent.received_at, sent_as=OWN_SOURCE)
    except Refusal as refusal:
        where = refusal.detail.removeprefix("data.")
        raise CommandError(f"It cannot be granted: {where}.", ExitCode.USAGE) from None
