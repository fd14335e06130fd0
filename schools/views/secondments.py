"""Lending a mentor to another organisation, and taking the offer back."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from schools.forms.transfers import SecondmentForm
from schools.models import Secondment
from schools.staff_permissions import can_edit_post
from schools.views.common import require
from schools.views.staff import FORM, by_now, card, editable_post
from schools.views.stepping import Page, step_button, step_page
from schools.workflow import secondments


@require_http_methods(FORM)
def secondment_add(request, pk):
    post, on = editable_post(request, pk), timezone.localdate()
    form = SecondmentForm(
        request.POST or None, school=post.school, on=on, cancel_url=card(post),
        initial={"starts_on": on},
    )  # fmt: skip
    page = Page(
        "Направить наставником", card(post), post.person.full_name, "Направление записано.",
        "Другая организация увидит имя и должность и сможет предложить пару. Согласие наставника,"
        " его приказ и программу оформляет она; вам видны назначение, срок и часы.",
    )  # fmt: skip
    return step_page(
        request, form, partial(secondments.second_mentor, post, **by_now(request)), page
    )


@require_POST
def secondment_withdraw(request, pk):
    rows = Secondment.objects.visible_to(request.user)
    offer = get_object_or_404(
        rows.select_related("post__person", "post__school", "to_school"), pk=pk
    )
    require(can_edit_post(request.user, offer.post))
    step = partial(secondments.withdraw_secondment, offer, **by_now(request))
    return step_button(request, step, up=card(offer.post), done="Направление отозвано.")
