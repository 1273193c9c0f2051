"""Prometheus series of one gateway."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram


class Metrics:
    """A registry of its own, so that two applications in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "daogou_http_seconds",
            "HTTP requests by route, method and status",
            ["route", "method", "status"],
            registry=self.registry,
        )
        self.turns = Counter(
            "daogou_turns_total",
            "Turns by outcome: answered, failed, handoff (without Rasa), repeated",
            ["outcome"],
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "daogou_turn_seconds",
            "From a stored question to stored answers",
            registry=self.registry,
        )
        self.notices = Counter(
            "daogou_stock_notices_total", "Notices of goods that are back", registry=self.registry
        )
        self.deliveries = Counter(
            "daogou_deliveries_total",
            "Kept after-sale operations whose end was told, by outcome: done, refused",
            ["outcome"],
            registry=self.registry,
        )
        self.sockets = Gauge("daogou_sockets", "Open chat sockets", registry=self.registry)
