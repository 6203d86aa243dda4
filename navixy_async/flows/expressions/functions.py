"""The table of functions: what serves the checker, the evaluator, the documentation and completion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from . import functions_math, functions_util
from .numbers import Failure, Long, to_int, to_long, unsimulated
from .readings import HISTORY, Reading

Certainty = Literal["documented", "likely", "unclear"]


class Surroundings(Protocol):
    """What functions ask for beside their arguments."""

    def readings(self, name: str, mode: str) -> Sequence[Reading]:
        """The history of an attribute, newest first: ``all`` or ``valid``."""

    def now(self) -> int:
        """Milliseconds since 1970."""

    def geofence(self, function: str, zone: int) -> bool:
        """Whether a predicate about a zone holds for this message."""


Implementation = Callable[[Surroundings, list[object]], object]


@dataclass(frozen=True)
class Function:
    """One function: how it is called, what it gives, and how sure that is."""

    name: str
    parameters: str
    least: int
    most: int | None
    result: str
    certainty: Certainty
    summary: str
    call: Implementation
    only_logic: bool = False
    """Whether it is there in the conditions of logic nodes only."""

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.least <= count and (self.most is None or count <= self.most)


MODES: Final = ("all", "valid")


def _attribute(arguments: list[object], function: str) -> tuple[str, int, str]:
    """Name, index and mode of a function over the history. One or two arguments mean index 0 and mode ``all``."""
    name, index, mode = [*arguments, *(0, "all")[len(arguments) - 1 :]] if len(arguments) < 3 else arguments
    if not isinstance(name, str) or isinstance(index, bool | str) or index is None or not isinstance(mode, str):
        raise Failure(f"{function}() takes the name in quotes, an index and a mode in quotes")
    if mode not in MODES:
        raise Failure(f"{function}() knows the modes 'all' and 'valid', not {mode[:20]!r}")
    return name, to_int(index), mode


def _value(around: Surroundings, arguments: list[object]) -> object:
    name, index, mode = _attribute(arguments, "value")
    if not 0 <= index < HISTORY:
        raise Failure(f"value() has the indexes 0 to {HISTORY - 1}, not {index}")
    readings = around.readings(name, mode)
    return readings[index].value if index < len(readings) else None


def _time(function: str, of: Callable[[Reading], int | None]) -> Implementation:
    def time(around: Surroundings, arguments: list[object]) -> object:
        name, index, mode = _attribute(arguments, function)
        readings = around.readings(name, mode)
        if not 0 <= index < len(readings):
            return None
        moment = of(readings[index])
        if moment is None:
            raise unsimulated(f"{function}(), because the reading of {name!r} has no time")
        return Long(moment)

    return time


def _geofence(function: str) -> Implementation:
    def geofence(around: Surroundings, arguments: list[object]) -> object:
        (zone,) = arguments
        if zone is None or isinstance(zone, bool | str):
            raise Failure(f"{function}() takes the id of a zone")
        return around.geofence(function, to_long(zone))

    return geofence


def _now(around: Surroundings, _arguments: list[object]) -> object:
    return Long(around.now())


def _pure(call: Callable[[list[object]], object]) -> Implementation:
    return lambda _around, arguments: call(arguments)


_HISTORY_TEXT = "name, index, mode"
_OF_MESSAGES = (
    Function(
        "value", _HISTORY_TEXT, 1, 3, "any", "documented",
        "An attribute's value, index 0 (newest) to 11; mode 'all' counts messages without it, 'valid' does not.",
        _value,
    ),
    Function(
        "genTime", _HISTORY_TEXT, 1, 3, "long", "documented",
        "When the device made that value, in ms since 1970. An index beyond 11 is null for ever.",
        _time("genTime", lambda reading: reading.generated),
    ),
    Function(
        "srvTime", _HISTORY_TEXT, 1, 3, "long", "documented",
        "When the platform received that value, in ms since 1970.", _time("srvTime", lambda reading: reading.received),
    ),
    Function("now", "", 0, 0, "long", "documented", "The current time, in ms since 1970.", _now),
    Function(
        "dtFormat", "ms", 1, 1, "text", "unclear",
        "A time as text in ISO 8601. The unit (taken as ms) and the exact form are not documented.",
        _pure(functions_util.format_time),
    ),
    Function(
        "inGeofence", "zone", 1, 1, "boolean", "documented", "Whether the device is inside of the zone.",
        _geofence("inGeofence"), only_logic=True,
    ),
    Function(
        "enterGeofence", "zone", 1, 1, "boolean", "documented", "Whether it has come in with this message.",
        _geofence("enterGeofence"), only_logic=True,
    ),
    Function(
        "leaveGeofence", "zone", 1, 1, "boolean", "documented", "Whether it has gone out with this message.",
        _geofence("leaveGeofence"), only_logic=True,
    ),
)  # fmt: skip


def _table() -> Mapping[str, Function]:
    table = {function.name: function for function in _OF_MESSAGES}
    for entry in functions_util.TABLE:
        name = f"util:{entry.name}"
        bounds = (entry.least, entry.most)
        table[name] = Function(
            name, entry.parameters, *bounds, entry.result, "documented", entry.summary, _pure(entry.call)
        )
    for name, method in functions_math.METHODS.items():
        certainty: Certainty = "documented" if name in ("round", "log", "sqrt") else "likely"
        table[f"math:{name}"] = Function(
            f"math:{name}", method.parameters, method.arity, method.arity, method.result, certainty, method.summary,
            _pure(method),
        )  # fmt: skip
    return table


FUNCTIONS: Final[Mapping[str, Function]] = _table()
"""Every function by its name with the namespace."""
NAMESPACES: Final = frozenset(("util", "math"))
ELSEWHERE: Final = frozenset(("sqrt", "abs", "pow", "hour"))
"""Names that one page of the vendor shows without a namespace, and all others do not know."""


def complete(beginning: str) -> list[Function]:
    """The functions whose name begins so, for an editor."""
    return [function for name, function in sorted(FUNCTIONS.items()) if name.startswith(beginning)]
