"""How to send any documented action by its path alone, without loading the typed methods."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ...operations import Api, Operation, Replay, SessionKind, check_path

if TYPE_CHECKING:
    from .action_table import ActionRow

_TABLE = Path(__file__).parent.parent / "catalogue" / "index.tsv"
_ALIASES = _TABLE.with_name("aliases.tsv")

_BASES = {"dwh/v1/": "dwh", "eco_fleet/": "eco_fleet"}
"""URL bases that people write in front of a path, and the interface that they mean."""


def find(path: str) -> Operation[dict[str, Any]]:
    """The operation behind a path as the platform writes it (``tracker/list``, ``/tracker/list/``, ``v2/…``).

    Its answer decodes into a plain dict. A path that is not documented is sent as POST with JSON to the Backend
    API, and never repeated blindly.

    Raises:
        InvalidInput: it is not a path.
    """
    return _find(path if isinstance(path, str) else check_path(path))


@lru_cache(maxsize=1024)
def _find(path: str) -> Operation[dict[str, Any]]:
    plain = check_path(path).removeprefix("v2/")
    row = _rows().get(plain)
    if row is None:
        for base, api in _BASES.items():
            based = _rows().get(plain.removeprefix(base))
            if plain.startswith(base) and based is not None and based.api == api:
                row = based
    path = row.path if row is not None else plain
    if row is None and plain in _aliases():
        row = _rows()[_aliases()[plain][0]]
    if row is None:
        return Operation(plain, dict[str, Any])
    return Operation(
        path,
        dict[str, Any],
        # The two actions of the websocket are frames; over HTTP the platform knows nothing of them.
        api=cast(Api, row.api) if row.api != "websocket" else "backend",
        method="GET" if row.method == "GET" else "POST",
        encoding=cast(Any, row.encoding),
        replay=Replay(row.replay),
        session=cast(SessionKind, row.session),
        cap=row.cap or None,
        device=row.device == "command",
    )


def known_paths() -> tuple[str, ...]:
    """Every documented path, in the table's order."""
    return tuple(_rows())


@cache
def _aliases() -> dict[str, tuple[str, str]]:
    from .action_table import read_aliases  # noqa: PLC0415 - see below

    return read_aliases(_ALIASES)


@cache
def _rows() -> dict[str, ActionRow]:
    from .action_table import read_table  # noqa: PLC0415 - most programs only use typed methods

    return read_table(_TABLE)
