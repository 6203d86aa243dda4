"""The actions under `/form`.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from ...operations import Lane, Operation, Replay
from ..checks import without
from ..models.form import (
    FormReadAnswer,
    FormTemplate,
    FormTemplateCreateAnswer,
    FormTemplateListAnswer,
    FormTemplateReadAnswer,
    FormTemplateStatsReadAnswer,
)
from ..noun import Download, Noun, present

FormFormat: TypeAlias = Literal["pdf", "xlsx"]

DOWNLOAD: Operation[bytes] = Operation("form/download", bytes, replay=Replay.READ)
READ: Operation[FormReadAnswer] = Operation("form/read", FormReadAnswer, replay=Replay.READ)
TEMPLATE_CREATE: Operation[FormTemplateCreateAnswer] = Operation("form/template/create", FormTemplateCreateAnswer)
TEMPLATE_DELETE: Operation[dict[str, Any]] = Operation("form/template/delete", dict[str, Any])
TEMPLATE_LIST: Operation[FormTemplateListAnswer] = Operation(
    "form/template/list", FormTemplateListAnswer, replay=Replay.READ
)
TEMPLATE_READ: Operation[FormTemplateReadAnswer] = Operation(
    "form/template/read", FormTemplateReadAnswer, replay=Replay.READ
)
TEMPLATE_STATS_READ: Operation[FormTemplateStatsReadAnswer] = Operation(
    "form/template/stats/read", FormTemplateStatsReadAnswer, replay=Replay.READ
)
TEMPLATE_UPDATE: Operation[dict[str, Any]] = Operation("form/template/update", dict[str, Any], replay=Replay.IDEMPOTENT)
TEMPLATE_UPDATE_TEMPLATE_WITHOUT = ("created", "updated")


class FormActions(Noun):
    """Actions under `/form`. Forms: questions that tasks and check-ins ask."""

    __slots__ = ()

    @property
    def template(self) -> FormTemplateActions:
        """Actions under `/form/template`."""
        return FormTemplateActions(self._caller)

    def download(
        self,
        id: int,
        format: FormFormat | str,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> Download:
        """Make a file of a submitted form.

        Args:
            id: id of the entry.
            format: file format; documented: pdf, xlsx.

        Returns:
            The file's bytes (pdf, xlsx).

        Raises:
            NotFound: code 201.

        Platform action: `/form/download`
        """
        params = {"id": id, "format": format}
        return Download(self._caller, DOWNLOAD, params, timeout=timeout, lane=lane)

    async def read(
        self,
        id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FormReadAnswer:
        """Read a form with its values.

        Args:
            id: id of the entry.

        Raises:
            NotFound: code 201.

        Platform action: `/form/read`
        """
        params = {"id": id}
        return await self._caller.call(READ, params, timeout=timeout, lane=lane)


class FormTemplateActions(Noun):
    """Actions under `/form/template`."""

    __slots__ = ()

    @property
    def stats(self) -> FormTemplateStatsActions:
        """Actions under `/form/template/stats`."""
        return FormTemplateStatsActions(self._caller)

    async def create(
        self,
        template: FormTemplate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> int:
        """Make a template of forms, and give its id.

        Sub-users need the right form_template_update.

        Args:
            template: the template.

        Raises:
            AccessDenied: code 101.

        Platform action: `/form/template/create`
        """
        params = {"template": template}
        answer = await self._caller.call(TEMPLATE_CREATE, params, timeout=timeout, lane=lane)
        return present(answer.id, TEMPLATE_CREATE, "id")

    async def delete(
        self,
        template_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Delete a template; forms made of it stay.

        Sub-users need the right form_template_update.

        Args:
            template_id: id of the template of forms.

        Raises:
            AccessDenied: code 101.
            NotFound: code 201.

        Platform action: `/form/template/delete`
        """
        params = {"template_id": template_id}
        await self._caller.call(TEMPLATE_DELETE, params, timeout=timeout, lane=lane)

    async def list(self, *, timeout: float | None = None, lane: Lane | None = None) -> builtins.list[FormTemplate]:
        """List the templates of forms.

        Platform action: `/form/template/list`
        """
        answer = await self._caller.call(TEMPLATE_LIST, timeout=timeout, lane=lane)
        return present(answer.list, TEMPLATE_LIST, "list")

    async def read(
        self,
        template_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FormTemplate:
        """Read a template of forms.

        Args:
            template_id: id of the template of forms.

        Raises:
            NotFound: code 201.

        Platform action: `/form/template/read`
        """
        params = {"template_id": template_id}
        answer = await self._caller.call(TEMPLATE_READ, params, timeout=timeout, lane=lane)
        return present(answer.value, TEMPLATE_READ, "value")

    async def update(
        self,
        template: FormTemplate | Mapping[str, Any],
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> None:
        """Replace a template; it gets a new version.

        Sub-users need the right form_template_update. Whether what is left out stays is not documented: send the whole
        as it was read, with your changes. It does not take created, updated (of `template`): structs are sent without.

        Args:
            template: the template.

        Raises:
            AccessDenied: code 101.
            NotFound: code 201.

        Platform action: `/form/template/update`
        """
        params = {"template": without(template, TEMPLATE_UPDATE_TEMPLATE_WITHOUT)}
        await self._caller.call(TEMPLATE_UPDATE, params, timeout=timeout, lane=lane)


class FormTemplateStatsActions(Noun):
    """Actions under `/form/template/stats`."""

    __slots__ = ()

    async def read(
        self,
        template_id: int,
        *,
        timeout: float | None = None,
        lane: Lane | None = None,
    ) -> FormTemplateStatsReadAnswer:
        """Count how often a template is in use.

        Args:
            template_id: id of the template of forms.

        Raises:
            NotFound: code 201.

        Platform action: `/form/template/stats/read`
        """
        params = {"template_id": template_id}
        return await self._caller.call(TEMPLATE_STATS_READ, params, timeout=timeout, lane=lane)
