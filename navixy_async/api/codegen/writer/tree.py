"""The platform's paths as a tree of nodes, each with the module that its class is written to."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..catalogue import ActionSpec, Catalogue, class_name
from ..review import CatalogueFault

Attributes = tuple[str, ...]


@dataclass(slots=True)
class ResourceNode:
    """One class: the actions of one path, and the nodes below it.

    Attributes:
        attributes: what leads to it (``("tracker", "group")``).
        module: the module that it stands in.
        says: a line about it.
        actions: its methods by name.
        itself: the action behind the node's own path, if the node can be called (``user.auth(...)``).
        below: names of the nodes below it.
        bases: classes in other modules that hold some of its actions.
        part: the name of such a class; None for the node itself.
    """

    attributes: Attributes
    module: str
    description: str = ""
    actions: dict[str, ActionSpec] = field(default_factory=dict)
    own_action: ActionSpec | None = None
    children: list[str] = field(default_factory=list)
    bases: list[ResourceNode] = field(default_factory=list)
    part: str | None = None

    @property
    def class_name(self) -> str:
        """The class that it becomes."""
        return class_name(self.part or "_".join(self.attributes)) + "Actions"

    @property
    def path(self) -> str:
        """Its part of the platform's path."""
        return "/" + "/".join(self.attributes[:-1] if self.part else self.attributes)


def build_resource_tree(catalogue: Catalogue) -> dict[Attributes, ResourceNode]:
    """Every node by its attributes."""
    homes = {resource.attributes: resource for resource in catalogue.resources.values()}
    listed = [*catalogue.actions(), *catalogue.aliases]
    actions = {action.attributes: action for action in listed}
    if len(actions) != len(listed):
        raise CatalogueFault("two actions would be the same method")
    nodes: dict[Attributes, ResourceNode] = {}

    def node(attributes: Attributes) -> ResourceNode:
        found = nodes.get(attributes)
        if found is None:
            lengths = range(len(attributes), 0, -1)
            home = next((homes[attributes[:length]] for length in lengths if attributes[:length] in homes), None)
            module = home.module if home is not None else attributes[0]
            found = nodes[attributes] = ResourceNode(attributes, module)
            if home is not None and home.attributes == attributes:
                found.description = home.description
            if len(attributes) > 1:
                node(attributes[:-1]).children.append(attributes[-1])
        return found

    parents = {attributes[:-1] for attributes in actions}
    parents |= {parent[:length] for parent in parents for length in range(1, len(parent) + 1)}
    for attributes in sorted(parents):
        node(attributes)
    for attributes, action in sorted(actions.items()):
        if attributes in nodes:
            nodes[attributes].own_action = action
        else:
            nodes[attributes[:-1]].actions[attributes[-1]] = action
    for module, paths in catalogue.split_modules.items():
        _split_off(nodes, module, [action for action in catalogue.actions() if action.path in paths], len(paths))
    return nodes


def _split_off(nodes: dict[Attributes, ResourceNode], module: str, actions: list[ActionSpec], wanted: int) -> None:
    """Move actions of a node into a class of their own, from which the node's class inherits."""
    owners = {action.attributes[:-1] for action in actions}
    if len(owners) != 1 or len(actions) != wanted:
        raise CatalogueFault(f"{module} in `apart` must list known actions of one node")
    owner = nodes[owners.pop()]
    part = ResourceNode((*owner.attributes, module), module, part=module)
    for action in sorted(actions, key=lambda action: action.path):
        part.actions[action.attributes[-1]] = owner.actions.pop(action.attributes[-1])
    owner.bases.append(part)
    nodes[part.attributes] = part
