"""What is worked out about a stream serves every read model, and none sees the others in it."""

from collections.abc import Iterable
from typing import Any

from domain.corrections import corrected
from domain.rules.history import History
from domain.rules.policy import STANDARD
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from tests.support.stories import TELLERS, event_corrected, incident_reported, tell, the

STORY = tell(
    incident_reported("2024-03-01", ref="incident", kind="violence"),
    *(teller() for teller in TELLERS.values()),
    event_corrected(
        "2024-12-30", target=the("incident"), field="kind", was="violence", now="threats"
    ),
)


def test_read_models_say_the_same_of_one_history_in_any_order_as_each_by_itself() -> None:
    alone = {model.name: model.fold(STORY) for model in READ_MODELS.values()}
    assert sum(map(bool, alone.values())) > len(alone) / 2
    assert _together(READ_MODELS.values()) == alone
    assert _together(reversed(READ_MODELS.values())) == alone


def _together(models: Iterable[ReadModel[Any]]) -> dict[str, list[Row]]:
    history = History(corrected(STORY))
    return {model.name: model.fold_history(history, STANDARD) for model in models}


def test_work_on_a_history_is_done_once() -> None:
    asked = []
    history = History(STORY)

    def work(of: History) -> int:
        asked.append(of)
        return len(of.events)

    assert history.once(work) == history.once(work) == len(STORY)
    assert asked == [history]
