"""Asking for the print of a paper: the data is frozen now, a worker draws it."""

import datetime as dt
from contextlib import contextmanager
from contextvars import ContextVar

from programs.documents.data import acquaintance, certificate, consents, orders, programme
from programs.errors import TransitionError
from programs.models import Document, PaperKind
from programs.workflow.base import not_in_future
from schools import history, jobs
from schools.history import Scope
from schools.models import DataConsent, Job, JobState, LocalAct

__all__ = [
    "freeze_print",
    "print_acquaintance",
    "print_certificate",
    "print_curator_order",
    "print_data_consent",
    "print_evaluation",
    "print_incentive_order",
    "print_meetings",
    "print_mentee_consent",
    "print_mentor_consent",
    "print_order",
    "print_program",
    "print_regulation_order",
    "print_report",
    "print_thanks",
]


# --- consents -----------------------------------------------------------------------------------


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
    named = [member.pk for member in members]  # whom the signed paper will name
    return freeze_print(
        PaperKind.MENTOR_CONSENT,
        {**consents.mentor_consent(group, appointment.post, members), "members": named},
        about=appointment.post.person.last_name,
        by=by,
        on=on,
        school=group.school,
        group=group,
        post=appointment.post,
    )


def print_mentee_consent(member, *, by, on: dt.date) -> Document:
    """Print the consent of one mentee (Положение, 2.3).

    Raises:
        TransitionError: ``member_left``.
    """
    if member.left_on is not None:
        raise TransitionError("member_left", "Этот наставляемый уже вышел из группы.")
    return freeze_print(
        PaperKind.MENTEE_CONSENT,
        consents.mentee_consent(member.group, member.post),
        about=member.post.person.last_name,
        by=by,
        on=on,
        school=member.group.school,
        group=member.group,
        post=member.post,
    )


def print_data_consent(post, *, by, on: dt.date, purpose: str) -> Document:
    """Print the separate sheet on personal data for one purpose (152-ФЗ, ст. 9 и 10.1).

    Raises:
        TransitionError: ``purpose_unknown``.
    """
    if purpose not in DataConsent.Purpose.values:
        raise TransitionError("purpose_unknown", "Выберите цель обработки.", field="purpose")
    return freeze_print(
        PaperKind.DATA_CONSENT,
        consents.data_consent(post, purpose),
        about=post.person.last_name,
        by=by,
        on=on,
        school=post.school,
        post=post,
    )


# --- orders -------------------------------------------------------------------------------------


def print_order(order, *, by, on: dt.date) -> Document:
    """Print an order: a draft to be signed, or a signed one word for word.

    Raises:
        TransitionError: ``order_empty``, ``order_dropped``.
    """
    if order.dropped_on is not None:
        raise TransitionError("order_dropped", "Проект приказа снят, печатать нечего.")
    if not order.lines.filter(dropped_on=None).exists():
        raise TransitionError("order_empty", "В приказе нет ни одной пары.")
    amended = order.amends and order.amends.documents.exclude(signed_on=None).first()
    return freeze_print(
        PaperKind.ORDER,
        orders.order(order),
        amends=amended,
        about=f"№ {order.number}" if order.number else "проект",
        by=by,
        on=on,
        school=order.register.school,
        order=order,
    )


def print_regulation_order(school, *, by, on: dt.date) -> Document:
    """Print the order that approves the local regulation with the roadmap (Положение, 3.1)."""
    return freeze_print(
        PaperKind.REGULATION_ORDER,
        orders.regulation_order(school, on),
        by=by,
        on=on,
        school=school,
    )


def print_curator_order(school, *, by, on: dt.date) -> Document:
    """Print the order on the present curator.

    Raises:
        TransitionError: ``no_curator``.
    """
    content = orders.curator_order(school, on)
    if not content["curators"]:
        raise TransitionError(
            "no_curator", "Сначала назовите куратора в разделе «Доступ»: приказ печатается на него."
        )
    return freeze_print(PaperKind.CURATOR_ORDER, content, by=by, on=on, school=school)


def print_incentive_order(incentive, *, by, on: dt.date) -> Document:
    """Print the order on a recorded recognition or bonus (Положение, 5.1)."""
    return freeze_print(
        PaperKind.INCENTIVE_ORDER,
        orders.incentive_order(incentive, on),
        about=incentive.post.person.last_name,
        by=by,
        on=on,
        school=incentive.post.school,
        post=incentive.post,
    )


def print_thanks(incentive, *, by, on: dt.date) -> Document:
    """Print a letter of thanks (Положение, 5.1.2)."""
    return freeze_print(
        PaperKind.THANKS,
        orders.thanks(incentive, on),
        about=incentive.post.person.last_name,
        by=by,
        on=on,
        school=incentive.post.school,
        post=incentive.post,
    )


def print_certificate(
    post, *, by, on: dt.date, as_of: dt.date, with_petition: bool = False
) -> Document:
    """Print what the person did as a mentor up to ``as_of``, as far as ``by`` may see it.

    Raises:
        TransitionError: ``date_in_future``, ``nothing_to_certify``.
    """
    not_in_future(as_of, on, field="as_of")
    content = certificate.certificate(post, by, as_of, petition=with_petition)
    if not content["rows"] and not content["episodes"]:
        raise TransitionError("nothing_to_certify", "На эту дату записей о наставничестве нет.")
    return freeze_print(
        PaperKind.CERTIFICATE,
        content,
        about=post.person.last_name,
        by=by,
        on=on,
        school=post.school,
        post=post,
    )


def print_acquaintance(paper, *, by, on: dt.date) -> Document:
    """Print one sheet for all who must know ``paper``, an order or a local act.

    Raises:
        TransitionError: ``nobody_to_acquaint``.
    """
    content = acquaintance.acquaintance(paper, on)
    if not content["people"]:
        raise TransitionError("nobody_to_acquaint", "Знакомить некого: бумага никого не называет.")
    of_act = isinstance(paper, LocalAct)
    return freeze_print(
        PaperKind.ACQUAINTANCE,
        content,
        by=by,
        on=on,
        school=paper.school if of_act else paper.register.school,
        **{"act" if of_act else "order": paper},
    )


# --- the programme and the work on it -----------------------------------------------------------


def print_program(program, *, by, on: dt.date) -> Document:
    """Print the personalised programme as it stands.

    Raises:
        TransitionError: ``program_not_ready`` while goal or dates are missing.
    """
    _require_ready(program)
    content = programme.program(program)
    people = ", ".join(p["name"].split()[0] for p in content["people"])
    return _print_of_program(PaperKind.PROGRAM, content, program, by=by, on=on, about=people)


def print_meetings(program, *, by, on: dt.date) -> Document:
    """Print the records of meetings.

    Raises:
        TransitionError: ``program_not_ready``, ``no_meetings``.
    """
    _require_ready(program)
    content = programme.meetings(program)
    if not content["rows"]:
        raise TransitionError("no_meetings", "Записей о встречах ещё нет.")
    return _print_of_program(PaperKind.MEETINGS, content, program, by=by, on=on)


def print_evaluation(program, *, by, on: dt.date) -> Document:
    """Print the evaluation as recorded, or an empty sheet to be filled in by hand.

    Raises:
        TransitionError: ``program_not_ready``, ``no_sheet``.
    """
    _require_ready(program)
    content = programme.evaluation(program)
    if not content["criteria"]:
        raise TransitionError("no_sheet", "Лист оценки не настроен: обратитесь к методисту.")
    return _print_of_program(PaperKind.EVALUATION, content, program, by=by, on=on)


def print_report(report, *, by, on: dt.date) -> Document:
    """Print the mentor's report: figures of today, words as they were saved."""
    return _print_of_program(
        PaperKind.REPORT,
        programme.report(report.program, report),
        report.program,
        by=by,
        on=on,
        about=report.appointment.post.person.last_name,
        post=report.appointment.post,
    )


def _require_ready(program) -> None:
    if not program.goal or program.starts_on is None:
        raise TransitionError("program_not_ready", "Сначала заполните цель и срок программы.")


def _print_of_program(kind, content, program, *, by, on, about="", **subject) -> Document:
    return freeze_print(
        kind,
        content,
        about=about,
        by=by,
        on=on,
        school=program.group.school,
        group=program.group,
        program=program,
        **subject,
    )


# --- the print itself ---------------------------------------------------------------------------


_drawn_by: ContextVar[Job | None] = ContextVar("drawn_by", default=None)


@contextmanager
def drawn_by(job: Job):
    """Prints asked for in this block are drawn by ``job``, not by a job each."""
    token = _drawn_by.set(job)
    try:
        yield
    finally:
        _drawn_by.reset(token)


def freeze_print(kind, content: dict, *, by, on, school, about: str = "", **subject) -> Document:
    """Keep ``content`` as the words of one print and let a worker draw it.

    Args:
        about: whose or which, for the name of the file.
        subject: the rows that the print is about, fields of ``Document``.
    """
    content = {**content, "file_about": about}
    group = subject.get("group")
    scope = Scope.of(cases=[group.pk] if group else [])
    with history.changing(scope, by=by, on=on) as change:
        waiting = Document.objects.filter(
            kind=kind,
            school=school,
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
        document.job = _drawn_by.get() or jobs.start(
            "paper", owner=by, school=school, params={"document": document.pk}, total=2,
            title=_title(document),
        )  # fmt: skip
        document.save(update_fields=["job"])
        change.record(
            "paper_printed",
            document,
            *subject.values(),
            school=school.pk,
            paper=document.get_kind_display(),
        )
    return document


def _title(document: Document) -> str:
    """What the person reads in the list of own jobs."""
    name = document.get_kind_display()
    about = document.data.get("file_about", "")
    comma = ", " if about and not about.startswith("№") else " "
    return f"{name[0].upper()}{name[1:]}{comma}{about}".strip()[:200]
