"""Printing papers and handing out the finished files."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from programs import initials, permissions, printable
from programs.casefile import CaseFile
from programs.documents.data.programme import report_draft, report_facts
from programs.errors import DomainError
from programs.forms.prints import AddendumPrintForm, NoticePrintForm, ReportForm
from programs.models import (
    Document,
    GroupMember,
    Incentive,
    MentoringGroup,
    MentorReport,
    Order,
    Program,
)
from programs.views.steps import case_or_404, posted, row_or_404, school_or_404, step_page
from programs.workflow import papers
from programs.workflow.contract_papers import print_addendum, print_notice
from programs.workflow.reports import write_report
from schools.files import serve
from schools.models import DataConsent, LocalAct, School, StaffMember
from schools.staff_permissions import can_edit_papers
from schools.views.common import require


def _of_group(user, row) -> bool:
    return permissions.can_print_paper(user, row.group)


def _of_work(user, program) -> bool:
    return permissions.can_print_work(user, program.group)


_CASE = ("school__municipality",)
_MEMBER = ("group__school__municipality", "post__person", "post__school")
_PROGRAM = ("group__school__municipality", "group__curator")
_POST = ("person", "school__municipality")
# Word in the address -> whose row it is, what comes with it, who may, the step.
PRINTED = {
    "consent": (
        MentoringGroup, _CASE, permissions.can_print_paper, papers.print_mentor_consent
    ),
    "mentee-consent": (GroupMember, _MEMBER, _of_group, papers.print_mentee_consent),
    "program": (Program, _PROGRAM, _of_group, papers.print_program),
    "meetings": (Program, _PROGRAM, _of_work, papers.print_meetings),
    "evaluation": (Program, _PROGRAM, _of_group, papers.print_evaluation),
    "report": (
        MentorReport,
        ("program__group__school", "program__group__curator", "appointment__post__person"),
        lambda user, report: _of_work(user, report.program),
        papers.print_report,
    ),
    "order": (Order, ("register__school",), permissions.can_edit_order, papers.print_order),
    "acquaintance-order": (
        Order, ("register__school",), permissions.can_edit_order, papers.print_acquaintance
    ),
    "acquaintance-act": (
        LocalAct,
        ("school__municipality",),
        lambda user, act: can_edit_papers(user, act.school),
        papers.print_acquaintance,
    ),
    "regulation-order": (
        School, ("municipality",), permissions.can_print_school_papers,
        papers.print_regulation_order,
    ),
    "curator-order": (
        School, ("municipality",), permissions.can_print_school_papers, papers.print_curator_order
    ),
    "incentive-order": (
        Incentive,
        ("post__person", "post__school__municipality", "group"),
        lambda user, row: permissions.can_print_own_papers(user, row.post),
        papers.print_incentive_order,
    ),
    "thanks": (
        Incentive,
        ("post__person", "post__school__municipality", "group"),
        lambda user, row: permissions.can_print_own_papers(user, row.post),
        papers.print_thanks,
    ),
    "data-consent": (
        StaffMember, _POST, permissions.can_print_own_papers,
        partial(papers.print_data_consent, purpose=DataConsent.Purpose.PROCESSING),
    ),
    "data-consent-site": (
        StaffMember, _POST, permissions.can_print_own_papers,
        partial(papers.print_data_consent, purpose=DataConsent.Purpose.DISTRIBUTION),
    ),
}  # fmt: skip


@require_POST
def paper_print(request, paper, pk):
    """One button: the paper as it stands, then the page on which it gets ready."""
    if paper not in PRINTED:
        raise Http404
    model, related, allowed, step = PRINTED[paper]
    row = row_or_404(request, model, pk, *related)
    require(allowed(request.user, row))
    try:
        document = step(row, by=request.user, on=timezone.localdate())
    except DomainError as error:
        messages.error(request, error.message)
        return redirect(_page_of(row))
    return redirect("job-detail", pk=document.job_id)


def _page_of(row):
    """The page from which ``row`` is printed."""
    if isinstance(row, School):
        return reverse("school-papers", args=[row.pk])
    if isinstance(row, LocalAct):
        return reverse("acquaintance-act", args=[row.pk])
    if isinstance(row, StaffMember):
        return reverse("staff-papers", args=[row.pk])
    if isinstance(row, Incentive):
        return reverse("staff-mentoring", args=[row.post_id])
    if isinstance(row, (Order, MentoringGroup)):
        return row
    return row.program.group if isinstance(row, MentorReport) else row.group


@require_http_methods(["GET", "POST"])
def addendum_print(request, pk):
    """The addendum before it is signed; what is typed here is not asked for again."""
    group = case_or_404(request, pk)
    require(permissions.can_print_paper(request.user, group))
    on = timezone.localdate()
    mentor = CaseFile(group, request.user, on).mentor
    if mentor is None:
        raise Http404
    made = []

    def step(**data):
        made.append(print_addendum(mentor, by=request.user, on=on, **data))

    return step_page(
        request,
        AddendumPrintForm(*posted(request), initial=initials.addendum(group, mentor, on)),
        step,
        title=f"Дополнительное соглашение: {mentor.post.person.short_name}",
        done="Соглашение готовится к печати.",
        back=lambda: reverse("job-detail", args=[made[0].job_id]),
        up=reverse("group-papers", args=[pk]),
        lead="Закон требует назвать содержание, срок, форму работы, размер и условия оплаты.",
        clause="ТК РФ, ст. 351.8",
    )


@require_http_methods(["GET", "POST"])
def notice_print(request, pk):
    """A notice of refusal or cancellation on paper, before it is handed over."""
    group = case_or_404(request, pk)
    require(permissions.can_print_paper(request.user, group))
    on = timezone.localdate()
    rows = group.appointments.ordered().select_related("post__person", "order_line__order")
    appointment = get_object_or_404(rows.order_by("temporary", "-starts_on")[:1])
    made = []

    def step(**data):
        made.append(print_notice(appointment, by=request.user, on=on, **data))

    return step_page(
        request,
        NoticePrintForm(*posted(request), initial=initials.notice(appointment, on)),
        step,
        title=f"Уведомление: {appointment.post.person.short_name}",
        done="Уведомление готовится к печати.",
        back=lambda: reverse("job-detail", args=[made[0].job_id]),
        up=reverse("group-papers", args=[pk]),
        lead="После вручения запишите уведомление: «Отказ или отмена поручения» на странице пары.",
        clause="ТК РФ, ст. 351.8",
    )


@require_http_methods(["GET", "POST"])
def report_write(request, pk):
    """The mentor's report: figures from the records, words to be changed, then the print."""
    program = row_or_404(request, Program, pk, *_PROGRAM)
    require(permissions.can_write_report(request.user, program.group))
    on = timezone.localdate()
    appointment = _author(request.user, program)
    report = MentorReport.objects.filter(program=program, appointment=appointment).first()
    form = ReportForm(
        *posted(request),
        initial=_report_values(report) if report else report_draft(program, appointment),
    )
    made = []

    def step(**data):
        saved = write_report(program, by=request.user, on=on, appointment=appointment, **data)
        made.append(papers.print_report(saved, by=request.user, on=on))

    return step_page(
        request,
        form,
        step,
        title=f"Отчёт наставника: {appointment.post.person.short_name}",
        done="Отчёт сохранён и готовится к печати.",
        back=lambda: reverse("job-detail", args=[made[0].job_id]),
        up=reverse("group-papers", args=[program.group_id]),
        lead="Составлен из записей о встречах и отметок плана. Исправьте и дополните, что нужно.",
        template="programs/report_form.html",
        facts=report_facts(program, appointment),
    )


def _author(user, program):
    """Whose report it is: the reader's own where they mentor here, else the latest mentor's."""
    rows = program.group.appointments.ordered().select_related("post__person")
    own = rows.filter(post__person=user.access.person_id).order_by("-starts_on", "-pk").first()
    found = own or rows.order_by("temporary", "-starts_on", "-pk").first()
    if found is None or program.approved_on is None:
        raise Http404
    return found


def _report_values(report: MentorReport) -> dict:
    names = ("dynamics", "difficulties", "achievements", "conclusion", "proposals")
    return {name: getattr(report, name) for name in names}


@require_safe
def school_papers(request, pk):
    """Papers of the organisation as a whole, and prints already made."""
    school = school_or_404(request, pk)
    require(permissions.can_print_school_papers(request.user, school))
    documents = Document.objects.visible_to(request.user).filter(
        school=school, group=None, post=None, order=None
    )
    context = {
        "school": school,
        "month": timezone.localdate(),
        "regulation_order": printable.button("regulation-order", school),
        "curator_order": printable.button("curator-order", school),
        "acts": [(act, printable.button("acquaintance-act", act)) for act in school.acts.all()],
        "documents": documents.select_related("job", "file", "word_file")[:50],
    }
    return render(request, "programs/school_papers.html", context)


def _document(request, code) -> Document:
    documents = Document.objects.visible_to(request.user).select_related("file", "word_file")
    return get_object_or_404(documents, code=code)


@require_GET
def document_download(request, code):
    """The PDF of one print, to whoever may see that paper."""
    document = _document(request, code)
    if document.file is None:
        raise Http404("the paper is not drawn yet")
    return serve(document.file)


@require_GET
def document_word(request, code):
    """The same paper to be edited in Word."""
    document = _document(request, code)
    if document.word_file is None:
        raise Http404("the paper is not drawn yet")
    return serve(document.word_file)
