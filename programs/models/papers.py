"""Prints of papers, acquaintance sheets, and the one table of what is due."""

import datetime as dt
import secrets

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from programs.choices import DateSource, Force
from programs.models.cases import GroupMember, MentorAppointment, MentoringGroup
from programs.models.consents import Consent
from programs.models.orders import Order
from programs.models.programs import Program
from schools.constraints import both_or_neither, ends_not_before, known
from schools.models import Job, LocalAct, Person, School, StaffMember, StoredFile


class PaperKind(models.TextChoices):
    MENTOR_CONSENT = "MENTOR_CONSENT", "согласие наставника"
    MENTEE_CONSENT = "MENTEE_CONSENT", "согласие наставляемого"
    DATA_CONSENT = "DATA_CONSENT", "согласие на обработку персональных данных"
    ADDENDUM = "ADDENDUM", "дополнительное соглашение"
    NOTICE = "NOTICE", "уведомление"
    ORDER = "ORDER", "приказ"
    PROGRAM = "PROGRAM", "персонализированная программа"
    MEETINGS = "MEETINGS", "записи о встречах"
    REPORT = "REPORT", "отчёт наставника"
    EVALUATION = "EVALUATION", "лист оценки"
    ACQUAINTANCE = "ACQUAINTANCE", "лист ознакомления"
    REGULATION_ORDER = "REGULATION_ORDER", "приказ об утверждении положения"
    CURATOR_ORDER = "CURATOR_ORDER", "приказ о назначении куратора"
    INCENTIVE_ORDER = "INCENTIVE_ORDER", "приказ о поощрении"
    THANKS = "THANKS", "благодарственное письмо"
    CERTIFICATE = "CERTIFICATE", "справка о наставнической деятельности"


# What a print must be about, by kind; the database refuses a print that names nothing.
SUBJECTS = {
    ("group", "post"): [
        PaperKind.MENTOR_CONSENT,
        PaperKind.MENTEE_CONSENT,
        PaperKind.ADDENDUM,
        PaperKind.NOTICE,
    ],
    ("post",): [
        PaperKind.DATA_CONSENT,
        PaperKind.INCENTIVE_ORDER,
        PaperKind.THANKS,
        PaperKind.CERTIFICATE,
    ],
    ("order",): [PaperKind.ORDER],
    ("program",): [PaperKind.PROGRAM, PaperKind.MEETINGS, PaperKind.EVALUATION],
    ("program", "post"): [PaperKind.REPORT],
    ("act",): [PaperKind.ACQUAINTANCE],
    (): [PaperKind.REGULATION_ORDER, PaperKind.CURATOR_ORDER],
}
# Papers of the pair's own work: the pair reads them as well as the organisation.
OF_THE_PAIR = [PaperKind.PROGRAM, PaperKind.MEETINGS]
# Decisions about a person: nobody learns of one from a draft that may still be dropped.
TOLD_WHEN_SIGNED = [PaperKind.NOTICE, PaperKind.INCENTIVE_ORDER, PaperKind.THANKS]


def _names_its_subject() -> Q:
    """The condition of SUBJECTS; an acquaintance is with an act or with an order."""
    found = Q(kind=PaperKind.ACQUAINTANCE, order__isnull=False)
    for fields, kinds in SUBJECTS.items():
        found |= Q(kind__in=kinds, **{f"{field}__isnull": False for field in fields})
    return found


def new_code() -> str:
    """An unguessable code printed on the sheet."""
    return secrets.token_hex(10)


class PaperState(models.TextChoices):
    """What a print has come to; computed from its dates."""

    PRINTED = "PRINTED", "напечатано"
    SIGNED = "SIGNED", "подписано"  # the date is known, the sheet is not in file yet
    IN_FILE = "IN_FILE", "подписано, скан в деле"
    CANCELLED = "CANCELLED", "отменено"


class DocumentQuerySet(models.QuerySet):
    def open(self):
        """Prints that may still come back signed."""
        return self.filter(scan=None, cancelled_on=None)

    def visible_to(self, user):
        """The organisation's staff; the person whom it concerns, of a decision about the person
        once it is signed; the pair its programme, who
        has left the pair only what was printed before.

        A certificate tells of all organisations that whoever asked for it sees: it is theirs
        and the person's own.
        """
        access = user.access
        own = {"post__person": access.person_id, "group": OuterRef("group")}
        mentored = MentorAppointment.objects.ordered().filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef("printed_on")), **own
        )
        learned = GroupMember.objects.filter(
            Q(left_on=None) | Q(left_on__gte=OuterRef("printed_on")),
            joined_on__isnull=False,
            **own,
        )
        return self.filter(
            Q(school__in=access.staffed_schools())
            & (~Q(kind=PaperKind.CERTIFICATE) | Q(job__owner=user))
            # An account without a person would otherwise match every print without a post.
            | Q(post__isnull=False, post__person=access.person_id)
            & (~Q(kind__in=TOLD_WHEN_SIGNED) | Q(signed_on__isnull=False))
            | Q(Exists(mentored) | Exists(learned), kind__in=OF_THE_PAIR)
        )


class Document(models.Model):
    """One print of a paper: frozen data, text, file and hash, kept as long as its case.

    Printed → signed (the date on the paper, told by a person) → in file (its scan); or cancelled,
    when another print of the same paper was signed. A signed one is never changed: what comes
    later is another document that ``amends`` it.
    """

    code = models.CharField("код", max_length=20, unique=True, default=new_code)
    kind = models.CharField("бумага", max_length=20, choices=PaperKind)
    school = models.ForeignKey(School, models.PROTECT)
    group = models.ForeignKey(
        MentoringGroup, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    post = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True)
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    program = models.ForeignKey(
        Program, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, blank=True)
    act = models.ForeignKey(
        LocalAct, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    template_version = models.PositiveSmallIntegerField(default=1)
    data = models.JSONField(default=dict)
    text = models.TextField("текст, как напечатан", blank=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="documents")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True)
    word_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("листов", default=0)  # 0 until it is drawn
    printed_on = models.DateField("напечатано")
    signed_on = models.DateField("подписано", null=True, blank=True)
    recorded_on = models.DateField("внесено", null=True, blank=True)
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_on = models.DateField("отменено", null=True, blank=True)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="amendments"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["-printed_on", "-pk"]
        constraints = [
            known("document", "kind", PaperKind),
            both_or_neither("document_file_has_a_hash", Q(file__isnull=False), ~Q(sha256="")),
            models.CheckConstraint(
                condition=_names_its_subject(), name="document_names_its_subject"
            ),
            both_or_neither(
                "document_signed_is_recorded",
                Q(signed_on__isnull=False),
                Q(recorded_on__isnull=False),
            ),
            ends_not_before("document", "signed_on", "recorded_on"),
            models.CheckConstraint(
                condition=Q(scan=None) | Q(signed_on__isnull=False),
                name="document_scan_is_of_a_signed_one",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None) | Q(signed_on=None),
                name="document_signed_or_cancelled",
            ),
        ]

    def __str__(self):
        about = self.post.person.short_name if self.post_id else ""
        if self.order_id:
            about = f"№ {self.order.number}" if self.order.number else self.order.title
        words = [self.get_kind_display(), about]
        return ": ".join(word for word in words if word)

    @property
    def state(self) -> PaperState:
        if self.cancelled_on:
            return PaperState.CANCELLED
        if self.scan_id:
            return PaperState.IN_FILE
        return PaperState.SIGNED if self.signed_on else PaperState.PRINTED


class AcquaintanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        access = user.access
        return self.filter(
            Q(act__school__in=access.staffed_schools())
            | Q(order__register__school__in=access.staffed_schools())
            | Q(person=access.person_id)
        )


class Acquaintance(models.Model):
    """A person signed that they know an act or an order: exactly one of the two."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="acquaintances")
    act = models.ForeignKey(
        LocalAct, models.PROTECT, null=True, blank=True, related_name="acquaintances"
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="acquaintances"
    )
    signed_on = models.DateField("ознакомлен(а)")

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        verbose_name = "ознакомление"
        verbose_name_plural = "ознакомления"
        constraints = [
            models.CheckConstraint(
                condition=Q(act__isnull=False, order=None) | Q(act=None, order__isnull=False),
                name="acquaintance_with_one_paper",
            ),
            models.UniqueConstraint(
                fields=["person", "act"], condition=Q(act__isnull=False), name="acquaintance_act"
            ),
            models.UniqueConstraint(
                fields=["person", "order"],
                condition=Q(order__isnull=False),
                name="acquaintance_order",
            ),
        ]


# What binds by a date that somebody named; everything else is never red and never escalates.
MAY_BE_RED = Q(force__in=[Force.LAW, Force.DISTRICT]) & ~Q(date_source=DateSource.DEFAULT)


class DeadlineQuerySet(models.QuerySet):
    def live(self):
        return self.filter(void_on=None)

    def open(self, on: dt.date):
        """What is owed on ``on``: opened, not settled, not lapsed, not hidden by a pause."""
        return self.live().filter(opens_on__lte=on, done_on=None, hidden=False)

    def overdue(self, on: dt.date):
        """Only what may be red: LAW and DISTRICT dates that are not defaults."""
        return self.open(on).filter(MAY_BE_RED, due_on__lt=on)

    def visible_to(self, user):
        """The organisation's staff all; a person their own; a methodologist LAW and DISTRICT.

        «Прошу другого наставника» stays hidden from the mentor of that case, even from one
        who is the curator as well, until it is decided.
        """
        access = user.access
        mine = (
            MentorAppointment.objects.on(access.on)
            .filter(post__person=access.person_id)
            .values("group")
        )
        return self.filter(
            Q(school__in=access.staffed_schools())
            & ~Q(kind="mentor_change", done_on=None, group__in=mine)
            | Q(owner=f"person:{access.person_id}")
            | Q(
                school__municipality__in=access.inspected_municipalities(),
                force__in=[Force.LAW, Force.DISTRICT],
            )
        )


class Deadline(models.Model):
    """What somebody owes: a pure function of facts, computed by ``programs.deadlines``.

    The natural key (kind, subject, owner, period) is text and never NULL. ``void_on`` is the
    day on which the duty lapsed. ``hidden`` is set while an open pause covers the case.
    """

    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=60)  # program:17, group:5, school:3, member:9 …
    owner = models.CharField(max_length=60)  # person:5, director:school:3, curator:school:3
    period = models.CharField(max_length=40, default="")
    school = models.ForeignKey(School, models.CASCADE, related_name="deadlines")
    group = models.ForeignKey(MentoringGroup, models.CASCADE, null=True, related_name="deadlines")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="deadlines")
    opens_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    void_on = models.DateField(null=True)
    hidden = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)  # past the last published calendar year
    basis = models.CharField(max_length=60)
    force = models.CharField(max_length=10, choices=Force)
    date_source = models.CharField(max_length=10, choices=DateSource)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "срок"
        verbose_name_plural = "сроки"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "owner", "period"], name="deadline_natural_key"
            ),
            known("deadline", "force", Force),
            known("deadline", "date_source", DateSource),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(subject="") & ~Q(owner=""), name="deadline_key_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="deadline_due_not_before_open"
            ),
        ]
        indexes = [
            models.Index(
                fields=["school", "due_on"],
                condition=Q(done_on=None, void_on=None),
                name="deadline_open_by_school",
            ),
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_on=None, void_on=None),
                name="deadline_open_by_owner",
            ),
            models.Index(fields=["group"], name="deadline_group"),
        ]
