"""Several at the one door: writers that share a database, submitters that share a transaction."""

import asyncio
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from adapters.event_store.application import Conflict, StoreUnavailable
from domain.outcomes import Outcome
from services.bootstrap import intake_desk
from services.intake import Intake, IntakeBusy, Receipt, Submission, Writer
from services.intake.writer import submission_of
from tests.support.intakes import Feeding, feeding, outcomes_of
from tests.support.messages import RECEIVED, Message, message, submission
from tests.support.stories import (
    CASE_REF,
    action_agreed,
    action_completed,
    incident_reported,
    person_involved,
    reclassified,
)
from tests.support.waiting import eventually_async

OPENING = message(incident_reported("2024-03-01", category="asb"), "opening")
PERSON = message(person_involved("2024-03-02"), "person")
AGREED = message(action_agreed("2024-03-03"), "agreed")
COMPLETED = message(action_completed("2024-03-04"), "completed")


@pytest.fixture
def one(database_url: str) -> Iterator[Feeding]:
    with feeding(database_url) as fed:
        yield fed
        fed.assert_sound()


@pytest.fixture
def other(database_url: str) -> Iterator[Feeding]:
    """Another process's writer on the same database."""
    with feeding(database_url) as fed:
        yield fed


def before_saving(intake: Feeding, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]) -> None:
    """Have something happen once a decision is made, and before it is written."""
    append = intake.cases.append

    def later(events: Any, **kwargs: Any) -> Any:
        monkeypatch.undo()
        act()
        return append(events, **kwargs)

    monkeypatch.setattr(intake.cases, "append", later)


def close_quarantined(database_url: str) -> None:
    """Close all that is in quarantine, as a person would at the desk."""
    with intake_desk(database_url) as desk:
        for item in desk.entries(outcome=Outcome.QUARANTINED):
            assert desk.close_entry(item.id, by="staff:admin", note="A test.", at=RECEIVED)


class TestTwoWriters:
    """Each remembers cases as it last saw them."""

    def test_a_case_that_moved_on_is_caught_up_with(self, one: Feeding, other: Feeding) -> None:
        one.takes(OPENING)
        other.takes(PERSON)
        receipt = one.takes_one(AGREED)
        assert (receipt.outcome, receipt.version) == (Outcome.ACCEPTED, 3)

    def test_what_the_other_let_in_is_not_waited_for(self, one: Feeding, other: Feeding) -> None:
        one.takes(OPENING)
        other.takes(AGREED)
        assert one.takes_one(COMPLETED).outcome is Outcome.ACCEPTED

    def test_what_the_other_changed_is_not_held_against_an_event(
        self, one: Feeding, other: Feeding
    ) -> None:
        one.takes(OPENING)
        other.takes(message(reclassified(from_="asb", to="adult"), "first"))
        receipt = one.takes_one(message(reclassified(from_="adult", to="child"), "second"))
        assert receipt.outcome is Outcome.ACCEPTED

    def test_what_the_other_is_letting_in_is_not_overlooked_by_what_waits_for_it(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one.takes(OPENING)
        before_saving(one, monkeypatch, lambda: other.takes(AGREED))
        assert one.takes_one(COMPLETED).outcome is Outcome.ACCEPTED
        assert one.told() == ["opening", "agreed", "completed"]

    def test_what_comes_to_wait_meanwhile_is_not_overlooked_by_what_lets_it_in(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one.takes(OPENING)
        before_saving(one, monkeypatch, lambda: other.takes(COMPLETED))
        assert outcomes_of(one.takes(AGREED)) == ["accepted"]
        assert one.told() == ["opening", "agreed", "completed"]
        assert one.outcomes()["completed"] == "accepted"

    def test_the_same_event_at_the_same_time_has_one_effect(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before_saving(one, monkeypatch, lambda: other.takes(submission(OPENING, "theirs")))
        assert one.takes_one(OPENING).outcome is Outcome.DUPLICATE
        assert one.told() == ["opening"]

    def test_the_same_event_waits_once(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before_saving(one, monkeypatch, lambda: other.takes(submission(PERSON, "theirs")))
        assert one.takes_one(PERSON).outcome is Outcome.DUPLICATE
        one.takes(OPENING)
        assert one.told() == ["opening", "person"]

    def test_the_same_delivery_at_the_same_time_is_one_entry(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before_saving(one, monkeypatch, lambda: other.takes(OPENING))
        assert one.takes_one(OPENING).outcome is Outcome.ACCEPTED
        assert one.outcomes() == {"opening": "accepted"}

    def test_a_retry_while_the_other_retries_is_answered(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        early = message(reclassified(from_="adult", to="child"), "early")
        one.takes(OPENING, early, message(reclassified(from_="asb", to="adult"), "right"))
        again = submission_of(one.ledger()["early"])
        before_saving(one, monkeypatch, lambda: other.takes(again))
        assert one.takes_one(again).outcome is Outcome.ACCEPTED
        assert one.told() == ["opening", "right", "early"]

    @pytest.mark.parametrize("is_late", [True, False], ids=["while deciding", "before deciding"])
    def test_a_retry_of_what_a_person_closes_leaves_it_and_others_as_they_are(
        self, one: Feeding, monkeypatch: pytest.MonkeyPatch, is_late: bool
    ) -> None:
        one.takes(OPENING, message(reclassified(from_="adult", to="child"), "early"))
        again = submission_of(one.ledger()["early"])
        if is_late:
            before_saving(one, monkeypatch, lambda: close_quarantined(one.url))
        else:
            close_quarantined(one.url)
        assert outcomes_of(one.takes(again, PERSON)) == ["quarantined", "accepted"]
        assert one.told() == ["opening", "person"]

    def test_giving_up_on_what_is_just_let_in_gives_way(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one.takes(PERSON)
        one.clock.goes(days=1)
        before_saving(one, monkeypatch, lambda: other.takes(OPENING))
        assert one.writer.give_up_waiting(one.clock.now) == 0
        assert one.outcomes() == {"person": "accepted", "opening": "accepted"}

    def test_a_case_that_never_stands_still_is_given_back(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one.takes(OPENING)
        count = 0

        def never_still(events: Any, **kwargs: Any) -> Any:
            nonlocal count
            count += 1
            other.takes(message(person_involved(person=f"p:{count}"), f"p-{count}"))
            return append(events, **kwargs)

        append = one.cases.append
        with monkeypatch.context() as patch:
            patch.setattr(one.cases, "append", never_still)
            with pytest.raises(Conflict):
                one.takes(AGREED)
        assert one.takes_one(AGREED).outcome is Outcome.ACCEPTED

    def test_a_case_that_moved_on_does_not_hold_up_its_neighbours(
        self, one: Feeding, other: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        neighbours = [f"asb:quiet-{number}" for number in range(9)]
        one.takes(OPENING, *[_opening(case_ref) for case_ref in neighbours])
        batch = [_involved(case_ref, "b") for case_ref in neighbours]
        batch[4:4] = [AGREED, COMPLETED]
        written = _writes(one, monkeypatch, lambda tries: other.takes(_involved(CASE_REF, tries)))
        receipts = one.takes(*batch)
        assert outcomes_of(receipts) == ["accepted"] * 11
        # All together, then the nine at once, and the other two until nobody comes before them.
        assert written[:2] == [11, 9]
        assert set(written[2:]) == {2}
        assert [receipt.version for receipt in receipts[:4]] == [2] * 4
        assert one.told()[-2:] == ["agreed", "completed"]

    def test_several_cases_that_moved_on_are_caught_up_with_one_by_one(
        self, one: Feeding, other: Feeding
    ) -> None:
        cases = [f"asb:busy-{number}" for number in range(3)]
        one.takes(*[_opening(case_ref) for case_ref in cases])
        other.takes(*[_involved(case_ref, "theirs") for case_ref in cases[:2]])
        receipts = one.takes(*[_involved(case_ref, "ours") for case_ref in reversed(cases)])
        assert [receipt.version for receipt in receipts] == [2, 3, 3]

    def test_many_events_of_the_same_cases_from_two_threads(
        self, one: Feeding, other: Feeding
    ) -> None:
        sent = [event for number in range(6) for event in _busy_case(number)]
        random.Random(7).shuffle(sent)
        halves = [sent[0::2], sent[1::2]]
        ready = threading.Barrier(2)

        def feed(intake: Feeding, messages: Sequence[Message]) -> None:
            ready.wait(10)
            for start in range(0, len(messages), 10):
                intake.takes(*messages[start : start + 10])

        with ThreadPoolExecutor(2) as threads:
            feeding_both = [
                threads.submit(feed, one, halves[0]),
                threads.submit(feed, other, halves[1]),
            ]
            for done in feeding_both:
                done.result(timeout=60)
        assert set(one.outcomes().values()) == {"accepted"}
        assert len(one.ledger()) == len(sent)


def _opening(case_ref: str) -> Message:
    return message(incident_reported("2024-03-01"), f"{case_ref}/opening", case_ref=case_ref)


def _involved(case_ref: str, name: str) -> Message:
    involved = person_involved("2024-03-02", person=f"p:{name}")
    return message(involved, f"{case_ref}/{name}", case_ref=case_ref)


def _writes(
    intake: Feeding, monkeypatch: pytest.MonkeyPatch, before: Callable[[str], Any]
) -> list[int]:
    """Counts the events of each write from here on; something happens before the first two."""
    written: list[int] = []
    append = intake.cases.append

    def counting(events: Any, **kwargs: Any) -> Any:
        written.append(len(events))
        if len(written) <= 2:
            before(f"before-{len(written)}")
        return append(events, **kwargs)

    monkeypatch.setattr(intake.cases, "append", counting)
    return written


def _busy_case(number: int) -> Iterator[Message]:
    """An opening, and actions agreed and completed; every event has a name of its own."""
    case_ref = f"asb:busy-{number}"
    yield message(incident_reported("2024-03-01"), f"{number}-opening", case_ref=case_ref)
    for action in range(12):
        agreed = action_agreed("2024-03-02", action_id=f"A{action}")
        completed = action_completed("2024-03-03", action_id=f"A{action}")
        yield message(agreed, f"{number}-agreed-{action}", case_ref=case_ref)
        yield message(completed, f"{number}-completed-{action}", case_ref=case_ref)


class Slow:
    """A writer that commits when it is let to, and tells what it was given."""

    owes_snapshots = False

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.may_go = threading.Event()
        self.failures: list[Exception] = []

    def commit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        self.batches.append([sent.delivery for sent in submissions])
        assert self.may_go.wait(20)
        if self.failures:
            raise self.failures.pop()
        return [
            Receipt(sent.delivery, Outcome.ACCEPTED, None, None, None, None, None)
            for sent in submissions
        ]


def named(count: int) -> list[Submission]:
    return [submission(b"{}", f"s{number}") for number in range(count)]


def of_source(source: str, name: str = "") -> Submission:
    return submission(b"{}", f"{name}{source}", source=source)


@pytest.fixture
def slow() -> Slow:
    return Slow()


def intake_over(slow: Slow, **limits: int) -> Intake:
    return Intake(cast(Writer, slow), **limits)


class TestGroupCommit:
    async def test_a_hundred_at_once_share_few_transactions(
        self, one: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        people = [person_involved(person=f"p:{number}") for number in range(99)]
        sent = [OPENING, *(message(told, f"p-{place}") for place, told in enumerate(people))]
        commits: list[int] = []
        commit = one.writer.commit

        def counting(submissions: Sequence[Submission]) -> list[Receipt]:
            commits.append(len(submissions))
            return commit(submissions)

        monkeypatch.setattr(one.writer, "commit", counting)
        async with Intake(one.writer) as intake:
            submitted = [intake.submit([submission(each)]) for each in sent]
            receipts = await asyncio.gather(*submitted)
        assert [receipt.delivery for (receipt,) in receipts] == [
            submission(each).delivery for each in sent
        ]
        assert {receipt.outcome for (receipt,) in receipts} == {Outcome.ACCEPTED}
        assert sum(commits) == 100
        assert len(commits) <= 3

    async def test_what_comes_in_during_a_transaction_shares_the_next(self, slow: Slow) -> None:
        async with intake_over(slow) as intake:
            first = asyncio.create_task(intake.submit(named(1)))
            await eventually_async(lambda: _is_true(slow.batches))
            others = [asyncio.create_task(intake.submit([each])) for each in named(6)[1:]]
            await asyncio.sleep(0)
            slow.may_go.set()
            await asyncio.gather(first, *others)
        assert [len(batch) for batch in slow.batches] == [1, 5]

    async def test_a_batch_is_bounded(self, slow: Slow) -> None:
        slow.may_go.set()
        async with intake_over(slow, largest_batch=4) as intake:
            await asyncio.gather(*[intake.submit([each]) for each in named(10)])
        assert max(len(batch) for batch in slow.batches) == 4

    async def test_each_gets_the_receipts_of_its_own(self, slow: Slow) -> None:
        slow.may_go.set()
        five = named(5)
        async with intake_over(slow) as intake:
            one, none, four = await asyncio.gather(
                intake.submit(five[:1]), intake.submit([]), intake.submit(five[1:])
            )
        assert [receipt.delivery for receipt in one] == [five[0].delivery]
        assert none == []
        assert [receipt.delivery for receipt in four] == [each.delivery for each in five[1:]]

    async def test_what_does_not_fit_the_queue_stays_with_its_submitter(self, slow: Slow) -> None:
        async with intake_over(slow, largest_batch=1, queue_size=3) as intake:
            tasks = [asyncio.create_task(intake.submit([each])) for each in named(10)]
            await eventually_async(lambda: _is_true(slow.batches))
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            slow.may_go.set()
        # One under way and three queued; the other six were never taken in.
        assert [batch[0].rpartition(":")[2] for batch in slow.batches] == ["s0", "s1", "s2", "s3"]

    async def test_who_cannot_wait_is_told_at_once_that_there_is_no_room(self, slow: Slow) -> None:
        async with intake_over(slow, largest_batch=1, queue_size=3) as intake:
            first = asyncio.create_task(intake.submit(named(1)))
            await eventually_async(lambda: _is_true(slow.batches))
            tasks = [asyncio.create_task(intake.submit([each])) for each in named(4)[1:]]
            await asyncio.sleep(0)
            with pytest.raises(IntakeBusy):
                await intake.submit(named(5)[4:], patient=False)
            slow.may_go.set()
            await asyncio.gather(first, *tasks)
            (receipt,) = await intake.submit(named(6)[5:], patient=False)
        assert receipt.outcome is Outcome.ACCEPTED
        assert [name for batch in slow.batches for name in batch] == [
            f"nats:CASES:s{number}" for number in (0, 1, 2, 3, 5)
        ]

    async def test_who_waits_for_room_comes_before_who_came_later(self, slow: Slow) -> None:
        slow.may_go.set()
        async with intake_over(slow, largest_batch=2, queue_size=2) as intake:
            await asyncio.gather(*[intake.submit([each]) for each in named(20)])
        arrived = [name for batch in slow.batches for name in batch]
        assert arrived == [sent.delivery for sent in named(20)]

    async def test_a_source_that_floods_the_intake_does_not_keep_others_waiting(
        self, slow: Slow
    ) -> None:
        async with intake_over(slow, largest_batch=4, queue_size=50) as intake:
            flood = [asyncio.create_task(intake.submit([each])) for each in named(200)]
            await eventually_async(lambda: _is_true(slow.batches))
            others = [
                asyncio.create_task(intake.submit([of_source(f"urn:{name}")], patient=False))
                for name in "abc"
            ]
            await asyncio.sleep(0)
            slow.may_go.set()
            await asyncio.gather(*others)
            sources_of_next = [name.partition("urn:")[2] for name in slow.batches[1]]
            await asyncio.gather(*flood)
        # In the very next transaction, with the 50 of the flood that were there before them.
        assert sorted(sources_of_next) == ["", "a", "b", "c"]
        assert sum(len(batch) for batch in slow.batches) == 203

    async def test_however_many_sources_the_queue_is_bounded(self, slow: Slow) -> None:
        async with intake_over(slow, largest_batch=1, queue_size=8) as intake:
            first = asyncio.create_task(intake.submit(named(1)))
            await eventually_async(lambda: _is_true(slow.batches))
            sent = [of_source(f"urn:{source}", str(place)) for place in range(9) for source in "ab"]
            sent += [of_source(f"urn:{number}") for number in range(40)]
            tasks = [asyncio.create_task(intake.submit([each], patient=False)) for each in sent]
            await asyncio.sleep(0)
            slow.may_go.set()
            told = await asyncio.gather(*tasks, return_exceptions=True)
            await first
        taken = [
            sent.source
            for sent, answer in zip(sent, told, strict=True)
            if not isinstance(answer, BaseException)
        ]
        assert {type(answer) for answer in told} == {list, IntakeBusy}
        # Of 16 places two floods leave a third to others.
        assert (taken.count("urn:a"), taken.count("urn:b"), len(taken)) == (6, 5, 16)
        assert intake._lanes == {}

    async def test_who_gives_up_waiting_for_room_leaves_nothing_behind(self, slow: Slow) -> None:
        async with intake_over(slow, largest_batch=1, queue_size=1) as intake:
            tasks = [asyncio.create_task(intake.submit([each])) for each in named(5)]
            await eventually_async(lambda: _is_true(slow.batches))
            tasks[3].cancel()
            await asyncio.sleep(0)
            slow.may_go.set()
            told = await asyncio.gather(*tasks, return_exceptions=True)
        assert [isinstance(each, list) for each in told] == [True, True, True, False, True]
        assert [batch[0][-2:] for batch in slow.batches] == ["s0", "s1", "s2", "s4"]
        assert intake._lanes == {}

    async def test_leaving_finishes_what_was_taken_in(self, slow: Slow) -> None:
        async with intake_over(slow) as intake:
            tasks = [asyncio.create_task(intake.submit([each])) for each in named(3)]
            await eventually_async(lambda: _is_true(slow.batches))
            slow.may_go.set()
        assert all(task.done() for task in tasks)
        assert len(await asyncio.gather(*tasks)) == 3

    async def test_one_who_goes_away_does_not_disturb_the_others(self, slow: Slow) -> None:
        async with intake_over(slow) as intake:
            going, staying = (asyncio.create_task(intake.submit([each])) for each in named(2))
            await eventually_async(lambda: _is_true(slow.batches))
            going.cancel()
            slow.may_go.set()
            assert (await staying)[0].outcome is Outcome.ACCEPTED
            assert going.cancelled()

    async def test_a_store_that_does_not_answer_is_told_to_all_and_forgotten(
        self, slow: Slow
    ) -> None:
        slow.may_go.set()
        slow.failures.append(StoreUnavailable[0]("no answer"))
        async with intake_over(slow) as intake:
            told = await asyncio.gather(
                *[intake.submit([each]) for each in named(3)], return_exceptions=True
            )
            assert [isinstance(answer, StoreUnavailable) for answer in told] == [True] * 3
            assert (await intake.submit(named(1)))[0].outcome is Outcome.ACCEPTED

    async def test_a_store_that_comes_back_is_written_to(
        self, one: Feeding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(*_: object) -> None:
            raise StoreUnavailable[0]("no answer")

        async with Intake(one.writer) as intake:
            with monkeypatch.context() as patch:
                patch.setattr(one.cases, "bearing_on", gone)
                with pytest.raises(StoreUnavailable):
                    await intake.submit([submission(OPENING)])
            (receipt,) = await intake.submit([submission(OPENING)])
        assert receipt.outcome is Outcome.ACCEPTED


async def _is_true(value: object) -> bool:
    return bool(value)
