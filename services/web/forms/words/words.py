"""What a question says: the question itself, and a hint under it."""

from typing import NamedTuple


class Words(NamedTuple):
    """How a field is asked for, in the plain words of someone who works in housing."""

    ask: str
    hint: str = ""
