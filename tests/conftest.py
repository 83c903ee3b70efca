"""Fixtures that several folders share."""

pytest_plugins = ("tests.service_fixtures",)
