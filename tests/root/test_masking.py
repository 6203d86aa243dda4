"""Secrets are taken out of what the server says, and out of nothing else."""

from __future__ import annotations

import base64
import html
import json
import time
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from navixy_async import Login, Navixy, NavixyError, Retries
from navixy_async.masking import Mask, Secret

from ..support.watch import Watch


@pytest.mark.parametrize("login", ["user", "auth", "User", "track", "answered", "json"])
@pytest.mark.parametrize("kind", ["code", "page", "redirect", "text", "shape"])
async def test_a_login_that_is_a_common_word_does_not_garble_our_own_words(login: str, kind: str, watch: Watch) -> None:
    said = {
        "code": web.json_response({"success": False, "status": {"code": 7, "description": f"bad {login}"}}, status=400),
        "page": web.Response(status=404, text=f"<html>{login}", reason=f"No {login}"),
        "redirect": web.Response(status=302, headers={"Location": f"/elsewhere/{login}"}),
        "text": web.Response(text="nothing", content_type=f"text/{login}"),
        "shape": web.json_response({"success": True, "hash": [login]}),
    }[kind]

    async def answer(_request: web.Request) -> web.StreamResponse:
        return said

    credential = Login(login, "correct horse")
    watch.secrets.discard(login)  # every file and log of the suite holds such words
    app = web.Application()
    app.router.add_route("*", "/v2/user/auth", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    try:
        async with Navixy(str(server.make_url("/v2")), retries=Retries(attempts=1)) as navixy:
            with pytest.raises(NavixyError) as caught:
                await navixy.account(credential).tracker.list()
    finally:
        await server.close()
    error = caught.value
    assert error.operation == "user/auth"  # type: ignore[attr-defined]
    assert "user/auth" in str(error)
    around = str(error).replace("user/auth", "").replace("answered", "").replace("JSON", "").replace("json", "")
    assert kind == "shape" or login.lower() not in around.lower()


SECRETS = ["0123456789abcdef" * 2, 's3cr3t-pass"word', "пароль-да", "a b&c<d>", "----", "horse.battery"]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_in_any_spelling_anywhere(secret: str) -> None:
    mask = Mask([Secret(secret)])
    raw = secret.encode()
    spelt = [
        secret,
        secret.upper() if secret.isascii() else secret,
        json.dumps(secret),
        json.dumps(secret, ensure_ascii=False),
        html.escape(secret),
    ]
    spelt += [quote(secret), quote(quote(secret)), raw.hex(), raw.hex().upper(), repr(secret)]
    spelt += [base64.b64encode(b"me:" + raw).decode()] if len(raw) > 6 else []
    for written in spelt:
        for value in (written, {"a": [written]}, {written: 1}, [[{"x": f"so {written}, so"}]], written.encode()):
            assert mask.clean(value) != value, written


def test_a_megabyte_of_an_error_does_not_hold_up_the_others() -> None:
    mask = Mask(map(Secret, ["who@ever.com", 's3cr3t-pass"word', "ef" * 16]))
    texts: list[Any] = ["%25" * 300_000, {"list": [{"id": n, "label": f"tracker {n}"} for n in range(20_000)]}]
    started = time.process_time()
    for text in texts:
        assert mask.clean(text) == text
    assert time.process_time() - started < 0.3
