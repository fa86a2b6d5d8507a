"""The landlord's dealings with a local authority."""

from services.web.forms.words.words import Words

NAME = "A local authority"
TITLES = {
    "ThresholdPolicyAdopted": "What to refer to this authority",
    "FeedbackAgreementMade": "How this authority gives feedback",
    "AuthorityContactRecorded": "A contact at this authority",
    "AuthorityContactEnded": "A contact is no longer to be used",
    "ForumSeatRecorded": "Our seat in a forum",
    "ForumSeatEnded": "Our seat in a forum has ended",
    "ForumMeetingAttended": "A forum met",
}
WORDS = {
    "mode": Words("When do we refer?"),
    "policy_source": Words("Where is it written?"),
    "policy_version": Words("Which version?", "Leave it empty and we make a reference."),
    "who": Words("Who tells us?", "A job or desk, for example duty team."),
    "how": Words("How?"),
    "acknowledgement_days": Words("Within how many working days do they acknowledge?"),
    "decision_days": Words("Within how many working days do they decide?"),
    "feedback_days": Words("Within how many working days do they give feedback?"),
    "agreement_version": Words("Which version?", "Leave it empty and we make a reference."),
    "contact_id": Words("Which contact?", "Their reference."),
    "AuthorityContactRecorded.contact_id": Words(
        "Does the contact have a reference already?", "Leave it empty and we make one."
    ),
    "role": Words("What is their job?"),
    "organisation": Words("At which organisation?"),
    "route": Words("For which referrals?"),
    "name": Words("What is their name?"),
    "phone": Words("Their phone number"),
    "email": Words("Their email address"),
    "hours": Words("When can they be reached?"),
    "AuthorityContactEnded.reason": Words("Why?"),
    "forum_id": Words("Which forum?", "Its reference."),
    "ForumSeatRecorded.forum_id": Words(
        "Does the seat have a reference already?", "Leave it empty and we make one."
    ),
    "forum": Words("Which forum is it?"),
    "seat_basis": Words("On what basis do we sit in it?"),
    "representative": Words("Who sits in it for us?", "Their name or staff number."),
    "ForumSeatEnded.reason": Words("Why did it end?"),
    "held_on": Words("When did it meet?"),
    "attended": Words("Were we there?"),
    "apologies": Words("If not, did we send apologies?"),
    "papers": Words("Did we get the papers?"),
}
