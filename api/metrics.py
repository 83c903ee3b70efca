"""Numbers for Prometheus: requests, their duration, ads scanned."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.5, 1, 5, 30)


class Metrics:
    """The counters of one app, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "pingzhao_requests", "Answered requests", ["method", "route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "pingzhao_request_seconds", "Time to answer", ["route"], buckets=_SECONDS, registry=self.registry
        )
        self.ads_scanned = Counter(
            "pingzhao_ads_scanned", "Ads scanned by direct requests", registry=self.registry
        )
        self.findings = Counter(
            "pingzhao_findings", "Findings in them", ["category", "disposition"], registry=self.registry
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; `route` is the template, never the path as typed."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All numbers as Prometheus reads them."""
        return generate_latest(self.registry)
