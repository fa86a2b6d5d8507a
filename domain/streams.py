"""Which kind of file an event belongs to; the reference it is published under says so."""

from domain.vocabulary.coded import CodedList


class StreamKind(CodedList, source="Case Timeline"):
    """What a stream of events is the file of."""

    CASE = "case", "A case"
    PERSON = "person", "A person, before or beside any case"
    PROPERTY = "property", "A property, before or beside any case"
    ORGANISATION = "organisation", "The landlord itself"
    AUTHORITY = "authority", "A local authority the landlord works with"
    ACCESS = "access", "Who read or exported what"


_RESERVED = {f"{kind}": kind for kind in StreamKind if kind is not StreamKind.CASE}

CASES = frozenset({StreamKind.CASE})
"""Events that are about a case and nothing else."""

FILES = frozenset({StreamKind.CASE, StreamKind.PERSON, StreamKind.PROPERTY})
"""Events that a case may hold, and also the file of a person or property that has no case yet."""

ORGANISATIONS = frozenset({StreamKind.ORGANISATION, StreamKind.AUTHORITY})
"""Events about the landlord or an authority, which outlive every case."""

CASES_AND_ORGANISATIONS = CASES | ORGANISATIONS
"""Work that belongs to a case, or to the landlord as a whole."""

ANY = frozenset(StreamKind)


def stream_kind(reference: str) -> StreamKind:
    """Return the kind of the stream known as `reference`, such as `authority:E09000001`.

    What stands before the colon names the kind; anything else is the system that issued the
    reference of a case.
    """
    return _RESERVED.get(reference.partition(":")[0], StreamKind.CASE)
