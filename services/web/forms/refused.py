"""Why something could not be recorded, in words for whoever filled in the form."""

from domain.outcomes import Reason
from services.access.telling import NotRecorded

_WORDS = {
    Reason.CONTRADICTION: "It does not fit what is on record: {detail}.",
    Reason.AWAITING_PREDECESSOR: "What it builds on is not on record: {detail}.",
    Reason.CROSS_CASE: "Something you chose belongs to another case.",
    Reason.WRONG_STREAM: "Such events are not recorded here.",
    Reason.TOO_LARGE: "It is too much text. Shorten it, or refer to a document.",
    Reason.FUTURE_EVENT: "It lies in the future.",
    Reason.ID_REUSED: "Something else was recorded with this form already. Begin a new one.",
}


def words_of(refused: NotRecorded) -> str:
    """Return what keeps it from being recorded, and what to do."""
    words = _WORDS.get(refused.reason, "It could not be recorded. Check your answers.")
    if "{detail}" in words and not refused.detail:
        words = words.replace(": {detail}", "")
    return words.format(detail=refused.detail)
