"""Which kind of file an event belongs to; the reference it is published under says so."""

from hashlib import sha256

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

PROPERTIES = frozenset({StreamKind.PROPERTY})
"""Events that describe a property, whatever case it comes into."""

ORGANISATIONS = frozenset({StreamKind.ORGANISATION, StreamKind.AUTHORITY})
"""Events about the landlord or an authority, which outlive every case."""

LANDLORD = frozenset({StreamKind.ORGANISATION})
"""Events about the landlord itself."""

AUTHORITIES = frozenset({StreamKind.AUTHORITY})
"""Events about the landlord's dealings with one authority."""

ACCESS = frozenset({StreamKind.ACCESS})
"""Events about who read or exported something."""

CASES_AND_ORGANISATIONS = CASES | ORGANISATIONS
"""Work that belongs to a case, or to the landlord as a whole."""

CASES_AND_AUTHORITIES = CASES | {StreamKind.AUTHORITY}
"""What the landlord takes up with a local authority, over one case or over its ways at large."""

ANY = frozenset(StreamKind)


def stream_kind(reference: str) -> StreamKind:
    """Return the kind of the stream known as `reference`, such as `authority:E09000001`.

    What stands before the colon names the kind; anything else is the system that issued the
    reference of a case.
    """
    return _RESERVED.get(reference.partition(":")[0], StreamKind.CASE)


_LONGEST = 100
"""As many characters may stand after the colon of a reference."""


def access_stream_of(reference: str) -> str:
    """Return the reference of the stream that says who read the stream `reference`.

    For `asb:2024-0117` it is `access:asb/2024-0117`. No two streams share one: what stands before
    the first slash is the system that issued the reference. Where that would be too long for a
    reference, a hash stands for it, under a system no reference can name.
    """
    system, _, own = reference.partition(":")
    told = f"{system}/{own}"
    if len(told) > _LONGEST:
        told = f"0/{sha256(reference.encode()).hexdigest()}"
    return f"{StreamKind.ACCESS}:{told}"
