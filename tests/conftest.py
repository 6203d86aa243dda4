"""What holds for the whole suite."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from navixy_async import Navixy

# The embedded platform answers as documented, to the letter; tests of lenient reading say so.
Navixy.__init__.__kwdefaults__ = {**(Navixy.__init__.__kwdefaults__ or {}), "strict": True}
os.environ["NAVIXY_STRICT"] = "1"

pytest_plugins = ("tests.support.watch",)

# How long an example takes says more about the machine than about the code: two workers share it.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable() -> Generator[None, Any, Any]:
    """Reports of workers travel as UTF-8, which cannot carry the lone surrogates that some tests write on purpose."""
    return _without_surrogates((yield))


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, dict):
        return {name: _without_surrogates(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_without_surrogates, value))
    return value
