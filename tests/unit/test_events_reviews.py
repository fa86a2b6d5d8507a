"""Reviews and what is learned from them: what their events hold, refuse, say and wait for."""

import pytest

from domain.events.envelope import CaseEvent
from domain.events.reviews import (
    ChronologyEntryCurated,
    ChronologySubmitted,
    LearningDisseminated,
    RecommendationAccepted,
    RecommendationImplemented,
    ReviewNotified,
)
from domain.outcomes import Reason
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.reviews import ReviewType
from tests.support.admitting import ACCESS, AUTHORITY, CASE, LANDLORD, PERSON, PROPERTY, on
from tests.support.shapes import filled_in, own_fields, refusals
from tests.support.stories import (
    Told,
    chronology_entry_curated,
    chronology_submitted,
    event_corrected,
    incident_reported,
    learning_disseminated,
    recommendation_accepted,
    recommendation_implemented,
    review_notified,
    tell,
    the,
)

EventType = type[CaseEvent]


@pytest.mark.parametrize(
    ("event_type", "fields"),
    [
        (
            ReviewNotified,
            "review_id review_type commissioner [scope_from] [scope_to] [persons] [due]",
        ),
        (
            ChronologyEntryCurated,
            "review_id event include significance [analysis] [impact] [policy_expectation_met]",
        ),
        (ChronologySubmitted, "review_id chronology_version sha256 recipient"),
        (RecommendationAccepted, "recommendation_id [review_id] text owner due"),
        (RecommendationImplemented, "recommendation_id evidence_note"),
        (LearningDisseminated, "[recommendation_ids] audience how"),
    ],
)
def test_the_fields_and_which_of_them_may_be_left_out(event_type: EventType, fields: str) -> None:
    assert own_fields(event_type) == fields


@pytest.mark.parametrize(
    ("event_type", "headline"),
    [
        (
            ReviewNotified,
            "Review item-7 notified: Safeguarding Adults Review, mandatory, due 2024-09-30",
        ),
        (ChronologyEntryCurated, "Chronology of review item-7: an entry, missed opportunity"),
        (
            ChronologySubmitted,
            "Chronology of review item-7, version 3, submitted to "
            "Borough Safeguarding Adults Board",
        ),
        (RecommendationAccepted, "Recommendation item-7 accepted, due 2024-12-31"),
        (RecommendationImplemented, "Recommendation item-7 implemented"),
        (
            LearningDisseminated,
            "Learning passed on to front-line staff, contractors: joint training with partners",
        ),
    ],
)
def test_the_headline_with_everything_filled_in(event_type: EventType, headline: str) -> None:
    assert filled_in(event_type).headline() == headline


@pytest.mark.parametrize(
    ("told", "headline"),
    [
        (
            review_notified(),
            "Review SAR-1 notified: Safeguarding Adults Review, discretionary",
        ),
        (chronology_entry_curated(include=False), "Chronology of review SAR-1: an entry, left out"),
    ],
)
def test_the_headline_says_no_more_than_is_known(told: Told, headline: str) -> None:
    assert tell(told)[0].headline() == headline


@pytest.mark.parametrize(
    ("told", "field", "error"),
    [
        (review_notified(review_type="public-inquiry"), "review_type", "enum"),
        (review_notified(scope_from="2024-03-02", scope_to="2024-03-01"), "", "invalid-range"),
        (review_notified(persons=("A. Tenant",)), "persons", "string_pattern_mismatch"),
        (chronology_entry_curated(include="yes"), "include", "bool_type"),
        (chronology_entry_curated(significance="odd"), "significance", "enum"),
        (chronology_entry_curated(impact="great"), "impact", "enum"),
        (chronology_submitted(chronology_version=0), "chronology_version", "greater_than_equal"),
        (chronology_submitted(chronology_version="1"), "chronology_version", "int_type"),
        (chronology_submitted(sha256="0"), "sha256", "string_pattern_mismatch"),
        (recommendation_accepted(due="soon"), "due", "invalid-date"),
        (learning_disseminated(audience=()), "audience", "too_short"),
    ],
)
def test_what_is_wrong_is_refused(told: Told, field: str, error: str) -> None:
    assert refusals(told) == {(field, error)}


def test_a_scope_may_be_of_one_day_or_open_at_either_end() -> None:
    assert tell(review_notified(scope_from="2024-03-01", scope_to="2024-03-01"))
    assert tell(review_notified(scope_from="2024-03-01"))
    assert tell(review_notified(scope_to="2024-03-01"))


def test_what_a_review_does_not_say_is_unknown() -> None:
    (entry,) = tell(chronology_entry_curated())
    assert isinstance(entry, ChronologyEntryCurated)
    assert entry.policy_expectation_met is YesNoUnknown.UNKNOWN
    assert entry.impact is None


@pytest.mark.parametrize("kind", list(ReviewType))
def test_every_kind_of_review_can_be_told(kind: ReviewType) -> None:
    assert kind.label in tell(review_notified(review_type=kind))[0].headline()


class TestWhereTheyBelong:
    @pytest.mark.parametrize("stream", [LANDLORD, AUTHORITY])
    @pytest.mark.parametrize(
        "told", [review_notified(), recommendation_accepted(), learning_disseminated()]
    )
    def test_what_outlives_a_case_lies_with_the_landlord_or_an_authority(
        self, stream: str, told: Told
    ) -> None:
        on(stream).admits(told)

    @pytest.mark.parametrize("stream", [PERSON, PROPERTY, ACCESS])
    @pytest.mark.parametrize(
        "told",
        [
            review_notified(),
            chronology_entry_curated(),
            chronology_submitted(),
            recommendation_accepted(),
            recommendation_implemented(),
            learning_disseminated(),
        ],
    )
    def test_nowhere_else(self, stream: str, told: Told) -> None:
        on(stream).contradicts(told, "does not belong", reason=Reason.WRONG_STREAM)


class TestReviews:
    OPENED = incident_reported(ref="entry")

    def test_is_notified_once(self) -> None:
        case = on(CASE, self.OPENED, review_notified())
        case.contradicts(review_notified(), "review SAR-1", "already")
        case.admits(review_notified(review_id="SAR-2"))

    @pytest.mark.parametrize("told", [chronology_entry_curated(), chronology_submitted()])
    def test_what_is_made_for_one_waits_for_it(self, told: Told) -> None:
        on(CASE, self.OPENED).lets_wait(told, "ReviewNotified", "SAR-1")
        on(CASE, self.OPENED, review_notified()).admits(told)

    def test_an_entry_waits_for_the_event_it_is_about(self) -> None:
        case = on(CASE, self.OPENED, review_notified())
        case.lets_wait(chronology_entry_curated(event=the("unheard-of")), "unheard-of")

    def test_an_event_is_seen_anew_and_otherwise_by_another_review(self) -> None:
        case = on(
            CASE,
            self.OPENED,
            review_notified(),
            review_notified(review_id="SAR-2"),
            chronology_entry_curated(),
        )
        case.admits(chronology_entry_curated(include=False))
        case.admits(chronology_entry_curated(review_id="SAR-2", significance="background"))

    def test_a_version_of_the_chronology_stays_what_it_was(self) -> None:
        case = on(CASE, self.OPENED, review_notified(), chronology_submitted())
        case.contradicts(chronology_submitted(sha256="1" * 64), "version 1", "SAR-1")
        case.admits(chronology_submitted(sha256="1" * 64, chronology_version=2))

    def test_a_version_may_go_to_several(self) -> None:
        case = on(CASE, self.OPENED, review_notified(), chronology_submitted())
        case.admits(chronology_submitted(recipient="Coroner"))

    def test_each_review_counts_its_versions_for_itself(self) -> None:
        case = on(
            CASE,
            self.OPENED,
            review_notified(),
            review_notified(review_id="SAR-2"),
            chronology_submitted(),
        )
        case.admits(chronology_submitted(review_id="SAR-2", sha256="1" * 64))

    def test_a_hash_that_was_mistyped_is_corrected(self) -> None:
        case = on(
            CASE,
            self.OPENED,
            review_notified(),
            chronology_submitted(ref="sent"),
            event_corrected(target=the("sent"), field="sha256", was="0" * 64, now="1" * 64),
        )
        case.admits(chronology_submitted(sha256="1" * 64))
        case.contradicts(chronology_submitted(sha256="0" * 64), "other content")


class TestRecommendations:
    def test_is_accepted_once(self) -> None:
        with_one = on(LANDLORD, recommendation_accepted())
        with_one.contradicts(recommendation_accepted(), "recommendation REC-1", "already")

    def test_does_not_wait_for_a_review_that_another_stream_tells_of(self) -> None:
        on(LANDLORD).admits(recommendation_accepted(review_id="SAR-1"))

    def test_is_implemented_once_accepted(self) -> None:
        on(LANDLORD).lets_wait(recommendation_implemented(), "RecommendationAccepted", "REC-1")
        on(LANDLORD, recommendation_accepted()).admits(recommendation_implemented())

    def test_learning_may_follow_from_those_of_other_streams(self) -> None:
        on(LANDLORD).admits(learning_disseminated(recommendation_ids=("REC-1", "REC-9")))
