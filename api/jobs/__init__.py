"""Batches in the background: a queue, a worker process, and commits that a kill cannot tear."""
