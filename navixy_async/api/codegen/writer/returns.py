"""What methods return, in words: the sections ``Returns`` of docstrings, and the same on pages of the reference."""

from __future__ import annotations

from collections.abc import Sequence

from ..catalogue import ActionSpec, Field
from ..type_expr import ListOf
from .models import answer_fields, answer_limit_text, field_text

_MOST_LISTED = 5
"""Fields of an answer that are listed one by one; larger answers are described by their class."""

NOTHING = "Nothing; the platform only confirms that it was done."


def returned_text(action: ActionSpec, returned: str) -> str:
    """Sentences about what the method of `action` returns; `returned` is its type, as it is written."""
    if action.facts.get("varies"):
        return str(action.facts["varies"]["text"])
    text = _one_shape(action, returned)
    by_file = action.facts.get("file_when")
    return (
        f"{text} With `{by_file}`, a download: await it for the bytes, or await its `save(path)`." if by_file else text
    )


def paged_member(action: ActionSpec) -> Field | None:
    """The member of an answer with the items of its page: its ``list``, or the only list in it."""
    lists = [member for member in action.answer if isinstance(member.type, ListOf)]
    named = [member for member in lists if member.name == "list"]
    return named[0] if named else lists[0] if len(lists) == 1 else None


def _one_shape(action: ActionSpec, returned: str) -> str:
    if returned == "None":
        return NOTHING
    if action.is_file:
        formats = ", ".join(action.facts["file"])
        return f"A download{f' ({formats})' if formats else ''}: await it for the bytes, or await its `save(path)`."
    fields = answer_fields(action, answer_limit_text(action))
    if returned.startswith("HistoryPager"):
        return _sentences("A pager: await it for one page, iterate it for every event of the half-open period.", fields)
    if returned.startswith("OffsetPager"):
        (listed,) = (field for field in fields if field.name == getattr(paged_member(action), "name", ""))
        items = str(listed.facts.get("description", "the entries"))
        return _sentences(f"A pager of {items}: await it for one page, iterate it for all of them.", fields)
    if returned.endswith("Answer"):
        return _answer(returned, fields)
    (field,) = fields
    text = f"{_capital(_what(field))}."
    if field.facts.get("nullable") or returned.endswith("| None"):
        text += " None if there is none."
    if action.facts.get("single_page"):
        text += f" One answer's worth: {action.facts['single_page']}."
    return text


def _answer(name: str, fields: Sequence[Field]) -> str:
    """An answer of several fields."""
    if len(fields) > _MOST_LISTED:
        return f"`{name}`, the fields of which are described in its class."
    listed = [f"`{field.python}` ({_what(field)})" for field in fields]
    text = listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} and {listed[-1]}"
    return f"`{name}` with {text}."


def _sentences(first: str, fields: Sequence[Field]) -> str:
    """`first`, and a sentence about the flag of a page, if it has one."""
    flag = next((field for field in fields if field.name == "limit_exceeded"), None)
    if flag is None:
        return first
    what = _what(flag)
    return f"{first} `limit_exceeded` {'says ' if what.startswith('whether') else 'is '}{what}."


def _what(field: Field) -> str:
    return field_text(field) or f"the `{field.name}` of the answer"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
