"""Proposing a pair, correcting and withdrawing the proposal, entering a pair from paper."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs import initials, matching, queries
from programs.forms.adoption import AdoptForm
from programs.forms.groups import ChangeProposalForm, ProposeForm, WhyForm
from programs.permissions import (
    can_adopt_case,
    can_change_proposal,
    can_propose_group,
    can_withdraw_proposal,
)
from programs.views.steps import case_or_404, posted, school_or_404, step_page
from programs.workflow.adopt import adopt_case
from programs.workflow.groups import change_proposal, propose_group, withdraw_proposal
from programs.workflow.policies import policy_on
from programs.workflow.warnings import warnings_for
from schools.text import row_key
from schools.views.common import require


def _people(school, on, mentee=None) -> dict:
    """What both forms offer: candidates with reasons, who needs a mentor, everybody else."""
    needing = list(queries.needing_mentor([school.pk], on))
    known = {post.pk for post in needing}
    staff = school.staff.working(on).select_related("person")
    limit = policy_on(school.pk, on).warn_above_mentees
    return {
        "candidates": matching.candidates(school, on, mentee=mentee, warn_above=limit),
        "needing": needing,
        "others": [post for post in staff if post.pk not in known],
    }


@require_http_methods(["GET", "POST"])
def group_propose(request, pk):
    """``?mentee=`` or ``?mentor=`` (a post) prefills everything that follows from it."""
    school = school_or_404(request, pk)
    require(can_propose_group(request.user, school))
    on = timezone.localdate()
    chosen = _chosen(school, request.GET, on)
    if chosen["mentee"] is None:
        chosen["mentee"] = _only(school, on)
    people = _people(school, on, chosen["mentee"])
    initial = initials.proposal(school, on, user=request.user, **chosen)
    form = ProposeForm(*posted(request), school=school, on=on, initial=initial, **people)
    form.aliases = {"mentees": "mentee"}
    made = []

    def step(**data):
        made.append(propose_group(school, by=request.user, on=on, **data))

    return step_page(
        request,
        form,
        step,
        title="Предложить пару",
        done="Пара предложена. Дальше — согласия: распечатайте и подпишите их.",
        back=lambda: made[0],
        up=reverse("group-list"),
        warnings=_warnings(school, chosen, on),
        template="programs/group_propose.html",
        school=school,
        needing=people["needing"],
        others=people["others"],
        chosen=chosen,
        best=people["candidates"][:3] if chosen["mentee"] else [],
    )


def _chosen(school, data, on) -> dict:
    """Posts named in the address: a mentee of this school, a mentor of this school or seconded
    to it. Anything else counts as not named."""
    found = {}
    for name in ("mentee", "mentor"):
        wanted = row_key(data.get(name, ""))
        posts = school.staff.select_related("person")
        if name == "mentor":
            posts = matching.posts_for(school, on)
        found[name] = posts.filter(pk=wanted).first() if wanted else None
    return found


def _only(school, on):
    """The one teacher who needs a mentor, where there is exactly one: nothing to choose."""
    needing = queries.needing_mentor([school.pk], on)[:2]
    return needing[0] if len(needing) == 1 else None


def _warnings(school, chosen, on) -> list[str]:
    mentees = [chosen["mentee"]] if chosen["mentee"] else []
    return warnings_for(school, chosen["mentor"], mentees, on)


@require_http_methods(["GET", "POST"])
def group_adopt(request, pk):
    school = school_or_404(request, pk)
    require(can_adopt_case(request.user, school))
    on = timezone.localdate()
    chosen = _chosen(school, request.GET, on)
    initial = initials.adoption(school, on, user=request.user, **chosen)
    people = _people(school, on)
    form = AdoptForm(*posted(request), school=school, on=on, initial=initial, **people)
    form.aliases = {"mentees": "mentee", "mentee_consents": "mentees_consented_on"}
    made = []

    def step(**data):
        made.append(adopt_case(school, by=request.user, on=on, **data))

    return step_page(
        request,
        form,
        step,
        title="Внести пару, которая уже работает",
        done="Пара внесена. Недостающие бумаги перечислены на её странице.",
        back=lambda: made[0],
        up=reverse("group-list"),
        lead="Перепишите с бумаги то, что есть: прошлые даты — обычное дело. Сканы можно"
        " приложить потом.",
    )


@require_http_methods(["GET", "POST"])
def group_change(request, pk):
    group = case_or_404(request, pk)
    require(can_change_proposal(request.user, group))
    on = timezone.localdate()
    form = ChangeProposalForm(
        *posted(request), group=group, on=on, initial=initials.of_proposal(group)
    )
    return step_page(
        request,
        form,
        partial(change_proposal, group, by=request.user, on=on),
        title="Изменить предложение",
        done="Предложение изменено.",
        back=group,
        lead=queries.title(group),
    )


@require_http_methods(["GET", "POST"])
def group_withdraw(request, pk):
    group = case_or_404(request, pk)
    require(can_withdraw_proposal(request.user, group))
    return step_page(
        request,
        WhyForm(*posted(request), label="Снять предложение"),
        partial(withdraw_proposal, group, by=request.user, on=timezone.localdate()),
        title="Снять предложение",
        done="Предложение снято.",
        back=group,
        lead=queries.title(group),
    )
