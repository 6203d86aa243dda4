"""Flows as files: pulled, compared, pushed and restored."""
