"""Sentences about an action as a whole: who may call it, what it does beside its purpose, what an update replaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ..catalogue import ActionSpec


def action_notes(action: ActionSpec) -> list[str]:
    """All sentences about an action beside what it is for, what bites first."""
    bites = [str(action.facts["note"])] if action.facts.get("note") else []
    return [*bites, *alias_notes(action), *access_notes(action), *update_notes(action), *change_notes(action)]


def access_notes(action: ActionSpec) -> list[str]:
    """Sentences about who may call the action."""
    facts: Mapping[str, Any] = action.facts.get("access") or {}
    sentences = [_SESSIONS[action.row.session]] if action.row.session in _SESSIONS else []
    if facts.get("permissions"):
        sentences.append(f"Needs the {_named(facts['permissions'], 'permission')} of the panel.")
    if facts.get("master_only"):
        sentences.append("Not available to sub-users.")
    elif facts.get("rights"):
        sentences.append(f"Sub-users need the {_named(facts['rights'], 'permission')}.")
    for name, rights in (facts.get("rights_by_field") or {}).items():
        sentences.append(f"Sub-users need the {_named(rights, 'permission')} for `{name}`.")
    if facts.get("tariff_features"):
        sentences.append(f"Requires the {_named(facts['tariff_features'], 'tariff feature')}.")
    return sentences


_SESSIONS = {
    "standard_session_only": "Requires the session of a login; an API key is refused.",
    "emailed_link_session": "Requires the session that an e-mailed link carries.",
    "second_factor_session": "Requires the session that a login with a second factor returns.",
    "none": "Requires no credential.",
    "optional": "Requires no credential, but is sent the account's.",
    "root_access": "Reserved for the platform itself.",
}


def _named(names: Sequence[str], what: str) -> str:
    """``the `a` permission``, ``the `a` and `b` permissions``."""
    quoted = [f"`{name}`" for name in names]
    if len(quoted) == 1:
        return f"{quoted[0]} {what}"
    return f"{', '.join(quoted[:-1])} and {quoted[-1]} {what}s"


def update_notes(action: ActionSpec) -> list[str]:
    """Sentences about what an action that changes an object does with members that are not sent."""
    if action.facts.get("replaces"):
        return _parameters_kept(action)
    facts = action.facts.get("update")
    if facts is None:
        return []
    note = (
        "The platform replaces the whole object: send it as it was read, plus your changes; what is left out is lost."
    )
    if not facts.get("replaces"):
        note = "Whether what is left out stays is not documented: send the whole object as read, plus your changes."
    note += " None that is set in place of a value is sent as null."
    left_out = [f"{', '.join(names)} (of `{param}`)" for param, names in facts.get("left_out", {}).items()]
    return [note, *([f"It does not take {' and '.join(left_out)}: structs are sent without them."] if left_out else [])]


def _parameters_kept(action: ActionSpec) -> list[str]:
    """The same for an update that takes what it changes as parameters of their own."""
    kept = action.facts.get("kept")
    unlisted = " Settings that are no parameter here are reset as well." if action.facts.get("resets_unlisted") else ""
    return [
        "The platform replaces the whole set of these settings: read it, and give it as `as_read` beside your changes; "
        f"what is left out is reset{f', except {_listed(kept)}' if kept else ''}.{unlisted}"
    ]


def alias_notes(action: ActionSpec) -> list[str]:
    """Sentences about an action under a further path."""
    meant = action.facts.get("alias_of")
    if meant is None:
        return []
    if action.facts["alias_why"] == "both":
        return [f"The documents print this path and `{meant.path}` for the same action: use the one that answers."]
    return [f"Renamed: use `{meant.path}`. This sends the former path, which older installations know."]


def change_notes(action: ActionSpec) -> list[str]:
    """Sentences about what an action does beside its purpose."""
    facts, sentences = action.facts, []
    if facts.get("removed"):
        sentences.append(f"Not in the platform's documents since {_month(facts['removed'])}: it may be gone.")
    if facts.get("new_id"):
        sentences.append("What is returned is the new id: the old one is dead from then on.")
    if facts.get("ends_sessions"):
        sentences.append("Ends all sessions of that login, also the one that asks.")
    if facts.get("accepted_only"):
        sentences.append("Success only means that it was accepted: what matches nothing is dropped without an error.")
    return sentences


def _month(day: str) -> str:
    return date.fromisoformat(day).strftime("%B %Y")


def _listed(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
