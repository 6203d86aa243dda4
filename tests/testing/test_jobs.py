"""Background jobs and announced files, by themselves."""

from __future__ import annotations

import pytest

from navixy_async.testing.jobs import SLOT_LIFE, BackgroundJob, BackgroundJobs, UploadSlots
from navixy_async.testing.multipart import ParsedForm, UploadedPart
from navixy_async.testing.wire import WireError


def start(jobs: BackgroundJobs, owner: int = 1) -> BackgroundJob:
    return jobs.start(owner, "report", {}, 0, needed=2, at_once=1, report=True)


def test_a_job_is_done_after_its_polls_and_makes_room() -> None:
    jobs = BackgroundJobs()
    job = start(jobs)
    assert job.percent == 0
    with pytest.raises(WireError, match="15"):
        start(jobs)
    start(jobs, owner=2)
    job.polls = 1
    assert job.percent == 50
    job.polls = 2
    assert job.percent == 100
    assert start(jobs).id != job.id


def test_a_job_is_its_owners_of_its_kind_and_gone_when_deleted() -> None:
    jobs = BackgroundJobs()
    job = start(jobs)
    assert jobs.get(1, job.id, ("report",), 204) is job
    for owner, kinds in ((2, ("report",)), (1, ("vehicle",))):
        with pytest.raises(WireError, match="204"):
            jobs.get(owner, job.id, kinds, 204)  # type: ignore[arg-type]
    jobs.delete(job)
    with pytest.raises(WireError, match="204"):
        jobs.get(1, job.id, ("report",), 204)


def form(fields: dict[str, str], content: bytes, name: str = "file") -> ParsedForm:
    return ParsedForm(fields, {name: UploadedPart(name, "a.png", "image/png", content)})


def test_a_slot_takes_its_own_file_once() -> None:
    slot = UploadSlots().announce(3, now=100)
    assert slot.take(form({}, b"abc"), 100) == 403
    assert slot.take(form(slot.fields, b"abcd"), 100) == 400
    assert slot.take(form(slot.fields, b"abc", name="picture"), 100) == 400
    assert slot.take(form(slot.fields, b"abc"), 100 + SLOT_LIFE) == 403
    assert slot.take(form(slot.fields, b"abc"), 100) == 204
    assert slot.content == b"abc"
    assert slot.take(form(slot.fields, b"abc"), 100) == 403
