"""Texts from outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navixy_async.texts import is_utf8, shorten


@given(st.binary(max_size=40))
def test_bytes_of_the_shell_are_utf8_or_not(raw: bytes) -> None:
    """The shell and the file system hand over invalid bytes as lone surrogates."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        expected = False
    else:
        expected = True
    assert is_utf8(raw.decode("utf-8", "surrogateescape")) is expected


@pytest.mark.parametrize("text", ["", "Hof", "Двор", "🚚", "\0"])
def test_text_is_text(text: str) -> None:
    assert is_utf8(text)


@given(st.one_of(st.text(), st.binary(), st.floats(), st.lists(st.integers())))
def test_a_wrong_value_is_never_endless(value: object) -> None:
    assert len(shorten(value)) <= 61
    assert shorten(value).removesuffix("…") in repr(value)


def test_a_number_that_python_refuses_to_write_is_described() -> None:
    assert shorten(10**5000) == shorten(-(1 << 64)) == "a number beyond 64 bits"
    assert shorten((1 << 64) - 1) == "18446744073709551615"
