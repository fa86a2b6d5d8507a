"""A domestic abuse case: seen by a joiner, acted on without consent, kept safe step by step, and
nearly lost when the second incident was not on record."""

from typing import Any

from tests.stories.story import Story, by, known_on, recorded_by, today, told_in_order
from tests.support.stories import (
    action_agreed,
    action_completed,
    advocate_involved,
    barrier_encountered,
    case_allocated,
    case_closed,
    case_linked,
    case_opened,
    communication_preference_recorded,
    concern_raised,
    consent_decided,
    consent_overridden,
    contact_made,
    decision_recorded,
    desired_outcomes_recorded,
    enforcement_action_taken,
    escalation_raised,
    escalation_responded,
    event_corrected,
    feedback_chased,
    feedback_received,
    housing_changed,
    immediate_protection_taken,
    incident_reported,
    information_received,
    meeting_convened,
    meeting_held,
    outcome_feedback_recorded,
    oversight_recorded,
    person_informed,
    person_involved,
    plan_agreed,
    plan_reviewed,
    property_described,
    referral_acknowledged,
    referral_decided,
    referral_sent,
    relationship_recorded,
    risk_assessed,
    support_measure_provided,
    support_offered,
    support_responded,
    the,
    triage_completed,
)

REF = "sg:2025-0051"
HOME = "uprn:100099990051"
NEW_HOME = "uprn:100099990058"
TENANT = "person:tenant-51"
EX_PARTNER = "person:ex-partner-51"
CHILD = "person:child-51"

REPAIRS = "urn:magnolia:repairs"
HOUSING = "urn:magnolia:housing"
LETTINGS = "urn:magnolia:lettings"
SAFEGUARDING = "urn:magnolia:safeguarding"
POLICE = "urn:county:police"
CHILDREN = "urn:county:childrens-services"
MARAC = "urn:county:marac"
IDVA = "urn:harbour:idva"

JOINER = {
    "id": "contractor:join-4",
    "role": "Joiner",
    "organisation": "Plumb and True",
    "kind": "contractor",
}
OUT_OF_HOURS = {
    "id": "contractor:ooh-2",
    "role": "Out-of-hours repairs",
    "organisation": "Plumb and True",
    "kind": "contractor",
}
HOUSING_SYSTEM = {
    "id": "system:housing",
    "role": "Housing management system",
    "organisation": "Magnolia Homes",
    "kind": "system",
}
OFFICER = {"id": "staff:ho-31", "role": "Housing officer", "organisation": "Magnolia Homes"}
LETTER = {"id": "staff:let-08", "role": "Lettings officer", "organisation": "Magnolia Homes"}
LEGAL = {"id": "staff:leg-03", "role": "Legal officer", "organisation": "Magnolia Homes"}
LEAD = {"id": "staff:sg-02", "role": "Safer communities lead", "organisation": "Magnolia Homes"}
MANAGER = {
    "id": "staff:mgr-05",
    "role": "Head of customer and community support",
    "organisation": "Magnolia Homes",
}
DETECTIVE = {"id": "police:dv-7", "role": "Officer in the case", "organisation": "County police"}
SOCIAL_WORKER = {"id": "cs:11", "role": "Duty social worker", "organisation": "County council"}
COORDINATOR = {"id": "marac:1", "role": "MARAC coordinator", "organisation": "County police"}
ADVISER = {"id": "idva:3", "role": "IDVA", "organisation": "Harbour Service"}

HER = ({"person": TENANT, "role": "victim"},)
HER_CHILD = ({"person": CHILD, "role": "child-at-risk"},)
ALL_THREE = (*HER, *HER_CHILD, {"person": EX_PARTNER, "role": "alleged-perpetrator"})
AT_HOME: dict[str, Any] = {"property_ref": HOME}

HIS_PHONE = {"method": "phone", "address": "07700 900151"}
HER_PHONE = {"method": "phone", "address": "07700 900272"}
ANSWERED_IN_FULL: dict[str, Any] = {
    "quality": "risk-and-mitigation-confirmed",
    "risk_assessed_confirmed": "yes",
    "mitigation_confirmed": "yes",
}


_SEEN = (
    *by(
        JOINER,
        REPAIRS,
        concern_raised(
            "2025-02-04 10:20",
            ref="join-5101",
            channel="repair-visit",
            basis="observation",
            reporter={"role": "Joiner", "kind": "contractor"},
            verbatim_account="Second inside door this winter, the lock is forced from outside. A "
            "man who says he does not live there had a key and answered for her. The little one "
            "would not come out from behind the sofa.",
            strands=("domestic-abuse", "child"),
            abuse_types=("domestic",),
            source_of_risk="ex-partner",
            indicators=("damage-to-home", "fearful"),
            child_harms=("domestic-abuse",),
            person_aware="no",
            safe_to_contact="unknown",
            location="own-home",
            subjects=ALL_THREE,
            **AT_HOME,
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        case_opened(
            "2025-02-04 15:00",
            ref="sg-5101",
            initial_classification="domestic-abuse",
            opened_from=(the("join-5101", REPAIRS),),
            authority="E10000009",
            housing_type="general-needs",
        ),
        case_allocated(
            "2025-02-04 15:05", ref="sg-5102", lead="staff:sg-02", team=("staff:ho-31",)
        ),
        relationship_recorded(
            "2025-02-04 15:15",
            ref="sg-5103",
            a=EX_PARTNER,
            b=TENANT,
            relationship="ex-partner",
            since="2024-12-01",
        ),
        risk_assessed(
            "2025-02-05 09:00",
            ref="sg-5104",
            person=TENANT,
            tool="general",
            level="medium",
            confidence="low",
            rationale="What the joiner saw; nobody has spoken with her yet.",
            review_due="2025-02-12",
        ),
        triage_completed(
            "2025-02-05 09:30",
            ref="sg-5105",
            has_care_needs="no",
            at_risk_of_abuse="yes",
            unable_to_protect_self="unknown",
            decision="landlord-led",
            rationale="See her alone before anything else. Nothing in writing, no call to the "
            "number on the account.",
            enforcement_check="not-applicable",
            decider="staff:sg-02",
        ),
    ),
    *by(
        HOUSING_SYSTEM,
        HOUSING,
        person_involved(
            "2025-02-04 15:10",
            ref="hms-5101",
            person=TENANT,
            role="victim",
            tenure_role="joint-tenant",
            **AT_HOME,
        ),
        person_involved(
            "2025-02-04 15:11",
            ref="hms-5102",
            person=EX_PARTNER,
            role="alleged-perpetrator",
            tenure_role="joint-tenant",
            **AT_HOME,
        ),
        person_involved(
            "2025-02-04 15:12",
            ref="hms-5103",
            person=CHILD,
            role="child-at-risk",
            person_type="household-member",
            tenure_role="household-member",
            date_of_birth="2017-05-20",
            **AT_HOME,
        ),
        communication_preference_recorded(
            "2025-02-04 15:13",
            ref="hms-5104",
            person=EX_PARTNER,
            method="phone",
            safe_channels=("phone", "letter"),
            contact_points=(HIS_PHONE,),
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2025-02-06 10:40",
            ref="ho-5102",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="yes",
            voice="She cannot talk here. She can come to the office when the child is at school.",
            professional_curiosity="She looked at the door the whole time; why is he still on the "
            "tenancy?",
            **AT_HOME,
        ),
        communication_preference_recorded(
            "2025-02-06 10:50",
            ref="ho-5103",
            person=TENANT,
            method="phone",
            safe_channels=("phone", "face-to-face"),
            unsafe_channels=("letter", "email", "text"),
            safe_times="Weekdays, half past nine to half past two",
            contact_points=(HER_PHONE,),
            narrative="He reads the post and the shared mailbox. Her own phone is at work.",
        ),
        action_agreed(
            "2025-02-06 11:00",
            ref="ho-5104",
            action_id="A1",
            text="Hold back every letter, text and automatic message on this tenancy.",
            kind="other",
            owner_org="Magnolia Homes",
            owner="staff:ho-31",
            due="2025-02-07",
            safety=True,
            origin="triage",
        ),
        action_completed(
            "2025-02-07 12:00",
            ref="ho-5105",
            action_id="A1",
            evidence_note="Rent statement of 10 February taken out of the print run.",
        ),
    ),
)

_TOLD = by(
    OFFICER,
    HOUSING,
    concern_raised(
        "2025-02-11 10:00",
        ref="ho-5106",
        channel="self",
        basis="disclosure",
        reporter={"role": "Tenant", "kind": "self"},
        verbatim_account="He left in December and comes back when he likes. He has the card for "
        "the benefits. Last week he held the door shut until she gave him the phone.",
        strands=("domestic-abuse", "child"),
        abuse_types=("domestic", "psychological", "financial-or-material"),
        domestic_abuse_behaviours=(
            "violent-or-threatening",
            "controlling-or-coercive",
            "economic",
        ),
        pattern="course-of-conduct",
        source_of_risk="ex-partner",
        severity="serious",
        crime_suspected="yes",
        person_aware="yes",
        personally_connected="yes",
        both_sixteen_or_over="yes",
        child_harms=("domestic-abuse",),
        safe_to_contact="yes",
        subjects=ALL_THREE,
    ),
    risk_assessed(
        "2025-02-11 11:00",
        ref="ho-5108",
        person=TENANT,
        tool="dash",
        level="high",
        score=16,
        previous="medium",
        direction="worsening",
        rationale="Separated, he holds keys and money, and it has grown since December.",
        review_due="2025-02-25",
        amplifiers=("cannot-escape", "money-handled-by-others"),
        escape_barriers=("no-alternative",),
        marac_criteria=("visible-high-risk",),
    ),
    consent_decided(
        "2025-02-11 11:30",
        ref="ho-5109",
        person=TENANT,
        scope="refer",
        state="refused",
        sought_by="staff:ho-31",
        how="face-to-face",
        narrative="No police, no social worker: they would take the child.",
    ),
    consent_decided(
        "2025-02-11 11:35",
        ref="ho-5110",
        person=TENANT,
        scope="support",
        state="given",
        sought_by="staff:ho-31",
        how="face-to-face",
        narrative="New locks, and someone who knows about this to talk to.",
    ),
)

_OVERRIDDEN = (
    *by(
        LEAD,
        SAFEGUARDING,
        triage_completed(
            "2025-02-12 09:30",
            ref="sg-5106",
            has_care_needs="no",
            at_risk_of_abuse="yes",
            unable_to_protect_self="unknown",
            decision="refer",
            rationale="Visible high risk, and a child in the home.",
            enforcement_check="not-applicable",
            decider="staff:sg-02",
        ),
        referral_sent(
            "2025-02-12 11:00",
            ref="sg-5107",
            referral_id="R-MARAC",
            route="marac",
            receiving_org="County MARAC",
            consent_ref=None,
            override_ref=the("mgr-5101", SAFEGUARDING),
            urgency="same-day",
            ask="To be heard at the next meeting.",
            feedback_due="2025-02-19",
            subjects=HER,
        ),
        referral_sent(
            "2025-02-12 11:20",
            ref="sg-5108",
            referral_id="R-CHILD",
            route="childrens-services",
            receiving_org="County council",
            consent_ref=None,
            urgency="same-day",
            ask="An assessment of what the child lives with, made so that he does not learn of it.",
            feedback_due="2025-02-13",
            subjects=HER_CHILD,
        ),
        referral_sent(
            "2025-02-12 11:40",
            ref="sg-5109",
            referral_id="R-POLICE",
            route="police-crime-report",
            receiving_org="County police",
            consent_ref=None,
            override_ref=the("mgr-5101", SAFEGUARDING),
            urgency="same-day",
            ask="To act on the threats, and to tell us what may be done about the keys.",
            feedback_due="2025-02-26",
            subjects=HER,
        ),
        referral_sent(
            "2025-02-12 11:50",
            ref="sg-5110",
            referral_id="R-IDVA",
            route="idva",
            receiving_org="Harbour Service",
            consent_ref=the("ho-5110", HOUSING),
            urgency="same-day",
            ask="An adviser who rings her at the safe times.",
            feedback_due="2025-02-19",
            subjects=HER,
        ),
        plan_agreed(
            "2025-02-13 11:00",
            ref="sg-5112",
            plan_id="P1",
            aims=("He cannot come in.", "Nothing we send gives her away.", "The child sleeps."),
            review_due="2025-03-27",
            person_involved="involved",
        ),
    ),
    *by(
        MANAGER,
        SAFEGUARDING,
        consent_overridden(
            "2025-02-12 10:30",
            ref="mgr-5101",
            scope="refer",
            person=TENANT,
            grounds=("risk-unacceptable", "others-at-risk", "serious-crime"),
            rationale="DASH 16, a child who sees it, and he has keys. Waiting for her to agree is "
            "the greater risk.",
            decider="staff:mgr-05",
            dissenting_view="Her housing officer: she trusted us with this, and may not speak to "
            "us again.",
            risk_of_sharing="High if he learns of it: every agency is told to use her own phone at "
            "the safe times only.",
        ),
        oversight_recorded(
            "2025-02-12 10:45",
            ref="mgr-5102",
            kind="approval",
            view="Refer today, and tell her today why.",
            directions="The officer who knows her tells her.",
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        support_measure_provided(
            "2025-02-12 14:00",
            ref="ho-5111",
            measure_id="L1",
            kind="locks",
            person=TENANT,
            urgent=True,
            ordered_on="2025-02-12",
            **AT_HOME,
        ),
        person_informed(
            "2025-02-13 09:40",
            ref="ho-5112",
            person=TENANT,
            about="override",
            informed=True,
            method="phone",
            narrative="She was angry, then asked when the locks would come.",
        ),
        communication_preference_recorded(
            "2025-02-13 09:45",
            ref="ho-5124",
            person=CHILD,
            method="face-to-face",
            safe_channels=("face-to-face",),
            unsafe_channels=("letter", "phone"),
            narrative="At school only, with the teacher whom the child likes.",
        ),
        desired_outcomes_recorded(
            "2025-02-13 09:50",
            ref="ho-5113",
            person=TENANT,
            asked="asked-expressed",
            outcomes=("To stay near the school.", "That he cannot come to the door."),
            told_by="person",
        ),
    ),
)

_LOCKED_OUT = (
    *by(
        DETECTIVE,
        POLICE,
        referral_acknowledged(
            "2025-02-13 08:30", ref="pol-5101", referral_id="R-POLICE", their_ref="CR-25-9041"
        ),
        information_received(
            "2025-02-13 16:00",
            known="2025-02-13 17:30",
            ref="pol-5102",
            from_agency="police",
            topic="Bail conditions",
            new_to_us=True,
            onward_sharing="no",
            method="phone",
            narrative="Arrested and bailed: not to go to the address nor to contact her.",
        ),
    ),
    *by(
        LEGAL,
        HOUSING,
        decision_recorded(
            "2025-02-13 17:50",
            ref="leg-5101",
            kind="legal",
            options=("Wait for an occupation order.", "Change the locks now."),
            chosen="Change the locks now.",
            rationale="His name is on the tenancy, but his bail keeps him away; she is helped to "
            "apply for an occupation order meanwhile.",
            decider="staff:leg-03",
            consulted=("staff:sg-02",),
            privileged=True,
        ),
    ),
    *by(
        JOINER,
        REPAIRS,
        support_measure_provided(
            "2025-02-14 16:30",
            ref="join-5103",
            measure_id="L1",
            kind="locks",
            person=TENANT,
            urgent=True,
            ordered_on="2025-02-12",
            completed_on="2025-02-13",
            **AT_HOME,
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        support_measure_provided(
            "2025-02-18 11:00",
            ref="ho-5114",
            measure_id="AL1",
            kind="alarm",
            person=TENANT,
            ordered_on="2025-02-14",
            completed_on="2025-02-18",
            ends_on="2025-05-18",
            **AT_HOME,
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        event_corrected(
            "2025-02-20",
            ref="sg-5113",
            target=the("join-5103", REPAIRS),
            field="completed_on",
            was="2025-02-13",
            now="2025-02-14",
            reason="She slept one more night behind the old locks; they were changed on the 14th.",
            by="staff:sg-02",
        ),
    ),
)

_TOGETHER = (
    *by(
        SOCIAL_WORKER,
        CHILDREN,
        referral_decided("2025-02-13 15:00", ref="cs-5102", referral_id="R-CHILD", decision="s17"),
        feedback_received(
            "2025-04-02",
            ref="cs-5103",
            referral_id="R-CHILD",
            onward_sharing="ask",
            **ANSWERED_IN_FULL,
        ),
    ),
    *by(
        ADVISER,
        IDVA,
        referral_decided(
            "2025-02-14", ref="idva-5102", referral_id="R-IDVA", decision="accepted-other"
        ),
        advocate_involved(
            "2025-02-17 10:00",
            ref="idva-5103",
            person=TENANT,
            kind="idva",
            organisation="Harbour Service",
            since="2025-02-17",
        ),
        feedback_received(
            "2025-03-10",
            ref="idva-5104",
            referral_id="R-IDVA",
            onward_sharing="allowed",
            **ANSWERED_IN_FULL,
        ),
    ),
    *by(
        COORDINATOR,
        MARAC,
        meeting_convened(
            "2025-02-14 12:00",
            ref="marac-5102",
            meeting_id="MARAC-1",
            forum="marac",
            at="2025-02-25T10:00:00Z",
            convenor="police",
            housing_invited="invited-in-time",
            invite_basis="referrer",
        ),
        referral_decided(
            "2025-02-14 12:05", ref="marac-5103", referral_id="R-MARAC", decision="accepted-other"
        ),
        feedback_received(
            "2025-03-11",
            ref="marac-5105",
            referral_id="R-MARAC",
            onward_sharing="ask",
            **ANSWERED_IN_FULL,
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        meeting_held(
            "2025-02-25 10:00",
            recorded="2025-03-04 11:00",
            ref="sg-5114",
            meeting_id="MARAC-1",
            forum="marac",
            attendees=(
                {"agency": "police", "role": "Detective inspector"},
                {"agency": "voluntary", "role": "IDVA"},
                {"agency": "childrens-services", "role": "Team manager"},
                {"agency": "landlord", "role": "Safer communities lead"},
                {"agency": "probation", "role": "Probation officer", "attendance": "apologies"},
            ),
            invite_state="invited-in-time",
            new_information="Two calls to the police in 2023 from their last address.",
            risks_agreed="He will look for her through the tenancy and through the school.",
            minutes_received_at="2025-03-04T10:30:00Z",
        ),
        information_received(
            "2023-11-01",
            occurred_precision="month",
            known="2025-02-25 10:00",
            recorded="2025-03-04 11:10",
            ref="sg-5115",
            from_agency="police",
            topic="Calls from the last address",
            new_to_us=True,
            onward_sharing="ask",
            method="meeting",
            narrative="Called twice in November 2023; nothing came of it as she withdrew.",
        ),
        action_agreed(
            "2025-02-25 10:30",
            recorded="2025-03-04 11:20",
            ref="sg-5116",
            action_id="A2",
            text="Find another home near the school, and tell nobody where.",
            kind="other",
            owner_org="Magnolia Homes",
            owner="staff:let-08",
            due="2025-05-30",
            safety=True,
            origin="meeting",
            origin_ref="MARAC-1",
        ),
        support_offered(
            "2025-03-05 10:00", ref="sg-5120", offer_id="S1", kind="perpetrator-help", to=EX_PARTNER
        ),
        support_responded(
            "2025-04-22",
            ref="sg-5121",
            offer_id="S1",
            response="accepted",
            reason="He rang the line about changing his behaviour that he was told of at the "
            "police station.",
        ),
    ),
)

_NO_WORD = (
    *by(
        LEAD,
        SAFEGUARDING,
        feedback_chased(
            "2025-03-05 09:30",
            ref="sg-5122",
            referral_id="R-POLICE",
            attempt=1,
            to="Officer in the case",
            method="secure-email",
        ),
        barrier_encountered(
            "2025-03-26 09:45",
            ref="sg-5124",
            code="no-feedback",
            agency="police",
            narrative="Six weeks, and we hear from her what became of it.",
        ),
        escalation_raised(
            "2025-04-07 10:00",
            ref="sg-5126",
            escalation_id="E1",
            about="referral",
            about_ref="R-POLICE",
            stage=1,
            ground="no-feedback",
            to="Detective inspector, domestic abuse unit",
            agency="police",
            response_due="2025-04-10",
            case_put="We cannot judge her risk without knowing whether he is charged.",
        ),
        risk_assessed(
            "2025-04-15 11:00",
            ref="sg-5127",
            person=TENANT,
            tool="dash",
            level="medium",
            score=11,
            previous="high",
            direction="improving",
            rationale="He is charged, his bail goes on, and he has kept away for two months.",
            review_due="2025-05-13",
        ),
    ),
    *by(
        DETECTIVE,
        POLICE,
        referral_decided(
            "2025-04-11 15:10",
            ref="pol-5104",
            referral_id="R-POLICE",
            decision="accepted-other",
            reasons="Charged; to be heard in July.",
        ),
        escalation_responded(
            "2025-04-11 15:00",
            ref="pol-5103",
            escalation_id="E1",
            outcome="changed",
            resolved=True,
            response="A named sergeant rings every month.",
        ),
        feedback_received(
            "2025-05-20",
            ref="pol-5105",
            referral_id="R-POLICE",
            onward_sharing="ask",
            **ANSWERED_IN_FULL,
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2025-03-12 10:00",
            ref="ho-5115",
            person=TENANT,
            mode="office",
            seen="yes",
            seen_alone="yes",
        ),
        support_measure_provided(
            "2025-05-09",
            ref="ho-5117",
            measure_id="AL1",
            kind="alarm",
            person=TENANT,
            ordered_on="2025-02-14",
            completed_on="2025-02-18",
            ends_on="2025-07-31",
            **AT_HOME,
        ),
    ),
    *by(
        MANAGER,
        SAFEGUARDING,
        oversight_recorded(
            "2025-03-12 15:00", ref="mgr-5104", kind="supervision", view="Keep at the police."
        ),
        oversight_recorded(
            "2025-05-13 15:00",
            ref="mgr-5105",
            kind="supervision",
            view="Calm since February. The move is what counts now.",
        ),
    ),
)

_MOVING = (
    *by(
        LEAD,
        SAFEGUARDING,
        plan_reviewed(
            "2025-05-13 11:30",
            ref="sg-5129",
            plan_id="P1",
            outcome="amended",
            aims=("She and the child move, and he does not learn where.",),
            next_review_due="2025-06-24",
            person_involved="involved",
        ),
        decision_recorded(
            "2025-05-27",
            ref="sg-5130",
            kind="rehousing",
            options=("Stay, with alarm and locks.", "Move within the town.", "Move away."),
            chosen="Move within the town.",
            rationale="Her wish: the school stays, and he does not know that side of town.",
            decider="staff:sg-02",
            consulted=("idva:3",),
        ),
    ),
    *by(
        LETTER,
        LETTINGS,
        housing_changed(
            "2025-06-09 12:00",
            ref="let-5101",
            kind="move",
            person=TENANT,
            property_ref=HOME,
            to_property=NEW_HOME,
            tenure="starter",
            tenure_role="tenant",
            reference="T-77120",
            details="Management transfer. Starter tenancy, as for every new letting.",
        ),
        housing_changed(
            "2025-06-09 12:00",
            ref="let-5105",
            kind="move",
            person=CHILD,
            property_ref=HOME,
            to_property=NEW_HOME,
            tenure_role="household-member",
        ),
        communication_preference_recorded(
            "2025-06-10 09:30",
            ref="let-5102",
            person=TENANT,
            method="phone",
            safe_channels=("phone", "letter"),
            contact_points=(HIS_PHONE,),
            narrative="Number taken over from the account of the old home.",
        ),
        action_completed(
            "2025-06-09 12:30", ref="let-5103", action_id="A2", evidence_note="Keys handed over."
        ),
    ),
)

_AGAIN = (
    *by(
        OUT_OF_HOURS,
        REPAIRS,
        incident_reported(
            "2025-06-07 23:30",
            known="2025-06-08 00:20",
            recorded="2025-06-18 09:05",
            ref="ooh-5101",
            kind="domestic",
            further_kinds=("property-damage", "threats"),
            reporter={"role": "Out-of-hours repairs", "kind": "contractor"},
            account="Boarded a broken window for a lady with a child; her former partner had come "
            "and gone. Police were there.",
            subjects=ALL_THREE,
            **AT_HOME,
        ),
        immediate_protection_taken(
            "2025-06-07 23:35",
            known="2025-06-08 00:20",
            recorded="2025-06-18 09:06",
            ref="ooh-5102",
            kind="999",
            person=TENANT,
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2025-06-18 10:00",
            ref="ho-5118",
            person=TENANT,
            mode="elsewhere",
            seen="yes",
            seen_alone="yes",
            voice="She thought we knew: our own man had boarded the window.",
        ),
        communication_preference_recorded(
            "2025-06-18 10:15",
            ref="ho-5119",
            person=TENANT,
            method="phone",
            safe_channels=("phone", "face-to-face"),
            unsafe_channels=("email", "text"),
            safe_times="Weekdays, half past nine to half past two",
            contact_points=(HER_PHONE,),
        ),
        risk_assessed(
            "2025-06-18 10:30",
            ref="ho-5120",
            person=TENANT,
            tool="dash",
            level="high",
            score=15,
            previous="medium",
            direction="worsening",
            rationale="He broke his bail, two days before she moved.",
            review_due="2025-07-02",
            marac_criteria=("visible-high-risk", "repeat"),
        ),
        consent_decided(
            "2025-06-18 10:45",
            ref="ho-5121",
            person=TENANT,
            scope="refer",
            state="given",
            sought_by="staff:ho-31",
            how="face-to-face",
            narrative="This time she asks for it herself.",
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        referral_sent(
            "2025-06-19 09:30",
            ref="sg-5131",
            referral_id="R-MARAC-2",
            route="marac",
            receiving_org="County MARAC",
            consent_ref=the("ho-5121", HOUSING),
            urgency="same-day",
            ask="A repeat within twelve months: to be heard again.",
            feedback_due="2025-06-26",
            subjects=HER,
        ),
        decision_recorded(
            "2025-06-19 11:00",
            ref="sg-5133",
            kind="tenure",
            options=("A starter tenancy.", "An assured tenancy, as she had."),
            chosen="An assured tenancy, as she had.",
            rationale="Who flees abuse does not lose security by it.",
            decider="staff:sg-02",
            policy_refs=("Customer wellbeing and support policy, domestic abuse",),
        ),
        plan_reviewed(
            "2025-06-24",
            ref="sg-5134",
            plan_id="P1",
            outcome="escalated",
            next_review_due="2025-09-02",
            person_involved="involved",
        ),
    ),
    *by(
        LETTER,
        LETTINGS,
        housing_changed(
            "2025-06-23",
            ref="let-5104",
            kind="tenancy-start",
            person=TENANT,
            property_ref=NEW_HOME,
            tenure="assured",
            tenure_role="tenant",
            reference="T-77121",
        ),
    ),
    *by(
        MANAGER,
        SAFEGUARDING,
        oversight_recorded(
            "2025-06-18 17:00",
            ref="mgr-5106",
            kind="case-review",
            view="Ten days between our contractor knowing and us knowing. No letting to her was to "
            "happen without us.",
            directions="Out-of-hours jobs after violence go to the safeguarding desk the same "
            "night.",
        ),
    ),
    *by(
        LEGAL,
        HOUSING,
        enforcement_action_taken(
            "2025-06-24 14:00",
            ref="leg-5102",
            kind="nosp",
            against=EX_PARTNER,
            ground="She left the home because of his violence and will not come back to it.",
            possession_ground="discretionary",
            statutory_ground="Ground 14A, Housing Act 1988",
            proportionality_note="He has not lived there since December; it is a family home.",
            equality_check="yes",
        ),
        action_agreed(
            "2025-06-24 14:30",
            ref="leg-5103",
            action_id="A4",
            text="Take back the old home. Nobody is to learn from it where she went.",
            kind="other",
            owner_org="Magnolia Homes",
            owner="staff:leg-03",
            due="2025-12-05",
            safety=False,
            origin="decision",
        ),
    ),
)

_ENDING = (
    *by(
        COORDINATOR,
        MARAC,
        referral_decided(
            "2025-06-20 10:05", ref="marac-5108", referral_id="R-MARAC-2", decision="accepted-other"
        ),
        meeting_held(
            "2025-07-08 10:00",
            ref="marac-5109",
            meeting_id="MARAC-2",
            forum="marac",
            attendees=(
                {"agency": "police", "role": "Detective inspector"},
                {"agency": "voluntary", "role": "IDVA"},
                {"agency": "childrens-services", "role": "Team manager"},
                {"agency": "landlord", "role": "Safer communities lead"},
                {"agency": "probation", "role": "Probation officer"},
            ),
            invite_state="invited-in-time",
            risks_agreed="He was remanded on 9 June. The danger is in the weeks after release.",
            minutes_received_at="2025-07-08T15:00:00Z",
        ),
        feedback_received(
            "2025-07-18",
            ref="marac-5110",
            referral_id="R-MARAC-2",
            onward_sharing="ask",
            **ANSWERED_IN_FULL,
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        contact_made(
            "2025-07-16 10:00",
            ref="ho-5122",
            person=TENANT,
            mode="home-visit",
            seen="yes",
            seen_alone="no",
            voice="The child sleeps through. She has the card back.",
            property_ref=NEW_HOME,
        ),
        outcome_feedback_recorded(
            "2025-10-09 10:30",
            ref="ho-5123",
            person=TENANT,
            achieved="fully",
            safer="yes",
            experience="She would have stopped it all in February if she could. She is glad now "
            "that it was not left to her.",
            told_by="person",
        ),
    ),
    *by(
        LEAD,
        SAFEGUARDING,
        risk_assessed(
            "2025-07-29 10:00",
            ref="sg-5138",
            person=TENANT,
            tool="dash",
            level="low",
            score=6,
            previous="high",
            direction="improving",
            rationale="Sentenced, with an order that keeps him away for five years.",
            review_due="2025-10-27",
        ),
        plan_reviewed(
            "2025-09-02",
            ref="sg-5139",
            plan_id="P1",
            outcome="achieved",
            next_review_due=None,
            person_involved="involved",
        ),
        case_closed(
            "2025-09-10",
            ref="sg-5140",
            reason="risk-resolved",
            assurance="confirmed",
            risk_outcome="reduced",
            residual_actions=("A4",),
            approved_by="staff:mgr-05",
            outcome_summary="She and the child are safe in another home, on the tenancy she had.",
            msp_summary="Near the school, and he cannot come to the door.",
            person_outcomes=(
                {"person": TENANT, "risk_outcome": "reduced"},
                {
                    "person": CHILD,
                    "risk_outcome": "reduced",
                    "child_aims": ("protected-from-maltreatment", "safe-and-effective-care"),
                },
            ),
        ),
    ),
    *by(
        MANAGER,
        SAFEGUARDING,
        oversight_recorded(
            "2025-09-09 15:00",
            ref="mgr-5109",
            kind="approval",
            view="Close, and ask her in a month.",
        ),
    ),
)

_BEFORE = (
    *by(
        HOUSING_SYSTEM,
        HOUSING,
        property_described(
            "2023-01-02",
            ref="prop-51",
            property_ref=HOME,
            area_lsoa="E01020483",
            estate="Orchard Rise",
            block="Medlar House",
            authority="E10000009",
            housing_type="general-needs",
        ),
    ),
    *by(
        OFFICER,
        HOUSING,
        incident_reported(
            "2024-10-12 22:00",
            known="2024-10-14 09:30",
            ref="asb-5188",
            kind="noise",
            category="asb",
            reporter={"role": "Neighbour", "kind": "neighbour"},
            account="Shouting and banging doors again. Nobody was asked about it but the "
            "neighbour.",
            property_ref=HOME,
        ),
    ),
)

_LINK = by(
    LEAD,
    SAFEGUARDING,
    case_linked(
        "2025-02-05 11:00",
        ref="sg-5141",
        other_ref="property:100099990051",
        relation="history",
        reason="A noise complaint in October reads otherwise now.",
    ),
)

DOMESTIC_ABUSE = Story(
    name="domestic_abuse",
    title="Domestic abuse, acted on without consent, and a second incident not on record",
    case_ref=REF,
    told=tuple(
        each.but(sensitivity="restricted")
        for each in told_in_order(
            _SEEN,
            _LINK,
            _TOLD,
            _OVERRIDDEN,
            _LOCKED_OUT,
            _TOGETHER,
            _NO_WORD,
            _MOVING,
            _AGAIN,
            _ENDING,
        )
    ),
    points=(known_on("2025-02-11"), recorded_by("2025-06-17 12:00"), today("2025-11-28")),
    beside={"property:100099990051": told_in_order(_BEFORE)},
)
