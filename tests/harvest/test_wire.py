"""JSON taken apart without trusting it: what can be read is read, and nothing that cannot be costs more than itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async.errors import DecodeFailed, UnreadableAnswer
from navixy_async.harvest.answers.wire import (
    NotJson,
    OtherShape,
    answer_of,
    elements,
    is_utf8,
    members,
    repaired,
    shown,
    text,
    value,
)

plain = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text()
trees: st.SearchStrategy[Any] = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
DEEP = b"[" * 5000 + b"]" * 5000


@settings(max_examples=40)
@given(st.dictionaries(st.text(), trees))
def test_members_are_those_of_json(whole: dict[str, Any]) -> None:
    for ascii_only in (True, False):
        raw = json.dumps(whole, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
        assert {name: json.loads(part) for name, part in members(raw).items()} == whole


@settings(max_examples=40)
@given(st.lists(trees))
def test_elements_are_those_of_json(whole: list[Any]) -> None:
    assert [json.loads(part) for part in elements(json.dumps(whole).encode())] == whole


def test_a_member_that_nobody_can_read_leaves_the_others() -> None:
    found = members(b'{"a": 1, "deep": ' + DEEP + b', "bad": "caf\xe9", "z": 2}')
    assert (found["a"], found["z"], found["deep"]) == (b"1", b"2", DEEP)
    assert text(found["bad"]) == ("caf\ufffd", True)
    assert elements(b"[1, " + DEEP + b", 3]") == [b"1", DEEP, b"3"]


@pytest.mark.parametrize("raw", [b"", b"{", b'{"a": 1', b'{"a": 1}}', b'{"a" 1}', b"nothing", b'{"a": "'])
def test_what_is_cut_is_no_json(raw: bytes) -> None:
    with pytest.raises(NotJson):
        members(raw)


def test_another_shape_is_named() -> None:
    with pytest.raises(OtherShape, match="an object is expected"):
        members(b"[1]")
    with pytest.raises(OtherShape, match="a list is expected"):
        elements(b'{"a": 1}')


def test_errors_name_the_action() -> None:
    with pytest.raises(UnreadableAnswer, match="track/read: the answer is cut or not JSON"), answer_of("track/read"):
        members(b"{")
    with pytest.raises(DecodeFailed, match="track/read: no"), answer_of("track/read"):
        raise ValueError("no")


def test_single_values() -> None:
    assert [value(raw) for raw in (b'"x"', b"5", b"1.5", b"true", b"null")] == ["x", 5, 1.5, True, None]
    for raw in (b"[1]", b"{}", b"9" * 5000):
        with pytest.raises(ValueError):
            value(raw)


@given(st.binary())
def test_utf8_is_what_python_says(body: bytes) -> None:
    try:
        body.decode()
    except UnicodeDecodeError:
        assert not is_utf8(body)
    else:
        assert is_utf8(body)


@given(st.text(st.characters(exclude_categories=[])))
def test_a_repaired_text_can_be_written_anywhere(whole: str) -> None:
    found, was_repaired = repaired(whole)
    found.encode()
    assert (found == whole) is not was_repaired


@given(st.binary() | st.text())
def test_what_is_shown_is_one_short_line_of_ascii(raw: bytes | str) -> None:
    line = shown(raw)
    assert (line.isascii() and line.isprintable()) or not line
