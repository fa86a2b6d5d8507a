"""Tells events of the group rights: holds, subject access, disputes, erasure."""

from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RectificationDisputed,
    RetentionHoldLifted,
    RetentionHoldPlaced,
    SubjectAccessFulfilled,
    SubjectAccessReceived,
)
from tests.support.telling import TENANT, teller, the

_APPROVALS = ("staff:dpo", "staff:director")

hold_placed = teller(RetentionHoldPlaced, hold_id="H1", reason="review")
hold_lifted = teller(RetentionHoldLifted, hold_id="H1")
subject_access_received = teller(SubjectAccessReceived, request_id="SA1", requester=TENANT)
subject_access_fulfilled = teller(SubjectAccessFulfilled, request_id="SA1")
rectification_disputed = teller(
    RectificationDisputed, target=the("disputed"), statement="I shouted for help.", by=TENANT
)
person_data_erased = teller(
    PersonDataErased, person=TENANT, lawful_reason="retention-ended", approvals=_APPROVALS
)
event_redacted = teller(
    EventRedacted, target=the("wrong"), lawful_reason="wrong-record", approvals=_APPROVALS
)
