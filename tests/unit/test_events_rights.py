"""Rights over the record, and how long it is kept: what their events hold, refuse and wait for."""

import pytest

from domain.corrections import correctable_fields
from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES
from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RectificationDisputed,
    RetentionHoldLifted,
    RetentionHoldPlaced,
    SubjectAccessFulfilled,
    SubjectAccessReceived,
)
from domain.outcomes import Reason
from domain.persons import named_in
from domain.vocabulary.rights import RedactionGround
from tests.support.admitting import ACCESS, AUTHORITY, CASE, LANDLORD, PERSON, PROPERTY, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    TENANT,
    Told,
    event_redacted,
    hold_lifted,
    hold_placed,
    incident_reported,
    person_data_erased,
    rectification_disputed,
    subject_access_fulfilled,
    subject_access_received,
    tell,
    the,
)

EventType = type[CaseEvent]
OPENED = incident_reported(ref="disputed")
ON_HOLD = Reason.LEGAL_HOLD


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (RetentionHoldPlaced, "hold_id reason [until]"),
        (RetentionHoldLifted, "hold_id [reason]"),
        (SubjectAccessReceived, "request_id requester [due] [complex]"),
        (SubjectAccessFulfilled, "request_id [redactions]"),
        (RectificationDisputed, "target [field] statement by"),
        (PersonDataErased, "lawful_reason approvals person"),
        (EventRedacted, "lawful_reason approvals target"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(event_type: EventType, fields: str) -> None:
    assert own_fields(event_type) == fields


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (
            RetentionHoldPlaced,
            "Retention hold item-7 placed: Independent Inquiry into Child Sexual Abuse, "
            "to be looked at again on 2030-12-31",
        ),
        (RetentionHoldLifted, "Retention hold item-7 lifted"),
        (
            SubjectAccessReceived,
            "Subject access request item-7 received, complex, due 2024-06-04",
        ),
        (SubjectAccessFulfilled, "Subject access request item-7 fulfilled, 2 redacted"),
        (RectificationDisputed, "Statement of disagreement with kind in an earlier event"),
        (PersonDataErased, "Personal data of one person erased: retention period ended"),
        (EventRedacted, "An earlier event redacted: entered in the wrong record"),
    ],
)
def test_the_headline_with_everything_filled_in(event_type: EventType, headline: str) -> None:
    assert filled_in(event_type).headline() == headline


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (hold_placed(), "Retention hold H1 placed: Review"),
        (subject_access_received(), "Subject access request SA1 received"),
        (subject_access_fulfilled(), "Subject access request SA1 fulfilled"),
        (rectification_disputed(), "Statement of disagreement with an earlier event"),
    ],
)
def test_the_headline_says_no_more_than_is_known(told: Told, headline: str) -> None:
    assert tell(told)[0].headline() == headline


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (hold_placed(reason="habit"), "reason", "enum"),
        (subject_access_received(requester="A. Tenant"), "requester", "string_pattern_mismatch"),
        (subject_access_received(complex="yes"), "complex", "bool_type"),
        (
            subject_access_fulfilled(redactions=({"event": the("e-1"), "ground": "awkward"},)),
            "redactions",
            "enum",
        ),
        (rectification_disputed(field="Kind"), "field", "string_pattern_mismatch"),
        (rectification_disputed(statement=""), "statement", "string_too_short"),
        (person_data_erased(lawful_reason="embarrassing"), "lawful_reason", "enum"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


@pytest.mark.parametrize("destroying", [person_data_erased(), event_redacted()])
@pytest.mark.parametrize(
    ("approvals", "refusal"),
    [
        ((), ("approvals", "too_short")),
        (("staff:dpo",), ("approvals", "too_short")),
        (("staff:dpo", "staff:1", "staff:2"), ("approvals", "too_long")),
        (("staff:dpo", "staff:dpo"), ("", "approved-once")),
        (("staff:dpo", "Staff:DPO "), ("", "approved-once")),
    ],
)
def test_destroying_takes_two_different_people(
    destroying: Told, approvals: tuple[str, ...], refusal: tuple[str, str]
) -> None:
    assert refusals(destroying.but(approvals=approvals)) == {refusal}
    assert tell(destroying.but(approvals=("staff:dpo", "staff:1")))


@pytest.mark.parametrize("ground", list(RedactionGround))
def test_a_part_may_be_withheld_on_any_ground(ground: RedactionGround) -> None:
    (given,) = tell(subject_access_fulfilled(redactions=({"event": the("e-9"), "ground": ground},)))
    assert isinstance(given, SubjectAccessFulfilled)
    assert given.redactions[0].ground is ground


def test_whom_they_name() -> None:
    told = (subject_access_received(), rectification_disputed(), person_data_erased())
    assert [named_in(event) for event in tell(*told)] == [(TENANT,)] * 3


class TestWhereTheyBelong:
    @pytest.mark.parametrize("stream", [CASE, PERSON, PROPERTY, LANDLORD, AUTHORITY, ACCESS])
    def test_a_hold_may_lie_on_any_stream(self, stream: str) -> None:
        story = (OPENED,) if stream == CASE else ()
        on(stream, *story).admits(hold_placed())

    @pytest.mark.parametrize("stream", [PERSON, PROPERTY])
    def test_a_request_may_lie_with_the_file_of_a_person_or_property(self, stream: str) -> None:
        on(stream).admits(subject_access_received())

    @pytest.mark.parametrize("stream", [LANDLORD, AUTHORITY, ACCESS])
    @pytest.mark.parametrize(
        "told", [subject_access_received(), subject_access_fulfilled(), person_data_erased()]
    )
    def test_what_is_about_a_person_lies_where_persons_are(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)


class TestHolds:
    DESTROYING = pytest.mark.parametrize(
        "told", [person_data_erased(), event_redacted(target=the("disputed"))]
    )

    @DESTROYING
    def test_nothing_is_destroyed_while_one_stands(self, told: Told) -> None:
        on(CASE, OPENED).admits(told)
        on(CASE, OPENED, hold_placed()).lets_wait(told, "RetentionHoldLifted", "H1", reason=ON_HOLD)
        on(CASE, OPENED, hold_placed(), hold_lifted()).admits(told)

    def test_each_of_several_has_to_be_lifted(self) -> None:
        held = (OPENED, hold_placed(), hold_placed(hold_id="H2", reason="litigation"))
        on(CASE, *held).lets_wait(person_data_erased(), "H1, H2", reason=ON_HOLD)
        on(CASE, *held, hold_lifted()).lets_wait(person_data_erased(), "H2", reason=ON_HOLD)
        on(CASE, *held, hold_lifted(), hold_lifted(hold_id="H2")).admits(person_data_erased())

    def test_its_day_lifts_nothing(self) -> None:
        case = on(CASE, OPENED, hold_placed("2024-03-05", until="2024-03-31"))
        case.lets_wait(person_data_erased("2024-05-01"), "RetentionHoldLifted", reason=ON_HOLD)

    def test_an_erasure_decided_before_it_waits_too(self) -> None:
        case = on(CASE, OPENED, hold_placed("2024-04-05"))
        case.lets_wait(person_data_erased("2024-04-01"), "RetentionHoldLifted", reason=ON_HOLD)

    def test_is_placed_once_and_lifted_once(self) -> None:
        on(CASE, OPENED).lets_wait(hold_lifted(), "RetentionHoldPlaced", "H1")
        on(CASE, OPENED, hold_placed()).contradicts(hold_placed(), "hold H1", "already")
        lifted = on(CASE, OPENED, hold_placed(), hold_lifted())
        lifted.contradicts(hold_lifted(), "H1", "already")


class TestSubjectAccess:
    def test_is_received_once_and_answered_after_that(self) -> None:
        on(PERSON).lets_wait(subject_access_fulfilled(), "SubjectAccessReceived", "SA1")
        asked = on(PERSON, subject_access_received())
        asked.contradicts(subject_access_received(), "request SA1", "already")
        asked.admits(subject_access_fulfilled())

    def test_may_be_answered_in_parts(self) -> None:
        on(PERSON, subject_access_received(), subject_access_fulfilled()).admits(
            subject_access_fulfilled()
        )

    def test_what_is_withheld_may_lie_on_any_stream(self) -> None:
        withheld = {"event": the("on-a-case"), "ground": "third-party"}
        on(PERSON, subject_access_received()).admits(
            subject_access_fulfilled(redactions=(withheld,))
        )


class TestDisputes:
    def test_waits_for_what_it_disputes(self) -> None:
        told = rectification_disputed(target=the("unheard-of"))
        on(CASE, OPENED).lets_wait(told, "unheard-of")

    def test_disputes_an_event_or_a_field_it_has(self) -> None:
        case = on(CASE, OPENED)
        case.admits(rectification_disputed())
        case.admits(rectification_disputed(field="kind"))
        case.contradicts(rectification_disputed(field="shoe_size"), "IncidentReported", "shoe_size")

    def test_any_field_of_any_event_can_be_named(self) -> None:
        named = {
            field
            for event_type in EVENT_TYPES.values()
            for field in correctable_fields(event_type)
            if tell(rectification_disputed(field=field))
        }
        assert {"kind", "from", "sha256", "narrative"} <= named

    def test_a_redaction_waits_for_what_it_redacts(self) -> None:
        on(CASE, OPENED).lets_wait(event_redacted(target=the("unheard-of")), "unheard-of")
