"""Evaluation: complete scores, a half rounded up, thresholds that only advise."""

import datetime as dt

import pytest

from programs.models import Evaluation, Score
from programs.tests.factories_programme import (
    END,
    START,
    evenly,
    make_evaluated,
    make_line,
    make_proposed_case,
    make_running,
    make_sheet,
)
from programs.tests.refusals import refused
from programs.workflow.closing import close_program
from programs.workflow.evaluation import (
    correct_evaluation,
    percent_of,
    policy_of,
    record_evaluation,
    sheet_for,
    suggest_conclusion,
)
from schools.models import MunicipalityPolicy
from schools.tests.factories import make_school

pytestmark = pytest.mark.django_db


def facts(program, sheet=None, **changes) -> dict:
    sheet = sheet or make_sheet()
    return {
        "by": None,
        "on": END,
        "sheet": sheet,
        "evaluated_on": END,
        "evaluator": "Куратор Орлова Вера Ивановна",
        "scores": evenly(sheet, program.group.members.all(), 2),
        "conclusion": "SUFFICIENT",
        "text": "План выполнен.",
        **changes,
    }


@pytest.mark.parametrize(
    ("scores", "percent"),
    [
        ([(3, 1), (3, 5)], 100),
        ([(0, 1)], 0),
        ([(1, 1)], 33),
        ([(2, 1)], 67),
        ([(1, 1), (2, 1)], 50),
        ([(3, 1), (0, 7)], 13),  # 12.5: the half goes up
        ([(3, 5), (0, 3)], 63),  # 62.5
    ],
)
def test_percent_is_weighted_and_a_half_is_rounded_up(scores, percent):
    assert percent_of(scores) == percent


def test_thresholds_are_the_districts_own_and_only_advise():
    school = make_school()
    usual = policy_of(school, END)
    assert [suggest_conclusion(p, usual) for p in (80, 79, 60, 59, 40, 39)] == [
        "HIGH", "SUFFICIENT", "SUFFICIENT", "PARTIAL", "PARTIAL", "LOW",
    ]  # fmt: skip
    MunicipalityPolicy.objects.create(
        municipality=school.municipality, starts_on=START, high_score=90
    )
    assert suggest_conclusion(85, policy_of(school, END)) == "SUFFICIENT"
    assert suggest_conclusion(85, policy_of(school, START - dt.timedelta(days=1))) == "HIGH"


def test_the_schools_own_sheet_comes_before_the_districts_and_the_newest_first():
    school = make_school()
    assert sheet_for(school) is None
    make_sheet()
    district = make_sheet(version=2)
    make_sheet(make_school())
    assert sheet_for(school) == district
    own = make_sheet(school)
    make_sheet(school, version=2, is_active=False)
    assert sheet_for(school) == own


def test_every_mentee_has_a_row_and_the_case_a_summary_over_all_scores():
    program = make_running(mentees=2)
    good, weak = program.group.members.all()
    sheet = make_sheet(weights=(1, 1))
    scores = evenly(sheet, [good], 3) | evenly(sheet, [weak], 0)

    summary = record_evaluation(program, **facts(program, sheet, scores=scores))

    assert (summary.member, summary.percent, summary.conclusion) == (None, 50, "SUFFICIENT")
    rows = Evaluation.objects.filter(member__isnull=False)
    assert {(r.member_id, r.percent, r.conclusion) for r in rows} == {
        (good.pk, 100, "HIGH"),
        (weak.pk, 0, "LOW"),
    }
    assert Score.objects.count() == 4
    program.refresh_from_db()
    assert program.evaluated_on == END


def without_one(program, sheet):
    scores = evenly(sheet, program.group.members.all(), 2)
    next(iter(scores.values())).popitem()
    return scores


def with_score(value):
    return lambda program, sheet: evenly(sheet, program.group.members.all(), value)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"scores": lambda p, s: {}}, "scores_incomplete", "scores"),
        ({"scores": without_one}, "scores_incomplete", "scores"),
        ({"scores": with_score(4)}, "score_out_of_limits", "scores"),
        ({"scores": with_score(-1)}, "score_out_of_limits", "scores"),
        (
            {
                "scores": lambda p, s: evenly(
                    s, [*p.group.members.all(), make_proposed_case().members.get()], 2
                )
            },
            "not_a_member",
            "scores",
        ),
        ({"evaluated_on": END + dt.timedelta(days=1)}, "date_in_future", "evaluated_on"),
        ({"evaluated_on": START - dt.timedelta(days=1)}, "evaluated_before_start", "evaluated_on"),
        ({"conclusion": "FINE"}, "conclusion_unknown", "conclusion"),
        ({"text": " "}, "text_missing", "text"),
        ({"evaluator": ""}, "text_missing", "evaluator"),
    ],
)
def test_an_evaluation_is_whole_or_not_there(change, code, field):
    program, sheet = make_running(), make_sheet()
    change = {k: v(program, sheet) if callable(v) else v for k, v in change.items()}
    with refused(code, field):
        record_evaluation(program, **facts(program, sheet, **change))
    program.refresh_from_db()
    assert program.evaluated_on is None
    assert not Evaluation.objects.exists()


def test_the_mentor_never_evaluates_the_own_case_not_even_in_a_commission():
    program = make_running()
    name = program.group.appointments.get().post.person.short_name
    given = facts(program, evaluator=f"комиссия: Орлова В. И., {name}")
    with refused("mentor_named", "evaluator"):
        record_evaluation(program, **given)


def test_another_schools_sheet_and_an_empty_one_are_refused():
    program = make_running()
    strange, empty = make_sheet(make_school()), make_sheet(weights=())
    with refused("sheet_of_another_school", "sheet"):
        record_evaluation(program, **facts(program, strange))
    with refused("scores_incomplete"):
        record_evaluation(program, **facts(program, empty))


def test_a_programme_is_evaluated_once_and_corrected_until_it_is_closed():
    program = make_running()
    given = facts(program)
    with refused("not_evaluated"):
        correct_evaluation(program, **given)
    make_evaluated(program)
    with refused("already_evaluated"):
        record_evaluation(program, **given)

    correct_evaluation(program, **given)
    assert Evaluation.objects.get(member=None).percent == 67
    assert Evaluation.objects.count() == 2

    close_program(program, by=None, on=END, ground="FULL", closed_on=END)
    with refused("case_closed"):
        correct_evaluation(program, **given)


def test_who_left_earlier_may_be_scored_but_need_not():
    program = make_running(mentees=2)
    left, stays = program.group.members.all()
    left.left_on, left.left_ground = END - dt.timedelta(days=60), "FINISHED"
    left.save()
    sheet = make_sheet()
    record_evaluation(program, **facts(program, sheet, scores=evenly(sheet, [stays], 2)))
    correct_evaluation(program, **facts(program, sheet, scores=evenly(sheet, [stays, left], 2)))
    assert Evaluation.objects.filter(member=left).exists()


def test_an_unordered_case_is_not_evaluated():
    program = make_running(make_proposed_case())
    make_line(program.group, "ASSIGN")  # prepared, not signed
    given = facts(program)
    with refused("no_order"):
        record_evaluation(program, **given)
