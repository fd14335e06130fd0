"""Sheets of acquaintance with acts and orders."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programs import printable
from programs.acquaintance import readers, sheet
from programs.forms.acquaintance import AcquaintanceForm
from programs.models import Acquaintance, Order, OrderLine
from programs.permissions import can_sign_order
from programs.workflow.acquaintance import record_acquaintance, withdraw_acquaintance
from schools.models import LocalAct
from schools.staff_permissions import can_edit_papers
from schools.views.common import refusals, refusals_as_messages, render_form, require


@require_http_methods(["GET", "POST"])
def acquaintance_order(request, pk):
    order = get_object_or_404(Order.objects.visible_to(request.user), pk=pk)
    require(can_sign_order(request.user, order))
    return _sheet(request, order, up=order.get_absolute_url())


@require_http_methods(["GET", "POST"])
def acquaintance_act(request, pk):
    acts = LocalAct.objects.visible_to(request.user).select_related("school__municipality")
    act = get_object_or_404(acts, pk=pk)
    require(can_edit_papers(request.user, act.school))
    return _sheet(request, act, up=reverse("school-detail", args=[act.school_id]))


@require_GET
def acquaintance_record(request, pk):
    """From a line of an order, as the list of what is due names it, to the order's sheet."""
    line = get_object_or_404(OrderLine.objects.visible_to(request.user), pk=pk)
    return redirect("acquaintance-order", pk=line.order_id)


@require_POST
def acquaintance_withdraw(request, pk):
    row = get_object_or_404(Acquaintance.objects.visible_to(request.user), pk=pk)
    if row.act_id:
        require(can_edit_papers(request.user, row.act.school))
    else:
        require(can_sign_order(request.user, row.order))
    to = _address(row.act or row.order)
    with refusals_as_messages(request):
        withdraw_acquaintance(row, by=request.user, on=timezone.localdate())
        messages.success(request, "Отметка снята.")
    return redirect(to)


def _sheet(request, paper, *, up):
    on = timezone.localdate()
    form = AcquaintanceForm(request.POST or None, readers=readers(paper, on=on))
    if form.is_valid():
        with refusals(form):
            record_acquaintance(paper, by=request.user, on=on, **form.cleaned_data)
            messages.success(request, "Ознакомление отмечено.")
            return redirect(_address(paper))
    people = sheet(paper, on=on)
    context = {
        "paper": paper,
        "up": up,
        "print_url": _print_address(paper),
        "people": people,
        "waiting": sum(person.known is None for person in people),
        "ticked": set(form.data.getlist("people")) if form.is_bound else set(),
    }
    return render_form(request, "programs/acquaintance_sheet.html", context, form)


def _print_address(paper) -> str:
    kind = "acquaintance-act" if isinstance(paper, LocalAct) else "acquaintance-order"
    return printable.button(kind, paper)


def _address(paper) -> str:
    name = "acquaintance-act" if isinstance(paper, LocalAct) else "acquaintance-order"
    return reverse(name, args=[paper.pk])
