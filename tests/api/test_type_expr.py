"""The catalogue's language of types."""

from __future__ import annotations

import pytest

from navixy_async.api.codegen.type_expr import Either, ListOf, MapOf, Ref, Scalar, TypeFault, parse, refs


class TestTypes:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("int", Scalar("int")),
            ("tracker_state.gps", Ref("tracker_state.gps")),
            ("list[tracker]", ListOf(Ref("tracker"))),
            ("map[any]", MapOf("str", Scalar("any"))),
            ("map[int: list[sensor]]", MapOf("int", ListOf(Ref("sensor")))),
            ("int | str", Either((Scalar("int"), Scalar("str")))),
            ("list[int | str]", ListOf(Either((Scalar("int"), Scalar("str"))))),
        ],
    )
    def test_are_read(self, text: str, kind: object) -> None:
        assert parse(text) == kind

    @pytest.mark.parametrize("text", ["", "list", "list[int", "int]", "map[int:", "int |", "7"])
    def test_are_refused(self, text: str) -> None:
        with pytest.raises(TypeFault, match="is not a type"):
            parse(text)

    def test_know_their_objects(self) -> None:
        assert list(refs(parse("map[int: list[a | b.c]] | d | int"))) == ["a", "b.c", "d"]
