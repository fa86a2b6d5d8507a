"""Outward codes of the NHS Safeguarding Adults Collection (SAC): its tables SG1d to SG4a.

A landlord does not file this return; the local authority does. The codes let both count alike.
"""

from typing import Any

from domain.vocabulary.enquiry import EnquiryCapacity, EnquiryRiskResult
from domain.vocabulary.harm import HarmLocation
from domain.vocabulary.outward.base import UNMAPPED, OutwardMap
from domain.vocabulary.outward.sac_tables import (
    ABUSE,
    ACHIEVED,
    ASKED,
    CAPACITY,
    ENQUIRIES,
    LOCATION,
    RISK_OUTCOME,
    RISK_RESULT,
    SOURCE,
    SUPPORT_REASON,
    SUPPORTED,
)
from domain.vocabulary.referral import EnquiryType, ReferralDecision
from domain.vocabulary.safeguarding import AbuseType, RiskOutcome, SourceOfRisk
from domain.vocabulary.voice import AdvocateKind, OutcomesAchieved, OutcomesAsked
from domain.vocabulary.vulnerability import SupportReason

_KNOWN = "SG2b Other - Known to individual"
_SECTION_42 = "SG1f Total Number of Section 42 Safeguarding Enquiries"
_OTHER_ENQUIRY = "SG1f Total Number of Other Safeguarding Enquiries"
_SUPPORTED = next(iter(SUPPORTED.codes))

MAPS: tuple[OutwardMap[Any], ...] = (
    OutwardMap(
        AbuseType,
        ABUSE,
        {
            AbuseType.PHYSICAL: "SG2a Physical Abuse",
            AbuseType.DOMESTIC: "SG2a Domestic Abuse",
            AbuseType.SEXUAL: "SG2a Sexual Abuse",
            AbuseType.SEXUAL_EXPLOITATION: "SG2a Sexual Exploitation",
            AbuseType.PSYCHOLOGICAL: "SG2a Psychological Abuse",
            AbuseType.FINANCIAL_OR_MATERIAL: "SG2a Financial or Material Abuse",
            AbuseType.MODERN_SLAVERY: "SG2a Modern Slavery",
            AbuseType.DISCRIMINATORY: "SG2a Discriminatory Abuse",
            AbuseType.ORGANISATIONAL: "SG2a Organisational Abuse",
            AbuseType.NEGLECT_OR_OMISSION: "SG2a Neglect and Acts of Omission",
            AbuseType.SELF_NEGLECT: "SG2a Self-Neglect",
        },
    ),
    OutwardMap(
        SourceOfRisk,
        SOURCE,
        {
            SourceOfRisk.SELF: _KNOWN,
            SourceOfRisk.PARTNER: _KNOWN,
            SourceOfRisk.EX_PARTNER: _KNOWN,
            SourceOfRisk.RELATIVE: _KNOWN,
            SourceOfRisk.HOUSEHOLD_MEMBER: _KNOWN,
            SourceOfRisk.CARER: UNMAPPED,
            SourceOfRisk.NEIGHBOUR: UNMAPPED,
            SourceOfRisk.STAFF: UNMAPPED,
            SourceOfRisk.CONTRACTOR: UNMAPPED,
            SourceOfRisk.GANG_OR_EXPLOITER: UNMAPPED,
            SourceOfRisk.SERVICE_PROVIDER: "SG2b Service Provider",
            SourceOfRisk.OTHER_KNOWN: _KNOWN,
            SourceOfRisk.OTHER_UNKNOWN: "SG2b Other - Unknown to individual",
            SourceOfRisk.UNKNOWN: UNMAPPED,
        },
        "Known is whom the person can name. Our code does not say whether a carer or member of "
        "staff is paid to provide social care, nor whether the person can name a neighbour, "
        "contractor or exploiter.",
    ),
    OutwardMap(
        RiskOutcome,
        RISK_OUTCOME,
        {
            RiskOutcome.REMAINED: "SG2e Risk remained",
            RiskOutcome.REDUCED: "SG2e Risk reduced",
            RiskOutcome.REMOVED: "SG2e Risk removed",
        },
    ),
    OutwardMap(
        ReferralDecision,
        ENQUIRIES,
        {
            ReferralDecision.ACCEPTED_S42: _SECTION_42,
            ReferralDecision.ACCEPTED_OTHER: _OTHER_ENQUIRY,
            ReferralDecision.ACCEPTED_CARE_ASSESSMENT: UNMAPPED,
            ReferralDecision.S17: UNMAPPED,
            ReferralDecision.S47: UNMAPPED,
            ReferralDecision.EARLY_HELP: UNMAPPED,
            ReferralDecision.SIGNPOSTED: UNMAPPED,
            ReferralDecision.NFA: UNMAPPED,
            ReferralDecision.REJECTED: UNMAPPED,
            ReferralDecision.MORE_INFORMATION: UNMAPPED,
            ReferralDecision.NO_RESPONSE: UNMAPPED,
        },
        "What is not an enquiry is not counted as one.",
    ),
    OutwardMap(
        EnquiryType,
        ENQUIRIES,
        {
            EnquiryType.S42: _SECTION_42,
            EnquiryType.OTHER: _OTHER_ENQUIRY,
            EnquiryType.CAUSED_TO_HOUSING: UNMAPPED,
            EnquiryType.S47: UNMAPPED,
            EnquiryType.INTERNAL: UNMAPPED,
        },
        "An enquiry that a landlord is asked to make may be of either kind; one about a child or "
        "within the landlord is not counted.",
    ),
    OutwardMap(
        SupportReason,
        SUPPORT_REASON,
        {
            SupportReason.PHYSICAL: "SG1d Physical Support",
            SupportReason.SENSORY: "SG1d Sensory Support",
            SupportReason.MEMORY_AND_COGNITION: "SG1d Support with Memory and Cognition",
            SupportReason.LEARNING_DISABILITY: "SG1d Learning Disability Support",
            SupportReason.MENTAL_HEALTH: "SG1d Mental Health Support",
            SupportReason.SOCIAL: "SG1d Social Support",
            SupportReason.NONE: "SG1d No Support Reason",
            SupportReason.NOT_KNOWN: "SG1d Not Known",
        },
    ),
    OutwardMap(
        HarmLocation,
        LOCATION,
        {
            HarmLocation.OWN_HOME: "SG2b Own Home",
            HarmLocation.IN_THE_COMMUNITY: "SG2b In the Community",
            HarmLocation.COMMUNITY_SERVICE: "SG2b Community Service",
            HarmLocation.CARE_HOME_NURSING: "SG2b Care Home - Nursing",
            HarmLocation.CARE_HOME_RESIDENTIAL: "SG2b Care Home - Residential",
            HarmLocation.HOSPITAL_ACUTE: "SG2b Hospital - Acute",
            HarmLocation.HOSPITAL_MENTAL_HEALTH: "SG2b Hospital - Mental Health",
            HarmLocation.HOSPITAL_COMMUNITY: "SG2b Hospital - Community",
            HarmLocation.OTHER: "SG2b Other",
            HarmLocation.UNKNOWN: UNMAPPED,
        },
    ),
    OutwardMap(
        EnquiryRiskResult,
        RISK_RESULT,
        {
            EnquiryRiskResult.IDENTIFIED_ACTION: "SG2c Risk identified and action taken",
            EnquiryRiskResult.IDENTIFIED_NO_ACTION: "SG2c Risk identified and no action taken",
            EnquiryRiskResult.INCONCLUSIVE_ACTION: (
                "SG2c Risk Assessment inconclusive and action taken"
            ),
            EnquiryRiskResult.INCONCLUSIVE_NO_ACTION: (
                "SG2c Risk Assessment inconclusive and no action taken"
            ),
            EnquiryRiskResult.NONE_ACTION: "SG2c No risk identified and action taken",
            EnquiryRiskResult.NONE_NO_ACTION: "SG2c No risk identified and no action taken",
            EnquiryRiskResult.CEASED: (
                "SG2c Enquiry ceased at individual's request and no action taken"
            ),
            EnquiryRiskResult.UNKNOWN: UNMAPPED,
        },
    ),
    OutwardMap(
        EnquiryCapacity,
        CAPACITY,
        {
            EnquiryCapacity.LACKED: "SG3a Yes, they lacked capacity",
            EnquiryCapacity.DID_NOT_LACK: "SG3a No, they did not lack capacity",
            EnquiryCapacity.DONT_KNOW: "SG3a Don't know",
            EnquiryCapacity.NOT_RECORDED: "SG3a Not recorded",
        },
    ),
    OutwardMap(
        AdvocateKind,
        SUPPORTED,
        {
            AdvocateKind.IMCA: _SUPPORTED,
            AdvocateKind.IDVA: _SUPPORTED,
            AdvocateKind.CARE_ACT: _SUPPORTED,
            AdvocateKind.FAMILY: _SUPPORTED,
            AdvocateKind.FRIEND: _SUPPORTED,
            AdvocateKind.OTHER: _SUPPORTED,
        },
        "Counted only where the person lacked capacity. The table does not tell one kind of "
        "supporter from another.",
    ),
    OutwardMap(
        OutcomesAsked,
        ASKED,
        {
            OutcomesAsked.ASKED_EXPRESSED: ("SG4a Yes they were asked and outcomes were expressed"),
            OutcomesAsked.ASKED_NONE_EXPRESSED: (
                "SG4a Yes they were asked but no outcomes were expressed"
            ),
            OutcomesAsked.NOT_ASKED: "SG4a No",
            OutcomesAsked.DONT_KNOW: "SG4a Don't Know",
            OutcomesAsked.NOT_RECORDED: "SG4a Not Recorded",
        },
    ),
    OutwardMap(
        OutcomesAchieved,
        ACHIEVED,
        {
            OutcomesAchieved.FULLY: "SG4a Fully Achieved",
            OutcomesAchieved.PARTIALLY: "SG4a Partially Achieved",
            OutcomesAchieved.NOT_ACHIEVED: "SG4a Not Achieved",
            OutcomesAchieved.UNKNOWN: UNMAPPED,
        },
    ),
)
"""Our lists that have a counterpart in the collection."""
