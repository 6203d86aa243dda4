"""Functions of many forms each, for arrays, columns, scalars and expressions: unchecked."""

from typing import Any

def __getattr__(name: str) -> Any: ...
