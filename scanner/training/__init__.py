"""Labelled ads, training and evaluation."""
