"""The closed lists of the NHS Safeguarding Adults Collection (SAC), by table."""

from domain.vocabulary.outward.base import OutwardList, Standard

_VERSION = "2025 to 2026"
_SOURCE = (
    "Safeguarding adults collection (SAC) data return, 2025 to 2026: guidance for local "
    "authorities; column names as in NHS Digital's published code for the collection"
)


def _table(name: str, *columns: str) -> OutwardList:
    table = name.split()[0]
    codes = {f"{table} {column}": column for column in columns}
    return OutwardList(Standard.SAC, f"SAC {name}", _VERSION, _SOURCE, codes)


ENQUIRIES = _table(
    "SG1f concerns and enquiries",
    "Total Number of Safeguarding Concerns",
    "Total Number of Section 42 Safeguarding Enquiries",
    "Total Number of Other Safeguarding Enquiries",
)
SUPPORT_REASON = _table(
    "SG1d primary support reason",
    "Physical Support",
    "Sensory Support",
    "Support with Memory and Cognition",
    "Learning Disability Support",
    "Mental Health Support",
    "Social Support",
    "No Support Reason",
    "Not Known",
)
ABUSE = _table(
    "SG2a type of abuse",
    "Physical Abuse",
    "Sexual Abuse",
    "Psychological Abuse",
    "Financial or Material Abuse",
    "Discriminatory Abuse",
    "Organisational Abuse",
    "Neglect and Acts of Omission",
    "Domestic Abuse",
    "Sexual Exploitation",
    "Modern Slavery",
    "Self-Neglect",
)
SOURCE = _table(
    "SG2b source of risk",
    "Service Provider",
    "Other - Known to individual",
    "Other - Unknown to individual",
)
LOCATION = _table(
    "SG2b location of risk",
    "Own Home",
    "In the Community",
    "Community Service",
    "Care Home - Nursing",
    "Care Home - Residential",
    "Hospital - Acute",
    "Hospital - Mental Health",
    "Hospital - Community",
    "Other",
)
RISK_RESULT = _table(
    "SG2c risk assessment result",
    "Risk identified and action taken",
    "Risk identified and no action taken",
    "Risk Assessment inconclusive and action taken",
    "Risk Assessment inconclusive and no action taken",
    "No risk identified and action taken",
    "No risk identified and no action taken",
    "Enquiry ceased at individual's request and no action taken",
)
RISK_OUTCOME = _table("SG2e risk outcome", "Risk remained", "Risk reduced", "Risk removed")
CAPACITY = _table(
    "SG3a mental capacity",
    "Yes, they lacked capacity",
    "No, they did not lack capacity",
    "Don't know",
    "Not recorded",
)
SUPPORTED = _table(
    "SG3a support of those who lacked capacity",
    "Of the enquiries recorded as Yes, in how many of these cases was support provided by an "
    "advocate, family or friend",
)
ASKED = _table(
    "SG4a outcomes asked for",
    "Yes they were asked and outcomes were expressed",
    "Yes they were asked but no outcomes were expressed",
    "No",
    "Don't Know",
    "Not Recorded",
)
ACHIEVED = _table(
    "SG4a outcomes achieved",
    "Fully Achieved",
    "Partially Achieved",
    "Not Achieved",
)
