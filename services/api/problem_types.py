"""The closed list of problems that the API answers with, and what to do about each."""

from typing import NamedTuple

from domain.outcomes import Reason

_REFUSED_EVENT = 422
_REASON_STATUS = {
    Reason.MALFORMED_JSON: 400,
    Reason.TOO_DEEP: 400,
    Reason.DUPLICATE_MEMBER: 400,
    Reason.NOT_UTF_8: 400,
    Reason.SOURCE_MISMATCH: 403,
    Reason.ID_REUSED: 409,
    Reason.CROSS_CASE: 409,
    Reason.CONTRADICTION: 409,
    Reason.CORRECTION_LOOP: 409,
    Reason.LEGAL_HOLD: 409,
}
_ANSWERED_OTHERWISE = frozenset(
    {
        Reason.TOO_LARGE,
        Reason.AWAITING_PREDECESSOR,
        Reason.STALE_VERSION,
        Reason.UNSUPPORTED_MEDIA_TYPE,
        Reason.ENCODING_NOT_SUPPORTED,
        Reason.REQUEST_TIMEOUT,
    }
)
"""What is said of a request in other words than of a message."""


class ProblemType(NamedTuple):
    """One kind of problem: its stable name, its HTTP status, what it means and what to do."""

    slug: str
    status: int
    title: str
    remedy: str

    @property
    def uri(self) -> str:
        """The `type` of its problem documents."""
        return f"/problems/{self.slug}"


def _of_reason(reason: Reason) -> ProblemType:
    title, _, remedy = reason.label.partition("; ")
    status = _REASON_STATUS.get(reason, _REFUSED_EVENT)
    return ProblemType(reason.value, status, f"{title}.", f"{remedy[0].upper()}{remedy[1:]}.")


_OF_REQUESTS = (
    ProblemType(
        "malformed-request",
        400,
        "The request is not valid HTTP/1.1.",
        "Send it with a client library, and with one length or chunked, not both.",
    ),
    ProblemType(
        "invalid-token",
        401,
        "No access token, or one that is not valid here.",
        "Get a new access token from the identity provider and send it as a bearer token.",
    ),
    ProblemType(
        "not-permitted",
        403,
        "Your role does not include this.",
        "Ask an administrator whether you should have a role that does.",
    ),
    ProblemType(
        "not-found",
        404,
        "There is nothing here, or nothing that you may see.",
        "Check the address, and that you have been granted access.",
    ),
    ProblemType(
        "method-not-allowed",
        405,
        "This address does not take that method.",
        "Use one of the methods that the Allow header names.",
    ),
    ProblemType(
        "not-acceptable",
        406,
        "The answer cannot be given in a form that was asked for.",
        "Send an Accept header with a media type that the API description names.",
    ),
    ProblemType(
        "request-timeout",
        408,
        "The request did not arrive in time.",
        "Send it again, whole and without pauses.",
    ),
    ProblemType(
        "awaiting-predecessor",
        409,
        "What it builds on is not on record.",
        "Record that first, then this again.",
    ),
    ProblemType(
        "not-yet",
        409,
        "What you wait for has not been taken in yet.",
        "Repeat after the seconds that Retry-After gives, or ask without `wait_for`.",
    ),
    ProblemType(
        "stale-version",
        412,
        "The case has changed since the version that you named.",
        "Read the case again, look at what changed, and repeat with its new version.",
    ),
    ProblemType(
        "too-large",
        413,
        "The body is larger than this address takes.",
        "Send less text, refer to a document, or send smaller batches.",
    ),
    ProblemType(
        "unsupported-media-type",
        415,
        "The body is of a media type that this address does not take.",
        "Send it with a Content-Type that the API description names.",
    ),
    ProblemType(
        "encoding-not-supported",
        415,
        "The body is compressed or otherwise encoded.",
        "Send it plain, without Content-Encoding.",
    ),
    ProblemType(
        "invalid-parameter",
        422,
        "A parameter is missing or is not what it has to be.",
        "Correct what `errors` names.",
    ),
    ProblemType(
        "version-required",
        428,
        "A change has to say which version of the case it is based on.",
        "Send the `version` that reading the case gave, in quotation marks, as If-Match.",
    ),
    ProblemType(
        "rate-limited",
        429,
        "Too many requests in too short a time.",
        "Wait for the seconds that Retry-After gives, then send more slowly.",
    ),
    ProblemType(
        "read-budget-spent",
        429,
        "More cases were read than one person may read in this time.",
        "Ask your manager if the work needs more.",
    ),
    ProblemType(
        "headers-too-large",
        431,
        "The request line and headers are larger than 16 KiB.",
        "Send shorter headers, and put data into the body.",
    ),
    ProblemType(
        "internal-error",
        500,
        "This service failed to answer.",
        "Tell an operator the incident number; it is in the log.",
    ),
    ProblemType(
        "overloaded",
        503,
        "There is more work than this service can do at once.",
        "Repeat after the seconds that Retry-After gives.",
    ),
    ProblemType(
        "deadline",
        503,
        "The answer was not ready in time.",
        "Repeat later; an event that is sent again under its id takes effect only once.",
    ),
    ProblemType(
        "outcome-unknown",
        503,
        "Whether this was stored is not known yet.",
        "Send it again under the same id; it takes effect only once.",
    ),
    ProblemType(
        "unavailable",
        503,
        "Something that this service needs is away.",
        "Repeat later; /readyz says what is away.",
    ),
)

PROBLEMS = {
    problem.slug: problem
    for problem in (
        *(_of_reason(reason) for reason in Reason if reason not in _ANSWERED_OTHERWISE),
        *_OF_REQUESTS,
    )
}
"""Every problem there is, by its slug."""
