"""Structs of `forms`. Fields and values of forms.

Written by ``python -m navixy_async.api.generate`` from ``api/catalogue/``: change the facts, never this file.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal, TypeAlias

from ..model import ABSENT, Always, Model, Unknown
from ..resolve import resolved
from ..variants import Variants


@resolved
class FormFieldBase(Model, kw_only=True, gc=False):
    """What all fields of forms have in common."""

    id: Always[str] = ABSENT
    label: str | None = None
    description: str | None = None
    required: bool | None = None


class Checkbox(Model, kw_only=True, gc=False):
    """A box to tick."""

    label: str | None = None


class CheckboxGroupField(FormFieldBase, kw_only=True, gc=True, tag_field="type", tag="checkbox_group"):
    """A field of the type `checkbox_group`."""

    type: ClassVar[Literal["checkbox_group"]] = "checkbox_group"

    min_checked: int | None = None
    max_checked: int | None = None
    group: list[Checkbox] | None = None


class DateField(FormFieldBase, kw_only=True, gc=False, tag_field="type", tag="date"):
    """A field of the type `date`."""

    type: ClassVar[Literal["date"]] = "date"

    disable_future: bool | None = None
    disable_past: bool | None = None


class DropdownOption(Model, kw_only=True, gc=False):
    """A choice in a list."""

    label: str | None = None


class DropdownField(FormFieldBase, kw_only=True, gc=True, tag_field="type", tag="dropdown"):
    """A field of the type `dropdown`."""

    type: ClassVar[Literal["dropdown"]] = "dropdown"

    options: list[DropdownOption] | None = None


class FileField(FormFieldBase, kw_only=True, gc=True, tag_field="type", tag="file"):
    """A field of the type `file`.

    Attributes:
        max_file_size: in bytes.
        min_file_size: in bytes.
    """

    type: ClassVar[Literal["file"]] = "file"

    max_file_size: int | float | None = None
    min_file_size: int | float | None = None
    allowed_extensions: list[str] | None = None


class PhotoField(FormFieldBase, kw_only=True, gc=False, tag_field="type", tag="photo"):
    """A field of the type `photo`."""

    type: ClassVar[Literal["photo"]] = "photo"

    max_files: int | None = None


class RadioOption(Model, kw_only=True, gc=False):
    """A choice among several."""

    label: str | None = None


class RadioGroupField(FormFieldBase, kw_only=True, gc=True, tag_field="type", tag="radio_group"):
    """A field of the type `radio_group`."""

    type: ClassVar[Literal["radio_group"]] = "radio_group"

    options: list[RadioOption] | None = None


class RatingField(FormFieldBase, kw_only=True, gc=False, tag_field="type", tag="rating"):
    """A field of the type `rating`."""

    type: ClassVar[Literal["rating"]] = "rating"

    max_stars: int | None = None


class TextField(FormFieldBase, kw_only=True, gc=False, tag_field="type", tag="text"):
    """A field of the type `text`.

    Attributes:
        min_length: 0 to 1024.
    """

    type: ClassVar[Literal["text"]] = "text"

    min_length: int | None = None
    max_length: int | None = None


class UnknownFormField(Unknown):
    """A variant of `FormField` that this version does not know."""


FormField: TypeAlias = (
    CheckboxGroupField
    | DateField
    | DropdownField
    | FileField
    | PhotoField
    | RadioGroupField
    | RatingField
    | TextField
    | UnknownFormField
)
"""A field of a form; told apart by `type`."""

FORM_FIELD = Variants(
    UnknownFormField,
    CheckboxGroupField,
    DateField,
    DropdownField,
    FileField,
    PhotoField,
    RadioGroupField,
    RatingField,
    TextField,
)


class CheckboxGroupValue(Model, kw_only=True, tag_field="type", tag="checkbox_group"):
    """The value of a field of the type `checkbox_group`."""

    type: ClassVar[Literal["checkbox_group"]] = "checkbox_group"

    values: list[bool] | None = None


class DateValue(Model, kw_only=True, gc=False, tag_field="type", tag="date"):
    """The value of a field of the type `date`."""

    type: ClassVar[Literal["date"]] = "date"

    value: date | None = None


class DropdownValue(Model, kw_only=True, gc=False, tag_field="type", tag="dropdown"):
    """The value of a field of the type `dropdown`."""

    type: ClassVar[Literal["dropdown"]] = "dropdown"

    value_index: int | None = None


class FileValue(Model, kw_only=True, tag_field="type", tag="file"):
    """The value of a field of the type `file`."""

    type: ClassVar[Literal["file"]] = "file"

    file_ids: list[int] | None = None
    file_id: int | None = None


class PhotoValue(Model, kw_only=True, tag_field="type", tag="photo"):
    """The value of a field of the type `photo`."""

    type: ClassVar[Literal["photo"]] = "photo"

    file_ids: list[int] | None = None


class RadioGroupValue(Model, kw_only=True, gc=False, tag_field="type", tag="radio_group"):
    """The value of a field of the type `radio_group`."""

    type: ClassVar[Literal["radio_group"]] = "radio_group"

    value_index: int | None = None


class RatingValue(Model, kw_only=True, gc=False, tag_field="type", tag="rating"):
    """The value of a field of the type `rating`."""

    type: ClassVar[Literal["rating"]] = "rating"

    value: int | None = None


class TextValue(Model, kw_only=True, gc=False, tag_field="type", tag="text"):
    """The value of a field of the type `text`."""

    type: ClassVar[Literal["text"]] = "text"

    value: str | None = None


class UnknownFormValue(Unknown):
    """A variant of `FormValue` that this version does not know."""


FormValue: TypeAlias = (
    CheckboxGroupValue
    | DateValue
    | DropdownValue
    | FileValue
    | PhotoValue
    | RadioGroupValue
    | RatingValue
    | TextValue
    | UnknownFormValue
)
"""The value of a field of a form; told apart by `type`."""

FORM_VALUE = Variants(
    UnknownFormValue,
    CheckboxGroupValue,
    DateValue,
    DropdownValue,
    FileValue,
    PhotoValue,
    RadioGroupValue,
    RatingValue,
    TextValue,
)
