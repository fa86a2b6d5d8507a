"""In an emergency, opens one case to someone to whom it is closed: to read, and for an hour."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from anyio import to_thread

from domain.access import RULES, Action
from domain.events.envelope import OWN_SOURCE
from domain.events.permissions import GlassBroken
from domain.streams import StreamKind, stream_kind
from domain.vocabulary.access import GlassGround
from domain.vocabulary.rights import AccessPurpose
from services.access.opened import OwnGlass
from services.access.recording import Message, Recording
from services.access.telling import NotRecorded, full_name, written
from services.access.visitor import Asking, Forbidden, NotThere, Visitor

OPEN_FOR = timedelta(minutes=60)

_SPENT = "glass-spent"


async def break_glass(
    recording: Recording, visitor: Visitor, case_id: UUID, ground: GlassGround, reason: str
) -> datetime:
    """Record that the visitor opens the case in an emergency; return until when it is open.

    Where it is open to them so already, that is left as it is. Raises `Forbidden` where they have
    done so too often today, whatever there is of the case; else what recording raises.
    """
    gate = recording.gate
    own = await to_thread.run_sync(gate.own_glass, visitor, case_id)
    if own.until is not None:
        return own.until
    until = recording.clock() + OPEN_FOR
    try:
        sent = await to_thread.run_sync(
            _opening, recording, visitor, case_id, own, ground, reason, until
        )
        await recording.submit(sent)
    except (NotRecorded, NotThere):
        # Asked twice at the same time, the other may have come first.
        own = await to_thread.run_sync(gate.own_glass, visitor, case_id)
        if own.until is None:
            raise
        return own.until
    return until


def _opening(
    recording: Recording,
    visitor: Visitor,
    case_id: UUID,
    own: OwnGlass,
    ground: GlassGround,
    reason: str,
    until: datetime,
) -> Message:
    """Return what to record on the case, once the gate has let that be."""
    asking = Asking(action=Action.BREAK_GLASS, purpose=AccessPurpose.EMERGENCY, reason=reason)
    try:
        opened = recording.gate.open(visitor, asking, case_id)
    except NotThere:
        if own.is_spent:
            raise Forbidden(_SPENT, RULES[_SPENT].why) from None
        raise
    if stream_kind(opened.case_ref) is not StreamKind.CASE:
        raise NotThere
    actor = recording.actor(opened.standing, Action.BREAK_GLASS)
    # One for each time: whoever asks twice at once breaks it once.
    which = sha256(f"{case_id}\n{actor.id}\n{own.times}".encode()).hexdigest()[:32]
    sent = {
        "specversion": "1.0",
        "id": f"glass:{which}",
        "source": OWN_SOURCE,
        "type": full_name(GlassBroken),
        "subject": opened.case_ref,
        "time": recording.clock().isoformat(),
        "data": {
            "actor": actor.model_dump(mode="json"),
            "glass_id": which,
            "ground": ground,
            "reason": reason,
            "until": until.isoformat(),
        },
    }
    return Message(opened.case_ref, written(sent))
