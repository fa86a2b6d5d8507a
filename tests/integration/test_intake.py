"""The one door on a real database: each thing received ends in one outcome, with its event or not.

What several writers do to each other is in `test_intake_together`.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from adapters.broker import BrokerLayout
from adapters.event_store import ledger
from adapters.event_store.application import StoreUnavailable
from adapters.event_store.mapper import CaseEventMapper
from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.outcomes import Outcome, Reason
from services.intake import Submission
from services.intake.writer import submission_of
from tests.support.intakes import Feeding, feeding, outcomes_of
from tests.support.messages import RECEIVED, Message, body, message, submission, with_data
from tests.support.stories import (
    CASE_REF,
    action_agreed,
    action_cancelled,
    action_completed,
    action_progressed,
    case_closed,
    case_reopened,
    event_corrected,
    glass_broken,
    glass_reviewed,
    incident_reported,
    person_involved,
    reclassified,
    the,
)

OTHER_CASE = "asb:2024-0999"

OPENING = message(incident_reported("2024-03-01", category="asb"), "opening")
PERSON = message(person_involved("2024-03-02"), "person")
AGREED = message(action_agreed("2024-03-03"), "agreed")
PROGRESSED = message(action_progressed("2024-03-04"), "progressed")
COMPLETED = message(action_completed("2024-03-05"), "completed")
CLOSED = message(case_closed("2024-03-06"), "closed")
REOPENED = message(case_reopened("2024-03-07"), "reopened")
STORY = [OPENING, PERSON, AGREED, PROGRESSED, COMPLETED, CLOSED, REOPENED]
IN_ORDER = [sent["id"] for sent in STORY]


@pytest.fixture
def intake(database_url: str) -> Iterator[Feeding]:
    with feeding(database_url) as fed:
        yield fed
        fed.assert_sound()


def saves(intake: Feeding, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the events of each transaction from here on."""
    counted: list[int] = []
    append = intake.cases.append

    def counting(events: Any, **kwargs: Any) -> Any:
        counted.append(len(events))
        return append(events, **kwargs)

    monkeypatch.setattr(intake.cases, "append", counting)
    return counted


class TestOutcomes:
    def test_accepted(self, intake: Feeding) -> None:
        receipt = intake.takes_one(OPENING)
        assert (receipt.outcome, receipt.reason, receipt.detail) == (Outcome.ACCEPTED, None, None)
        assert (receipt.case_ref, receipt.version, receipt.position) == (CASE_REF, 1, 1)
        (event,) = intake.events()
        assert event.event_id == receipt.event_id
        assert event.recorded_at == RECEIVED
        entry = intake.ledger()["opening"]
        assert (entry.outcome, entry.version, entry.payload) == (Outcome.ACCEPTED, 1, None)

    def test_positions_go_up_as_events_are_accepted(self, intake: Feeding) -> None:
        positions = [receipt.position for receipt in intake.takes(*STORY)]
        assert positions == list(range(1, len(STORY) + 1))

    def test_duplicate(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        receipt = intake.takes_one(submission(OPENING, "again"))
        assert (receipt.outcome, receipt.position) == (Outcome.DUPLICATE, 1)
        assert intake.told() == ["opening"]
        assert intake.outcomes() == {"opening": "accepted", "again": "duplicate"}

    def test_duplicate_in_one_batch(self, intake: Feeding) -> None:
        receipts = intake.takes(OPENING, submission(OPENING, "again"))
        assert outcomes_of(receipts) == ["accepted", "duplicate"]
        assert intake.told() == ["opening"]

    def test_duplicate_of_what_waits(self, intake: Feeding) -> None:
        intake.takes(COMPLETED)
        assert intake.takes_one(submission(COMPLETED, "again")).outcome is Outcome.DUPLICATE
        intake.takes(OPENING, AGREED)
        assert intake.told() == ["opening", "agreed", "completed"]

    @pytest.mark.parametrize("first", ["accepted", "waiting"])
    def test_an_id_used_again_for_something_else(self, intake: Feeding, first: str) -> None:
        if first == "accepted":
            intake.takes(OPENING)
        sent = PERSON if first == "accepted" else COMPLETED
        assert intake.takes_one(sent).outcome == first
        intake.clock.goes(hours=1)
        other = with_data(sent, narrative="Something else.")
        receipt = intake.takes_one(submission(other, "other"))
        assert (receipt.outcome, receipt.reason) == (Outcome.QUARANTINED, Reason.ID_REUSED)
        assert "2026-01-05 09:00:00 UTC" in str(receipt.detail)
        both = [intake.ledger()[sent["id"]], intake.ledger()["other"]]
        assert both[0].event_id == both[1].event_id
        assert [entry.outcome for entry in both] == [first, "quarantined"]
        assert both[1].payload == submission(other).body

    def test_waiting(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        receipt = intake.takes_one(COMPLETED)
        assert (receipt.outcome, receipt.reason) == (Outcome.WAITING, Reason.AWAITING_PREDECESSOR)
        assert "A1" in str(receipt.detail)
        entry = intake.ledger()["completed"]
        assert (entry.payload, entry.version) == (submission(COMPLETED).body, None)

    def test_waiting_for_a_case_nobody_has_opened(self, intake: Feeding) -> None:
        receipt = intake.takes_one(PERSON)
        assert (receipt.outcome, receipt.reason) == (Outcome.WAITING, Reason.UNKNOWN_CASE)

    def test_quarantined_because_it_contradicts(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        receipt = intake.takes_one(message(reclassified(from_="child"), "wrong"))
        assert (receipt.outcome, receipt.reason) == (Outcome.QUARANTINED, Reason.CONTRADICTION)
        assert intake.told() == ["opening"]

    def test_quarantined_because_it_refers_to_another_case(self, intake: Feeding) -> None:
        theirs = message(incident_reported(), "theirs", case_ref=OTHER_CASE)
        intake.takes(OPENING, theirs)
        wrong = event_corrected(target=the("theirs"), was=None, now="x")
        receipt = intake.takes_one(message(wrong, "wrong"))
        assert (receipt.outcome, receipt.reason) == (Outcome.QUARANTINED, Reason.CROSS_CASE)

    def test_quarantined_because_it_is_not_understood(self, intake: Feeding) -> None:
        body = b'{"id": "e-9", "type": "uk.casetimeline.IncidentReported.v1", "subject"'
        receipt = intake.takes_one(submission(body, "9"))
        assert (receipt.outcome, receipt.reason) == (Outcome.QUARANTINED, Reason.MALFORMED_JSON)
        entry = intake.ledger()["9"]
        assert (entry.payload, entry.event_id, entry.case_id) == (body, None, None)

    def test_what_it_claims_to_be_is_kept_with_it(self, intake: Feeding) -> None:
        intake.takes_one(with_data(OPENING, kind="nonsense"))
        entry = intake.ledger()["opening"]
        assert entry.source_event_id == "opening"
        assert entry.case_ref == CASE_REF
        assert entry.type == "uk.casetimeline.IncidentReported.v1"

    def test_one_of_each_in_one_batch(self, intake: Feeding) -> None:
        receipts = intake.takes(
            OPENING,
            submission(OPENING, "again"),
            submission(b"no json", "bad"),
            COMPLETED,
            message(reclassified(from_="child"), "wrong"),
            PERSON,
        )
        assert outcomes_of(receipts) == [
            "accepted",
            "duplicate",
            "quarantined",
            "waiting",
            "quarantined",
            "accepted",
        ]
        assert intake.told() == ["opening", "person"]


class TestDeliveries:
    def test_the_same_twice_is_one_entry(self, intake: Feeding) -> None:
        first = intake.takes_one(OPENING)
        again = intake.takes_one(OPENING)
        assert (again.outcome, again.version, again.event_id) == (
            first.outcome,
            first.version,
            first.event_id,
        )
        assert intake.outcomes() == {"opening": "accepted"}

    def test_the_same_twice_in_one_batch_is_one_entry(self, intake: Feeding) -> None:
        receipts = intake.takes(
            OPENING, OPENING, submission(b"bad", "bad"), submission(b"bad", "bad")
        )
        assert outcomes_of(receipts) == ["accepted", "accepted", "quarantined", "quarantined"]
        assert intake.outcomes() == {"opening": "accepted", "bad": "quarantined"}

    def test_the_same_while_it_waits_is_tried_again(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        assert outcomes_of(intake.takes(COMPLETED)) == ["waiting"]
        assert outcomes_of(intake.takes(COMPLETED)) == ["waiting"]
        assert outcomes_of(intake.takes(COMPLETED, AGREED)) == ["accepted", "accepted"]
        assert intake.told() == ["opening", "agreed", "completed"]

    def test_the_same_once_quarantined_stays_so(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        wrong = message(reclassified(from_="adult", to="child"), "wrong")
        intake.takes(wrong)
        intake.takes(message(reclassified(from_="asb", to="adult"), "right"))
        assert intake.takes_one(wrong).outcome is Outcome.QUARANTINED


class TestWhatThisServiceRecords:
    REVIEWED = message(glass_reviewed("2024-03-03"), "reviewed")
    BROKEN = message(glass_broken("2024-03-02"), "broken")
    NOT_VOUCHED_FOR = ("quarantined", Reason.SOURCE_MISMATCH)

    def own(self, sent: Message) -> Submission:
        return Submission(f"own:{sent['id']}", OWN_SOURCE, body(sent), RECEIVED)

    def filed(self, sent: Message) -> Submission:
        name = f"file:{sent['id']}"
        return Submission(name, "file:list", body(sent), RECEIVED, source_is_vouched=False)

    def test_is_still_its_own_when_it_had_to_wait(self, intake: Feeding) -> None:
        assert outcomes_of(intake.takes(self.own(self.REVIEWED))) == ["waiting"]
        with feeding(intake.url) as another:
            assert outcomes_of(another.takes(OPENING)) == ["accepted"]
            assert another.outcomes()["reviewed"] == "waiting"
            another.takes(self.own(self.BROKEN))
        assert intake.told() == ["opening", "broken", "reviewed"]
        assert {event.source for event in intake.events()[1:]} == {OWN_SOURCE}

    def test_is_still_its_own_when_a_person_has_it_tried_again(self, intake: Feeding) -> None:
        intake.takes(OPENING, self.own(self.REVIEWED))
        intake.writer.give_up_waiting(RECEIVED + timedelta(days=1))
        assert intake.outcomes()["reviewed"] == "quarantined"
        intake.takes(self.own(self.BROKEN))
        again = submission_of(intake.ledger()["reviewed"])
        assert outcomes_of(intake.takes(again)) == ["accepted"]

    def test_is_taken_from_no_file_however_often_it_is_tried(self, intake: Feeding) -> None:
        receipt = intake.takes_one(self.filed(self.BROKEN))
        assert (receipt.outcome, receipt.reason) == self.NOT_VOUCHED_FOR
        again = intake.takes_one(submission_of(intake.ledger()["broken"]))
        assert (again.outcome, again.reason) == self.NOT_VOUCHED_FOR

    def test_is_taken_from_no_subject_of_the_broker_however_often_it_is_tried(
        self, intake: Feeding
    ) -> None:
        layout = BrokerLayout()
        sent_as = layout.source_of(layout.subject_for(OWN_SOURCE))
        published = Submission("nats:CASES:1", sent_as, body(self.BROKEN), RECEIVED)
        receipt = intake.takes_one(published)
        assert (receipt.outcome, receipt.reason) == self.NOT_VOUCHED_FOR
        again = intake.takes_one(submission_of(intake.ledger()["1"]))
        assert (again.outcome, again.reason) == self.NOT_VOUCHED_FOR

    def test_holds_no_place_for_what_claims_to_be_it(self, intake: Feeding) -> None:
        intake.takes(OPENING, self.filed(self.BROKEN))
        receipt = intake.takes_one(self.own(self.BROKEN))
        assert receipt.outcome is Outcome.ACCEPTED


class TestWaiting:
    @pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
    def test_a_story_in_reverse_ends_in_order_of_happening(
        self, intake: Feeding, together: bool
    ) -> None:
        for batch in [STORY[::-1]] if together else [[sent] for sent in STORY[::-1]]:
            intake.takes(*batch)
        assert intake.told() == IN_ORDER
        assert set(intake.outcomes().values()) == {"accepted"}

    def test_a_batch_in_reverse_is_one_transaction(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        counted = saves(intake, monkeypatch)
        assert set(outcomes_of(intake.takes(*STORY[::-1]))) == {"accepted"}
        assert counted == [len(STORY)]

    def test_what_was_waiting_is_admitted_with_what_it_waited_for(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake.takes(OPENING, COMPLETED, PROGRESSED)
        counted = saves(intake, monkeypatch)
        assert outcomes_of(intake.takes(AGREED)) == ["accepted"]
        assert counted == [3]
        assert intake.told() == ["opening", "agreed", "progressed", "completed"]
        entry = intake.ledger()["completed"]
        assert (entry.outcome, entry.reason, entry.detail) == (Outcome.ACCEPTED, None, None)
        assert (entry.version, entry.payload) == (4, None)

    def test_a_case_lets_in_only_what_waited_for_it(self, intake: Feeding) -> None:
        theirs = message(action_completed(), "theirs", case_ref=OTHER_CASE)
        intake.takes(COMPLETED, theirs)
        intake.takes(OPENING, AGREED)
        assert intake.outcomes()["theirs"] == "waiting"
        assert intake.told() == ["opening", "agreed", "completed"]

    def test_a_correction_lets_in_what_waited_for_it(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misspelt = message(action_agreed("2024-03-03", action_id="A7"), "agreed")
        intake.takes(OPENING, misspelt, COMPLETED, PROGRESSED)
        assert intake.told() == ["opening", "agreed"]
        fix = event_corrected(target=the("agreed"), field="action_id", was="A7", now="A1")
        counted = saves(intake, monkeypatch)
        assert outcomes_of(intake.takes(message(fix, "fix"))) == ["accepted"]
        assert intake.told() == ["opening", "agreed", "fix", "progressed", "completed"]
        assert counted == [3]

    def test_what_comes_with_a_correction_is_judged_by_it(self, intake: Feeding) -> None:
        fix = event_corrected(target=the("opening"), field="category", was="asb", now="hate-crime")
        receipts = intake.takes(
            OPENING,
            message(fix, "fix"),
            message(reclassified(from_="asb"), "wrong"),
            message(reclassified(from_="hate-crime"), "right"),
            AGREED,
        )
        assert outcomes_of(receipts) == [
            "accepted",
            "accepted",
            "quarantined",
            "accepted",
            "accepted",
        ]
        assert intake.told() == ["opening", "fix", "right", "agreed"]

    def test_a_correction_may_come_before_what_it_corrects(self, intake: Feeding) -> None:
        fix = event_corrected(target=the("opening"), field="category", was="asb", now="hate-crime")
        assert outcomes_of(intake.takes(message(fix, "fix"))) == ["waiting"]
        intake.takes(OPENING)
        assert intake.told() == ["opening", "fix"]
        receipt = intake.takes_one(message(reclassified(from_="hate-crime"), "right"))
        assert receipt.outcome is Outcome.ACCEPTED

    @pytest.mark.parametrize("together", [True, False], ids=["one batch", "one by one"])
    def test_of_two_that_contradict_the_first_to_happen_is_admitted(
        self, intake: Feeding, together: bool
    ) -> None:
        cancelled = message(action_cancelled("2024-03-07"), "cancelled")
        batch = [cancelled, COMPLETED, OPENING, AGREED]
        for sent in [batch] if together else [[sent] for sent in batch]:
            intake.takes(*sent)
        assert intake.told() == ["opening", "agreed", "completed"]
        entry = intake.ledger()["cancelled"]
        assert (entry.outcome, entry.reason) == (Outcome.QUARANTINED, Reason.CONTRADICTION)
        assert entry.payload == submission(cancelled).body

    def test_what_waits_too_long_is_quarantined(self, intake: Feeding) -> None:
        early = submission(COMPLETED, received_at=RECEIVED - timedelta(days=8))
        intake.takes(OPENING, early, message(action_completed(action_id="A2"), "late"))
        assert intake.writer.give_up_waiting(RECEIVED - timedelta(days=7)) == 1
        assert intake.outcomes() == {
            "opening": "accepted",
            "completed": "quarantined",
            "late": "waiting",
        }
        entry = intake.ledger()["completed"]
        assert entry.reason is Reason.AWAITING_PREDECESSOR
        assert entry.payload == early.body
        assert intake.writer.give_up_waiting(RECEIVED - timedelta(days=7)) == 0

    def test_giving_up_goes_in_steps(self, intake: Feeding) -> None:
        intake.takes(*[message(action_completed(action_id=f"A{n}"), f"c-{n}") for n in range(5)])
        later = RECEIVED + timedelta(days=1)
        given_up = [intake.writer.give_up_waiting(later, limit=2) for _ in range(4)]
        assert given_up == [2, 2, 1, 0]


class TestTryingAgain:
    def test_once_the_cause_is_gone_it_is_accepted(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        wrong = message(reclassified(from_="adult", to="child"), "early")
        intake.takes(wrong)
        entry = intake.ledger()["early"]
        assert outcomes_of(intake.takes(submission_of(entry))) == ["quarantined"]
        intake.takes(message(reclassified(from_="asb", to="adult"), "right"))
        receipt = intake.takes_one(submission_of(entry))
        assert (receipt.outcome, receipt.version) == (Outcome.ACCEPTED, 3)
        assert intake.told() == ["opening", "right", "early"]
        assert intake.ledger()["early"].payload is None

    def test_it_may_turn_out_to_wait(self, intake: Feeding) -> None:
        intake.takes(COMPLETED)
        intake.writer.give_up_waiting(RECEIVED + timedelta(days=1))
        assert outcomes_of(intake.takes(submission_of(intake.ledger()["completed"]))) == ["waiting"]
        intake.takes(OPENING, AGREED)
        assert intake.told() == ["opening", "agreed", "completed"]

    def test_it_may_turn_out_to_be_a_duplicate(self, intake: Feeding) -> None:
        intake.takes(COMPLETED)
        intake.writer.give_up_waiting(RECEIVED + timedelta(days=1))
        intake.takes(OPENING, AGREED, submission(COMPLETED, "sent-anew"))
        receipt = intake.takes_one(submission_of(intake.ledger()["completed"]))
        assert receipt.outcome is Outcome.DUPLICATE

    def test_twice_is_answered_the_second_time(self, intake: Feeding) -> None:
        intake.takes(COMPLETED)
        intake.writer.give_up_waiting(RECEIVED + timedelta(days=1))
        entry = intake.ledger()["completed"]
        intake.takes(OPENING, AGREED)
        receipts = [intake.takes_one(submission_of(entry)) for _ in range(2)]
        assert outcomes_of(receipts) == ["accepted", "accepted"]
        assert intake.told() == ["opening", "agreed", "completed"]

    def test_known_when_it_was_first_received(self, intake: Feeding) -> None:
        unsaid = {name: value for name, value in COMPLETED.items() if name != "knowntime"}
        intake.takes(submission(unsaid, "completed"))
        intake.clock.goes(days=3)
        intake.takes(submission(unsaid, "completed", received_at=intake.clock.now))
        intake.takes(OPENING, AGREED)
        completed = intake.events()[-1]
        assert (completed.known_at, completed.recorded_at) == (RECEIVED, intake.clock.now)


class TestTime:
    def test_the_record_of_a_case_never_runs_backwards(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        intake.clock.goes(minutes=-10)
        intake.takes(PERSON, message(incident_reported(), "theirs", case_ref=OTHER_CASE))
        assert [event.recorded_at for event in intake.events()] == [RECEIVED, RECEIVED]
        assert intake.events(OTHER_CASE)[0].recorded_at == intake.clock.now


def poison(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """From here on the events called so cannot be stored."""
    to_stored_event = CaseEventMapper.to_stored_event

    def failing(self: CaseEventMapper, event: CaseEvent, told: Any = None) -> Any:
        if event.source_event_id in names:
            raise RuntimeError(f"cannot store {event.narrative}")
        return to_stored_event(self, event, told)

    monkeypatch.setattr(CaseEventMapper, "to_stored_event", failing)


class TestPoison:
    def test_in_a_batch_spares_its_neighbours(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        poison(monkeypatch, "person")
        receipts = intake.takes(OPENING, with_data(PERSON, narrative="Secret."), AGREED)
        assert outcomes_of(receipts) == ["accepted", "quarantined", "accepted"]
        entry = intake.ledger()["person"]
        assert entry.reason is Reason.NOT_PROCESSABLE
        assert entry.detail == "storing it failed with RuntimeError"
        assert (entry.source_event_id, entry.case_ref) == ("person", CASE_REF)
        assert entry.payload is not None

    def test_once_cured_it_is_accepted(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            poison(patch, "person")
            intake.takes(OPENING, PERSON)
        assert outcomes_of(intake.takes(submission_of(intake.ledger()["person"]))) == ["accepted"]

    def test_waiting_is_not_blamed_on_what_lets_it_in(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake.takes(OPENING, COMPLETED, PROGRESSED)
        poison(monkeypatch, "completed")
        assert outcomes_of(intake.takes(AGREED)) == ["accepted"]
        assert intake.told() == ["opening", "agreed", "progressed"]
        entry = intake.ledger()["completed"]
        assert (entry.outcome, entry.reason) == (Outcome.QUARANTINED, Reason.NOT_PROCESSABLE)
        assert outcomes_of(intake.takes(CLOSED)) == ["accepted"]

    def test_waiting_and_delivered_again_is_quarantined(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake.takes(COMPLETED)
        poison(monkeypatch, "completed")
        intake.takes(OPENING, AGREED)
        assert outcomes_of(intake.takes(COMPLETED)) == ["quarantined"]

    def test_in_the_store_stops_its_case_only(self, intake: Feeding) -> None:
        intake.takes(OPENING)
        with psycopg.connect(intake.url, autocommit=True) as admin:
            admin.execute(
                "INSERT INTO case_timeline.case_events SELECT originator_id, 2, 'Nonsense', state "
                "FROM case_timeline.case_events"
            )
        with feeding(intake.url) as another:
            theirs = message(incident_reported(), "theirs", case_ref=OTHER_CASE)
            receipts = another.takes(PERSON, theirs)
            assert outcomes_of(receipts) == ["quarantined", "accepted"]
            assert receipts[0].reason is Reason.NOT_PROCESSABLE
        with psycopg.connect(intake.url, autocommit=True) as admin:
            admin.execute("SET session_replication_role = replica")
            admin.execute("DELETE FROM case_timeline.case_events WHERE topic = 'Nonsense'")


def losing(monkeypatch: pytest.MonkeyPatch, intake: Feeding) -> None:
    """Have the next transaction commit, and its confirmation lost."""
    append = intake.cases.append

    def lost(events: Any, **kwargs: Any) -> Any:
        monkeypatch.undo()
        append(events, **kwargs)
        raise StoreUnavailable[0]("server closed the connection unexpectedly")

    monkeypatch.setattr(intake.cases, "append", lost)


class TestAStoreThatFails:
    def test_a_lost_confirmation_is_made_good_by_asking_again(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake.takes(OPENING)
        losing(monkeypatch, intake)
        with pytest.raises(StoreUnavailable):
            intake.takes(AGREED, COMPLETED)
        receipts = intake.takes(AGREED, COMPLETED)
        assert outcomes_of(receipts) == ["accepted", "accepted"]
        assert [receipt.version for receipt in receipts] == [2, 3]
        assert intake.told() == ["opening", "agreed", "completed"]

    def test_after_a_lost_confirmation_the_case_goes_on(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        intake.takes(OPENING)
        losing(monkeypatch, intake)
        with pytest.raises(StoreUnavailable):
            intake.takes(AGREED)
        assert outcomes_of(intake.takes(COMPLETED, PERSON)) == ["accepted", "accepted"]

    def test_an_entry_that_cannot_be_written_takes_its_event_with_it(
        self, intake: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(*_: object) -> None:
            raise psycopg.OperationalError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(ledger, "write", failing)
            with pytest.raises(StoreUnavailable):
                intake.takes(OPENING)
        assert intake.events() == []
        assert intake.ledger() == {}
        assert outcomes_of(intake.takes(OPENING)) == ["accepted"]


def test_a_writer_remembers_no_more_cases_than_it_may(database_url: str) -> None:
    with feeding(database_url) as intake:
        refs = [f"asb:{number}" for number in range(6)]
        sent: list[Message] = [
            message(incident_reported(), f"opening-{ref}", case_ref=ref) for ref in refs
        ]
        intake.writer = type(intake.writer)(intake.cases, intake.clock, remembered_cases=2)
        intake.takes(*sent)
        agreed = [message(action_agreed(), f"agreed-{ref}", case_ref=ref) for ref in refs]
        assert set(outcomes_of(intake.takes(*agreed))) == {"accepted"}
        intake.assert_sound()
