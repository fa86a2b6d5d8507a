"""How a case comes in, what it is treated as, who leads it, how it ends."""

from services.web.forms.words.words import Words

NAME = "The case itself"
TITLES = {
    "IncidentReported": "An incident",
    "ConcernRaised": "A concern, in full",
    "CaseOpened": "Open the case formally",
    "TriageCompleted": "Triage: what to do about a concern",
    "Reclassified": "Treat the case as something else",
    "CaseAllocated": "Give the case to a lead",
    "CaseClosed": "Close the case",
    "CaseReopened": "Reopen the case",
}
WORDS = {
    "IncidentReported.kind": Words("What happened?"),
    "further_kinds": Words("Was it anything else as well?"),
    "category": Words(
        "How was it logged?", "As the system or team that took the report called it."
    ),
    "category_ref": Words("What is its number there?"),
    "reporter": Words("Who reported it?"),
    "anonymous": Words("Does whoever reported it not want to be known, or is not?"),
    "hate_strands": Words("Was it hostile because of who someone is?", "Choose all that apply."),
    "account": Words(
        "Tell us what happened", "In the words of whoever told it, as far as you can."
    ),
    "Reporter.role": Words("What are they?", "For example neighbour, gas engineer, sister."),
    "Reporter.identity": Words(
        "Their name and how to reach them", "Leave it empty if they do not want to be named."
    ),
    "Reporter.kind": Words("Which of these fits them best?"),
    "Reporter.team": Words("Which team are they in?", "Where they work for us."),
    "channel": Words("How did it reach us?"),
    "ConcernRaised.basis": Words("How do we know?"),
    "relayed_by": Words(
        "Whose hands did it pass through?", "Job titles in order, one on each line."
    ),
    "verbatim_account": Words(
        "What is the concern?",
        "What was seen, heard or said, in the words that were used. Say what is fact and what is "
        "your view.",
    ),
    "strands": Words(
        "What is it about?", "Choose all that apply. Leave it empty if you cannot say."
    ),
    "abuse_types": Words("What kinds of abuse or neglect might it be?", "Choose all that apply."),
    "domestic_abuse_behaviours": Words(
        "If it is domestic abuse, what is done?", "Choose all that apply."
    ),
    "pattern": Words("Has it happened once, or does it go on?"),
    "source_of_risk": Words("Who or what is the risk from?"),
    "severity": Words("How serious does it seem?"),
    "crime_suspected": Words("Might it be a crime?"),
    "person_aware": Words("Does the person know that we are recording this?"),
    "indicators": Words("What signs were there?", "Choose all that apply."),
    "immediate_danger": Words(
        "Is anyone in immediate danger now?", "If so, call 999 before you go on."
    ),
    "safe_to_contact": Words("Is it safe to contact the person?"),
    "low_level": Words("Is it a small worry, kept so that a pattern can be seen?"),
    "context_factors": Words("What makes it more worrying?", "Choose all that apply."),
    "child_harms": Words("If a child may be harmed, how?", "Choose all that apply."),
    "exploitation": Words("If somebody is being used by others, how?", "Choose all that apply."),
    "location": Words("Where does it happen?"),
    "personally_connected": Words(
        "Are the two partners, former partners or relatives?", "As the Domestic Abuse Act asks."
    ),
    "both_sixteen_or_over": Words("Are both 16 or over?"),
    "further_indicators": Words("Any other signs"),
    "initial_classification": Words("What is the case treated as?"),
    "opened_from": Words("Which reports was it opened from?"),
    "authority": Words(
        "Which local authority does it lie with?",
        "Its code or name without spaces, for example E09000001. Leave it empty if not known.",
    ),
    "has_care_needs": Words(
        "Does the adult have needs for care and support?", "Care Act, section 42(1)(a)."
    ),
    "at_risk_of_abuse": Words(
        "Are they experiencing, or at risk of, abuse or neglect?", "Section 42(1)(b)."
    ),
    "unable_to_protect_self": Words(
        "Because of those needs, can they not protect themselves?", "Section 42(1)(c)."
    ),
    "TriageCompleted.basis": Words("What do these answers rest on?"),
    "decision": Words("What was decided?"),
    "rationale": Words("Why?", "What was weighed, and why this and not something else."),
    "threshold_policy_version": Words("Which version of the authority's thresholds was used?"),
    "enforcement_check": Words("Was enforcement against the person looked at?"),
    "decider": Words(
        "Who decided?", "Their name or staff number. Needed where nothing further is done."
    ),
    "no_statutory_route": Words("If no statutory service will act, why?"),
    "from_": Words("What is it treated as now?"),
    "to": Words("What should it be treated as?"),
    "evidence_events": Words("Which events show it?", "Choose all that apply."),
    "role_changes": Words("Whose part in the case changes?"),
    "RoleChange.person": Words("Who?"),
    "RoleChange.was": Words("What were they seen as?"),
    "RoleChange.now": Words("What are they seen as now?"),
    "confirmed_by": Words("Which lead confirmed it?", "Their name or staff number."),
    "lead": Words("Who leads the case?", "Their name or staff number."),
    "team": Words("Who works on it with them?", "One name or staff number on each line."),
    "CaseClosed.reason": Words("Why is the case being closed?"),
    "assurance": Words("How sure are we that the risk was dealt with?"),
    "risk_outcome": Words("What became of the risk?"),
    "residual_actions": Words(
        "Which open actions go on?", "Safety actions that are still open must be chosen here."
    ),
    "approved_by": Words(
        "Who approved closing it?", "Their name or staff number. Not the lead, where risk is high."
    ),
    "outcome_summary": Words("What came of the case?"),
    "msp_summary": Words("How far did the person get what they wanted?"),
    "no_assurance_reason": Words("If we are not sure, why close it?"),
    "person_outcomes": Words("What came of it for each person?"),
    "PersonOutcome.person": Words("Who?"),
    "PersonOutcome.risk_outcome": Words("What became of the risk to them?"),
    "PersonOutcome.child_aims": Words("For a child: which aims were met?"),
    "PersonOutcome.summary": Words("What came of it for them?"),
    "trigger": Words("Why is the case being reopened?"),
    "new_events": Words("Which events led to it?"),
}
