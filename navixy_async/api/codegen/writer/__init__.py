"""Turns the catalogue into Python text, formatted like the rest of the package."""
