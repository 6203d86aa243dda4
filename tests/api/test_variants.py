"""Objects of several shapes, told apart by one member."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
import pytest

from navixy_async.api.models.track import (
    RegularTrack,
    SingleReportTrack,
    TrackListAnswer,
    UnknownTrack,
)
from navixy_async.api.models.user_application import (
    ApiKeyAuthorization,
    Application,
    UnknownApplicationAuthorization,
)
from navixy_async.api.runtime.model import Model, Unknown
from navixy_async.api.runtime.variants import Variants


class TestVariants:
    BODY: ClassVar[dict[str, Any]] = {
        "list": [
            {"type": "regular", "id": 1, "length": 5.5, "bounds": {"nw": {"lat": 1.5, "lng": 2.5}}},
            {
                "type": "holographic",
                "id": 2,
                "deep": {"list": [1, None, {"x": "y"}]},
                "start_date": "2023-11-24 03:39:44",
            },
            {"type": "single_report", "id": 3},
            {"no": "type"},
            {"type": ["odd"]},
        ],
        "limit_exceeded": False,
    }

    def decode(self, body: Any) -> TrackListAnswer:
        return msgspec.json.decode(msgspec.json.encode(body), type=TrackListAnswer)

    def test_each_variant_is_its_own_struct(self) -> None:
        regular, unknown, single, nameless, odd = self.decode(self.BODY).list
        assert isinstance(regular, RegularTrack)
        assert (regular.type, regular.length) == ("regular", 5.5)
        assert isinstance(single, SingleReportTrack)
        assert isinstance(unknown, UnknownTrack)
        assert (unknown.tag, unknown["id"], unknown["deep"]["list"][2]["x"]) == ("holographic", 2, "y")
        assert isinstance(nameless, UnknownTrack)
        assert nameless.tag is None
        assert isinstance(odd, UnknownTrack)

    def test_an_unknown_variant_goes_back_unchanged(self) -> None:
        answer = self.decode(self.BODY)
        assert msgspec.json.decode(msgspec.json.encode(answer)) == self.BODY
        assert msgspec.to_builtins(answer) == self.BODY

    def test_what_is_wrong_with_a_known_variant_is_not_passed_over(self) -> None:
        for others in ([], [{"type": "holographic"}]):
            with pytest.raises(msgspec.ValidationError, match="Expected `int"):
                self.decode({"list": [*others, {"type": "regular", "id": "seven"}]})

    def test_what_was_put_there_by_hand_stays(self) -> None:
        tracks: list[Any] = [RegularTrack(id=1), UnknownTrack(type="own")]
        assert TrackListAnswer(list=tracks).list is tracks

    def test_a_single_variant(self) -> None:
        body = {"id": 1, "label": "x", "authorization": {"type": "api_key", "hash": "0"}}
        known = msgspec.json.decode(msgspec.json.encode(body), type=Application)
        assert isinstance(known.authorization, ApiKeyAuthorization)
        body["authorization"] = {"type": "passkey", "x": 1}
        unknown = msgspec.json.decode(msgspec.json.encode(body), type=Application)
        assert isinstance(unknown.authorization, UnknownApplicationAuthorization)
        assert unknown.authorization.tag == "passkey"
        unknown.label = "y"
        assert msgspec.json.decode(msgspec.json.encode(unknown)) == {**body, "label": "y"}

    def test_of_a_large_family_only_what_was_met_is_decoded(self) -> None:
        kinds: list[Any] = [
            msgspec.defstruct(f"Kind{n}", [("x", int | None, None)], bases=(Model,), tag_field="type", tag=f"k{n}")
            for n in range(30)
        ]

        class Other(Unknown):
            pass

        def read(body: str) -> Any:
            return variants.many(msgspec.Raw(body.encode()))

        variants: Any = Variants(Other, *kinds)
        assert read("[]") == []
        assert read("null") is None
        assert variants._met == {}
        bodies = ['{"type":"k3","x":1}', '{"type":"new","x":2}', "null", '{"type":"k7","own":5}', '{"type":["k3"]}']
        for _ in range(2):
            three, new, nothing, seven, odd = read(f"[{','.join(bodies)}]")
            assert isinstance(three, kinds[3])
            assert isinstance(seven, kinds[7])
            assert (three.x, nothing, new.tag) == (1, None, "new")
            assert isinstance(odd, Other)
            assert msgspec.json.encode([three, new, nothing, seven, odd]) == f"[{','.join(bodies)}]".encode()
        assert list(variants._met) == ["k3", "k7"]
        with pytest.raises(msgspec.ValidationError, match="Expected `int"):
            read('[{"type":"k9","x":"seven"}]')
        assert isinstance(variants.one(msgspec.Raw(b'{"type":"k1"}')), kinds[1])
        assert isinstance(variants.mapped(msgspec.Raw(b'{"5":{"type":"k2"}}'), int)[5], kinds[2])
        assert isinstance(variants.mapped_many(msgspec.Raw(b'{"a":[{"type":"k4"}]}'))["a"][0], kinds[4])

    def test_by_key(self) -> None:
        class One(Model, tag_field="kind", tag=1):
            x: int | None = None

        class Two(Model, tag_field="kind", tag=2):
            y: int | None = None

        class Other(Unknown):
            tag_field = "kind"

        variants = Variants(Other, One, Two)
        raw: Any = msgspec.Raw(b'{"5": {"kind": 1, "x": 2}, "6": {"kind": 3}}')
        mapped = variants.mapped(raw, int)
        assert mapped[5] == One(x=2)
        assert mapped[6].tag == 3
        lists: Any = msgspec.Raw(b'{"a": [{"kind": 2, "y": 1}, {"kind": 9}], "b": []}')
        by_name = variants.mapped_many(lists)
        assert by_name["a"][0] == Two(y=1)
        assert isinstance(by_name["a"][1], Other)
        assert by_name["b"] == []
