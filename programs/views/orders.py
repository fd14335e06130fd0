"""The orders book: list, draft, points, signing, cancelling."""

from functools import partial

from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import initials, orderable, queries
from programs.choices import OrderKind
from programs.forms.filters import OrderFilter
from programs.forms.orders import (
    AddLineForm,
    AllSignedForm,
    CorrectOrderForm,
    DraftOrderForm,
    SignOrderForm,
)
from programs.models import Document, Order, OrderLine, OrderRegister
from programs.permissions import can_draft_order, can_edit_order, can_sign_order
from programs.views.files import kept
from programs.views.steps import (
    ORDER_DRAFTED,
    case_or_404,
    posted,
    row_or_404,
    school_or_404,
    step_page,
)
from programs.workflow.order_corrections import FIELDS, correct_order
from programs.workflow.orders import (
    add_line,
    amend_order,
    default_register,
    draft_order,
    drop_line,
    drop_order,
    suggest_number,
)
from programs.workflow.september import record_all_signed
from programs.workflow.signing import sign_order
from schools.models import School
from schools.text import key
from schools.views.common import paginate, refusals_as_messages, require

RELATED = ("register__school__municipality", "register__municipality", "amends", "scan")


@require_safe
def order_list(request):
    orders = Order.objects.visible_to(request.user).filter(dropped_on=None)
    years = [day.year for day in orders.signed().dates("signed_on", "year", order="DESC")]
    registers = OrderRegister.objects.filter(pk__in=orders.values("register"))
    filters = OrderFilter(request.GET or None, registers=registers, years=years)
    rows = _filtered(orders, filters)
    points = Count("lines", filter=Q(lines__dropped_on=None))
    # Counting points drops the model's own order.
    rows = rows.annotate(points=points).order_by(*Order._meta.ordering)
    page = paginate(request, rows.select_related("register__school"))
    context = {
        "page": page,
        "filters": filters,
        "schools": School.objects.filter(pk__in=request.user.access.school_ids),
    }
    return render(request, "programs/order_list.html", context)


def _filtered(orders, filters):
    wanted = key(filters.value("q") or "")
    if wanted:
        named = [o.pk for o in orders.only("title") if wanted in key(o.title)]
        orders = orders.filter(Q(number_key__contains=wanted) | Q(pk__in=named))
    if filters.value("state"):
        orders = orders.filter(signed_on__isnull=filters.value("state") == "draft")
    if filters.value("year"):
        orders = orders.filter(signed_on__year=filters.value("year"))
    if filters.value("register"):
        orders = orders.filter(register=filters.value("register"))
    return orders


def _order(request, pk) -> Order:
    return row_or_404(request, Order, pk, *RELATED)


@require_safe
def order_detail(request, pk):
    order = _order(request, pk)
    lines = list(order.lines.filter(dropped_on=None).select_related("cancelled_by", "group"))
    names = queries.titles(line.group_id for line in lines)
    for line in lines:
        line.title = names.get(line.group_id, "")
    may_edit = can_edit_order(request.user, order)
    draft = order.signed_on is None and order.dropped_on is None
    context = {
        "order": order,
        "lines": lines,
        "missing": orderable.missing_consents(order) if draft else [],
        "may_edit": may_edit,
        "may_sign": draft and can_sign_order(request.user, order),
        "draft": draft,
        "may_correct": may_edit and order.is_from_paper,
        "amendments": order.amendments.filter(dropped_on=None),
        "documents": Document.objects.visible_to(request.user)
        .filter(order=order)
        .select_related("job", "post__person"),
    }
    return render(request, "programs/order_detail.html", context)


@require_http_methods(["GET", "POST"])
def order_new(request, pk):
    """A new order of the organisation ``pk``."""
    return _draft(request, school_or_404(request, pk), chosen=[])


@require_http_methods(["GET", "POST"])
def order_draft(request, pk):
    """The same, with the points of the case ``pk`` already ticked."""
    group = case_or_404(request, pk)
    waiting = group.order_lines.filter(
        dropped_on=None, order__signed_on=None, order__dropped_on=None
    ).first()
    if request.method == "GET" and waiting is not None:
        return redirect("order-detail", pk=waiting.order_id)
    return _draft(request, group.school, chosen=[group.pk])


def _draft(request, school, *, chosen):
    require(can_draft_order(request.user, school))
    on = timezone.localdate()
    lines = orderable.points(school)
    ticked = [v for v, (_, line) in lines.items() if line.group.pk in chosen] or list(lines)
    actions = {lines[value][1].action for value in ticked}
    kind = orderable.KIND_OF[actions.pop()] if len(actions) == 1 else OrderKind.ASSIGN
    initial = {"lines": ticked, "kind": kind, "program_due_on": initials.program_due(on)}
    made = []

    def step(**data):
        register = default_register(school)
        made.append(draft_order(register, by=request.user, on=on, **data))

    return step_page(
        request,
        DraftOrderForm(*posted(request), lines=lines, initial=initial),
        step,
        title="Подготовить приказ",
        done=ORDER_DRAFTED,
        back=lambda: made[0],
        up=reverse("order-list"),
        lead="Один приказ может закрепить все пары сразу.",
        clause="Положение, 3.3",
        template="programs/order_draft.html",
        lines=lines,
        school=school,
    )


def _signing(order, on) -> dict:
    """First values and hints of the signing form."""
    groups = [line.group for line in order.lines.filter(dropped_on=None).select_related("group")]
    school = order.register.school
    position, name = initials.signatory(school, on, groups) if school else ("", "")
    return {
        "suggested": suggest_number(order.register, on),
        "signatory_help": ""
        if name
        else "Руководитель — наставник в этой паре, поэтому"
        " подписывает исполняющий обязанности, заместитель или учредитель.",
        "initial": {
            "signed_on": on,
            "signatory_position": order.signatory_position or position,
            "signatory_name": order.signatory_name or name,
        },
    }


@require_http_methods(["GET", "POST"])
def order_sign(request, pk):
    order = _order(request, pk)
    require(can_sign_order(request.user, order))
    on = timezone.localdate()
    missing = orderable.missing_consents(order) if order.signed_on is None else []
    if request.method == "GET" and missing:
        return redirect("order-record-all", pk=order.pk)

    def step(*, scan=None, **data):
        with kept(scan, order.register.school, by=request.user, field="scan") as stored:
            sign_order(order, by=request.user, on=on, scan=stored, **data)

    return step_page(
        request,
        SignOrderForm(*posted(request), **_signing(order, on)),
        step,
        title="Отметить подписание приказа",
        done="Приказ подписан: наставники назначены.",
        back=order,
        lead="Подписывает руководитель на бумаге; здесь отмечают номер и дату.",
        clause="Положение, 3.3",
    )


@require_http_methods(["GET", "POST"])
def order_record_all(request, pk):
    """«Всё подписано»: consents and the order on one page, in one step."""
    order = _order(request, pk)
    require(can_sign_order(request.user, order))
    on = timezone.localdate()
    missing = orderable.missing_consents(order) if order.signed_on is None else []
    addenda = orderable.printed_addenda(order) if order.signed_on is None else []
    hints = _signing(order, on)
    hints["initial"]["consented_on"] = on
    return step_page(
        request,
        AllSignedForm(*posted(request), missing=missing, addenda=addenda, **hints),
        partial(record_all_signed, order, by=request.user, on=on),
        title="Всё подписано",
        done="Согласия и приказ отмечены: наставники назначены.",
        back=order,
        lead="Когда бумаги вернулись с подписями: даты согласий, номер и дата приказа — на одной"
        " странице.",
        clause="Положение, 3.3: приказ не раньше согласия",
    )


@require_http_methods(["GET", "POST"])
def order_correct(request, pk):
    """A slip in what was typed from a paper order; other orders are changed by an order."""
    order = _order(request, pk)
    require(can_edit_order(request.user, order))
    return step_page(
        request,
        CorrectOrderForm(*posted(request), initial={name: getattr(order, name) for name in FIELDS}),
        partial(correct_order, order, by=request.user, on=timezone.localdate()),
        title="Исправить сведения о приказе",
        done="Сведения исправлены; прежние остались в истории.",
        back=order,
        lead="Приказ внесён с бумаги: сверьте номер, дату и подпись с подлинником.",
        clause="Положение, 3.3",
    )


@require_POST
def order_drop(request, pk):
    order = _order(request, pk)
    require(can_edit_order(request.user, order))
    with refusals_as_messages(request):
        drop_order(order, by=request.user, on=timezone.localdate())
        return redirect("order-list")
    return redirect(order)


@require_http_methods(["GET", "POST"])
def order_line_add(request, pk):
    order = _order(request, pk)
    require(can_edit_order(request.user, order) and order.register.school_id is not None)
    on = timezone.localdate()

    def step(*, lines):
        for line in lines:
            add_line(order, by=request.user, on=on, line=line)

    return step_page(
        request,
        AddLineForm(*posted(request), lines=orderable.points(order.register.school)),
        step,
        title="Добавить в приказ",
        done="Добавлено.",
        back=order,
    )


def _line(request, pk) -> OrderLine:
    line = row_or_404(request, OrderLine, pk, "order__register__school", "group__school")
    require(can_edit_order(request.user, line.order))
    return line


@require_POST
def order_line_drop(request, pk):
    line = _line(request, pk)
    with refusals_as_messages(request):
        drop_line(line, by=request.user, on=timezone.localdate())
    return redirect(line.order)


@require_POST
def order_line_cancel(request, pk):
    """A draft of an amending order that cancels one point of a signed one."""
    line = _line(request, pk)
    with refusals_as_messages(request):
        draft = orderable.cancelling(line)
        amending = amend_order(line.order, by=request.user, on=timezone.localdate(), lines=[draft])
        return redirect(amending)
    return redirect(line.order)
