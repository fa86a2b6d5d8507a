"""What those who work on cases may do in an emergency with one that is closed to them."""

from domain.access.denials import GLASS_BREAKERS
from domain.access.facts import Action, Duty, Glass
from domain.access.rule import CONTENT, Permit

PERMITS = (
    Permit(
        id="glass-break",
        why="Whoever works with cases may open one that is closed to them in an emergency, says "
        "why, and answers for it: someone's life may hang on it.",
        source="part 8, break-glass",
        roles=GLASS_BREAKERS,
        actions=frozenset({Action.BREAK_GLASS}),
        glasses=frozenset({Glass.NONE}),
        needs_purpose=True,
        duties=frozenset(Duty),
    ),
    Permit(
        id="glass-read",
        why="Who broke the glass for a case reads it as it is now, for as long as the glass counts "
        "as broken, and does nothing else with it.",
        source="part 8, break-glass: one case, read only, 60 minutes",
        roles=GLASS_BREAKERS,
        actions=frozenset({Action.READ}),
        glasses=frozenset({Glass.ACTIVE}),
        shows=CONTENT,
        duties=frozenset({Duty.RECORD, Duty.REVIEW}),
    ),
)
"""Every permit for emergencies."""
