"""Answers of the platform to Arrow: bytes in, record batches out, whatever an odd value looks like."""
