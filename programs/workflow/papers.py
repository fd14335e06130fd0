"""Asking for the print of a paper: the data is frozen now, a worker draws it."""

import datetime as dt

from programs.documents import data
from programs.errors import TransitionError
from programs.models import Document, PaperKind
from schools import history, jobs
from schools.history import Scope
from schools.models import JobState


def print_mentor_consent(group, *, by, on: dt.date) -> Document:
    """Print the consent of the proposed mentor, else of the present one.

    Raises:
        TransitionError: ``no_mentor``.
    """
    appointments = group.appointments.select_related("post__person")
    appointment = (
        appointments.filter(ordered_on=None, dropped_on=None).first() or appointments.on(on).first()
    )
    if appointment is None:
        raise TransitionError(
            "no_mentor", "Сначала предложите наставника: согласие печатается на него."
        )
    members = list(group.members.present().select_related("post__person"))
    return _print(
        PaperKind.MENTOR_CONSENT,
        {
            **data.mentor_consent(group, appointment.post, members),
            "members": [member.pk for member in members],  # whom the signed paper names
            "file_about": appointment.post.person.last_name,
        },
        by=by,
        on=on,
        school=group.school,
        group=group,
        post=appointment.post,
    )


def print_mentee_consent(member, *, by, on: dt.date) -> Document:
    """Print the consent of one mentee of a case.

    Raises:
        TransitionError: ``member_left``.
    """
    if member.left_on is not None:
        raise TransitionError("member_left", "Этот наставляемый уже не в паре.")
    group, post = member.group, member.post
    return _print(
        PaperKind.MENTEE_CONSENT,
        {**data.mentee_consent(group, post), "file_about": post.person.last_name},
        by=by,
        on=on,
        school=group.school,
        group=group,
        post=post,
    )


def print_order(order, *, by, on: dt.date) -> Document:
    """Print an order: a draft to be signed, or a signed one word for word.

    Raises:
        TransitionError: ``order_empty``, ``order_dropped``.
    """
    if order.dropped_on is not None:
        raise TransitionError("order_dropped", "Проект приказа снят, печатать нечего.")
    if not order.lines.filter(dropped_on=None).exists():
        raise TransitionError("order_empty", "В приказе нет ни одной пары.")
    return _print(
        PaperKind.ORDER,
        {
            **data.order(order),
            "file_about": f"№ {order.number}" if order.number else "проект",
        },
        by=by,
        on=on,
        school=order.register.school,
        order=order,
    )


def print_program(program, *, by, on: dt.date) -> Document:
    """Print the personalised programme as it stands.

    Raises:
        TransitionError: ``program_not_ready`` while goal or dates are missing.
    """
    if not program.goal or program.starts_on is None:
        raise TransitionError("program_not_ready", "Сначала заполните цель и срок программы.")
    content = data.program(program)
    about = ", ".join(p["name"].split()[0] for p in content["people"])
    return _print(
        PaperKind.PROGRAM,
        {**content, "file_about": about},
        by=by,
        on=on,
        school=program.group.school,
        group=program.group,
        program=program,
    )


def _print(kind, content: dict, *, by, on, school, **subject) -> Document:
    group = subject.get("group")
    scope = Scope.of(cases=[group.pk] if group else [])
    with history.changing(scope, by=by, on=on) as change:
        waiting = Document.objects.filter(
            kind=kind,
            job__owner=by,
            job__state__in=[JobState.WAITING, JobState.RUNNING],
            data=content,
            **subject,
        ).first()
        if waiting is not None:  # the button was pressed twice
            return waiting
        document = Document.objects.create(
            kind=kind, school=school, data=content, printed_on=on, **subject
        )
        document.job = jobs.start(
            "paper", owner=by, school=school, params={"document": document.pk}, total=2
        )
        document.save(update_fields=["job"])
        change.record(
            "paper_printed",
            document,
            *subject.values(),
            school=school.pk,
            paper=document.get_kind_display(),
        )
    return document
