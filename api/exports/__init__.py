"""Findings and cases as files for Excel and for programs."""
