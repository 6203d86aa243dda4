"""Members that we do not know: kept wherever they stand, at the cost of members that we know, and never shown."""

from __future__ import annotations

import copy
import gc
import io
import pickle
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Raw, defstruct
from rich.console import Console

from navixy_async.api.models.track import TrackReadAnswer
from navixy_async.api.models.tracker import Tracker, TrackerListAnswer
from navixy_async.api.models.zone import CircleZone, ZoneListAnswer
from navixy_async.api.resources import Resources
from navixy_async.api.runtime import unknown_fields
from navixy_async.api.runtime.model import Masked, Model, Unknown
from navixy_async.api.runtime.unknown_fields import MAX_EXTRA_FIELDS, ModelReader, unknown_members
from navixy_async.api.runtime.variants import Variants
from navixy_async.errors import DecodeFailed
from navixy_async.transport.encoding import encode_params, encode_query

from ..support.api import FakeCaller

SECRET = "0123456789abcdef" * 2
NAMES = st.one_of(st.sampled_from(["id", "label", "inner", "unknown_1", "envelope", "success"]), st.text(max_size=8))
LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | st.text(max_size=9)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
MEMBERS = st.dictionaries(NAMES, JSON, max_size=6)


def fresh() -> tuple[Any, Any]:
    """Structs that have learnt nothing yet: one in lists, in maps, and alone in another."""
    inner = defstruct("Inner", [("label", str | None, None)], bases=(Model,), kw_only=True, gc=False)
    fields = [
        ("id", int | None, None),
        ("inner", inner | None, None),
        ("many", list[inner] | None, None),  # type: ignore[valid-type]
        ("mapped", dict[int, list[inner]] | None, None),  # type: ignore[valid-type]
        ("from_", str | None, msgspec.field(default=None, name="from")),
    ]
    return defstruct("Outer", fields, bases=(Model,), kw_only=True), inner


def read(kind: Any, content: Any) -> Any:
    return ModelReader(kind).read(msgspec.json.encode(content))


def body_of(encoded: bytes) -> Any:
    return msgspec.json.decode(encoded)


@settings(max_examples=60, deadline=None)
@given(MEMBERS, MEMBERS, MEMBERS)
def test_whatever_is_new_goes_back(outer: dict[str, Any], inner: dict[str, Any], item: dict[str, Any]) -> None:
    kind, _ = fresh()
    known = {"id": 1, "from": "here", "inner": {**inner, "label": "a"}, "many": [{}, {**item, "label": "b"}]}
    known["mapped"] = {"7": [{**inner, "label": "c"}]}
    content = {**outer, **known}
    reader: ModelReader[Any] = ModelReader(kind)
    for _ in range(2):
        found = reader.read(msgspec.json.encode(content))
        assert isinstance(found, kind)
        assert body_of(encode_params({"x": found})) == {"x": content}
        assert dict(unknown_members(found)) == {name: value for name, value in outer.items() if name not in known}


class TestStructs:
    CONTENT: ClassVar[dict[str, Any]] = {
        "id": 1,
        "inner": {"label": "a", "new": [1]},
        "many": [{"label": "b"}, {"newer": {"x": None}}],
        "mapped": {"7": [{"new": None}]},
        "first": True,
    }

    def test_are_read_by_themselves_as_by_msgspec(self) -> None:
        """Programs that use msgspec alone get structs that ignore what they do not name, and never an error."""
        outer, inner = fresh()
        for _ in range(2):
            for plain in (
                msgspec.convert(self.CONTENT, outer, strict=False),
                msgspec.json.decode(msgspec.json.encode(self.CONTENT), type=outer),
            ):
                assert type(plain) is outer
                assert type(plain.inner) is inner
                assert unknown_members(plain) == {}
            read(outer, self.CONTENT)

    def test_copies_keep_them(self) -> None:
        outer, _ = fresh()
        found = read(outer, self.CONTENT)
        changed = msgspec.structs.replace(found, id=2)
        assert body_of(msgspec.json.encode(changed)) == {**self.CONTENT, "id": 2}
        for copied in (copy.copy(found), copy.deepcopy(found)):
            assert copied == found
            assert body_of(msgspec.json.encode(copied)) == self.CONTENT
        assert copy.deepcopy(found).inner is not found.inner

    def test_they_travel_to_other_processes(self) -> None:
        body = b'{"list": [{"id": 7, "odd": {"x": [1]}, "source": {"id": 9, "imsi": "x"}}], "success": true}'
        found: TrackerListAnswer = ModelReader[TrackerListAnswer](TrackerListAnswer, answer=True).read(body)
        again = pickle.loads(pickle.dumps(found.list))
        assert again == found.list
        assert body_of(msgspec.json.encode(again)) == body_of(body)["list"]
        assert isinstance(again[0], Tracker)

    def test_they_count_when_structs_are_compared(self) -> None:
        outer, inner = fresh()
        plain = outer(id=1)
        old = read(outer, {"id": 1})
        assert old == plain
        assert plain == old
        one, same, other = (read(outer, {"id": 1, "new": value}) for value in (1, 1, 2))
        assert one == same
        assert one not in (other, plain, old)
        assert plain != one
        later = read(outer, {"id": 1, "newer": 1})  # its twin has one field more than that of `one`
        assert later != one
        assert read(outer, {"id": 1, "new": 1}) == one
        assert read(outer, {"id": 1}) == old
        assert old != inner()
        assert old != 1
        with pytest.raises(TypeError, match="unhashable"):
            hash(one)

    def test_null_is_not_absent(self) -> None:
        outer, _ = fresh()
        assert unknown_members(read(outer, {"new": None})) == {"new": None}
        assert unknown_members(read(outer, {})) == {}

    def test_cannot_be_changed_through_the_view(self) -> None:
        outer, _ = fresh()
        with pytest.raises(TypeError):
            unknown_members(read(outer, {"new": 1}))["new"] = 2  # type: ignore[index]

    def test_what_is_wrong_is_still_wrong(self) -> None:
        outer, _ = fresh()
        contents: list[Any] = [{"id": "x"}, {"id": "x", "new": 1}, {"inner": {"new": 1, "label": 5}}, []]
        for content in contents:
            for _ in range(2):
                with pytest.raises(msgspec.ValidationError, match="Expected"):
                    read(outer, content)
        with pytest.raises(msgspec.DecodeError):
            ModelReader(outer).read(b'{"id": 1')

    def test_structs_of_programs_are_kept_as_they_are_declared(self) -> None:
        part = defstruct("Part", [("x", int)], bases=(Model,), kw_only=True)
        own = defstruct(
            "Own",
            [("needed", int), ("rows", list[part], msgspec.field(default_factory=list)), ("kind", str, "plain")],  # type: ignore[valid-type]
            bases=(Model,),
            kw_only=True,
            rename="camel",
        )
        found = read(own, {"needed": 1, "new": 2})
        assert (found.needed, found.rows, found.kind, dict(unknown_members(found))) == (1, [], "plain", {"new": 2})
        for wrong in ({"new": 2}, {"needed": 1, "rows": [{"new": 1}]}):
            with pytest.raises(msgspec.ValidationError, match="missing required"):
                read(own, wrong)

    def test_no_member_is_in_the_way_of_our_own(self) -> None:
        names = ("struct", "names", "envelope", "unknown_1", "unknown_2")
        kind = defstruct("Odd", [(name, int | None, None) for name in names], bases=(Model,), kw_only=True)
        content = {**dict.fromkeys(names, 1), "new": 2, "success": True}
        found = ModelReader[Any](kind, answer=True).read(msgspec.json.encode(content))
        assert body_of(msgspec.json.encode(found)) == content
        assert (found.names, found.unknown_1, dict(unknown_members(found))) == (1, 1, {"new": 2})

    def test_errors_do_not_tell_names(self) -> None:
        outer, _ = fresh()
        with pytest.raises(msgspec.ValidationError) as caught:
            read(outer, {SECRET: 1, "id": "x"})
        assert caught.value.__context__ is None
        assert SECRET not in str(caught.value)

    def test_the_envelope_is_none_of_them(self) -> None:
        answer = ModelReader[TrackerListAnswer](TrackerListAnswer, answer=True).read(b'{"list": [], "success": true}')
        assert unknown_members(answer) == {}
        assert repr(answer) == "TrackerListAnswer(list=[])"
        assert answer == TrackerListAnswer(list=[])
        assert body_of(msgspec.json.encode(answer)) == {"list": [], "success": True}


class TestVariants:
    def test_keep_them_without_becoming_unknown(self) -> None:
        zones = [
            {"type": "circle", "id": 1, "height": 3, "center": {"lat": 1.5, "lng": 2.5, "floor": 2}},
            {"type": "hexagon", "id": 2, "cells": ["x"]},
            {"type": "circle", "id": 3},
            {"type": "polygon", "id": 4, "points": [{"lat": 1.5, "lng": 2.5, "sharp": True}]},
        ]
        for _ in range(2):
            found: ZoneListAnswer = msgspec.json.decode(msgspec.json.encode({"list": zones}), type=ZoneListAnswer)
            assert [isinstance(zone, Unknown) for zone in found.list] == [False, True, False, False]
            assert isinstance(found.list[0], CircleZone)
            assert unknown_members(found.list[0]) == {"height": 3}
            assert unknown_members(found.list[1]) == zones[1]
            assert body_of(msgspec.json.encode(found)) == {"list": zones}

    def test_learn_at_the_first_item(self) -> None:
        class One(Model, tag_field="kind", tag=1):
            x: int | None = None

        class Other(Unknown):
            tag_field = "kind"

        variants = Variants(Other, One)
        items: Any = Raw(
            b'[{"kind": 1, "new": 1}, {"kind": 1, "newer": 2}, {"kind": 2, "new": 3}, {"kind": 1, "x": 4}]'
        )
        for _ in range(2):
            assert [dict(unknown_members(item)) for item in variants.many(items)] == [
                {"new": 1},
                {"newer": 2},
                {"kind": 2, "new": 3},
                {},
            ]


class TestTooManyNames:
    """What documents take for an object may be a map: names without end."""

    CONTENT: ClassVar[dict[str, Any]] = {
        "many": [{f"key {number}": number, "label": "x"} for number in range(3 * MAX_EXTRA_FIELDS)],
        "mapped": {},
    }

    def test_are_kept_in_bounds(self) -> None:
        outer, _ = fresh()
        for _ in range(2):
            found = read(outer, self.CONTENT)
            assert body_of(encode_params({"x": found})) == {"x": self.CONTENT}
            assert body_of(encode_query({"x": found})["x"].encode()) == self.CONTENT
            assert all(len(item.__struct_fields__) <= MAX_EXTRA_FIELDS + 2 for item in found.many)
            assert [dict(unknown_members(item)) for item in found.many] == [
                {f"key {number}": number} for number in range(3 * MAX_EXTRA_FIELDS)
            ]
            assert copy.deepcopy(found) == found

    @pytest.mark.parametrize("name", ['a "quoted" name', "back\\slash", "new\nline", "\0"])
    def test_nor_are_names_that_no_field_can_have_lost(self, name: str) -> None:
        outer, _ = fresh()
        content = {"id": 1, "plain": 2, name: {"x": [1]}}
        for _ in range(2):
            assert body_of(encode_params({"x": read(outer, content)})) == {"x": content}


class TestCost:
    def test_a_name_is_learnt_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        outer, _ = fresh()
        parsed: list[Any] = []
        monkeypatch.setattr(unknown_fields, "_parse", lambda body: parsed.append(body) or msgspec.json.decode(body))
        reader: ModelReader[Any] = ModelReader(outer)
        bodies = [b'{"id": 1}', b'{"new": 1}', b'{"new": 2, "id": 3}', b'{"many": [{"new": 1}]}', b'{"id": 1}']
        for body in (*bodies, *bodies):
            reader.read(body)
        assert parsed == [bodies[1], bodies[3]]
        other: ModelReader[Any] = ModelReader(list[outer])  # type: ignore[valid-type]
        other.read(b'[{"new": 1, "many": [{"new": 2}]}]')
        assert len(parsed) == 2, "what is known of a struct is known wherever it stands"

    def test_flat_rows_stay_no_burden_for_the_collector(self) -> None:
        body = b'{"list": [{"lat": 1.5, "lng": 2.5, "odd": {"x": 1}}], "success": true}'
        found = ModelReader[TrackReadAnswer](TrackReadAnswer, answer=True).read(body)
        assert unknown_members(found.list[0]) == {"odd": {"x": 1}}
        assert not gc.is_tracked(found.list[0])


class TestSecrets:
    def test_nobody_is_shown_what_nobody_knows(self) -> None:
        class Account(Masked, kw_only=True):
            secret_members = ("hash",)
            id: int | None = None
            hash: str | None = None

        for content in ({"id": 1, "hash": SECRET, "token": SECRET, SECRET: {"x": SECRET}}, {"id": 1, "hash": SECRET}):
            found = read(Account, content)
            page = Console(file=io.StringIO(), width=200)
            page.print(found)
            assert isinstance(page.file, io.StringIO)
            for shown in (repr(found), str(found), f"{[found]}", page.file.getvalue()):
                assert SECRET not in shown
                assert "***" in shown
            assert body_of(msgspec.json.encode(found)) == content
        assert repr(read(Account, {"id": 1, "token": SECRET, "x": 1})) == "Account(id=1, unknown_members=2)"
        assert repr(read(Account, {"id": 1, "hash": SECRET})) == "Account(id=1, hash='***')"


class TestListModels:
    """The page shows a bare model; the documents leave open whether a list of them is meant."""

    MODEL: ClassVar[dict[str, Any]] = {
        "id": 2450,
        "vendor": "Navixy",
        "code": "navixy_ngp",
        "battery": {"low_charge": 0.1},
        "brand_new": 1,
    }

    @pytest.mark.parametrize("body", [MODEL, {"list": [MODEL]}], ids=["bare", "list"])
    async def test_both_are_read(self, body: dict[str, Any]) -> None:
        caller = FakeCaller(msgspec.json.encode({**body, "success": True}))
        (model,) = await Resources(caller).tracker.list_models()
        assert (model.id, model.code) == (2450, "navixy_ngp")
        assert unknown_members(model) == {"brand_new": 1}

    async def test_an_answer_without_any_is_no_empty_list(self) -> None:
        with pytest.raises(DecodeFailed, match="has no 'list'"):
            await Resources(FakeCaller(b'{"success": true}')).tracker.list_models()
        assert await Resources(FakeCaller(b'{"success": true, "list": []}')).tracker.list_models() == []
