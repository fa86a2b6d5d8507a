"""docs/cli.md cannot lie: it and the command line name the same commands, options and shapes."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from typer.main import get_command

from services.cli import answers
from services.cli.answers import Answer, CaseFile, CaseView, case_view_of
from services.cli.app import app
from services.cli.exits import ExitCode
from services.cli.views import VIEWS

DOCS = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## `case-timeline ([^`]+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS: dict[str, str] = dict(SECTION.findall(DOCS))


TOKEN = re.compile(
    r"^`(?P<model>[A-Z]\w+)`|^`--view (?P<view>\w+)`:|^```json\n(?P<text>.*?)^```",
    re.MULTILINE | re.DOTALL,
)
ANSWERS: dict[str, type[Answer]] = {
    name: found
    for name, found in vars(answers).items()
    if isinstance(found, type)
    and issubclass(found, Answer)
    and found is not Answer
    and "[" not in name  # a generic answer for one kind of row
}


class Example(NamedTuple):
    """An answer as the page shows it."""

    model: str
    view: str
    text: str

    @property
    def type(self) -> type[Answer]:
        if not self.view:
            return ANSWERS[self.model]
        return case_view_of(VIEWS[self.view].model.row)


def examples() -> Iterator[Example]:
    """Every answer that the page shows, under the model, and the view, named before it."""
    model = view = ""
    for token in TOKEN.finditer(DOCS):
        if token["text"]:
            yield Example(model, view, token["text"])
        elif token["view"]:
            view = token["view"]
        else:
            model, view = token["model"], ""


EXAMPLES = list(examples())


def commands(group: Any, path: tuple[str, ...] = ()) -> dict[str, Any]:
    """Every command by its full name."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        if inner:
            found |= commands(command, (*path, name))
        if not inner or command.invoke_without_command:
            found[" ".join((*path, name))] = command
    return found


COMMANDS = commands(get_command(app))


def heading_of(name: str, command: Any) -> str:
    arguments = (each for each in command.params if each.param_type_name == "argument")
    return " ".join((name, *(each.metavar for each in arguments)))


def test_every_command_is_described_with_its_arguments() -> None:
    assert set(SECTIONS) == {heading_of(name, command) for name, command in COMMANDS.items()}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_described(name: str) -> None:
    command = COMMANDS[name]
    described = re.findall(r"^\| `(--[a-z-]+)", SECTIONS[heading_of(name, command)], re.MULTILINE)
    options = (each for each in command.params if each.param_type_name == "option")
    assert described == [each.opts[0] for each in options]


@pytest.mark.parametrize("name", COMMANDS)
def test_what_can_be_had_as_json_is_shown_as_json(name: str) -> None:
    section = SECTIONS[heading_of(name, COMMANDS[name])]
    assert ("| `--json` |" in section) == ("```json" in section)


def test_exit_codes_are_those_described() -> None:
    described = re.findall(r"^\| (\d+) \| ([A-Z_]+) \|", DOCS, re.MULTILINE)
    assert described == [(str(code.value), code.name) for code in ExitCode]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.model}-{each.view}")
def test_examples_have_the_shape_of_the_answers(example: Example) -> None:
    answer = example.type.model_validate_json(example.text)
    assert json.loads(answer.model_dump_json()) == json.loads(example.text)


def test_every_answer_has_an_example() -> None:
    assert {each.model for each in EXAMPLES} == set(ANSWERS)
    views = [each.view for each in EXAMPLES if ANSWERS[each.model] is CaseView]
    assert set(views) >= {name for name in CaseFile.model_fields if name in VIEWS}


def test_views_that_are_named_are_views() -> None:
    (listed,) = re.findall(r"^Views: (.*?)\.\n\n", DOCS, re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"`(\w+)`", listed)) <= set(VIEWS)


def test_asking_for_help_imports_nothing_heavy() -> None:
    heavy = {"pydantic", "psycopg", "eventsourcing", "nats", "faststream", "rich", "structlog"}
    program = (
        "import sys, services.cli.entry as entry; entry.run(['--help']); "
        f"print(sorted({heavy!r} & set(sys.modules)))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "Usage: case-timeline" in printed
    assert printed.splitlines()[-1] == "[]"
