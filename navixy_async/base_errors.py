"""The root of all errors, and the one that everything may raise which checks what it is given.

They stand apart because the values that errors carry (times, credentials, gaps) check what they are made of, too.
All others import them from :mod:`navixy_async.errors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

N = TypeVar("N", bound="NavixyError")


class NavixyError(Exception):
    """The root of everything this package raises on purpose."""

    __module__ = "navixy_async.errors"  # where users import it from; tracebacks and pickles say so

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__.copy())

    def again(self) -> Self:
        """The same error without the frames it has passed, for another waiter."""
        return _rebuild(type(self), self.args, self.__dict__)


class InvalidInput(NavixyError, ValueError):
    """What was asked for cannot be sent; the message says what is wrong and what to do."""

    __module__ = "navixy_async.errors"


def _rebuild(cls: type[N], args: tuple[Any, ...], state: Mapping[str, Any]) -> N:
    error = cls.__new__(cls)
    Exception.__init__(error, *args)
    error.__dict__.update(state)
    return error
