"""What docs/api.md shows is what a reader sees who types it: the page is run."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import clean_environment, running
from tests.support.transcripts import Step, answers_to, steps_of
from tests.support.waiting import eventually

ROOT = Path(__file__).parents[2]
STEPS = steps_of((ROOT / "docs" / "api.md").read_text())


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What a reader has set who started the demo, and has its command at hand."""
    settings = {"CASE_TIMELINE_DATA_DIR": str(tmp_path / "data"), "CASE_TIMELINE_HTTP_PORT": "0"}
    wide = {"COLUMNS": "120"}
    log = tmp_path / "demo.log"
    with running(["demo", "--cases", "0"], settings | wide, log) as demo:
        served = eventually(
            lambda: re.search(r"(http://\S+)/v1/cases/\S+/timeline", log.read_text()),
            timeout=90,
            what="what the demo says of HTTP",
        )
        assert served
        commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        yield clean_environment(settings) | {"API": served[1], "PATH": commands}
        assert demo.stop() == 0


def test_every_command_answers_what_the_page_shows(reader: dict[str, str]) -> None:
    answers = answers_to(STEPS, reader, ROOT, seconds=240)
    assert len(answers) == len(STEPS)
    wrong = [
        f"$ {step.command}\n{answer}"
        for step, answer in zip(STEPS, answers, strict=True)
        if not step.is_answered_by(answer)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_page_goes_all_the_way() -> None:
    told = "\n".join(step.command for step in STEPS)
    for part in ("demo token", "/v1/events", "/timeline", "known_on=", "recorded_by=", "/reveal"):
        assert part in told
    refused = [step for step in STEPS if '"status": 4' in step.shown]
    assert len(refused) >= 4


@pytest.mark.parametrize(
    ("shown", "is_shown"),
    [
        ('{"a":1}\n', True),
        ('{"a":...}\n', True),
        ("...\n", True),
        ("", False),
        ('{"a":2}\n', False),
        ('{"a":1}\n{"b":1}\n', False),
        ('{...":2}\n', False),
    ],
)
def test_a_page_that_shows_something_else_is_told_from_one_that_does_not(
    shown: str, is_shown: bool
) -> None:
    assert Step("x", shown).is_answered_by('{"a":1}') is is_shown


def test_a_command_that_answers_nothing_is_shown_so() -> None:
    assert Step("x", "").is_answered_by("")
    assert not Step("x", "something\n").is_answered_by("")
