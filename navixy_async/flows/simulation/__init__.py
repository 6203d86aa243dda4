"""Dry runs of flows."""
