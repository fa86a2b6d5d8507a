"""Coded lists about reviews: which kind, what an entry of the chronology stands for, learning."""

from domain.vocabulary.coded import CodedList


class ReviewType(
    CodedList,
    source="Care Act 2014 section 44; Working Together to Safeguard Children; domestic homicide "
    "review guidance; landlord policy",
):
    """The kind of review that looks back on a case."""

    SAR_MANDATORY = "sar-mandatory", "Safeguarding Adults Review, mandatory"
    SAR_DISCRETIONARY = "sar-discretionary", "Safeguarding Adults Review, discretionary"
    DOMESTIC_ABUSE_DEATH = "domestic-abuse-death", "Domestic abuse related death review"
    CHILD_RAPID_REVIEW = "child-rapid-review", "Child safeguarding rapid review"
    CHILD_LOCAL_REVIEW = "child-local-review", "Local child safeguarding practice review"
    CHILD_NATIONAL_REVIEW = "child-national-review", "National child safeguarding practice review"
    LEDER = "leder", "Learning from lives and deaths review (LeDeR)"
    MAPPA_SCR = "mappa-scr", "MAPPA serious case review"
    MENTAL_HEALTH_HOMICIDE = "mental-health-homicide", "Mental health homicide review"
    ASB_CASE_REVIEW = "asb-case-review", "ASB case review"
    INTERNAL = "internal", "Internal review"
    OMBUDSMAN = "ombudsman", "Ombudsman's investigation"
    CORONER = "coroner", "Coroner's inquest"
    OTHER = "other", "Other"


class Significance(CodedList, source="Combined chronology templates of Safeguarding Boards"):
    """What an entry of the chronology stands for in the eyes of a review."""

    KEY_EVENT = "key-event", "Key event"
    GOOD_PRACTICE = "good-practice", "Good practice"
    MISSED_OPPORTUNITY = "missed-opportunity", "Missed opportunity"
    CONTACT = "contact", "Contact"
    DECISION = "decision", "Decision"
    ACTION = "action", "Action or response"
    BACKGROUND = "background", "Background"


class Impact(CodedList, source="Chronology guidance: impact, positive or negative"):
    """What an entry of the chronology meant for the person."""

    POSITIVE = "positive", "Positive"
    NEGATIVE = "negative", "Negative"
    NEUTRAL = "neutral", "Neutral"


class LearningAudience(CodedList, source="Community Care article; landlord policy: who it binds"):
    """Who was told what was learned."""

    ALL_STAFF = "all-staff", "All staff"
    FRONTLINE_STAFF = "frontline-staff", "Front-line staff"
    MANAGERS = "managers", "Managers"
    CONTRACTORS = "contractors", "Contractors"
    BOARD = "board", "Board"
    PARTNER_AGENCIES = "partner-agencies", "Partner agencies"
    OTHER_LANDLORDS = "other-landlords", "Other landlords"
    RESIDENTS = "residents", "Residents"


class LearningMethod(CodedList, source="Community Care article: joint training with real cases"):
    """How it was told."""

    BRIEFING = "briefing", "Briefing"
    TRAINING = "training", "Training"
    JOINT_TRAINING = "joint-training", "Joint training with partners"
    TEAM_MEETING = "team-meeting", "Team meeting"
    CASE_STUDY = "case-study", "Anonymised case study"
    POLICY_CHANGE = "policy-change", "Change of policy or procedure"
    FORUM = "forum", "At a forum"
    PUBLICATION = "publication", "Publication"
