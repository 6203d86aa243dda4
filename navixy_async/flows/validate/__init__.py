"""Checks of flows before the platform sees them."""
