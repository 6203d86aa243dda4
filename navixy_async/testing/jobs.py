"""Background jobs of the platform (reports and imports), and files that are sent in two steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .fleet import digest
from .multipart import ParsedForm
from .wire import WireError

JobKind: TypeAlias = Literal["report", "employee", "vehicle"]
FIRST_JOB, FIRST_FILE = 5_600_001, 8_000_001
SLOT_LIFE = 3600


@dataclass(slots=True)
class BackgroundJob:
    """One report or import: how often it was polled, and after how many polls it is done."""

    id: int
    owner: int
    kind: JobKind
    asked: dict[str, Any]
    created: int
    needed: int
    polls: int = 0
    failed: list[str] = field(default_factory=list)
    """Lines of an import that could not be read."""
    total: int = 0

    @property
    def percent(self) -> int:
        """How much of it is done, 0 to 100."""
        return 100 if self.polls >= self.needed else 100 * self.polls // self.needed


class BackgroundJobs:
    """All reports and imports of one platform."""

    def __init__(self) -> None:
        self._held: dict[int, BackgroundJob] = {}

    def start(
        self, owner: int, kind: JobKind, asked: dict[str, Any], now: int, *, needed: int, at_once: int, report: bool
    ) -> BackgroundJob:
        """A new job; 15 if `at_once` jobs of its sort are running for this owner."""
        running = [one for one in self.of(owner) if one.percent < 100 and (one.kind == "report") is report]
        if len(running) >= at_once:
            raise WireError(15)
        job = BackgroundJob(FIRST_JOB + len(self._held), owner, kind, asked, now, needed)
        self._held[job.id] = job
        return job

    def of(self, owner: int) -> list[BackgroundJob]:
        return [one for one in self._held.values() if one.owner == owner and "deleted" not in one.asked]

    def get(self, owner: int, job_id: int, kinds: tuple[JobKind, ...], unknown: int) -> BackgroundJob:
        """One job of an owner; the code `unknown` if there is none of these kinds."""
        found = next((one for one in self.of(owner) if one.id == job_id and one.kind in kinds), None)
        if found is None:
            raise WireError(unknown)
        return found

    def delete(self, job: BackgroundJob) -> None:
        job.asked = {"deleted": True}
        job.polls = job.needed


@dataclass(slots=True)
class UploadSlot:
    """Room for one announced file: it is sent to ``/upload/ID``, after the form fields in `fields`."""

    id: int
    size: int
    expires: int
    token: str = field(repr=False)
    content: bytes | None = field(default=None, repr=False)

    @property
    def fields(self) -> dict[str, str]:
        return {"token": self.token, "success_action_status": "204"}

    def take(self, form: ParsedForm, now: int) -> int:
        """The HTTP status of an upload: 204 if it was correct, 400 or 403 if not."""
        if now >= self.expires or self.content is not None:
            return 403
        if any(form.fields.get(name) != value for name, value in self.fields.items()):
            return 403
        part = form.files.get("file")
        if part is None or form.ignored or len(form.files) != 1 or len(part.content) != self.size:
            return 400
        self.content = part.content
        return 204


class UploadSlots:
    """All announced files of one platform."""

    def __init__(self) -> None:
        self.held: dict[int, UploadSlot] = {}

    def announce(self, size: int, now: int) -> UploadSlot:
        number = FIRST_FILE + len(self.held)
        slot = self.held[number] = UploadSlot(number, size, now + SLOT_LIFE, digest("slot", number))
        return slot
