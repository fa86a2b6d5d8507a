"""What all answers have in common."""

from pydantic import BaseModel, ConfigDict


class Item(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(Item):
    """All that a command answers."""
