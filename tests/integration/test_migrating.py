"""Bringing a database to the schema of this release, whatever state it is found in."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from adapters.event_store import migrating
from adapters.event_store.migrating import (
    Migration,
    MigrationError,
    check_migrated,
    known_migrations,
    migrate,
)
from tests.support.databases import throwaway_database

ALL = [migration.name for migration in known_migrations()]
Patch = Callable[..., None]


@pytest.fixture
def release_with(monkeypatch: pytest.MonkeyPatch) -> Patch:
    """Make this another release: with these migrations."""

    def patch(*migrations: Migration) -> None:
        monkeypatch.setattr(migrating, "known_migrations", lambda: iter(migrations))

    return patch


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def is_one_sentence(error: BaseException) -> bool:
    text = str(error)
    return text.endswith(".") and text.count(". ") == 0 and "\n" not in text


def test_the_migrations_are_numbered_without_a_gap() -> None:
    assert [int(name[:4]) for name in ALL] == list(range(1, len(ALL) + 1))


def test_an_empty_database_gets_them_all_in_order(empty_database_url: str) -> None:
    assert migrate(empty_database_url) == ALL
    applied = "SELECT name FROM case_timeline.migration ORDER BY applied_at, name"
    assert [name for (name,) in rows(empty_database_url, applied)] == ALL
    check_migrated(empty_database_url)


def test_a_second_time_changes_nothing(empty_database_url: str) -> None:
    migrate(empty_database_url)
    before = rows(empty_database_url, "SELECT * FROM case_timeline.migration")
    assert migrate(empty_database_url) == []
    assert rows(empty_database_url, "SELECT * FROM case_timeline.migration") == before


def test_an_older_database_gets_what_it_lacks(empty_database_url: str, release_with: Patch) -> None:
    ours = list(known_migrations())
    migrate(empty_database_url)
    newer = Migration("9999_newer", "CREATE TABLE case_timeline.newer (id int)")
    release_with(*ours, newer)
    with pytest.raises(MigrationError, match="case-timeline migrate"):
        check_migrated(empty_database_url)
    assert migrate(empty_database_url) == ["9999_newer"]
    check_migrated(empty_database_url)


@pytest.mark.parametrize("act", [migrate, check_migrated])
def test_a_file_changed_after_it_was_applied_is_refused(
    empty_database_url: str, release_with: Patch, act: Callable[[str], object]
) -> None:
    first, *others = known_migrations()
    migrate(empty_database_url)
    release_with(Migration(first.name, first.sql + "\n-- harmless"), *others)
    with pytest.raises(MigrationError, match=f"{first.name} was changed") as refused:
        act(empty_database_url)
    assert is_one_sentence(refused.value)


@pytest.mark.parametrize("act", [migrate, check_migrated])
def test_a_database_of_a_newer_release_is_refused(
    empty_database_url: str, release_with: Patch, act: Callable[[str], object]
) -> None:
    first, *_ = known_migrations()
    migrate(empty_database_url)
    release_with(first)
    with pytest.raises(MigrationError, match=f"{ALL[1]}, which this release does not") as refused:
        act(empty_database_url)
    assert is_one_sentence(refused.value)


def test_a_database_without_any_is_not_ready(empty_database_url: str) -> None:
    with pytest.raises(MigrationError, match="needs `case-timeline migrate`") as refused:
        check_migrated(empty_database_url)
    assert is_one_sentence(refused.value)


def test_a_migration_that_fails_leaves_nothing_of_itself(
    empty_database_url: str, release_with: Patch
) -> None:
    ours = list(known_migrations())
    broken = "CREATE TABLE case_timeline.half (id int); SELECT 1 / 0"
    release_with(*ours, Migration("9999_broken", broken))
    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(empty_database_url)
    assert rows(empty_database_url, "SELECT to_regclass('case_timeline.half')") == [(None,)]
    release_with(*ours)
    check_migrated(empty_database_url)


def migrated_at_once(*urls: str) -> list[list[str]]:
    """What each of these migrations applied, all started at the same moment."""
    all_ready = threading.Barrier(len(urls))

    def run(url: str) -> list[str]:
        all_ready.wait(10)
        return migrate(url)

    with ThreadPoolExecutor(len(urls)) as threads:
        return list(threads.map(run, urls))


def test_two_at_once_end_well(empty_database_url: str) -> None:
    assert sorted(migrated_at_once(empty_database_url, empty_database_url)) == [[], ALL]
    check_migrated(empty_database_url)


def test_two_databases_of_one_server_at_once_end_well(
    postgres_url: str, empty_database_url: str
) -> None:
    with throwaway_database(postgres_url) as second_url:
        assert migrated_at_once(empty_database_url, second_url) == [ALL, ALL]
