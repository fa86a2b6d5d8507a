"""Whatever the order in which the facts of a case arrive, none is lost and none is left behind."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.event_store.application import Cases
from adapters.wire import encode
from domain.case import Admitted, admit, fold
from domain.events.envelope import CaseEvent
from domain.outcomes import Outcome
from services.intake import Submission, Writer
from services.intake.decision import read
from services.intake.writer import submission_of
from tests.support.histories import histories
from tests.support.memory import MemoryCases
from tests.support.messages import RECEIVED, message, submission
from tests.support.stories import (
    Fields,
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    action_progressed,
    action_reopened,
    action_rescheduled,
    barrier_encountered,
    case_allocated,
    case_closed,
    case_reopened,
    concern_raised,
    consent_decided,
    consent_overridden,
    enforcement_reviewed,
    enquiry_outcome_received,
    enquiry_reported,
    enquiry_requested,
    escalation_raised,
    escalation_responded,
    event_corrected,
    feedback_chased,
    feedback_received,
    incident_reported,
    information_shared,
    meeting_convened,
    meeting_held,
    meeting_missed,
    minutes_received,
    moment,
    person_informed,
    person_involved,
    plan_agreed,
    plan_reviewed,
    reclassified,
    referral_acknowledged,
    referral_decided,
    referral_sent,
    risk_assessed,
    role_changed,
    the,
    visit_control_lifted,
    visit_control_set,
    vulnerability_recorded,
    warning_issued,
)

Facts = dict[str, Told]
"""Events by the names their source gives them, each after those it builds on."""


def a_case_opened_once(draw: st.DrawFn) -> Facts:
    opening, classification = draw(
        st.sampled_from(
            [
                (incident_reported(category="asb"), "asb"),
                (concern_raised(strands=("adult",)), "adult"),
            ]
        )
    )
    return {
        "opening": opening,
        "reclassified": reclassified(from_=classification, to="domestic-abuse"),
    }


def people(draw: st.DrawFn) -> Facts:
    facts: Facts = {"vulnerable": vulnerability_recorded(), "lead": case_allocated()}
    for person in ("person-1", "person-2"):
        roles = draw(st.permutations(["victim", "witness", "carer", "neighbour"]))
        facts[f"{person}-in"] = person_involved(person=person, role=roles[0])
        facts[f"{person}-also"] = person_involved(person=person, role=roles[3])
        for step in range(draw(st.integers(0, 2))):
            facts[f"{person}-{step}"] = role_changed(
                person=person, from_=roles[step], to=roles[step + 1]
            )
    return facts


def actions(draw: st.DrawFn) -> Facts:
    facts: Facts = {}
    for action_id in ("A1", "A2"):
        safety = draw(st.booleans())
        misspelt = f"{action_id}x" if draw(st.booleans()) else action_id
        facts[f"{action_id}-agreed"] = action_agreed(action_id=misspelt, safety=safety)
        if misspelt != action_id:
            facts[f"{action_id}-fix"] = event_corrected(
                target=the(f"{action_id}-agreed"), field="action_id", was=misspelt, now=action_id
            )
        facts[f"{action_id}-progress"] = action_progressed(action_id=action_id)
        facts[f"{action_id}-later"] = action_rescheduled(action_id=action_id)
        if draw(st.booleans()):
            end = draw(st.sampled_from([action_completed, action_cancelled]))
            facts[f"{action_id}-end"] = end(action_id=action_id)
    return facts


def referral(draw: st.DrawFn) -> Facts:
    consent, override = (consent_decided(), "consent_ref"), (consent_overridden(), "override_ref")
    basis, field = draw(st.sampled_from([consent, override]))
    rests_on: Fields = {"consent_ref": None, field: the("basis")}
    return {
        "basis": basis,
        "sent": referral_sent().but(**rests_on),
        "shared": information_shared().but(**rests_on),
        "acknowledged": referral_acknowledged(),
        "question": referral_decided(decision="more-information"),
        "decided": referral_decided(),
        "chased": feedback_chased(),
        "feedback": feedback_received(),
        "informed": person_informed(),
    }


def safety(draw: st.DrawFn) -> Facts:
    control = draw(st.sampled_from(["two-person", "no-lone-visits"]))
    return {
        "warning": warning_issued(),
        "reviewed": enforcement_reviewed(action=the("warning")),
        "risk": risk_assessed(level="medium"),
        "control": visit_control_set(control=control),
        "lifted": visit_control_lifted(control=control),
        "control-again": visit_control_set(control=control),
        "lifted-again": visit_control_lifted(control=control),
        "convened": meeting_convened(),
        "held": meeting_held(),
    }


def challenge(draw: st.DrawFn) -> Facts:
    danger = draw(st.booleans())
    return {
        "barrier": barrier_encountered(),
        "stage-1": escalation_raised(),
        "stage-2": escalation_raised(escalation_id="E2", stage=2),
        "answer-2": escalation_responded(escalation_id="E2"),
        "stage-3": escalation_raised(escalation_id="E3", stage=3, immediate_danger=danger),
        "enquiry": enquiry_requested(),
        "report": enquiry_reported(),
        "outcome": enquiry_outcome_received(),
        "missed": meeting_missed(meeting_id="M9"),
        "minutes": minutes_received(meeting_id="M9"),
        "plan": plan_agreed(),
        "plan-reviewed": plan_reviewed(),
        "done": action_agreed(action_id="A9"),
        "done-once": action_completed(action_id="A9"),
        "not-done": action_reopened(action_id="A9"),
    }


def ending(draw: st.DrawFn) -> Facts:
    closed = case_closed(residual_actions=["A1", "A2"])
    return {"closed": closed} | ({"reopened": case_reopened()} if draw(st.booleans()) else {})


def corrections(draw: st.DrawFn, facts: Facts) -> Facts:
    target = the(draw(st.sampled_from(list(facts))))
    return {
        "fixed": event_corrected(target=target, was=None, now="Some words."),
        "fixed-again": event_corrected(
            target=the("fixed"), field="now", was="Some words.", now="Others."
        ),
    }


CHAPTERS = (people, actions, referral, safety, challenge, ending)


@st.composite
def facts_of_a_case(draw: st.DrawFn) -> list[Submission]:
    """All that happened in a case whose facts agree with each other, in order of happening."""
    facts = a_case_opened_once(draw)
    for chapter in draw(st.permutations(CHAPTERS))[:3]:
        facts |= chapter(draw)
    facts |= corrections(draw, facts)
    start = moment("2024-03-01")
    return [
        submission(message(replace(told, happened=start + timedelta(hours=place)), name))
        for place, (name, told) in enumerate(facts.items())
    ]


@st.composite
def in_batches(draw: st.DrawFn, received: Sequence[Submission]) -> list[list[Submission]]:
    """The same in their order, a few at a time."""
    batches: list[list[Submission]] = []
    left = list(received)
    while left:
        size = draw(st.integers(1, 6))
        batches.append(left[:size])
        left = left[size:]
    return batches


def fed(batches: Sequence[Sequence[Submission]]) -> MemoryCases:
    """A store in which a writer has put these, batch by batch."""
    cases = MemoryCases()
    writer = Writer(cast(Cases, cases), lambda: RECEIVED)
    for batch in batches:
        receipts = writer.commit(batch)
        assert [receipt.delivery for receipt in receipts] == [sent.delivery for sent in batch]
    return cases


def assert_sound(cases: MemoryCases) -> None:
    """Every event was admitted by those before it, and none that waits could be admitted now."""
    seen: list[CaseEvent] = []
    for place, event in enumerate(cases.history, 1):
        assert event.version == place
        assert admit(fold(seen), event, _by_id(seen)) == Admitted()
        seen.append(event)
    for entry in cases.entries.values():
        if entry.outcome is Outcome.WAITING:
            event_waiting = read(submission_of(entry)).event
            assert event_waiting is not None
            assert admit(fold(seen), event_waiting, _by_id(seen)) != Admitted()


def _by_id(events: Sequence[CaseEvent]) -> dict[UUID, CaseEvent]:
    return {event.event_id: event for event in events}


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_facts_that_agree_are_all_accepted_in_whatever_order(draw: st.DataObject) -> None:
    facts = draw.draw(facts_of_a_case())
    again = [sent._replace(delivery=f"{sent.delivery}/again") for sent in facts]
    some_again = draw.draw(st.lists(st.sampled_from(again), max_size=5))
    cases = fed(draw.draw(in_batches(draw.draw(st.permutations([*facts, *some_again])))))
    named = sorted(f"nats:CASES:{event.source_event_id}" for event in cases.history)
    assert named == sorted(sent.delivery for sent in facts)
    outcomes = {entry.outcome for entry in cases.entries.values()}
    assert outcomes <= {Outcome.ACCEPTED, Outcome.DUPLICATE}
    assert_sound(cases)


def sent_of(events: Sequence[CaseEvent]) -> list[Submission]:
    return [submission(encode(event)) for event in events]


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_a_history_in_its_own_order_is_accepted_as_it_is(draw: st.DataObject) -> None:
    events = draw.draw(histories())
    cases = fed(draw.draw(in_batches(sent_of(events))))
    assert [event.source_event_id for event in cases.history] == [
        event.source_event_id for event in events
    ]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_history_in_any_order_is_accounted_for(draw: st.DataObject) -> None:
    events = draw.draw(histories())
    received = draw.draw(st.permutations(sent_of(events)))
    cases = fed(draw.draw(in_batches(received)))
    assert cases.entries.keys() == {sent.delivery for sent in received}
    accepted = [entry for entry in cases.entries.values() if entry.outcome is Outcome.ACCEPTED]
    assert len(accepted) == len(cases.history)
    assert_sound(cases)
