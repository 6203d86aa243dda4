"""Structs of `panel.user`. The users of the operator.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import date, datetime
from typing import Any, ClassVar

from ..model import ABSENT, Always, Masked, Model
from .transaction import Transaction
from .user import MenuPreset


class MenuPresetAssignment(Model, kw_only=True):
    """A menu preset assignment."""

    type: str | None = None
    ids: list[int] | None = None


class MfaSettings(Model, kw_only=True):
    """A MFA settings."""

    type: str | None = None
    factor_types: list[str] | None = None


class MfaUpdateTarget(Model, kw_only=True):
    """A MFA update target.

    Attributes:
        type: one of all, selected.
    """

    type: str | None = None
    ids: list[int] | None = None


class PanelMenuPresetItem(Model, kw_only=True):
    """A panel menu preset item."""

    assignments: list[Any] | None = None
    owner: str | None = None
    preset: MenuPreset | None = None


class PanelUser(Masked, kw_only=True, gc=False):
    """A panel user.

    Attributes:
        legal_type: one of legal_entity, individual, sole_trader.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("login",)

    dealer_id: int | None = None
    activated: bool | None = None
    verified: bool | None = None
    login: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    legal_name: str | None = None
    legal_type: str | None = None
    phone: str | None = None
    post_country: str | None = None
    post_index: str | None = None
    post_region: str | None = None
    post_city: str | None = None
    post_street_address: str | None = None
    registered_country: str | None = None
    registered_index: str | None = None
    registered_region: str | None = None
    registered_city: str | None = None
    registered_street_address: str | None = None
    state_reg_num: str | None = None
    tin: str | None = None
    okpo_code: str | None = None
    iec: str | None = None
    id: Always[int] = ABSENT
    menu_preset_id: int | None = None
    balance: float | None = None
    bonus: float | None = None
    creation_date: datetime | None = None
    trackers_count: int | None = None
    comment: str | None = None


class PanelUserDiscount(Model, kw_only=True, gc=False):
    """A panel user discount.

    Attributes:
        value: in percent; 0 to 100.
        strategy: one of no_summing, sum_with_progressive.
    """

    value: float | None = None
    min_trackers: int | None = None
    end_date: date | None = None
    strategy: str | None = None


class PanelUserMenuPresetItemsListList(Model, kw_only=True, gc=False):
    """What `list` is made of in `/panel/user/menu/preset/items/list`."""

    title: str | None = None
    destination: str | None = None


class PanelUserReadDealerMfaSettings(Model, kw_only=True, gc=False):
    """What `dealer_mfa_settings` is made of in `/panel/user/read`."""

    type: str | None = None


class PanelUserCreateAnswer(Model, kw_only=True, gc=False):
    """What `/panel/user/create` answers."""

    id: Always[int] = ABSENT


class PanelUserListAnswer(Model, kw_only=True):
    """What `/panel/user/list` answers."""

    list: Always[builtins.list[PanelUser]] = ABSENT
    count: Always[int] = ABSENT


class PanelUserMenuPresetCreateAnswer(Model, kw_only=True, gc=False):
    """What `/panel/user/menu/preset/create` answers."""

    id: Always[int] = ABSENT


class PanelUserMenuPresetItemsListAnswer(Model, kw_only=True):
    """What `/panel/user/menu/preset/items/list` answers."""

    list: Always[builtins.list[PanelUserMenuPresetItemsListList]] = ABSENT


class PanelUserMenuPresetListAnswer(Model, kw_only=True):
    """What `/panel/user/menu/preset/list` answers."""

    list: Always[builtins.list[PanelMenuPresetItem]] = ABSENT


class PanelUserMfaSettingsDefaultReadAnswer(Model, kw_only=True):
    """What `/panel/user/mfa/settings/default/read` answers."""

    value: Always[MfaSettings] = ABSENT


class PanelUserReadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/user/read` answers."""

    value: Always[PanelUser] = ABSENT
    discount: PanelUserDiscount | None = None
    dealer_mfa_settings: PanelUserReadDealerMfaSettings | None = None
    default_tariff_id: int | None = None


class PanelUserSessionCreateAnswer(Masked, kw_only=True, gc=False):
    """What `/panel/user/session/create` answers."""

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    hash: Always[str] = ABSENT


class PanelUserTransactionListAnswer(Model, kw_only=True):
    """What `/panel/user/transaction/list` answers."""

    list: Always[builtins.list[Transaction]] = ABSENT


class PanelUserUploadAnswer(Model, kw_only=True, gc=False):
    """What `/panel/user/upload` answers."""

    total: int | None = None
    errors: int | None = None
