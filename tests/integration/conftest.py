"""Fixtures for tests of commands that only read: the example case, stored and folded once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.bootstrap import prepare_database
from services.cli.entry import run
from tests.support.command_line import CommandLine
from tests.support.databases import throwaway_database

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "cromwood.ndjson")


@pytest.fixture(scope="session")
def example_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """A database in which the example case is stored and folded; tests only read it."""
    with throwaway_database(postgres_url, template=migrated_template) as url:
        prepare_database(url)
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("CASE_TIMELINE_DATABASE_URL", url)
            assert run(["import", EXAMPLE]) == 0
            assert run(["project", "--once"]) == 0
        yield url


@pytest.fixture
def example(
    example_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line on the example case."""
    return CommandLine(monkeypatch, capsys, {"database_url": example_url})


@pytest.fixture
def unused(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    """The command line on a database that no event has come to."""
    prepare_database(database_url)
    return CommandLine(monkeypatch, capsys, {"database_url": database_url})
