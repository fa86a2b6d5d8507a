"""How good the record of a case is: what is missing, what came late, what had to be corrected."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.integrity import EventCorrected
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.vocabulary.coded import CodedList
from projections.data_gaps import DataGap, Missing, missing_in
from projections.event_row import in_case
from projections.read_model import ReadModel, Row

LATE = timedelta(hours=24)
VERY_LATE = timedelta(days=3)
"""From when on what the landlord knew counts as entered late, and very late; ours."""

_UNKNOWN = "unknown"


class DataQualityRow(Row):
    """One case. Where a `..._since` is None, that is not missing."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    is_open: bool
    """Whether work on the case goes on."""
    missing: tuple[Missing, ...]
    """What is missing or not known: each with since when, and how often."""
    missing_count: int
    """How many different things those are."""
    missing_since: datetime | None
    """Since when the longest missing of them is."""
    owner_missing_since: datetime | None
    """Since when nobody leads the case."""
    authority_missing_since: datetime | None
    """Since when the local authority is not known."""
    triage_missing_since: datetime | None
    """Since when a concern has waited that nobody triaged."""
    section_42_unknown_since: datetime | None
    """Since when triage has left the section 42 test open."""
    consent_unknown_since: datetime | None
    """Since when there has been a concern, and no word on consent or acting without it."""
    feedback_missing_since: datetime | None
    """Since when a referral of the open case has been without a decision or feedback."""
    feedback_day_unknown_since: datetime | None
    """Since when there has been feedback of which the day is not known."""
    channel_unknown_since: datetime | None
    """Since when there has been a concern of which the channel is not known."""
    role_unknown_since: datetime | None
    """Since when there has been a person whose role is not known."""
    birth_date_missing_since: datetime | None
    """Since when there has been a child at risk whose date of birth is not known."""
    communication_missing_since: datetime | None
    """Since when there has been someone harmed or at risk whom nobody knows how to reach."""
    property_missing_since: datetime | None
    """Since when no home has been named."""
    assurance_unfounded_since: datetime | None
    """Since when the case has been closed as assured though nobody confirmed, of a referral that
    was taken on, that the risk was dealt with; or without full assurance and no reason why."""
    referrals_without_feedback: int
    """How many referrals have neither decision nor feedback."""
    persons_without_role: int
    """How many persons have no known role."""
    children_without_birth_date: int
    """How many children at risk have no date of birth."""
    persons_without_communication: int
    """How many of those harmed or at risk have no communication preference."""
    events: int
    """How many events there are."""
    recorded_late: int
    """How many of them were entered more than 24 hours after the landlord knew."""
    recorded_very_late: int
    """How many of them were entered more than three days after the landlord knew."""
    longest_recording_delay_hours: int
    """Whole hours from knowing to entering, of the latest entered."""
    corrections: int
    """How many corrections were made."""
    unknown_codes: int
    """How often a coded answer, given or left out, is "not known"."""


data_quality = ReadModel("data_quality", 1, DataQualityRow)

_SINCE = {
    DataGap.OWNER: "owner_missing_since",
    DataGap.AUTHORITY: "authority_missing_since",
    DataGap.TRIAGE: "triage_missing_since",
    DataGap.SECTION_42: "section_42_unknown_since",
    DataGap.CONSENT: "consent_unknown_since",
    DataGap.FEEDBACK: "feedback_missing_since",
    DataGap.FEEDBACK_DAY: "feedback_day_unknown_since",
    DataGap.CHANNEL: "channel_unknown_since",
    DataGap.ROLE: "role_unknown_since",
    DataGap.BIRTH_DATE: "birth_date_missing_since",
    DataGap.COMMUNICATION: "communication_missing_since",
    DataGap.PROPERTY: "property_missing_since",
    DataGap.ASSURANCE: "assurance_unfounded_since",
}
_COUNTED = {
    DataGap.FEEDBACK: "referrals_without_feedback",
    DataGap.ROLE: "persons_without_role",
    DataGap.BIRTH_DATE: "children_without_birth_date",
    DataGap.COMMUNICATION: "persons_without_communication",
}


@data_quality.of_whole_streams()
def _quality(case: History, policy: Policy) -> Iterable[DataQualityRow]:
    missing = tuple(missing_in(case))
    yield DataQualityRow(
        **in_case(case.recorded[0]),
        **_columns(missing),
        **_delays(case.recorded),
        is_open=case.is_open,
        events=len(case.recorded),
        corrections=len(case.all(EventCorrected)),
        unknown_codes=sum(map(_unknown_in, case.recorded)),
    )


def _columns(missing: tuple[Missing, ...]) -> dict[str, Any]:
    found = {each.what: each for each in missing}
    since = {name: found[gap].since if gap in found else None for gap, name in _SINCE.items()}
    counts = {name: found[gap].count if gap in found else 0 for gap, name in _COUNTED.items()}
    return {
        **since,
        **counts,
        "missing": missing,
        "missing_count": len(missing),
        "missing_since": min((each.since for each in missing), default=None),
    }


def _delays(events: Sequence[CaseEvent]) -> dict[str, int]:
    delays = [event.recorded_at - event.known_at for event in events]
    return {
        "recorded_late": sum(delay > LATE for delay in delays),
        "recorded_very_late": sum(delay > VERY_LATE for delay in delays),
        "longest_recording_delay_hours": max(0, max(delays) // timedelta(hours=1)),
    }


def _unknown_in(event: CaseEvent) -> int:
    return sum(_unknown(getattr(event, name)) for name in _coded_answers(type(event)))


def _unknown(value: object) -> int:
    match value:
        case CodedList():
            return value == _UNKNOWN
        case tuple():
            return sum(map(_unknown, value))
        case BaseModel():
            return sum(_unknown(getattr(value, name)) for name in _coded(type(value)))
    return 0


@cache
def _coded_answers(event_type: type[CaseEvent]) -> tuple[str, ...]:
    return tuple(name for name in _coded(event_type) if name not in ENVELOPE_FIELDS)


@cache
def _coded(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields in which "not known" may stand; their type says so."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if _may_be_unknown(field.annotation))


def _may_be_unknown(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, CodedList):
        return _UNKNOWN in list(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return bool(_coded(annotation))
    return any(map(_may_be_unknown, get_args(annotation)))
