"""The roads in and out: NATS JetStream streams of what publishers sent and what was accepted."""

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable
from adapters.broker.layout import BrokerLayout
from adapters.broker.publishing import Published, publish_lines
from adapters.broker.streams import check, check_in, check_out, provision

__all__ = [
    "BrokerLayout",
    "BrokerNotReady",
    "BrokerUnreachable",
    "Published",
    "check",
    "check_in",
    "check_out",
    "provision",
    "publish_lines",
]
