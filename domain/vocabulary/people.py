"""Coded lists about people: their part in a case, their tenure, what makes them vulnerable."""

from domain.vocabulary.coded import CodedList


class PersonRole(CodedList, source="Cromwood story; Community Care article; landlord policy"):
    """The part a person has in a case; one person may have several, each dated."""

    ADULT_AT_RISK = "adult-at-risk", "Adult at risk"
    CHILD_AT_RISK = "child-at-risk", "Child at risk"
    VICTIM = "victim", "Victim"
    ADDITIONAL_VICTIM = "additional-victim", "Additional victim"
    INTENDED_TARGET = "intended-target", "Intended target"
    ALLEGED_PERPETRATOR = "alleged-perpetrator", "Alleged perpetrator"
    PERPETRATOR_ALSO_AT_RISK = "perpetrator-also-at-risk", "Alleged perpetrator, also at risk"
    WITNESS = "witness", "Witness"
    REPORTER = "reporter", "Reporter"
    CARER = "carer", "Carer"
    PARENT_OR_GUARDIAN = "parent-or-guardian", "Parent or guardian"
    ADVOCATE = "advocate", "Advocate"
    FAMILY_AT_RISK = "family-at-risk", "Family at risk"
    HOUSEHOLD_MEMBER = "household-member", "Household member"
    NEIGHBOUR = "neighbour", "Neighbour"
    PROFESSIONAL = "professional", "Professional"
    STAFF_SUBJECT = "staff-subject", "Member of staff concerned"
    UNKNOWN_PERSON = "unknown-person", "Unknown person"


HARMED_OR_AT_RISK = frozenset(
    {
        PersonRole.ADULT_AT_RISK,
        PersonRole.CHILD_AT_RISK,
        PersonRole.VICTIM,
        PersonRole.ADDITIONAL_VICTIM,
        PersonRole.INTENDED_TARGET,
        PersonRole.PERPETRATOR_ALSO_AT_RISK,
        PersonRole.FAMILY_AT_RISK,
    }
)
"""The roles that put in doubt a warning against whoever comes to be seen in them."""

ALLEGED_PERPETRATORS = frozenset(
    {PersonRole.ALLEGED_PERPETRATOR, PersonRole.PERPETRATOR_ALSO_AT_RISK}
)
"""The roles of those who are said to have done harm."""


class PersonType(CodedList, source="Landlord policy: who it covers"):
    """What a person is to the landlord."""

    CUSTOMER = "customer", "Customer"
    HOUSEHOLD_MEMBER = "household-member", "Member of a customer's household"
    COLLEAGUE = "colleague", "Colleague"
    VOLUNTEER = "volunteer", "Volunteer"
    AGENCY_STAFF = "agency-staff", "Agency staff"
    CONTRACTOR = "contractor", "Contractor"
    PUBLIC = "public", "Member of the public"
    UNKNOWN = "unknown", "Not known"


class TenureRole(CodedList, source="Landlord policy: tenures it covers"):
    """How a person holds or shares a home."""

    TENANT = "tenant", "Tenant"
    JOINT_TENANT = "joint-tenant", "Joint tenant"
    LEASEHOLDER = "leaseholder", "Leaseholder"
    SHARED_OWNER = "shared-owner", "Shared owner"
    LICENSEE = "licensee", "Licensee"
    HOUSEHOLD_MEMBER = "household-member", "Household member"
    VISITOR = "visitor", "Visitor"
    FORMER_TENANT = "former-tenant", "Former tenant"
    APPLICANT = "applicant", "Applicant"
    NONE = "none", "None"


class Involvement(CodedList, source="Landlord policy: involving the people concerned"):
    """How far a person has a part in what is decided about them."""

    INVOLVED = "involved", "Involved"
    REPRESENTED = "represented", "Represented by someone"
    NOT_INVOLVED = "not-involved", "Not involved"
    UNKNOWN = "unknown", "Not known"


class Relationship(CodedList, source="Hackney social care: personal relationships"):
    """What one person is to another, read from the first to the second."""

    PARTNER = "partner", "Partner"
    EX_PARTNER = "ex-partner", "Former partner"
    SPOUSE = "spouse", "Spouse"
    EX_SPOUSE = "ex-spouse", "Former spouse"
    PARENT = "parent", "Parent"
    CHILD = "child", "Child"
    STEP_PARENT = "step-parent", "Step-parent"
    STEP_CHILD = "step-child", "Step-child"
    FOSTER_CARER = "foster-carer", "Foster carer"
    FOSTER_CHILD = "foster-child", "Foster child"
    PARENT_OF_UNBORN = "parent-of-unborn", "Parent of an unborn child"
    UNBORN_CHILD = "unborn-child", "Unborn child"
    GRANDPARENT = "grandparent", "Grandparent"
    GRANDCHILD = "grandchild", "Grandchild"
    GREAT_GRANDPARENT = "great-grandparent", "Great-grandparent"
    GREAT_GRANDCHILD = "great-grandchild", "Great-grandchild"
    AUNT_OR_UNCLE = "aunt-or-uncle", "Aunt or uncle"
    NIECE_OR_NEPHEW = "niece-or-nephew", "Niece or nephew"
    SIBLING = "sibling", "Brother or sister"
    HALF_SIBLING = "half-sibling", "Half-brother or half-sister"
    STEP_SIBLING = "step-sibling", "Step-brother or step-sister"
    SIBLING_OF_UNBORN = "sibling-of-unborn", "Brother or sister of an unborn child"
    UNBORN_SIBLING = "unborn-sibling", "Unborn brother or sister"
    COUSIN = "cousin", "Cousin"
    CARER = "carer", "Carer"
    CARED_FOR = "cared-for", "Cared for"
    FRIEND = "friend", "Friend"
    NEIGHBOUR = "neighbour", "Neighbour"
    ACQUAINTANCE = "acquaintance", "Acquaintance"
    IN_CONTACT_WITH = "in-contact-with", "In contact with"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class YesNoUnknown(CodedList, source="Case Timeline: unknown is a value"):
    """An answer that may honestly be unknown."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"
