"""Fixtures for every test: one PostgreSQL and one NATS per test process, a database per test.

Servers start when the first test asks for them. Under pytest-xdist each worker has its own.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import structlog

from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from adapters.event_store.migrating import migrate
from tests.support.databases import throwaway_database


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option to take what stories come to as what they are expected to come to."""
    parser.addoption("--approve", action="store_true", help="write what is seen as expected")


@pytest.fixture
def approving(request: pytest.FixtureRequest) -> bool:
    """Whether what is seen is to be written as what is expected, for a person to read."""
    return bool(request.config.getoption("--approve"))


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """The run's PostgreSQL. Shared: a test that crashes or stops a server starts its own."""
    directory = tmp_path_factory.mktemp("postgres")
    with EmbeddedPostgres(directory) as server:
        yield server
    _discard(directory)


@pytest.fixture(scope="session")
def nats_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedNats]:
    """The run's NATS. Shared: a test uses streams and subjects of its own."""
    directory = tmp_path_factory.mktemp("nats")
    with EmbeddedNats(directory) as server:
        yield server
    _discard(directory)


@pytest.fixture(scope="session")
def postgres_url(postgres: EmbeddedPostgres) -> str:
    """The run's PostgreSQL, as whoever creates databases in it connects."""
    return postgres.start()


@pytest.fixture(scope="session")
def nats_url(nats_server: EmbeddedNats) -> str:
    """The run's NATS, as clients connect."""
    return nats_server.start()


@pytest.fixture
def empty_database_url(postgres_url: str) -> Iterator[str]:
    """A database with nothing in it, for this test alone."""
    with throwaway_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_template(postgres_url: str) -> Iterator[str]:
    """The name of a database as `case-timeline migrate` leaves it, to be copied."""
    with throwaway_database(postgres_url) as url:
        migrate(url)
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture
def database_url(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """A migrated database without any case in it, for this test alone."""
    with throwaway_database(postgres_url, template=migrated_template) as url:
        yield url


@pytest.fixture(autouse=True)
def logging_as_it_comes() -> Iterator[None]:
    """What a command set up for its own log is undone: that file is closed when its test ends."""
    yield
    structlog.reset_defaults()


def _discard(directory: Path) -> None:
    # pytest keeps the directories of its last runs; a data directory is too large for that.
    shutil.rmtree(directory)
