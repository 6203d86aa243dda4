"""Texts that come from outside: whether they can be written, and how a wrong value is quoted in a sentence."""

from __future__ import annotations


def is_utf8(text: str) -> bool:
    """Whether `text` can be written as UTF-8; other bytes come from the shell or the disk as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def shorten(value: object) -> str:
    """A wrong value in a sentence: never endless, and never a number that Python refuses to write."""
    if isinstance(value, int) and not -(1 << 64) < value < 1 << 64:
        return "a number beyond 64 bits"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
