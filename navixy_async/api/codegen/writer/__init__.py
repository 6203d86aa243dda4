"""Turns the catalogue into Python text, formatted as the house formats it."""
