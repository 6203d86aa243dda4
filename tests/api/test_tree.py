"""The platform's paths as a tree of classes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from navixy_async.api.codegen.catalogue import load
from navixy_async.api.codegen.review import CatalogueFault
from navixy_async.api.codegen.writer.tree import build_resource_tree

CATALOGUE = load()
NODES = build_resource_tree(CATALOGUE)


def test_every_action_is_one_method() -> None:
    methods = [action.path for node in NODES.values() for action in (node.own_action, *node.actions.values()) if action]
    assert sorted(methods) == sorted(action.path for action in (*CATALOGUE.actions(), *CATALOGUE.aliases))


def test_a_node_stands_in_the_module_of_its_resource() -> None:
    node = NODES["tracker", "group"]
    assert (node.module, node.class_name, node.path) == ("tracker_group", "TrackerGroupActions", "/tracker/group")
    assert "group" in NODES["tracker",].children


def test_an_action_whose_path_leads_further_is_its_node_called() -> None:
    node = NODES["user", "auth"]
    assert node.own_action is not None
    assert node.own_action.path == "user/auth"
    assert "auth" not in NODES["user",].actions


def test_a_module_of_its_own_holds_some_actions_of_a_node() -> None:
    (part,) = NODES["tracker",].bases
    assert (part.module, part.class_name, part.path) == (
        "tracker_registration",
        "TrackerRegistrationActions",
        "/tracker",
    )
    assert "register" in part.actions
    assert "register" not in NODES["tracker",].actions


def test_a_module_of_unknown_actions_is_refused() -> None:
    with pytest.raises(CatalogueFault, match="must list known actions of one node"):
        build_resource_tree(replace(CATALOGUE, split_modules={"extra": ["tracker/nothing"]}))
