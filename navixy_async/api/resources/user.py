"""The actions under `/user`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from msgspec import UNSET, UnsetType

from ...operations import Lane, Operation, Replay
from ..checks import sent, sized
from ..models.user import (
    TariffRestrictions,
    UserAuthAnswer,
    UserAuthCodeVerifyAnswer,
    UserGetInfoAnswer,
    UserGetTariffRestrictionsAnswer,
)
from ..noun import Noun, present

if TYPE_CHECKING:
    from .user_application import UserApplicationActions
    from .user_audit import UserAuditActions
    from .user_session import UserSessionActions
    from .user_settings import UserSettingsActions

LegalType: TypeAlias = Literal["legal_entity", "sole_trader", "individual"]

ACTIVATE: Operation[dict[str, Any]] = Operation("user/activate", dict[str, Any], session="emailed_link_session")
AUTH: Operation[UserAuthAnswer] = Operation("user/auth", UserAuthAnswer, replay=Replay.IDEMPOTENT, session="none")
AUTH_CODE_RESEND: Operation[dict[str, Any]] = Operation(
    "user/auth/code/resend", dict[str, Any], session="second_factor_session", cap="auth_code"
)
AUTH_CODE_VERIFY: Operation[UserAuthCodeVerifyAnswer] = Operation(
    "user/auth/code/verify", UserAuthCodeVerifyAnswer, session="second_factor_session"
)
GET_INFO: Operation[UserGetInfoAnswer] = Operation("user/get_info", UserGetInfoAnswer, replay=Replay.READ)
GET_TARIFF_RESTRICTIONS: Operation[UserGetTariffRestrictionsAnswer] = Operation(
    "user/get_tariff_restrictions", UserGetTariffRestrictionsAnswer, replay=Replay.READ
)
LOGOUT: Operation[dict[str, Any]] = Operation("user/logout", dict[str, Any], session="standard_session_only")
PASSWORD_CHANGE: Operation[dict[str, Any]] = Operation(
    "user/password/change", dict[str, Any], session="emailed_link_session"
)
PASSWORD_SET: Operation[dict[str, Any]] = Operation(
    "user/password/set", dict[str, Any], session="standard_session_only"
)
PERSONAL_INFO_UPDATE: Operation[dict[str, Any]] = Operation(
    "user/personal_info/update", dict[str, Any], replay=Replay.IDEMPOTENT
)
RESEND_ACTIVATION: Operation[dict[str, Any]] = Operation(
    "user/resend_activation", dict[str, Any], session="none", cap="activation_mail"
)


class UserActions(Noun):
    """Actions under `/user`. The user: login, account, password and personal data."""

    __slots__ = ()

    @property
    def application(self) -> UserApplicationActions:
        """Actions under `/user/application`."""
        from .user_application import UserApplicationActions  # noqa: PLC0415 - loaded when first used

        return UserApplicationActions(self._caller)

    @property
    def audit(self) -> UserAuditActions:
        """Actions under `/user/audit`."""
        from .user_audit import UserAuditActions  # noqa: PLC0415 - loaded when first used

        return UserAuditActions(self._caller)

    @property
    def auth(self) -> UserAuthActions:
        """Actions under `/user/auth`."""
        return UserAuthActions(self._caller)

    @property
    def password(self) -> UserPasswordActions:
        """Actions under `/user/password`."""
        return UserPasswordActions(self._caller)

    @property
    def personal_info(self) -> UserPersonalInfoActions:
        """Actions under `/user/personal_info`."""
        return UserPersonalInfoActions(self._caller)

    @property
    def session(self) -> UserSessionActions:
        """Actions under `/user/session`."""
        from .user_session import UserSessionActions  # noqa: PLC0415 - loaded when first used

        return UserSessionActions(self._caller)

    @property
    def settings(self) -> UserSettingsActions:
        """Actions under `/user/settings`."""
        from .user_settings import UserSettingsActions  # noqa: PLC0415 - loaded when first used

        return UserSettingsActions(self._caller)

    async def activate(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Activate a freshly registered user, with the session that the mailed link carries.

        Wants the session that a mailed link carries. Closed to sub-users.

        Platform action: `/user/activate`
        """
        await self._caller.call(ACTIVATE, timeout=timeout, lane=lane)

    async def get_info(
        self,
        *,
        application: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> UserGetInfoAnswer:
        """Read who is logged in: time zone, rights, tariff, and the settings of the operator.

        Args:
            application: which application asks, if the menu depends on it.

        Platform action: `/user/get_info`
        """
        params = sent({"application": application})
        return await self._caller.call(GET_INFO, params, timeout=timeout, lane=lane)

    async def get_tariff_restrictions(
        self,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> TariffRestrictions:
        """Read what the tariff of the account restricts.

        Platform action: `/user/get_tariff_restrictions`
        """
        answer = await self._caller.call(GET_TARIFF_RESTRICTIONS, timeout=timeout, lane=lane)
        return present(answer.value, GET_TARIFF_RESTRICTIONS, "value")

    async def logout(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """End the session.

        Wants the session of a login; an API key is refused.

        Platform action: `/user/logout`
        """
        await self._caller.call(LOGOUT, timeout=timeout, lane=lane)

    async def resend_activation(
        self,
        login: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Have the activation mail sent again, at most once in 5 minutes.

        Wants no credential.

        Args:
            login: login or e-mail address.

        Raises:
            NotFound: code 201.
            ServerFault: code 209.
            Conflict: codes 264, 265.

        Platform action: `/user/resend_activation`
        """
        params = {"login": login}
        call = self._caller.call(RESEND_ACTIVATION, params, timeout=timeout, lane=lane)
        del login, params  # an error must not carry them away
        await call


class UserAuthActions(Noun):
    """Actions under `/user/auth`."""

    __slots__ = ()

    @property
    def code(self) -> UserAuthCodeActions:
        """Actions under `/user/auth/code`."""
        return UserAuthCodeActions(self._caller)

    async def __call__(
        self,
        *,
        login: str,
        password: str,
        dealer_id: int | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> UserAuthAnswer:
        """Open a session. Programs rather give a `Login` to `Navixy.account`, which does this and renews it.

        Wants no credential.

        Args:
            login: login or e-mail address.
            password: the password; 1 to 40 characters.
            dealer_id: id of the operator, where logins are not unique over all operators.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 11.
            WrongLogin: codes 102, 104, 105.
            AuthError: code 103.

        Platform action: `/user/auth`
        """
        sized("password", password, least=1, most=40)
        params = sent({"login": login, "password": password, "dealer_id": dealer_id})
        call = self._caller.call(AUTH, params, timeout=timeout, lane=lane)
        del login, password, params  # an error must not carry them away
        return await call


class UserAuthCodeActions(Noun):
    """Actions under `/user/auth/code`."""

    __slots__ = ()

    async def resend(self, *, timeout: float | None = None, lane: Lane | None = None) -> None:
        """Have the code of the second factor sent again, at most once in 5 minutes.

        Wants the session that a login with a second factor answers.

        Platform action: `/user/auth/code/resend`
        """
        await self._caller.call(AUTH_CODE_RESEND, timeout=timeout, lane=lane)

    async def verify(
        self,
        code: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> UserAuthCodeVerifyAnswer:
        """Complete a login with the code of the second factor.

        Wants the session that a login with a second factor answers.

        Args:
            code: the code that was sent.

        Raises:
            AuthError: code 282.

        Platform action: `/user/auth/code/verify`
        """
        params = {"code": code}
        return await self._caller.call(AUTH_CODE_VERIFY, params, timeout=timeout, lane=lane)


class UserPasswordActions(Noun):
    """Actions under `/user/password`."""

    __slots__ = ()

    async def change(
        self,
        password: str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Set a new password with the session that the mailed link carries.

        Wants the session that a mailed link carries.

        Args:
            password: the new password; 12 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 101.

        Platform action: `/user/password/change`
        """
        sized("password", password, least=12, most=20)
        params = {"password": password}
        call = self._caller.call(PASSWORD_CHANGE, params, timeout=timeout, lane=lane)
        del password, params  # an error must not carry them away
        await call

    async def set(
        self,
        *,
        old_password: str,
        new_password: str,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the password.

        Wants the session of a login; an API key is refused.

        Args:
            old_password: the password so far.
            new_password: the new password; 6 to 20 characters.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            AccessDenied: code 101.
            InvalidRequest: code 245.
            AuthError: code 248.

        Platform action: `/user/password/set`
        """
        sized("new_password", new_password, least=6, most=20)
        params = {"old_password": old_password, "new_password": new_password}
        call = self._caller.call(PASSWORD_SET, params, timeout=timeout, lane=lane)
        del old_password, new_password, params  # an error must not carry them away
        await call


class UserPersonalInfoActions(Noun):
    """Actions under `/user/personal_info`."""

    __slots__ = ()

    async def update(
        self,
        *,
        legal_type: LegalType | str,
        first_name: str,
        middle_name: str,
        last_name: str,
        phone: str | UnsetType = UNSET,
        post_country: str | UnsetType = UNSET,
        post_index: str | UnsetType = UNSET,
        post_region: str | UnsetType = UNSET,
        post_city: str | UnsetType = UNSET,
        post_street_address: str | UnsetType = UNSET,
        iec: str | UnsetType = UNSET,
        legal_name: str | UnsetType = UNSET,
        okpo_code: str | UnsetType = UNSET,
        registered_country: str | UnsetType = UNSET,
        registered_index: str | UnsetType = UNSET,
        registered_region: str | UnsetType = UNSET,
        registered_city: str | UnsetType = UNSET,
        registered_street_address: str | UnsetType = UNSET,
        state_reg_num: str | UnsetType = UNSET,
        tin: str | UnsetType = UNSET,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace the personal and legal data of the user.

        Args:
            legal_type: what the user is before the law; documented: legal_entity, sole_trader, individual.
            first_name: first name.
            middle_name: middle name.
            last_name: last name.
            phone: phone number, digits without a plus sign; at most 15 characters.
            post_country: postal address: country.
            post_index: postal address: postal code.
            post_region: postal address: region.
            post_city: postal address: city.
            post_street_address: postal address: street and house.
            iec: industrial enterprise code.
            legal_name: name of the company.
            okpo_code: code in the register of enterprises; at most 10 characters.
            registered_country: registered address: country.
            registered_index: registered address: postal code.
            registered_region: registered address: region.
            registered_city: registered address: city.
            registered_street_address: registered address: street and house.
            state_reg_num: state registration number; at most 15 characters.
            tin: taxpayer number.

        Raises:
            InvalidInput: a bound above is not kept; nothing was sent.
            NotFound: code 222.

        Platform action: `/user/personal_info/update`
        """
        sized("phone", phone, most=15)
        sized("okpo_code", okpo_code, most=10)
        sized("state_reg_num", state_reg_num, most=15)
        params = sent(
            {
                "legal_type": legal_type,
                "first_name": first_name,
                "middle_name": middle_name,
                "last_name": last_name,
                "phone": phone,
                "post_country": post_country,
                "post_index": post_index,
                "post_region": post_region,
                "post_city": post_city,
                "post_street_address": post_street_address,
                "iec": iec,
                "legal_name": legal_name,
                "okpo_code": okpo_code,
                "registered_country": registered_country,
                "registered_index": registered_index,
                "registered_region": registered_region,
                "registered_city": registered_city,
                "registered_street_address": registered_street_address,
                "state_reg_num": state_reg_num,
                "tin": tin,
            }
        )
        await self._caller.call(PERSONAL_INFO_UPDATE, params, timeout=timeout, lane=lane)
