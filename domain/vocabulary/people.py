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


class YesNoUnknown(CodedList, source="Case Timeline: unknown is a value"):
    """An answer that may honestly be unknown."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"
