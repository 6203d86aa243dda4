"""Structs of `payment_system`. Ways to pay.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class PaymentSystemPrices(Model, kw_only=True, gc=False):
    """The `prices` of `PaymentSystem`."""

    Loccate_default_pay_1: float | None = None
    Loccate_default_pay_5: float | None = None
    Loccate_default_pay_10: float | None = None
    Loccate_default_pay_20: float | None = None


class PaymentSystem(Model, kw_only=True):
    """A payment system.

    Attributes:
        currency: ISO 4217.
    """

    type: str | None = None
    url: str | None = None
    account: str | None = None
    currency: str | None = None
    payment_code: str | None = None
    subscription_code: str | None = None
    methods: list[str] | None = None
    prices: PaymentSystemPrices | None = None


class PaymentSystemEstimateGetAnswer(Model, kw_only=True, gc=False):
    """What `/payment_system/estimate/get` answers."""

    value: Always[float] = ABSENT


class PaymentSystemListAnswer(Model, kw_only=True):
    """What `/payment_system/list` answers."""

    list: Always[builtins.list[PaymentSystem]] = ABSENT
