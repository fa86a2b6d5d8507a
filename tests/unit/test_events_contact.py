"""Events of contact: made, or tried in vain."""

import pytest

from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.envelope import CaseEvent
from domain.vocabulary.contact import ContactFailure, ContactMode
from tests.support.admitting import PERSON, PROPERTY, on
from tests.support.shaping import headline, needed, refusal
from tests.support.stories import Told, contact_attempt_failed, contact_made


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [(ContactMade, {"mode", "seen"}), (ContactAttemptFailed, {"mode", "reason"})],
)
def test_needs_no_more_than(event_type: type[CaseEvent], fields: set[str]) -> None:
    assert needed(event_type) == fields


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (contact_made(), "Contact (visit to the home), person seen"),
        (contact_made(seen_alone="yes"), "Contact (visit to the home), person seen alone"),
        (contact_made(seen_alone="no"), "Contact (visit to the home), person seen"),
        (contact_made(mode="letter", seen="no"), "Contact (letter), person not seen"),
        (
            contact_made(mode="phone", seen="no", seen_alone="yes"),
            "Contact (phone), person not seen",
        ),
        (contact_made(mode="other", seen="unknown"), "Contact (other)"),
        (
            contact_attempt_failed(attempt_no=3),
            "Contact attempt 3 failed (visit to the home): no access",
        ),
        (
            contact_attempt_failed(mode="letter", reason="no-reply"),
            "Contact attempt failed (letter): no reply",
        ),
    ],
)
def test_headline(told: Told, line: str) -> None:
    assert headline(told) == line


@pytest.mark.parametrize("attempt_no", [0, 10_001, "3", True])
def test_attempts_are_counted_from_one(attempt_no: object) -> None:
    assert refusal(contact_attempt_failed(attempt_no=attempt_no)) in {
        "greater_than_equal",
        "less_than_equal",
        "int_type",
    }


def test_a_letter_is_a_mode_and_silence_a_reason() -> None:
    assert "letter" in {*ContactMode}
    assert [*ContactFailure] == ["no-access", "no-reply", "refused", "unknown"]


@pytest.mark.parametrize("stream", [PERSON, PROPERTY])
@pytest.mark.parametrize("told", [contact_made(), contact_attempt_failed()])
def test_needs_no_case(stream: str, told: Told) -> None:
    on(stream).admits(told)
