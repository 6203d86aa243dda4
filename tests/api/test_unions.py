"""Objects that the documents show one by one are gathered into families."""

from __future__ import annotations

from typing import Any

from navixy_async.api.codegen.unions import gather_families


def documented(**members: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {"name": name, "api": "backend", "section": "pages.md", "fields": fields}
        for name, fields in ((key.replace("__", "."), value) for key, value in members.items())
    }


def tag(value: str) -> dict[str, Any]:
    return {"name": "type", "type": "enum", "enum": [value]}


def test_a_family_becomes_a_union_of_its_members() -> None:
    objects = documented(gate__wide=[tag("wide"), {"name": "lanes"}], gate__narrow=[tag("narrow")])
    gather_families(objects, {"gate": {"tag": "type"}})
    assert objects["gate"]["one_of"] == ["gate.wide", "gate.narrow"]
    assert objects["gate"]["discriminator"] == "type"
    assert objects["gate.wide"]["discriminator_value"] == "wide"


def test_members_with_one_tag_are_one_object() -> None:
    objects = documented(gate__a=[tag("wide"), {"name": "lanes"}], gate__b=[tag("wide"), {"name": "height"}])
    gather_families(objects, {"gate": {"tag": "type"}})
    assert objects["gate"]["one_of"] == ["gate.a"]
    assert [row["name"] for row in objects["gate.a"]["fields"]] == ["type", "lanes", "height"]


def test_what_all_have_in_common_is_said_once() -> None:
    objects = documented(gate=[tag("any"), {"name": "id"}], gate__wide=[tag("wide"), {"name": "id"}, {"name": "lanes"}])
    gather_families(objects, {"gate": {"tag": "type", "all_of": "gate_base"}})
    assert [row["name"] for row in objects["gate_base"]["fields"]] == ["id"]
    assert [row["name"] for row in objects["gate.wide"]["fields"]] == ["type", "lanes"]
    assert objects["gate.wide"]["all_of"] == "gate_base"


def test_a_family_without_a_tag_is_the_base_of_its_members() -> None:
    objects = documented(profile__a=[{"name": "interval"}], profile__b=[])
    gather_families(objects, {"profile": {}})
    assert objects["profile"]["empty"] is True
    assert [objects[name]["all_of"] for name in ("profile.a", "profile.b")] == ["profile", "profile"]


def test_parameters_shown_beside_a_member_become_an_object_below_it() -> None:
    objects = documented(rule=[{"name": "id"}], rule__speed=[tag("speed")])
    objects["rule.speed"]["extended_params"] = [{"name": "emergency"}, {"name": "limit"}]
    gather_families(objects, {"rule": {"tag": "type", "all_of": "rule_base"}})
    assert [row["name"] for row in objects["rule.speed.params"]["fields"]] == ["limit"]
    assert objects["rule.speed"]["fields"][-1]["ref"] == "rule.speed.params"


def test_parameters_that_members_list_beside_their_own_belong_to_all() -> None:
    objects = documented(rule=[{"name": "id"}], rule__speed=[tag("speed")], rule__stop=[tag("stop")])
    objects["rule.stop"]["extended_params"] = [{"name": "emergency", "type": "bool"}]
    gather_families(objects, {"rule": {"tag": "type", "all_of": "rule_base"}})
    assert [row.get("path") for row in objects["rule_base"]["fields"]] == [None, "extended_params.emergency"]
