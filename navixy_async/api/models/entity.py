"""Structs of `entity`. Kinds of objects, and their custom fields.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins

from ..model import ABSENT, Always, Model


class EntitySettingsLayoutSections(Model, kw_only=True):
    """The `sections` of `EntitySettingsLayout`."""

    label: str | None = None
    field_order: list[str] | None = None


class EntitySettingsLayout(Model, kw_only=True):
    """The `layout` of `EntitySettings`."""

    sections: list[EntitySettingsLayoutSections] | None = None


class EntitySettings(Model, kw_only=True):
    """The `settings` of `Entity`."""

    layout: EntitySettingsLayout | None = None


class Entity(Model, kw_only=True):
    """An entity."""

    id: Always[int] = ABSENT
    type: str | None = None
    settings: EntitySettings | None = None


class EntityFieldParams(Model, kw_only=True, gc=False):
    """The `params` of `EntityField`."""

    responsible: bool | None = None


class EntityField(Model, kw_only=True, gc=False):
    """An entity field.

    Attributes:
        type: one of text, bigtext, email, phone, decimal, integer, employee.
    """

    id: Always[int] = ABSENT
    label: str | None = None
    type: str | None = None
    required: bool | None = None
    description: str | None = None
    params: EntityFieldParams | None = None


class EntityFieldParamsEmployee(Model, kw_only=True, gc=False):
    """An entity field params employee."""

    responsible: bool | None = None


class EntityFieldsReadAnswer(Model, kw_only=True):
    """What `/entity/fields/read` answers."""

    list: Always[builtins.list[EntityField]] = ABSENT


class EntityFieldsUpdateAnswer(Model, kw_only=True):
    """What `/entity/fields/update` answers."""

    list: Always[builtins.list[EntityField]] = ABSENT


class EntityListAnswer(Model, kw_only=True):
    """What `/entity/list` answers."""

    list: Always[builtins.list[Entity]] = ABSENT


class EntityReadAnswer(Model, kw_only=True):
    """What `/entity/read` answers."""

    fields: list[EntityField] | None = None
    entity: Entity | None = None
