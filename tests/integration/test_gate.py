"""The gate decides by the events there are, records what it decided, and only then opens."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from domain.access import Action
from domain.identity import case_id_of
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose, RecordPart
from services.access import AccessUnavailable, Asking, Forbidden, NotThere
from tests.support.access import LANDLORD, Guarded, guarded, visitor
from tests.support.messages import RECEIVED
from tests.support.stories import (
    CASE_REF,
    case_allocated,
    case_opened,
    case_restricted,
    conflict_declared,
    glass_broken,
    incident_reported,
    review_access_granted,
    role_revoked,
)

OTHER = "asb:2024-0118"


@pytest.fixture
def door(database_url: str) -> Iterator[Guarded]:
    with guarded(database_url) as found:
        found.tells(incident_reported(), case_opened(authority="E09000001"))
        found.tells(case_allocated(lead="staff:12", team=("staff:13",)))
        yield found


def test_the_lead_of_a_case_reads_it_and_that_is_on_record(door: Guarded) -> None:
    door.grants("staff:12", "officer")

    opened = door.opens("staff:12", part=RecordPart.TIMELINE)

    assert (opened.case_ref, opened.version) == (CASE_REF, 3)
    assert opened.masked == {PersonalClass.LOCATION, PersonalClass.REPORTER}
    (record,) = door.records()
    assert (record["staff"], record["action"], record["part"]) == ("staff:12", "read", "timeline")
    assert (record["permitted"], record["rules"]) == (True, ["officer-read"])
    assert (record["case_id"], record["case_ref"]) == (case_id_of(CASE_REF), CASE_REF)
    assert "location" not in record["shown"]


def test_a_case_of_others_and_one_that_is_not_there_look_the_same(door: Guarded) -> None:
    door.grants("staff:77", "officer")

    with pytest.raises(NotThere) as of_others:
        door.opens("staff:77")
    with pytest.raises(NotThere) as absent:
        door.opens("staff:77", case_ref="asb:none")

    assert str(of_others.value) == str(absent.value)
    assert [(row["permitted"], row["rules"]) for row in door.records()] == [
        (False, ["nothing-permits"]),
        (False, ["not-there"]),
    ]


def test_whoever_holds_no_role_opens_nothing(door: Guarded) -> None:
    with pytest.raises(NotThere):
        door.opens("staff:12")


def test_a_revoked_grant_counts_no_more_at_once(door: Guarded) -> None:
    grant = door.grants("staff:12", "officer")
    door.opens("staff:12")

    door.own(role_revoked(grant_id=grant), LANDLORD)

    with pytest.raises(NotThere):
        door.opens("staff:12")


def test_a_grant_runs_out(door: Guarded) -> None:
    until = (RECEIVED + timedelta(hours=1)).isoformat()
    door.grants("staff:12", "officer", valid_until=until)
    door.opens("staff:12")

    door.feed.clock.goes(hours=1, seconds=1)

    with pytest.raises(NotThere):
        door.opens("staff:12")


def test_a_safeguarding_officer_reads_the_cases_of_their_area_alone(door: Guarded) -> None:
    door.tells(incident_reported(), case_opened(authority="E09000002"), case_ref=OTHER)
    door.grants("staff:sg", "safeguarding", areas=("E09000001",))

    assert door.opens("staff:sg").case_ref == CASE_REF
    with pytest.raises(NotThere):
        door.opens("staff:sg", case_ref=OTHER)


def test_a_restricted_case_is_there_for_those_named_alone(door: Guarded) -> None:
    door.grants("staff:12", "officer")
    door.grants("staff:sg-02", "safeguarding")
    door.own(case_restricted(named=("staff:sg-02",), owner="staff:sg-02"))

    assert door.opens("staff:sg-02").case_ref == CASE_REF
    with pytest.raises(NotThere):
        door.opens("staff:12")


def test_a_conflict_of_interest_with_a_case_closes_it(door: Guarded) -> None:
    door.grants("staff:12", "officer")
    door.own(conflict_declared(staff="staff:12", person=None))

    with pytest.raises(NotThere):
        door.opens("staff:12")
    assert door.records()[-1]["rules"] == ["conflict"]


def test_a_conflict_of_interest_with_a_person_closes_the_cases_they_are_in(door: Guarded) -> None:
    door.grants("staff:12", "officer")
    door.tells(
        incident_reported(subjects=({"person": "person:9", "role": "victim"},)),
        case_allocated(lead="staff:12"),
        case_ref=OTHER,
    )
    door.own(conflict_declared(staff="staff:12", person="person:9"), LANDLORD)

    assert door.opens("staff:12").case_ref == CASE_REF
    with pytest.raises(NotThere):
        door.opens("staff:12", case_ref=OTHER)


def test_broken_glass_opens_a_case_for_an_hour_and_for_who_broke_it(door: Guarded) -> None:
    door.grants("staff:77", "officer")
    door.grants("staff:78", "officer")
    until = (RECEIVED + timedelta(hours=1)).isoformat()
    actor = {"id": "staff:77", "role": "Housing officer", "organisation": "Cromwood Homes"}
    door.own(glass_broken(until=until, actor=actor))

    assert door.opens("staff:77").decision.rule == "glass-read"
    with pytest.raises(NotThere):
        door.opens("staff:78")
    door.feed.clock.goes(hours=1, seconds=1)
    with pytest.raises(NotThere):
        door.opens("staff:77")


def test_a_reviewer_is_held_to_the_days_that_were_granted(door: Guarded) -> None:
    door.grants("staff:70", "reviewer")
    door.own(
        review_access_granted(
            principal=visitor("staff:70").principal,
            scope_to="2024-06-30",
            valid_until=(RECEIVED + timedelta(days=30)).isoformat(),
        ),
        LANDLORD,
    )

    opened = door.opens("staff:70", purpose=AccessPurpose.REVIEW)

    assert opened.scope is not None
    assert f"{opened.scope.scope_to}" == "2024-06-30"
    assert PersonalClass.IDENTITY in opened.masked


def test_a_list_leaves_out_what_may_not_be_seen_and_records_the_rest(door: Guarded) -> None:
    door.tells(incident_reported(), case_ref=OTHER)
    door.grants("staff:12", "officer")
    wanted = [case_id_of(CASE_REF), case_id_of(OTHER), case_id_of("asb:none")]

    sifted = door.gate.sift(visitor("staff:12"), Asking(action=Action.LIST), wanted)

    assert list(sifted.masked) == [case_id_of(CASE_REF)]
    assert [row["case_ref"] for row in door.records()] == [CASE_REF]


def test_what_concerns_no_case_is_allowed_or_says_why_not(door: Guarded) -> None:
    door.grants("staff:95", "administrator")
    door.gate.allow(visitor("staff:95"), Asking(action=Action.RUN_READ_MODELS))

    with pytest.raises(Forbidden) as refused:
        door.gate.allow(visitor("staff:12"), Asking(action=Action.RUN_READ_MODELS))
    assert refused.value.rule == "no-role"


def test_without_a_record_nothing_opens(door: Guarded) -> None:
    door.grants("staff:12", "officer")
    with psycopg.connect(door.feed.url, autocommit=True) as owner:
        owner.execute("REVOKE INSERT ON case_timeline.access_record FROM case_timeline_service")

    with pytest.raises(AccessUnavailable):
        door.opens("staff:12")


def test_what_was_recorded_is_neither_changed_nor_removed(door: Guarded) -> None:
    door.grants("staff:12", "officer")
    door.opens("staff:12")

    for statement in ("UPDATE", "DELETE FROM", "TRUNCATE"):
        target = "case_timeline.access_record"
        changed = f"{target} SET permitted = false" if statement == "UPDATE" else target
        with (
            psycopg.connect(door.feed.url, autocommit=True) as owner,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            owner.execute(f"{statement} {changed}")


def test_what_is_no_case_is_not_opened_as_one(door: Guarded) -> None:
    door.grants("staff:sg-02", "safeguarding")

    assert door.opens("staff:sg-02").case_ref == CASE_REF
    with pytest.raises(NotThere):
        door.opens("staff:sg-02", case_ref=LANDLORD)
    assert door.records()[-1]["rules"] == ["not-there"]
