"""Mentors who work in one organisation and mentor in another: what each side sees of it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.choices import Basis
from programs.models import MentorAppointment
from schools.models import Secondment
from schools.views.common import require


@require_safe
def secondment_list(request):
    """The home organisation sees the appointment, its term and hours: never whom and how.

    The host sees offers to it; what comes of them are its own pairs.
    """
    own, on = request.user.access.school_ids, timezone.localdate()
    require(bool(own))
    offers = (
        Secondment.objects.visible_to(request.user)
        .in_force(on)
        .select_related("post__person", "post__school", "to_school")
    )
    appointments = (
        MentorAppointment.objects.visible_to(request.user)
        .filter(basis=Basis.SECONDMENT, post__school__in=own, dropped_on=None)
        .select_related("post__person", "post__school", "group__school")
        .order_by("-starts_on", "-pk")
    )
    context = {
        "sent": [offer for offer in offers if offer.post.school_id in own],
        "received": [offer for offer in offers if offer.to_school_id in own],
        "appointments": appointments,
    }
    return render(request, "programs/secondment_list.html", context)
