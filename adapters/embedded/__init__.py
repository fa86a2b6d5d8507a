"""PostgreSQL and NATS run by Case Timeline itself, from wheels, for one machine.

Each server lives in a directory. Any number of processes may use it at the same time: the first
starts it, later ones join it, the last one to leave stops it.
"""

from adapters.embedded.errors import EmbeddedServerError
from adapters.embedded.nats import EmbeddedNats
from adapters.embedded.postgres import EmbeddedPostgres

__all__ = ["EmbeddedNats", "EmbeddedPostgres", "EmbeddedServerError"]
