"""Names and posts in the case that a sentence asks for, and the corrections that win."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from schools.grammar import ACCUSATIVE, DATIVE, GENITIVE, INSTRUMENTAL, name_in, post_in, post_title
from schools.models import Event, Person, StaffMember
from schools.tests.factories import make_curator, make_person, make_post, make_school
from schools.typography import quoted, roubles, tidy
from schools.workflow.staff import change_post_details

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("position", "case", "expected"),
    [
        ("учитель начальных классов", GENITIVE, "учителя начальных классов"),
        ("старший воспитатель", ACCUSATIVE, "старшего воспитателя"),
        ("педагог-психолог", DATIVE, "педагогу-психологу"),
        ("музыкальный руководитель", GENITIVE, "музыкального руководителя"),
        ("заместитель директора по УВР", DATIVE, "заместителю директора по УВР"),
        ("исполняющий обязанности директора", GENITIVE, "исполняющего обязанности директора"),
        ("заведующая", ACCUSATIVE, "заведующую"),
        ("заведующий", INSTRUMENTAL, "заведующим"),
        ("педагог дополнительного образования", ACCUSATIVE, "педагога дополнительного образования"),
        ("учитель-логопед", INSTRUMENTAL, "учителем-логопедом"),
    ],
)
def test_a_position_changes_up_to_its_first_noun(position, case, expected):
    assert post_in(position, case) == expected


@pytest.mark.parametrize(
    ("position", "subject", "expected"),
    [
        ("учитель", "математика", "учителя математики"),
        ("учитель", "русский язык и литература", "учителя русского языка и литературы"),
        ("Учитель", "физическая культура", "Учителя физической культуры"),
        ("учитель", "ОБЗР", "учителя (ОБЗР)"),
        ("учитель", "иностранный язык (английский)", "учителя (иностранный язык (английский))"),
        (
            "педагог дополнительного образования",
            "хор",
            "педагога дополнительного образования (хор)",
        ),
    ],
)
def test_a_subject_follows_a_teacher_in_the_genitive(position, subject, expected):
    assert post_title(StaffMember(position=position, subject=subject), GENITIVE) == expected


def test_unknown_sex_without_a_patronymic_leaves_what_cannot_be_told():
    person = Person(last_name="Ким", first_name="Саша")
    assert name_in(person, GENITIVE) == "Ким Саши"


def test_a_correction_is_remembered_wins_everywhere_and_goes_with_the_former_name():
    school = make_school()
    curator = make_curator(school)
    person = make_person(last_name="Лось", first_name="Елена", patronymic="Петровна", sex="F")
    post = make_post(school, person=person)
    client = Client()
    client.force_login(curator)
    url = reverse("name-cases", args=[post.pk])

    shown = client.get(url).content.decode()
    assert "от учителя Лось Елены Петровны" in shown
    sent = {GENITIVE: "Лоси Елены Петровны", DATIVE: "", ACCUSATIVE: "", INSTRUMENTAL: ""}
    assert client.post(url, sent).status_code == 302
    person.refresh_from_db()
    assert person.cases == {GENITIVE: "Лоси Елены Петровны"}
    assert name_in(person, GENITIVE) == "Лоси Елены Петровны"
    assert name_in(person, GENITIVE, short=True) == "Лоси\u00a0Е.\u00a0П."
    assert name_in(person, DATIVE) == "Лось Елене Петровне"
    assert Event.objects.filter(kind="name_cases_corrected").count() == 1

    refused = client.post(url, {**sent, GENITIVE: "Лоси"})
    assert refused.status_code == 422
    assert "столько же слов" in refused.content.decode()

    change_post_details(post, by=curator, on=post.hired_on, last_name="Гончар")
    person.refresh_from_db()
    assert person.cases == {}


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1", "1 (один) рубль 00 копеек"),
        ("3000", "3\u00a0000 (три тысячи) рублей 00 копеек"),
        ("2022.05", "2\u00a0022 (две тысячи двадцать два) рубля 05 копеек"),
        ("111", "111 (сто одиннадцать) рублей 00 копеек"),
        ("1000000.01", "1\u00a0000\u00a0000 (один миллион) рублей 01 копейка"),
        ("0.50", "0 (ноль) рублей 50 копеек"),
    ],
)
def test_a_sum_is_spelled_out(amount, expected):

    assert roubles(Decimal(amount)).replace("\u00a0копе", " копе") == expected


def test_typography_minds_quotes_dashes_and_short_words():
    assert tidy('в "Школе" - с 1 сентября') == "в\u00a0«Школе»\u00a0– с\u00a01 сентября"
    assert tidy("Иванова М. П. пришла") == "Иванова\u00a0М.\u00a0П. пришла"
    assert tidy("№ 5") == "№\u00a05"
    assert quoted('Сад "Колосок"') == "«Сад „Колосок“»"
