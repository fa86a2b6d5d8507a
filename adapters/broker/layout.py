"""What stands on the broker: a stream that takes events in, its consumer, and a stream out."""

import re
from dataclasses import dataclass
from datetime import timedelta

from adapters.wire import source_of_subject, subject_for
from adapters.wire.cloudevents import SUBJECT_PREFIX
from domain.events.envelope import OWN_SOURCE

_NOT_PRINTABLE = re.compile(r"[^\x21-\x7e]")
_NOT_IN_A_TOKEN = re.compile(r"[^\x21-\x7e]|[.*>]")
_STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""No source has it in its name."""
_LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerLayout:
    """Names and settings of the streams and of the consumer."""

    stream: str = "CASES"
    subject_prefix: str = SUBJECT_PREFIX
    durable: str = "intake"
    replicas: int = 1
    """How many servers keep each message; three where there is a cluster."""
    max_age: timedelta = timedelta(days=30)
    """How long a message stays at the most, taken in or not."""
    duplicate_window: timedelta = timedelta(hours=1)
    """How long the broker knows a message id again. Saves work only: the ledger decides."""
    ack_wait: timedelta = timedelta(seconds=60)
    """When a message given to a process that died is given to another; no commit takes longer."""
    max_ack_pending: int = 1_000
    out_stream: str = "CASES_OUT"
    out_prefix: str = "cases.out."
    flags_prefix: str = "cases.flags."
    out_max_age: timedelta = timedelta(days=30)
    """How long what was relayed stays: as long may a subscriber be away and miss nothing."""

    @property
    def subjects(self) -> str:
        """The subjects the stream takes in, as a pattern."""
        return f"{self.subject_prefix}>"

    @property
    def out_subjects(self) -> str:
        """The subjects on which accepted events go out, as a pattern."""
        return f"{self.out_prefix}>"

    @property
    def flags_subjects(self) -> str:
        """The subjects on which flags are announced, as a pattern."""
        return f"{self.flags_prefix}>"

    def subject_of_event(self, event_type: str) -> str:
        """Return the subject on which events of this type go out."""
        return self.out_prefix + _NOT_IN_A_TOKEN.sub("_", event_type)

    def subject_of_flag(self, rule: str) -> str:
        """Return the subject on which flags of this rule are announced."""
        return self.flags_prefix + _NOT_IN_A_TOKEN.sub("_", rule)

    def subject_for(self, source: str) -> str:
        """Return the subject on which `source` publishes."""
        return self.subject_prefix + source_of_subject(subject_for(source))

    def source_of(self, subject: str) -> str:
        """Return the source that a subject vouches for, as it stands there.

        A subject that no source has comes back as one that can be stored, and still is no source's:
        U+FFFD stands for what is not printable ASCII, and for what is too long for a source; and it
        follows the source of this service itself, whose events never come from the broker.
        """
        source = source_of_subject(SUBJECT_PREFIX + subject.removeprefix(self.subject_prefix))
        if source == source_of_subject(subject_for(OWN_SOURCE)):
            source += _STAND_IN
        if len(source) > _LONGEST_SOURCE:
            source = source[: _LONGEST_SOURCE - 1] + _STAND_IN
        return _NOT_PRINTABLE.sub(_STAND_IN, source)
