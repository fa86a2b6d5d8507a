"""The pages of a case: what each is called, which part of it it shows, and by which rows."""

from dataclasses import dataclass
from typing import Any

from domain.access import Action
from domain.vocabulary.rights import RecordPart
from projections.action_plan import action_plan
from projections.attention import attention
from projections.case_state import case_state
from projections.meetings import meetings
from projections.people import people
from projections.read_model import ReadModel
from projections.referrals import referrals
from projections.relationships import relationships
from projections.risk import risk
from projections.sharing import sharing
from projections.timeline import timeline


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a case."""

    slug: str
    """What its address ends in; empty for the first page."""
    title: str
    part: RecordPart
    models: tuple[ReadModel[Any], ...]
    """The rows it needs beside those of the banner."""
    records: tuple[str, ...] = ()
    """The types of events that one may want to record on seeing it."""
    action: Action = Action.READ
    """What one must be able to do to open it."""


TIMELINE = Section(
    "",
    "Timeline",
    RecordPart.TIMELINE,
    (timeline,),
)
STATE = Section(
    "state",
    "How it stands",
    RecordPart.SUMMARY,
    (timeline,),
    ("Reclassified", "CaseAllocated", "CaseClosed"),
)
PEOPLE = Section(
    "people",
    "People",
    RecordPart.PEOPLE,
    (relationships, meetings, referrals),
    ("PersonInvolved", "RelationshipRecorded", "PersonRoleChanged"),
)
RISK = Section(
    "risk",
    "Risk",
    RecordPart.RISK,
    (risk,),
    ("RiskAssessed", "VisitControlSet"),
)
ACTIONS = Section(
    "actions",
    "Actions",
    RecordPart.PLAN,
    (action_plan,),
    ("ActionAgreed", "ActionProgressed", "ActionCompleted"),
)
REFERRALS = Section(
    "referrals",
    "Referrals",
    RecordPart.REFERRALS,
    (referrals, timeline),
    ("ReferralSent", "FeedbackChased", "FeedbackReceived"),
)
MEETINGS = Section(
    "meetings",
    "Meetings",
    RecordPart.PLAN,
    (meetings,),
    ("MeetingConvened", "StrategyMeetingHeld", "MinutesReceived"),
)
CONSENT = Section(
    "consent",
    "Consent and sharing",
    RecordPart.REFERRALS,
    (sharing, timeline),
    ("ConsentDecisionRecorded", "ConsentOverridden", "InformationShared"),
)
FLAGS = Section(
    "flags",
    "Flags",
    RecordPart.SUMMARY,
    (attention, timeline),
)

SECTIONS = (
    TIMELINE,
    STATE,
    PEOPLE,
    RISK,
    ACTIONS,
    REFERRALS,
    MEETINGS,
    CONSENT,
    FLAGS,
)
"""Those that show rows, in the order of the navigation."""

BANNER: tuple[ReadModel[Any], ...] = (case_state, people)
"""The rows that every page needs."""

CHANGES = Section(
    "changes", "What changed", RecordPart.WHOLE, (timeline,), action=Action.TIME_TRAVEL
)
ACCESS = Section("access", "Access log", RecordPart.ACCESS_LOG, (), action=Action.READ_ACCESS_LOG)

BY_SLUG = {section.slug: section for section in SECTIONS}
