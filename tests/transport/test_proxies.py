"""Proxies by setting and by environment.

The proxy is a raw server that forwards (``GET http://…``) and tunnels (``CONNECT``).
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import msgspec
import pytest
import rich.pretty

from navixy_async import InvalidInput
from navixy_async.errors import ConnectFailed
from navixy_async.settings import Pool

from ..support.way_servers import KEY, ProxyServer, Server, ask, serving

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.usefixtures("no_environment")


async def test_a_proxy_by_setting_forwards_and_tunnels(secured: Server, ca_file: Path) -> None:
    proxy = ProxyServer("us er:p@ss/word")
    async with serving(Server()) as plain, serving(secured) as safe, serving(proxy) as port:
        way = f"http://us%20er:p%40ss%2Fword@127.0.0.1:{port}"
        assert await ask(f"http://127.0.0.1:{plain}/v2", proxy=way) == {"success": True, "list": []}
        assert await ask(f"https://platform.example:{safe}/v2", proxy=way, ca_file=ca_file)
    assert proxy.heads[0].startswith("POST http://127.0.0.1")
    assert proxy.heads[1].startswith("CONNECT platform.example")
    assert KEY not in proxy.heads[1], "a tunnel carries the credential inside TLS alone"
    assert "Proxy-Authorization" not in secured.heads[0]


@pytest.mark.parametrize(
    ("variables", "is_used"),
    [
        ({"HTTP_PROXY": "WAY"}, True),
        ({"http_proxy": "WAY", "HTTP_PROXY": "http://nowhere.invalid:1"}, True),
        ({"ALL_PROXY": "WAY", "HTTP_PROXY": ""}, True),
        ({"all_proxy": "BARE"}, True),
        ({"HTTPS_PROXY": "WAY"}, False),
        ({"HTTP_PROXY": "WAY", "NO_PROXY": "localhost, 127.0.0.1"}, False),
        ({"HTTP_PROXY": "WAY", "no_proxy": "127.0.0.0/8"}, False),
        ({"HTTP_PROXY": "WAY", "no_proxy": "*"}, False),
        ({"HTTP_PROXY": "WAY", "no_proxy": "", "NO_PROXY": "127.0.0.1"}, False),
        ({"HTTP_PROXY": "WAY", "no_proxy": "example.com,.internal,27.0.0.1"}, True),
        ({"HTTP_PROXY": ""}, False),
        ({}, False),
    ],
)
async def test_the_environment_names_proxies_if_that_is_wished(
    variables: dict[str, str], is_used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = ProxyServer()
    async with serving(Server()) as plain, serving(proxy) as port:
        for name, value in variables.items():
            way = value.replace("WAY", f"http://127.0.0.1:{port}").replace("BARE", f"127.0.0.1:{port}")
            monkeypatch.setenv(name, way)
        assert await ask(f"http://127.0.0.1:{plain}/v2", proxy="environment")
        assert bool(proxy.heads) is is_used
        proxy.heads.clear()
        assert await ask(f"http://127.0.0.1:{plain}/v2")
        assert not proxy.heads, "without the setting the environment has no say"


async def test_netrc_gives_nobody_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password else")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    server, proxy = Server(), ProxyServer()
    async with serving(server) as plain, serving(proxy) as port:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{port}")
        await ask(f"http://127.0.0.1:{plain}/v2", proxy="environment")
    assert f"Authorization: NVX {KEY}" in server.heads[0]
    assert "Basic" not in server.heads[0] + proxy.heads[0]


async def test_no_message_and_no_repr_shows_the_proxys_password() -> None:
    way, said = "http://mole:burrow-77@127.0.0.1:1", []
    pool = Pool(proxy=way)
    said += [repr(pool), str(pool), rich.pretty.pretty_repr(pool), repr(msgspec.structs.asdict(pool))]
    for url in ("http://127.0.0.1:9/v2", "https://127.0.0.1:9/v2"):
        with pytest.raises(ConnectFailed, match=r"cannot connect to the proxy http://127\.0\.0\.1:1") as caught:
            await ask(url, proxy=way)
        trace = caught.value.__traceback__
        while trace is not None:
            if "navixy_async/" in trace.tb_frame.f_code.co_filename:
                said += [repr(value) + rich.pretty.pretty_repr(value) for value in trace.tb_frame.f_locals.values()]
            trace = trace.tb_next
    for wrong in ("socks5://mole:burrow-77@127.0.0.1:1", "http://mole:burrow-77@:1", "http://mole:burrow-77@h:x"):
        with pytest.raises(InvalidInput, match="proxy is not the URL of an HTTP proxy") as refused:
            await ask("http://127.0.0.1:9/v2", proxy=wrong)
        said.append(str(refused.value))
    assert not any("burrow-77" in text or b64encode(b"mole:burrow-77").decode() in text for text in said)


async def test_a_proxy_that_wants_a_password_says_so(secured: Server) -> None:
    async with serving(secured) as safe, serving(ProxyServer("a:b")) as port:
        with pytest.raises(ConnectFailed, match=r"refuses to connect .*HTTP 407\): give its name and password"):
            await ask(f"https://127.0.0.1:{safe}/v2", proxy=f"http://127.0.0.1:{port}")


async def command(*words: str, **environment: str) -> tuple[int, str, str]:
    """A real process, while the servers go on in this loop."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("NAVIXY_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "navixy_async.cli", *words),
        env=known | {"PYTHONPATH": str(ROOT), "NAVIXY_API_KEY": KEY} | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_the_command_goes_through_the_environments_proxy_and_trusts_the_file(
    secured: Server, ca_file: Path
) -> None:
    proxy = ProxyServer("mole:burrow-77")
    async with serving(secured) as safe, serving(proxy) as port:
        words = ("call", "tracker/list", "--url", f"https://platform.example:{safe}/v2")
        way = {"HTTPS_PROXY": f"http://mole:burrow-77@127.0.0.1:{port}"}
        code, out, err = await command(*words, "--ca-file", str(ca_file), **way)
        assert (code, out) == (0, '{"success":true,"list":[]}\n'), err
        code, out, err = await command(*words, **way, NAVIXY_CA_FILE=str(ca_file))
        assert code == 0, err
        code, out, err = await command(*words, **way, NAVIXY_CA_FILE="")
        assert (code, out) == (4, "")
        assert err.count("is not trusted") == 1
        assert err.count("\n") == 1
    assert [head.split()[0] for head in proxy.heads] == ["CONNECT"] * 3
    assert "burrow-77" not in out + err
