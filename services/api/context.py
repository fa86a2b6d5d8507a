"""What the routes work with: opened once, when the service starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Request

from adapters.event_store.desk import IntakeDesk
from adapters.event_store.oversight import IntakeOversight
from adapters.identity.key_set import KeySet
from adapters.identity.verifier import TokenVerifier
from adapters.read_store.reader import ReadStore
from services.access import Gate, Opened
from services.access.reading import OpenedReading
from services.access.shown_before import ShownBefore
from services.api.live import LiveChanges
from services.intake import Intake
from services.review import CaseReview


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that stands behind the API."""

    database_url: str
    gate: Gate
    intake: Intake
    desk: IntakeDesk
    oversight: IntakeOversight
    review: CaseReview
    read_store: ReadStore
    verifier: TokenVerifier
    keys: Sequence[KeySet]
    """The providers' keys."""
    live: LiveChanges
    deciding: CapacityLimiter
    """Keeps live streams from taking all threads and connections from requests."""
    clock: Callable[[], datetime]
    landlord: str
    """What the landlord is called in what people record."""
    shown_before: ShownBefore = field(default_factory=ShownBefore)

    def reading(self, opened: Opened) -> OpenedReading:
        """Return what reads a case that was opened at the gate."""
        return OpenedReading(self.review, self.read_store, opened, self.clock(), self.shown_before)


def context_of(request: Request) -> Context:
    """Return what stands behind the API that got this request."""
    context = request.app.state.context
    assert isinstance(context, Context)
    return context


async def _context(request: Request) -> Context:
    # In the event loop: whatever is no coroutine takes a thread for each request.
    return context_of(request)


InContext = Annotated[Context, Depends(_context)]
"""A parameter of a route: what stands behind the API."""
