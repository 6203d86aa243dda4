"""The review of the catalogue: contradictions are refused, and what updates take is reviewed one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from navixy_async.api.codegen.catalogue import load
from navixy_async.api.codegen.generate import generate
from navixy_async.api.codegen.review import CatalogueFault

from .test_generate import copy_of_catalogue


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda reviewed: reviewed["actions"].update({"no/such": {}}), "the action no/such, which does not exist"),
        (lambda reviewed: reviewed["objects"].update({"nobody": {}}), "the object nobody, which does not exist"),
        (
            lambda reviewed: reviewed["objects"]["tracker"].update(name="TrackPoint"),
            "would both be the class TrackPoint",
        ),
        (lambda reviewed: reviewed["objects"].update({"tracker.source": None}), "uses the object tracker.source"),
        (
            lambda reviewed: reviewed["actions"]["track/read"].update(params={"nothing": {"description": "x"}}),
            "corrects nothing of track/read, which does not exist",
        ),
        (
            lambda reviewed: reviewed["objects"]["location"]["fields"].update(track={"type": "track_info"}),
            "give an object another home",
        ),
    ],
)
def test_a_contradiction_in_the_review_is_refused(tmp_path: Path, change: object, sentence: str) -> None:
    folder = copy_of_catalogue(tmp_path)
    reviewed = json.loads((folder / "reviewed.json").read_text(encoding="utf-8"))
    assert callable(change)
    change(reviewed)
    (folder / "reviewed.json").write_text(json.dumps(reviewed), encoding="utf-8")
    with pytest.raises(CatalogueFault, match=sentence):
        generate(load(folder))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda updates: updates.pop("zone/update"), "of all actions that change an object.*: zone/update"),
        (lambda updates: updates.update({"zone/list": {}}), "and of no other: zone/list"),
        (
            lambda updates: updates["task/update"]["left_out"].update(task=["mood"]),
            "leaves out members of task of task/update that do not exist",
        ),
        (
            lambda updates: updates["task/update"]["left_out"].update(errand=["id"]),
            "leaves out members of errand of task/update that do not exist",
        ),
    ],
)
def test_what_updates_take_is_reviewed_one_by_one(tmp_path: Path, change: object, sentence: str) -> None:
    folder = copy_of_catalogue(tmp_path)
    path = folder / "reviewed" / "updates.json"
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    assert callable(change)
    change(reviewed["updates"])
    path.write_text(json.dumps(reviewed), encoding="utf-8")
    with pytest.raises(CatalogueFault, match=sentence):
        load(folder)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda texts: texts["count"].pop("zone/point/list"), "must say what count of zone/point/list is"),
        (lambda texts: texts["count"].update({"zone/list": "x"}), "describes count of zone/list, which does not exist"),
        (lambda texts: texts.update({"mood": {"zone/list": "x"}}), "describes mood of zone/list, which does not exist"),
    ],
)
def test_a_name_that_means_different_things_is_described_action_by_action(
    tmp_path: Path, change: object, sentence: str
) -> None:
    folder = copy_of_catalogue(tmp_path)
    path = folder / "reviewed" / "texts_by_action.json"
    reviewed = json.loads(path.read_text(encoding="utf-8"))
    assert callable(change)
    change(reviewed["texts_by_action"])
    path.write_text(json.dumps(reviewed), encoding="utf-8")
    with pytest.raises(CatalogueFault, match=sentence):
        load(folder)


def test_two_files_may_speak_of_one_action_but_not_of_one_fact(tmp_path: Path) -> None:
    folder = copy_of_catalogue(tmp_path)
    extra = folder / "reviewed" / "zz.json"
    decided = {"actions": {"tracker/group/delete": {"params": {"id": {"min": 1}}}}}
    extra.write_text(json.dumps(decided), encoding="utf-8")
    (param,) = next(action for action in load(folder).actions() if action.path == "tracker/group/delete").params
    assert (param.facts["min"], param.facts["description"]) == (1, "id of the group")
    decided["actions"]["tracker/group/delete"]["params"]["id"] = {"description": "another"}  # type: ignore[dict-item]
    extra.write_text(json.dumps(decided), encoding="utf-8")
    with pytest.raises(CatalogueFault, match=r"zz\.json decides on tracker/group/delete params id description"):
        load(folder)


def test_a_note_belongs_to_an_action(tmp_path: Path) -> None:
    folder = copy_of_catalogue(tmp_path)
    (folder / "reviewed" / "more.json").write_text(json.dumps({"notes": {"no/such": "Nothing."}}), encoding="utf-8")
    with pytest.raises(CatalogueFault, match="the action no/such, which does not exist"):
        load(folder)
