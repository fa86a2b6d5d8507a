"""A flag as it is announced: a CloudEvent that its schema describes."""

import pytest
from jsonschema import Draft202012Validator

from adapters.wire.flags import FLAG_SOURCE, FlagRaised, encode_flag
from domain.identity import event_id_of
from domain.outcomes import Reason
from domain.vocabulary.rules import FlagEffect
from tests.support.messages import RECEIVED, without
from tests.support.schemas import SCHEMAS, refusal_of

FLAG = FlagRaised.model_validate(
    {
        "rule": "R7",
        "rule_version": 1,
        "item": "ESC-1",
        "since": "2024-03-01T09:00:00Z",
        "due_at": "2024-03-06T09:00:00+00:00",
        "effect": FlagEffect.WARNING,
        "why": "Stage 1 of the escalation was not answered.",
        "clears": "An answer to the escalation.",
    }
)
SENT = encode_flag(
    FLAG,
    flag_id=event_id_of(FLAG_SOURCE, "1"),
    case_ref="asb:2024-0117",
    at=RECEIVED,
)
SCHEMA = Draft202012Validator(SCHEMAS["FlagRaised.v1.json"])


def test_a_flag_fits_as_it_is_announced() -> None:
    assert [error.message for error in SCHEMA.iter_errors(SENT)] == []
    assert FlagRaised.model_validate(SENT["data"]) == FLAG
    assert SENT["time"] == "2026-01-05T09:00:00Z"


@pytest.mark.parametrize("name", ["id", "source", "subject", "time", "data"])
def test_a_flag_does_not_fit_without_an_attribute(name: str) -> None:
    assert not SCHEMA.is_valid(without(SENT, name))


@pytest.mark.parametrize("name", ["rule", "rule_version", "since", "due_at", "effect", "why"])
def test_a_flag_does_not_fit_without_what_it_says(name: str) -> None:
    assert not SCHEMA.is_valid(SENT | {"data": without(SENT["data"], name)})


def test_a_flag_is_no_event_that_can_be_sent_in() -> None:
    refusal = refusal_of(SENT)
    assert refusal is not None
    assert refusal.reason is Reason.UNKNOWN_TYPE
