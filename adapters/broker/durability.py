"""Asks a server whether it confirms only what is on its disk."""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable

_SECONDS = 5


def check_durability(monitor_url: str | None) -> None:
    """Raise `BrokerNotReady` unless the server reports that it syncs before it confirms.

    By default a server confirms what is not on disk for another two minutes; a power cut then
    loses events that their publishers hold receipts for. Blocking. Several servers of a cluster
    are given separated by commas.
    """
    if monitor_url is None:
        raise BrokerNotReady(
            "Nothing says whether the broker confirms only what is on disk: set"
            " CASE_TIMELINE_BROKER_MONITOR_URL to its monitoring address, or set"
            " CASE_TIMELINE_BROKER_DURABILITY_UNCHECKED=true to answer for it yourself."
        )
    for url in monitor_url.split(","):
        address = urlsplit(url.strip())
        settings = _jetstream_settings(address.scheme, address.netloc)
        if settings.get("sync_always") is not True:
            raise BrokerNotReady(
                f"The broker at {address.hostname}:{address.port} confirms messages before they"
                " are on disk: set `sync_interval: always` in its jetstream block."
            )


def _jetstream_settings(scheme: str, netloc: str) -> dict[str, Any]:
    kind = HTTPSConnection if scheme == "https" else HTTPConnection
    host = netloc.rpartition("@")[2]
    connection = kind(host, timeout=_SECONDS)
    try:
        connection.request("GET", "/varz")
        report = json.loads(connection.getresponse().read())
        settings = report["jetstream"]["config"]
    except (OSError, HTTPException, ValueError, KeyError, TypeError):
        raise BrokerUnreachable(
            f"The broker's monitoring address {host} does not report on JetStream."
        ) from None
    finally:
        connection.close()
    return settings if isinstance(settings, dict) else {}
