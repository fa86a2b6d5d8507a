"""What can become of something received, and why: the five outcomes and their reasons."""

from domain.vocabulary.coded import CodedList


class Outcome(CodedList, source="Case Timeline: one door, five outcomes"):
    """Where a received message ended; every one ends in exactly one of these."""

    ACCEPTED = "accepted", "Accepted"
    DUPLICATE = "duplicate", "Duplicate"
    WAITING = "waiting", "Waiting for its predecessor"
    QUARANTINED = "quarantined", "Quarantined"
    REFUSED = "refused", "Refused"


class Reason(CodedList, source="Case Timeline: bad-input corpus"):
    """Why a message was not accepted; the label tells its sender what to do."""

    TOO_LARGE = "too-large", "Larger than 256 KiB; send less text, or refer to a document"
    NOT_UTF_8 = "not-utf-8", "Not UTF-8 without a byte order mark; encode it so"
    MALFORMED_JSON = "malformed-json", "Not valid JSON; check that it was sent whole"
    DUPLICATE_MEMBER = "duplicate-member", "A member occurs twice in one object; send it once"
    NOT_A_JSON_NUMBER = "not-a-json-number", "NaN or infinity; leave the member out if unknown"
    NUMBER_OUT_OF_RANGE = "number-out-of-range", "A number with too many digits"
    INVALID_UNICODE = "invalid-unicode", "Half of a surrogate pair; send whole characters"
    CONTROL_CHARACTER = "control-character", "A NUL character in text; remove it"
    TOO_DEEP = "too-deep", "Nested deeper than 32 levels"
    TOO_MANY_MEMBERS = "too-many-members", "An object with more than 256 members"
    NOT_AN_OBJECT = "not-an-object", "Not a JSON object; send one CloudEvent a message"
    NOT_A_CLOUDEVENT = "not-a-cloudevent", "Not a CloudEvents 1.0 envelope"
    INVALID_ID = "invalid-id", "An id, source or reference that is not of its form"
    SOURCE_MISMATCH = "source-mismatch", "The event's source is not the one it was sent as"
    UNKNOWN_TYPE = "unknown-type", "No such event type in the catalogue"
    SCHEMA_NEWER = "schema-newer", "A newer schema version than this service knows; upgrade it"
    UNKNOWN_MEMBER = "unknown-member", "A member that the event type does not have"
    MISSING_MEMBER = "missing-member", "A member that the event type needs is absent"
    UNKNOWN_CODE = "unknown-code", "A coded value that is not in its list"
    WRONG_TYPE = "wrong-type", "A value of another JSON type than the member has"
    INVALID_VALUE = "invalid-value", "A value that its member does not admit"
    INVALID_TIMESTAMP = "invalid-timestamp", "Not an RFC 3339 timestamp or date of the calendar"
    TIMESTAMP_NEEDS_OFFSET = "timestamp-needs-offset", "A timestamp without Z or an offset"
    TIMESTAMP_OUT_OF_RANGE = "timestamp-out-of-range", "A timestamp before 1900 or absurdly late"
    FUTURE_EVENT = "future-event", "More than 24 hours in the future; check the sender's clock"
    ID_REUSED = "id-reused", "This id was already used with other content; both are kept"
    UNKNOWN_CASE = "unknown-case", "No concern or incident has opened this case yet"
    AWAITING_PREDECESSOR = "awaiting-predecessor", "Something it builds on has not arrived yet"
    CROSS_CASE = "cross-case", "It refers to an event of another case"
    CONTRADICTION = "contradiction", "It contradicts what the case already says"
    NOT_PROCESSABLE = "not-processable", "This service failed to read it; an operator must look"
