"""The expression language of IoT Logic."""
