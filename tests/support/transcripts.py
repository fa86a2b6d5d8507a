"""Transcripts in documents: commands and what they are shown to answer, run and compared.

A block of the language `console` holds commands, each on a line that begins with `$ `, and below
each what it answers. `...` stands for what varies: alone on a line for any lines, else for text.
"""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
_VARIES = "..."
_AFTER_EACH = "\x1e"


@dataclass(frozen=True)
class Step:
    """A command, and what a document shows as its answer."""

    command: str
    shown: str

    def is_answered_by(self, answer: str) -> bool:
        """Whether the document shows this answer."""
        lines = "".join(map(_line, self.shown.splitlines()))
        whole = answer if answer in ("", "\n") else answer.rstrip("\n") + "\n"
        return re.fullmatch(lines, whole) is not None


def steps_of(document: str) -> list[Step]:
    """Every command of a document, in order."""
    steps: list[Step] = []
    for block in _BLOCK.findall(document):
        assert block.startswith(_PROMPT), "a transcript begins with a command"
        for told in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = told.partition("\n")
            steps.append(Step(command, shown))
    return steps


def answers_to(
    steps: Sequence[Step], environment: Mapping[str, str], folder: Path, seconds: float = 60
) -> list[str]:
    """What the commands answer, run one after the other by one shell, as a reader would."""
    script = "".join(f"{step.command}\nprintf '\\036'\n" for step in steps)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-s"],
        input=script,
        env=dict(environment),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=True,
    )
    return done.stdout.split(_AFTER_EACH)[: len(steps)]


def _line(shown: str) -> str:
    if shown.strip() == _VARIES:
        return r"(?:[^\n]*\n)+"
    return r"[^\n]*".join(map(re.escape, shown.split(_VARIES))) + r"\n"
