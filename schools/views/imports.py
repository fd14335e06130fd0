"""A staff list from upload to report."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools import xlsx
from schools.forms.imports import SHOWN, AnswersForm, MappingForm, UploadForm
from schools.imports.plan import Outcome, make_plan
from schools.models import ImportDraft, StaffMember
from schools.views.common import refusals, refusals_as_messages, render_form
from schools.views.staff import FORM, by_now, own_schools
from schools.workflow import drafts
from schools.workflow.imports import confirm_import

OUTCOMES = {
    Outcome.NEW: "новый",
    Outcome.CHANGE: "изменится",
    Outcome.SAME: "без изменений",
    Outcome.ASK: "вопрос",
}


def _draft(request, pk) -> ImportDraft:
    rows = ImportDraft.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("school__municipality", "file"), pk=pk)


@require_http_methods(FORM)
def import_add(request):
    schools = own_schools(request)
    form = UploadForm(request.POST or None, request.FILES or None, schools=schools)
    if form.is_valid():
        with refusals(form):
            school, file = form.cleaned_data["school"], form.cleaned_data["file"]
            draft = drafts.upload_list(school, file, **by_now(request))
            return redirect("import-detail", pk=draft.pk)
    waiting = ImportDraft.objects.visible_to(request.user).filter(written_at=None)
    context = {"waiting": waiting.select_related("file", "school")}
    return render_form(request, "schools/import_add.html", context, form)


@require_http_methods(FORM)
def import_detail(request, pk):
    """What was understood and what would change; its POST writes it."""
    draft = _draft(request, pk)
    if draft.written_at is not None:
        return redirect("import-report", pk=draft.pk)
    plan = make_plan(draft.school, draft.content, on=timezone.localdate())
    form = AnswersForm(request.POST or None, plan=plan)
    if form.is_valid():
        with refusals(form):
            fingerprint = form.cleaned_data["fingerprint"]
            confirm_import(
                draft, fingerprint=fingerprint, answers=form.answers(), **by_now(request)
            )
            messages.success(request, "Список внесён.")
            return redirect("import-report", pk=draft.pk)
        # What was shown is out of date: the next press answers for the plan shown now.
        form.data = form.data.copy()
        form.data["fingerprint"] = plan.fingerprint
    return _import_page(request, draft, plan, form)


def _import_page(request, draft, plan, form):
    context = {
        "draft": draft,
        "plan": plan,
        "columns": MappingForm(sheets=draft.content["sheets"]),
        "new": plan.of(Outcome.NEW),
        "changed": plan.of(Outcome.CHANGE),
        "same": plan.of(Outcome.SAME),
        "asked": plan.of(Outcome.ASK),
        "shown": SHOWN,
        "slice": f":{SHOWN}",
        "kept": set(form.data.getlist("keep")) if form.is_bound else set(),
    }
    return render_form(request, "schools/import_detail.html", context, form)


@require_POST
def import_mapping(request, pk):
    """Read the list again with the columns that the person named."""
    draft = _draft(request, pk)
    form = MappingForm(request.POST, sheets=draft.content["sheets"])
    if form.is_valid():
        with refusals_as_messages(request):
            drafts.remap_list(draft, mapping=form.mapping(draft.mapping))
            messages.success(request, "Список прочитан заново.")
    else:
        messages.error(request, "Столбцы не изменены: выберите значения из списка.")
    return redirect("import-detail", pk=draft.pk)


@require_POST
def import_drop(request, pk):
    draft = _draft(request, pk)
    with refusals_as_messages(request):
        drafts.drop_list(draft)
        messages.success(request, "Список удалён, записи не изменились.")
    return redirect("import-add")


@require_GET
def import_refused(request, pk):
    """Refused rows with the reason beside the name, to be corrected and loaded again."""
    draft = _draft(request, pk)
    rows = [(r["fio"], r["about"], r["sheet"], r["row"]) for r in draft.content["refused"]]
    data = xlsx.table("Не приняты", ["Кто", "Что не так", "Лист", "Строка"], rows)
    return xlsx.download("Не приняты.xlsx", data)


@require_GET
def import_plan(request, pk):
    """Every row with what it would do, whatever the page has room for."""
    draft = _draft(request, pk)
    plan = make_plan(draft.school, draft.content, on=timezone.localdate())
    rows = [
        (
            row.full_name, row.title, OUTCOMES[row.outcome],
            "; ".join([*(c.said for c in row.changes), *([row.why] if row.why else [])]),
            "; ".join(row.questions), row.sheet, row.row,
        )
        for row in plan.rows
    ]  # fmt: skip
    headings = ["Кто", "Должность", "Что будет", "Подробно", "Замечания", "Лист", "Строка"]
    return xlsx.download("Что изменится.xlsx", xlsx.table("Список", headings, rows))


@require_GET
def import_report(request, pk):
    draft = _draft(request, pk)
    if draft.written_at is None:
        return redirect("import-detail", pk=draft.pk)
    posts = StaffMember.objects.visible_to(request.user).select_related("person")
    report = draft.report
    kinds = [("Добавлены", "added"), ("Изменены", "changed"), ("Уволены", "left"),
             ("Отмечено отсутствие", "away")]  # fmt: skip
    parts = [
        (title, len(report[name]), posts.filter(pk__in=report[name][:SHOWN]))
        for title, name in kinds
        if report[name]
    ]
    context = {
        "draft": draft,
        "parts": parts,
        "shown": SHOWN,
        "skipped": [draft.content["rows"][i] for i in report["skipped"]],
        "refused": draft.content["refused"],
    }
    return render(request, "schools/import_report.html", context)
