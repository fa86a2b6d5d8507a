"""Persons and properties over all streams, from before any case too."""

import pytest

from domain.places import place_of
from projections.person_history import person_history, same_person
from projections.property_history import property_history
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    Told,
    case_closed,
    case_linked,
    case_opened,
    case_reopened,
    case_unlinked,
    concern_raised,
    contact_attempt_failed,
    enforcement_action_taken,
    event_corrected,
    given,
    hoarding_level_assessed,
    housing_changed,
    incident_reported,
    marker_placed,
    marker_removed,
    person_involved,
    property_described,
    reclassified,
    records_merged,
    records_split,
    risk_assessed,
    role_changed,
    the,
    vulnerability_recorded,
    warning_issued,
)

OLD = "person:tenant-old"
HOME = "uprn:100012345678"
ACCUSED = ({"person": TENANT, "role": "alleged-perpetrator"},)
OPENED = incident_reported("2024-03-01", ref="report", category="asb", subjects=ACCUSED)
AT_HOME = incident_reported("2024-03-01", ref="report", category="asb", property_ref=HOME)
MARKED = marker_placed("2024-03-05", incident=the("report"))


class TestPersons:
    def test_a_case_says_as_what_they_appear_and_how_it_stands(self) -> None:
        story = (
            OPENED,
            reclassified("2024-03-10", known="2024-03-12"),
            role_changed("2024-03-10"),
            risk_assessed("2024-03-15", level="high"),
            risk_assessed("2024-03-16", tool="visitor", level="low"),
            warning_issued("2024-03-04"),
            enforcement_action_taken("2024-03-05", against=NEIGHBOUR),
            case_closed("2024-06-01"),
        )
        given(*story).then(person_history).at(TENANT).has(
            kind="case",
            is_own_file=False,
            status="closed",
            closed_at="2024-06-01",
            classification="adult",
            strands=("adult",),
            opened_at="2024-03-01",
            current_roles=("victim",),
            roles=({"role": "alleged-perpetrator"}, {"role": "victim"}),
            risk_level="high",
            risk_assessed_at="2024-03-15",
            stream_risk_level="high",
            warnings=1,
            mentions=5,
            first_mention_at="2024-03-01",
            last_mention_at="2024-03-16",
            links=(),
            markers_in_force=(),
        )
        given(*story).when_seen(known_on="2024-03-09").then(person_history).at(TENANT).has(
            status="open",
            classification="asb",
            current_roles=("alleged-perpetrator",),
            risk_level=None,
            warnings=1,
            mentions=2,
            last_mention_at="2024-03-04",
        )

    def test_a_case_that_was_reopened_is_open(self) -> None:
        story = (OPENED, case_closed("2024-06-01"), case_reopened("2024-07-01"))
        given(*story).then(person_history).has(status="open", closed_at=None)

    def test_the_risk_to_another_is_not_theirs(self) -> None:
        case = given(OPENED, risk_assessed("2024-03-15", person=NEIGHBOUR, level="high"))
        case.then(person_history).at(TENANT).has(risk_level=None, stream_risk_level="high")
        case.then(person_history).at(NEIGHBOUR).has(risk_level="high")

    def test_what_is_learned_late_may_come_first(self) -> None:
        early = vulnerability_recorded("2023-11-01", known="2024-05-02")
        case = given(OPENED, early)
        case.then(person_history).has(
            first_mention_at="2023-11-01", first_known_at="2024-03-01", last_mention_at="2024-03-01"
        )
        case.when_seen(known_on="2024-05-01").then(person_history).has(
            first_mention_at="2024-03-01"
        )

    def test_markers_on_them_that_stand(self) -> None:
        on_home = marker_placed(
            "2024-03-06",
            marker_id="W2",
            subject="property",
            property_ref=HOME,
            incident=the("report"),
        )
        case = given(OPENED, MARKED, on_home)
        case.then(person_history).at(TENANT).has(
            markers_in_force=(
                {"marker_id": "W1", "marker_type": "risk-to-staff", "expires_on": "2025-03-01"},
            )
        )
        given(OPENED, MARKED, marker_removed()).then(person_history).at(TENANT).has(
            markers_in_force=()
        )

    def test_a_corrected_role_reads_as_corrected(self) -> None:
        given(
            OPENED,
            person_involved(ref="who", person=NEIGHBOUR, role="victim"),
            event_corrected(target=the("who"), field="role", was="victim", now="witness"),
        ).then(person_history).at(NEIGHBOUR).has(current_roles=("witness",))


class TestOwnFiles:
    BEFORE = contact_attempt_failed("2023-10-05", person=None)

    def test_hold_what_happened_before_any_case(self) -> None:
        given(incident_reported("2023-10-01", subjects=ACCUSED), self.BEFORE, stream=TENANT).then(
            person_history
        ).at(TENANT).has(
            kind="person",
            is_own_file=True,
            status=None,
            classification=None,
            opened_at=None,
            strands=(),
            current_roles=("alleged-perpetrator",),
            mentions=2,
            last_mention_at="2023-10-05",
            case_ref=TENANT,
        )

    def test_are_of_the_person_also_where_no_event_names_them(self) -> None:
        given(self.BEFORE, stream=TENANT).then(person_history).has_rows(TENANT)

    def test_are_of_the_person_as_events_name_them(self) -> None:
        story = vulnerability_recorded(person="4411")
        given(story, stream="person:4411").then(person_history).at("4411").has(is_own_file=True)

    def test_hold_others_too(self) -> None:
        seen = given(person_involved(person=NEIGHBOUR), stream=TENANT).then(person_history)
        seen.at(NEIGHBOUR).has(is_own_file=False)
        seen.at(TENANT).has(is_own_file=True, mentions=1)

    def test_of_a_property_hold_persons(self) -> None:
        given(person_involved(), stream="property:100012345678").then(person_history).at(
            TENANT
        ).has(kind="property", is_own_file=False, status=None)


class TestLinks:
    LINKED = case_linked("2024-04-01", other_ref=TENANT, relation="history")
    UNLINKED = case_unlinked("2024-05-01", other_ref=TENANT, relation="history")
    PLAIN = incident_reported("2024-03-01", category="asb")

    def test_to_a_persons_file_make_the_case_theirs(self) -> None:
        case = given(self.PLAIN, self.LINKED)
        case.then(person_history).at(TENANT).has(
            mentions=1,
            first_mention_at="2024-04-01",
            current_roles=(),
            links=({"other_ref": TENANT, "relation": "history", "since": "2024-04-01"},),
        )
        case.when_seen(known_on="2024-03-31").then(person_history).has_rows()

    def test_to_the_file_of_someone_named_otherwise_are_of_that_person(self) -> None:
        given(
            self.PLAIN,
            person_involved("2024-03-02", person="4411"),
            self.LINKED.but(other_ref="person:4411"),
        ).then(person_history).has_rows("4411")

    @pytest.mark.parametrize(
        ("story", "standing"),
        [
            ((LINKED, UNLINKED), 0),
            ((UNLINKED, LINKED), 0),
            (
                (LINKED, UNLINKED, case_linked("2024-06-01", other_ref=TENANT, relation="history")),
                1,
            ),
            ((LINKED, UNLINKED.but(relation="household")), 1),
            ((LINKED, case_unlinked("2024-03-20", other_ref=TENANT, relation="history")), 1),
        ],
    )
    def test_stand_until_they_are_undone(self, story: tuple[Told, ...], standing: int) -> None:
        row = given(OPENED, *story).then(person_history).at(TENANT).row
        assert len(row.links) == standing

    def test_to_another_case_are_told_and_make_nobody_part_of_it(self) -> None:
        given(OPENED, case_linked(other_ref="repairs:4711")).then(person_history).at(TENANT).has(
            links=({"other_ref": "repairs:4711", "relation": "repair"},)
        )


class TestMergedRecords:
    MERGED = records_merged("2024-04-01", survivor=TENANT, retired=OLD)

    def test_are_told_on_both_rows_until_they_are_split(self) -> None:
        case = given(OPENED, self.MERGED, records_split("2024-05-01", survivor=TENANT, retired=OLD))
        before = case.when_seen(known_on="2024-04-30").then(person_history)
        before.at(OLD).has(alias_of=TENANT)
        before.at(TENANT).has(aliases=(OLD,))
        case.then(person_history).at(OLD).has(alias_of=None)

    def test_name_all_references_to_look_up(self) -> None:
        rows = given(OPENED, self.MERGED).then(person_history)
        assert same_person([rows.at(OLD).row]) == {OLD, TENANT}
        assert same_person([rows.at(TENANT).row]) == {OLD, TENANT}
        assert same_person([]) == frozenset()


class TestProperties:
    def test_a_case_says_what_happened_there_and_how_it_stands(self) -> None:
        given(
            AT_HOME,
            hoarding_level_assessed("2024-03-10", property_ref=HOME, level="high"),
            hoarding_level_assessed("2024-03-20", property_ref=HOME, level="medium"),
            marker_placed(
                "2024-03-25",
                subject="property",
                person=NEIGHBOUR,
                property_ref=HOME,
                incident=the("report"),
            ),
            risk_assessed("2024-03-26", level="high"),
        ).then(property_history).at("100012345678").has(
            property_ref=HOME,
            is_own_file=False,
            kind="case",
            status="open",
            classification="asb",
            stream_risk_level="high",
            hoarding_level="medium",
            persons=(TENANT, NEIGHBOUR),
            mentions=4,
            first_mention_at="2024-03-01",
            last_mention_at="2024-03-25",
            markers_in_force=({"marker_id": "W1"},),
        )

    def test_a_marker_on_a_person_there_is_not_on_the_property(self) -> None:
        given(AT_HOME, MARKED.but(property_ref=HOME)).then(property_history).has(
            markers_in_force=()
        )

    def test_a_home_moved_to_is_part_of_the_case(self) -> None:
        given(AT_HOME, housing_changed(kind="move", property_ref=HOME, to_property="uprn:2")).then(
            property_history
        ).has_rows("100012345678", "2")

    def test_its_own_file_holds_what_came_before_under_any_of_its_references(self) -> None:
        described = property_described("2023-01-01", property_ref=HOME)
        before = out_of_the_blue("2023-10-05")
        seen = given(described, before, stream="property:100012345678").then(property_history)
        seen.at("100012345678").has(
            kind="property",
            is_own_file=True,
            property_ref=HOME,
            status=None,
            mentions=2,
            last_mention_at="2023-10-05",
        )

    def test_a_file_in_which_no_event_names_it_is_its_own(self) -> None:
        given(out_of_the_blue("2023-10-05"), stream="property:7").then(property_history).at(
            "7"
        ).has(is_own_file=True, property_ref="property:7")

    def test_a_case_linked_to_its_file_is_part_of_its_history(self) -> None:
        case = given(
            incident_reported("2024-03-01", category="asb"),
            case_linked("2024-04-01", other_ref="property:100012345678", relation="history"),
        )
        case.then(property_history).at("100012345678").has(
            links=({"other_ref": "property:100012345678", "relation": "history"},), mentions=1
        )
        case.when_seen(known_on="2024-03-31").then(property_history).has_rows()

    def test_a_corrected_property_reads_as_corrected(self) -> None:
        given(
            AT_HOME,
            event_corrected(target=the("report"), field="property_ref", was=HOME, now="uprn:2"),
        ).then(property_history).has_rows("2")

    @pytest.mark.parametrize("reference", ["property:7", "uprn:7", "7", "property:uprn:7"])
    def test_its_references_come_to_one(self, reference: str) -> None:
        assert place_of(reference) == "7"


def out_of_the_blue(happened: str) -> Told:
    """What a file without a case can hold that names neither a person nor a property."""
    return contact_attempt_failed(happened, person=None)


def test_a_case_of_which_no_opening_is_in_view_has_no_status() -> None:
    case = given(person_involved("2024-03-02"), case_opened("2024-03-05"), concern_raised())
    case.when_seen(known_on="2024-03-03").then(person_history).has(status=None, opened_at=None)
