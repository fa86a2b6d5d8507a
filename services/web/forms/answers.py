"""What was typed into a form: by the name of each control, everything that was sent for it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Answers = Mapping[str, tuple[str, ...]]
"""As typed, but for white space around it, so that it can be shown again just so."""

_UNPRINTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALVES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer: at which control, and what to do about it."""

    name: str
    message: str


class Wrong(Exception):  # noqa: N818 (an answer)
    """An answer cannot be read as what is asked for; `name` is the control at fault."""

    def __init__(self, message: str, name: str | None = None) -> None:
        super().__init__(message)
        self.name = name


def answers_of(sent: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return what was sent, tidied: no stray control characters, one kind of line end."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in sent:
        found[name] = (*found.get(name, ()), _tidy(value))
    return found


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HALVES.sub("\ufffd", _UNPRINTED.sub("", text)).strip()


def one(answers: Answers, name: str) -> str:
    """Return the answer at a control; empty where there is none."""
    return next((value for value in answers.get(name, ()) if value), "")


def several(answers: Answers, name: str) -> tuple[str, ...]:
    """Return every answer at a control."""
    return tuple(value for value in answers.get(name, ()) if value)


def places(answers: Answers, name: str) -> list[int]:
    """Return the places of the things that repeated questions were answered about, in order."""
    numbered = re.compile(re.escape(name) + r"\.(\d{1,3})\.")
    found = {int(match[1]) for each in answers if (match := numbered.match(each))}
    return sorted(found)


def belongs_to(name: str, question: str) -> bool:
    """Tell whether a control is one of those by which a question is answered."""
    return name == question or name.startswith(f"{question}.")
