"""Who may do and see what."""

from services.web.forms.words.words import Words

NAME = "Who may see and do what"
TITLES = {
    "RoleGranted": "Grant a role",
    "RoleRevoked": "Revoke a role",
    "ReviewAccessGranted": "Grant cases to a reviewer",
    "ReviewAccessRevoked": "Revoke what a reviewer was granted",
    "ConflictDeclared": "Declare a conflict of interest",
    "ConflictEnded": "A conflict of interest has ended",
    "CaseRestricted": "Restrict the case to named people",
    "RestrictionLifted": "Lift the restriction of the case",
    "GlassReviewed": "Review an opening in an emergency",
}
_SIGNS_IN = "The issuer and subject of their tokens, for example https://id.example|4711."
_NEW = "Leave it empty and we make one."
WORDS = {
    "RoleGranted.grant_id": Words("Does the grant have a reference already?", _NEW),
    "RoleRevoked.grant_id": Words("Which grant?", "Its reference."),
    "principal": Words("Who signs in?", _SIGNS_IN),
    "RoleGranted.role": Words("Which role?"),
    "RoleGranted.staff": Words("What are they called on cases?", "Their name or staff number."),
    "areas": Words(
        "For which local authorities?", "One on each line. Leave it empty for all of them."
    ),
    "publishes": Words(
        "For a system: which source may it publish?", "For example urn:cromwood:asb."
    ),
    "valid_until": Words("Until when?"),
    "approved_by": Words("Who agreed to it?", "Somebody else than you, and than whom it is for."),
    "ReviewAccessGranted.review_grant_id": Words("Does the grant have a reference already?", _NEW),
    "ReviewAccessRevoked.review_grant_id": Words("Which grant?", "Its reference."),
    "cases": Words("Which cases?", "One reference on each line, for example asb:2024-0117."),
    "scope_from": Words("From which day may they read?"),
    "scope_to": Words("Up to which day?"),
    "why": Words("What for?"),
    "ConflictDeclared.conflict_id": Words("Does it have a reference already?", _NEW),
    "ConflictEnded.conflict_id": Words("Which conflict of interest?", "Its reference."),
    "ConflictDeclared.staff": Words("Whose conflict is it?", "Their name or staff number."),
    "ground": Words("On what ground?"),
    "ConflictDeclared.person": Words("With whom?"),
    "named": Words("Who may see it?", "One name or staff number on each line, the owner's too."),
    "owner": Words("Who answers for it?", "One of those named."),
    "review_by": Words("When will it be looked at again?"),
    "glass_id": Words("Which opening?", "Its reference."),
    "finding": Words("What did you find?"),
}
