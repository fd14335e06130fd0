"""A mentee's consent as an own mark in the system, where a local act allows it (design, 3)."""

from functools import partial

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs import queries
from programs.choices import ConsentMeans, ConsentRole
from programs.forms.papers import MarkForm
from programs.models import GroupMember
from programs.permissions import can_mark_consent
from programs.views.steps import case_or_404, posted, row_or_404, step_page
from programs.workflow.consents import record_consent
from schools.views.common import require


@require_http_methods(["GET", "POST"])
def consent_mark(request, pk):
    """Never for a mentor: a mentor's consent is paper. The step checks settings and act."""
    member = row_or_404(request, GroupMember, pk, "post__person", "group__school")
    require(can_mark_consent(request.user, member))
    group, on = case_or_404(request, member.group_id), timezone.localdate()
    step = partial(
        record_consent,
        group,
        by=request.user,
        on=on,
        role=ConsentRole.MENTEE,
        post=member.post,
        means=ConsentMeans.MARK,
        signed_on=on,
    )
    return step_page(
        request,
        MarkForm(*posted(request)),
        step,
        title="Согласие наставляемого",
        done="Согласие отмечено.",
        back=group,
        lead=f"{queries.title(group)}. Вы соглашаетесь быть наставляемым в этой паре. Отметка"
        " ставится сегодняшним днём; до приказа её можно отозвать через куратора.",
        clause="Положение, 2.3",
    )
