"""Every read model by its name."""

from typing import Any

from projections.action_plan import action_plan
from projections.case_state import case_state
from projections.meetings import meetings
from projections.people import people
from projections.read_model import ReadModel
from projections.referrals import referrals
from projections.risk import risk
from projections.timeline import timeline

_ALL: tuple[ReadModel[Any], ...] = (
    case_state,
    timeline,
    action_plan,
    referrals,
    meetings,
    risk,
    people,
)

READ_MODELS: dict[str, ReadModel[Any]] = {model.name: model for model in _ALL}
"""Every read model by its name, which is also that of its table."""
