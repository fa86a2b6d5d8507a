"""Where metrics are registered: what several processes count at one port is added up.

prometheus-client decides when it is imported: with `PROMETHEUS_MULTIPROC_DIR` in the environment,
it keeps what it counts in files there, and any process can tell what all have counted.
"""

import os

from prometheus_client import CollectorRegistry
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from typing_extensions import override

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def new_registry() -> CollectorRegistry:
    """Return an empty registry, of this process alone or of all that share a folder."""
    if SHARED_FOLDER not in os.environ:
        return CollectorRegistry()
    registry = _SharedRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class _SharedRegistry(CollectorRegistry):
    """Leaves what is counted to the collector that reads the counts of all processes."""

    @override
    def register(self, collector: Collector) -> None:
        if not isinstance(collector, MetricWrapperBase):
            super().register(collector)
