"""An embedded NATS server with JetStream."""

import http.client
import json
import secrets
import signal
import socket
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from adapters.embedded.binaries import nats_binary
from adapters.embedded.errors import EmbeddedServerError
from adapters.embedded.server import EmbeddedServer

_HOST = "127.0.0.1"
# Below the ports that systems lend to outgoing connections, so that none of those takes ours
# while the server is down.
_PORTS = range(20_000, 30_000)

# sync_interval: a publisher is answered only when its message is on the disk.
# max_payload: above what intake accepts, so that larger events arrive and are quarantined.
_SETTINGS = """\
# Written by Case Timeline at every start: changes here are lost.
listen: "{host}:{client}"
http: "{host}:{monitor}"
server_name: {name}
pid_file: {pid_file}
max_payload: 1MB
jetstream {{
  store_dir: {store}
  sync_interval: always
}}
"""


class _Ports(NamedTuple):
    client: int
    monitor: int


class EmbeddedNats(EmbeddedServer):
    """NATS with JetStream in a directory, reachable from this machine only.

    Its ports are chosen at the first start and kept, so that clients find it again after a
    restart; they change only if another program has taken them.
    """

    name = "NATS"
    stop_signal = signal.SIGTERM
    crash_signal = signal.SIGKILL

    def __init__(self, directory: Path, *, timeout: float = 60.0) -> None:
        directory = directory.resolve()
        self._config = directory / "nats.conf"
        self._ports_file = directory / "ports.json"
        self._pid_file = directory / "nats.pid"
        # Tells our server from another program that answers on a port we had before.
        self._name = f"case-timeline-{sha256(bytes(directory)).hexdigest()[:16]}"
        super().__init__(directory, pid_file=self._pid_file, argument=self._config, timeout=timeout)

    @property
    def monitor_url(self) -> str:
        """Where the started server reports on itself, over HTTP."""
        ports = self._remembered_ports()
        if ports is None:
            raise self._error("has not been started")
        return f"http://{_HOST}:{ports.monitor}"

    def _prepare(self) -> list[str]:
        ports = _free_ports(self._remembered_ports())
        self._ports_file.write_text(json.dumps(ports._asdict()))
        settings = _SETTINGS.format(
            host=_HOST,
            **ports._asdict(),
            name=_quoted(self._name),
            pid_file=_quoted(str(self._pid_file)),
            store=_quoted(str(self.directory / "store")),
        )
        self._config.write_text(settings, encoding="utf-8")
        return [str(nats_binary()), "-c", str(self._config)]

    def _ready(self) -> bool:
        ports = self._remembered_ports()
        if ports is None:
            return False
        # Its health first: asked for /varz before JetStream is up, it would leave JetStream's
        # settings out of every later answer as well.
        if self._ask(ports, "/healthz?js-enabled-only=true").get("status") != "ok":
            return False
        return bool(self._ask(ports, "/varz").get("server_name") == self._name)

    def _url(self) -> str:
        ports = self._remembered_ports()
        if ports is None:
            raise self._error("has lost its ports")
        return f"nats://{_HOST}:{ports.client}"

    def _ask(self, ports: _Ports, path: str) -> dict[str, Any]:
        connection = http.client.HTTPConnection(_HOST, ports.monitor, timeout=2)
        try:
            connection.request("GET", path)
            answer = json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError):
            return {}
        finally:
            connection.close()
        return answer if isinstance(answer, dict) else {}

    def _remembered_ports(self) -> _Ports | None:
        try:
            return _Ports(**json.loads(self._ports_file.read_text()))
        except (FileNotFoundError, ValueError, TypeError):
            return None


def _quoted(text: str) -> str:
    # The configuration's strings follow JSON's rules, except that they know no \u escapes.
    return json.dumps(text, ensure_ascii=False)


def _free_ports(remembered: _Ports | None) -> _Ports:
    if remembered is not None and all(_is_free(port) for port in remembered):
        return remembered
    free: list[int] = []
    for port in secrets.SystemRandom().sample(_PORTS, k=100):
        if _is_free(port):
            free.append(port)
        if len(free) == len(_Ports._fields):
            return _Ports(*free)
    raise EmbeddedServerError(
        f"The embedded NATS finds no free port on {_HOST} from {_PORTS.start} to {_PORTS.stop - 1}."
    )


def _is_free(port: int) -> bool:
    with socket.socket() as candidate:
        # As servers do: a connection that lingers after a crash does not make the port taken.
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((_HOST, port))
        except OSError:
            return False
    return True
