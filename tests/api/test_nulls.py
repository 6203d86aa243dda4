"""Null is not absent in what goes back: what was null stays null, None in place of a value is null, no more."""

from __future__ import annotations

import copy
import pickle
from importlib import import_module
from typing import Any

import msgspec
import pytest

from navixy_async.api.codegen.type_expr import refs
from navixy_async.api.models.track import TrackPoint
from navixy_async.api.models.tracker import Tracker
from navixy_async.api.resources import Resources
from navixy_async.api.runtime.model import Masked, Model, Unknown
from navixy_async.api.runtime.unknown_fields import ModelReader, Updatable, unknown_members
from navixy_async.api.runtime.variants import Variants
from navixy_async.transport.encoding import encode_params

from ..support.api import CATALOGUE, FakeCaller


class Round(Updatable, kw_only=True, tag_field="kind", tag="round"):
    radius: int | None = None
    note: str | None = None


class UnknownShape(Unknown):
    tag_field = "kind"


SHAPE = Variants(UnknownShape, Round)


class Flat(Updatable, kw_only=True, gc=False):
    lat: float | None = None
    lng: float | None = None


class Thing(Masked, Updatable, kw_only=True):
    secret_members = ("pin",)

    id: int | None = None
    label: str | None = None
    from_: str | None = msgspec.field(default=None, name="from")
    pin: str | None = None
    spot: Flat | None = None
    spots: list[Flat] | None = None
    shape: msgspec.Raw = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.shape = SHAPE.one(self.shape)


SHOWN: dict[str, Any] = {
    "id": 1,
    "label": None,
    "from": "here",
    "new": None,
    "spot": {"lat": 1.5, "lng": None},
    "spots": [{"lng": None}, {}],
    "shape": {"kind": "round", "radius": None},
}


def read(shown: Any, kind: Any = Thing) -> Any:
    return ModelReader(kind).read(msgspec.json.encode(shown))


def sent(thing: Any) -> Any:
    """What goes to the platform, whichever way it is encoded."""
    found = msgspec.json.decode(encode_params({"thing": thing}))["thing"]
    assert msgspec.json.decode(msgspec.json.encode(thing)) == found
    return found


def test_nulls_that_were_read_go_back_and_nothing_else() -> None:
    for shown in (SHOWN, {}, {"label": None}, {"shape": None}, {"spot": None, "pin": None}, SHOWN):
        thing = read(shown)
        assert sent(thing) == shown
        assert (thing.label, thing.pin) == (None, None)
        assert unknown_members(thing).keys() <= {"new"}


def test_none_in_place_of_a_value_is_null() -> None:
    thing = read(SHOWN)
    thing.from_ = thing.spot = None
    thing.spots[0].lat = 2.5
    thing.shape.radius = 4
    thing.label = "x"
    expected = {**SHOWN, "from": None, "spot": None, "label": "x", "shape": {"kind": "round", "radius": 4}}
    assert sent(thing) == {**expected, "spots": [{"lat": 2.5, "lng": None}, {}]}
    assert sent(msgspec.structs.replace(thing, label=None))["label"] is None
    thing.shape = None
    assert sent(thing)["shape"] is None


def test_what_a_program_made_sends_what_it_set() -> None:
    thing: Any = Thing(id=1, label="x", spot=Flat(lat=1.5, lng=2.5))
    thing.pin = None
    assert sent(thing) == {"id": 1, "label": "x", "spot": {"lat": 1.5, "lng": 2.5}}, "it had no value"
    spot: Any = thing.spot
    thing.label = spot.lng = None
    assert sent(thing) == {"id": 1, "label": None, "spot": {"lat": 1.5, "lng": None}}
    assert isinstance(thing, Thing)
    assert (thing.label, thing.from_, spot.lng) == (None, None, None)
    thing.from_ = "there"
    assert sent(thing) == {"id": 1, "label": None, "from": "there", "spot": {"lat": 1.5, "lng": None}}


def test_they_are_structs_like_others() -> None:
    thing = read({"id": 1, "label": None, "pin": "1234"})
    assert thing == read({"id": 1, "label": None, "pin": "1234"})
    assert thing == Thing(id=1, pin="1234")
    assert Thing(id=1, pin="1234") == thing
    assert thing != read({"id": 2})
    assert repr(thing) == "Thing(id=1, pin='***')"
    for twin in (copy.copy(thing), copy.deepcopy(thing), pickle.loads(pickle.dumps(thing))):
        assert twin == thing
        assert sent(twin) == {"id": 1, "label": None, "pin": "1234"}
    made: Any = Thing(id=1, label="x")
    made.label = None
    assert sent(pickle.loads(pickle.dumps(made))) == {"id": 1, "label": None}
    assert made == Thing(id=1)


def test_reading_with_msgspec_alone_is_as_before() -> None:
    thing = msgspec.json.decode(msgspec.json.encode(SHOWN), type=Thing)
    assert type(thing) is Thing
    assert thing.label is None


@pytest.mark.parametrize("path", [action.path for action in CATALOGUE.actions() if "update" in action.facts])
def test_every_update_takes_what_tells_null_from_absent(path: str) -> None:
    action = next(action for action in CATALOGUE.actions() if action.path == path)
    objects = [name for param in action.params for name in refs(param.type)]
    assert objects
    for name in objects:
        schema = CATALOGUE.schemas[name]
        module = import_module(f"navixy_async.api.models.{CATALOGUE.resources[schema.resource].module}")
        for variant in schema.variants or (name,):
            kind = getattr(module, CATALOGUE.schemas[variant].class_name)
            assert issubclass(kind, Updatable), variant
            one = CATALOGUE.schemas[variant]
            tag = {one.tag: one.tag_value} if one.tag is not None else {}
            shown = {**tag, **{member.name: None for member in one.fields if member.name != one.tag}}
            assert sent(read(shown, kind)) == shown
            assert sent(read(tag, kind)) == tag


async def test_a_description_is_taken_away() -> None:
    caller = FakeCaller(b'{"success": true, "list": [{"id": 7, "label": "depot", "description": "closed"}]}')
    (place,) = (await Resources(caller).place.list()).list
    place.description = None
    caller.calls.clear()
    caller.body = b'{"success": true}'
    await Resources(caller).place.update(place)
    found = msgspec.json.decode(encode_params(caller.sent))["place"]
    assert found == {"id": 7, "label": "depot", "description": None}


async def test_rights_are_revoked() -> None:
    caller = FakeCaller(b'{"success": true, "list": [{"id": 7, "security_group_id": 5, "phone": null}]}')
    (user,) = await Resources(caller).subuser.list()
    user.security_group_id = None
    caller.calls.clear()
    caller.body = b'{"success": true}'
    await Resources(caller).subuser.update(user)
    found = msgspec.json.decode(encode_params(caller.sent))["user"]
    assert found["security_group_id"] is None
    assert "middle_name" not in found


def test_nothing_else_is_slower_to_read() -> None:
    assert not issubclass(Tracker, Updatable)
    assert not issubclass(TrackPoint, Updatable)
    assert issubclass(Tracker, Model)
