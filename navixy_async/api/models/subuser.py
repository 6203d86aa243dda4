"""Structs of `subuser`. Sub-users: what they may see and do.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from msgspec import Raw

from ..model import ABSENT, Always, Masked, Model
from .place import Place
from .zone import ZONE, Zone


class SecurityGroupPrivileges(Model, kw_only=True):
    """The `privileges` of `SecurityGroup`."""

    rights: list[str] | None = None
    store_period: str | None = None


class SecurityGroup(Model, kw_only=True):
    """A security group."""

    id: int | None = None
    label: str | None = None
    privileges: SecurityGroupPrivileges | None = None


class Subuser(Masked, kw_only=True, gc=False):
    """A subuser.

    Attributes:
        legal_type: one of legal_entity, individual, sole_trader.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("login",)

    id: int | None = None
    activated: bool | None = None
    login: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
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
    legal_name: str | None = None
    iec: str | None = None
    security_group_id: int | None = None
    creation_date: datetime | None = None


class SubuserListAnswer(Model, kw_only=True):
    """What `/subuser/list` answers."""

    list: Always[builtins.list[Subuser]] = ABSENT


class SubuserPlacesListAnswer(Model, kw_only=True):
    """What `/subuser/places/list` answers."""

    access_to_all: bool | None = None
    list: Always[builtins.list[Place]] = ABSENT
    count: Always[int] = ABSENT


class SubuserPlacesListIdsAnswer(Model, kw_only=True):
    """What `/subuser/places/list_ids` answers."""

    access_to_all: bool | None = None
    list: Always[builtins.list[int]] = ABSENT


class SubuserRegisterAnswer(Model, kw_only=True, gc=False):
    """What `/subuser/register` answers."""

    id: Always[int] = ABSENT


class SubuserSecurityGroupCreateAnswer(Model, kw_only=True, gc=False):
    """What `/subuser/security_group/create` answers."""

    id: Always[int] = ABSENT


class SubuserSecurityGroupListAnswer(Model, kw_only=True):
    """What `/subuser/security_group/list` answers."""

    list: Always[builtins.list[SecurityGroup]] = ABSENT


class SubuserSessionCreateAnswer(Masked, kw_only=True, gc=False):
    """What `/subuser/session/create` answers."""

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    hash: Always[str] = ABSENT


class SubuserTrackerListAnswer(Model, kw_only=True):
    """What `/subuser/tracker/list` answers."""

    list: Always[builtins.list[int]] = ABSENT


class SubuserZonesListAnswer(Model, kw_only=True):
    """What `/subuser/zones/list` answers."""

    access_to_all: bool | None = None
    if TYPE_CHECKING:
        list: Always[builtins.list[Zone]] = ABSENT
    else:
        list: Raw = ABSENT
    count: Always[int] = ABSENT

    def __post_init__(self) -> None:
        self.list = ZONE.many(self.list)


class SubuserZonesListIdsAnswer(Model, kw_only=True):
    """What `/subuser/zones/list_ids` answers."""

    access_to_all: bool | None = None
    list: Always[builtins.list[int]] = ABSENT
