"""A persistent service refuser: nobody may come in, nobody has a duty to, and the landlord stays;
until one person is let in, and later he dies and a review asks what was tried."""

from tests.stories.cast import (
    HEALTH,
    HOUSING,
    LEAD,
    MANAGER,
    OFFICER,
    REPAIRS,
    SAFEGUARDING,
    at_a_contractor,
    at_a_partner,
    at_the_landlord,
)
from tests.stories.story import Story, by, known_on, recorded_by, today, told_in_order
from tests.support.stories import (
    advice_sought,
    advocate_involved,
    barrier_encountered,
    capacity_considered,
    case_allocated,
    case_closed,
    case_linked,
    case_opened,
    chronology_entry_curated,
    communication_preference_recorded,
    concern_raised,
    consent_decided,
    consent_overridden,
    contact_attempt_failed,
    contact_made,
    decision_recorded,
    desired_outcomes_recorded,
    hold_placed,
    housing_changed,
    immediate_protection_taken,
    information_received,
    information_requested,
    information_shared,
    oversight_recorded,
    person_informed,
    person_involved,
    plan_agreed,
    plan_reviewed,
    review_notified,
    risk_assessed,
    support_measure_provided,
    support_offered,
    support_responded,
    the,
    triage_completed,
)
from tests.support.telling import Fields

REF = "sg:2024-0081"
HOME = "uprn:100099990081"
TENANT = "person:tenant-81"
FRIEND = "person:friend-81"
AUTHORITY = "E06009981"

BOARD = "urn:moorland:safeguarding-adults-board"
PRACTICE = "urn:moorland:gp"

NEW_OFFICER = at_the_landlord("ho-44", "Housing officer")
ENGINEER = at_a_contractor("gas-9", "Gas engineer", "Brightflame Heating")
BOARD_OFFICER = at_a_partner("sab:1", "Review officer", "Moorland safeguarding adults board")
PRACTICE_MANAGER = at_a_partner("gp:2", "Practice manager", "Moorland surgery")

ABOUT: Fields = {
    "subjects": ({"person": TENANT, "role": "adult-at-risk"},),
    "property_ref": HOME,
}

_OFFERED = (
    *by(
        OFFICER,
        HOUSING,
        concern_raised(
            "2024-09-04 16:30",
            ref="ho-8101",
            channel="neighbour",
            basis="third-party",
            reporter={"role": "Neighbour", "kind": "neighbour"},
            relayed_by=("Housing officer",),
            verbatim_account="He used to nod. Now he takes his shopping in after dark, he is thin, "
            "and he tells everyone to go away.",
            strands=("adult",),
            abuse_types=("self-neglect",),
            indicators=("isolated", "change-in-behaviour"),
            source_of_risk="self",
            severity="moderate",
            crime_suspected="no",
            person_aware="no",
            immediate_danger=False,
            safe_to_contact="yes",
            **ABOUT,
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        case_opened(
            "2024-09-05 09:30",
            ref="sg-8101",
            initial_classification="adult",
            opened_from=(the("ho-8101", HOUSING),),
            authority=AUTHORITY,
            housing_type="general-needs",
        ),
        case_allocated("2024-09-05 09:35", ref="sg-8102", lead=LEAD["id"], team=(OFFICER["id"],)),
        person_involved(
            "2024-09-05 09:40",
            ref="sg-8103",
            person=TENANT,
            role="adult-at-risk",
            tenure_role="tenant",
            known_to_social_care="no",
            property_ref=HOME,
        ),
        case_linked(
            "2024-09-05 09:50",
            ref="sg-8104",
            other_ref=TENANT,
            relation="history",
            reason="Two gas visits that he would not have, before anyone wondered why.",
        ),
        risk_assessed(
            "2024-09-05 10:00",
            ref="sg-8105",
            person=TENANT,
            tool="general",
            level="medium",
            rationale="Thin and alone, by one account.",
            review_due="2024-10-03",
        ),
        advice_sought(
            "2024-09-05 11:00",
            ref="sg-8106",
            from_agency="adult-social-care",
            identities_disclosed=False,
            question="A man who lets nobody in and eats little. Have you a duty if he says no?",
            advice="Not while he can decide for himself. Keep offering.",
            refer_advised="no",
        ),
        triage_completed(
            "2024-09-05 11:30",
            ref="sg-8107",
            has_care_needs="yes",
            at_risk_of_abuse="yes",
            unable_to_protect_self="no",
            basis="Self-neglect; nothing says that he could not take help.",
            decision="landlord-led",
            rationale="No statutory route while he refuses. We stay with it.",
            enforcement_check="not-applicable",
            decider=LEAD["id"],
            no_statutory_route="refuses-support",
        ),
        desired_outcomes_recorded(
            "2024-09-18",
            ref="sg-8108",
            person=TENANT,
            asked="not-asked",
            told_by="unknown",
            reason_not_asked="He has not opened the door yet.",
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        support_offered(
            "2024-09-10 14:00", ref="ho-8102", offer_id="S1", kind="tenancy-support", to=TENANT
        ),
        support_responded(
            "2024-09-17", ref="ho-8103", offer_id="S1", response="declined", reason="No."
        ),
        support_offered(
            "2024-09-24 14:00", ref="ho-8104", offer_id="S2", kind="money-advice", to=TENANT
        ),
        support_responded("2024-10-01", ref="ho-8105", offer_id="S2", response="no-reply"),
        contact_attempt_failed(
            "2024-10-08 10:00",
            ref="ho-8106",
            person=TENANT,
            mode="home-visit",
            reason="no-access",
            attempt_no=1,
        ),
        contact_made(
            "2024-10-10 17:40",
            ref="ho-8107",
            person=TENANT,
            mode="home-visit",
            seen="no",
            voice="Through the letter box: he is not ill, he is not stupid, and he will not have "
            "the council told.",
            understanding_checked="yes",
            professional_curiosity="Why after dark? Why now?",
            property_ref=HOME,
        ),
        communication_preference_recorded(
            "2024-10-10 17:50",
            ref="ho-8108",
            person=TENANT,
            method="face-to-face",
            safe_channels=("face-to-face",),
            written_ineffective=True,
        ),
    ),
)

_REFUSED = by(
    LEAD,
    SAFEGUARDING,
    capacity_considered(
        "2024-10-10 18:00",
        ref="sg-8109",
        person=TENANT,
        decision="Whether anyone is told of him, and whether anyone comes in.",
        outcome="not-doubted",
        basis="He says what he wants and why, and what may come of it.",
        assessed_by="Housing officer",
        **HEALTH,
    ),
    consent_decided(
        "2024-10-10 18:05",
        ref="sg-8110",
        person=TENANT,
        scope="refer",
        state="refused",
        sought_by=OFFICER["id"],
        how="face-to-face",
    ),
    decision_recorded(
        "2024-10-14",
        ref="sg-8111",
        kind="no-referral",
        options=("Refer without consent.", "Respect it, and look again."),
        chosen="Respect it, and look again.",
        rationale="He can decide, nobody else is at risk, and a knock from the council would end "
        "what little talk there is.",
        decider=LEAD["id"],
        review_on="2024-11-29",
    ),
    risk_assessed(
        "2024-10-15",
        ref="sg-8112",
        person=TENANT,
        tool="general",
        level="medium",
        rationale="Three tries without an answer, then one; not seen.",
        review_due="2024-11-12",
    ),
    plan_agreed(
        "2024-10-21 10:00",
        ref="sg-8114",
        plan_id="P1",
        aims=("Someone sees him every fortnight.", "He knows one face."),
        review_due="2024-12-02",
        person_involved="not-involved",
        not_involved_reason="He will not have a plan.",
    ),
    information_requested(
        "2024-10-21 11:00",
        ref="sg-8115",
        request_id="Q-GP",
        direction="outbound",
        party="gp",
        party_role="Practice manager",
        items=("Whether he has been seen this year.",),
        due="2024-11-04",
        legal_basis="safeguarding-condition",
    ),
    risk_assessed(
        "2024-11-12",
        ref="sg-8116",
        person=TENANT,
        tool="general",
        level="medium",
        rationale="As before.",
        review_due="2024-12-10",
    ),
    barrier_encountered("2024-11-13", ref="sg-8118", code="consent-belief", agency="gp"),
)

_LETTERS = by(
    NEW_OFFICER,
    HOUSING,
    contact_attempt_failed(
        "2024-11-14", ref="ho-8109", person=TENANT, mode="letter", reason="no-reply", attempt_no=1
    ),
    contact_attempt_failed(
        "2024-11-22", ref="ho-8110", person=TENANT, mode="letter", reason="no-reply", attempt_no=2
    ),
    contact_attempt_failed(
        "2024-12-03", ref="ho-8111", person=TENANT, mode="letter", reason="no-reply", attempt_no=3
    ),
    contact_attempt_failed(
        "2024-12-10",
        ref="ho-8112",
        person=TENANT,
        mode="home-visit",
        reason="refused",
        attempt_no=4,
    ),
)

_KEPT_OPEN = by(
    LEAD,
    SAFEGUARDING,
    risk_assessed(
        "2024-12-11 10:00",
        ref="sg-8119",
        person=TENANT,
        tool="general",
        level="medium",
        rationale="He shouts, so he is strong enough to; nobody has seen him in daylight.",
        review_due="2025-01-08",
    ),
    decision_recorded(
        "2024-12-11 10:30",
        ref="sg-8120",
        kind="closure",
        options=("Close: he does not engage.", "Keep it open and visit."),
        chosen="Keep it open and visit.",
        rationale="That he refuses is the risk, not the end of it.",
        decider=MANAGER["id"],
        consulted=(LEAD["id"],),
    ),
    decision_recorded(
        "2024-12-11 10:40",
        ref="sg-8121",
        kind="no-referral",
        options=("Refer without consent.", "Respect it, and look again."),
        chosen="Respect it, and look again.",
        rationale="As in October.",
        decider=LEAD["id"],
        review_on="2025-03-26",
    ),
    plan_reviewed(
        "2024-12-11 11:30",
        ref="sg-8123",
        plan_id="P1",
        outcome="amended",
        aims=("The same face at the same hour every fortnight.",),
        next_review_due="2025-03-05",
        person_involved="not-involved",
        not_involved_reason="He will not have a plan.",
    ),
    risk_assessed(
        "2025-01-15 10:00",
        ref="sg-8124",
        person=TENANT,
        tool="general",
        level="high",
        previous="medium",
        rationale="Frost for a week, no light behind the curtain, bins not out since Christmas.",
        review_due="2025-01-29",
    ),
)

_NOT_SEEN = by(
    NEW_OFFICER,
    HOUSING,
    contact_attempt_failed(
        "2025-01-29", ref="ho-8113", person=TENANT, mode="home-visit", reason="no-access"
    ),
    contact_attempt_failed(
        "2025-02-12", ref="ho-8114", person=TENANT, mode="home-visit", reason="refused"
    ),
    contact_attempt_failed(
        "2025-02-19", ref="ho-8115", person=TENANT, mode="home-visit", reason="no-access"
    ),
    # Entered a week later, from a notebook.
    contact_made(
        "2025-02-25 17:30",
        recorded="2025-03-04 09:10",
        ref="ho-8116",
        person=TENANT,
        mode="home-visit",
        seen="no",
        voice="Through the letter box: the man from the lunch club may come, nobody else.",
        property_ref=HOME,
    ),
)

_LET_IN = (
    *by(
        LEAD,
        SAFEGUARDING,
        person_involved(
            "2025-03-06 11:00",
            ref="sg-8127",
            person=FRIEND,
            role="advocate",
            person_type="public",
        ),
        advocate_involved(
            "2025-03-12 12:00",
            ref="sg-8128",
            person=TENANT,
            kind="friend",
            advocate=FRIEND,
            organisation="Moorland Lunch Club",
            since="2025-03-12",
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2025-03-12 12:30",
            ref="ho-8117",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="no",
            voice="He will have the heating looked at, if the same two come.",
            observations="Thin, clear, and cold. One room in use.",
            property_ref=HOME,
        ),
        support_offered(
            "2025-03-12 12:45", ref="ho-8118", offer_id="S3", kind="community-alarm", to=TENANT
        ),
        support_responded("2025-03-19", ref="ho-8119", offer_id="S3", response="accepted"),
        support_measure_provided(
            "2025-03-21",
            ref="ho-8120",
            measure_id="M1",
            kind="alarm",
            person=TENANT,
            offer_id="S3",
            ordered_on="2025-03-19",
            completed_on="2025-03-21",
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        desired_outcomes_recorded(
            "2025-03-12 14:00",
            ref="sg-8129",
            person=TENANT,
            asked="asked-expressed",
            outcomes=("To be left alone by everyone but two.",),
            told_by="person",
        ),
        risk_assessed(
            "2025-03-13",
            ref="sg-8130",
            person=TENANT,
            tool="general",
            level="medium",
            previous="high",
            rationale="Seen, warm by Friday, and someone comes.",
            review_due="2025-04-10",
        ),
        decision_recorded(
            "2025-03-26",
            ref="sg-8131",
            kind="no-referral",
            options=("Refer without consent.", "Respect it, and look again."),
            chosen="Respect it, and look again.",
            rationale="He lets two people in. That is worth more.",
            decider=LEAD["id"],
            review_on="2025-09-24",
        ),
        risk_assessed(
            "2025-04-09",
            ref="sg-8132",
            person=TENANT,
            tool="general",
            level="low",
            previous="medium",
            rationale="He eats at the club on Tuesdays.",
            review_due="2025-07-08",
        ),
        plan_reviewed(
            "2025-04-09 11:00",
            ref="sg-8133",
            plan_id="P1",
            outcome="continues",
            next_review_due="2025-10-08",
            person_involved="represented",
        ),
        risk_assessed(
            "2025-07-08",
            ref="sg-8135",
            person=TENANT,
            tool="general",
            level="low",
            rationale="As in April.",
            review_due="2025-10-06",
        ),
    ),
)

_DIED = (
    *by(
        OFFICER,
        HOUSING,
        contact_attempt_failed(
            "2025-09-16", ref="ho-8121", person=TENANT, mode="home-visit", reason="no-access"
        ),
        immediate_protection_taken(
            "2025-09-18 10:00", ref="ho-8122", kind="welfare-check", person=TENANT, **ABOUT
        ),
        information_received(
            "2025-09-13",
            occurred_precision="approximate",
            known="2025-09-18 11:15",
            ref="ho-8123",
            from_agency="police",
            topic="His death",
            new_to_us=True,
            onward_sharing="ask",
            narrative="He had died in his chair some days before. His friend had been in hospital "
            "since August.",
            **ABOUT,
        ),
        housing_changed(
            "2025-10-20",
            ref="ho-8124",
            kind="tenancy-end",
            person=TENANT,
            property_ref=HOME,
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        case_closed(
            "2025-10-27",
            ref="sg-8138",
            reason="person-died",
            assurance="none",
            no_assurance_reason="He died before anyone could be sure.",
            risk_outcome="remained",
            approved_by=MANAGER["id"],
        ),
    ),
)

_REVIEWED = (
    *by(
        BOARD_OFFICER,
        BOARD,
        review_notified(
            "2026-01-12",
            ref="sab-1",
            review_id="SAR-4",
            review_type="sar-mandatory",
            commissioner="Moorland safeguarding adults board",
            scope_from="2024-03-01",
            scope_to="2025-09-18",
            persons=(TENANT,),
            due="2026-03-31",
        ),
        information_requested(
            "2026-01-19",
            ref="sab-2",
            request_id="Q-S45",
            direction="inbound",
            party="adult-social-care",
            party_role="Review officer for the safeguarding adults board",
            items=("What was offered, and each refusal.", "Who decided not to refer, and why."),
            due="2026-02-09",
            legal_basis="care-act-s45",
        ),
    ),
    *by(
        PRACTICE_MANAGER,
        PRACTICE,
        information_received(
            "2024-05-01",
            occurred_precision="month",
            known="2026-02-02 10:00",
            ref="gp-1",
            from_agency="gp",
            from_role="Practice manager",
            topic="His last prescription",
            new_to_us=True,
            onward_sharing="no",
            request_id="Q-GP",
            narrative="He stopped collecting his prescriptions in May 2024. Nobody had asked us "
            "in a way that we thought we could answer.",
            subjects=ABOUT["subjects"],
            **HEALTH,
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        hold_placed("2026-01-12 10:00", ref="sg-8139", hold_id="H-SAR-4", reason="review"),
        consent_overridden(
            "2026-02-10 10:00",
            ref="sg-8140",
            scope="share",
            person=TENANT,
            grounds=("legal-obligation",),
            rationale="The board asks under section 45 of the Care Act.",
            decider=LEAD["id"],
            risk_of_sharing="None to him now; his neighbour's words are left out.",
        ),
        person_informed(
            "2026-02-10 10:05",
            ref="sg-8141",
            person=TENANT,
            about="override",
            informed=False,
            not_informed_reason="He has died.",
        ),
        information_shared(
            "2026-02-11 15:00",
            ref="sg-8142",
            recipient={"agency": "adult-social-care", "role": "Review officer"},
            items=("Offers and refusals.", "The three decisions not to refer."),
            legal_basis="care-act-s45",
            consent_ref=None,
            override_ref=the("sg-8140", SAFEGUARDING),
            method="secure-email",
            request_id="Q-S45",
        ),
        chronology_entry_curated(
            "2026-03-16 10:00",
            ref="sg-8143",
            review_id="SAR-4",
            event=the("sg-8120", SAFEGUARDING),
            significance="good-practice",
            impact="positive",
            policy_expectation_met="yes",
            analysis="Kept open where it would have been easy to close.",
        ),
        chronology_entry_curated(
            "2026-03-16 10:10",
            ref="sg-8144",
            review_id="SAR-4",
            event=the("sg-8134", SAFEGUARDING),
            significance="missed-opportunity",
            impact="negative",
            policy_expectation_met="no",
            analysis="The right question, asked twice and never made anyone's task.",
        ),
    ),
)

_BEFORE = by(
    ENGINEER,
    REPAIRS,
    contact_attempt_failed(
        "2024-03-12",
        ref="gas-8181",
        person=TENANT,
        mode="home-visit",
        reason="refused",
        property_ref=HOME,
    ),
    contact_attempt_failed(
        "2024-06-18",
        ref="gas-8196",
        person=TENANT,
        mode="home-visit",
        reason="no-access",
        property_ref=HOME,
    ),
)

_OVERSEEN = by(
    MANAGER,
    SAFEGUARDING,
    oversight_recorded(
        "2024-10-16",
        ref="sg-8113",
        kind="case-review",
        view="Refusing us is no reason to close. Ask who he still speaks to.",
    ),
    oversight_recorded(
        "2024-11-12 11:00", ref="sg-8117", kind="supervision", view="Chase the surgery by phone."
    ),
    oversight_recorded(
        "2024-12-11 11:00", ref="sg-8122", kind="case-review", view="Not by letter any more."
    ),
    oversight_recorded(
        "2025-01-16", ref="sg-8125", kind="supervision", view="See him this week, whoever goes."
    ),
    oversight_recorded(
        "2025-03-06",
        ref="sg-8126",
        kind="case-review",
        view="Seven weeks without a look from me at a high risk: that was mine to do. One "
        "name is more than we have had in half a year.",
    ),
    oversight_recorded(
        "2025-05-29", ref="sg-8134", kind="supervision", view="What if the friend falls ill?"
    ),
    oversight_recorded(
        "2025-07-24", ref="sg-8136", kind="supervision", view="Still one friend, and no second."
    ),
    oversight_recorded(
        "2025-09-19",
        ref="sg-8137",
        kind="case-review",
        view="We asked in May what would happen if the friend fell ill, and had no answer.",
    ),
)

REFUSER = Story(
    name="refuser",
    title="A man who refused everyone, and the landlord that did not close his case",
    case_ref=REF,
    told=told_in_order(
        _OFFERED, _REFUSED, _LETTERS, _KEPT_OPEN, _NOT_SEEN, _LET_IN, _DIED, _REVIEWED, _OVERSEEN
    ),
    points=(known_on("2024-12-03"), recorded_by("2025-02-28 12:00"), today("2026-03-20")),
    beside={TENANT: told_in_order(_BEFORE)},
)
