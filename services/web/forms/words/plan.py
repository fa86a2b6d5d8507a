"""Decisions, plans, actions, and management oversight."""

from services.web.forms.words.words import Words

NAME = "Decisions, plans and actions"
TITLES = {
    "DecisionRecorded": "A decision and its reasons",
    "SafeguardingPlanAgreed": "A safeguarding plan agreed",
    "SafeguardingPlanReviewed": "A safeguarding plan reviewed",
    "ManagementOversightRecorded": "Management oversight",
    "ActionAgreed": "An action agreed",
    "ActionProgressed": "Progress on an action",
    "ActionRescheduled": "Another due day for an action",
    "ActionCompleted": "An action completed",
    "ActionCancelled": "An action cancelled",
    "ActionReopened": "An action opened again",
}
WORDS = {
    "DecisionRecorded.kind": Words("What is the decision about?"),
    "options": Words("What could have been done?", "One choice on each line."),
    "chosen": Words("What was decided?"),
    "rationale": Words("Why?", "What was weighed, and why this and not something else."),
    "consulted": Words("Who was asked?", "One name or staff number on each line."),
    "privileged": Words("Is it legal advice, and so privileged?"),
    "review_on": Words("When will it be looked at again?"),
    "proportionality": Words("Why does it interfere no more than the risk calls for?"),
    "plan_id": Words("Which plan?"),
    "SafeguardingPlanAgreed.plan_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "aims": Words("What is to be different for the person?", "One aim on each line."),
    "SafeguardingPlanReviewed.aims": Words(
        "What is to be different from now on?", "Only where that has changed. One aim on each line."
    ),
    "review_due": Words("When will it be reviewed?"),
    "person_involved": Words("How far did the person have a part in it?"),
    "not_involved_reason": Words("If they had none, why?"),
    "SafeguardingPlanReviewed.outcome": Words("What came of the review?"),
    "next_review_due": Words("When is the next review?", "Needed unless the plan has ended."),
    "ManagementOversightRecorded.kind": Words("On what occasion?"),
    "view": Words("What is your view of the case?"),
    "directions": Words("What is to be done?"),
    "action_id": Words("Which action?"),
    "ActionAgreed.action_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "text": Words("What is to be done?"),
    "ActionAgreed.kind": Words("What kind of action is it?"),
    "owner_org": Words("Which organisation owes it?", "Its name. It need not be us."),
    "owner": Words("Who is to do it?", "Their name or staff number, if known."),
    "due": Words("By when?"),
    "safety": Words(
        "Does someone's safety depend on it?", "If so, the case cannot be closed before it is done."
    ),
    "origin": Words("Where does it come from?"),
    "origin_ref": Words("Which one?", "The reference of that meeting, decision or recommendation."),
    "cost_pence": Words("What does it cost?", "In pounds, for example 120 or 99.50."),
    "ActionAgreed.scope": Words("What does it look at?", "Choose all that apply."),
    "note": Words("What was done?"),
    "new_due": Words("By when now?"),
    "ActionRescheduled.reason": Words("Why is another day needed?"),
    "evidence_note": Words("What shows that it was done?"),
    "findings": Words("What did it bring to light?"),
    "impact": Words("What did it change for the people concerned?"),
    "ActionCancelled.reason": Words("Why is it cancelled?"),
    "ActionCancelled.note": Words("More on why"),
    "ActionReopened.reason": Words("Why is it opened again?"),
    "ActionReopened.new_due": Words("By when now?", "Leave it empty if the day stays."),
}
