"""Who may do what: what events of roles, grants, conflicts, restrictions and emergencies hold,
refuse, say and wait for."""

import pytest

from domain.events import permissions
from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.permissions import (
    CaseRestricted,
    ConflictDeclared,
    ConflictEnded,
    GlassBroken,
    GlassReviewed,
    RestrictionLifted,
    ReviewAccessGranted,
    ReviewAccessRevoked,
    RoleGranted,
    RoleRevoked,
)
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Reason
from domain.vocabulary.access import WITH_A_UNIT, Role
from tests.support.admitting import ACCESS, AUTHORITY, CASE, LANDLORD, PERSON, PROPERTY, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    case_allocated,
    case_restricted,
    conflict_declared,
    conflict_ended,
    event_corrected,
    glass_broken,
    glass_reviewed,
    incident_reported,
    restriction_lifted,
    review_access_granted,
    review_access_revoked,
    role_granted,
    role_revoked,
    tell,
    the,
)

OPENED = incident_reported()
PUBLISHER = role_granted(role="upstream", staff=None, publishes="urn:cromwood:asb")

OF_A_CASE = [case_restricted(), restriction_lifted(), glass_broken(), glass_reviewed()]
OF_THE_LANDLORD = [role_granted(), role_revoked(), review_access_granted(), review_access_revoked()]
OF_EITHER = [conflict_declared(), conflict_ended()]
ALL = [*OF_A_CASE, *OF_THE_LANDLORD, *OF_EITHER]
BEGINNING_AND_ENDING = [
    (LANDLORD, role_granted(), role_revoked(), "G-1"),
    (LANDLORD, review_access_granted(), review_access_revoked(), "RG-1"),
    (LANDLORD, conflict_declared(), conflict_ended(), "C-1"),
    (CASE, conflict_declared(), conflict_ended(), "C-1"),
]


def name_of(told: Told) -> str:
    return told.event_type.__name__


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (
            RoleGranted,
            "grant_id principal role [staff] [areas] [publishes] [valid_until] approved_by "
            "[reason]",
        ),
        (RoleRevoked, "grant_id [reason]"),
        (
            ReviewAccessGranted,
            "review_grant_id principal cases [scope_from] [scope_to] valid_until why approved_by "
            "[reason]",
        ),
        (ReviewAccessRevoked, "review_grant_id [reason]"),
        (ConflictDeclared, "conflict_id staff ground [person] [reason]"),
        (ConflictEnded, "conflict_id [reason]"),
        (CaseRestricted, "named owner ground review_by [reason]"),
        (RestrictionLifted, "[reason]"),
        (GlassBroken, "glass_id ground reason until"),
        (GlassReviewed, "glass_id finding [reason]"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(
    event_type: type[CaseEvent], fields: str
) -> None:
    assert own_fields(event_type) == fields


def test_this_service_alone_records_them_and_no_others() -> None:
    by_service = {event for event in EVENT_TYPES.values() if event.BY_SERVICE}
    assert by_service == {told.event_type for told in ALL}
    assert {event.__module__ for event in by_service} == {permissions.__name__}


@pytest.mark.parametrize(
    ("event", "headline"),
    [
        (
            filled_in(RoleGranted),
            "Granted to staff:12: frontline officer until 2024-12-31 23:59 UTC",
        ),
        (tell(PUBLISHER)[0], "Granted to urn:cromwood:asb: upstream system"),
        (tell(role_revoked())[0], "Grant G-1 revoked"),
        (
            filled_in(ReviewAccessGranted),
            "Granted for review: 2 cases, until 2024-12-31 23:59 UTC",
        ),
        (
            tell(review_access_granted(why="audit"))[0],
            "Granted for audit: 1 case, until 2024-12-31 23:59 UTC",
        ),
        (tell(review_access_revoked())[0], "Grant RG-1 to a reviewer revoked"),
        (
            tell(conflict_declared())[0],
            "Conflict of interest of staff:12: related to someone it is about",
        ),
        (tell(conflict_ended())[0], "Conflict of interest C-1 ended"),
        (
            tell(case_restricted())[0],
            "Restricted to 2 people: someone would be in danger if it were known; "
            "review by 2024-06-01",
        ),
        (
            tell(case_restricted(named=("staff:90",), owner="staff:90", ground="legal"))[0],
            "Restricted to 1 person: it is before a court, or may be; review by 2024-06-01",
        ),
        (tell(restriction_lifted())[0], "Restriction lifted"),
        (
            tell(glass_broken())[0],
            "Opened in an emergency by staff:12: staff are there, or on their way, and may be in "
            "danger; until 2024-03-01 11:00 UTC",
        ),
        (tell(glass_reviewed())[0], "Opening in an emergency B-1 reviewed: justified"),
    ],
)
def test_the_headline_says_what_happened_without_free_text(event: CaseEvent, headline: str) -> None:
    assert event.headline() == headline


class TestARole:
    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.UPSTREAM])
    def test_of_a_person_names_the_person_and_no_source(self, role: Role) -> None:
        assert tell(role_granted(role=role))
        assert refusals(role_granted(role=role, staff=None)) == {("", "missing-member")}
        publishing = role_granted(role=role, publishes="urn:cromwood:asb")
        assert refusals(publishing) == {("", "not-a-system")}

    def test_of_a_system_names_its_source_and_nobody(self) -> None:
        assert tell(PUBLISHER)
        assert refusals(PUBLISHER.but(publishes=None)) == {("", "missing-member")}
        assert refusals(PUBLISHER.but(staff="staff:12")) == {("", "not-a-person")}
        assert refusals(PUBLISHER.but(areas=("E09000001",))) == {("", "not-a-person")}

    def test_of_a_system_is_never_to_publish_as_this_service(self) -> None:
        assert refusals(PUBLISHER.but(publishes=OWN_SOURCE)) == {("", "own-source")}

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.UPSTREAM])
    def test_is_for_some_areas_only_of_who_answers_for_cases_there(self, role: Role) -> None:
        told = role_granted(role=role, areas=("E09000001", "E09000002"))
        if role in WITH_A_UNIT:
            assert tell(told)
        else:
            assert refusals(told) == {("", "not-by-area")}

    @pytest.mark.parametrize("approved_by", ["staff:91", "staff:12"])
    def test_is_approved_by_neither_who_records_it_nor_whom_it_is_for(
        self, approved_by: str
    ) -> None:
        assert refusals(role_granted(approved_by=approved_by)) == {("", "not-two-people")}


class TestAGrantToAReviewer:
    def test_is_for_days_in_their_order(self) -> None:
        day = "2024-03-01"
        assert tell(review_access_granted(scope_from=day, scope_to=day))
        assert tell(review_access_granted(scope_from=day))
        assert tell(review_access_granted(scope_to=day))
        backwards = review_access_granted(scope_from=day, scope_to="2024-02-29")
        assert refusals(backwards) == {("", "invalid-range")}

    def test_is_approved_by_another_than_who_records_it(self) -> None:
        own = review_access_granted(approved_by="staff:12")
        assert refusals(own) == {("", "not-two-people")}

    def test_runs_out(self) -> None:
        assert refusals(review_access_granted(valid_until=None)) == {
            ("valid_until", "invalid-timestamp")
        }


class TestAConflict:
    def test_with_a_case_needs_no_person(self) -> None:
        on(CASE, OPENED).admits(conflict_declared(person=None))

    def test_with_a_person_names_the_person_where_no_case_does(self) -> None:
        on(LANDLORD).admits(conflict_declared())
        with pytest.raises(ValueError, match="person is needed on the landlord's stream"):
            tell(conflict_declared(person=None), case_ref=LANDLORD)


def test_the_owner_of_a_restriction_is_one_of_those_named() -> None:
    assert refusals(case_restricted(owner="staff:12")) == {("", "not-named")}


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (role_granted(role="king"), "role", "enum"),
        (role_granted(principal="two words"), "principal", "string_pattern_mismatch"),
        (role_granted(principal="x" * 401), "principal", "string_too_long"),
        (role_granted(areas=("No such form",)), "areas", "string_pattern_mismatch"),
        (review_access_granted(cases=()), "cases", "too_short"),
        (review_access_granted(cases=(CASE, "2024-0117")), "cases", "string_pattern_mismatch"),
        (review_access_granted(why="curiosity"), "why", "enum"),
        (conflict_declared(ground="dislike"), "ground", "enum"),
        (case_restricted(named=()), "named", "too_short"),
        (case_restricted(ground="shy"), "ground", "enum"),
        (case_restricted(review_by="soon"), "review_by", "invalid-date"),
        (glass_broken(ground="curious"), "ground", "enum"),
        (glass_broken(reason="Because of danger."), "reason", "string_too_short"),
        (glass_broken(until="2024-03-01T11:00:00"), "until", "timestamp-needs-offset"),
        (glass_reviewed(finding="fine"), "finding", "enum"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


class TestWhereTheyBelong:
    @pytest.mark.parametrize("told", OF_A_CASE, ids=name_of)
    @pytest.mark.parametrize("stream", [PERSON, PROPERTY, LANDLORD, AUTHORITY, ACCESS])
    def test_what_is_of_a_case_on_no_other_stream(self, told: Told, stream: str) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    @pytest.mark.parametrize("told", OF_THE_LANDLORD, ids=name_of)
    @pytest.mark.parametrize("stream", [CASE, PERSON, PROPERTY, AUTHORITY, ACCESS])
    def test_what_is_of_the_landlord_on_no_other_stream(self, told: Told, stream: str) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)

    @pytest.mark.parametrize("told", OF_EITHER, ids=name_of)
    @pytest.mark.parametrize("stream", [PERSON, PROPERTY, AUTHORITY, ACCESS])
    def test_a_conflict_on_a_case_or_the_landlords(self, told: Told, stream: str) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)


class TestInTurn:
    @pytest.mark.parametrize(("stream", "begins", "ends", "ref"), BEGINNING_AND_ENDING)
    def test_it_ends_once_it_has_begun(
        self, stream: str, begins: Told, ends: Told, ref: str
    ) -> None:
        opening = [OPENED] if stream == CASE else []
        on(stream, *opening).lets_wait(ends, name_of(begins), ref)
        on(stream, *opening, begins).admits(ends)

    @pytest.mark.parametrize(("stream", "begins", "ends", "ref"), BEGINNING_AND_ENDING)
    def test_it_ends_once(self, stream: str, begins: Told, ends: Told, ref: str) -> None:
        opening = [OPENED] if stream == CASE else []
        on(stream, *opening, begins, ends).contradicts(ends, ref, "has ended already")

    @pytest.mark.parametrize(("stream", "begins", "ends", "ref"), BEGINNING_AND_ENDING)
    def test_it_begins_once_even_after_it_ended(
        self, stream: str, begins: Told, ends: Told, ref: str
    ) -> None:
        opening = [OPENED] if stream == CASE else []
        on(stream, *opening, begins).contradicts(begins, ref)
        on(stream, *opening, begins, ends).contradicts(begins, ref)

    def test_that_one_has_ended_says_nothing_of_another(self) -> None:
        two = role_granted(), role_granted(grant_id="G-2")
        on(LANDLORD, *two, role_revoked()).admits(role_revoked(grant_id="G-2"))

    def test_a_review_waits_for_the_emergency(self) -> None:
        on(CASE, OPENED).lets_wait(glass_reviewed(), "GlassBroken", "B-1")
        on(CASE, OPENED, glass_broken()).admits(glass_reviewed())

    @pytest.mark.parametrize("told", [*OF_A_CASE, *OF_EITHER], ids=name_of)
    def test_nothing_comes_before_its_case(self, told: Told) -> None:
        on(CASE).lets_wait(told, reason=Reason.UNKNOWN_CASE)

    def test_a_case_is_restricted_anew_and_freed_however_often(self) -> None:
        restricted = on(CASE, OPENED, case_restricted())
        restricted.admits(case_restricted(named=("staff:90",), owner="staff:90"))
        restricted.admits(restriction_lifted())
        on(CASE, OPENED, case_restricted(), restriction_lifted()).admits(case_restricted())


class TestCorrections:
    @pytest.mark.parametrize("told", [role_granted(), conflict_declared()], ids=name_of)
    def test_what_only_this_service_records_is_not_corrected(self, told: Told) -> None:
        correction = event_corrected(
            target=the("it", OWN_SOURCE), field="staff", was="staff:12", now="staff:13"
        )
        granted = Told(told.event_type, told.fields, ref="it")
        on(LANDLORD, granted).contradicts(
            correction, name_of(told), "end it, and record another", reason=Reason.CONTRADICTION
        )

    @pytest.mark.parametrize("told", [*OF_A_CASE, conflict_declared()], ids=name_of)
    def test_nor_is_when_it_happened_or_what_is_told_of_it(self, told: Told) -> None:
        begun = [glass_broken()] if told.event_type is GlassReviewed else []
        story = [OPENED, *begun, Told(told.event_type, told.fields, ref="it")]
        for field, was in (("narrative", None), ("known_at", "2024-03-05T09:00:00Z")):
            correction = event_corrected(
                target=the("it", OWN_SOURCE), field=field, was=was, now="2024-03-01T09:00:00Z"
            )
            on(CASE, *story).contradicts(correction, "counts as recorded")

    def test_an_allocation_which_others_publish_is(self) -> None:
        on(CASE, OPENED, case_allocated(ref="given")).admits(
            event_corrected(target=the("given"), field="lead", was="staff:12", now="staff:13")
        )
