"""What can become of something received, and why: five outcomes, their reasons, remarks beside."""

from domain.vocabulary.coded import CodedList


class Outcome(CodedList, source="Case Timeline: one door, five outcomes"):
    """Where a received message ended; every one ends in exactly one of these."""

    ACCEPTED = "accepted", "Accepted"
    DUPLICATE = "duplicate", "Duplicate"
    WAITING = "waiting", "Waiting for its predecessor"
    QUARANTINED = "quarantined", "Quarantined"
    REFUSED = "refused", "Refused"


class Reason(CodedList, source="Case Timeline: bad-input corpus"):
    """Why a message was not accepted; the label says what that means and what to do."""

    TOO_LARGE = "too-large", "Larger than 256 KiB; send less text, or refer to a document"
    NOT_UTF_8 = "not-utf-8", "Not UTF-8, or with a byte order mark; send plain UTF-8"
    MALFORMED_JSON = "malformed-json", "Not valid JSON; check that it was sent whole"
    DUPLICATE_MEMBER = "duplicate-member", "A member occurs twice in one object; send it once"
    NOT_A_JSON_NUMBER = "not-a-json-number", "NaN, infinity or the like; leave out what is unknown"
    NUMBER_OUT_OF_RANGE = (
        "number-out-of-range",
        "A number with too many digits; send references as text",
    )
    INVALID_UNICODE = "invalid-unicode", "Half of a surrogate pair; send whole characters"
    CONTROL_CHARACTER = "control-character", "A NUL character in text; remove it"
    TOO_DEEP = "too-deep", "Nested deeper than 32 levels; send it flatter"
    TOO_MANY_MEMBERS = "too-many-members", "Over 256 members in one object; send only known ones"
    NOT_AN_OBJECT = (
        "not-an-object",
        "Not a JSON object; send one CloudEvent a message, its data an object",
    )
    NOT_A_CLOUDEVENT = (
        "not-a-cloudevent",
        "Not a CloudEvents 1.0 envelope; send its required attributes",
    )
    INVALID_ID = (
        "invalid-id",
        "An id, source or reference not of its form; write it as the guide shows",
    )
    SOURCE_MISMATCH = (
        "source-mismatch",
        "Its source is not one that its sender may publish; send it as the system it is of",
    )
    UNKNOWN_TYPE = "unknown-type", "No such event type; use a name from the list of events"
    SCHEMA_NEWER = (
        "schema-newer",
        "A newer schema version than this service knows; have it upgraded",
    )
    UNKNOWN_MEMBER = (
        "unknown-member",
        "The event type has no such member; correct its name or leave it out",
    )
    MISSING_MEMBER = "missing-member", "A member that the event type needs is absent; add it"
    UNKNOWN_CODE = "unknown-code", "A code that is not in its list; use one that is"
    WRONG_TYPE = (
        "wrong-type",
        "A value of another JSON type than the member has; send the right type",
    )
    INVALID_VALUE = "invalid-value", "A value that its member or event does not admit; correct it"
    INVALID_TIMESTAMP = "invalid-timestamp", "Not a timestamp or day that exists; write RFC 3339"
    TIMESTAMP_NEEDS_OFFSET = (
        "timestamp-needs-offset",
        "A timestamp without an offset; add Z or +01:00",
    )
    TIMESTAMP_OUT_OF_RANGE = (
        "timestamp-out-of-range",
        "Before 1900 or absurdly late; correct the year",
    )
    FUTURE_EVENT = "future-event", "More than 24 hours in the future; check the sender's clock"
    ID_REUSED = "id-reused", "Its id has other content already; send a new fact under a new id"
    UNKNOWN_CASE = (
        "unknown-case",
        "Nothing has opened this case yet; send its first concern or incident",
    )
    AWAITING_PREDECESSOR = (
        "awaiting-predecessor",
        "What it builds on has not arrived; send that, and not this again",
    )
    CROSS_CASE = (
        "cross-case",
        "It refers to an event of another case; correct the subject or reference",
    )
    WRONG_STREAM = (
        "wrong-stream",
        "Its subject is of a kind that has no such events; correct the subject",
    )
    CONTRADICTION = (
        "contradiction",
        "It contradicts what the case says; find out which is right, correct that",
    )
    STALE_VERSION = (
        "stale-version",
        "The case has changed since the version that was named; read it again, then repeat",
    )
    CORRECTION_LOOP = (
        "correction-loop",
        "It refers to itself, maybe through others; refer to what was there first",
    )
    LEGAL_HOLD = (
        "legal-hold",
        "A hold forbids to destroy this; ask the privacy officer whether to lift the hold",
    )
    UNSUPPORTED_MEDIA_TYPE = (
        "unsupported-media-type",
        "Of a media type that is not taken, and not looked at; send a CloudEvent as JSON",
    )
    ENCODING_NOT_SUPPORTED = (
        "encoding-not-supported",
        "Compressed or otherwise encoded, and not looked at; send it plain",
    )
    REQUEST_TIMEOUT = (
        "request-timeout",
        "It did not arrive whole in time; send it again, without pauses",
    )
    NOT_PROCESSABLE = (
        "not-processable",
        "This service failed to read it; nothing to do, an operator must look",
    )


class Remark(CodedList, source="Case Timeline: bad-input corpus"):
    """What its sender should look at in an event that was understood; it decides nothing.

    It is about how something was sent, which whoever works on the case can do nothing about. So it
    stands on the receipt and in the ledger and is no flag of a rule.
    """

    SUSPICIOUS_UNICODE = (
        "suspicious-unicode",
        "Text holds characters that are not seen or turn others round; it is kept as it was sent",
    )
    CLOCK_SKEW = (
        "clock-skew",
        "A time lies over a minute ahead of this service's; check the sender's clock",
    )
    LEAP_SECOND = "leap-second", "A time with second 60; it is kept as the end of second 59"
