"""A case, as far as more than one fact about it rests on the same."""

from datetime import date
from decimal import Decimal
from functools import cached_property

from tests.support.recomputing.facts import Fact
from tests.support.recomputing.places import Places, place_of
from tests.support.recomputing.record import (
    Event,
    each_of,
    first,
    in_turn,
    known_on,
    latest,
    of_type,
)

NOT_SAFEGUARDING = ("asb", "welfare", "unclassified")
STRANDS = (
    "adult",
    "child",
    "domestic-abuse",
    "hoarding",
    "hate-crime",
    "modern-slavery",
    "staff",
)
HARMED_OR_AT_RISK = (
    "adult-at-risk",
    "child-at-risk",
    "victim",
    "additional-victim",
    "intended-target",
    "perpetrator-also-at-risk",
    "family-at-risk",
)


class Case:
    """A case, and what its facts have in common."""

    def __init__(self, ref: str, events: list[Event], places: Places) -> None:
        self.ref, self.events = ref, events
        self._places, self._place = places, place_of(events)

    def all(self, *types: str) -> list[Event]:
        """Its events of these types, in the order in which they were accepted."""
        return of_type(self.events, *types)

    @cached_property
    def formal(self) -> Event | None:
        """Its formal opening."""
        return next(iter(self.all("CaseOpened")), None)

    @cached_property
    def concern(self) -> Event | None:
        """Its first concern."""
        return first(self.all("ConcernRaised"))

    @cached_property
    def report(self) -> Event | None:
        """Its first report, a concern or an incident."""
        return first(self.all("ConcernRaised", "IncidentReported"))

    @cached_property
    def opened_on(self) -> date:
        """The day from which the landlord had it."""
        opening = self.formal or self.report
        assert opening is not None
        return known_on(opening)

    @cached_property
    def began_as(self) -> str:
        """What it was treated as to begin with; what it was reclassified from stands."""
        if changes := self.all("Reclassified"):
            return str(changes[0]["from"])
        if self.formal:
            return str(self.formal["initial_classification"])
        assert self.report is not None
        if self.report["_type"] == "IncidentReported":
            return self.report.get("category") or "unclassified"
        strands = set(self.report.get("strands", ()))
        return strands.pop() if len(strands) == 1 else "safeguarding"

    @cached_property
    def reclassified(self) -> list[Event]:
        """Its reclassifications, in the order of happening."""
        return in_turn(self.all("Reclassified"))

    @cached_property
    def new_on(self) -> date | None:
        """The day on which it was first treated as safeguarding."""
        if self.was_opened_so:
            return self.opened_on
        into = [each for each in self.reclassified if each["to"] not in NOT_SAFEGUARDING]
        return min(map(known_on, into), default=None)

    @property
    def was_opened_so(self) -> bool:
        """Whether it was treated as safeguarding to begin with."""
        return self.began_as not in NOT_SAFEGUARDING

    @cached_property
    def authority(self) -> str | None:
        """The local authority it was opened with, or else that of the place."""
        opened_with = self.formal.get("authority") if self.formal else None
        of_the_place: str | None = self._places.told_of(self._place, "authority")
        return opened_with or of_the_place

    @cached_property
    def housing_type(self) -> str | None:
        """The kind of home: as opened, or as last changed, or else that of the place."""
        as_opened = self.formal.get("housing_type") if self.formal else None
        changes = [each for each in self.all("HousingContextChanged") if each.get("housing_type")]
        changed = latest(changes)
        of_the_place: str | None = self._places.told_of(self._place, "housing_type")
        return as_opened or (changed["housing_type"] if changed else None) or of_the_place

    @cached_property
    def about_staff(self) -> bool:
        """Whether it is about a member of staff, and so never named."""
        return "staff" in self.strands or bool(self.all("StaffAllegationRaised"))

    @cached_property
    def strands(self) -> set[str]:
        """Every strand named, opened as, or reclassified to."""
        named = self.named_in_concerns("strands")
        treated_as = {self.began_as, *(each["to"] for each in self.reclassified)}
        return named | (treated_as & set(STRANDS))

    def named_in_concerns(self, name: str) -> set[str]:
        """The codes that any concern lists under this name."""
        return set().union(*(each_of(concern, name) for concern in self.all("ConcernRaised")))

    def fact(self, figure: str, day: date, dimension: str = "", value: float | Decimal = 1) -> Fact:
        """A fact of it."""
        return self.stock(figure, day, None, dimension, value)

    def stock(
        self,
        figure: str,
        day: date,
        until: date | None,
        dimension: str = "",
        value: float | Decimal = 1,
    ) -> Fact:
        """A fact of it that counts from a day until another."""
        ref = None if self.about_staff else self.ref
        return Fact(figure, dimension, day, until, ref, self.authority, Decimal(value))
