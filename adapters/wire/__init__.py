"""The form in which events travel: strict JSON in CloudEvents 1.0 envelopes."""

from adapters.wire.cloudevents import Decoded, decode, encode, source_of_subject, subject_for
from adapters.wire.refusal import Refusal

__all__ = ["Decoded", "Refusal", "decode", "encode", "source_of_subject", "subject_for"]
