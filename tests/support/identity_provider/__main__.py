"""`python -m tests.support.identity_provider DIRECTORY [PORT]`, DIRECTORY being JSON.

Says its address on standard output once it listens; ends when its standard input does, so that
it never outlives whoever started it.
"""

import os
import socket
import sys
import threading

import uvicorn

from tests.support.identity_provider.app import Application
from tests.support.identity_provider.provider import Directory, Provider


def main(directory: str, port: str = "0") -> None:
    threading.Thread(target=_end_with_input, daemon=True).start()
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", int(port)))
    listener.listen()
    issuer = f"http://127.0.0.1:{listener.getsockname()[1]}"
    provider = Provider(issuer, Directory.model_validate_json(directory))
    sys.stdout.write(f"{issuer}\n")
    sys.stdout.flush()
    config = uvicorn.Config(Application(provider).routes(), log_level="warning", lifespan="off")
    uvicorn.Server(config).run(sockets=[listener])


def _end_with_input() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


main(*sys.argv[1:])
