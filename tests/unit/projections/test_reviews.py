"""Reviews, what they recommended, and how it was passed on."""

from projections.recommendations import learning, recommendations
from projections.review_scope import LONGEST_SILENCE_DAYS
from projections.reviews import reviews
from tests.support.stories import (
    TENANT,
    chronology_submitted,
    contact_attempt_failed,
    contact_made,
    event_corrected,
    given,
    id_of,
    incident_reported,
    learning_disseminated,
    recommendation_accepted,
    recommendation_implemented,
    review_notified,
    the,
)

LANDLORD = "organisation:landlord"
NOTIFIED = review_notified("2024-09-02", ref="notified", due="2024-09-30")


class TestReviews:
    def test_a_review_says_who_holds_it_and_what_it_asks(self) -> None:
        given(NOTIFIED.but(scope_from="2024-03-01", scope_to="2024-03-20", persons=(TENANT,))).then(
            reviews
        ).at("SAR-1").has(
            review_type="sar-discretionary",
            commissioner="Safeguarding Adults Board",
            notified_at="2024-09-02",
            known_at="2024-09-02",
            scope_from="2024-03-01",
            scope_to="2024-03-20",
            persons=(TENANT,),
            due="2024-09-30",
            submissions=(),
            latest_version=None,
            first_submitted_at=None,
            days_late=None,
            recommendations=0,
            contact_gaps=(),
            longest_contact_gap_days=None,
        )

    def test_every_version_that_left_stays_with_its_hash(self) -> None:
        second = chronology_submitted(
            "2024-10-14", chronology_version=2, sha256="2" * 64, sensitivity="restricted"
        )
        first = chronology_submitted("2024-10-02", ref="first", sha256="1" * 64)
        given(NOTIFIED, second, first).then(reviews).at("SAR-1").has(
            submissions=(
                {
                    "event_id": id_of("first"),
                    "at": "2024-10-02",
                    "chronology_version": 1,
                    "sha256": "1" * 64,
                    "recipient": "Safeguarding Adults Board",
                },
                {"chronology_version": 2, "sha256": "2" * 64},
            ),
            latest_version=2,
            first_submitted_at="2024-10-02",
            days_late=2,
            sensitivity="restricted",
        )

    def test_what_was_submitted_is_not_known_before(self) -> None:
        story = given(NOTIFIED, chronology_submitted("2024-09-20", known="2024-10-02"))
        seen = story.when_seen(known_on="2024-10-01").then(reviews)
        seen.at("SAR-1").has(submissions=(), first_submitted_at=None)

    def test_its_recommendations_are_counted_and_not_those_of_others(self) -> None:
        given(
            NOTIFIED,
            review_notified(review_id="SAR-2"),
            recommendation_accepted(review_id="SAR-1"),
            recommendation_accepted(recommendation_id="REC-2", review_id="SAR-2"),
            recommendation_accepted(recommendation_id="REC-3"),
            chronology_submitted(review_id="SAR-2"),
        ).then(reviews).at("SAR-1").has(recommendations=1, submissions=())

    def test_one_may_be_of_the_landlord_as_a_whole(self) -> None:
        given(NOTIFIED, stream=LANDLORD).then(reviews).at("SAR-1").has(due="2024-09-30")

    def test_a_corrected_due_day_holds(self) -> None:
        fixed = event_corrected(
            target=the("notified"), field="due", was="2024-09-30", now="2024-10-31"
        )
        given(NOTIFIED, fixed).then(reviews).at("SAR-1").has(due="2024-10-31")


class TestGapsInContact:
    SCOPED = NOTIFIED.but(scope_from="2024-03-01", scope_to="2024-07-31")

    def test_are_stated_with_those_at_the_edges_of_the_scope(self) -> None:
        given(
            contact_made("2024-04-10"),
            contact_made("2024-04-20"),
            contact_attempt_failed("2024-05-05"),
            contact_made("2024-06-01"),
            self.SCOPED,
        ).then(reviews).at("SAR-1").has(
            contact_gaps=(
                {"since": "2024-03-01", "until": "2024-04-10", "days": 40},
                {
                    "since": "2024-04-20",
                    "until": "2024-06-01",
                    "days": 42,
                    "failed_attempts": 1,
                },
                {"since": "2024-06-01", "until": "2024-07-31", "days": 60},
            ),
            longest_contact_gap_days=60,
        )

    def test_of_less_than_four_weeks_are_none(self) -> None:
        scope = self.SCOPED.but(scope_from="2024-03-01", scope_to="2024-04-24")
        assert LONGEST_SILENCE_DAYS == 28
        given(contact_made("2024-03-28"), scope).then(reviews).at("SAR-1").has(contact_gaps=())
        given(contact_made("2024-03-29"), scope).then(reviews).at("SAR-1").has(
            contact_gaps=({"since": "2024-03-01", "until": "2024-03-29", "days": 28},)
        )

    def test_without_any_contact_are_the_whole_of_the_scope(self) -> None:
        given(incident_reported("2024-05-01"), self.SCOPED).then(reviews).at("SAR-1").has(
            contact_gaps=({"since": "2024-03-01", "until": "2024-07-31", "days": 152},)
        )

    def test_of_a_scope_not_settled_count_from_the_first_event_to_the_notice(self) -> None:
        given(incident_reported("2024-05-01"), contact_made("2024-08-30"), NOTIFIED).then(
            reviews
        ).at("SAR-1").has(
            contact_gaps=({"since": "2024-05-01", "until": "2024-08-30", "days": 121},)
        )

    def test_are_not_filled_by_contact_outside_the_scope(self) -> None:
        story = given(contact_made("2024-02-10"), contact_made("2024-08-20"), self.SCOPED)
        story.then(reviews).at("SAR-1").has(longest_contact_gap_days=152)

    def test_are_longer_while_a_contact_was_not_known(self) -> None:
        story = given(self.SCOPED, contact_made("2024-05-15", known="2024-10-01"))
        story.then(reviews).at("SAR-1").has(longest_contact_gap_days=77)
        before = story.when_seen(known_on="2024-09-30").then(reviews)
        before.at("SAR-1").has(longest_contact_gap_days=152)

    def test_are_not_stated_where_contact_dated_roughly_may_have_filled_them(self) -> None:
        rough = contact_made("2024-01-01 00:00", occurred_precision="year")
        given(rough, self.SCOPED).then(reviews).at("SAR-1").has(contact_gaps=())


class TestRecommendations:
    ACCEPTED = recommendation_accepted("2025-01-10", ref="accepted", review_id="SAR-1")

    def test_one_says_who_sees_to_it_by_when(self) -> None:
        given(self.ACCEPTED).then(recommendations).at("REC-1").has(
            review_id="SAR-1",
            text="Screen every report of antisocial behaviour for safeguarding.",
            owner="staff:1",
            accepted_at="2025-01-10",
            known_at="2025-01-10",
            due="2025-03-31",
            implemented_at=None,
            days_late=None,
            evidence_note=None,
            evidence=(),
            evidence_count=0,
            disseminated_at=None,
            disseminated_to=(),
        )

    def test_it_is_carried_out_with_evidence(self) -> None:
        document = {"ref": "doc:1", "sha256": "3" * 64, "title": "The form"}
        given(
            self.ACCEPTED,
            recommendation_implemented("2025-04-03", evidence=(document,)),
            recommendation_implemented("2025-05-01", evidence_note="Looked at again."),
            stream=LANDLORD,
        ).then(recommendations).at("REC-1").has(
            implemented_at="2025-04-03",
            days_late=3,
            evidence_note="Looked at again.",
            evidence=(document,),
            evidence_count=1,
        )

    def test_what_was_learned_from_it_is_passed_on(self) -> None:
        later = learning_disseminated(
            "2025-06-01", recommendation_ids=("REC-1",), audience=("board", "frontline-staff")
        )
        first = learning_disseminated("2025-05-01", recommendation_ids=("REC-1", "REC-2"))
        other = learning_disseminated("2025-04-01", recommendation_ids=("REC-2",))
        given(self.ACCEPTED, later, first, other).then(recommendations).at("REC-1").has(
            disseminated_at="2025-05-01", disseminated_to=("frontline-staff", "board")
        )

    def test_that_it_is_done_is_not_known_before(self) -> None:
        done = recommendation_implemented("2025-02-01", known="2025-04-03")
        seen = given(self.ACCEPTED, done).when_seen(known_on="2025-04-02")
        seen.then(recommendations).at("REC-1").has(implemented_at=None)

    def test_a_corrected_owner_holds(self) -> None:
        fixed = event_corrected(target=the("accepted"), field="owner", was="staff:1", now="staff:2")
        given(self.ACCEPTED, fixed).then(recommendations).at("REC-1").has(owner="staff:2")


class TestLearning:
    def test_says_to_whom_how_and_from_what(self) -> None:
        given(
            learning_disseminated(
                "2025-05-01",
                ref="it",
                recommendation_ids=("REC-1",),
                audience=("contractors", "board"),
                how="training",
            ),
            stream=LANDLORD,
        ).then(learning).at(id_of("it")).has(
            recommendation_ids=("REC-1",),
            audience=("contractors", "board"),
            how="training",
            occurred_at="2025-05-01",
        )

    def test_known_late_is_not_there_before(self) -> None:
        story = given(learning_disseminated("2025-05-01", known="2025-05-20"))
        story.when_seen(known_on="2025-05-19").then(learning).has_rows()

    def test_corrected_reads_as_corrected(self) -> None:
        given(
            learning_disseminated(ref="it"),
            event_corrected(target=the("it"), field="how", was="case-study", now="forum"),
        ).then(learning).at(id_of("it")).has(how="forum")
