"""A mentor is recognised on the papers of an own case however the name is written."""

import datetime as dt

import pytest

from programs.errors import TransitionError
from programs.models import MentorAppointment, MentoringGroup
from programs.signatories import is_mentor_name, names_person, refuse_mentor_name
from schools.models import Person
from schools.tests.factories import make_person, make_post, make_school

DAY = dt.date(2026, 9, 1)
MARIA = Person(last_name="Римская-Корсакова", first_name="Мария", patronymic="Петровна")
ALENA = Person(last_name="Королёва", first_name="Алёна", patronymic="")


@pytest.mark.parametrize(
    "text",
    [
        "Римская-Корсакова Мария Петровна",
        "РИМСКАЯ – КОРСАКОВА МАРИЯ ПЕТРОВНА",
        "Римская-Корсакова М. П.",
        "М.П. Римская-Корсакова",
        "Мария Петровна Римская-Корсакова",
        "Римская-Корсакова М.",
        "Римская-Корсакова",
        "директор Римская-Корсакова М.\u00a0П.",
        "Куратор Римская-Корсакова",
        "комиссия: Петров А. А., Римская-Корсакова М. П.",
        "Петров А. А. и Римская-Корсакова М. П.",
    ],
)
def test_the_same_person_in_every_form(text):
    assert names_person(MARIA, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Римская-Корсакова Марина Петровна",
        "Римская-Корсакова Н. П.",
        "Римская-Корсакова Мария Сергеевна",
        "М. С. Римская-Корсакова",
        "Корсакова М. П.",
        "Петров А. А., Римский-Корсаков М. П.",
    ],
)
def test_another_person_is_not_taken_for_the_mentor(text):
    assert not names_person(MARIA, text)


def test_yo_and_a_missing_patronymic_do_not_hide_a_person():
    assert names_person(ALENA, "Королева Алена Игоревна")
    assert names_person(ALENA, "А. И. Королёва")


@pytest.mark.django_db
def test_every_mentor_of_the_case_is_refused_and_nobody_else():
    school = make_school()
    group = MentoringGroup.objects.create(
        school=school, form="TEACHER_TEACHER", kinds=("TRADITIONAL",), why="запрос педагога",
        curator=make_person(), proposed_on=DAY, planned_starts_on=DAY,
        planned_ends_on=dt.date(2027, 5, 31),
    )  # fmt: skip
    mentor = make_person(last_name="Иванова", first_name="Мария", patronymic="Петровна")
    dropped = make_person(last_name="Сидорова", first_name="Анна", patronymic="Ильинична")
    MentorAppointment.objects.create(
        group=group, post=make_post(school, person=dropped), proposed_on=DAY, dropped_on=DAY,
        starts_on=DAY,
    )  # fmt: skip
    MentorAppointment.objects.create(
        group=group, post=make_post(school, person=mentor), proposed_on=DAY, starts_on=DAY
    )

    assert is_mentor_name(group, "Иванова М. П.")
    assert not is_mentor_name(group, "Сидорова А. И.")
    with pytest.raises(TransitionError) as caught:
        refuse_mentor_name(group, "Иванова М. П.", field="name", what="утвердить программу")
    assert (caught.value.code, caught.value.field) == ("mentor_named", "name")
