"""The log of who did what: append-only, bound by hashes, verifiable."""
