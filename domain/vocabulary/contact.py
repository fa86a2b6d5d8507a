"""Coded lists about contact with the person: how it was made or tried, and why it failed."""

from domain.vocabulary.coded import CodedList


class ContactMode(CodedList, source="Landlord policy on hoarding: writing is often ignored"):
    """How the landlord and a person were in contact, or how it was tried."""

    HOME_VISIT = "home-visit", "Visit to the home"
    OFFICE = "office", "Meeting at the office"
    ELSEWHERE = "elsewhere", "Meeting elsewhere"
    PHONE = "phone", "Phone"
    VIDEO = "video", "Video call"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    THROUGH_ADVOCATE = "through-advocate", "Through an advocate"
    OTHER = "other", "Other"


class ContactFailure(CodedList, source="Community Care article: those hard to engage"):
    """Why an attempt at contact failed."""

    NO_ACCESS = "no-access", "No access"
    NO_REPLY = "no-reply", "No reply"
    REFUSED = "refused", "Refused"
    UNKNOWN = "unknown", "Not known"
