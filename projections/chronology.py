"""The chronology of each review: the timeline, with the author's choice and analysis laid over it.

Nothing is edited: of several words of an author on one event the latest holds for that review, and
another review may see the event otherwise.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.events.contact import ContactMade
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.reviews import ChronologyEntryCurated, ChronologySubmitted, ReviewNotified
from domain.latest import period_end, supersedes
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import CASES_AND_ORGANISATIONS
from domain.times import in_london
from domain.vocabulary.people import YesNoUnknown
from projections.chronology_columns import decision_of, response_of, told_of, voice_of
from projections.chronology_row import ChronologyRow, Inclusion
from projections.contacts import Gap
from projections.event_row import days_between, in_case, strictest
from projections.read_model import ReadModel
from projections.review_scope import contact_gaps, in_scope
from projections.timeline import TimelineRow, display_order, timeline

chronology = ReadModel("chronology", 1, ChronologyRow, streams=CASES_AND_ORGANISATIONS)

_ABOUT_THE_RECORD = (EventCorrected, ChronologyEntryCurated, ChronologySubmitted)
"""What shows in other entries, or is the chronology itself: entered only where it was chosen."""

_OF_THE_TIMELINE = (
    "event_id",
    "type",
    "occurred_at",
    "occurred_precision",
    "occurred_to",
    "source",
    "source_event_id",
    "persons",
    "headline",
    "known_at",
    "recorded_at",
    "corrections",
    "disputes",
    "redacted",
)
"""The columns that are as they are in the timeline."""

Words = dict[UUID, ChronologyEntryCurated]


@chronology.of_whole_streams()
def _chronologies(history: History, policy: Policy) -> Iterator[ChronologyRow]:
    reviews = [event for event in history.recorded if isinstance(event, ReviewNotified)]
    if not reviews:
        return
    told = {event.event_id: event for event in history.recorded}
    lines = display_order(timeline.fold_history(history, policy))
    for review in reviews:
        yield from _Chronology(review, told, lines, _words(history.recorded, review)).rows()


def _words(events: Sequence[CaseEvent], review: ReviewNotified) -> Words:
    """Return the author's latest word on each event."""
    words: Words = {}
    for event in events:
        if isinstance(event, ChronologyEntryCurated) and event.review_id == review.review_id:
            earlier = words.get(event.event.event_id)
            if supersedes(event, earlier.occurred_at if earlier else None):
                words[event.event.event_id] = event
    return words


@dataclass
class _Chronology:
    """The chronology of one review."""

    review: ReviewNotified
    events: dict[UUID, CaseEvent]
    lines: Sequence[TimelineRow]
    words: Words

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in contact within its scope."""
        return contact_gaps(list(self.events.values()), self.review)

    def rows(self) -> Iterator[ChronologyRow]:
        """Yield its entries, numbered in order of happening."""
        entered = (line for line in self.lines if self._has_a_place(line.event_id))
        for place, line in enumerate(entered, 1):
            yield self._row(place, line)

    def _has_a_place(self, event_id: UUID) -> bool:
        event = self.events[event_id]
        if event_id in self.words:
            return True
        return in_scope(event, self.review) and not isinstance(event, _ABOUT_THE_RECORD)

    def _row(self, place: int, line: TimelineRow) -> ChronologyRow:
        event, word = self.events[line.event_id], self.words.get(line.event_id)
        known_after = max(0, days_between(period_end(event), event.known_at))
        return ChronologyRow(
            **in_case(event),
            **{name: getattr(line, name) for name in _OF_THE_TIMELINE},
            **_content(event, line),
            **_contact(event, self.gaps),
            **_curated(word),
            entry=f"{self.review.review_id}|{line.event_id}",
            review_id=self.review.review_id,
            place=place,
            in_scope=in_scope(event, self.review),
            agency=(event.on_behalf_of or event.actor).organisation,
            author_role=event.actor.role,
            about_review_persons=self._about_its_persons(line),
            known_after_days=known_after,
            is_hindsight=known_after > 0,
            sensitivity=strictest([event, word] if word else [event]),
        )

    def _about_its_persons(self, line: TimelineRow) -> bool | None:
        whom = self.review.persons
        return any(person in whom for person in line.persons) if whom else None


def _content(event: CaseEvent, line: TimelineRow) -> dict[str, Any]:
    readable = line.redacted is None
    decided = decision_of(event) if readable else None
    return {
        "account": line.narrative,
        "voice": voice_of(event) if readable else None,
        "decision": decided and decided.decision,
        "rationale": decided and decided.rationale,
        "response": response_of(event) if readable else None,
        "who_was_told": told_of(event) if readable else (),
    }


def _contact(event: CaseEvent, gaps: Sequence[Gap]) -> dict[str, Any]:
    if not isinstance(event, ContactMade):
        return dict.fromkeys(
            ("seen", "seen_alone", "contact_gap_before", "contact_gap_after"), None
        )
    began, ended = (in_london(each).date() for each in (event.occurred_at, period_end(event)))
    return {
        "seen": event.seen,
        "seen_alone": event.seen_alone,
        "contact_gap_before": next((gap for gap in gaps if gap.until == began), None),
        "contact_gap_after": next((gap for gap in gaps if gap.since == ended), None),
    }


def _curated(word: ChronologyEntryCurated | None) -> dict[str, Any]:
    if word is None:
        undecided = {
            "include": Inclusion.UNDECIDED,
            "policy_expectation_met": YesNoUnknown.UNKNOWN,
        }
        unsaid = ("significance", "impact", "analysis", "curated_at", "curated_by")
        return undecided | dict.fromkeys(unsaid)
    return {
        "include": Inclusion.INCLUDED if word.include else Inclusion.LEFT_OUT,
        "significance": word.significance,
        "impact": word.impact,
        "analysis": word.analysis,
        "policy_expectation_met": word.policy_expectation_met,
        "curated_at": word.occurred_at,
        "curated_by": word.actor.id,
    }
