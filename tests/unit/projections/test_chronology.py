"""The chronology of a review: the timeline, with the author's word laid over it."""

from typing import Any

import pytest

from domain.events.registry import EVENT_TYPES
from domain.persons import persons_of
from projections.chronology import chronology
from tests.support.stories import (
    NEIGHBOUR,
    TELLERS,
    TENANT,
    Told,
    action_agreed,
    action_cancelled,
    action_completed,
    advice_sought,
    case_closed,
    case_opened,
    chronology_entry_curated,
    chronology_submitted,
    consent_overridden,
    contact_attempt_failed,
    contact_made,
    decision_recorded,
    desired_outcomes_recorded,
    enforcement_action_taken,
    enforcement_reviewed,
    enquiry_reported,
    escalation_raised,
    escalation_responded,
    event_corrected,
    event_redacted,
    given,
    housing_offer_made,
    id_of,
    immediate_protection_taken,
    incident_reported,
    information_shared,
    marker_placed,
    meeting_held,
    outcome_feedback_recorded,
    oversight_recorded,
    person_informed,
    plan_agreed,
    reclassified,
    rectification_disputed,
    referral_decided,
    referral_sent,
    review_notified,
    role_changed,
    source_of,
    support_measure_provided,
    support_offered,
    support_responded,
    the,
    triage_completed,
    visit_control_set,
    warning_issued,
)

NOTICE = review_notified(
    "2024-09-02", ref="notice", scope_from="2024-03-01", scope_to="2024-06-30", persons=(TENANT,)
)
INCIDENT = incident_reported("2024-03-05", ref="incident", account="Three men at the door.")


def entry(ref: str, review: str = "SAR-1") -> str:
    return f"{review}|{id_of(ref)}"


def curated(ref: str, happened: str, **fields: Any) -> Told:
    return chronology_entry_curated(happened, event=the(ref), **fields)


class TestWhichEventsHaveAPlace:
    def test_those_within_the_days_the_review_looks_at(self) -> None:
        given(
            incident_reported("2024-02-29 23:30", ref="before"),
            incident_reported("2024-03-01 00:10", ref="first"),
            incident_reported("2024-06-30 23:30", ref="last"),
            incident_reported("2024-07-01 00:10", ref="after"),
            NOTICE,
        ).then(chronology).has_rows(entry("first"), entry("last"))

    def test_also_those_that_may_have_happened_within_them(self) -> None:
        given(
            incident_reported("2024-02-01 00:00", ref="earlier", occurred_precision="month"),
            incident_reported("2024-01-01 00:00", ref="that-year", occurred_precision="year"),
            NOTICE,
        ).then(chronology).has_rows(entry("that-year"))

    def test_all_of_them_where_the_scope_is_not_settled(self) -> None:
        open_ended = NOTICE.but(scope_from=None, scope_to=None)
        given(incident_reported("2019-01-01", ref="old"), open_ended).then(chronology).has_rows(
            entry("old"), entry("notice")
        )

    def test_none_while_no_review_was_notified(self) -> None:
        given(INCIDENT).then(chronology).has_rows()
        given(INCIDENT, NOTICE).when_seen(known_on="2024-09-01").then(chronology).has_rows()

    def test_each_review_has_its_own(self) -> None:
        other = review_notified("2024-09-05", review_id="DARDR-1", scope_from="2024-03-06")
        given(INCIDENT, incident_reported("2024-03-07", ref="second"), NOTICE, other).then(
            chronology
        ).has_rows(
            entry("incident"),
            entry("second"),
            entry("second", "DARDR-1"),
            entry("notice", "DARDR-1"),
            entry("e-4", "DARDR-1"),
        )

    def test_what_is_about_the_record_shows_in_its_entry_only(self) -> None:
        open_ended = NOTICE.but(scope_to=None)
        given(
            INCIDENT,
            event_corrected(target=the("incident")),
            open_ended,
            curated("incident", "2024-09-10"),
            chronology_submitted(),
        ).then(chronology).has_rows(entry("incident"), entry("notice"))

    def test_one_that_the_author_chose_has_a_place_outside_the_scope_too(self) -> None:
        old = incident_reported("2023-01-05", ref="old")
        seen = given(old, INCIDENT, NOTICE, curated("old", "2024-10-01")).then(chronology)
        seen.at(entry("old")).has(in_scope=False, include="included", place=1)
        seen.at(entry("incident")).has(in_scope=True, include="undecided", place=2)


class TestWhatAnEntrySays:
    def test_date_source_and_persons_are_those_of_the_timeline(self) -> None:
        given(
            incident_reported(
                "2024-03-05",
                known="2024-03-05 18:00",
                recorded="2024-03-07",
                ref="incident",
                account="Three men at the door.",
                occurred_precision="range",
                occurred_to="2024-03-05T10:00:00Z",
                subjects=({"person": TENANT, "role": "victim"},),
                sensitivity="restricted",
            ),
            NOTICE,
        ).then(chronology).at(entry("incident")).has(
            review_id="SAR-1",
            event_id=id_of("incident"),
            place=1,
            type="IncidentReported",
            occurred_at="2024-03-05",
            occurred_precision="range",
            occurred_to="2024-03-05 10:00",
            agency="Cromwood Homes",
            source="urn:cromwood:asb",
            source_event_id="incident",
            author_role="Housing officer",
            persons=(TENANT,),
            about_review_persons=True,
            headline="Incident reported: violence",
            account="Three men at the door.",
            seen=None,
            decision=None,
            who_was_told=(),
            known_at="2024-03-05 18:00",
            recorded_at="2024-03-07",
            known_after_days=0,
            is_hindsight=False,
            corrections=(),
            disputes=(),
            redacted=None,
            include="undecided",
            significance=None,
            impact=None,
            policy_expectation_met="unknown",
            analysis=None,
            curated_at=None,
            curated_by=None,
            sensitivity="restricted",
        )

    def test_the_agency_is_whom_it_was_entered_for(self) -> None:
        police = {"id": "pc:7", "role": "Constable", "organisation": "Police"}
        story = given(incident_reported("2024-03-05", ref="it", on_behalf_of=police), NOTICE)
        story.then(chronology).at(entry("it")).has(agency="Police", author_role="Housing officer")

    def test_it_says_whether_it_is_about_those_the_review_is_about(self) -> None:
        other = incident_reported(
            "2024-03-05", ref="it", subjects=({"person": NEIGHBOUR, "role": "victim"},)
        )
        given(other, NOTICE).then(chronology).at(entry("it")).has(about_review_persons=False)
        nobody = NOTICE.but(persons=())
        given(other, nobody).then(chronology).at(entry("it")).has(about_review_persons=None)

    def test_entries_are_numbered_in_order_of_happening(self) -> None:
        seen = given(
            incident_reported("2024-04-02", ref="third"),
            incident_reported("2024-03-02", ref="first", known="2024-05-01"),
            incident_reported("2024-04-01", ref="second"),
            NOTICE,
        ).then(chronology)
        for place, ref in enumerate(("first", "second", "third"), 1):
            seen.at(entry(ref)).has(place=place)

    @pytest.mark.parametrize(
        ("told", "decision", "rationale"),
        [
            (decision_recorded(), "Move out of the borough.", "They know where he lives."),
            (triage_completed(), "Refer", "He cannot keep them out."),
            (reclassified(), "Treat as adult safeguarding", "He was the one attacked."),
            (role_changed(), "See as victim", "They had come looking for him."),
            (consent_overridden(), "Act without consent", "They said they would be back."),
            (referral_decided(reasons="No needs."), "Accepted, section 42 enquiry", "No needs."),
            (
                warning_issued(kind="warning", proportionality_note="The mildest step."),
                "Warning",
                "The mildest step.",
            ),
            (
                enforcement_action_taken(kind="injunction", proportionality_note="He agreed."),
                "Injunction",
                "He agreed.",
            ),
            (
                enforcement_reviewed(outcome="withdrawn", reason="He was a victim."),
                "Withdrawn",
                "He was a victim.",
            ),
            (case_closed(outcome_summary="He moved."), "Close: Risk resolved", "He moved."),
            (incident_reported(), None, None),
        ],
    )
    def test_decisions_stand_with_their_reasons(
        self, told: Told, decision: str | None, rationale: str | None
    ) -> None:
        given(_at(told), NOTICE).then(chronology).at(entry("it")).has(
            decision=decision, rationale=rationale
        )

    @pytest.mark.parametrize(
        ("told", "response"),
        [
            (immediate_protection_taken(), "999 call"),
            (referral_sent(), "A strategy meeting."),
            (action_agreed(), "Review lone working."),
            (action_completed(findings="Fair.", impact="Fewer calls."), "Fair.\nFewer calls."),
            (action_completed(), None),
            (action_cancelled(), "Superseded"),
            (action_cancelled(note="Not needed."), "Not needed."),
            (plan_agreed(), "He is safe at home."),
            (oversight_recorded(directions="See him alone."), "See him alone."),
            (meeting_held(risks_agreed="They will be back."), "They will be back."),
            (support_offered(), "Tenancy support"),
            (support_responded(), "Declined"),
            (support_measure_provided(), "Locks"),
            (housing_offer_made(), "Transfer to another home"),
            (visit_control_set(), "No lone visits"),
            (marker_placed(), "Ring before you come."),
            (contact_attempt_failed(), "No access"),
            (escalation_responded(), "Not changed, explained"),
            (escalation_responded(response="They said no."), "They said no."),
            (enquiry_reported(), "Change the locks."),
            (incident_reported(), None),
        ],
    )
    def test_what_was_done_stands_in_words(self, told: Told, response: str | None) -> None:
        given(_at(told), NOTICE).then(chronology).at(entry("it")).has(response=response)

    @pytest.mark.parametrize(
        ("told", "who"),
        [
            (information_shared(), ("Police: Neighbourhood officer",)),
            (advice_sought(), ("Adult social care",)),
            (referral_sent(), ("Borough council",)),
            (escalation_raised(), ("MASH team manager",)),
            (person_informed(), (TENANT,)),
            (person_informed(person=None), ("Person concerned",)),
            (person_informed(informed=False, not_informed_reason="Unsafe."), ()),
            (incident_reported(), ()),
        ],
    )
    def test_who_was_told_stands(self, told: Told, who: tuple[str, ...]) -> None:
        given(_at(told), NOTICE).then(chronology).at(entry("it")).has(who_was_told=who)

    @pytest.mark.parametrize(
        ("told", "voice"),
        [
            (contact_made(voice="I am afraid."), "I am afraid."),
            (desired_outcomes_recorded(), "To sleep at home again."),
            (outcome_feedback_recorded(experience="They listened."), "They listened."),
            (desired_outcomes_recorded(asked="not-asked", outcomes=()), None),
            (incident_reported(), None),
        ],
    )
    def test_the_voice_of_the_person_stands(self, told: Told, voice: str | None) -> None:
        given(_at(told), NOTICE).then(chronology).at(entry("it")).has(voice=voice)

    @pytest.mark.parametrize("name", EVENT_TYPES)
    def test_every_type_of_event_can_be_entered(self, name: str) -> None:
        told, source = _at(TELLERS[EVENT_TYPES[name]]()), source_of(EVENT_TYPES[name])
        entered = chronology_entry_curated("2024-10-01", event=the("it", source))
        story = given(told, NOTICE, entered)
        row = story.then(chronology).at(f"SAR-1|{id_of('it', source)}").row
        assert row.persons == persons_of(story.events[0])


class TestContact:
    def test_says_whether_the_person_was_seen_and_alone(self) -> None:
        given(contact_made("2024-03-10", ref="it", seen="yes", seen_alone="no"), NOTICE).then(
            chronology
        ).at(entry("it")).has(seen="yes", seen_alone="no")

    def test_states_the_gaps_before_and_after_it(self) -> None:
        seen = given(
            contact_made("2024-03-10", ref="first"),
            incident_reported("2024-03-20", ref="between"),
            contact_made("2024-05-01", ref="second"),
            contact_made("2024-05-10", ref="third"),
            NOTICE,
        ).then(chronology)
        silent = {"since": "2024-03-10", "until": "2024-05-01", "days": 52}
        at_the_end = {"since": "2024-05-10", "until": "2024-06-30", "days": 51}
        seen.at(entry("first")).has(contact_gap_before=None, contact_gap_after=silent)
        seen.at(entry("between")).has(contact_gap_before=None, contact_gap_after=None)
        seen.at(entry("second")).has(contact_gap_before=silent, contact_gap_after=None)
        seen.at(entry("third")).has(contact_gap_before=None, contact_gap_after=at_the_end)


class TestHindsight:
    def test_what_was_known_on_a_later_day_is_marked(self) -> None:
        seen = given(
            incident_reported("2024-03-05", ref="at-once"),
            incident_reported("2024-03-05", ref="late", known="2024-04-16"),
            NOTICE,
        ).then(chronology)
        seen.at(entry("at-once")).has(is_hindsight=False, known_after_days=0)
        seen.at(entry("late")).has(is_hindsight=True, known_after_days=42)

    def test_what_happened_in_a_month_is_late_after_its_end(self) -> None:
        in_march = incident_reported("2024-03-01 00:00", occurred_precision="month", ref="it")
        for known, days in (("2024-03-20", 0), ("2024-03-31", 0), ("2024-04-02", 2)):
            story = given(_known(in_march, known), NOTICE)
            story.then(chronology).at(entry("it")).has(known_after_days=days)

    def test_what_was_learned_late_has_no_place_before(self) -> None:
        story = given(NOTICE, incident_reported("2024-03-05", ref="late", known="2024-10-01"))
        story.when_seen(known_on="2024-09-30").then(chronology).has_rows()
        story.when_seen(known_on="2024-10-01").then(chronology).has_rows(entry("late"))


class TestCuration:
    WORD = curated(
        "incident",
        "2024-09-10",
        significance="missed-opportunity",
        analysis="Nobody asked why.",
        impact="negative",
        policy_expectation_met="no",
        sensitivity="restricted",
    )

    def test_the_word_of_the_author_stands_beside_what_happened(self) -> None:
        given(INCIDENT, NOTICE, self.WORD).then(chronology).at(entry("incident")).has(
            headline="Incident reported: violence",
            account="Three men at the door.",
            include="included",
            significance="missed-opportunity",
            analysis="Nobody asked why.",
            impact="negative",
            policy_expectation_met="no",
            curated_at="2024-09-10",
            curated_by="staff:12",
            sensitivity="restricted",
        )

    def test_the_latest_word_holds_in_any_order(self) -> None:
        last = curated("incident", "2024-09-20", include=False, significance="background")
        for words in ((self.WORD, last), (last, self.WORD)):
            given(INCIDENT, NOTICE, *words).then(chronology).at(entry("incident")).has(
                include="left-out", significance="background", analysis=None
            )

    def test_another_review_may_see_it_otherwise(self) -> None:
        other = review_notified("2024-09-05", ref="other", review_id="DARDR-1")
        seen = given(INCIDENT, NOTICE, other, self.WORD).then(chronology)
        seen.at(entry("incident", "DARDR-1")).has(include="undecided", analysis=None)

    def test_it_is_not_known_before_it_was_said(self) -> None:
        seen = given(INCIDENT, NOTICE, self.WORD).when_seen(known_on="2024-09-09")
        seen.then(chronology).at(entry("incident")).has(include="undecided")

    def test_a_corrected_word_holds(self) -> None:
        fixed = event_corrected(
            target=the("word"), field="analysis", was="Nobody asked why.", now="One asked."
        )
        word = chronology_entry_curated(
            "2024-09-10", ref="word", event=the("incident"), analysis="Nobody asked why."
        )
        given(INCIDENT, NOTICE, word, fixed).then(chronology).at(entry("incident")).has(
            analysis="One asked."
        )


class TestWhatWasSaidOfAnEntrySince:
    def test_corrections_stand_beside_it_to_be_struck_through(self) -> None:
        given(
            INCIDENT,
            NOTICE,
            event_corrected(
                "2024-09-12",
                target=the("incident"),
                field="account",
                was="Three men at the door.",
                now="Four men at the door.",
            ),
        ).then(chronology).at(entry("incident")).has(
            account="Four men at the door.",
            corrections=({"was": '"Three men at the door."', "known_at": "2024-09-12"},),
        )

    def test_a_corrected_date_can_move_it_out_of_the_scope(self) -> None:
        moved = event_corrected(
            target=the("incident"),
            field="occurred_at",
            was="2024-03-05T09:00:00Z",
            now="2024-02-05T09:00:00Z",
        )
        given(INCIDENT, NOTICE, moved).then(chronology).has_rows()

    def test_a_disputed_one_carries_the_statement(self) -> None:
        given(INCIDENT, NOTICE, rectification_disputed(target=the("incident"))).then(chronology).at(
            entry("incident")
        ).has(disputes=({"statement": "I shouted for help."},))

    def test_of_a_redacted_one_the_words_are_gone(self) -> None:
        decision = decision_recorded("2024-03-05", ref="it", narrative="Words.")
        given(decision, NOTICE, event_redacted(target=the("it"))).then(chronology).at(
            entry("it")
        ).has(
            redacted={"lawful_reason": "wrong-record"},
            headline="Decision recorded: rehousing",
            account=None,
            decision=None,
            rationale=None,
        )
        contact = contact_made("2024-03-05", ref="it", voice="Words.")
        given(contact, NOTICE, event_redacted(target=the("it"))).then(chronology).at(
            entry("it")
        ).has(seen="yes", voice=None)
        asked = referral_sent("2024-03-05", ref="it")
        given(asked, NOTICE, event_redacted(target=the("it"))).then(chronology).at(entry("it")).has(
            response=None, who_was_told=()
        )


def test_a_review_of_the_landlord_has_a_chronology_of_its_own_file() -> None:
    given(action_agreed("2024-03-10", ref="it"), NOTICE, stream="organisation:landlord").then(
        chronology
    ).has_rows(entry("it"))


def test_opening_the_case_has_a_place_like_anything_else() -> None:
    given(case_opened("2024-03-05", ref="it"), NOTICE).then(chronology).has_rows(entry("it"))


def _at(told: Told) -> Told:
    return Told(told.event_type, told.fields, "2024-03-05", told.known, told.recorded, "it")


def _known(told: Told, known: str) -> Told:
    return Told(told.event_type, told.fields, told.happened, known, told.recorded, told.ref)
