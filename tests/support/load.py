"""Many cases at once, as an upstream system would publish them: believable, valid, reproducible."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime

from adapters.wire import encode
from domain.events.envelope import CaseEvent
from tests.support.stories import (
    NEIGHBOUR,
    SOURCE,
    TENANT,
    Told,
    action_agreed,
    action_completed,
    action_progressed,
    action_rescheduled,
    case_allocated,
    communication_preference_recorded,
    concern_raised,
    consent_decided,
    enforcement_reviewed,
    event_corrected,
    feedback_chased,
    incident_reported,
    meeting_convened,
    meeting_held,
    person_involved,
    reclassified,
    referral_acknowledged,
    referral_sent,
    risk_assessed,
    visit_control_set,
    warning_issued,
)

EVENTS_PER_CASE = 20
KINDS = 6
"""After how many cases they are again as the first: what differs does so for every 2nd or 3rd."""


def case_ref(number: int) -> str:
    """The reference of the case with this number."""
    return f"load:{number:05}"


def case_events(number: int) -> list[CaseEvent]:
    """The events of one case: twenty, in an order that is admitted as it stands."""
    events: list[CaseEvent] = []
    recorded = datetime(2024, 2, 29, 12, tzinfo=UTC)
    for version, told in enumerate(_story(number), 1):
        events.append(told.placed(version, recorded, case_ref(number)))
        recorded = events[-1].recorded_at
    return events


def case_messages(number: int) -> list[bytes]:
    """The CloudEvents of one case."""
    return [json.dumps(encode(event)).encode() for event in case_events(number)]


def messages(cases: int, *, seed: int, disorder: int = 3) -> Iterator[bytes]:
    """The events of many cases, interleaved at random, some up to `disorder` places late."""
    rng = random.Random(seed)
    queues = [case_messages(number) for number in range(cases)]
    turns = [number for number in range(cases) for _ in range(EVENTS_PER_CASE)]
    rng.shuffle(turns)
    taken = [0] * cases
    late = {number: _slightly_late(rng, disorder) for number in range(cases)}
    for number in turns:
        yield queues[number][late[number][taken[number]]]
        taken[number] += 1


def _slightly_late(rng: random.Random, disorder: int) -> list[int]:
    return sorted(range(EVENTS_PER_CASE), key=lambda place: place + rng.random() * disorder)


def _story(number: int) -> tuple[Told, ...]:
    case = case_ref(number)

    def ref(name: str) -> str:
        return f"{case}/{name}"

    def the(name: str) -> dict[str, str]:
        return {"source": SOURCE, "id": ref(name)}

    story = {
        "incident": incident_reported(category="asb"),
        "tenant": person_involved(),
        "neighbour": person_involved(person=NEIGHBOUR, role="additional-victim"),
        "warning": warning_issued(),
        "concern": concern_raised(strands=("adult",)),
        "lead": case_allocated(),
        "reclassified": reclassified(
            role_changes=(
                {"person": TENANT, "was": "alleged-perpetrator", "now": "intended-target"},
            )
        ),
        "reviewed": enforcement_reviewed(action=the("warning")),
        "preference": communication_preference_recorded(),
        "risk": risk_assessed(),
        "control": visit_control_set(),
        "consent": consent_decided(),
        "referral": referral_sent(consent_ref=the("consent")),
        "acknowledged": referral_acknowledged(),
        "convened": meeting_convened(),
        "held": meeting_held(),
        "agreed": action_agreed(),
        "moved": action_progressed() if number % 2 else action_rescheduled(),
        "corrected": event_corrected(
            target=the("agreed"), field="owner_org", was="Cromwood Homes", now="Borough council"
        ),
        "completed": feedback_chased() if number % 3 else action_completed(),
    }
    assert len(story) == EVENTS_PER_CASE
    return tuple(
        Told(told.event_type, told.fields, told.happened, told.known, told.recorded, ref(name))
        for name, told in story.items()
    )
