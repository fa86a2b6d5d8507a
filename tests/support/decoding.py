"""What is decoded of what is stored, as it happens."""

import pytest
from eventsourcing.persistence import StoredEvent

from adapters.event_store.mapper import CaseEventMapper
from domain.events.envelope import CaseEvent


def noting_decoded(monkeypatch: pytest.MonkeyPatch) -> list[StoredEvent]:
    """The stored events that are decoded from here on."""
    decoded: list[StoredEvent] = []
    decode = CaseEventMapper.to_domain_event

    def noting(self: CaseEventMapper, stored: StoredEvent) -> CaseEvent:
        decoded.append(stored)
        return decode(self, stored)

    monkeypatch.setattr(CaseEventMapper, "to_domain_event", noting)
    return decoded
