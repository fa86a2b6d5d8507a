"""The server starts, tells how it is, and stops without losing what is under way."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI, Request
from prometheus_client import CollectorRegistry

from services.api.health import Check, Readiness
from services.api.limits import peer_address
from services.api.metrics import HttpMetrics
from services.api.serving import AddressNotFree, ServeLimits, serve
from services.api.shell import operations
from services.clock import system_clock
from tests.support.http_servers import connected, get, served
from tests.support.http_tiny import CANARY
from tests.support.waiting import eventually

SERVER = """
import asyncio, signal, sys
from fastapi import FastAPI
from services.api.serving import serve
from services.log import configure_logging

configure_logging("INFO")
app = FastAPI()

@app.get("/held")
async def held() -> str:
    print("held", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    return "done"

async def main() -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await serve(app, "127.0.0.1", 0, stop=stop, listening=lambda port: print(port, flush=True))

asyncio.run(main())
"""


def test_f34_sigterm_lets_what_is_under_way_end_and_takes_nothing_new() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process, ThreadPoolExecutor(1) as threads:
        assert process.stdin
        assert process.stdout
        try:
            port = int(process.stdout.readline())
            held = threads.submit(get, port, "/held")
            assert process.stdout.readline() == "held\n"
            os.kill(process.pid, signal.SIGTERM)
            eventually(lambda: takes_nothing_new(port), what="a listener that is closed")
            with pytest.raises(TimeoutError):
                held.result(timeout=0.5)  # whoever does not wait for it answers for it by then
            process.stdin.write("go on\n")
            process.stdin.flush()
            answer = held.result(timeout=10)
            assert (answer.status, answer.body) == (200, b'"done"')
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()


def takes_nothing_new(port: int) -> bool:
    try:
        connected(port).close()
    except ConnectionRefusedError:
        return True
    return False


@pytest.mark.parametrize(("trusted", "seen"), [((), "127.0.0.1"), (("127.0.0.1",), "192.0.2.7")])
def test_where_a_request_comes_from_is_only_a_trusted_proxys_to_say(
    trusted: tuple[str, ...], seen: str
) -> None:
    app = FastAPI()

    @app.get("/")
    async def who(request: Request) -> str | None:
        return peer_address(request.scope)

    with served(app, ServeLimits(trusted_proxies=trusted)) as port:
        assert json.loads(get(port, "/", "X-Forwarded-For: 192.0.2.7").body) == seen


async def test_an_address_that_is_taken_is_named_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AddressNotFree, match=rf"Cannot listen on port {port} of 127\.0\.0\.1"):
            await serve(FastAPI(), "127.0.0.1", port, stop=asyncio.Event())


async def test_what_the_application_raises_when_it_starts_is_raised() -> None:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.wait_for(asyncio.Event().wait(), 0)
        yield

    with pytest.raises(TimeoutError):
        await serve(FastAPI(lifespan=lifespan), "127.0.0.1", 0, stop=asyncio.Event())


def test_readiness_is_told_over_http_as_it_changes() -> None:
    there = True

    async def look() -> None:
        if not there:
            raise ConnectionError(CANARY)

    readiness = Readiness([Check("postgresql", look)], system_clock, interval=0.02)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with readiness:
            yield

    app = FastAPI(lifespan=lifespan)
    app.include_router(operations(HttpMetrics(CollectorRegistry()), readiness))
    with served(app) as port:
        eventually(lambda: get(port, "/readyz").status == 200)
        there = False
        eventually(lambda: get(port, "/readyz").status == 503)
        document = json.loads(get(port, "/readyz").body)
        assert document["ready"] is False
        [check] = document["checks"]
        assert (check["name"], check["state"]) == ("postgresql", "failing")
        assert get(port, "/healthz").status == 200
        there = True
        eventually(lambda: get(port, "/readyz").status == 200)
