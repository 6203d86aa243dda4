"""The 64 actions of the panel in the vendor's OpenAPI, against Prism, which serves it and refuses its breach."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from navixy_async import InvalidInput, Navixy, Retries, SessionHash
from navixy_async.api.models.panel_tariff import PanelTariff
from navixy_async.api.models.panel_user import (
    MenuPresetAssignment,
    MfaSettings,
    MfaUpdateTarget,
    PanelUserFormIndividual,
    PanelUserFormLegalEntity,
    PanelUserFormSoleTrader,
)
from navixy_async.errors import ApiError
from navixy_async.panel import PanelAccount

from ..support import prism
from ..support.api import ACTIONS, EXAMPLES, argument, in_zone

pytestmark = prism.MARKS

SPEC = Path(__file__).parent.parent / "data" / "panel" / "openapi.json"
DOCUMENT: dict[str, Any] = json.loads(SPEC.read_text(encoding="utf-8"))
PATHS = [path.removeprefix("/") for path in DOCUMENT["paths"]]

REFUSED = {
    "panel/user/menu/preset/create": "the sample prints the footer as a list; the file, and all answers, as one object",
    "panel/user/menu/preset/update": "the sample prints the footer as a list; the file, and all answers, as one object",
}
"""Documented requests that break the file, with the reason."""

NOT_SENT = {
    "panel/dealer/settings/service/update": "the sample has `limited_domain`, which was withdrawn",
    "panel/subpaas/update": "the sample is that of `create`: it has a password, and neither id nor block type",
}
"""Documented requests that our methods have no parameters for, with the reason."""

Call = Callable[[PanelAccount], Awaitable[Any]]
PERSON: dict[str, Any] = {"first_name": "Ada", "middle_name": "", "last_name": "Lovelace", "phone": "491761234567"}
POST: dict[str, Any] = {
    "post_country": "Germany",
    "post_region": "Berlin",
    "post_city": "Berlin",
    "post_street_address": "Unter den Linden 1",
    "post_index": "10117",
}
REGISTERED = {name.replace("post_", "registered_"): value for name, value in POST.items()}
FIRM: dict[str, Any] = {**REGISTERED, "tin": "1234567890"}


def _create(form: Any) -> Call:
    return lambda panel: panel.user.create(user=form, password="a long password", locale="en_US", time_zone="UTC")


def _whole(read: str, update: str) -> Call:
    """Reads settings of the dealer, and sends everything back."""

    async def call(panel: PanelAccount) -> Any:
        settings = msgspec.to_builtins(await _method(panel, read)())
        settings = settings.get("settings", settings)
        known = {param.name: param for param in ACTIONS[update].params}
        given = {name: value for name, value in settings.items() if name in known and value is not None}
        shown = {param.name: value for param, value in ((known[n], v) for n, v in _shown(update).items() if n in known)}
        return await _method(panel, update)(**{known[name].python: v for name, v in {**shown, **given}.items()})

    return call


def _shown(path: str) -> dict[str, Any]:
    found: dict[str, Any] = next(e["json"] for e in EXAMPLES if e["kind"] == "request" and e.get("path") == path)
    return found


OWN: list[tuple[str, Call]] = [
    ("panel/dealer/settings/image/upload", lambda panel: panel.dealer.settings.image.upload("logo", b"\x89PNG")),
    ("panel/dealer/settings/image/delete", lambda panel: panel.dealer.settings.image.delete("monitoring_logo")),
    (
        "panel/dealer/settings/notification/update",
        _whole("panel/dealer/settings/notification/read", "panel/dealer/settings/notification/update"),
    ),
    (
        "panel/dealer/settings/service/update",
        _whole("panel/dealer/settings/service/read", "panel/dealer/settings/service/update"),
    ),
    (
        "panel/subpaas/update",
        lambda panel: panel.subpaas.update(
            subpaas_id=7,
            block_type="NOT_BLOCKED",
            title="North",
            jur_name="North Ltd",
            email="north@example.com",
            jur_country="Germany",
            link_monitoring="north.example.com",
        ),
    ),
    (
        "panel/tariff/update",
        lambda panel: panel.tariff.update(PanelTariff(id=7, name="Premium", price=12.5, store_period="1y")),
    ),
    (
        "panel/user/create",
        _create(PanelUserFormIndividual(login="ada@example.com", **PERSON, **POST)),
    ),
    (
        "panel/user/create",
        _create(PanelUserFormSoleTrader(login="ada@example.com", **PERSON, **POST, **FIRM)),
    ),
    (
        "panel/user/create",
        _create(
            PanelUserFormLegalEntity(
                login="ada@example.com", iec="123", legal_name="Engine Ltd", **PERSON, **POST, **FIRM
            )
        ),
    ),
    ("panel/user/upload", lambda panel: panel.user.upload(b"login;first_name\n")),
    ("panel/user/menu/preset/create", lambda panel: panel.user.menu.preset.create(_preset())),
    ("panel/user/menu/preset/update", lambda panel: panel.user.menu.preset.update({**_preset(), "id": 346})),
    (
        "panel/user/menu/preset/assign",
        lambda panel: panel.user.menu.preset.assign(346, MenuPresetAssignment(type="users", ids=[7])),
    ),
    (
        "panel/user/mfa/settings/update",
        lambda panel: panel.user.mfa.settings.update(
            MfaUpdateTarget(type="selected", ids=[7]), MfaSettings(type="allowed", factor_types=["email"])
        ),
    ),
    (
        "panel/user/mfa/settings/default/update",
        lambda panel: panel.user.mfa.settings.default.update(MfaSettings(type="disallowed")),
    ),
    ("panel/tracker/active/history/list", lambda panel: panel.tracker.active.history.list("2026-06", "2026-08")),
]
"""Calls beside the documented requests: with structs, and of what they do not show."""


def _preset() -> dict[str, Any]:
    group: dict[str, Any] = {"title": None, "items": []}
    return {"title": "Own", "main": [group], "footer": group}


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[tuple[str, list[str]]]:
    """The address of a running Prism, and what it says; what cannot be served is mended, see the README of the file."""
    document = json.loads(SPEC.read_text(encoding="utf-8"))
    document.pop("servers")
    for path in document["paths"].values():
        empty = {"type": "object", "maxProperties": 0}
        path["post"].setdefault("requestBody", {"content": {"application/json": {"schema": empty}}})
    async with prism.judge(document, tmp_path) as served:
        yield served


def _method(panel: PanelAccount, path: str) -> Any:
    found: Any = panel
    for attribute in ACTIONS[path].attributes[1:]:
        found = getattr(found, attribute)
    return found


def _documented(path: str, shown: dict[str, Any]) -> Call:
    async def call(panel: PanelAccount) -> Any:
        given = {}
        for name, value in shown.items():
            param = ACTIONS[path].param(name)
            if param is None:
                raise InvalidInput(f"no parameter {name}")
            given[param.python] = in_zone(ACTIONS[path], argument(param.type, value))
        try:
            return await _method(panel, path)(**given)
        except TypeError as error:
            raise InvalidInput(str(error)) from None

    return call


def calls() -> list[tuple[str, Call]]:
    """Every documented request of the file's actions, the calls beside them, and each action without parameters."""
    shown = [e for e in EXAMPLES if e["kind"] == "request" and e.get("path") in PATHS]
    found = [(example["path"], _documented(example["path"], example["json"])) for example in shown]
    bare = [path for path in PATHS if not ACTIONS[path].params]
    return found + OWN + [(path, _documented(path, {})) for path in bare]


async def test_no_request_is_refused_but_the_listed_ones(
    served: tuple[str, list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    url, said = served
    refused, unsent, passed = set(), set(), set()
    async with Navixy(url, retries=Retries(attempts=1), strict=False) as navixy:
        panel = navixy.panel_account(SessionHash("0123456789abcdef" * 2))
        for path, call in calls():
            before = len(said)
            try:
                await call(panel)
            except InvalidInput:
                unsent.add(path)
            except ApiError:
                refused.add(path)
                assert path in REFUSED, "".join(said[before:])
            else:
                passed.add(path)
    assert len(PATHS) == 64
    assert passed == set(PATHS), "each action of the file has a request that passes"
    assert refused == set(REFUSED)
    assert unsent == set(NOT_SENT)
    odd = {record.getMessage().partition(":")[0] for record in caplog.records if record.name == "navixy_async"}
    assert odd == set(ODD_ANSWERS)


ODD_ANSWERS = {
    "panel/user/transaction/list": "the file prints the moment of a transaction as any text",
    "panel/tracker/batch_clone": "the file has objects of any shape where samples have ids",
}
"""Actions whose answers, as Prism makes them up from the file, contradict the platform's samples."""


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("panel/tariff/update", {"tariff": {"id": "seven"}}),
        ("panel/tracker/active/history/list", {"from": "June", "to": "August"}),
        ("panel/gateways/email/list", {"limit": 3}),
    ],
)
async def test_the_judge_would_notice(served: tuple[str, list[str]], path: str, params: dict[str, Any]) -> None:
    """What the file does not allow, sent past our own checks, is refused."""
    url, _ = served
    async with Navixy(url, retries=Retries(attempts=1)) as navixy:
        with pytest.raises(ApiError):
            await navixy.panel_account(SessionHash("0123456789abcdef" * 2)).call(path, params)
