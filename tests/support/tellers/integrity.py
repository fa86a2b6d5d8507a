"""Tells events of the group integrity: corrections and rights."""

from domain.events.integrity import EventCorrected
from tests.support.telling import teller, the

event_corrected = teller(
    EventCorrected,
    target=the("e-1"),
    field="narrative",
    reason="It was entered wrongly.",
    by="staff:12",
)
