"""Readers for the files boards export, and the loop that scans them."""
