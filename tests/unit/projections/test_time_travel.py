"""What was known on a day, where it was corrected when something happened or came to be known."""

from datetime import date

import pytest

from domain.events.envelope import CaseEvent
from projections.time_travel import NOW, PointOfView, hindsight
from projections.timeline import timeline
from tests.support.stories import (
    Told,
    event_corrected,
    given,
    id_of,
    incident_reported,
    information_received,
    moment,
    tell,
    the,
)

OPENED = incident_reported("2024-03-01", ref="opened")


def correction(of: str, field: str, was: str, now: str, *, on: str, ref: str | None = None) -> Told:
    """A correction of a time told in days, at nine o'clock in winter."""
    moments = {"was": f"{was}T09:00:00Z", "now": f"{now}T09:00:00Z"}
    return event_corrected(on, target=the(of), field=field, ref=ref, **moments)


def names(events: list[CaseEvent]) -> list[str]:
    return [event.source_event_id for event in events]


def known(story: list[CaseEvent], known_on: str, recorded_by: str | None = None) -> list[str]:
    limit = None if recorded_by is None else moment(recorded_by)
    return names(PointOfView(date.fromisoformat(known_on), limit).visible(story))


def later(story: list[CaseEvent], known_on: str, recorded_by: str | None = None) -> list[str]:
    limit = None if recorded_by is None else moment(recorded_by)
    return names(hindsight(story, PointOfView(date.fromisoformat(known_on), limit)))


class TestKnownSooner:
    """The call came on 4 March, and was entered as of 20 March."""

    STORY = tell(
        OPENED,
        information_received("2024-03-04", known="2024-03-20", ref="call"),
        correction("call", "known_at", "2024-03-20", "2024-03-04", on="2024-03-22", ref="fix"),
    )

    @pytest.mark.parametrize(
        ("known_on", "seen"),
        [
            ("2024-03-03", ["opened"]),
            ("2024-03-04", ["opened", "call"]),
            ("2024-03-21", ["opened", "call"]),
            ("2024-03-22", ["opened", "call", "fix"]),
        ],
    )
    def test_it_counts_as_known_from_then(self, known_on: str, seen: list[str]) -> None:
        assert known(self.STORY, known_on) == seen

    def test_but_not_while_the_correction_was_not_recorded(self) -> None:
        assert known(self.STORY, "2024-03-05", recorded_by="2024-03-21") == ["opened"]
        assert later(self.STORY, "2024-03-05", recorded_by="2024-03-21") == ["call"]

    def test_so_it_is_no_hindsight(self) -> None:
        assert later(self.STORY, "2024-03-05") == []


class TestKnownLater:
    """The call was entered as known on 4 March; in truth nobody heard of it before 21 March."""

    STORY = tell(
        OPENED,
        information_received("2024-03-04", ref="call"),
        correction("call", "known_at", "2024-03-04", "2024-03-21", on="2024-03-22", ref="fix"),
    )

    @pytest.mark.parametrize(
        ("known_on", "seen"), [("2024-03-20", ["opened"]), ("2024-03-21", ["opened", "call"])]
    )
    def test_it_counts_as_known_from_then(self, known_on: str, seen: list[str]) -> None:
        assert known(self.STORY, known_on) == seen

    def test_so_it_is_hindsight(self) -> None:
        assert later(self.STORY, "2024-03-05") == ["call"]

    def test_unless_the_correction_itself_is_corrected(self) -> None:
        again = correction("fix", "now", "2024-03-21", "2024-03-10", on="2024-03-25")
        story = tell(
            OPENED,
            information_received("2024-03-04", ref="call"),
            correction("call", "known_at", "2024-03-04", "2024-03-21", on="2024-03-22", ref="fix"),
            again,
        )
        assert known(story, "2024-03-09") == ["opened"]
        assert known(story, "2024-03-10") == ["opened", "call"]


class TestHappenedSooner:
    """What was told on 20 March happened on 20 February."""

    STORY = tell(
        OPENED,
        information_received("2024-03-20", ref="told"),
        correction("told", "occurred_at", "2024-03-20", "2024-02-20", on="2024-03-22"),
    )

    def test_it_is_hindsight_and_reads_as_corrected(self) -> None:
        (event,) = hindsight(self.STORY, PointOfView(date(2024, 3, 5)))
        assert (event.source_event_id, event.occurred_at) == ("told", moment("2024-02-20"))

    def test_before_the_correction_was_recorded_it_was_not(self) -> None:
        assert later(self.STORY, "2024-03-05", recorded_by="2024-03-21") == []


class TestWhatItSays:
    """Only what was known by then is said, though its times are judged by all that is recorded."""

    def test_reads_with_the_corrections_in_view(self) -> None:
        case = given(
            OPENED,
            information_received("2024-03-04", ref="call", narrative="A row."),
            correction("call", "known_at", "2024-03-04", "2024-03-06", on="2024-03-22"),
            event_corrected(
                "2024-03-10", target=the("call"), field="narrative", was="A row.", now="An attack."
            ),
        )
        for day, narrative in (("2024-03-09", "A row."), ("2024-03-10", "An attack.")):
            seen = case.when_seen(known_on=day).then(timeline).at(id_of("call"))
            seen.has(narrative=narrative, known_at="2024-03-04")
        case.then(timeline).at(id_of("call")).has(narrative="An attack.", known_at="2024-03-06")


def test_from_now_everything_is_seen_and_nothing_is_hindsight() -> None:
    story = TestKnownLater.STORY
    assert NOW.visible(story) == story
    assert hindsight(story, NOW) == []


def test_what_is_seen_is_not_corrected_and_in_the_order_of_recording() -> None:
    story = TestKnownSooner.STORY
    assert PointOfView(date(2024, 3, 22)).visible(story) == story
    assert PointOfView(recorded_by=story[1].recorded_at).visible(story) == story[:2]
