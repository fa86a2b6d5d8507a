"""Group d: how serious hoarding is, assessed by itself and with the clutter image rating."""

from typing import Annotated, Self

from pydantic import Field, StrictInt, StringConstraints, model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import ItemId, Part, PersonRef
from domain.events.special_category import refuse_standard
from domain.personal import Personal
from domain.streams import FILES
from domain.vocabulary.hoarding import HoardingLevel, Insight
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass

Room = Annotated[
    str,
    StringConstraints(min_length=1, max_length=100),
    Personal(PersonalClass.LOCATION),
]
ClutterRating = Annotated[StrictInt, Field(ge=1, le=9)]
"""A picture of the clutter image rating: 1 is clear, 9 is full."""


class RoomRating(Part):
    """A room, and the picture of the clutter image rating that it looks like."""

    room: Room
    rating: ClutterRating


class HoardingLevelAssessed(CaseEvent):
    """How serious hoarding in a home is. The level is judged; ratings are kept beside it.

    What is said of the person's insight is about their health: then at least restricted.
    """

    SUMMARY = "How serious hoarding is was assessed."
    STREAMS = FILES

    person: PersonRef | None = None
    level: HoardingLevel
    rooms: Annotated[tuple[RoomRating, ...], Field(max_length=100)] = ()
    fire_risk: YesNoUnknown
    access_blocked: YesNoUnknown
    """Whether the way in, out or through is blocked."""
    structure_at_risk: YesNoUnknown
    repairs_blocked: YesNoUnknown
    """Whether maintenance cannot be done."""
    rooms_unusable: YesNoUnknown = YesNoUnknown.UNKNOWN
    damp_or_disrepair: YesNoUnknown = YesNoUnknown.UNKNOWN
    animals: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether animals are hoarded, or kept in it."""
    children_present: YesNoUnknown = YesNoUnknown.UNKNOWN
    insight: Insight | None = None
    """How far the person sees it as a problem."""
    photos: Annotated[tuple[ItemId, ...], Field(max_length=100)] = ()
    """Which of the envelope's `evidence` are photographs, by their references."""

    @model_validator(mode="after")
    def _is_restricted_where_about_health(self) -> Self:
        if self.insight is not None:
            refuse_standard(self.sensitivity)
        return self

    @property
    def highest_rating(self) -> int | None:
        """The rating of the most cluttered room."""
        return max((room.rating for room in self.rooms), default=None)

    @override
    def headline(self) -> str:
        highest = self.highest_rating
        rated = "" if highest is None else f"; clutter image rating up to {highest}"
        return f"Hoarding assessed: {self.level}{rated}"
