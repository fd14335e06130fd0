"""Changes of an approved programme: extension, amendment, pause."""

from functools import partial

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs import initials, queries
from programs.forms.programs import (
    AmendForm,
    ExtendForm,
    PauseForm,
    PlanFormSet,
    ResumeForm,
    known_events,
    plan_initial,
    plan_rows,
)
from programs.forms.requests import needs_of
from programs.permissions import (
    can_amend_program,
    can_extend_program,
    can_pause_program,
    can_resume_program,
)
from programs.views.programs import open_program
from programs.views.steps import ORDER_DRAFTED, case_or_404, posted, step_page
from programs.workflow.by_order import extend_by_order
from programs.workflow.term import amend_program, extend_program, pause_program, resume_program
from schools.errors import DomainError
from schools.views.common import require


@require_http_methods(["GET", "POST"])
def program_extend(request, pk):
    group = case_or_404(request, pk)
    require(can_extend_program(request.user, group))
    program = open_program(group)
    if program.approved_on is None:
        raise Http404
    on = timezone.localdate()
    initial = {**initials.extension(program), "agreed_on": on}
    made = []

    def step(*, by_order, **data):
        if by_order:
            made.append(extend_by_order(program, by=request.user, on=on, **data))
        else:
            extend_program(program, by=request.user, on=on, **data)

    return step_page(
        request,
        ExtendForm(*posted(request), initial=initial),
        step,
        title="Продлить программу",
        done=lambda: ORDER_DRAFTED if made else "Программа продлена.",
        back=lambda: made[0] if made else group,
        up=group.get_absolute_url(),
        lead=f"Сейчас программа идёт до {program.current_ends_on:%d.%m.%Y}.",
        clause="Положение, 1.2.1",
    )


@require_http_methods(["GET", "POST"])
def program_amend(request, pk):
    group = case_or_404(request, pk)
    require(can_amend_program(request.user, group))
    program, on = open_program(group), timezone.localdate()
    texts = ("goal", "tasks", "results", "schedule")
    events = known_events(program)
    open_events = {pk: e for pk, e in events.items() if not e.outcome}
    initial = {name: getattr(program, name) for name in texts}
    form = AmendForm(*posted(request), initial={**initial, "agreed_on": on})
    plan = PlanFormSet(
        request.POST or None,
        prefix="plan",
        initial=plan_initial(open_events.values()),
        form_kwargs={"needs": needs_of(group.school)},
    )

    def step(*, summary, agreed_on, **text):
        if not plan.is_valid():
            raise DomainError("plan_incomplete", "Проверьте план: в нём есть ошибки.")
        changes = [{"text": text}, *_plan_changes(plan, open_events)]
        amend_program(
            program, by=request.user, on=on, summary=summary, agreed_on=agreed_on, changes=changes
        )

    return step_page(
        request,
        form,
        step,
        title="Скорректировать программу",
        done="Программа скорректирована: это новая версия.",
        back=group,
        lead="После утверждения содержание меняют по согласию наставника и всех наставляемых.",
        template="programs/program_amend.html",
        plan=plan,
    )


def _plan_changes(plan, events):
    for action, pk, values in plan_rows(plan):
        if action == "add":
            yield {"add": values}
        elif action == "change":
            yield {"event": events[pk], "set": values}
        else:
            yield {"remove": events[pk]}


@require_http_methods(["GET", "POST"])
def program_pause(request, pk):
    group = case_or_404(request, pk)
    require(can_pause_program(request.user, group))
    on = timezone.localdate()
    return step_page(
        request,
        PauseForm(*posted(request), initial={"starts_on": on}),
        partial(pause_program, open_program(group), by=request.user, on=on),
        title="Приостановить программу",
        done="Программа приостановлена: напоминания молчат.",
        back=group,
        lead=queries.title(group),
    )


@require_http_methods(["GET", "POST"])
def program_resume(request, pk):
    group = case_or_404(request, pk)
    require(can_resume_program(request.user, group))
    on = timezone.localdate()
    return step_page(
        request,
        ResumeForm(*posted(request), initial={"resumed_on": on}),
        partial(resume_program, open_program(group), by=request.user, on=on),
        title="Возобновить программу",
        done="Программа возобновлена.",
        back=group,
        lead=queries.title(group),
    )
