"""Moves between organisations: ask, look, agree or refuse."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools.forms.transfers import RefusalForm, TransferForm
from schools.models import Transfer
from schools.staff_permissions import can_answer_transfer, can_withdraw_transfer
from schools.views.common import paginate, require
from schools.views.staff import FORM, by_now, card, editable_post, own_schools
from schools.views.stepping import Page, step_button, step_page
from schools.workflow import transfers


def _transfer(request, pk) -> Transfer:
    rows = Transfer.objects.visible_to(request.user)
    return get_object_or_404(
        rows.select_related("post__person", "post__school", "to_school", "new_post"), pk=pk
    )


def _up(transfer) -> str:
    return reverse("transfer-detail", args=[transfer.pk])


@require_GET
def transfer_list(request):
    own_schools(request)
    rows = Transfer.objects.visible_to(request.user).select_related(
        "post__person", "post__school", "to_school"
    )
    page = paginate(request, rows.order_by("-asked_on", "-pk"))
    return render(request, "schools/transfer_list.html", {"page": page})


@require_GET
def transfer_detail(request, pk):
    """The asked organisation sees the name and the position, nothing else, before it agrees."""
    transfer = _transfer(request, pk)
    is_open = transfer.refused_on is None and transfer.new_post_id is None
    facts = [
        ("Откуда", f"{transfer.post.school.short_name}, {transfer.post.title}"),
        ("Куда", transfer.to_school.short_name),
        ("Должность на новом месте", " ".join([transfer.position, transfer.subject])),
        ("Первый день", f"{transfer.moves_on:%d.%m.%Y}"),
        ("Остаётся и на прежнем месте", "да" if transfer.keeps_post else "нет"),
        ("Запрошено", f"{transfer.asked_on:%d.%m.%Y}"),
    ]
    context = {
        "transfer": transfer,
        "facts": facts,
        "may_answer": is_open and can_answer_transfer(request.user, transfer),
        "may_withdraw": is_open and can_withdraw_transfer(request.user, transfer),
    }
    return render(request, "schools/transfer_detail.html", context)


@require_http_methods(FORM)
def transfer_add(request, pk):
    post = editable_post(request, pk)
    form = TransferForm(
        request.POST or None, post=post, on=timezone.localdate(), cancel_url=card(post)
    )
    page = Page(
        "Переход в другую организацию", card(post), post.person.full_name, "Переход запрошен.",
        "Другая организация увидит только имя и должность, пока не согласится.",
    )  # fmt: skip
    step = partial(transfers.ask_transfer, post, **by_now(request))
    return step_page(request, form, step, page)


@require_POST
def transfer_confirm(request, pk):
    transfer = _transfer(request, pk)
    require(can_answer_transfer(request.user, transfer))
    step = partial(transfers.confirm_transfer, transfer, **by_now(request))
    return step_button(request, step, up=_up(transfer), done="Переход согласован.")


@require_http_methods(FORM)
def transfer_refuse(request, pk):
    transfer = _transfer(request, pk)
    host = can_answer_transfer(request.user, transfer)
    require(host or can_withdraw_transfer(request.user, transfer))
    form = RefusalForm(request.POST or None)
    form.cancel_url = _up(transfer)
    if not host:
        form.submit_label = "Отозвать запрос"
    side = transfers.HOST if host else transfers.HOME
    heading = "Отказать в переходе" if host else "Отозвать запрос о переходе"
    page = Page(heading, _up(transfer), "Переход", "Готово: переход не состоится.")
    step = partial(transfers.refuse_transfer, transfer, side=side, **by_now(request))
    return step_page(request, form, step, page)
