"""Evaluation and closing."""

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programs import initials, queries
from programs.choices import Ground, LineAction, OrderKind
from programs.errors import TransitionError
from programs.forms.endings import ClosingForm, EvaluationForm
from programs.models import OrderLine
from programs.permissions import can_close_program, can_evaluate_program
from programs.views.programs import open_program
from programs.views.steps import case_or_404, posted, step_page
from programs.workflow.closing import close_program, order_needed, why_not
from programs.workflow.evaluation import (
    correct_evaluation,
    evaluated_members,
    percent_of,
    policy_of,
    record_evaluation,
    sheet_for,
    suggest_conclusion,
)
from programs.workflow.order_lines import LineDraft
from programs.workflow.orders import default_register, draft_order
from schools.views.common import require


@require_http_methods(["GET", "POST"])
def evaluation_record(request, pk):
    group = case_or_404(request, pk)
    require(can_evaluate_program(request.user, group))
    program, on = open_program(group), timezone.localdate()
    sheet = sheet_for(group.school)
    if program.approved_on is None or sheet is None:
        raise Http404
    old = program.evaluations.filter(member=None).first()
    form = EvaluationForm(
        *posted(request),
        initial=_evaluated(group, old, on),
        criteria=sheet.criteria.all(),
        members=evaluated_members(program, min(on, program.current_ends_on)),
    )
    record = correct_evaluation if old else record_evaluation

    def step(*, conclusion, scores, **data):
        chosen = conclusion or _suggested(form, scores, group, on)
        record(
            program, by=request.user, on=on, sheet=sheet, scores=scores, conclusion=chosen, **data
        )

    return step_page(
        request,
        form,
        step,
        title="Оценить программу",
        done="Оценка записана.",
        back=group,
        lead=queries.title(group),
        clause="Положение, 6.1 и 7.1",
        template="programs/evaluation_form.html",
        sheet=sheet,
    )


def _evaluated(group, old, on) -> dict:
    """What the evaluation says already; the head as its author at the first time."""
    if old is not None:
        names = ("evaluated_on", "evaluator", "text", "conclusion")
        return {name: getattr(old, name) for name in names}
    _, head = initials.signatory(group.school, on, [group])
    return {"evaluated_on": on, "evaluator": head}


def _suggested(form, scores, group, on) -> str:
    weights = {criterion.pk: criterion.weight for criterion in form.criteria}
    every = [(value, weights[pk]) for row in scores.values() for pk, value in row.items()]
    if not every:
        return ""
    return suggest_conclusion(percent_of(every), policy_of(group.school, on))


@require_http_methods(["GET", "POST"])
def program_close(request, pk):
    """By decision at once; by order: the form prepares the order that closes the programme."""
    group = case_or_404(request, pk)
    require(can_close_program(request.user, group))
    program, on = open_program(group), timezone.localdate()
    refused = {ground: why_not(program, ground, on) for ground in Ground}
    signed = _signed_lines(group)
    ordering = order_needed(group.school_id, on) and not signed
    form = _closing_form(request, group, program, on, refused, signed)
    made = []

    def step(**data):
        if ordering:
            made.append(_closing_order(program, by=request.user, on=on, **data))
        else:
            close_program(program, by=request.user, on=on, **data)

    if ordering:
        form.submit_label, form.danger = "Подготовить приказ о завершении", False
    return step_page(
        request,
        form,
        step,
        title="Завершить программу",
        done="Приказ подготовлен: программа завершится, когда отметите подписание."
        if ordering
        else "Программа завершена.",
        back=lambda: made[0] if made else group,
        up=group.get_absolute_url(),
        lead=queries.title(group),
        clause="Положение, 6.1",
        template="programs/program_close.html",
        refused=[(ground.label, reason) for ground, reason in refused.items() if reason],
        ordering=ordering,
        may_evaluate=program.approved_on is not None and program.evaluated_on is None,
        group=group,
    )


def _signed_lines(group):
    """Points of signed orders that close the case (queryset)."""
    return OrderLine.objects.filter(
        group=group, action=LineAction.CLOSE, dropped_on=None, cancelled_by=None,
        order__signed_on__isnull=False,
    ).select_related("order")  # fmt: skip


def _closing_form(request, group, program, on, refused, signed) -> ClosingForm:
    """Only grounds that are lawful today; the full one is chosen beforehand, no other."""
    lawful = [ground for ground, reason in refused.items() if not reason]
    return ClosingForm(
        *posted(request),
        grounds=lawful,
        members=group.members.present().select_related("post__person"),
        lines=signed if signed else None,
        initial={
            "closed_on": _usual_day(program, on),
            "ground": Ground.FULL if Ground.FULL in lawful else "",
        },
    )


def _usual_day(program, on):
    """The planned end if it has come, or the day of an evaluation after it."""
    day = min(on, program.current_ends_on or on)
    return max(day, program.evaluated_on or day)


def _closing_order(program, *, by, on, ground, closed_on, ground_text, results):
    """A draft whose signing will close the programme; what it would refuse is refused now."""
    reason = why_not(program, ground, closed_on)
    if reason:
        raise TransitionError("ground_not_open", reason, field="closed_on")
    group = program.group
    data = {
        "ground": ground,
        "ends_on": closed_on.isoformat(),
        "ground_text": ground_text,
        "results": {str(pk): text for pk, text in results.items()},
    }
    line = LineDraft(group, LineAction.CLOSE, data)
    register = default_register(group.school)
    return draft_order(register, by=by, on=on, kind=OrderKind.CLOSE, lines=[line])
