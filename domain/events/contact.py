"""Group d: contact made with the person, and attempts that failed."""

from typing import Annotated

from pydantic import Field, StrictInt
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import Narrative, PersonRef
from domain.streams import FILES
from domain.vocabulary.consent import Direction
from domain.vocabulary.contact import ContactFailure, ContactMode
from domain.vocabulary.people import YesNoUnknown

AttemptNumber = Annotated[StrictInt, Field(ge=1, le=10_000)]


class ContactMade(CaseEvent):
    """The landlord and a person were in contact; whether the person was seen is said apart."""

    SUMMARY = "There was contact with a person."
    ACCOUNT = ("observations", "voice", "professional_curiosity")
    STREAMS = FILES

    person: PersonRef | None = None
    """With whom."""
    mode: ContactMode
    direction: Direction = Direction.OUTBOUND
    seen: YesNoUnknown
    seen_alone: YesNoUnknown | None = None
    voice: Narrative | None = None
    """What the person said or showed of their own view."""
    understanding_checked: YesNoUnknown | None = None
    """Whether it was made sure that the person understands what is asked of them."""
    observations: Narrative | None = None
    professional_curiosity: Narrative | None = None
    """What did not seem right, and what was asked because of it."""

    @override
    def headline(self) -> str:
        seen = {YesNoUnknown.YES: "person seen", YesNoUnknown.NO: "person not seen"}
        told = f", {seen[self.seen]}" if self.seen in seen else ""
        if self.seen is self.seen_alone is YesNoUnknown.YES:
            told += " alone"
        return f"Contact ({self.mode.label.lower()}){told}"


class ContactAttemptFailed(CaseEvent):
    """The landlord tried to reach a person and did not."""

    SUMMARY = "An attempt at contact failed."
    STREAMS = FILES

    person: PersonRef | None = None
    """Whom it was to reach."""
    mode: ContactMode
    reason: ContactFailure
    attempt_no: AttemptNumber | None = None
    """Which attempt in a row it was, counted by whoever tried."""

    @override
    def headline(self) -> str:
        which = f" {self.attempt_no}" if self.attempt_no else ""
        return (
            f"Contact attempt{which} failed ({self.mode.label.lower()}): "
            f"{self.reason.label.lower()}"
        )
