"""Structs of `user.application`. Applications that the account embeds into its menu.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from msgspec import Raw

from ..model import ABSENT, Always, Masked, Model, Unknown
from ..variants import Variants


class ApiKeyAuthorization(Masked, kw_only=True, gc=False, tag_field="type", tag="api_key"):
    """The application gets an API key.

    Attributes:
        hash: the key.
    """

    secret_members: ClassVar[tuple[str, ...]] = ("hash",)

    type: ClassVar[Literal["api_key"]] = "api_key"

    hash: str | None = None


class UserSessionAuthorization(Model, kw_only=True, gc=False, tag_field="type", tag="user_session"):
    """The application gets the user's session."""

    type: ClassVar[Literal["user_session"]] = "user_session"


class UnknownApplicationAuthorization(Unknown):
    """A variant of `ApplicationAuthorization` that this version does not know."""


ApplicationAuthorization: TypeAlias = ApiKeyAuthorization | UserSessionAuthorization | UnknownApplicationAuthorization
"""What an application gets to call the platform with; told apart by `type`."""

APPLICATION_AUTHORIZATION = Variants(UnknownApplicationAuthorization, ApiKeyAuthorization, UserSessionAuthorization)


class Application(Model, kw_only=True):
    """An application in the menu.

    Attributes:
        display_method: one of new_tab, embedded.
    """

    id: Always[int] = ABSENT
    label: str | None = None
    url_template: str | None = None
    enabled: bool | None = None
    if TYPE_CHECKING:
        authorization: ApplicationAuthorization | None = None
    else:
        authorization: Raw = ABSENT
    display_method: str | None = None
    icon: str | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        self.authorization = APPLICATION_AUTHORIZATION.one(self.authorization)


class NewApplication(Model, kw_only=True):
    """An application that does not exist yet.

    Attributes:
        display_method: one of new_tab, embedded.
    """

    label: str | None = None
    url_template: str | None = None
    if TYPE_CHECKING:
        authorization: ApplicationAuthorization | None = None
    else:
        authorization: Raw = ABSENT
    display_method: str | None = None
    icon: str | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        self.authorization = APPLICATION_AUTHORIZATION.one(self.authorization)


class UserApplicationCreateAnswer(Model, kw_only=True, gc=False):
    """What `/user/application/create` answers."""

    id: Always[int] = ABSENT


class UserApplicationListAnswer(Model, kw_only=True):
    """What `/user/application/list` answers."""

    list: Always[builtins.list[Application]] = ABSENT
