"""One-time codes: whoever issues one could use it, so who may issue it is the rule here."""

import datetime as dt
import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.errors import TransitionError
from schools.models import Event, Membership, Role, SignInCode, User
from schools.permissions import can_issue_code, people_for_codes
from schools.tests.factories import (
    LONG_AGO,
    make_curator,
    make_director,
    make_methodologist,
    make_municipality,
    make_person,
    make_post,
    make_school,
    make_user,
)
from schools.workflow.accounts import issue_sign_in_code, login_of, use_sign_in_code

PASSWORD = "tikhaya-reka-47"


@pytest.fixture
def school(db):
    return make_school()


@pytest.fixture
def curator(school):
    return make_curator(school)


@pytest.fixture
def teacher(school):
    """Somebody of the school without an account."""
    return make_post(school).person


def issue(person, by):
    return issue_sign_in_code(person, by=by, on=timezone.localdate())


def choose(client, code, password=PASSWORD):
    return client.post(
        reverse("code-use", args=[code]), {"password": password, "again": password}
    )  # fmt: skip


def test_a_code_opens_a_new_account_once(client, teacher, curator):
    issued = issue(teacher, curator)
    url = reverse("code-use", args=[issued.code])

    assert client.get(url).status_code == 200  # a preview by the phone spends nothing
    assert choose(client, issued.code, "123").status_code == 422
    assert choose(client, issued.code).url == "/"

    assert client.session["_auth_user_id"] == str(issued.user.pk)
    assert client.get(url).status_code == 404
    assert choose(Client(), issued.code).status_code == 404
    assert User.objects.get(person=teacher).check_password(PASSWORD)


def test_a_typed_code_may_be_untidy(client, teacher, curator):
    code = issue(teacher, curator).code
    response = client.post(reverse("code-enter"), {"code": f" {code.replace('-', ' ').lower()} "})
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200


def test_a_wrong_code_is_refused_at_its_field(client, db):
    response = client.post(reverse("code-enter"), {"code": "AAAA-BBBB-CCCC"})
    assert response.status_code == 422
    assert "code" in response.context["form"].errors


def test_the_code_itself_is_not_kept(teacher, curator):
    code = issue(teacher, curator).code
    row = SignInCode.objects.get()
    assert code not in str(vars(row))
    assert row.expires_at - row.issued_at == dt.timedelta(days=14)


def test_a_code_dies_after_fourteen_days(client, teacher, curator):
    code = issue(teacher, curator).code
    past = timezone.now() - dt.timedelta(days=15)
    SignInCode.objects.update(issued_at=past, expires_at=past + dt.timedelta(days=14))
    with pytest.raises(TransitionError):
        use_sign_in_code(code, password=PASSWORD)
    assert choose(client, code).status_code == 404


def test_a_new_code_cancels_the_former(client, teacher, curator):
    former, new = issue(teacher, curator).code, issue(teacher, curator).code
    assert choose(client, former).status_code == 404
    assert choose(client, new).status_code == 302
    assert User.objects.filter(person=teacher).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_code_used_twice_at_once_opens_once():
    school = make_school()
    code = issue(make_post(school).person, make_curator(school)).code
    start, codes = threading.Barrier(2), []

    def use(password):
        start.wait()
        try:
            use_sign_in_code(code, password=password)
        except TransitionError as error:
            codes.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use, args=[f"{PASSWORD}{n}"]) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == ["code_not_valid"]


def test_using_a_code_ends_the_sessions_of_before(client, curator, school):
    user = make_user(make_post(school).person)
    client.post(reverse("login"), {"username": user.login, "password": "secret-password"})
    assert client.get(reverse("profile")).status_code == 200

    choose(Client(), issue(user.person, curator).code)

    assert client.get(reverse("profile")).status_code == 302


def test_signing_in_by_code_rotates_the_session_key(client, teacher, curator):
    client.get(reverse("code-enter"))
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    choose(client, issue(teacher, curator).code)
    assert client.cookies["sessionid"].value != session.session_key
    assert "planted" not in client.session


def test_namesakes_get_different_logins(school, curator):
    names = {"last_name": "Щукина-Ёлкина", "first_name": "Юлия", "patronymic": "Игоревна"}
    people = [make_post(school, person=make_person(**names)).person for _ in range(2)]
    logins = [issue(person, curator).user.login for person in people]
    assert logins == ["schukinaelkina.yi", "schukinaelkina.yi2"]
    assert login_of(people[0]) == logins[0]


def test_a_disabled_account_gets_no_code(school, curator):
    user = make_user(make_post(school).person, is_active=False)
    with pytest.raises(TransitionError) as caught:
        issue(user.person, curator)
    assert caught.value.code == "account_inactive"
    assert not SignInCode.objects.exists()


# --- who may issue for whom ---


def test_a_curator_issues_for_people_of_the_own_school_only(school, curator, teacher):
    elsewhere = make_post(make_school(municipality=school.municipality)).person
    assert can_issue_code(curator, teacher)
    assert not can_issue_code(curator, elsewhere)
    assert not can_issue_code(make_user(teacher), make_post(school).person)  # no role, no codes


@pytest.mark.parametrize("issuer", [make_curator, make_director])
def test_nobody_takes_over_somebody_who_also_works_elsewhere(school, teacher, issuer):
    user = issuer(school)
    make_post(make_school(), person=teacher)
    assert not can_issue_code(user, teacher)


@pytest.mark.parametrize("issuer", [make_curator, make_director])
def test_a_role_elsewhere_or_above_is_out_of_reach_even_before_it_begins(school, teacher, issuer):
    user = issuer(school)
    role = {"person": teacher, "starts_on": dt.date(2030, 1, 1)}
    for scope in (
        {"role": Role.CURATOR, "school": make_school()},
        {"role": Role.METHODOLOGIST, "municipality": school.municipality},
        {"role": Role.METHODOLOGIST, "is_country": True},
    ):
        membership = Membership.objects.create(**role, **scope)
        assert not can_issue_code(user, teacher)
        membership.delete()
    assert can_issue_code(user, teacher)


def test_a_curator_never_takes_over_the_director_or_who_acts_as_one(school, curator):
    director = make_director(school)
    deputy = make_post(school).person
    head = Membership.objects.get(person=director.person)
    Membership.objects.create(
        person=deputy, role=Role.DIRECTOR, school=school, starts_on=LONG_AGO, deputises_for=head
    )
    acting = make_user(deputy)

    assert not can_issue_code(curator, director.person)
    assert not can_issue_code(curator, deputy)
    assert not can_issue_code(acting, director.person)  # acting is not being
    assert can_issue_code(director, deputy)
    assert can_issue_code(director, curator.person)


def test_accounts_above_schools_and_oneself_are_out_of_reach(school, curator):
    director = make_director(school)
    superuser = make_user(make_post(school).person, is_superuser=True)
    admin = make_user(make_post(school).person, is_staff=True)
    for person in (superuser.person, admin.person, director.person):
        assert not can_issue_code(director, person)
    assert not can_issue_code(curator, curator.person)


def test_former_cases_elsewhere_are_guarded_by_the_director(school, curator, teacher):
    make_post(make_school(), person=teacher, left_on=dt.date(2024, 8, 31))
    assert not can_issue_code(curator, teacher)
    assert can_issue_code(make_director(school), teacher)


def test_who_left_the_school_is_out_of_reach(school, curator):
    former = make_post(school, left_on=dt.date(2024, 8, 31)).person
    assert not can_issue_code(curator, former)


def test_the_methodologist_opens_the_door_to_a_director_who_never_came_in(school):
    director = make_director(school)
    methodologist = make_methodologist(school.municipality)
    stranger = make_methodologist(make_municipality())
    assert can_issue_code(methodologist, director.person)
    assert not can_issue_code(stranger, director.person)
    assert not can_issue_code(methodologist, make_curator(school).person)

    director.last_login = timezone.now()
    director.save(update_fields=["last_login"])
    assert not can_issue_code(methodologist, director.person)


def test_sheets_are_printed_for_lawful_people_only(client, school, curator, teacher):
    director = make_director(school)
    stranger = make_post(make_school()).person
    client.force_login(curator)
    url = reverse("code-issue", args=[school.pk])

    for person in (director.person, stranger):
        response = client.post(url, {"people": [teacher.pk, person.pk]})
        assert response.url == reverse("access-school", args=[school.pk])
        assert not SignInCode.objects.exists()
        assert not Event.objects.exists()

    response = client.post(url, {"people": [teacher.pk]})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert b"<svg" in response.content
    assert client.post(reverse("code-issue", args=[make_school().pk])).status_code == 404
    assert client.get(url).status_code == 405


def test_a_teacher_sees_no_access_page(client, school, teacher):
    client.force_login(make_user(teacher))
    assert client.get(reverse("access-school", args=[school.pk])).status_code == 403
    assert client.post(reverse("code-issue", args=[school.pk])).status_code == 403
    assert client.get(reverse("access-list")).status_code == 403


def test_the_list_and_the_predicate_agree(school, curator, teacher):
    make_director(school)
    assert list(people_for_codes(curator, school)) == [teacher]
