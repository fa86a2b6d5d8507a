"""The form in which events and flags go out: CloudEvents 1.0 in structured JSON."""

from pydantic_core import to_json

from adapters.broker import BrokerLayout
from adapters.broker.outgoing import Outgoing
from adapters.read_store.flags import DueFlag
from adapters.wire import encode
from adapters.wire.flags import FlagRaised, encode_flag
from domain.events.envelope import CaseEvent
from domain.vocabulary.rules import FlagEffect


def event_message(event: CaseEvent, position: int, layout: BrokerLayout) -> Outgoing:
    """Return the message that passes on an accepted event, as it was recorded."""
    return Outgoing(
        subject=layout.subject_of_event(event.type),
        id=event.event_id,
        body=to_json(encode(event)),
        position=position,
    )


def flag_message(flag: DueFlag, layout: BrokerLayout) -> Outgoing:
    """Return the message that announces a flag; raise ValueError where it is not of its form."""
    raised = FlagRaised(
        rule=flag.rule,
        rule_version=flag.rule_version,
        item=flag.item or None,
        since=flag.since,
        due_at=flag.due_at,
        effect=FlagEffect(flag.effect),
        why=flag.why,
        clears=flag.clears,
        owner=flag.owner,
        authority=flag.authority,
    )
    sent = encode_flag(raised, flag_id=flag.flag_id, case_ref=flag.case_ref, at=flag.due_at)
    return Outgoing(subject=layout.subject_of_flag(flag.rule), id=flag.flag_id, body=to_json(sent))
