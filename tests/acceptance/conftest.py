"""Fixtures for tests in a browser: a landlord's records, served to a Chromium.

Records are made once in each test process, and each module has a copy of its own. So has it a
browser, since no test that is a coroutine can run beside one.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.support.browsing import Website, launched, website_on
from tests.support.databases import throwaway_database
from tests.support.furnished import furnish


@pytest.fixture(scope="session")
def furnished_template(postgres_url: str, migrated_template: str) -> Iterator[str]:
    """The name of a database in which there is something to see on every page, to be copied."""
    with throwaway_database(postgres_url, template=migrated_template) as url:
        furnish(url)
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture(scope="module")
def website(
    postgres_url: str, furnished_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Website]:
    """The application on such records, which the tests of a module share."""
    folder = tmp_path_factory.mktemp("website")
    with (
        launched() as browser,
        throwaway_database(postgres_url, template=furnished_template) as url,
        website_on(url, folder, browser) as website,
    ):
        yield website
