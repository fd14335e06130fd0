"""What people of the demo district do to keep workers busy, and how a benchmark sees them work.

Imported after the stores are chosen: it needs models.
"""

import time
import uuid

from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from programs.models import Program
from programs.workflow.papers import print_program
from schools import pulse
from schools.models import Heartbeat, Job, JobState, User


class Work:
    """One running programme of the demo mentor: meetings are recorded in it, prints asked for."""

    def __init__(self):
        mentor = User.objects.get(login="mentor@demo.example")
        self.program = (
            Program.objects.visible_to(mentor)
            .filter(approved_on__isnull=False, closed_on=None)
            .filter(group__appointments__post__person=mentor.person)
            .order_by("pk")
            .first()
        )
        self.owner = User.objects.get(login="director@demo.example")
        self.meeting_path = reverse("meeting-log", args=[self.program.group_id])
        self.print_path = reverse("program-print", args=[self.program.pk])

    def meeting(self) -> dict:
        """What the form of a meeting sends."""
        return {
            "held_on": timezone.localdate(), "minutes": 45, "format": "IN_PERSON",
            "topic": "Разбор урока", "client_key": uuid.uuid4(),
        }  # fmt: skip

    def seconds_until_resumed(self, patience: float) -> float | None:
        """Seconds from now until a print asked for now is done and beat's tick is heard."""
        began, since = time.monotonic(), timezone.now()
        job = None
        while time.monotonic() - began < patience:
            try:
                if job is None:
                    document = print_program(self.program, by=self.owner, on=timezone.localdate())
                    job = document.job_id
                done = Job.objects.filter(pk=job, state=JobState.DONE).exists()
                if done and Heartbeat.objects.filter(name=pulse.TICK, at__gt=since).exists():
                    return time.monotonic() - began
            except (OperationalError, InterfaceError):
                connection.close()
            time.sleep(0.2)
        return None

    def unfinished(self, patience: float) -> int:
        """Tasks that are not done after ``patience`` seconds without new ones."""
        left = Job.objects.exclude(state=JobState.DONE)
        began = time.monotonic()
        while left.open().exists() and time.monotonic() - began < patience:
            time.sleep(0.5)
        return left.count()
