"""The embedded PostgreSQL and NATS: shared by processes, and safe against their deaths."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from adapters.embedded import EmbeddedServerError
from adapters.embedded.lease import Lease
from adapters.embedded.process import ServerProcess
from adapters.embedded.server import EmbeddedServer
from tests.support.server_user import SERVERS, ServerUser
from tests.support.waiting import eventually

Open = Callable[[], EmbeddedServer]


@pytest.fixture(params=list(SERVERS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """The server's directory, not made yet, and not kept: it is large."""
    yield tmp_path / "data"
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def user(kind: str, data: Path) -> Iterator[Open]:
    """Makes users, in this process, of that server; those forgotten leave at the end."""
    users: list[EmbeddedServer] = []

    def make() -> EmbeddedServer:
        users.append(SERVERS[kind](data))
        return users[-1]

    yield make
    for server in users:
        server.stop()


@pytest.fixture
def bystander() -> Iterator[subprocess.Popen[bytes]]:
    """A process that has nothing to do with any server, of the user PostgreSQL runs as."""
    user = 65534 if os.geteuid() == 0 else None
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, user=user) as process:
        yield process


def pid_of(server: EmbeddedServer) -> int:
    pid = server._process.pid()
    assert pid is not None
    return pid


def server_processes(data: Path) -> list[int]:
    started_on = {str(data / "cluster"), str(data / "nats.conf")}
    processes = psutil.process_iter(["cmdline"])
    return [p.pid for p in processes if started_on.intersection(p.info["cmdline"] or [])]


# Sharing


def test_the_first_starts_it_the_next_joins_and_the_last_stops_it(user: Open) -> None:
    first, second = user(), user()
    assert not first.is_running()
    url = first.start()
    pid = pid_of(first)
    assert second.start() == url
    assert pid_of(second) == pid

    first.stop()
    assert second.is_running()
    second.stop()
    assert not second.is_running()


def test_leaving_is_harmless_unless_one_uses_it(user: Open) -> None:
    first, stranger = user(), user()
    first.start()
    stranger.stop()
    assert first.is_running()
    first.start()
    first.stop()
    first.stop()
    assert not first.is_running()


def test_another_process_joins_and_is_the_last_to_leave(kind: str, data: Path, user: Open) -> None:
    first = user()
    url = first.start()
    with ServerUser(kind, data) as other:
        assert other.url() == url
        first.stop()
        assert first.is_running()
        other.leave()
    assert not first.is_running()


def test_who_started_it_may_leave_first_and_its_server_leaves_no_zombie(
    kind: str, data: Path, user: Open
) -> None:
    ours = user()
    ours.start()
    pid = pid_of(ours)
    with ServerUser(kind, data) as other:
        assert other.url()
        ours.stop()
        other.leave()
    eventually(lambda: not psutil.pid_exists(pid), what="our ended child is reaped")


def test_a_killed_user_is_not_waited_for(kind: str, data: Path, user: Open) -> None:
    ours = user()
    with ServerUser(kind, data) as starter:
        url = starter.url()
        assert ours.start() == url
        starter.kill()
    assert ours.is_running()
    ours.stop()
    assert not ours.is_running()


def test_a_server_left_by_killed_users_is_joined(kind: str, data: Path, user: Open) -> None:
    ours = user()
    with ServerUser(kind, data) as starter:
        url = starter.url()
        pid = pid_of(ours)
        starter.kill()
    assert ours.start() == url
    assert pid_of(ours) == pid


def test_processes_that_start_it_at_once_share_one(kind: str, data: Path, user: Open) -> None:
    with ExitStack() as stack:
        others = [stack.enter_context(ServerUser(kind, data)) for _ in range(4)]
        assert {other.url() for other in others} == {user().start()}
        assert len(server_processes(data)) == 1


def test_processes_that_leave_at_once_leave_no_server(kind: str, data: Path, user: Open) -> None:
    with ExitStack() as stack:
        others = [stack.enter_context(ServerUser(kind, data)) for _ in range(3)]
        assert all(other.url() for other in others)
        for other in others:
            other.ask_to_leave()
        for other in others:
            other.leave()
    assert not user().is_running()
    assert server_processes(data) == []


def test_one_killed_while_it_starts_it_is_in_nobodys_way(kind: str, data: Path, user: Open) -> None:
    signs = {"postgres": "cluster.new-*/PG_VERSION", "nats": "server.lock"}
    with ServerUser(kind, data) as starter:
        eventually(lambda: list(data.glob(signs[kind])), what="a start that has begun")
        starter.kill()
    assert user().start()
    assert len(server_processes(data)) == 1
    assert list(data.glob("cluster.new-*")) == []


def test_the_terminals_interrupt_does_not_reach_it(user: Open) -> None:
    server = user()
    server.start()
    assert os.getsid(pid_of(server)) != os.getsid(0)


def test_one_who_decides_for_too_long_is_reported(tmp_path: Path) -> None:
    with (
        Lease(tmp_path, patience=1).deciding(),
        pytest.raises(EmbeddedServerError, match="has been starting or stopping"),
        Lease(tmp_path, patience=0.1).deciding(),
    ):
        pass


# Crashes


def test_a_crashed_server_comes_back_on_the_same_url(user: Open) -> None:
    server, neighbour = user(), user()
    url = server.start()
    neighbour.start()
    server.kill()
    assert not server.is_running()
    assert not neighbour.is_running()

    assert neighbour.start() == url
    assert server.start() == url
    assert pid_of(server) == pid_of(neighbour)


def test_killing_a_server_that_is_not_there_is_harmless(user: Open) -> None:
    user().kill()


def test_a_stale_pid_file_harms_nobody(
    kind: str, data: Path, user: Open, bystander: subprocess.Popen[bytes]
) -> None:
    server = user()
    server.start()
    server.stop()
    names = {"postgres": ["postmaster.pid", ".s.PGSQL.5432.lock"], "nats": ["../nats.pid"]}
    (data / "cluster").mkdir(exist_ok=True)
    for name in names[kind]:
        (data / "cluster" / name).write_text(f"{bystander.pid}\n")
    assert not server.is_running()
    server.kill()
    server.start()
    server.kill()
    assert bystander.poll() is None


def test_a_pid_that_is_not_the_servers_is_not_signalled(
    tmp_path: Path, bystander: subprocess.Popen[bytes]
) -> None:
    pid_file = tmp_path / "pid"
    server = ServerProcess(tmp_path, pid_file=pid_file, argument=tmp_path)
    server.spawn(["sleep", "60"])
    try:
        pid_file.write_text(f"{bystander.pid}\n")
        misled = ServerProcess(tmp_path, pid_file=pid_file, argument=tmp_path)
        assert misled.lives()
        misled.send(signal.SIGKILL)
        assert misled.lives()
        assert bystander.poll() is None
    finally:
        server.send(signal.SIGKILL)
    assert server.ends_within(10)


def test_our_secrets_are_not_in_its_environment(
    user: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASE_TIMELINE_SECRET", "not for the server")
    server = user()
    server.start()
    assert "CASE_TIMELINE_SECRET" not in psutil.Process(pid_of(server)).environ()
