"""The road in: a NATS JetStream stream that keeps what publishers sent until it is committed."""

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable
from adapters.broker.layout import BrokerLayout
from adapters.broker.publishing import Published, publish_lines
from adapters.broker.streams import check, provision

__all__ = [
    "BrokerLayout",
    "BrokerNotReady",
    "BrokerUnreachable",
    "Published",
    "check",
    "provision",
    "publish_lines",
]
