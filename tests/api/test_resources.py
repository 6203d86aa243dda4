"""Modules of actions, as the generator writes them."""

from __future__ import annotations

import ast

import pytest

from navixy_async.api.codegen.catalogue import class_name
from navixy_async.api.codegen.writer.resources import ResourcesWriter, write_index
from navixy_async.api.codegen.writer.tree import build_resource_tree
from navixy_async.operations import Replay

from ..support.api import ACTIONS, CATALOGUE

NODES = build_resource_tree(CATALOGUE)
MODULES = sorted({node.module for node in NODES.values()})


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_an_operation_and_a_method_for_each_action(module: str) -> None:
    actions = [
        action
        for node in NODES.values()
        if node.module == module
        for action in (node.own_action, *node.actions.values())
        if action is not None
    ]
    tree = ast.parse(ResourcesWriter(CATALOGUE, module, NODES).write())
    constants = {
        ast.literal_eval(node.value.args[0]): {word.arg: ast.unparse(word.value) for word in node.value.keywords}
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call) and node.value.args
    }
    assert sorted(constants) == sorted(action.path for action in actions)
    for action in actions:
        replay = constants[action.path].get("replay", "Replay.WRITE")
        assert replay == f"Replay.{Replay(action.row.replay).name}", action.path
    docstrings = "\n".join(
        ast.get_docstring(node) or ""
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    for action in actions:
        assert docstrings.count(f"Platform action: `{action.address}`") == 1


def test_methods_of_pagers_and_files_are_awaited_by_what_they_return() -> None:
    """The method itself is not a coroutine function: what it returns is awaited, iterated or saved."""
    tree = ast.parse(ResourcesWriter(CATALOGUE, ACTIONS["track/download"].attributes[0], NODES).write())
    kinds = {
        node.name: type(node)
        for holder in tree.body
        if isinstance(holder, ast.ClassDef) and holder.name == NODES["track",].class_name
        for node in holder.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert kinds["download"] is ast.FunctionDef
    assert kinds["read"] is ast.AsyncFunctionDef


def test_a_secret_is_not_kept_in_the_frame_that_waits() -> None:
    text = ResourcesWriter(CATALOGUE, NODES["user",].module, NODES).write()
    method = next(
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.AsyncFunctionDef) and "password" in {argument.arg for argument in node.args.args}
    )
    lines = [ast.unparse(line) for line in method.body]
    removed = next(index for index, line in enumerate(lines) if line.startswith("del ") and "password" in line)
    assert "await" in lines[removed + 1]
    assert not any("await" in line for line in lines[1:removed])


def test_the_index_has_every_first_part_but_the_panel() -> None:
    tree = ast.parse(write_index(NODES))
    (resources,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    names = {node.name for node in resources.body if isinstance(node, ast.FunctionDef)} - {"__init__", "_caller"}
    assert names == {attributes[0] for attributes in NODES if len(attributes) == 1} - {"panel"}
    assert class_name("tracker").startswith("Tracker")
