"""Merge hits into findings: scope, exceptions, disposition, law, rewrite."""
