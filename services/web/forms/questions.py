"""A question of a form: what it asks, in which kind of control, and what may be answered."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from pydantic import TypeAdapter


class Kind(Enum):
    """In which kind of control a question is answered, and how the answer is read."""

    TEXT = auto()
    LONG_TEXT = auto()
    LINES = auto()
    """Several short texts, one on each line."""
    ONE_OF = auto()
    SEVERAL_OF = auto()
    YES_NO = auto()
    NUMBER = auto()
    POUNDS = auto()
    """Money, asked for in pounds and kept in pence."""
    DAY = auto()
    MOMENT = auto()
    """A day and a time of day."""
    REFERENCE = auto()
    """One of what the case holds, such as an action; or its reference, typed in."""
    REFERENCES = auto()
    EVENT = auto()
    """One event of the case."""
    EVENTS = auto()
    FINGERPRINT = auto()
    """The SHA-256 of a file that is chosen; the file is not kept."""
    PART = auto()
    """Several questions about one thing, such as who reported."""
    PARTS = auto()
    """The same questions about each of several things."""
    SUBJECTS = auto()
    """Who of the people on the case it is about, each in their role."""
    HAPPENED = auto()
    KNOWN = auto()


class Making(Enum):
    """What is made where no answer is given."""

    NONE = auto()
    ITEM = auto()
    PERSON = auto()
    FINGERPRINT = auto()
    """That of the main text, where no file is chosen."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that may be chosen: the value that is sent, and what is shown for it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, and the name of its control; that of a field is its name on the wire."""

    name: str
    kind: Kind
    ask: str
    hint: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    longest: int | None = None
    """How many characters may be given, of text."""
    offered: str | None = None
    """What of the case is offered to choose from, by the name `offers.OFFERED` has for it."""
    made: Making = Making.NONE
    parts: tuple["Question", ...] = ()
    is_list: bool = False
    """Whether an answer that is left out stands for an empty list, which has to be stated."""
    reads: TypeAdapter[Any] | None = field(default=None, compare=False, repr=False)
    """What judges the value, as the event itself will."""
