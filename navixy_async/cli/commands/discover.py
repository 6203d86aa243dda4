"""`navixy discover`: the URL of a platform, found by trying."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...settings import HOSTED_ONLY
from ..context import make_pool
from ..exit_codes import ExitCode
from ..output import notify, write, write_json
from ..signals import run_until_signal

if TYPE_CHECKING:
    from ...client import Navixy


def discover(url: str, ca_file: Path | None, *, timeout: float, as_json: bool) -> ExitCode:
    """Print the base URL of the platform at `url`; what it lacks is reported on stderr."""
    from ...client import Navixy

    async def find() -> Navixy:
        return await Navixy.discover(url, timeout=timeout, pool=make_pool(ca_file))

    found = run_until_signal(find).base_url
    if as_json:
        write_json({"url": found.url, "missing": list(found.without)})
        return ExitCode.OK
    write(found.url)
    if found.without:
        notify(f"{found.host} has no {' and no '.join(HOSTED_ONLY[api] for api in found.without)}")
    return ExitCode.OK
