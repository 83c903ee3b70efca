"""Decode, normalise with an index map, split into clauses."""
