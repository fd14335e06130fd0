"""The one history: append-only, chained by hashes, with values that can be erased."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.utils import timezone

models.CharField.register_lookup(Length)


class EventChain(models.Model):
    """Head of one chain, locked while an event is appended.

    ``name`` is school:<pk>, municipality:<pk> or system.
    """

    name = models.CharField(max_length=40, unique=True)
    last_seq = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="0" * 64)


class Event(models.Model):
    """What happened. Holds ids and a salted hash; words and names stand in ``EventValue``."""

    chain = models.ForeignKey(EventChain, models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey("schools.User", models.PROTECT, null=True, related_name="+")
    on = models.DateField()  # the local day of recording
    at = models.DateTimeField(default=timezone.now)
    values_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "история"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="event_seq_once_in_chain"),
            models.UniqueConstraint(
                fields=["chain", "previous_hash"], name="event_follows_one_event"
            ),
            models.CheckConstraint(
                condition=Q(hash__length=64, previous_hash__length=64, values_hash__length=64),
                name="event_hashes_whole",
            ),
        ]


class EventSubject(models.Model):
    """What an event is about, as (model label, pk): no foreign key upwards."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="subjects")
    label = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "label", "object_id"], name="eventsubject_once"
            ),
        ]
        indexes = [models.Index(fields=["label", "object_id"], name="eventsubject_object")]


class EventValue(models.Model):
    """The words of an event (names, from what to what); deleting it leaves the chain whole."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="value")
    salt = models.CharField(max_length=32)
    values = models.JSONField(default=dict)
