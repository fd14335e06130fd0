"""«Вернуть подписанное»: upload, places, dates."""

from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import returned
from programs.errors import DomainError
from programs.forms.returning import FilingForm, PlaceForm, UploadForm
from programs.models import Document, ScanPage
from programs.permissions import can_return_sheets
from programs.views.steps import posted, school_or_404, taken
from programs.workflow.filing import file_document
from programs.workflow.returning import drop_page, place_page, upload_sheets
from schools.files import serve
from schools.views.common import refusals_as_messages, render_form, require


@require_http_methods(["GET", "POST"])
def scan_return(request, pk):
    """The form of upload, and whatever waits."""
    school = school_or_404(request, pk)
    require(can_return_sheets(request.user, school))
    made = []

    def step(*, uploads):
        made.append(upload_sheets(school, by=request.user, uploads=uploads))

    form = UploadForm(*posted(request))
    if request.method == "POST" and taken(form, step):
        return redirect("job-detail", pk=made[0].job_id)
    rows = returned.found(request.user, school, timezone.localdate())
    return _page(request, school, form, FilingForm(rows=rows))


def _page(request, school, upload, filing):
    context = {
        "school": school,
        "upload": upload,
        "filing": filing,
        "rows": filing.rows,
        "unplaced": returned.unplaced(request.user, school),
        "refused": returned.refused(school, timezone.now()),
        "being_read": returned.being_read(school),
    }
    wrong = upload.errors or filing.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "programs/scan_return.html", context, status=status)


@require_POST
def scan_file(request, pk):
    """Every ticked paper by its own step: what one refuses does not stop the others."""
    school = school_or_404(request, pk)
    require(can_return_sheets(request.user, school))
    on = timezone.localdate()
    form = FilingForm(request.POST, rows=returned.found(request.user, school, on))
    form.is_valid()
    filed = []
    for row, details in form.chosen():
        try:
            file_document(row.document, by=request.user, on=on, **details)
        except DomainError as error:
            form.refuse(row, error)
        else:
            filed.append(row)
    if filed:
        messages.success(request, f"Отмечено и положено в дело бумаг: {len(filed)}.")
    if not form.errors:
        if not filed:
            messages.info(request, "Ничего не выбрано.")
        return redirect("scan-return", pk=school.pk)
    form.rows = [row for row in form.rows if row not in filed]
    return _page(request, school, UploadForm(), form)


def _waiting(request, pk) -> ScanPage:
    pages = ScanPage.objects.visible_to(request.user).select_related(
        "school__municipality", "upload", "file", "preview", "document"
    )
    page = get_object_or_404(pages, pk=pk)
    require(can_return_sheets(request.user, page.school))
    return page


@require_http_methods(["GET", "POST"])
def scan_place(request, pk):
    page = _waiting(request, pk)
    documents = (
        Document.objects.visible_to(request.user).open()
        .filter(school=page.school, pages__gt=0)
        .select_related("post__person", "order")
    )  # fmt: skip
    initial = {"document": page.document_id, "sheet": page.sheet or 1}
    form = PlaceForm(*posted(request), documents=documents, initial=initial)
    if request.method == "POST" and taken(
        form, lambda **data: place_page(page, by=request.user, **data)
    ):
        messages.success(request, "Лист на месте. Осталось указать дату.")
        return redirect("scan-return", pk=page.school_id)
    return render_form(request, "programs/scan_place.html", {"page": page}, form)


@require_safe
def scan_preview(request, pk):
    """The picture of a page: encoded by our own worker, shown under a sandbox."""
    return serve(_waiting(request, pk).preview, shown=True)


@require_safe
def scan_page(request, pk):
    return serve(_waiting(request, pk).file)


@require_POST
def scan_drop(request, pk):
    page = _waiting(request, pk)
    with refusals_as_messages(request):
        drop_page(page, by=request.user)
        messages.success(request, "Лист убран.")
    return redirect("scan-return", pk=page.school_id)


@require_safe
def document_scan(request, code):
    """The scan of a signed print, to whoever may see that paper."""
    documents = Document.objects.visible_to(request.user).select_related("scan")
    return serve(get_object_or_404(documents, code=code, scan__isnull=False).scan)
