"""What the person agreed to, when that was overridden, what they were told."""

from services.web.forms.words.words import Words

NAME = "Consent"
TITLES = {
    "ConsentDecisionRecorded": "What someone agrees to",
    "ConsentOverridden": "A decision to act without consent",
    "PersonInformed": "What someone was told of it",
}
WORDS = {
    "scope": Words("Consent to what?"),
    "ConsentDecisionRecorded.person": Words("Whose decision is it?"),
    "ConsentOverridden.person": Words("Whose consent?", "Leave it empty if it is everyone's."),
    "PersonInformed.person": Words("Who?"),
    "state": Words("Where do they stand?"),
    "sought_by": Words("Who asked them?", "Their name or staff number."),
    "how": Words("How were they asked?"),
    "reason_not_sought": Words("If they were not asked, why not?"),
    "representative": Words("If somebody decided for them, who?"),
    "grounds": Words("On which grounds?", "Choose all that apply, at least one."),
    "rationale": Words("Why is it right to act without consent?"),
    "risk_of_sharing": Words("What may acting without consent itself put at risk?"),
    "about": Words("About what?"),
    "informed": Words("Were they told?"),
    "not_informed_reason": Words("If they were not told, why not?"),
    "method": Words("How were they told?"),
}
