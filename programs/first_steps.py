"""What a new organisation does first, in order: shown until its first pair exists."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from programs.models import MentoringGroup
from schools.models import ActKind, LocalAct, Membership, Role, School, StaffMember
from schools.permissions import can_give_role


@dataclass(frozen=True)
class FirstStep:
    """``url`` is '' where the step is somebody else's."""

    title: str
    text: str
    done: bool
    url: str


def beginnings(user, schools, on: dt.date) -> list[tuple[School, list[FirstStep]]]:
    """The first steps of those of ``schools`` that have never had a pair; four queries."""
    started = set(
        MentoringGroup.objects.filter(school__in=schools).values_list("school", flat=True)
    )
    new = [school for school in schools if school.pk not in started]
    if not new:
        return []
    # Whoever was entered by hand to hold a role is not a staff list yet.
    known = StaffMember.objects.working(on).filter(school__in=new).order_by().values("school")
    counted = known.annotate(people=Count("person", distinct=True)).filter(people__gt=1)
    staffed = set(counted.values_list("school", flat=True))
    curated = set(
        Membership.objects.current(on)
        .filter(school__in=new, role=Role.CURATOR)
        .values_list("school", flat=True)
    )
    ruled = set(
        LocalAct.objects.in_force(on)
        .filter(school__in=new, kind=ActKind.REGULATION)
        .values_list("school", flat=True)
    )
    return [
        (
            school,
            _steps(user, school, school.pk in staffed, school.pk in curated, school.pk in ruled),
        )
        for school in new
    ]


def _steps(user, school: School, staffed: bool, curated: bool, ruled: bool) -> list[FirstStep]:
    name_curator = can_give_role(user, school)
    return [
        FirstStep(
            "Загрузите список сотрудников",
            "XLSX или CSV в том виде, в каком вы его ведёте. Ничего не изменится, пока вы не"
            " подтвердите.",
            staffed,
            reverse("import-add"),
        ),
        FirstStep(
            "Назначьте куратора",
            "Рекомендуется. Пока куратора нет, его дела ведёт руководитель."
            if name_curator
            else "Рекомендуется. Куратора назначает руководитель.",
            curated,
            reverse("role-give", args=[school.pk]) if name_curator else "",
        ),
        FirstStep(
            "Добавьте положение о наставничестве",
            "Номер, дата и файл локального акта (Положение, 3.1). Пары можно предлагать и до него.",
            ruled,
            reverse("act-add", args=[school.pk]),
        ),
        FirstStep(
            "Предложите первую пару",
            "Система подскажет, кому нужен наставник и кто подходит. Пару, которая уже работает"
            " по приказу, внесите как действующую.",
            False,
            reverse("group-propose", args=[school.pk]),
        ),
    ]
