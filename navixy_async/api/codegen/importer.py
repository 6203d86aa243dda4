"""Bring documented facts into the catalogue: ``python -m navixy_async.api.codegen.importer FOLDER``.

FOLDER holds ``catalogue.json``, ``objects.json``, ``enums.json`` and ``examples.jsonl`` as they were drawn from the
vendor's pages. The importer writes the table of all actions and one file per resource that ``catalogue/reviewed.json``
lists. What people decided stays: ``reviewed.json`` is only read, and the last four columns of the table (replay class,
cap, reason, device) are kept for every known action. A new action gets a proposed replay class and the reason
``unreviewed``, which a test refuses until somebody has looked at it.
"""

from __future__ import annotations

import argparse
import json
import re
import textwrap
from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..runtime.action_table import ActionRow, read_table, write_aliases, write_table
from .catalogue import CATALOGUE, attributes
from .review import read_review
from .samples import SampleReader
from .shapes import FieldNode, Shaper, build_field_tree, plain_type, values_of
from .type_expr import parse, refs
from .unions import gather_families

_READ = frozenset(
    [
        "list",
        "read",
        "get",
        "count",
        "search",
        "download",
        "download_failed",
        "export",
        "schema",
        "status",
        "retrieve",
        "get_info",
        "nothing",
        "last_values",
        "list_ids",
        "batch_convert",
        "optimize",
    ]
)
_SET = frozenset(["update", "set", "assign", "mark_read", "mark_read_all", "reset"])

_PARAM_FACTS = (
    "default",
    "min",
    "max",
    "min_length",
    "max_length",
    "min_items",
    "max_items",
    "item_min_length",
    "item_max_length",
    "unique",
    "config",
    "unit",
    "format",
    "nullable",
    "deprecated",
)

_ACTION_FLAGS = {
    "removed_from_docs": "removed",
    "replaces": "replaces",
    "kept_when_left_out": "kept",
    "resets_undocumented": "resets_unlisted",
    "returns_new_id": "new_id",
    "ends_all_sessions": "ends_sessions",
    "accepted_is_not_matched": "accepted_only",
    "naive_times": "naive_times",
}
"""What the facts say of an action by a flag, and what the catalogue calls it."""

_BASIS = {"doc_optional": "doc", "has_default": "default", "omitted_in_example": "example"}
"""Short names for the reason why a parameter counts as required or optional."""

_COMMON: dict[str, Any] = {
    "bounds": {"fields": [{"name": "nw", "type": "location"}, {"name": "se", "type": "location"}]},
}


def snake(name: str) -> str:
    """The catalogue's name of a documented object: ``#ApiKeyAuthorization`` → ``api_key_authorization``."""
    plain = name.removeprefix("#")
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain).lower()


def _unsaid(rows: list[dict[str, Any]], name: str) -> bool:
    """Whether a member counts as optional only because its OpenAPI never says what an answer always has."""
    row = next(row for row in rows if row["name"] == name and row.get("path", name) == name)
    return row.get("required") is False and bool(row.get("optional"))


def _is_sent(param: Mapping[str, Any]) -> bool:
    """Whether a documented row is a parameter: the credential is not, nor the row of a member such as `zone.color`."""
    return param["name"] != "hash" and "." not in param["name"]


def propose_replay(path: str) -> str:
    """A replay class derived from the verb alone, for a reviewer to confirm."""
    verb = path.rsplit("/", maxsplit=1)[-1]
    if verb in _READ or verb.startswith(("get_", "batch_get_", "search_", "list_", "batch_list")):
        return "read"
    return "idempotent" if verb in _SET else "write"


class Importer:
    """Turns a folder of documented facts into the files of the catalogue."""

    def __init__(self, source: Path, folder: Path = CATALOGUE) -> None:
        self.folder = folder
        self.actions: list[dict[str, Any]] = _read(source / "catalogue.json")
        self.documented = {snake(schema["name"]): schema for schema in _read(source / "objects.json")}
        self.enums: dict[str, list[Any]] = _read(source / "enums.json")["named"]
        self.requests = [example for example in _lines(source / "examples.jsonl") if example["kind"] == "request"]
        self.reviewed = read_review(folder)
        gather_families(self.documented, self.reviewed.get("families", {}))
        self.resources: list[str] = list(self.reviewed["resources"])
        self.aliases: dict[str, str] = {}
        self._stands_for: dict[str, str] = {
            family["for"]: name for name, family in self.reviewed.get("families", {}).items() if "for" in family
        }
        self.objects: dict[str, dict[str, Any]] = {}
        shapes = {
            name: frozenset(build_field_tree(schema["fields"]).children)
            for name, schema in self.documented.items()
            if "." not in name and schema["fields"]
        }
        self.shaper = Shaper(self._known, shapes)

    def run(self) -> None:
        """Write the table and the files of the resources."""
        self._table()
        self._aliases()
        files: dict[str, dict[str, Any]] = {
            resource: {"actions": {}, "objects": {}, "enums": {}} for resource in self.resources
        }
        for action in sorted(self.actions, key=lambda action: str(action["path"])):
            resource = self._resource(attributes(action["api"], action["path"]))
            # The websocket's frames are messages, and no calls.
            if action["api"] != "websocket" and resource is not None and self._wanted(resource, action["path"]):
                files[resource]["actions"][action["path"]] = self._action(action)
        self._close(files)
        for name, schema in sorted(self.objects.items()):
            files[self._home(name)]["objects"][name] = schema
        for facts in files.values():
            names = sorted(set(_named_enums(facts)) & set(self.enums))
            facts["enums"] = {name: self.enums[name] for name in names}
        for resource, facts in files.items():
            text = render({key: value for key, value in facts.items() if value})
            (self.folder / f"{resource}.json").write_text(text, encoding="utf-8")

    def _table(self) -> None:
        path = self.folder / "index.tsv"
        known = read_table(path) if path.exists() else {}
        rows = []
        for action in sorted(self.actions, key=lambda action: (_rank(action["api"]), action["path"])):
            old = known.get(action["path"])
            session = action["session"]["kind"]
            if session == "none" and old is not None and old.session == "optional":
                session = "optional"  # reviewed: the answer depends on who asks
            rows.append(
                ActionRow(
                    path=action["path"],
                    api=action["api"],
                    method=action["method"] if action["method"] == "GET" else "POST",
                    encoding=action["request_encoding"] if action["api"] != "websocket" else "json",
                    session=session,
                    replay=old.replay if old else propose_replay(action["path"]),
                    cap=old.cap if old else "",
                    why=old.why if old else "unreviewed",
                    device=old.device if old else "",
                )
            )
        write_table(path, rows)

    def _aliases(self) -> None:
        """Write which other paths the documents print, or printed before, for which action."""
        rows = [(old, action["path"], "renamed") for action in self.actions if (old := action.get("renamed_from"))]
        rows += [
            (other, action["path"], "both" if action.get("path_uncertain") else "renamed")
            for action in self.actions
            for other in action.get("alt_paths", ())
        ]
        write_aliases(self.folder / "aliases.tsv", sorted(rows))

    def _resource(self, parts: tuple[str, ...]) -> str | None:
        names = (".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        return next((name for name in names if name in self.resources), None)

    def _wanted(self, resource: str, path: str) -> bool:
        only = self.reviewed["only"].get(resource)
        return only is None or path in only

    def _action(self, action: dict[str, Any]) -> dict[str, Any]:
        path = action["path"]
        returned = action["returns"]
        of_object = action.get("returns_ref")
        rows = self.documented[of_object]["fields"] if of_object else returned["fields"]
        own = "_".join(attributes(action["api"], path))
        tree = build_field_tree(rows)
        if "[]" in tree.children:
            # A page that shows the bare list; the platform's lists stand under this name.
            tree = FieldNode(children={"list": FieldNode(children={"[]": tree.children["[]"]})})
        answer = [row for row in self.shaper.rows(tree, of_object or own) if row["name"] != "success"]
        if len(answer) == 1 and _unsaid(rows, answer[0]["name"]):
            del answer[0]["optional"]
        facts: dict[str, Any] = {
            "params": [self._param(own, param) for param in action["params"] if _is_sent(param)],
            "answer": answer if returned["kind"] == "json" else [],
            "errors": sorted({*action["errors"], *action.get("errors_only_in_2026_06", ())}),
        }
        if returned["kind"] != "json":
            facts["file"] = returned.get("formats", [])
            if returned.get("json_fallback"):
                facts["json_fallback"] = [row["name"] for row in answer]
        groups = [group for group in action.get("param_groups", ()) if "hash" not in group["params"]]
        session = {key: value for key, value in action["session"].items() if key != "kind"}
        if "rights_by_field" in session:
            # Some parameters are closed to sub-users, the action is not.
            session.pop("master_only", None)
        paging = {key: value for key, value in (action["paginated"] or {}).items() if value is not None}
        optional = {
            "groups": groups,
            "window": action.get("window"),
            "paging": paging,
            "limit_exceeded": action.get("limit_exceeded_means"),
            "access": session,
            "rate_limit": action.get("rate_limit"),
            "condition_fields": [row["name"] for row in action.get("condition_fields", ())],
            "sort_fields": [row["name"] if isinstance(row, dict) else row for row in action.get("sort_fields", ())],
            "deprecated": action["deprecated"],
            "free_members": action.get("additional_params"),
            "file_when": (returned.get("file_when") or {}).get("param"),
            **{ours: action.get(theirs) for theirs, ours in _ACTION_FLAGS.items()},
            "query": [
                param["name"]
                for param in action["params"]
                if param.get("in") == "query" and action["request_encoding"] == "json" and action["method"] != "GET"
            ],
        }
        return facts | {key: value for key, value in optional.items() if value}

    def _param(self, holder: str, param: dict[str, Any]) -> dict[str, Any]:
        ref = param.get("ref")
        named = self._known(ref) if isinstance(ref, str) and "object" in param["type"] else None
        if named is not None:
            kind = f"list[{named}]" if param["type"].startswith("array") else named
        elif param.get("fields"):
            name = f"{holder}.{param['name']}"
            kind = self.shaper.type(
                build_field_tree([{**row, "path": f"x.{row['name']}"} for row in param["fields"]]).children["x"], name
            )
            kind = f"list[{kind}]" if param["type"].startswith("array") else kind
        else:
            kind = plain_type(param)
        basis = param["required_basis"]
        if param.get("in") == "path":
            basis = "path"
        made = {
            "name": param["name"],
            "type": kind,
            "required" if param["required"] else "optional": _BASIS.get(basis, basis),
        }
        facts = {key: param[key] for key in _PARAM_FACTS if param.get(key) is not None}
        if "config" in facts:
            facts = {key: value for key, value in facts.items() if value != facts["config"] or key == "config"}
        return made | facts | values_of(param)

    def _known(self, ref: str) -> str | None:
        """The name in the catalogue of the documented object that `ref` names; None if there is no such object."""
        name = snake(ref)
        name = self._stands_for.get(name, name)
        schema = self.documented.get(name)
        if schema is None or not any(schema.get(part) for part in ("fields", "one_of", "discriminator", "empty")):
            # Unknown, or a name for a plain value.
            return None
        if name not in self.objects and name not in self.aliases:
            self._object(name, schema)
        return self.aliases.get(name, name)

    def _object(self, name: str, schema: dict[str, Any]) -> None:
        made: dict[str, Any] = {}
        self.objects[name] = made
        variants = self._variants(name, schema)
        if schema.get("empty"):
            made["fields"] = []
            return
        if variants:
            made |= {"tag": schema.get("discriminator") or "type", "variants": variants}
            return
        tree = build_field_tree(schema["fields"])
        if set(tree.children) in ({"{}"}, {"[]"}):
            del self.objects[name]
            inner = tree.children.get("{}") or tree.children["[]"]
            self.shaper.objects[name] = self.shaper.rows(inner, name)
            self.aliases[name] = f"map[int: {name}]" if "{}" in tree.children else f"list[{name}]"
            return
        rows = [row for row in self.shaper.rows(tree, name) if row["name"] != "success"]
        tag, value = self._tag(schema)
        if tag is not None:
            made |= {"tag": tag, "tag_value": value}
            rows = [row for row in rows if row["name"] != tag]
        if schema.get("all_of"):
            made["all_of"] = self._known(schema["all_of"]) or schema["all_of"]
        made["fields"] = rows

    def _variants(self, name: str, schema: dict[str, Any]) -> list[str]:
        named = [snake(variant) for variant in schema.get("one_of", ()) if isinstance(variant, str)]
        for variant in named:
            self._known(variant)
        return [variant for variant in named if variant in self.documented]

    def _tag(self, schema: dict[str, Any]) -> tuple[str | None, Any]:
        if schema.get("discriminator_value") is not None:
            return schema["discriminator"], schema["discriminator_value"]
        if snake(schema["name"]) in self._variant_names():
            for row in schema["fields"]:
                if row["name"] == "type" and len(row.get("enum") or ()) == 1:
                    return "type", row["enum"][0]
        return None, None

    def _variant_names(self) -> set[str]:
        return {
            snake(one)
            for schema in self.documented.values()
            for one in schema.get("one_of", ())
            if isinstance(one, str)
        }

    def _close(self, files: dict[str, dict[str, Any]]) -> None:
        """Add every object that the actions and objects of the catalogue refer to."""
        self.objects.setdefault("location", {})
        self._object("location", self.documented["location"])
        self.objects |= _COMMON
        patterns = self.reviewed.get("also", ())
        listed = [name for name in self.documented if any(fnmatchcase(name, pattern) for pattern in patterns)]
        for name in listed:
            self._known(name)
        for name, rows in self.shaper.objects.items():
            self.objects.setdefault(name, {"fields": rows})
        self._read_samples(files)
        wanted = {
            name
            for facts in files.values()
            for action in facts["actions"].values()
            for row in (*action["params"], *action["answer"])
            for name in refs(parse(row["type"]))
        }
        wanted |= {"location", "bounds", *(name for name in listed if name in self.objects)}
        todo = list(wanted)
        while todo:
            schema = self.objects[todo.pop()]
            below = {name for row in schema.get("fields", ()) for name in refs(parse(row["type"]))}
            new = (
                below | set(schema.get("variants", ())) | {schema[key] for key in ("all_of",) if key in schema}
            ) - wanted
            wanted |= new
            todo += new
        self.objects = {name: self.objects[name] for name in wanted}

    def _read_samples(self, files: Mapping[str, dict[str, Any]]) -> None:
        """Add to the objects what only the samples of requests show."""
        reader = SampleReader(self.objects, self.reviewed["objects"])
        actions = {path: action for facts in files.values() for path, action in facts["actions"].items()}
        for example in self.requests:
            over = self.reviewed["actions"].get(example["path"], {}).get("params", {})
            for param in actions.get(example["path"], {}).get("params", ()):
                kind = (over.get(param["name"]) or param).get("type", param["type"])
                reader.read(parse(kind), example["json"].get(param["name"]))

    def _home(self, name: str) -> str:
        """The resource whose file an object stands in."""
        homes = self.reviewed["homes"]
        family = name.split(".", maxsplit=1)[0]
        schema = self.documented.get(name) or self.documented.get(family)
        patterns = (home for pattern, home in homes.items() if "*" in pattern and fnmatchcase(name, pattern))
        home = homes.get(name) or next(patterns, None) or homes.get(family)
        if home is not None:
            return str(home)
        if schema is not None:
            shown = schema.get("action") or str(schema.get("derived_from") or "").partition(">")[0]
            resource = self._resource(attributes(schema["api"], shown)) if shown else None
            if resource is not None:
                return resource
            here = Counter(
                self._resource(attributes(action["api"], action["path"]))
                for action in self.actions
                if action["section"] == schema["section"]
            )
            here.pop(None, None)
            if here:
                return str(here.most_common(1)[0][0])
        else:
            owners = (
                action for action in self.actions if "_".join(attributes(action["api"], action["path"])) == family
            )
            owner = next(owners, None)
            resource = self._resource(attributes(owner["api"], owner["path"])) if owner else None
            if resource is not None:
                return resource
        return "common"


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _rank(api: str) -> int:
    return ("backend", "panel", "iot_logic", "dwh", "eco_fleet", "websocket").index(api)


def _named_enums(facts: dict[str, Any]) -> list[str]:
    rows = [row for action in facts["actions"].values() for row in (*action["params"], *action["answer"])]
    rows += [row for schema in facts["objects"].values() for row in schema.get("fields", ())]
    return [name for row in rows if "enum" in row for name in str(row["enum"]).split("|")]


def render(facts: dict[str, Any]) -> str:
    """JSON that people can read: objects and lists on one line if they fit, rows always."""
    return _render(facts, "") + "\n"


def _render(value: Any, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or "name" in value or len(flat) + len(indent) <= 100:
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        body = ",\n".join(f"{inner}{json.dumps(key)}: {_render(item, inner)}" for key, item in value.items())
        return f"{{\n{body}\n{indent}}}"
    if any(isinstance(item, dict | list) for item in value):
        return "[\n" + ",\n".join(inner + _render(item, inner) for item in value) + f"\n{indent}]"
    filled = textwrap.fill(flat[1:-1], 118, initial_indent=inner, subsequent_indent=inner, break_on_hyphens=False)
    return f"[\n{filled}\n{indent}]"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Bring documented facts into the catalogue.")
    parser.add_argument("folder", type=Path, help="folder with catalogue.json, objects.json and enums.json")
    Importer(parser.parse_args().folder).run()


if __name__ == "__main__":
    main()
