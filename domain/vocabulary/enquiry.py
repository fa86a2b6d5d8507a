"""Coded lists about enquiries and what they find, and about allegations against staff."""

from domain.vocabulary.coded import CodedList


class EnquiryRiskResult(CodedList, source="NHS Safeguarding Adults Collection, table SG2c"):
    """Whether an enquiry identified a risk, and whether action was taken on it."""

    IDENTIFIED_ACTION = "identified-action", "Risk identified, action taken"
    IDENTIFIED_NO_ACTION = "identified-no-action", "Risk identified, no action taken"
    INCONCLUSIVE_ACTION = "inconclusive-action", "Inconclusive, action taken"
    INCONCLUSIVE_NO_ACTION = "inconclusive-no-action", "Inconclusive, no action taken"
    NONE_ACTION = "none-action", "No risk identified, action taken"
    NONE_NO_ACTION = "none-no-action", "No risk identified, no action taken"
    CEASED = "ceased", "Ceased at the individual's request"
    UNKNOWN = "unknown", "Not known"


class EnquiryCapacity(CodedList, source="NHS Safeguarding Adults Collection, table SG3a"):
    """Whether the person lacked capacity to decide about the enquiry, as the authority says."""

    LACKED = "lacked", "Lacked capacity"
    DID_NOT_LACK = "did-not-lack", "Did not lack capacity"
    DONT_KNOW = "dont-know", "Authority does not know"
    NOT_RECORDED = "not-recorded", "Not recorded"


class StaffRelation(CodedList, source="Landlord policy: colleagues and anyone acting for it"):
    """What someone is who works for the landlord or on its behalf; all of them count as staff."""

    EMPLOYEE = "employee", "Employee"
    AGENCY_WORKER = "agency-worker", "Agency worker"
    CONTRACTOR = "contractor", "Contractor"
    VOLUNTEER = "volunteer", "Volunteer"
    BOARD_MEMBER = "board-member", "Board or committee member"
    OTHER = "other", "Acting for the landlord in another way"
    UNKNOWN = "unknown", "Not known"


class AllegationReferral(CodedList, source="Landlord policy; Care Act guidance; Children Act 2004"):
    """Who is told of an allegation against a member of staff."""

    LADO = "lado", "Local authority designated officer (LADO)"
    PIPOT = "pipot", "Person in a position of trust (PiPoT) lead"
    POLICE = "police", "Police"
    DBS = "dbs", "Disclosure and Barring Service"
