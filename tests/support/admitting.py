"""Says what a stream of any kind admits: on a stream where a story was told, when this comes.

on("authority:E09000001", forum_seat_recorded()).admits(forum_seat_ended())
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.case import Admitted, Contradiction, Verdict, Waiting, admit, fold
from domain.events.envelope import CaseEvent
from domain.outcomes import Reason
from tests.support.telling import CASE_REF, Told, moment, tell

CASE = CASE_REF
PERSON = "person:tenant"
PROPERTY = "property:uprn-100012345678"
LANDLORD = "organisation:cromwood"
AUTHORITY = "authority:E09000001"
ACCESS = "access:asb/2024-0117"


def on(stream: str, *story: Told) -> "Stream":
    """The stream of that reference, on which `story` was recorded."""
    return Stream(stream, tell(*story, case_ref=stream))


@dataclass(frozen=True)
class Stream:
    """A stream as told so far."""

    ref: str
    events: Sequence[CaseEvent]

    def admits(self, told: Told) -> None:
        """It takes this in next."""
        verdict = self._verdict(told)
        assert verdict == Admitted(), verdict

    def lets_wait(
        self, told: Told, *words: str, reason: Reason = Reason.AWAITING_PREDECESSOR
    ) -> None:
        """This waits, for something with these words."""
        verdict = self._verdict(told)
        assert isinstance(verdict, Waiting), verdict
        assert verdict.reason is reason
        assert [word for word in words if word not in verdict.what_for] == []

    def contradicts(self, told: Told, *words: str, reason: Reason = Reason.CONTRADICTION) -> None:
        """This cannot be true of it; why is said with these words."""
        verdict = self._verdict(told)
        assert isinstance(verdict, Contradiction), verdict
        assert verdict.reason is reason
        assert [word for word in words if word not in verdict.why] == []

    def _verdict(self, told: Told) -> Verdict:
        previously = self.events[-1].recorded_at if self.events else moment("2024-02-29")
        named = replace(told, ref=told.ref or "new")
        event = named.placed(len(self.events) + 1, previously, self.ref)
        by_id = {earlier.event_id: earlier for earlier in self.events}
        wanted = (ref.event_id for ref in event.refers_to())
        found = {event_id: by_id[event_id] for event_id in wanted if event_id in by_id}
        return admit(fold(self.events), event, found)
