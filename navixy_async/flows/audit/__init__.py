"""The audit of flows: the platform's own best practices as rules."""
