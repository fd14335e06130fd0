"""What a list does to an organisation's records."""

import datetime as dt

import pytest

from schools import history
from schools.errors import TransitionError
from schools.imports.answers import AWAY, LEFT, Answers
from schools.imports.plan import Outcome, make_plan
from schools.models import Event, Person, PossibleDouble, Qualification, StaffMember
from schools.tests.factories import make_person, make_post, make_school
from schools.workflow.imports import import_staff
from schools.workflow.leaving import record_leaving

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 12)
BORN = "1990-01-02"


@pytest.fixture
def school():
    return make_school()


def row(last="Лебедь", **fields):
    empty = dict.fromkeys(("patronymic", "subject", "category", "phone", "email"), "")
    empty |= dict.fromkeys(("birth_date", "total_years", "teaching_years", "hired_on"))
    facts = {"last_name": last, "first_name": "Мария", "position": "учитель", **fields}
    return {**empty, "is_teacher_mentor": False, **facts}


def listed(*rows):
    return {
        "sheets": [],
        "refused": [],
        "rows": [
            {"sheet": "", "row": n, "fields": fields, "questions": []}
            for n, fields in enumerate(rows, 2)
        ],
    }


def plan_of(school, *rows):
    return make_plan(school, listed(*rows), on=TODAY)


def write(school, *rows, **answers):
    plan = plan_of(school, *rows)
    return import_staff(
        school, plan, by=None, on=TODAY, name="список.xlsx", answers=Answers(**answers)
    )


def outcomes(plan):
    return [planned.outcome for planned in plan.rows]


def test_repeated_list_makes_no_doubles(school):
    rows = [row(birth_date=BORN, subject="физика"), row("Ким"), row("Ким", position="методист")]
    write(school, *rows)
    before = list(StaffMember.objects.values())

    plan = plan_of(school, *rows)
    assert outcomes(plan)[:2] == [Outcome.SAME, Outcome.SAME]
    report = write(school, *rows)

    assert report.added == report.changed == []
    assert list(StaffMember.objects.values()) == before


def test_list_of_another_spelling_changes_nothing(school):
    write(school, row("Семёнова", birth_date=BORN, position="Учитель"))
    plan = plan_of(school, row("СЕМЕНОВА", birth_date=BORN, position="учитель"))
    assert outcomes(plan) == [Outcome.SAME]


def test_change_is_shown_from_to_and_written(school):
    write(school, row(birth_date=BORN, teaching_years=1, category="NONE"))
    rows = [row(birth_date=BORN, teaching_years=2, category="FIRST", subject="химия")]

    [planned] = plan_of(school, *rows).rows
    assert [change.said for change in planned.changes] == [
        "предмет: — → химия",
        "педагогический стаж, лет: 1 → 2",
        "категория: без категории → первая",
    ]
    write(school, *rows)

    post = StaffMember.objects.get()
    assert (post.teaching_years, post.years_as_of, post.subject) == (2, TODAY, "химия")
    assert post.qualifications.first().category == "FIRST"
    assert "педагогический стаж, лет: 1 → 2" in history.lines(post)[0].text


def test_silence_of_a_list_changes_nothing(school):
    write(school, row(birth_date=BORN, subject="физика", phone="+79001112233"))
    assert outcomes(plan_of(school, row(birth_date=BORN))) == [Outcome.SAME]


def test_missing_birth_date_is_matched_by_name_and_position(school):
    post = make_post(school, person=make_person(last_name="Лебедь", patronymic=""))
    plan = plan_of(school, row(birth_date=BORN, subject="математика"))

    assert outcomes(plan) == [Outcome.CHANGE]
    import_staff(school, plan, by=None, on=TODAY, name="a.csv")
    post.person.refresh_from_db()
    assert post.person.birth_date == dt.date(1990, 1, 2)


def test_several_matches_are_asked_and_skipped_by_default(school):
    for subject in ("физика", "химия"):
        make_post(
            school, subject=subject, person=make_person(last_name="Лебедь", patronymic="")
        )  # fmt: skip
    plan = plan_of(school, row(phone="+79001112233"))
    assert outcomes(plan) == [Outcome.ASK]

    report = write(school, row(phone="+79001112233"))
    assert (report.skipped, report.added, report.changed) == ([0], [], [])


def test_other_position_is_asked_and_becomes_what_was_chosen(school):
    write(school, row(birth_date=BORN))
    other = row(birth_date=BORN, position="методист")
    old = StaffMember.objects.get()
    [planned] = plan_of(school, other).rows
    assert planned.outcome == Outcome.ASK

    write(school, other, rows={0: f"move:{old.pk}"}, moves_on={0: TODAY})

    old.refresh_from_db()
    assert old.left_on == TODAY - dt.timedelta(days=1)
    assert old.followers.get().position == "методист"
    assert Person.objects.count() == 1


def test_one_person_with_two_rows_gets_two_posts(school):
    write(school, row(birth_date=BORN), row(birth_date=BORN, position="педагог-психолог"))
    assert Person.objects.get().posts.count() == 2


def test_namesakes_without_dates_inside_a_list_are_asked(school):
    rows = [row(), row(position="методист")]
    plan = plan_of(school, *rows)
    assert outcomes(plan) == [Outcome.NEW, Outcome.ASK]

    write(school, *rows, rows={1: "row:0"})
    assert Person.objects.get().posts.count() == 2


def test_changed_surname_is_asked_not_guessed(school):
    write(school, row("Петрова", birth_date=BORN))
    married = row("Лебедь", birth_date=BORN)
    [planned] = plan_of(school, married).rows
    assert planned.outcome == Outcome.ASK
    post = StaffMember.objects.get()

    write(school, married, rows={0: f"post:{post.pk}"})

    post.person.refresh_from_db()
    assert post.person.name_key == "лебедь мария"


def test_absent_people_stay_unless_a_person_says_otherwise(school):
    write(school, row(birth_date=BORN), row("Ким"), row("Юн"))
    rest = row(birth_date=BORN)
    gone, away = plan_of(school, rest).absent

    write(school, rest)
    assert StaffMember.objects.working(TODAY).count() == 3
    report = write(school, rest, absent={gone.pk: LEFT, away.pk: AWAY})

    assert (report.left, report.away) == ([gone.pk], [away.pk])
    gone.refresh_from_db()
    assert gone.left_on == TODAY
    assert away.absences.get().starts_on == TODAY


def test_dismissed_person_is_not_revived_by_an_old_list(school):
    write(school, row(birth_date=BORN, hired_on="2020-09-01"))
    record_leaving(StaffMember.objects.get(), by=None, on=TODAY, left_on=dt.date(2026, 9, 30))

    assert outcomes(plan_of(school, row(birth_date=BORN))) == [Outcome.ASK]
    back = row(birth_date=BORN, hired_on="2026-10-05")
    assert outcomes(plan_of(school, back)) == [Outcome.NEW]
    write(school, back)
    assert Person.objects.get().posts.count() == 2


def test_person_of_another_organisation_is_never_found(school):
    stranger = make_post(
        make_school(municipality=school.municipality),
        person=make_person(last_name="Лебедь", patronymic="", birth_date=dt.date(1990, 1, 2)),
    )
    assert outcomes(plan_of(school, row(birth_date=BORN))) == [Outcome.NEW]
    write(school, row(birth_date=BORN))

    assert stranger.person.posts.count() == 1
    assert PossibleDouble.objects.count() == 1


@pytest.mark.parametrize("foreign", ["post", "move", "person"])
def test_choice_that_was_not_offered_is_refused(school, foreign):
    stranger = make_post(make_school())
    pk = stranger.person_id if foreign == "person" else stranger.pk

    with pytest.raises(TransitionError) as caught:
        write(school, row(birth_date=BORN), rows={0: f"{foreign}:{pk}"})

    assert caught.value.code == "unknown_choice"
    assert not school.staff.exists()


def test_foreign_absent_post_is_refused(school):
    stranger = make_post(make_school())
    with pytest.raises(TransitionError) as caught:
        write(school, row(), absent={stranger.pk: LEFT})
    assert caught.value.code == "unknown_choice"
    stranger.refresh_from_db()
    assert stranger.left_on is None


def test_two_rows_cannot_become_one_post(school):
    post = make_post(school, person=make_person(last_name="Лебедь", patronymic=""))
    rows = [row(position="методист"), row(position="завуч")]
    with pytest.raises(TransitionError) as caught:
        write(school, *rows, rows={0: f"post:{post.pk}", 1: f"post:{post.pk}"})
    assert caught.value.code == "post_twice"
    assert not Event.objects.exists()


def test_records_changed_meanwhile_stop_the_list(school):
    plan = plan_of(school, row(birth_date=BORN))
    make_post(school)
    with pytest.raises(TransitionError) as caught:
        import_staff(school, plan, by=None, on=TODAY, name="a.csv")
    assert caught.value.code == "plan_changed"
    assert not Person.objects.filter(last_name="Лебедь").exists()


def test_empty_position_is_told_and_not_invented(school):
    [planned] = plan_of(school, row(position="")).rows
    assert planned.questions == ["в списке нет должности"]
    write(school, row(position=""))
    assert StaffMember.objects.get().position == "должность не указана"
    assert outcomes(plan_of(school, row(position="", birth_date=BORN))) == [Outcome.ASK]


def test_flag_of_a_mentor_keeps_the_category(school):
    post = make_post(
        school, person=make_person(last_name="Лебедь", patronymic="", birth_date="1990-01-02")
    )
    Qualification.objects.create(post=post, category="HIGHEST", granted_on=dt.date(2022, 1, 1))
    write(school, row(birth_date=BORN, is_teacher_mentor=True))

    current = post.qualifications.first()
    assert (current.category, current.is_teacher_mentor) == ("HIGHEST", True)
