"""A hoarding case: from low to high, letters that nobody reads, capacity, a panel, a court order,
and close watch afterwards."""

from typing import Any

from tests.stories.story import Story, by, known_on, recorded_by, today, told_in_order
from tests.support.stories import (
    action_agreed,
    action_completed,
    action_rescheduled,
    advocate_involved,
    capacity_considered,
    case_allocated,
    case_linked,
    case_opened,
    communication_preference_recorded,
    concern_raised,
    consent_decided,
    contact_attempt_failed,
    contact_made,
    decision_recorded,
    desired_outcomes_recorded,
    enforcement_action_taken,
    event_corrected,
    feedback_received,
    hazard_linked,
    hoarding_level_assessed,
    housing_offer_made,
    immediate_protection_taken,
    information_received,
    meeting_convened,
    meeting_held,
    monitoring_scheduled,
    outcome_feedback_recorded,
    oversight_recorded,
    person_involved,
    plan_agreed,
    plan_reviewed,
    property_described,
    referral_acknowledged,
    referral_decided,
    referral_sent,
    risk_assessed,
    support_measure_provided,
    support_offered,
    support_responded,
    the,
    triage_completed,
    vulnerability_recorded,
)

REF = "sg:2025-0042"
HOME = "uprn:100099990042"
TENANT = "person:tenant-42"
DAUGHTER = "person:daughter-42"

REPAIRS = "urn:magnolia:repairs"
HOUSING = "urn:magnolia:housing"
SAFEGUARDING = "urn:magnolia:safeguarding"
PANEL = "urn:county:high-risk-panel"

ENGINEER = {
    "id": "contractor:gas-9",
    "role": "Gas engineer",
    "organisation": "Brightflame Heating",
    "kind": "contractor",
}
OFFICER = {"id": "staff:ho-14", "role": "Housing officer", "organisation": "Magnolia Homes"}
LEAD = {
    "id": "staff:sg-02",
    "role": "Safer communities lead",
    "organisation": "Magnolia Homes",
}
LEGAL = {"id": "staff:leg-03", "role": "Legal officer", "organisation": "Magnolia Homes"}
COORDINATOR = {"id": "panel:1", "role": "Panel coordinator", "organisation": "County council"}

ABOUT: dict[str, Any] = {
    "subjects": ({"person": TENANT, "role": "adult-at-risk"},),
    "property_ref": HOME,
}
HEALTH: dict[str, Any] = {"sensitivity": "restricted"}


def _rooms(**ratings: int) -> tuple[dict[str, object], ...]:
    names = {"hall": "Hall", "kitchen": "Kitchen", "living": "Living room", "bed": "Bedroom"}
    return tuple({"room": names[room], "rating": rating} for room, rating in ratings.items())


_AT_FIRST = (
    *by(
        ENGINEER,
        REPAIRS,
        concern_raised(
            "2025-01-14 11:20",
            ref="gas-771",
            channel="repair-visit",
            basis="observation",
            reporter={"role": "Gas engineer"},
            verbatim_account="Could hardly get to the boiler. Papers and bags along the hall, he "
            "was friendly but did not want me in the kitchen.",
            strands=("hoarding",),
            abuse_types=("self-neglect",),
            source_of_risk="self",
            low_level=True,
            safe_to_contact="yes",
            **ABOUT,
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        case_opened(
            "2025-01-15 10:00",
            ref="ho-4201",
            initial_classification="hoarding",
            opened_from=(the("gas-771", REPAIRS),),
            authority="E10000009",
            housing_type="general-needs",
        ),
        case_allocated("2025-01-15 10:05", ref="ho-4202", lead="staff:ho-14"),
        person_involved(
            "2025-01-15 10:10",
            ref="ho-4203",
            person=TENANT,
            role="adult-at-risk",
            tenure_role="tenant",
            known_to_social_care="unknown",
        ),
        contact_made(
            "2025-01-22 14:00",
            ref="ho-4204",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="yes",
            voice="He says he will sort it out in the spring.",
            observations="Hall passable, kitchen in use. Newspapers to the ceiling in one corner.",
            property_ref=HOME,
        ),
        hoarding_level_assessed(
            "2025-01-22 14:30",
            ref="ho-4205",
            person=TENANT,
            level="low",
            rooms=_rooms(hall=3, kitchen=2, living=4),
            fire_risk="no",
            access_blocked="no",
            structure_at_risk="no",
            repairs_blocked="no",
            property_ref=HOME,
        ),
        risk_assessed(
            "2025-01-22 15:00",
            ref="ho-4206",
            person=TENANT,
            tool="fire",
            level="low",
            rationale="Exits clear, smoke alarm works.",
            review_due="2025-04-22",
        ),
        triage_completed(
            "2025-01-23 09:30",
            ref="ho-4207",
            has_care_needs="unknown",
            at_risk_of_abuse="no",
            unable_to_protect_self="unknown",
            decision="monitor",
            rationale="Low level: no further action, but watched.",
            enforcement_check="not-applicable",
            decider="staff:ho-14",
            sensitivity="standard",
        ),
        monitoring_scheduled(
            "2025-01-23 09:40",
            ref="ho-4208",
            reason="hoarding-low",
            next_date="2025-04-22",
            frequency="quarterly",
        ),
    ),
)

_LETTERS = by(
    OFFICER,
    HOUSING,
    contact_attempt_failed(
        "2025-04-23", ref="ho-4209", person=TENANT, mode="letter", reason="no-reply", attempt_no=1
    ),
    contact_attempt_failed(
        "2025-05-07", ref="ho-4210", person=TENANT, mode="letter", reason="no-reply", attempt_no=2
    ),
    contact_attempt_failed(
        "2025-05-21", ref="ho-4211", person=TENANT, mode="letter", reason="no-reply", attempt_no=3
    ),
)

_GETTING_WORSE = (
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2025-06-03 10:30",
            ref="ho-4212",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="no",
            voice="He laughed about the letters: he has not opened post for years.",
            understanding_checked="yes",
            property_ref=HOME,
        ),
        communication_preference_recorded(
            "2025-06-03 10:45",
            ref="ho-4213",
            person=TENANT,
            method="phone",
            safe_channels=("phone", "face-to-face"),
            written_ineffective=True,
        ),
        hoarding_level_assessed(
            "2025-06-03 11:00",
            ref="ho-4214",
            person=TENANT,
            level="medium",
            rooms=_rooms(hall=5, kitchen=6, living=6, bed=5),
            fire_risk="unknown",
            access_blocked="no",
            structure_at_risk="no",
            repairs_blocked="yes",
            rooms_unusable="yes",
            damp_or_disrepair="yes",
            property_ref=HOME,
        ),
        action_agreed(
            "2025-06-04 09:00",
            ref="ho-4215",
            action_id="A1",
            text="Clear the kitchen with him, one corner a week.",
            kind="visit",
            owner_org="Magnolia Homes",
            owner="staff:ho-14",
            due="2025-07-04",
            safety=True,
            origin="other",
        ),
        support_offered(
            "2025-06-04 09:10", ref="ho-4216", offer_id="S1", kind="hoarding-help", to=TENANT
        ),
        support_responded(
            "2025-06-11",
            ref="ho-4217",
            offer_id="S1",
            response="declined",
            reason="He does not want strangers touching his things.",
        ),
        action_rescheduled(
            "2025-07-03",
            ref="ho-4218",
            action_id="A1",
            new_due="2025-08-01",
            reason="He was unwell.",
        ),
    ),
    *by(
        ENGINEER,
        REPAIRS,
        hazard_linked(
            "2025-06-05",
            ref="rep-4288",
            hazard_ref="HZ-2025-311",
            hazard_class="significant",
            damp="yes",
            reported_on="2025-06-05",
            property_ref=HOME,
        ),
    ),
)

_HIGH = (
    *by(
        ENGINEER,
        REPAIRS,
        concern_raised(
            "2025-09-16 08:50",
            ref="gas-902",
            channel="repair-visit",
            basis="observation",
            reporter={"role": "Gas engineer"},
            verbatim_account="Could not open the front door more than a hand. Smell of gas in the "
            "hall, candles on the paper. I have rung the emergency line.",
            strands=("hoarding",),
            abuse_types=("self-neglect",),
            source_of_risk="self",
            immediate_danger=True,
            safe_to_contact="yes",
            **ABOUT,
        ),
        immediate_protection_taken("2025-09-16 09:00", ref="gas-903", kind="other", person=TENANT),
    ),
    *by(
        OFFICER,
        HOUSING,
        hoarding_level_assessed(
            "2025-09-16 13:00",
            ref="ho-4219",
            person=TENANT,
            level="high",
            rooms=_rooms(hall=8, kitchen=9, living=8, bed=7),
            fire_risk="yes",
            access_blocked="yes",
            structure_at_risk="unknown",
            repairs_blocked="yes",
            rooms_unusable="yes",
            damp_or_disrepair="yes",
            insight="poor",
            property_ref=HOME,
            **HEALTH,
        ),
        risk_assessed(
            "2025-09-16 13:30",
            ref="ho-4220",
            person=TENANT,
            tool="fire",
            level="high",
            previous="low",
            rationale="No way out but through the hall, candles, gas cut off.",
            review_due="2025-09-30",
        ),
        case_allocated(
            "2025-09-16 15:00",
            ref="ho-4221",
            lead="staff:sg-02",
            team=("staff:ho-14",),
            reason="High level: a safeguarding matter.",
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        triage_completed(
            "2025-09-16 16:00",
            ref="sg-4201",
            has_care_needs="yes",
            at_risk_of_abuse="yes",
            unable_to_protect_self="yes",
            basis="Self-neglect; he cannot keep a way out clear.",
            decision="refer",
            rationale="High level, with fire and gas: refer and bring it to the panel.",
            enforcement_check="not-applicable",
            decider="staff:sg-02",
        ),
        consent_decided(
            "2025-09-17 10:00",
            ref="sg-4202",
            person=TENANT,
            scope="refer",
            state="given",
            sought_by="staff:sg-02",
            how="phone",
            narrative="In his words: if it gets the gas back.",
        ),
        referral_sent(
            "2025-09-17 11:00",
            ref="sg-4203",
            referral_id="R-ASC",
            route="asc-front-door",
            receiving_org="County council",
            consent_ref=the("sg-4202", SAFEGUARDING),
            urgency="same-day",
            ask="A needs assessment, and the high-risk panel.",
            feedback_due="2025-09-24",
        ),
        referral_sent(
            "2025-09-17 11:30",
            ref="sg-4204",
            referral_id="R-FIRE",
            route="fire-home-safety",
            receiving_org="County fire and rescue",
            consent_ref=the("sg-4202", SAFEGUARDING),
            urgency="same-day",
            ask="A home safety visit.",
            feedback_due="2025-09-24",
        ),
        support_measure_provided(
            "2025-09-18",
            ref="sg-4205",
            measure_id="F1",
            kind="fire-kit",
            person=TENANT,
            urgent=True,
            ordered_on="2025-09-18",
        ),
        capacity_considered(
            "2025-09-25 14:00",
            ref="sg-4206",
            person=TENANT,
            decision="Whether to let the home be cleared to a safe level.",
            outcome="has",
            basis="He weighs it up and says no to the bedroom and yes to the hall.",
            executive_concern="yes",
            assessed_by="Social worker",
            **HEALTH,
        ),
        advocate_involved(
            "2025-09-26",
            ref="sg-4207",
            person=TENANT,
            kind="care-act",
            organisation="County Advocacy",
            since="2025-09-26",
        ),
        desired_outcomes_recorded(
            "2025-09-26 15:00",
            ref="sg-4208",
            person=TENANT,
            asked="asked-expressed",
            outcomes=("To stay in his home.", "To have the gas back."),
            told_by="person",
        ),
    ),
)

_PANEL = by(
    COORDINATOR,
    PANEL,
    referral_acknowledged(
        "2025-09-18 09:30", ref="p-4201", referral_id="R-ASC", their_ref="HRP-17"
    ),
    referral_decided(
        "2025-09-23",
        ref="p-4202",
        referral_id="R-ASC",
        decision="accepted-other",
        their_owner="asc:4",
    ),
    meeting_convened(
        "2025-09-24 09:00",
        ref="p-4203",
        meeting_id="PANEL-1",
        forum="high-risk-panel",
        at="2025-10-09T13:00:00Z",
        convenor="adult-social-care",
        housing_invited="invited-in-time",
    ),
    meeting_held(
        "2025-10-09 14:00",
        recorded="2025-10-13 09:00",
        ref="p-4204",
        meeting_id="PANEL-1",
        forum="high-risk-panel",
        attendees=(
            {"agency": "adult-social-care", "role": "Social worker"},
            {"agency": "fire", "role": "Prevention officer"},
            {"agency": "landlord", "role": "Safer communities lead"},
            {"agency": "gp", "role": "Practice nurse"},
        ),
        invite_state="invited-in-time",
        new_information="His wife died in 2019; the collecting began then.",
        risks_agreed="Fire first. Clear the way out by agreement, or with an order.",
        minutes_received_at="2025-10-13T08:00:00Z",
    ),
)

_PLAN = by(
    LEAD,
    SAFEGUARDING,
    information_received(
        "2019-11-01",
        occurred_precision="month",
        known="2025-10-09 14:00",
        recorded="2025-10-13 10:00",
        ref="sg-4209",
        from_agency="gp",
        topic="Bereavement",
        new_to_us=True,
        onward_sharing="ask",
        narrative="His wife died in November 2019; he saw the practice for low mood until 2020.",
        **HEALTH,
    ),
    vulnerability_recorded(
        "2025-10-09 14:00",
        recorded="2025-10-13 10:05",
        ref="sg-4210",
        person=TENANT,
        vulnerability_type="mental-health",
        amplifiers=("isolation",),
        since="2019-11-01",
        information_source="High-risk panel",
        minimal_instruction="Ring first, and let him open the door himself.",
    ),
    plan_agreed(
        "2025-10-09 15:00",
        recorded="2025-10-13 10:10",
        ref="sg-4211",
        plan_id="P1",
        aims=("A clear way out.", "Gas back on.", "Someone he trusts comes every week."),
        review_due="2025-11-20",
        person_involved="represented",
    ),
    housing_offer_made(
        "2025-10-09 15:05",
        recorded="2025-10-13 10:15",
        ref="sg-4212",
        housing_offer_id="HO-1",
        kind="monitoring",
        to_forum="high-risk-panel",
        meeting_id="PANEL-1",
        adopted="yes",
    ),
    action_completed(
        "2025-10-10",
        ref="sg-4213",
        action_id="A1",
        findings="Two corners cleared, then he stopped it.",
    ),
    action_agreed(
        "2025-10-13 10:30",
        ref="sg-4214",
        action_id="A2",
        text="Clear the hall and the way to the kitchen.",
        kind="other",
        owner_org="Magnolia Homes",
        owner="staff:ho-14",
        due="2025-11-14",
        safety=True,
        origin="meeting",
        origin_ref="PANEL-1",
    ),
    oversight_recorded(
        "2025-10-14",
        ref="sg-4215",
        kind="case-review",
        view="The hall by agreement; if that fails, the court.",
        directions="Legal to prepare.",
    ),
    event_corrected(
        "2025-10-15",
        ref="sg-4216",
        target=the("sg-4214", SAFEGUARDING),
        field="due",
        was="2025-11-14",
        now="2025-11-07",
        reason="The panel said four weeks.",
        by="staff:sg-02",
    ),
)

_COURT = (
    *by(
        OFFICER,
        HOUSING,
        contact_attempt_failed(
            "2025-11-05", ref="ho-4222", person=TENANT, mode="home-visit", reason="refused"
        ),
        contact_attempt_failed(
            "2025-11-12", ref="ho-4223", person=TENANT, mode="home-visit", reason="refused"
        ),
    ),
    *by(
        LEGAL,
        HOUSING,
        decision_recorded(
            "2025-11-18",
            ref="leg-4201",
            kind="legal",
            options=("Go on asking.", "An injunction to clear the way out.", "Possession."),
            chosen="An injunction to clear the way out.",
            rationale="The least that keeps him and the neighbours alive; he keeps his home.",
            decider="staff:leg-03",
            consulted=("staff:sg-02",),
            privileged=True,
            review_on="2026-02-18",
        ),
        enforcement_action_taken(
            "2025-12-02",
            ref="leg-4202",
            kind="injunction",
            against=TENANT,
            ground="The way out is blocked in spite of the tenancy and the panel's plan.",
            proportionality_note="Limited to the hall and the way to the kitchen.",
            equality_check="yes",
            capacity_ref=the("sg-4206", SAFEGUARDING),
        ),
    ),
)

_AFTERWARDS = (
    *by(
        LEAD,
        SAFEGUARDING,
        support_measure_provided(
            "2025-12-10",
            ref="sg-4217",
            measure_id="F1",
            kind="fire-kit",
            person=TENANT,
            urgent=True,
            ordered_on="2025-09-18",
            completed_on="2025-12-10",
        ),
        action_completed(
            "2025-12-15",
            ref="sg-4218",
            action_id="A2",
            findings="Hall and kitchen way clear, with him there.",
            impact="The gas is back on.",
        ),
        contact_made(
            "2025-12-15 11:30",
            ref="sg-4224",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="no",
            voice="He would not have done it, he says, and sits in his kitchen.",
            property_ref=HOME,
        ),
        hoarding_level_assessed(
            "2025-12-15 12:00",
            ref="sg-4219",
            person=TENANT,
            level="medium",
            rooms=_rooms(hall=2, kitchen=4, living=6, bed=6),
            fire_risk="no",
            access_blocked="no",
            structure_at_risk="no",
            repairs_blocked="no",
            rooms_unusable="yes",
            insight="good-or-fair",
            property_ref=HOME,
            **HEALTH,
        ),
        risk_assessed(
            "2025-12-15 12:30",
            ref="sg-4225",
            person=TENANT,
            tool="fire",
            level="medium",
            previous="high",
            direction="improving",
            rationale="A clear way out, no candles; the bedroom is as it was.",
            review_due="2026-01-12",
        ),
        oversight_recorded(
            "2025-12-17",
            ref="sg-4226",
            kind="case-review",
            view="The order is met. It holds as long as someone comes.",
        ),
        monitoring_scheduled(
            "2025-12-16",
            ref="sg-4220",
            reason="after-court",
            next_date="2026-01-13",
            frequency="monthly",
        ),
        plan_reviewed(
            "2025-12-18",
            ref="sg-4221",
            plan_id="P1",
            outcome="continues",
            next_review_due="2026-03-12",
            person_involved="involved",
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2026-01-12 10:00",
            ref="ho-4224",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="yes",
            voice="He lets in whoever rings first.",
            property_ref=HOME,
        ),
        hoarding_level_assessed(
            "2026-01-12 10:20",
            ref="ho-4225",
            person=TENANT,
            level="low",
            rooms=_rooms(hall=2, kitchen=3, living=5, bed=5),
            fire_risk="no",
            access_blocked="no",
            structure_at_risk="no",
            repairs_blocked="no",
            rooms_unusable="no",
            insight="good-or-fair",
            property_ref=HOME,
            **HEALTH,
        ),
        risk_assessed(
            "2026-01-12 10:40",
            ref="ho-4226",
            person=TENANT,
            tool="fire",
            level="low",
            previous="medium",
            direction="improving",
            rationale="The way out is clear, and the alarm was tested with him.",
            review_due="2026-04-10",
        ),
    ),
    *by(
        COORDINATOR,
        PANEL,
        feedback_received(
            "2026-01-20",
            ref="p-4205",
            referral_id="R-ASC",
            quality="risk-and-mitigation-confirmed",
            risk_assessed_confirmed="yes",
            mitigation_confirmed="yes",
            onward_sharing="allowed",
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        plan_reviewed(
            "2026-03-12",
            ref="sg-4227",
            plan_id="P1",
            outcome="continues",
            next_review_due="2026-06-11",
            person_involved="involved",
        ),
        oversight_recorded(
            "2026-02-18",
            ref="sg-4228",
            kind="supervision",
            view="No relapse. The fire service still owes us its visit.",
        ),
        outcome_feedback_recorded(
            "2026-03-10",
            ref="sg-4222",
            person=TENANT,
            achieved="fully",
            safer="yes",
            experience="He still has his papers, and he can get out.",
            told_by="person",
        ),
    ),
)

_BEFORE = by(
    ENGINEER,
    REPAIRS,
    contact_attempt_failed(
        "2023-10-04",
        ref="gas-301",
        person=TENANT,
        mode="home-visit",
        reason="no-access",
        property_ref=HOME,
    ),
    contact_attempt_failed(
        "2024-10-08",
        ref="gas-512",
        person=TENANT,
        mode="home-visit",
        reason="no-access",
        property_ref=HOME,
    ),
)

_THE_HOME = by(
    OFFICER,
    HOUSING,
    property_described(
        "2023-01-02",
        ref="prop-42",
        property_ref=HOME,
        area_lsoa="E01020481",
        estate="Orchard Rise",
        block="Quince House",
        authority="E10000009",
        housing_type="general-needs",
    ),
)

_LINK = by(
    LEAD,
    SAFEGUARDING,
    case_linked(
        "2025-09-29",
        ref="sg-4223",
        other_ref="property:100099990042",
        relation="history",
        reason="Two gas visits without access, before anyone called it hoarding.",
    ),
)

HOARDING = Story(
    name="hoarding",
    title="Hoarding that letters did not reach, up to the court and after",
    case_ref=REF,
    told=told_in_order(
        _AT_FIRST, _LETTERS, _GETTING_WORSE, _HIGH, _PANEL, _LINK, _PLAN, _COURT, _AFTERWARDS
    ),
    points=(known_on("2025-05-30"), recorded_by("2025-10-10 12:00"), today("2026-03-31")),
    beside={"property:100099990042": told_in_order(_THE_HOME, _BEFORE)},
)
