"""Stands between a client and the service and falters as it is told, one request after another."""

import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

import httpx

_KEPT = ("authorization", "content-type", "last-event-id", "accept")


class Faltering:
    """Passes requests on while it is entered, but for those that it was told to fail."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.tokens: list[str] = []
        """What each request said it is from."""
        self.resumed_after: list[int] = []
        """After which position each live stream was asked to begin."""
        self._faults: deque[str] = deque()
        self._cuts = 0
        self._server = _Server(("127.0.0.1", 0), self)
        self._thread = threading.Thread(target=self._server.serve_forever, name="faltering")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def is_well(self) -> bool:
        """Whether no fault is still to come."""
        return not self._faults and not self._cuts

    def falters(self, *faults: str) -> None:
        """Answer the next that are sent by a status, or by `no answer` once it was passed on."""
        self.tokens.clear()
        self._faults.extend(faults)

    def cuts_a_stream(self) -> None:
        """End the next live stream after its first change."""
        self.resumed_after.clear()
        self._cuts = 1

    def next_fault(self) -> str | None:
        return self._faults.popleft() if self._faults else None

    def next_is_cut(self) -> bool:
        is_cut, self._cuts = bool(self._cuts), 0
        return is_cut


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], told: Faltering) -> None:
        super().__init__(address, _Handler)
        self.told = told

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: connections are meant to break here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        told, body = self.server.told, self.rfile.read(int(self.headers["Content-Length"]))
        told.tokens.append(self.headers["Authorization"])
        fault = told.next_fault()
        if fault and fault.isdecimal():
            self._answer(int(fault), b'{"title": "No."}')
            return
        passed = httpx.post(f"{told.service}{self.path}", content=body, headers=self._kept())
        if fault is None:
            self._answer(passed.status_code, passed.content)
        # Else the service did its work, and nobody hears of it.

    def do_GET(self) -> None:
        told = self.server.told
        if self.path == "/v1/stream":
            told.resumed_after.append(int(self.headers["Last-Event-ID"]))
            self._stream(is_cut=told.next_is_cut())
            return
        passed = httpx.get(f"{told.service}{self.path}", headers=self._kept())
        self._answer(passed.status_code, passed.content)

    def _stream(self, *, is_cut: bool) -> None:
        url = f"{self.server.told.service}{self.path}"
        with httpx.stream("GET", url, headers=self._kept(), timeout=30) as passed:
            self.send_response(passed.status_code)
            self.end_headers()
            has_changed = False
            for line in passed.iter_lines():
                self.wfile.write(f"{line}\n".encode())
                has_changed = has_changed or line == "event: changed"
                if is_cut and has_changed and not line:
                    return

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _kept(self) -> dict[str, str]:
        return {name: self.headers[name] for name in _KEPT if self.headers[name]}

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
