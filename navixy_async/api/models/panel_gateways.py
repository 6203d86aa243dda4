"""Structs of `panel.gateways`. Gateways that messages are sent through.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ..model import ABSENT, Always, Masked, Model


class EmailGateway(Masked, kw_only=True):
    """An email gateway."""

    secret_members: ClassVar[tuple[str, ...]] = ("params",)

    id: Always[int] = ABSENT
    leasable: bool | None = None
    label: str | None = None
    provider: str | None = None
    params: dict[str, Any] | None = None


class LeasableEmailGateway(Model, kw_only=True, gc=False):
    """A leasable email gateway."""

    id: Always[int] = ABSENT
    label: str | None = None
    default_from_address: str | None = None
    provider: str | None = None


class PanelGatewaysEmailListAnswer(Model, kw_only=True):
    """What `/panel/gateways/email/list` answers."""

    bound_gateway: int | None = None
    own: list[EmailGateway] | None = None
    leasable: list[LeasableEmailGateway] | None = None
