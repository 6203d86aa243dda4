"""The actions under `/panel/dealer`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...files import UploadSource, as_upload
from ...operations import Lane, Operation, Replay
from ..checks import listed, sent, sized
from ..models.panel_dealer import (
    ActivationCode,
    NotificationSettings,
    PanelDealerActivationCodeCreateAnswer,
    PanelDealerActivationCodeListAnswer,
    PanelDealerActivationCodeUpdateAnswer,
    PanelDealerGetInfoAnswer,
    PanelDealerSettingsNotificationReadAnswer,
    PanelDealerSettingsServiceReadAnswer,
    PanelDealerSettingsServiceUpdateDefaultMap,
    PanelDealerSettingsServiceUpdateDefaultUserSettings,
    ServiceSettings,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from ...paging import OffsetPager

ActivationCodeOrderBy: TypeAlias = Literal[
    "code",
    "activated",
    "tariff_id",
    "tariff_name",
    "device_type",
    "money_amount",
    "bonus_amount",
    "free_days",
]

ImageType: TypeAlias = Literal["logo", "favicon", "login_wallpaper", "desktop_wallpaper", "document_logo"]

ACTIVATION_CODE_CREATE: Operation[PanelDealerActivationCodeCreateAnswer] = Operation(
    "panel/dealer/activation_code/create", PanelDealerActivationCodeCreateAnswer, api="panel", session="panel_session"
)
ACTIVATION_CODE_LIST: Operation[PanelDealerActivationCodeListAnswer] = Operation(
    "panel/dealer/activation_code/list",
    PanelDealerActivationCodeListAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
ACTIVATION_CODE_UPDATE: Operation[PanelDealerActivationCodeUpdateAnswer] = Operation(
    "panel/dealer/activation_code/update",
    PanelDealerActivationCodeUpdateAnswer,
    api="panel",
    replay=Replay.IDEMPOTENT,
    session="panel_session",
)
GET_INFO: Operation[PanelDealerGetInfoAnswer] = Operation(
    "panel/dealer/get_info", PanelDealerGetInfoAnswer, api="panel", replay=Replay.READ, session="panel_session"
)
PASSWORD_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/dealer/password/update", dict[str, Any], api="panel", session="panel_session"
)
SETTINGS_IMAGE_DELETE: Operation[dict[str, Any]] = Operation(
    "panel/dealer/settings/image/delete", dict[str, Any], api="panel", session="panel_session"
)
SETTINGS_IMAGE_UPLOAD: Operation[dict[str, Any]] = Operation(
    "panel/dealer/settings/image/upload", dict[str, Any], api="panel", encoding="multipart", session="panel_session"
)
SETTINGS_NOTIFICATION_READ: Operation[PanelDealerSettingsNotificationReadAnswer] = Operation(
    "panel/dealer/settings/notification/read",
    PanelDealerSettingsNotificationReadAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
SETTINGS_NOTIFICATION_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/dealer/settings/notification/update",
    dict[str, Any],
    api="panel",
    replay=Replay.IDEMPOTENT,
    session="panel_session",
)
SETTINGS_SERVICE_READ: Operation[PanelDealerSettingsServiceReadAnswer] = Operation(
    "panel/dealer/settings/service/read",
    PanelDealerSettingsServiceReadAnswer,
    api="panel",
    replay=Replay.READ,
    session="panel_session",
)
SETTINGS_SERVICE_UPDATE: Operation[dict[str, Any]] = Operation(
    "panel/dealer/settings/service/update",
    dict[str, Any],
    api="panel",
    replay=Replay.IDEMPOTENT,
    session="panel_session",
)


class PanelDealerActions(Noun):
    """Actions under `/panel/dealer`. The operator: codes, password, settings."""

    __slots__ = ()

    @property
    def activation_code(self) -> PanelDealerActivationCodeActions:
        """Actions under `/panel/dealer/activation_code`."""
        return PanelDealerActivationCodeActions(self._caller)

    @property
    def password(self) -> PanelDealerPasswordActions:
        """Actions under `/panel/dealer/password`."""
        return PanelDealerPasswordActions(self._caller)

    @property
    def settings(self) -> PanelDealerSettingsActions:
        """Actions under `/panel/dealer/settings`."""
        return PanelDealerSettingsActions(self._caller)

    async def get_info(self, *, timeout: float | None = None, lane: Lane | None = None) -> PanelDealerGetInfoAnswer:
        """Read who the operator is.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/dealer/get_info`
        """
        return await self._caller.call(GET_INFO, timeout=timeout, lane=lane)


class PanelDealerActivationCodeActions(Noun):
    """Actions under `/panel/dealer/activation_code`."""

    __slots__ = ()

    async def create(
        self,
        *,
        count: int,
        tariff_id: int,
        bonus_amount: int,
        free_days: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make activation codes.

        Args:
            count: how many.
            tariff_id: id of the tariff.
            bonus_amount: money that the code is worth.
            free_days: days without charge.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/dealer/activation_code/create`
        """
        params = {
            "count": count,
            "tariff_id": tariff_id,
            "bonus_amount": bonus_amount,
            "free_days": free_days,
        }
        answer = await self._caller.call(ACTIVATION_CODE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.count, ACTIVATION_CODE_CREATE, "count")

    def list(
        self,
        *,
        filter: str | UnsetType = UNSET,
        order_by: ActivationCodeOrderBy | str | UnsetType = UNSET,
        ascending: bool | UnsetType = UNSET,
        offset: int | UnsetType = UNSET,
        limit: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> OffsetPager[PanelDealerActivationCodeListAnswer, ActivationCode]:
        """List activation codes.

        Args:
            filter: only entries that contain this text.
            order_by: column to sort by; documented: code, activated, tariff_id, tariff_name, device_type, money_amount,
                bonus_amount, free_days.
            ascending: from the oldest or smallest on; the platform's default: true.
            offset: how many entries to pass over; the platform's default: 0.
            limit: how many entries at most.

        Returns:
            A pager: await it for one page, iterate it for everything.

        Platform action: `/panel/dealer/activation_code/list`
        """
        from ...paging import OffsetPager  # noqa: PLC0415 - loaded when first used

        params = sent(
            {
                "filter": filter,
                "order_by": order_by,
                "ascending": ascending,
                "offset": offset,
                "limit": limit,
            }
        )
        return OffsetPager(
            self._caller, ACTIVATION_CODE_LIST, params, items=lambda answer: answer.list, timeout=timeout, lane=lane
        )

    async def update(
        self,
        *,
        codes: Iterable[str],
        tariff_id: int,
        bonus_amount: int,
        free_days: int,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Change activation codes.

        Args:
            codes: the codes.
            tariff_id: id of the tariff.
            bonus_amount: money that the code is worth.
            free_days: days without charge.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/dealer/activation_code/update`
        """
        params = {
            "codes": listed("codes", codes),
            "tariff_id": tariff_id,
            "bonus_amount": bonus_amount,
            "free_days": free_days,
        }
        answer = await self._caller.call(ACTIVATION_CODE_UPDATE, params, timeout=timeout, lane=lane)
        return present(answer.count, ACTIVATION_CODE_UPDATE, "count")


class PanelDealerPasswordActions(Noun):
    """Actions under `/panel/dealer/password`."""

    __slots__ = ()

    async def update(
        self,
        *,
        old_password: str,
        new_password: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the password of the panel.

        Args:
            old_password: the password so far.
            new_password: the new password; 12 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            InvalidRequest: code 245.
            AuthError: code 248.

        Platform action: `/panel/dealer/password/update`
        """
        sized("new_password", new_password, least=12, most=20)
        params = {"old_password": old_password, "new_password": new_password}
        call = self._caller.call(PASSWORD_UPDATE, params, timeout=timeout, lane=lane)
        del old_password, new_password, params  # an error must not carry them away
        await call


class PanelDealerSettingsActions(Noun):
    """Actions under `/panel/dealer/settings`."""

    __slots__ = ()

    @property
    def image(self) -> PanelDealerSettingsImageActions:
        """Actions under `/panel/dealer/settings/image`."""
        return PanelDealerSettingsImageActions(self._caller)

    @property
    def notification(self) -> PanelDealerSettingsNotificationActions:
        """Actions under `/panel/dealer/settings/notification`."""
        return PanelDealerSettingsNotificationActions(self._caller)

    @property
    def service(self) -> PanelDealerSettingsServiceActions:
        """Actions under `/panel/dealer/settings/service`."""
        return PanelDealerSettingsServiceActions(self._caller)


class PanelDealerSettingsImageActions(Noun):
    """Actions under `/panel/dealer/settings/image`."""

    __slots__ = ()

    async def delete(
        self,
        type: ImageType | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a picture of the user interface.

        Args:
            type: kind; documented: logo, favicon, login_wallpaper, desktop_wallpaper, document_logo.

        Raises:
            NotFound: code 201.

        Platform action: `/panel/dealer/settings/image/delete`
        """
        params = {"type": type}
        await self._caller.call(SETTINGS_IMAGE_DELETE, params, timeout=timeout, lane=lane)

    async def upload(
        self,
        type: ImageType | str,
        file: UploadSource,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Upload a picture of the user interface: logo, background, icon.

        Args:
            type: kind; documented: logo, favicon, login_wallpaper, desktop_wallpaper, document_logo.
            file: the file: a path, bytes, an asynchronous iterator of bytes, or an `Upload` with name and type.

        Raises:
            NotFound: code 201.
            InvalidRequest: codes 233, 234.
            TariffRestricted: code 236.
            ServerFault: code 254.

        Platform action: `/panel/dealer/settings/image/upload`
        """
        params = {"type": type, "file": as_upload(file)}
        await self._caller.call(SETTINGS_IMAGE_UPLOAD, params, timeout=timeout, lane=lane)


class PanelDealerSettingsNotificationActions(Noun):
    """Actions under `/panel/dealer/settings/notification`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> NotificationSettings:
        """Read who mails and messages to users come from.

        Platform action: `/panel/dealer/settings/notification/read`
        """
        answer = await self._caller.call(SETTINGS_NOTIFICATION_READ, timeout=timeout, lane=lane)
        return present(answer.value, SETTINGS_NOTIFICATION_READ, "value")

    async def update(
        self,
        *,
        email_from: str,
        email_footer: str,
        sms_originator: str,
        caller_id: str,
        email_special: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set who mails and messages to users come from.

        Args:
            email_from: sender of mails.
            email_footer: text under every mail; at most 600 characters.
            sms_originator: sender of text messages; at most 20 characters.
            caller_id: phone number that voice calls come from; at most 20 characters.
            email_special: address for special mails.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.

        Platform action: `/panel/dealer/settings/notification/update`
        """
        sized("email_footer", email_footer, most=600)
        sized("sms_originator", sms_originator, most=20)
        sized("caller_id", caller_id, most=20)
        params = sent(
            {
                "email_from": email_from,
                "email_footer": email_footer,
                "email_special": email_special,
                "sms_originator": sms_originator,
                "caller_id": caller_id,
            }
        )
        await self._caller.call(SETTINGS_NOTIFICATION_UPDATE, params, timeout=timeout, lane=lane)


class PanelDealerSettingsServiceActions(Noun):
    """Actions under `/panel/dealer/settings/service`."""

    __slots__ = ()

    async def read(self, *, timeout: float | None = None, lane: Lane | None = None) -> ServiceSettings:
        """Read the settings of the user interface.

        Platform action: `/panel/dealer/settings/service/read`
        """
        answer = await self._caller.call(SETTINGS_SERVICE_READ, timeout=timeout, lane=lane)
        return present(answer.value, SETTINGS_SERVICE_READ, "value")

    async def update(
        self,
        *,
        service_title: str,
        demo_login: str,
        demo_password: str,
        maps: Iterable[str],
        default_map: PanelDealerSettingsServiceUpdateDefaultMap | Mapping[str, Any],
        currency: str,
        google_client_id: str,
        domain: str,
        allow_registration: bool,
        show_mobile_apps: bool,
        default_user_settings: PanelDealerSettingsServiceUpdateDefaultUserSettings | Mapping[str, Any],
        display_model_features_link: bool,
        limited_domain: bool,
        allowed_maps: Iterable[str],
        color_theme: str,
        app_color_theme: str,
        no_register_commands: bool,
        default_user_time_zone: str,
        payment_link: str | UnsetType | None = UNSET,
        promo_url: str | UnsetType | None = UNSET,
        login_footer: str | UnsetType | None = UNSET,
        privacy_policy_link: str | UnsetType | None = UNSET,
        tos: str | UnsetType | None = UNSET,
        locale: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the settings of the user interface.

        Whether what is left out stays is not documented: send the whole as it was read, with your changes.

        Args:
            service_title: name of the service.
            demo_login: login of the demonstration account.
            demo_password: password of the demonstration account.
            maps: maps that are offered.
            default_map: map that is shown at first.
            currency: currency, as ISO 4217 code.
            google_client_id: client id at Google.
            domain: host name of the operator's user interface.
            allow_registration: whether new users may register themselves.
            show_mobile_apps: whether the mobile applications are shown.
            default_user_settings: settings that new users get.
            display_model_features_link: whether a link to the features of the model is shown.
            limited_domain: whether the domain is limited.
            allowed_maps: maps that users may choose from.
            color_theme: colour theme of the user interface; at most 128 characters.
            app_color_theme: colour theme of the mobile applications; at most 128 characters.
            no_register_commands: whether commands that set devices up are left out at registration.
            default_user_time_zone: time zone that new users get.
            payment_link: address of the page where users pay.
            promo_url: address of the page about the service.
            login_footer: text under the login form.
            privacy_policy_link: address of the privacy policy.
            tos: terms of service.
            locale: language and country, such as en_US.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            Conflict: code 247.

        Platform action: `/panel/dealer/settings/service/update`
        """
        sized("color_theme", color_theme, most=128)
        sized("app_color_theme", app_color_theme, most=128)
        params = sent(
            {
                "service_title": service_title,
                "demo_login": demo_login,
                "demo_password": demo_password,
                "maps": listed("maps", maps),
                "default_map": default_map,
                "currency": currency,
                "payment_link": payment_link,
                "promo_url": promo_url,
                "google_client_id": google_client_id,
                "domain": domain,
                "login_footer": login_footer,
                "allow_registration": allow_registration,
                "show_mobile_apps": show_mobile_apps,
                "default_user_settings": default_user_settings,
                "display_model_features_link": display_model_features_link,
                "limited_domain": limited_domain,
                "allowed_maps": listed("allowed_maps", allowed_maps),
                "color_theme": color_theme,
                "app_color_theme": app_color_theme,
                "privacy_policy_link": privacy_policy_link,
                "tos": tos,
                "no_register_commands": no_register_commands,
                "default_user_time_zone": default_user_time_zone,
                "locale": locale,
            }
        )
        call = self._caller.call(SETTINGS_SERVICE_UPDATE, params, timeout=timeout, lane=lane)
        del demo_password, params  # an error must not carry them away
        await call
