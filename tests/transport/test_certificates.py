"""Certificates of a CA of one's own, which is made for each run."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from navixy_async import ApiKey, InvalidInput, Navixy
from navixy_async.errors import TransportError
from navixy_async.settings import Pool

from ..support.way_servers import KEY, QUICK, Server, ask, serving

pytestmark = pytest.mark.usefixtures("no_environment")


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


async def test_a_storage_with_tls_of_a_platform_without_it_is_trusted_by_variable(
    secured: Server, ca_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The certificates are not read for the platform, and are when a storage first needs them."""
    async with serving(secured) as safe, Navixy("http://127.0.0.1:9/v2", **QUICK) as navixy:
        slot = {"url": f"https://127.0.0.1:{safe}/put", "file_field_name": "file", "fields": {}}
        with pytest.raises(TransportError, match="is not trusted"):
            await navixy.account(ApiKey(KEY)).fill_slot(slot, b"picture")
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    async with serving(secured) as safe, Navixy("http://127.0.0.1:9/v2", **QUICK) as navixy:
        slot["url"] = f"https://127.0.0.1:{safe}/put"
        await navixy.account(ApiKey(KEY)).fill_slot(slot, b"picture")
    assert len(secured.heads) == 1


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
