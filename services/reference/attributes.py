"""How an event stands on the wire: which field is a CloudEvents attribute, which is in `data`."""

ENVELOPE_MEMBERS = (
    "actor",
    "on_behalf_of",
    "subjects",
    "property_ref",
    "sensitivity",
    "evidence",
    "narrative",
)
"""The fields of the envelope that are members of `data`; the others are attributes or set here."""

OF_THE_EVENT = {
    "id": ("source_event_id", "The event's key at its source; with `source` the duplicate key."),
    "source": ("source", "The system that published the event."),
    "subject": ("case_ref", "The case, as the system that issued the reference and the reference."),
    "time": ("occurred_at", "When it happened."),
    "timeprecision": ("occurred_precision", "How exactly `time` is known."),
    "timeend": ("occurred_to", "The end of the range that begins at `time`."),
    "knowntime": ("known_at", "When the landlord first knew; left out, when it was received."),
    "correlationid": ("correlation_id", "A reference of the publisher's that groups events."),
    "causationid": ("causation_id", "A reference of the publisher's to what caused the event."),
}
"""Attribute -> the field of the event it holds, and what that means."""

REQUIRED = ("specversion", "id", "source", "type", "subject", "time", "data")

OF_THE_TRANSPORT = {
    "recordedtime": "When this service took the event in; it writes this and never reads it.",
    "traceparent": "W3C trace context; not part of the content.",
    "tracestate": "W3C trace context; not part of the content.",
    "datacontenttype": "What `data` is written in; not part of the content.",
    "dataschema": "Where the schema of `data` is kept; not part of the content.",
}
"""Attributes that say nothing of the fact, and what they mean."""
