"""The way to the platform: proxies by setting and environment, certificates of a CA of one's own, odd base URLs.

The proxy is a raw server that forwards (``GET http://…``) and tunnels (``CONNECT``); the CA is made for each run.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
import rich.pretty
import trustme

from navixy_async import ApiKey, InvalidInput, Navixy
from navixy_async.errors import ConnectFailed, NavixyError, NotFound, TransportError
from navixy_async.settings import BaseUrl, Pool, Retries, Timeouts

KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
ROOT = Path(__file__).parent.parent.parent
QUICK: dict[str, Any] = {
    "retries": Retries(attempts=5, base=0.001, longest=0.01),
    "timeouts": Timeouts(total=10, attempt=5, connect=3, read=3, close=1),
}
VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "NAVIXY_CA_FILE"):
        monkeypatch.delenv(name, raising=False)


class Server:
    """Answers every request with an empty list, and remembers the heads."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.context = context
        self.heads: list[str] = []
        self.connections = 0
        self.tasks: set[asyncio.Task[Any]] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        await reader.readexactly(int(length[1]) if length else 0)
        body = json.dumps({"success": True, "list": []}).encode()
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        )

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.tasks.add(asyncio.current_task())  # type: ignore[arg-type]
        try:
            while True:
                await self.serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class ProxyServer(Server):
    """A proxy for HTTP and, by CONNECT, for everything; with `password`, only for who knows it."""

    def __init__(self, password: str | None = None) -> None:
        super().__init__()
        self.password = password

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heads.append(head)
        if self.password is not None and b64encode(self.password.encode()).decode() not in head:
            writer.write(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            raise ConnectionError
        method, target, _ = head.split(" ", 2)
        place = target if method == "CONNECT" else target.split("/")[2]
        host, _, port = place.rpartition(":")
        there, back = await asyncio.open_connection(host.replace("platform.example", "127.0.0.1"), int(port))
        if method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            back.write(head.replace(target, "/" + target.split("/", 3)[3]).encode())
        try:
            await asyncio.gather(pump(reader, back), pump(there, writer))
        finally:
            back.close()


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    raise ConnectionError


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[int]:
    running = await asyncio.start_server(server, "127.0.0.1", 0, ssl=server.context)
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()
        for task in server.tasks:
            task.cancel()
        await asyncio.gather(*server.tasks, return_exceptions=True)


async def ask(url: str, **pool: Any) -> Any:
    async with Navixy(url, pool=Pool(**pool), **QUICK) as navixy:
        return await navixy.account(ApiKey(KEY)).call("tracker/list")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def secured(authority: trustme.CA) -> Server:
    """A server whose certificate only that CA has signed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "platform.example").configure_cert(context)
    return Server(context)


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    yield path
    path.unlink()


# --- proxies --------------------------------------------------------------------------------------------------------


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
        with pytest.raises(InvalidInput, match="proxy names no HTTP proxy") as refused:
            await ask("http://127.0.0.1:9/v2", proxy=wrong)
        said.append(str(refused.value))
    assert not any("burrow-77" in text or b64encode(b"mole:burrow-77").decode() in text for text in said)


async def test_a_proxy_that_wants_a_password_says_so(secured: Server) -> None:
    async with serving(secured) as safe, serving(ProxyServer("a:b")) as port:
        with pytest.raises(ConnectFailed, match=r"refuses to connect .*HTTP 407\): give its name and password"):
            await ask(f"https://127.0.0.1:{safe}/v2", proxy=f"http://127.0.0.1:{port}")


# --- certificates ---------------------------------------------------------------------------------------------------


async def test_a_certificate_that_is_not_trusted_is_told_once(secured: Server) -> None:
    """Asking again would not help; and the sentence says what would."""
    async with serving(secured) as safe:
        with pytest.raises(TransportError, match=r"certificate .* is not trusted .*--ca-file, NAVIXY_CA_FILE or"):
            await ask(f"https://127.0.0.1:{safe}/v2")
    assert secured.connections <= 1
    assert not secured.heads


async def test_a_ca_of_ones_own_is_trusted_by_setting(secured: Server, ca_file: Path) -> None:
    async with serving(secured) as safe:
        assert await ask(f"https://127.0.0.1:{safe}/v2", ca_file=ca_file)


async def test_a_ca_of_ones_own_is_trusted_by_variable(
    secured: Server, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    async with serving(secured) as safe:
        assert await ask(f"https://127.0.0.1:{safe}/v2")


def test_an_empty_variable_does_not_distrust_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    from navixy_async.transport.certificates import ssl_context

    everybody = len(ssl.create_default_context().get_ca_certs())
    monkeypatch.setenv("SSL_CERT_FILE", "")
    context = ssl_context(None)
    assert context is not None
    assert len(context.get_ca_certs()) == everybody


def test_a_file_without_certificates_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("nothing")
    for path, why in ((tmp_path / "none.pem", "No such file"), (tmp_path / "empty.pem", "no certificate in PEM")):
        with pytest.raises(InvalidInput, match=why):
            Navixy("eu", pool=Pool(ca_file=path))


# --- the command ----------------------------------------------------------------------------------------------------


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


# --- base URLs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/", "/v2", "/v2/", "/api", "/api-v2/", "/api/v2"])
@pytest.mark.parametrize("region", ["eu", "us"])
def test_the_prefix_of_a_hosted_platform_is_known(region: str, path: str) -> None:
    assert BaseUrl.parse(f"https://api.{region}.navixy.com{path}").url == f"https://api.{region}.navixy.com/v2"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://www.navixy.com/docs/navixy-api/", r"a site for people.* https://api\.eu\.navixy\.com/v2"),
        ("https://developers.navixy.com/user-api", r"a site for people.* https://api\.eu\.navixy\.com/v2"),
        ("https://api.eu.navixy.com/v2/tracker/list", r"must end with the prefix /v2.* https://api\.eu"),
        ("https://gps.example.com/api", "write https://gps.example.com/api-v2"),
        ("https://gps.example.com/api-v2/docs/index.html", "write the base of the interface"),
    ],
)
def test_the_url_of_a_page_is_refused_with_the_right_one(url: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        BaseUrl.parse(url)


async def test_a_base_without_prefix_is_doubted_when_something_else_answers() -> None:
    class Website(Server):
        async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            await reader.readexactly(int(length[1]) if length else 0)
            status = b"404 Not Found" if b"tracker" in head else b"200 OK"
            writer.write(b"HTTP/1.1 %s\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>" % status)

    async with serving(Website()) as port, Navixy(f"http://127.0.0.1:{port}", **QUICK) as navixy:
        account = navixy.account(ApiKey(KEY))
        with pytest.raises(NotFound, match=rf"usually ends like http://127\.0\.0\.1:{port}/v2 or"):
            await account.call("tracker/list")
        with pytest.raises(NavixyError, match=rf"usually ends like http://127\.0\.0\.1:{port}/v2 or"):
            await account.call("place/list")
