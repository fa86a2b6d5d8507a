"""Coded lists about the landlord and the authorities it works with."""

from domain.vocabulary.coded import CodedList


class ThresholdMode(CodedList, source="Community Care article: which concerns are to be referred"):
    """What an authority wants referred to it."""

    REFER_ALL = "refer-all", "Refer every concern"
    REFER_SERIOUS = "refer-serious", "Refer serious concerns"
    CONSULT_FIRST = "consult-first", "Consult first"


class SeatBasis(CodedList, source="Community Care article: housing on boards and panels"):
    """On what footing the landlord sits in a forum."""

    MEMBER = "member", "Member"
    INVITED = "invited", "By invitation"
    OBSERVER = "observer", "Observer"
    NONE = "none", "No seat"


class PolicyOutcome(CodedList, source="Case Timeline"):
    """What the review of a policy came to."""

    UNCHANGED = "unchanged", "Unchanged"
    AMENDED = "amended", "Amended"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ComplianceKind(CodedList, source="Landlord policy: training, DBS checks and supervision"):
    """What staff have to have, and some may not have yet."""

    TRAINING = "training", "Safeguarding training"
    DBS = "dbs", "DBS checks"
    SUPERVISION = "supervision", "Supervision"
    POLICY_GIVEN = "policy-given", "Given the policy, such as contractors"
