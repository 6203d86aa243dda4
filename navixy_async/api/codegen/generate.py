"""Write ``resources/``, ``models/`` and ``docs/reference/``: ``python -m navixy_async.api.codegen.generate [--check]``.

The output is committed; the same catalogue gives the same bytes. ``--check`` writes nothing, names the files that
differ from the facts, and ends with exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .catalogue import Catalogue, load
from .review import CatalogueFault
from .writer.models import ModelsWriter, check_cycles, write_former
from .writer.reference import ReferenceWriter
from .writer.resources import ResourcesWriter, write_index
from .writer.text import header
from .writer.tree import build_resource_tree

ROOM = Path(__file__).parent.parent
DOCS = ROOM.parent.parent / "docs" / "reference"
"""Exists only in a checkout of the project."""
LONGEST = 800
"""Lines in a generated module; a resource that needs more is split in ``reviewed.json``."""


def generate(catalogue: Catalogue | None = None) -> dict[str, str]:
    """Every generated file by its path below ``api/``.

    Raises:
        CatalogueFault: the facts cannot be turned into a program.
    """
    catalogue = load() if catalogue is None else catalogue
    check_cycles(catalogue)
    nodes = build_resource_tree(catalogue)
    files = {
        "resources/__init__.py": write_index(nodes),
        "models/__init__.py": header("Structs of what the platform answers, a module per resource.") + "\n",
    }
    for resource in catalogue.resources.values():
        text = ModelsWriter(catalogue, resource).write()
        if text is not None:
            files[f"models/{resource.module}.py"] = text
    for former, modules in catalogue.former_modules.items():
        files[f"models/{former}.py"] = write_former(modules)
    for module in sorted({node.module for node in nodes.values()}):
        files[f"resources/{module}.py"] = ResourcesWriter(catalogue, module, nodes).write()
    long = {name: text.count("\n") for name, text in files.items() if text.count("\n") > LONGEST}
    if long:
        names = ", ".join(f"{name} ({lines} lines)" for name, lines in long.items())
        raise CatalogueFault(f"too long, split their resources in reviewed.json: {names}")
    return dict(sorted(files.items()))


def reference(catalogue: Catalogue | None = None) -> dict[str, str]:
    """Every page of the reference by its name."""
    catalogue = load() if catalogue is None else catalogue
    return dict(sorted(ReferenceWriter(catalogue, build_resource_tree(catalogue)).write().items()))


def changed_files(files: dict[str, str], room: Path = ROOM) -> list[str]:
    """Names of files whose content is out of date, and of files that should not exist."""
    present = {
        path.relative_to(room).as_posix() for folder in ("resources", "models") for path in (room / folder).glob("*.py")
    }
    return _changed(files, present, room)


def changed_pages(pages: dict[str, str], folder: Path = DOCS) -> list[str]:
    """Names of pages whose content is out of date, and of pages that should not exist."""
    return _changed(pages, {path.name for path in folder.glob("*.md")}, folder)


def _changed(files: dict[str, str], present: set[str], folder: Path) -> list[str]:
    wrong = [name for name, text in files.items() if name not in present or _read(folder / name) != text]
    return sorted([*wrong, *(present - set(files))])


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description="Write the typed surface from the catalogue.")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check: bool = parser.parse_args().check
    catalogue = load()
    files, pages = generate(catalogue), reference(catalogue)
    wrong, stale = changed_files(files), changed_pages(pages) if DOCS.parent.is_dir() else []
    if check:
        for name in (*wrong, *stale):
            print(f"{name} differs from the facts", file=sys.stderr)
        return 1 if wrong or stale else 0
    _write(files, wrong, ROOM)
    _write(pages, stale, DOCS)
    return 0


def _write(files: dict[str, str], names: list[str], folder: Path) -> None:
    for name in names:
        path = folder / name
        if name in files:
            path.parent.mkdir(exist_ok=True)
            path.write_text(files[name], encoding="utf-8", newline="\n")
        else:
            path.unlink()
        print(f"{'wrote' if name in files else 'removed'} {name}")


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
