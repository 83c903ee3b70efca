"""平招 service: HTTP API, store, cases and workbench over the `scanner` library."""
