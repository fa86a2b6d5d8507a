"""Readies a process that works for long: nothing is built, or gone through, while work waits."""

import gc

from domain.events.registry import EVENT_TYPES
from projections.catalogue import READ_MODELS

_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def build_validators() -> None:
    """Build now what reads and writes events and rows; else each is built when first needed."""
    for event_type in EVENT_TYPES.values():
        event_type.model_rebuild()
    for model in READ_MODELS.values():
        model.row.model_rebuild()


def calm_collector() -> None:
    """Have the garbage collector leave alone what is loaded by now, and look at the rest seldom.

    Events and rows make no cycles: to look for some among all types over and over costs a fifth of
    the work, and halts it for tens of milliseconds each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
