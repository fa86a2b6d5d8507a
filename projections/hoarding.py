"""Hoarding: how serious it was found to be over time, room by room, and what else was seen."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.hoarding import HoardingLevelAssessed, RoomRating
from domain.streams import FILES
from domain.vocabulary.hoarding import HoardingLevel, Insight
from domain.vocabulary.people import YesNoUnknown
from projections.in_order import placed
from projections.personal_columns import Place, Pseudonym, Reference
from projections.read_model import ReadModel, Row

NOBODY_NAMED = "-"
"""The key of the row of what was assessed without saying who lives there."""


class HoardingFlags(Part):
    """What an assessment says of the home, each as far as whoever made it could say."""

    fire_risk: YesNoUnknown
    access_blocked: YesNoUnknown
    structure_at_risk: YesNoUnknown
    repairs_blocked: YesNoUnknown
    rooms_unusable: YesNoUnknown
    damp_or_disrepair: YesNoUnknown
    animals: YesNoUnknown
    children_present: YesNoUnknown


class HoardingAssessment(HoardingFlags):
    """One assessment, as it was made."""

    event_id: UUID
    at: datetime
    home: Place[str | None]
    level: HoardingLevel
    rooms: tuple[RoomRating, ...]
    insight: Insight | None
    photos: Reference[tuple[str, ...]]


class RoomNow(Part):
    """A room as it was last rated."""

    home: Place[str | None]
    room: Place[str]
    rating: int
    """The picture of the clutter image rating that it looks like: 1 is clear, 9 is full."""
    rated_at: datetime
    previous_rating: int | None
    """As rated the time before; None if never."""
    highest_rating: int


class HoardingRow(Row):
    """Hoarding by one person of a case, or by nobody named. The history is in `assessments`."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "whose"

    whose: Pseudonym[str]
    """The person; `-` for assessments that name nobody."""
    person: Pseudonym[str | None]
    """The person; None for assessments that name nobody."""
    level: HoardingLevel
    """How serious it is, by the latest assessment."""
    level_since: datetime
    """Since when every assessment has found that level."""
    assessed_at: datetime
    """When the latest assessment was made."""
    previous_level: HoardingLevel | None
    """The level before `level`; None where there was no other."""
    highest_level: HoardingLevel
    """The most serious level ever found."""
    assessed_times: int
    """How often it was assessed."""
    highest_rating: int | None
    """The rating of the most cluttered room, as each was last rated; None where none was."""
    rooms: tuple[RoomNow, ...]
    """Each room as last rated."""
    fire_risk: YesNoUnknown
    """Whether there is a risk of fire. This and the seven that follow are the latest answer that is
    known: "not known" undoes none."""
    access_blocked: YesNoUnknown
    """Whether the way in, out or through is blocked."""
    structure_at_risk: YesNoUnknown
    """Whether the building may suffer."""
    repairs_blocked: YesNoUnknown
    """Whether maintenance cannot be done."""
    rooms_unusable: YesNoUnknown
    """Whether rooms cannot be used for what they are for."""
    damp_or_disrepair: YesNoUnknown
    """Whether the home is damp or in disrepair."""
    animals: YesNoUnknown
    """Whether animals are hoarded, or kept in it."""
    children_present: YesNoUnknown
    """Whether there are children in the home."""
    insight: Insight | None
    """How far the person sees it as a problem, as last said and known."""
    insight_at: datetime | None
    """When that was said."""
    assessments: tuple[HoardingAssessment, ...]
    """Every assessment with the rooms it rated, in order of happening."""


hoarding = ReadModel("hoarding", 1, HoardingRow, streams=FILES)


def _whose(event: HoardingLevelAssessed) -> tuple[str, ...]:
    return (event.person or NOBODY_NAMED,)


@hoarding.on(HoardingLevelAssessed, keys=_whose)
def _assessed(row: HoardingRow | None, event: HoardingLevelAssessed, whose: str) -> HoardingRow:
    new = HoardingAssessment(
        **{name: getattr(event, name) for name in HoardingFlags.model_fields},
        event_id=event.event_id,
        at=event.occurred_at,
        home=event.property_ref,
        level=event.level,
        rooms=event.rooms,
        insight=event.insight,
        photos=event.photos,
    )
    told = placed(row.assessments if row else (), new, event)
    levels = [each.level for each in told]
    rooms = tuple(_rooms(told))
    insight = _insight(told)
    return HoardingRow(
        **{name: _answer(told, name) for name in HoardingFlags.model_fields},
        case_id=event.case_id,
        case_ref=event.case_ref,
        whose=whose,
        person=event.person,
        level=levels[-1],
        level_since=_level_since(told),
        assessed_at=told[-1].at,
        previous_level=next((it for it in reversed(levels) if it is not levels[-1]), None),
        highest_level=max(levels, key=lambda level: level.place),
        assessed_times=len(told),
        highest_rating=max((room.rating for room in rooms), default=None),
        rooms=rooms,
        insight=insight.insight if insight else None,
        insight_at=insight.at if insight else None,
        assessments=told,
    )


Told = Sequence[HoardingAssessment]


def _level_since(told: Told) -> datetime:
    since = told[-1]
    for each in reversed(told):
        if each.level is not since.level:
            break
        since = each
    return since.at


def _answer(told: Told, name: str) -> YesNoUnknown:
    answers = (getattr(each, name) for each in reversed(told))
    return next((it for it in answers if it is not YesNoUnknown.UNKNOWN), YesNoUnknown.UNKNOWN)


def _insight(told: Told) -> HoardingAssessment | None:
    not_known = (None, Insight.UNKNOWN)
    return next((each for each in reversed(told) if each.insight not in not_known), None)


def _rooms(told: Told) -> Iterator[RoomNow]:
    ratings: dict[tuple[str | None, str], list[tuple[HoardingAssessment, RoomRating]]] = {}
    for each in told:
        for room in each.rooms:
            place = (each.home, " ".join(room.room.casefold().split()))
            ratings.setdefault(place, []).append((each, room))
    for (home, _), rated in ratings.items():
        assessment, latest = rated[-1]
        yield RoomNow(
            home=home,
            room=latest.room,
            rating=latest.rating,
            rated_at=assessment.at,
            previous_rating=rated[-2][1].rating if len(rated) > 1 else None,
            highest_rating=max(room.rating for _, room in rated),
        )
