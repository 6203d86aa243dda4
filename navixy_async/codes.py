"""The platform's error codes as data: which exception each becomes, and what the client does about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import errors as e
from .errors import Handling

_RAISE, _RETRY, _THROTTLE, _LOGIN = Handling.RAISE, Handling.RETRY, Handling.THROTTLE, Handling.LOGIN

BACKEND: dict[int, tuple[type[e.ApiError], Handling]] = {
    1: (e.ServerFault, _RETRY),
    2: (e.ServerFault, _RAISE),
    3: (e.SessionEnded, _LOGIN),
    4: (e.SessionEnded, _LOGIN),
    5: (e.InvalidRequest, _RAISE),
    6: (e.ServerFault, _RETRY),
    7: (e.InvalidRequest, _RAISE),
    8: (e.ServerFault, _RETRY),
    9: (e.InvalidRequest, _RAISE),
    11: (e.AccessDenied, _RAISE),
    12: (e.NotFound, _RAISE),
    13: (e.AccessDenied, _RAISE),
    14: (e.ServerFault, _RETRY),
    15: (e.RateLimited, _THROTTLE),
    101: (e.AccessDenied, _RAISE),
    102: (e.WrongLogin, _RAISE),
    103: (e.AuthError, _RAISE),
    104: (e.LoginLimitError, _RAISE),
    105: (e.LoginLimitError, _RAISE),
    111: (e.UnknownAction, _RAISE),
    112: (e.UnknownAction, _RAISE),
    201: (e.NotFound, _RAISE),
    202: (e.InvalidRequest, _RAISE),
    203: (e.Conflict, _RAISE),
    204: (e.NotFound, _RAISE),
    206: (e.Conflict, _RAISE),
    207: (e.InvalidRequest, _RAISE),
    208: (e.TrackerBlocked, _RAISE),
    209: (e.ServerFault, _RAISE),
    210: (e.InvalidRequest, _RAISE),
    211: (e.SpanTooBig, _RAISE),
    212: (e.LimitTooBig, _RAISE),
    213: (e.Conflict, _RAISE),
    214: (e.Unsupported, _RAISE),
    215: (e.ServerFault, _RAISE),
    217: (e.BatchPoisoned, _RAISE),
    218: (e.InvalidRequest, _RAISE),
    219: (e.Unsupported, _RAISE),
    220: (e.Unsupported, _RAISE),
    221: (e.TooManyTrackers, _RAISE),
    222: (e.NotFound, _RAISE),
    223: (e.Conflict, _RAISE),
    224: (e.Conflict, _RAISE),
    225: (e.AccessDenied, _RAISE),
    226: (e.InvalidRequest, _RAISE),
    227: (e.InvalidRequest, _RAISE),
    228: (e.Unsupported, _RAISE),
    229: (e.NotReady, _RAISE),
    230: (e.Unsupported, _RAISE),
    231: (e.Conflict, _RAISE),
    232: (e.Conflict, _RAISE),
    233: (e.InvalidRequest, _RAISE),
    234: (e.InvalidRequest, _RAISE),
    235: (e.InvalidRequest, _RAISE),
    236: (e.TariffRestricted, _RAISE),
    237: (e.InvalidRequest, _RAISE),
    238: (e.AccessDenied, _RAISE),
    239: (e.NotFound, _RAISE),
    240: (e.AccessDenied, _RAISE),
    241: (e.Conflict, _RAISE),
    242: (e.InvalidRequest, _RAISE),
    243: (e.Conflict, _RAISE),
    244: (e.Conflict, _RAISE),
    245: (e.InvalidRequest, _RAISE),
    246: (e.InvalidRequest, _RAISE),
    247: (e.Conflict, _RAISE),
    248: (e.AuthError, _RAISE),
    249: (e.Unsupported, _RAISE),
    250: (e.Conflict, _RAISE),
    251: (e.TariffRestricted, _RAISE),
    252: (e.Conflict, _RAISE),
    253: (e.Conflict, _RAISE),
    254: (e.ServerFault, _RAISE),
    255: (e.Conflict, _RAISE),
    256: (e.Conflict, _RAISE),
    257: (e.AccessDenied, _RAISE),
    258: (e.NotFound, _RAISE),
    259: (e.InvalidRequest, _RAISE),
    260: (e.InvalidRequest, _RAISE),
    261: (e.Conflict, _RAISE),
    262: (e.InvalidRequest, _RAISE),
    263: (e.Conflict, _RAISE),
    264: (e.Conflict, _RAISE),
    265: (e.Conflict, _RAISE),
    266: (e.Conflict, _RAISE),
    267: (e.InvalidRequest, _RAISE),
    268: (e.TariffRestricted, _RAISE),
    269: (e.Conflict, _RAISE),
    270: (e.Conflict, _RAISE),
    271: (e.InvalidRequest, _RAISE),
    272: (e.InvalidRequest, _RAISE),
    273: (e.Conflict, _RAISE),
    274: (e.InvalidRequest, _RAISE),
    275: (e.AuthError, _RAISE),
    276: (e.AuthError, _RAISE),
    277: (e.Conflict, _RAISE),
    278: (e.Conflict, _RAISE),
    279: (e.InvalidRequest, _RAISE),
    280: (e.Conflict, _RAISE),
    281: (e.AccessDenied, _RAISE),
    282: (e.AuthError, _RAISE),
    284: (e.InvalidRequest, _RAISE),
    286: (e.InvalidRequest, _RAISE),
    287: (e.AccessDenied, _RAISE),
    289: (e.AccessDenied, _RAISE),
    290: (e.Conflict, _RAISE),
    291: (e.AccessDenied, _RAISE),
}
"""Backend, data warehouse and eco fleet."""

PANEL: dict[int, tuple[type[e.ApiError], Handling]] = {
    **BACKEND,
    294: (e.InvalidRequest, _RAISE),
}
"""The panel says 294 of a password that was used lately."""

IOT_LOGIC: dict[int, tuple[type[e.ApiError], Handling]] = {
    **BACKEND,
    292: (e.InvalidRequest, _RAISE),
    293: (e.InvalidRequest, _RAISE),
    294: (e.InvalidRequest, _RAISE),
}
"""IoT Logic says 292 to 294 of flows, endpoints and nodes."""

_BY_API = {"iot_logic": IOT_LOGIC, "panel": PANEL}

_BY_CODE_AND_STATUS: dict[tuple[str, int, int], tuple[type[e.ApiError], Handling]] = {
    ("iot_logic", 7, 403): (e.AccessDenied, _RAISE),
    ("iot_logic", 14, 401): (e.SessionEnded, _LOGIN),
}
"""IoT Logic 1.0 gave two numbers another meaning, which installations may still do: the HTTP status shows which."""

_BY_STATUS: dict[int, tuple[type[e.ApiError], Handling]] = {
    400: (e.InvalidRequest, _RAISE),
    401: (e.SessionEnded, _LOGIN),
    402: (e.TariffRestricted, _RAISE),
    403: (e.AccessDenied, _RAISE),
    404: (e.NotFound, _RAISE),
    409: (e.Conflict, _RAISE),
    412: (e.InvalidRequest, _RAISE),
    413: (e.InvalidRequest, _RAISE),
    429: (e.RateLimited, _THROTTLE),
}


def meaning(api: str, code: int, http_status: int) -> tuple[type[e.ApiError], Handling]:
    """What an error answer becomes: by the body's code first, by the HTTP status where the code says nothing.

    Where one code has two meanings, the HTTP status decides between them.
    """
    if http_status == 429:
        return e.RateLimited, _THROTTLE
    known = _BY_CODE_AND_STATUS.get((api, code, http_status)) or _BY_API.get(api, BACKEND).get(code)
    if known is not None:
        return known
    if http_status >= 500:
        return e.ServerFault, _RETRY
    return _BY_STATUS.get(http_status, (e.ApiError, _RAISE))


def error_of(
    api: str,
    code: int,
    description: str,
    *,
    http_status: int = 400,
    operation: str = "",
    attempts: int = 1,
    extra: Mapping[str, Any] | None = None,
    retry_after: float | None = None,
    from_platform: bool | None = None,
) -> e.ApiError:
    """The exception for an error answer, with how the client handles it.

    Only the platform's own envelope may end a session, or say that something does not exist: an answer without one came
    from a gateway on the way, which may be gone in a moment.
    """
    kind, handling = meaning(api, code, http_status)
    own = code != 0 if from_platform is None else from_platform
    if not own and handling in (_RAISE, _LOGIN):
        handling = _RETRY
    return kind(
        code,
        description,
        http_status=http_status,
        operation=operation,
        attempts=attempts,
        extra=extra,
        retry_after=retry_after,
        from_platform=own,
        handling=handling,
    )
