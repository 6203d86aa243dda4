"""Libraries that only some sinks need."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from ...errors import InvalidInput


def require(module: str, install: str, what: str) -> ModuleType:
    """Import a library; InvalidInput says what to install if it is missing.

    Args:
        module: the library.
        install: the extra of this package that brings it, or the package itself.
        what: what it is needed for.
    """
    try:
        return import_module(module)
    except ImportError:
        package = f"'navixy-async[{install}]'" if install in ("duckdb", "postgres") else install
        raise InvalidInput(f"{what} needs {module}: install it with pip install {package}") from None
