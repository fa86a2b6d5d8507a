"""Coded lists about hoarding: how serious it is, and how the person sees it."""

from domain.vocabulary.coded import CodedList


class HoardingLevel(CodedList, source="Landlord policy on hoarding"):
    """How serious hoarding is; assessed by itself, beside the clutter image rating."""

    LOW = "low", "Low: no further action, but monitored"
    MEDIUM = "medium", "Medium: no immediate serious danger, but action required"
    HIGH = "high", "High: serious immediate danger, a safeguarding issue"


class Insight(CodedList, source="Hoarding disorder assessment: insight"):
    """How far a person sees that their hoarding is a problem."""

    GOOD_OR_FAIR = "good-or-fair", "Good or fair"
    POOR = "poor", "Poor"
    ABSENT = "absent", "Absent or delusional"
    UNKNOWN = "unknown", "Not known"
