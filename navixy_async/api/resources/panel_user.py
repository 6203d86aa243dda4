"""The actions under `/panel/user`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, sized, window, without
from ..models.panel_user import (
    MenuPresetAssignment,
    MfaSettings,
    MfaUpdateTarget,
    PanelMenuPresetItem,
    PanelUser,
    PanelUserCreateAnswer,
    PanelUserDiscount,
    PanelUserListAnswer,
    PanelUserMenuPresetCreateAnswer,
    PanelUserMenuPresetItemsListAnswer,
    PanelUserMenuPresetItemsListList,
    PanelUserMenuPresetListAnswer,
    PanelUserMfaSettingsDefaultReadAnswer,
    PanelUserReadAnswer,
    PanelUserSessionCreateAnswer,
    PanelUserTransactionListAnswer,
    PanelUserUploadAnswer,
)
from ..models.transaction import Transaction
from ..models.user import MenuPreset
from ..noun import Download, Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

UserOrderBy: TypeAlias = Literal["id", "login", "last_name", "balance", "bonus", "phone", "post_city"]

UserFormat: TypeAlias = Literal["xlsx", "csv"]

TransactionType: TypeAlias = Literal["balance", "bonus"]

CHANGE_PASSWORD: Operation[dict[str, Any]] = Operation(
    "panel/user/change_password", dict[str, Any], api="panel", session="panel_session"
)
CORRUPT: Operation[dict[str, Any]] = Operation(
    "panel/user/corrupt", dict[str, Any], api="panel", session="panel_session"
)
CREATE: Operation[PanelUserCreateAnswer] = Operation(
    "panel/user/create", PanelUserCreateAnswer, api="panel", session="panel_session"
)
EXPORT: Operation[bytes] = Operation(
    "panel/user/export", bytes, api="panel", replay=Replay.READ, session="panel_session"
)
LIST: Operation[PanelUserListAnswer] = Operation(
    "panel/user/list", PanelUserListAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
MENU_PRESET_ASSIGN: Operation[dict[str, Any]] = Operation(
    "panel/user/menu/preset/assign", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
MENU_PRESET_CREATE: Operation[PanelUserMenuPresetCreateAnswer] = Operation(
    "panel/user/menu/preset/create", PanelUserMenuPresetCreateAnswer, api="panel", session="panel_session"
)
MENU_PRESET_DELETE: Operation[dict[str, Any]] = Operation(
    "panel/user/menu/preset/delete", dict[str, Any], api="panel", session="panel_session"
)
MENU_PRESET_ITEMS_LIST: Operation[PanelUserMenuPresetItemsListAnswer] = Operation(
    "panel/user/menu/preset/items/list",
    PanelUserMenuPresetItemsListAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
MENU_PRESET_LIST: Operation[PanelUserMenuPresetListAnswer] = Operation(
    "panel/user/menu/preset/list",
    PanelUserMenuPresetListAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
MENU_PRESET_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/user/menu/preset/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
MFA_SETTINGS_DEFAULT_READ: Operation[PanelUserMfaSettingsDefaultReadAnswer] = Operation(
    "panel/user/mfa/settings/default/read",
    PanelUserMfaSettingsDefaultReadAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
MFA_SETTINGS_DEFAULT_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/user/mfa/settings/default/update",
    dict[str, Any],
    api="panel",
    replay=Replay.IDEMPOTENT,
    session="panel_session",
)
MFA_SETTINGS_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/user/mfa/settings/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
READ: Operation[PanelUserReadAnswer] = Operation(
    "panel/user/read", PanelUserReadAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
SESSION_CREATE: Operation[PanelUserSessionCreateAnswer] = Operation(
    "panel/user/session/create", PanelUserSessionCreateAnswer, api="panel", session="panel_session"
)
TRANSACTION_CHANGE_BALANCE: Operation[dict[str, Any]] = Operation(
    "panel/user/transaction/change_balance", dict[str, Any], api="panel", session="panel_session"
)
TRANSACTION_LIST: Operation[PanelUserTransactionListAnswer] = Operation(
    "panel/user/transaction/list",
    PanelUserTransactionListAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/user/update", dict[str, Any], api="panel", replay=Replay.IDEMPOTENT, session="panel_session"
)
UPLOAD: Operation[PanelUserUploadAnswer] = Operation(
    "panel/user/upload", PanelUserUploadAnswer, api="panel", encoding="multipart", session="panel_session"
)
UPDATE_USER_WITHOUT = ("balance", "bonus", "creation_date", "trackers_count", "comment")


class PanelUserActions(Noun):
    """Actions under `/panel/user`. The users of the operator."""

    __slots__ = ()

    @property
    def menu(self) -> PanelUserMenuActions:
        """Actions under `/panel/user/menu`."""
        return PanelUserMenuActions(self._caller)

    @property
    def mfa(self) -> PanelUserMfaActions:
        """Actions under `/panel/user/mfa`."""
        return PanelUserMfaActions(self._caller)

    @property
    def session(self) -> PanelUserSessionActions:
        """Actions under `/panel/user/session`."""
        return PanelUserSessionActions(self._caller)

    @property
    def transaction(self) -> PanelUserTransactionActions:
        """Actions under `/panel/user/transaction`."""
        return PanelUserTransactionActions(self._caller)

    async def change_password(
        self,
        user_id: int,
        password: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set the password of a user.

        Args:
            user_id: id of the user.
            password: the password; 12 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/panel/user/change_password`
        """
        sized("password", password, least=12, most=20)
        params = {"user_id": user_id, "password": password}
        call = self._caller.call(CHANGE_PASSWORD, params, timeout=timeout, lane=lane)
        del password, params  # an error must not carry them away
        await call

    async def corrupt(
        self,
        user_id: int,
        login: str,
        *,
        corrupt_clones: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Remove a user for good.

        Args:
            user_id: id of the user.
            login: login or e-mail address.
            corrupt_clones: corrupt the clones, too; the platform's default: true.

        Raises:
            NotFound: code 201.
            Conflict: codes 252, 253.

        Platform action: `/panel/user/corrupt`
        """
        params = sent({"user_id": user_id, "login": login, "corrupt_clones": corrupt_clones})
        call = self._caller.call(CORRUPT, params, timeout=timeout, lane=lane)
        del login, params  # an error must not carry them away
        await call

    async def create(
        self,
        *,
        user: PanelUser | Mapping[str, Any],
        time_zone: str,
        locale: str,
        password: str,
        discount: PanelUserDiscount | Mapping[str, Any],
        comment: str,
        default_tariff_id: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a user, and give the id.

        Args:
            user: the user.
            time_zone: name of the time zone, such as Europe/Berlin.
            locale: language and country, such as en_US.
            password: the password; 12 to 20 characters.
            discount: the discount of the user.
            comment: remark; at most 255 characters.
            default_tariff_id: id of the tariff that new trackers get.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            Conflict: code 206.

        Platform action: `/panel/user/create`
        """
        sized("password", password, least=12, most=20)
        sized("comment", comment, most=255)
        params = sent(
            {
                "user": user,
                "time_zone": time_zone,
                "locale": locale,
                "password": password,
                "discount": discount,
                "default_tariff_id": default_tariff_id,
                "comment": comment,
            }
        )
        call = self._caller.call(CREATE, params, timeout=timeout, lane=lane)
        del password, params  # an error must not carry them away
        answer = await call
        return present(answer.id, CREATE, "id")

    def export(
        self,
        *,
        filter: str | UnsetType = UNSET,
        order_by: UserOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        hide_inactive: bool | UnsetType = UNSET,
        format: UserFormat | str | UnsetType = UNSET,
        columns: Iterable[str] | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of the users.

        Args:
            filter: only entries that contain this text.
            order_by: column to sort by; documented: id, login, last_name, balance, bonus, phone, post_city; the
                platform's default: id.
            ascending: from the oldest or smallest on; the platform's default: true.
            limit: how many entries at most.
            offset: how many entries to pass over; the platform's default: 0.
            hide_inactive: leave out inactive users; the platform's default: false.
            format: file format; documented: xlsx, csv; the platform's default: xlsx.
            columns: names of columns; the platform's default: id, login, first_name, middle_name, last_name, phone.

        Returns:
            The file's bytes (xlsx, csv).

        Platform action: `/panel/user/export`
        """
        params = sent(
            {
                "filter": filter,
                "order_by": order_by,
                "ascending": ascending,
                "limit": limit,
                "offset": offset,
                "hide_inactive": hide_inactive,
                "format": format,
                "columns": listed("columns", columns),
            }
        )
        return Download(self._caller, EXPORT, params, timeout=timeout, lane=lane)

    def list(
        self,
        *,
        filter: str | UnsetType = UNSET,
        order_by: UserOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        hide_inactive: bool | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PanelUserListAnswer, PanelUser]:
        """List the users.

        Args:
            filter: only entries that contain this text.
            order_by: column to sort by; documented: id, login, last_name, balance, bonus, phone, post_city; the
                platform's default: id.
            ascending: from the oldest or smallest on; the platform's default: true.
            limit: how many entries at most.
            offset: how many entries to pass over; the platform's default: 0.
            hide_inactive: leave out inactive users; the platform's default: false.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Platform action: `/panel/user/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "filter": filter,
                "order_by": order_by,
                "ascending": ascending,
                "limit": limit,
                "offset": offset,
                "hide_inactive": hide_inactive,
            }
        )
        return OffsetPager(self._caller, LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane)

    async def read(
        self,
        user_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelUserReadAnswer:
        """Read one user.

        Args:
            user_id: id of the user.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/user/read`
        """
        params = {"user_id": user_id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)

    async def update(
        self,
        user: PanelUser | Mapping[str, Any],
        discount: PanelUserDiscount | Mapping[str, Any],
        comment: str,
        *,
        default_tariff_id: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a user.

        The platform replaces the whole: what is left out is gone, so send what was read, with your changes. It does not
        take balance, bonus, creation_date, trackers_count, comment (of `user`): structs are sent without.

        Args:
            user: the user.
            discount: the discount of the user.
            comment: remark; at most 255 characters.
            default_tariff_id: id of the tariff that new trackers get.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            Conflict: code 206.

        Platform action: `/panel/user/update`
        """
        sized("comment", comment, most=255)
        params = sent(
            {
                "user": without(user, UPDATE_USER_WITHOUT),
                "discount": discount,
                "default_tariff_id": default_tariff_id,
                "comment": comment,
            }
        )
        await self._caller.call(UPDATE, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelUserUploadAnswer:
        """Make users of a spreadsheet.

        Args:
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            InvalidRequest: codes 7, 274.
            Conflict: codes 206, 273.

        Platform action: `/panel/user/upload`
        """
        params = {"file": as_upload(file)}
        return await self._caller.call(UPLOAD, params, timeout=timeout, lane=lane)


class PanelUserMenuActions(Noun):
    """Actions under `/panel/user/menu`."""

    __slots__ = ()

    @property
    def preset(self) -> PanelUserMenuPresetActions:
        """Actions under `/panel/user/menu/preset`."""
        return PanelUserMenuPresetActions(self._caller)


class PanelUserMenuPresetActions(Noun):
    """Actions under `/panel/user/menu/preset`."""

    __slots__ = ()

    @property
    def items(self) -> PanelUserMenuPresetItemsActions:
        """Actions under `/panel/user/menu/preset/items`."""
        return PanelUserMenuPresetItemsActions(self._caller)

    async def assign(
        self,
        preset_id: int,
        target: MenuPresetAssignment | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Give users a menu preset.

        Args:
            preset_id: id of the menu preset.
            target: what it is for.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/panel/user/menu/preset/assign`
        """
        params = {"preset_id": preset_id, "target": target}
        await self._caller.call(MENU_PRESET_ASSIGN, params, timeout=timeout, lane=lane)

    async def create(
        self,
        preset: MenuPreset | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a menu preset, and give its id.

        Args:
            preset: the preset.

        Raises:
            InvalidRequest: code 7.

        Platform action: `/panel/user/menu/preset/create`
        """
        params = {"preset": preset}
        answer = await self._caller.call(MENU_PRESET_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, MENU_PRESET_CREATE, "id")

    async def delete(
        self,
        preset_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a menu preset.

        Args:
            preset_id: id of the menu preset.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/user/menu/preset/delete`
        """
        params = {"preset_id": preset_id}
        await self._caller.call(MENU_PRESET_DELETE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[PanelMenuPresetItem]:
        """List the menu presets.

        Platform action: `/panel/user/menu/preset/list`
        """
        answer = await self._caller.call(MENU_PRESET_LIST, timeout=timeout, lane=lane)
        return present(answer.list, MENU_PRESET_LIST, "list")

    async def update(
        self,
        preset: MenuPreset | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a menu preset.

        The platform replaces the whole: what is left out is gone, so send what was read, with your changes.

        Args:
            preset: the preset.

        Raises:
            InvalidRequest: code 7.
            NotFound: code 201.

        Platform action: `/panel/user/menu/preset/update`
        """
        params = {"preset": preset}
        await self._caller.call(MENU_PRESET_UPDATE, params, timeout=timeout, lane=lane)


class PanelUserMenuPresetItemsActions(Noun):
    """Actions under `/panel/user/menu/preset/items`."""

    __slots__ = ()

    async def list(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[PanelUserMenuPresetItemsListList]:
        """List the items that a menu may have.

        Platform action: `/panel/user/menu/preset/items/list`
        """
        answer = await self._caller.call(MENU_PRESET_ITEMS_LIST, timeout=timeout, lane=lane)
        return present(answer.list, MENU_PRESET_ITEMS_LIST, "list")


class PanelUserMfaActions(Noun):
    """Actions under `/panel/user/mfa`."""

    __slots__ = ()

    @property
    def settings(self) -> PanelUserMfaSettingsActions:
        """Actions under `/panel/user/mfa/settings`."""
        return PanelUserMfaSettingsActions(self._caller)


class PanelUserMfaSettingsActions(Noun):
    """Actions under `/panel/user/mfa/settings`."""

    __slots__ = ()

    @property
    def default(self) -> PanelUserMfaSettingsDefaultActions:
        """Actions under `/panel/user/mfa/settings/default`."""
        return PanelUserMfaSettingsDefaultActions(self._caller)

    async def update(
        self,
        target: MfaUpdateTarget | Mapping[str, Any],
        settings: MfaSettings | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set how certain users log in with a second factor.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            target: what it is for.
            settings: the settings.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/user/mfa/settings/update`
        """
        params = {"target": target, "settings": settings}
        await self._caller.call(MFA_SETTINGS_UPDATE, params, timeout=timeout, lane=lane)


class PanelUserMfaSettingsDefaultActions(Noun):
    """Actions under `/panel/user/mfa/settings/default`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> MfaSettings:
        """Read how users log in with a second factor unless set otherwise.

        Platform action: `/panel/user/mfa/settings/default/read`
        """
        answer = await self._caller.call(MFA_SETTINGS_DEFAULT_READ, timeout=timeout, lane=lane)
        return present(answer.value, MFA_SETTINGS_DEFAULT_READ, "value")

    async def update(
        self,
        settings: MfaSettings | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set how users log in with a second factor unless set otherwise.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            settings: the settings.

        Platform action: `/panel/user/mfa/settings/default/update`
        """
        params = {"settings": settings}
        await self._caller.call(MFA_SETTINGS_DEFAULT_UPDATE, params, timeout=timeout, lane=lane)


class PanelUserSessionActions(Noun):
    """Actions under `/panel/user/session`."""

    __slots__ = ()

    async def create(
        self,
        user_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> PanelUserSessionCreateAnswer:
        """Open a session as one of the users.

        Args:
            user_id: id of the user.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/user/session/create`
        """
        params = {"user_id": user_id}
        return await self._caller.call(SESSION_CREATE, params, timeout=timeout, lane=lane)


class PanelUserTransactionActions(Noun):
    """Actions under `/panel/user/transaction`."""

    __slots__ = ()

    async def change_balance(
        self,
        *,
        user_id: int,
        amount: float,
        type: TransactionType | str,
        text: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Move money on or off the balance of a user.

        Args:
            user_id: id of the user.
            amount: how much the balance changes by.
            type: kind; documented: balance, bonus.
            text: text of the transaction; at least 5 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.
            TariffRestricted: code 251.

        Platform action: `/panel/user/transaction/change_balance`
        """
        sized("text", text, least=5)
        params = {
            "user_id": user_id,
            "amount": amount,
            "type": type,
            "text": text,
        }
        await self._caller.call(TRANSACTION_CHANGE_BALANCE, params, timeout=timeout, lane=lane)

    async def list(
        self,
        user_id: int,
        from_: datetime,
        to: datetime,
        *,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> builtins.list[Transaction]:
        """List the movements of money of a user in a period.

        Args:
            user_id: id of the user.
            from_: start of the period, with its time zone.
            to: end of the period, with its time zone.
            limit: how many entries at most.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 201.

        Platform action: `/panel/user/transaction/list`
        """
        window(from_, to)
        params = sent(
            {
                "user_id": user_id,
                "from": from_,
                "to": to,
                "limit": limit,
            }
        )
        answer = await self._caller.call(TRANSACTION_LIST, params, timeout=timeout, lane=lane)
        return present(answer.list, TRANSACTION_LIST, "list")
