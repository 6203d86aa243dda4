"""One odd member costs itself alone: it is given as it came, goes back so, and is reported once."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navixy_async import ApiKey, Navixy, account
from navixy_async import errors as e
from navixy_async.api.models.tracker import TrackerListAnswer
from navixy_async.api.models.vehicle import VehicleListAnswer
from navixy_async.api.models.zone import CircleZone, ZoneListAnswer
from navixy_async.api.runtime import answers
from navixy_async.api.runtime.answers import answer_reader
from navixy_async.api.runtime.lenient import OddMembers
from navixy_async.api.runtime.model import Model
from navixy_async.api.runtime.unknown_fields import unknown_members
from navixy_async.operations import Operation, Replay

from ..support.api import ACTIONS, CATALOGUE, EXAMPLES, differences
from ..support.transport.raw import http, raw_server
from .test_examples import FAULTY_RESPONSES, answer_type

KEY = "0123456789abcdef" * 2
LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(-1e9, 1e9) | st.text(max_size=9)
ODD = st.recursive(
    LEAVES | st.sampled_from(["0000-00-00 00:00:00", "2024-13-01 00:00:00", "", "null", 1e308]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abü ", max_size=3), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(autouse=True)
def nothing_reported() -> Iterator[None]:
    answers._reported.clear()
    account._decoders.clear()
    yield
    answers._reported.clear()


def read(kind: Any, content: Any, *, strict: bool = False, path: str = "some/list") -> Any:
    operation: Operation[Any] = Operation(path, kind, replay=Replay.READ)
    return answer_reader(operation, strict=strict)(msgspec.json.encode(content))


def plain(read_: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(read_))


def spots(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all members and items."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from spots(inner, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    """What is read at a path of the JSON, whatever it was read into."""
    for key in path:
        if isinstance(value, Model):
            names = dict(zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True))
            if key == value.__struct_config__.tag_field:
                return value.__struct_config__.tag
            value = getattr(value, names[key]) if key in names else unknown_members(value)[key]
        elif isinstance(value, dict):
            value = next(inner for name, inner in value.items() if str(name) == key)
        else:
            value = value[key]
    return value


TAGS = {schema.tag for schema in CATALOGUE.schemas.values() if schema.tag}
RESPONSES = [
    example
    for example in EXAMPLES
    if example["kind"] == "response"
    and isinstance(example["json"], dict)
    and example["api"] != "websocket"
    and (example["path"], next(iter(example["json"]))) not in FAULTY_RESPONSES
    and ACTIONS[example["path"]].answer
]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_becomes_odd_all_else_is_read_as_documented(data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(RESPONSES))
    shown = {key: value for key, value in example["json"].items() if key != "success"}
    places = list(spots(shown))
    if not places:
        return
    kind = answer_type(ACTIONS[example["path"]])
    strictly = read(kind, shown, strict=True)
    place = data.draw(st.sampled_from(places))
    odd = data.draw(ODD)
    changed = copy.deepcopy(shown)
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = odd
    try:
        found = read(kind, changed)
    except msgspec.ValidationError:
        assert len(place) == 1, "only what makes up the whole answer may spoil it"
        assert len(kind.__struct_fields__) == 1
        return
    for spot in places:
        if spot[: len(place)] == place or place[: len(spot)] == spot:
            continue
        if place[-1] in TAGS and spot[: len(place) - 1] == place[:-1]:
            continue  # it is another variant now, or an unknown one
        assert at(found, spot) == at(strictly, spot), spot
    assert differences(odd, plain(at(found, place))) == []
    assert differences(changed, plain(found)) == [], "it goes back as it came"


class TestOneOddMember:
    ZONES: ClassVar[list[Any]] = [
        {"type": "circle", "id": 1, "label": "a", "radius": 5, "center": {"lat": 1.5, "lng": 2.5}},
        {"type": "circle", "id": 2, "label": ["b"], "radius": 5, "center": {"lat": "1,5", "lng": 2.5}, "new": 1},
        {"type": "hexagon", "id": 3, "label": 7},
        "no zone at all",
        {"type": "polygon", "id": 4, "points": [{"lat": 1.5, "lng": None}, 5]},
    ]

    def test_costs_itself_alone(self, caplog: pytest.LogCaptureFixture) -> None:
        for _ in range(2):
            found = read(ZoneListAnswer, {"list": self.ZONES, "success": True}, path="zone/list")
            one, odd, unknown, none, polygon = found.list
            assert (one.label, one.center.lat) == ("a", 1.5)
            assert CircleZone in type(odd).__mro__
            assert (odd.id, odd.label, odd.radius, odd.center.lat, odd.center.lng) == (2, ["b"], 5, "1,5", 2.5)
            assert unknown_members(odd) == {"new": 1}
            assert unknown["label"] == 7, "an unknown variant has no documented types"
            assert none == "no zone at all"
            assert polygon.points[0].lat == 1.5
            assert polygon.points[1] == 5
            assert differences(self.ZONES, plain(found)["list"]) == []
            assert plain(copy.deepcopy(odd)) == plain(pickle.loads(pickle.dumps(odd))) == self.ZONES[1]
        assert [record.levelname for record in caplog.records] == ["WARNING"] * 4, "once for each member"
        told = caplog.text
        assert "zone/list: list[].label is a list, which is not its documented type" in told
        assert "list[].center.lat is text" in told
        assert "list[].points[] is a number" in told
        assert "1,5" not in told

    def test_is_refused_where_that_is_asked_for(self) -> None:
        with pytest.raises(msgspec.ValidationError):
            read(ZoneListAnswer, {"list": self.ZONES}, strict=True)

    def test_a_list_that_is_none_is_no_list(self) -> None:
        for odd in (5, "x", {"a": 1}, True):
            with pytest.raises(msgspec.ValidationError):
                read(ZoneListAnswer, {"list": odd})
        with pytest.raises(msgspec.ValidationError):
            read(ZoneListAnswer, [])

    def test_a_time_beyond_the_calendar(self, caplog: pytest.LogCaptureFixture) -> None:
        found = read(VehicleListAnswer, {"list": [{"id": 1, "free_insurance_valid_till": "0000-00-00"}]})
        assert found.list[0].free_insurance_valid_till == "0000-00-00"
        assert len(caplog.records) == 1

    def test_a_struct_of_a_program_that_lacks_what_it_insists_on(self) -> None:
        part = msgspec.defstruct("Part", [("x", int)], bases=(Model,), kw_only=True)
        own = msgspec.defstruct("Own", [("parts", list[part])], bases=(Model,), kw_only=True)  # type: ignore[valid-type]
        found = read(own, {"parts": [{"x": 1}, {"y": 2}, {"x": "3"}]}, path="own/list")
        assert (found.parts[0].x, found.parts[1], found.parts[2].x) == (1, {"y": 2}, "3")

    def test_a_number_beyond_all_floats(self) -> None:
        operation: Operation[Any] = Operation("x/y", ZoneListAnswer, replay=Replay.READ)
        body = b'{"list": [{"type": "circle", "id": 1, "radius": 1e999}]}'
        with pytest.raises(msgspec.ValidationError):
            answer_reader(operation, strict=True)(body)

    @pytest.mark.parametrize("number", [b"1e400", b"9" * 5000])
    def test_a_number_beyond_all_floats_costs_no_unknown_member(self, number: bytes) -> None:
        """New names are learnt from such an answer, too; else all of them were dropped without a word."""
        body = b'{"list": [{"id": 1, "never_met_a": %b}, {"id": 2, "never_met_b": 3}]}' % number
        read_tags = answer_reader(Operation("tag/list", answer_type(ACTIONS["tag/list"]), replay=Replay.READ))
        first, second = read_tags(body).list
        assert unknown_members(first) == {"never_met_a": float("inf")}
        assert unknown_members(second) == {"never_met_b": 3}

    def test_costs_time_in_proportion_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each odd item is taken apart once, however many there are."""
        counted: list[int] = []
        taken_apart = OddMembers._taken_apart

        def count(self: OddMembers, *args: Any) -> Any:
            counted[-1] += 1
            return taken_apart(self, *args)

        monkeypatch.setattr(OddMembers, "_taken_apart", count)
        for many in (100, 200, 400):
            counted.append(0)
            read(TrackerListAnswer, {"list": [{"id": n, "label": {"odd": n}} for n in range(many)]})
        assert counted[1] - counted[0] == (counted[2] - counted[1]) / 2 == 2 * 100

    def test_good_answers_never_come_here(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(OddMembers, "read", None)
        read(TrackerListAnswer, {"list": [{"id": 1, "brand_new": 1}]})


class TestAccounts:
    async def test_are_lenient_unless_told_otherwise(self, caplog: pytest.LogCaptureFixture) -> None:
        body = b'{"success": true, "list": [{"id": 1, "label": 5}, {"id": 2, "label": "b"}]}'
        async with raw_server(lambda _asked, writer: _say(writer, http(body))) as server:
            async with Navixy(server.url, strict=False) as navixy:
                for _ in range(3):
                    trackers: list[Any] = await navixy.account(ApiKey(KEY)).tracker.list()
                    first, second = trackers
                    assert (first.id, first.label, second.label) == (1, 5, "b")
            assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
                "tracker/list: list[].label is a number, which is not its documented type; it is given as it came "
                "(please report this)"
            ]
            async with Navixy(server.url, strict=True) as navixy:
                with pytest.raises(e.DecodeFailed, match=r"Expected `str.*list\[0\]\.label"):
                    await navixy.account(ApiKey(KEY)).tracker.list()

    async def test_a_bare_model_may_have_odd_members(self, caplog: pytest.LogCaptureFixture) -> None:
        body = b'{"success": true, "id": 2450, "code": 7}'
        async with (
            raw_server(lambda _asked, writer: _say(writer, http(body))) as server,
            Navixy(server.url, strict=False) as navixy,
        ):
            models: list[Any] = await navixy.account(ApiKey(KEY)).tracker.list_models()
        (model,) = models
        assert (model.id, model.code) == (2450, 7)


async def _say(writer: asyncio.StreamWriter, said: bytes) -> bool:
    writer.write(said)
    return False
