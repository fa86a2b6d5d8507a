"""The consent and sharing register of a case."""

from projections.sharing import sharing
from tests.support.stories import (
    NEIGHBOUR,
    TENANT,
    advice_sought,
    concern_raised,
    consent_decided,
    consent_overridden,
    event_corrected,
    given,
    id_of,
    information_received,
    information_shared,
    person_informed,
    the,
)


class TestConsent:
    def test_a_decision_says_who_stands_where_and_who_asked(self) -> None:
        given(
            consent_decided(
                "2024-03-02",
                ref="consent",
                state="not-sought",
                how="phone",
                reason_not_sought="They were in the room.",
                sensitivity="restricted",
            )
        ).then(sharing).at(id_of("consent")).has(
            kind="consent",
            person=TENANT,
            persons=(TENANT,),
            scope="refer",
            state="not-sought",
            current=True,
            sought_by="staff:12",
            how="phone",
            reason_not_sought="They were in the room.",
            overridden_at=None,
            occurred_at="2024-03-02",
            recorded_by="staff:12",
            sensitivity="restricted",
        )

    def test_the_latest_per_scope_and_person_is_current(self) -> None:
        seen = given(
            consent_decided("2024-03-02", ref="first", state="refused"),
            consent_decided("2024-03-05", ref="second"),
            consent_decided("2024-03-03", ref="other-scope", scope="share"),
            consent_decided("2024-03-03", ref="other-person", person=NEIGHBOUR),
        ).then(sharing)
        seen.at(id_of("first")).has(current=False)
        for ref in ("second", "other-scope", "other-person"):
            seen.at(id_of(ref)).has(current=True)

    def test_one_learned_late_does_not_replace_a_newer_one(self) -> None:
        story = given(
            consent_decided("2024-03-05", ref="newer"),
            consent_decided("2024-03-02", ref="older", known="2024-03-09", state="refused"),
        )
        story.then(sharing).at(id_of("newer")).has(current=True)
        story.then(sharing).at(id_of("older")).has(current=False)

    def test_withdrawal_is_not_known_before_it_was(self) -> None:
        seen = given(
            consent_decided("2024-03-02", ref="given"),
            consent_decided("2024-03-05", ref="taken", known="2024-03-08", state="withdrawn"),
        ).when_seen(known_on="2024-03-07")
        seen.then(sharing).has_rows(str(id_of("given")))
        seen.then(sharing).has(current=True)

    def test_a_corrected_decision_is_another_decision(self) -> None:
        given(
            consent_decided("2024-03-02", ref="was", state="refused"),
            event_corrected(target=the("was"), field="state", was="refused", now="given"),
        ).then(sharing).at(id_of("was")).has(state="given")


class TestActingWithoutIt:
    OVERRIDE = consent_overridden(
        "2024-03-05",
        ref="override",
        person=TENANT,
        grounds=("risk-unacceptable", "others-at-risk"),
        dissenting_view="Adult social care saw no grounds.",
    )

    def test_says_on_what_grounds_and_who_dissents(self) -> None:
        seen = given(consent_decided("2024-03-02", ref="no", state="refused"), self.OVERRIDE)
        seen.then(sharing).at(id_of("override")).has(
            kind="override",
            current=True,
            grounds=("risk-unacceptable", "others-at-risk"),
            rationale="They said they would be back.",
            decider="staff:1",
            dissenting_view="Adult social care saw no grounds.",
            risk_of_sharing="Low: nothing goes to his address.",
            informed=None,
        )
        seen.then(sharing).at(id_of("no")).has(current=True, overridden_at="2024-03-05")

    def test_holds_until_the_person_decides_anew(self) -> None:
        given(
            consent_decided("2024-03-02", state="refused"),
            self.OVERRIDE,
            consent_decided("2024-03-08", ref="yes"),
        ).then(sharing).at(id_of("override")).has(current=False)

    def test_of_everyone_holds_where_nobody_has_consented_since(self) -> None:
        everyone = self.OVERRIDE.but(person=None)
        given(everyone).then(sharing).at(id_of("override")).has(current=True)
        seen = given(everyone, consent_decided("2024-03-08")).then(sharing)
        seen.at(id_of("override")).has(current=False)

    def test_says_whether_the_person_was_told_or_why_not(self) -> None:
        untold = person_informed(
            "2024-03-06", informed=False, not_informed_reason="He lives with them."
        )
        told = person_informed("2024-03-12", known="2024-03-14", about="override")
        story = given(self.OVERRIDE, untold, told)
        before = story.when_seen(known_on="2024-03-13").then(sharing)
        before.at(id_of("override")).has(
            informed=False, informed_at="2024-03-06", not_informed_reason="He lives with them."
        )
        story.then(sharing).at(id_of("override")).has(
            informed=True, informed_at="2024-03-12", not_informed_reason=None
        )

    def test_another_matter_another_person_or_an_earlier_word_does_not_count(self) -> None:
        given(
            self.OVERRIDE,
            person_informed("2024-03-06", about="decision"),
            person_informed("2024-03-06", about="sharing"),
            person_informed("2024-03-06", person=NEIGHBOUR),
            person_informed("2024-03-04"),
        ).then(sharing).at(id_of("override")).has(informed=None, informed_at=None)


class TestExchanges:
    def test_what_was_shared_says_with_whom_and_what_it_rests_on(self) -> None:
        seen = given(
            consent_decided("2024-03-02", ref="consent", scope="share"),
            consent_overridden("2024-03-03", ref="override", scope="share"),
            information_shared("2024-03-05", ref="by-consent", request_id="Q1"),
            information_shared(
                "2024-03-06",
                ref="by-override",
                consent_ref=None,
                override_ref=the("override"),
                sealed_items=True,
                released_by="staff:dso",
                items=("One thing.", "Another."),
            ),
            information_shared(
                "2024-03-07",
                ref="for-a-child",
                consent_ref=None,
                subjects=({"person": "person:child", "role": "child-at-risk"},),
            ),
        ).then(sharing)
        seen.at(id_of("by-consent")).has(
            kind="shared",
            agency="police",
            agency_role="Neighbourhood officer",
            items=("The day and hour of the visit.",),
            item_count=1,
            legal_basis="legal-obligation",
            rests_on=id_of("consent"),
            rests_on_kind="consent",
            method="phone",
            request_id="Q1",
            sealed_items=False,
            current=None,
        )
        seen.at(id_of("by-override")).has(
            rests_on=id_of("override"),
            rests_on_kind="override",
            item_count=2,
            sealed_items=True,
            released_by="staff:dso",
        )
        seen.at(id_of("for-a-child")).has(
            rests_on=None, rests_on_kind=None, persons=("person:child",)
        )

    def test_what_was_received_says_whether_it_may_be_passed_on(self) -> None:
        given(
            information_received(
                ref="it", onward_sharing="no", from_role="Sergeant", method="meeting"
            )
        ).then(sharing).at(id_of("it")).has(
            kind="received",
            agency="police",
            agency_role="Sergeant",
            topic="Earlier visits",
            new_to_us=True,
            onward_sharing="no",
            method="meeting",
        )

    def test_advice_sought_without_a_name_names_nobody(self) -> None:
        given(advice_sought(ref="it", advice="Refer it.", refer_advised="yes")).then(sharing).at(
            id_of("it")
        ).has(
            kind="advice",
            agency="adult-social-care",
            identities_disclosed=False,
            person=None,
            persons=(),
            question="A tenant's door was kicked in twice. Is that one for you?",
            advice="Refer it.",
            refer_advised="yes",
        )

    def test_who_was_informed_is_an_entry_of_its_own(self) -> None:
        given(person_informed("2024-03-06", ref="it", method="face-to-face")).then(sharing).at(
            id_of("it")
        ).has(kind="informed", person=TENANT, about="referral", informed=True, how="face-to-face")


def test_nothing_else_is_entered() -> None:
    given(concern_raised()).then(sharing).has_rows()
