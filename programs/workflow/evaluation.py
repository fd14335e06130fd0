"""Evaluation of a programme's effectiveness (Положение, 6.1, 7.1 and 7.2)."""

from django.db.models import F, Q

from programs.choices import Conclusion
from programs.errors import TransitionError
from programs.models import (
    Criterion,
    Evaluation,
    EvaluationSheet,
    GroupMember,
    Program,
    Score,
)
from programs.signatories import refuse_mentor_name
from programs.workflow.base import names, not_in_future
from programs.workflow.running import create, program_step, require_running, require_text
from schools.models import MunicipalityPolicy, School

__all__ = [
    "correct_evaluation",
    "evaluated_members",
    "record_evaluation",
    "sheet_for",
    "suggest_conclusion",
]

HIGHEST_SCORE = 3


def sheet_for(school: School) -> EvaluationSheet | None:
    """The school's own sheet in use, else the district's (7.2); the newest version."""
    return (
        EvaluationSheet.objects.filter(Q(school=school) | Q(school=None), is_active=True)
        .order_by(F("school").desc(nulls_last=True), "-version", "-pk")
        .first()
    )


def policy_of(school: School, on) -> MunicipalityPolicy:
    """The district's settings in force on ``on``, the usual thresholds where there are none."""
    found = MunicipalityPolicy.objects.filter(municipality=school.municipality_id).in_force(on)
    return found.first() or MunicipalityPolicy()


def suggest_conclusion(percent: int, policy: MunicipalityPolicy) -> Conclusion:
    """What the district's thresholds say; advice only, the person decides."""
    if percent >= policy.high_score:
        return Conclusion.HIGH
    if percent >= policy.sufficient_score:
        return Conclusion.SUFFICIENT
    return Conclusion.PARTIAL if percent >= policy.partial_score else Conclusion.LOW


def percent_of(scores: list[tuple[int, int]]) -> int:
    """Σ(score × weight) / Σ(3 × weight) in whole percent, a half rounded up.

    Args:
        scores: pairs of score (0 to 3) and weight (1 or more), at least one.
    """
    reached = sum(score * weight for score, weight in scores)
    possible = sum(HIGHEST_SCORE * weight for _, weight in scores)
    return (200 * reached + possible) // (2 * possible)


def evaluated_members(program: Program, evaluated_on) -> list[GroupMember]:
    """Mentees whose scores the sheet must hold: those in the case on the day of evaluation."""
    return list(program.group.members.on(evaluated_on).select_related("post__person"))


def record_evaluation(
    program, *, by, on, sheet, evaluated_on, evaluator, scores, conclusion, text
) -> Evaluation:
    """Record one evaluation of the programme: a row per mentee and the summary of the case.

    Args:
        evaluator: who evaluated, a person or a commission; never the mentor of the case.
        scores: ``{member_pk: {criterion_pk: 0..3}}``, every criterion for every mentee of that
            day; a mentee who left earlier may be scored too.
        conclusion: one of ``Conclusion``, of the summary; mentees' rows take the suggested one.
        text: the reasons, always.

    Returns:
        The summary (``member`` is None).

    Raises:
        TransitionError: ``case_closed``, ``program_not_approved``, ``no_order``,
            ``already_evaluated``, ``date_in_future``, ``evaluated_before_start``,
            ``sheet_of_another_school``, ``no_members``, ``scores_incomplete``,
            ``score_out_of_limits``, ``conclusion_unknown``, ``text_missing`` or
            ``mentor_named``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        require_running(program, on)
        if program.evaluations.exists():
            raise TransitionError(
                "already_evaluated", "Программа уже оценена: исправьте внесённую оценку."
            )
        summary = _evaluate(
            program, on, sheet=sheet, evaluated_on=evaluated_on, evaluator=evaluator,
            scores=scores, conclusion=conclusion, text=text,
        )  # fmt: skip
        change.record(
            "program_evaluated", program.group, program,
            school=program.group.school_id, evaluated_on=evaluated_on, percent=summary.percent,
            conclusion=summary.get_conclusion_display(),
        )  # fmt: skip
    return summary


def correct_evaluation(
    program, *, by, on, sheet, evaluated_on, evaluator, scores, conclusion, text
) -> Evaluation:
    """Replace the recorded evaluation before the programme is closed (also after an extension).

    Raises:
        TransitionError: ``not_evaluated`` or as ``record_evaluation``.
    """
    with program_step(program, by=by, on=on) as (change, program):
        require_running(program, on)
        old = program.evaluations.filter(member=None).first()
        if old is None:
            raise TransitionError("not_evaluated", "Программа ещё не оценена.")
        program.evaluations.all().delete()
        summary = _evaluate(
            program, on, sheet=sheet, evaluated_on=evaluated_on, evaluator=evaluator,
            scores=scores, conclusion=conclusion, text=text,
        )  # fmt: skip
        change.record(
            "evaluation_corrected", program.group, program,
            school=program.group.school_id, old_percent=old.percent, percent=summary.percent,
            conclusion=summary.get_conclusion_display(),
        )  # fmt: skip
    return summary


def _evaluate(program: Program, on, *, sheet, evaluated_on, evaluator, scores, conclusion, text):
    """Check and write the rows; returns the summary."""
    group = program.group
    not_in_future(evaluated_on, on, field="evaluated_on", what="Дата оценки")
    if evaluated_on < program.starts_on:
        raise TransitionError(
            "evaluated_before_start",
            f"Программа начинается {program.starts_on:%d.%m.%Y}.",
            field="evaluated_on",
        )
    if sheet.school_id not in (None, group.school_id):
        raise TransitionError(
            "sheet_of_another_school", "Это лист оценки другой организации.", field="sheet"
        )
    if conclusion not in Conclusion.values:
        raise TransitionError("conclusion_unknown", "Выберите вывод.", field="conclusion")
    evaluator = require_text(evaluator, field="evaluator", message="Укажите, кто оценивал.")
    refuse_mentor_name(group, evaluator, field="evaluator", what="оценить программу")
    facts = {
        "program": program,
        "sheet": sheet,
        "evaluated_on": evaluated_on,
        "recorded_on": on,
        "evaluator": evaluator,
        "text": require_text(text, field="text", message="Обоснуйте вывод."),
    }
    criteria = list(sheet.criteria.all())
    policy, everything = policy_of(group.school, on), []
    for member_pk in _scored_members(program, evaluated_on, scores):
        values = _complete(criteria, scores[member_pk])
        everything += values
        percent = percent_of([(value, criterion.weight) for criterion, value in values])
        row = create(
            Evaluation, **facts, member_id=member_pk, percent=percent,
            conclusion=suggest_conclusion(percent, policy),
        )  # fmt: skip
        Score.objects.bulk_create(
            Score(evaluation=row, criterion=criterion, value=value) for criterion, value in values
        )
    percent = percent_of([(value, criterion.weight) for criterion, value in everything])
    summary = create(Evaluation, **facts, percent=percent, conclusion=conclusion)
    program.evaluated_on = evaluated_on
    program.save(update_fields=["evaluated_on"])
    return summary


def _scored_members(program: Program, evaluated_on, scores: dict) -> list[int]:
    """Members in order of pk; refuses a missing one and a stranger."""
    members = evaluated_members(program, evaluated_on)
    if not members:
        raise TransitionError("no_members", "В этот день в паре не было наставляемых.")
    missing = [member.post.person for member in members if member.pk not in scores]
    if missing:
        raise TransitionError(
            "scores_incomplete", f"Нет баллов: {', '.join(names(missing))}.", field="scores"
        )
    joined = program.group.members.filter(joined_on__lte=evaluated_on)
    strangers = set(scores) - set(joined.values_list("pk", flat=True))
    if strangers:
        raise TransitionError(
            "not_a_member", "Баллы — только наставляемым этой пары.", field="scores"
        )
    return sorted(scores)


def _complete(criteria: list[Criterion], scores: dict) -> list[tuple[Criterion, int]]:
    """Every criterion of the sheet with its score, and nothing else."""
    if not criteria or set(scores) != {criterion.pk for criterion in criteria}:
        raise TransitionError(
            "scores_incomplete", "Оцените каждый критерий: от 0 до 3.", field="scores"
        )
    if any(value not in range(HIGHEST_SCORE + 1) for value in scores.values()):
        raise TransitionError("score_out_of_limits", "Балл — от 0 до 3.", field="scores")
    return [(criterion, scores[criterion.pk]) for criterion in criteria]
