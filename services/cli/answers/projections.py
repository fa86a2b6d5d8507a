"""Answers about the read models."""

from collections.abc import Sequence
from datetime import datetime

from adapters.read_store.tables import Digest
from services.cli.answers.base import Answer, Item


class ReadModelProgress(Item):
    """How far one read model has come."""

    name: str
    version: int
    position: int
    behind: int
    parked_cases: int
    waiting_since: datetime | None


class ProjectionsStatus(Answer):
    """`projections status`; positions are places in the order of all events."""

    head: int
    read_models: Sequence[ReadModelProgress]


class RebuiltModel(Item):
    """What the rebuild of one read model found."""

    read_model: str
    same: bool
    """Whether the live rows were what the events say, as far as that was to be compared."""
    compared: bool
    """False where the live one had not come as far, as one that is new: it is only replaced."""
    live: Digest
    rebuilt: Digest
    differing_rows: int
    parked_cases: int


class RebuiltModels(Answer):
    """`projections rebuild`."""

    rebuilt: Sequence[RebuiltModel]
