"""The wire format: times in both modes, errors, and answers without nulls."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Literal

import msgspec

from .codes import ERRORS

_NAIVE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)")
_MINUTES = tuple(f"{hour:02}:{minute:02}:" for hour in range(24) for minute in range(60))
_SECONDS = tuple(f"{second:02}" for second in range(60))
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_QUARTER = 900
"""Every change of an offset in force today lies on a quarter of an hour of UTC."""

PROBLEMS = {
    3: (401, "errors/unauthorized"),
    4: (401, "errors/unauthorized"),
    5: (400, "errors/bad-request"),
    7: (400, "errors/bad-request"),
    15: (429, "errors/too-many-requests"),
    111: (404, "errors/not-found"),
    112: (404, "errors/not-found"),
    201: (404, "errors/entity/not-found"),
    204: (404, "errors/entity/not-found"),
    208: (403, "errors/entity/blocked"),
}
"""HTTP status and type of a problem. The documents name only ``errors/entity/not-found``; the others are assumed."""

encode = msgspec.json.encode


class WireError(Exception):
    """An error answer: documented code, extra members of the body, HTTP status of the code unless given."""

    def __init__(self, code: int, http: int | None = None, headers: dict[str, str] | None = None, **extra: Any) -> None:
        super().__init__(f"{code} {ERRORS[code][1]}")
        self.code = code
        self.http = ERRORS[code][0] if http is None else http
        self.headers = headers or {}
        self.extra = extra

    def body(self) -> bytes:
        extra = dict(self.extra)
        status = {"code": self.code, "description": extra.pop("description", ERRORS[self.code][1])}
        return encode({"success": False, "status": status, **extra})

    def problem(self) -> tuple[int, bytes]:
        """HTTP status and body of the same error as an RFC 7807 problem: data warehouse and eco fleet answer so."""
        http, kind = PROBLEMS.get(self.code, (self.http, "errors/internal"))
        title = ERRORS[self.code][1]
        faults = self.extra.get("errors", [])
        detail = "; ".join(f"{one['parameter']}: {one['error']}" for one in faults) or self.extra.get("detail", title)
        return http, encode({"type": self.extra.get("type", kind), "title": title, "status": http, "detail": detail})

    def of_iot_logic(self, path: str) -> WireError:
        """The same error as IoT Logic gives it: some codes have other meanings there."""
        code, http = self.code, self.http
        if code in (3, 4):
            return WireError(14, 401, description="Invalid session")
        if code == 201:
            http = 404
        elif code == 7:
            code, http = (293 if "/endpoint/" in path else 292), 400
        return WireError(code, http, self.headers, **self.extra)


def invalid(parameter: str, error: str) -> WireError:
    """The answer to one wrong parameter."""
    return WireError(7, errors=[{"parameter": parameter, "error": error}])


class Times:
    """Reads and writes times for one account, in ISO mode or naively in the account's zone."""

    def __init__(self, zone: tzinfo, iso: Literal["colon", "compact", "zulu"] | None) -> None:
        self._zone = UTC if iso == "zulu" else zone
        self.iso = iso
        self._between = "T" if iso else " "
        self._offsets: dict[int, tuple[int, str]] = {}
        self._days: dict[int, str] = {}

    def text(self, epoch: int) -> str:
        """`epoch` seconds as the platform writes them."""
        known = self._offsets.get(epoch // _QUARTER)
        offset, suffix = known if known is not None else self._learn(epoch)
        day, second = divmod(epoch + offset, 86_400)
        prefix = self._days.get(day)
        if prefix is None:
            prefix = self._days[day] = date.fromordinal(_EPOCH_DAY + day).isoformat() + self._between
        return prefix + _MINUTES[second // 60] + _SECONDS[second % 60] + suffix

    def of(self, moment: datetime) -> str:
        return self.text(int(moment.timestamp()))

    def day(self, epoch: int) -> str:
        """The account's calendar day at `epoch`."""
        return self.text(epoch)[:10]

    def read(self, text: str) -> int | None:
        """Epoch seconds of the platform's `text`; ``None`` if it is not a time of this mode.

        ISO mode wants an offset. In the naive mode an hour that happens twice means the first of the two, and an hour
        that a change of the clock skips means the same span after it.
        """
        if not (_ISO if self.iso else _NAIVE).fullmatch(text):
            return None
        moment = moment_of(text, self._zone)
        return None if moment is None else seconds_of(moment)

    def _learn(self, epoch: int) -> tuple[int, str]:
        delta = datetime.fromtimestamp(epoch, self._zone).utcoffset()
        offset = int(delta.total_seconds()) if delta is not None else 0
        if self.iso is None:
            suffix = ""
        elif self.iso == "zulu":
            suffix = "Z"
        else:
            minutes = abs(offset) // 60
            colon = ":" if self.iso == "colon" else ""
            suffix = f"{'-' if offset < 0 else '+'}{minutes // 60:02}{colon}{minutes % 60:02}"
        if len(self._offsets) > 200_000:
            self._offsets.clear()
        self._offsets[epoch // _QUARTER] = (offset, suffix)
        return offset, suffix


def moment_of(text: str, zone: tzinfo | None) -> datetime | None:
    """A time of ISO 8601, in `zone` without an offset; ``None`` if it is not one, or has neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        return moment
    return None if zone is None else moment.replace(tzinfo=zone)


def seconds_of(moment: datetime) -> int | None:
    """Epoch seconds; ``None`` at the ends of the calendar, where some zones cannot express a time."""
    return int(moment.timestamp()) if 1 < moment.year < 9999 else None


def without_nulls(value: Any) -> Any:
    """`value` with every member that is null left out, at any depth, as the platform does."""
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_nulls(member) for member in value]
    return value
