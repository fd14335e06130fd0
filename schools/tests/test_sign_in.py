"""Signing in, guessing, sessions, a new password."""

import threading

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools import resets, throttle
from schools.models import ResetRequest, SignInAttempt, TrustedDevice
from schools.tests.factories import make_director, make_person, make_school, make_user

PASSWORD = "secret-password"
NEW = "tikhaya-reka-47"


def sign_in(client, username, password=PASSWORD, address="10.0.0.1", **extra):
    return client.post(
        reverse("login"), {"username": username, "password": password}, REMOTE_ADDR=address, **extra
    )


def fail(username, *, address, times):
    """A stranger's browser guesses until it is slowed down; returns how often it was heard."""
    heard = 0
    for _ in range(times):
        response = sign_in(Client(), username, "wrong", address)
        heard += response.status_code == 422
    return heard


@pytest.fixture
def user(db):
    return make_user(login="ivanova.mp", email="Ivanova@school.example")


@pytest.mark.parametrize("name", ["ivanova.mp", " IVANOVA.MP", "ivanova@SCHOOL.example"])
def test_login_and_email_open_the_account_in_any_case(client, user, name):
    assert sign_in(client, name).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_wrong_password_and_unknown_login_read_the_same(client, user):
    wrong = sign_in(client, "ivanova.mp", "wrong")
    unknown = sign_in(client, "nobody", "wrong")

    assert wrong.status_code == unknown.status_code == 422
    texts = [
        r.content.decode().replace(n, "") for r, n in ((wrong, "ivanova.mp"), (unknown, "nobody"))
    ]
    without_tokens = [[line for line in t.splitlines() if "csrf" not in line] for t in texts]
    assert without_tokens[0] == without_tokens[1]


def test_unknown_login_asks_the_database_as_much_as_a_wrong_password(
    user, django_assert_max_num_queries
):
    counts = []
    for name in ("ivanova.mp", "nobody"):
        client = Client()
        with django_assert_max_num_queries(20) as seen:
            sign_in(client, name, "wrong", address="10.0.0.7")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_next_leads_only_to_our_own_pages(client, user):
    for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        response = client.post(
            reverse("login"), {"username": "ivanova.mp", "password": PASSWORD, "next": target}
        )
        assert response.url == "/"
    response = client.post(
        reverse("login"), {"username": "ivanova.mp", "password": PASSWORD, "next": "/access/"}
    )
    assert response.url == "/access/"


def test_the_session_key_of_before_signing_in_is_worth_nothing(client, user):
    client.get(reverse("login"))
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    client.cookies["sessionid"] = session.session_key

    sign_in(client, "ivanova.mp")

    assert client.cookies["sessionid"].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert "planted" not in client.session


def test_signing_in_again_gives_a_fresh_key_too(client, user):
    sign_in(client, "ivanova.mp")
    first = client.session.session_key
    sign_in(client, "ivanova.mp")
    assert client.session.session_key != first
    assert not Session.objects.filter(session_key=first).exists()


def test_logout_ends_the_session_on_the_server(client, user):
    sign_in(client, "ivanova.mp")
    stolen = client.session.session_key

    assert client.get(reverse("logout")).status_code == 405
    client.post(reverse("logout"))

    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(reverse("profile")).status_code == 302


def test_admin_has_no_door_of_its_own(client, db):
    response = client.get("/admin/login/?next=/admin/")
    assert response.url == f"{reverse('login')}?next=/admin/"
    assert client.get("/admin/").status_code == 302


# --- guessing ---


def test_guessing_is_slowed_and_the_right_password_waits_too(user):
    assert fail("ivanova.mp", address="10.6.6.6", times=8) == 4  # 3 free, the fourth blocks
    response = sign_in(Client(), "ivanova.mp", address="10.6.6.6")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) <= 2


def test_both_names_of_an_account_count_as_one(user):
    fail("ivanova.mp", address="10.6.6.6", times=2)
    fail("ivanova@school.example", address="10.6.6.6", times=2)
    assert sign_in(Client(), "ivanova.mp", address="10.6.6.6").status_code == 429


def test_delay_grows_and_melts(user):
    pair = throttle.Subject("pair", "user:1|10.0.0.1", "user:1")
    for expected in (0, 0, 0, 2, 4, 8):
        assert throttle.begin([pair]) == 0
        row = SignInAttempt.objects.get(subject=pair.hash)
        delay = (row.blocked_until - row.last_failed_at).seconds if row.blocked_until else 0
        assert delay == expected
        SignInAttempt.objects.update(blocked_until=None)
    long_ago = timezone.now() - timezone.timedelta(seconds=900 * 6)
    SignInAttempt.objects.update(last_failed_at=long_ago)
    throttle.begin([pair])
    assert SignInAttempt.objects.get(subject=pair.hash).failures == 1


def test_strangers_never_slow_a_known_device(client, user):
    sign_in(client, "ivanova.mp", address="10.0.0.1")
    client.post(reverse("logout"))
    for number in range(40):  # many addresses, the owner's among them
        fail("ivanova.mp", address=f"10.7.0.{number}", times=2)
    fail("ivanova.mp", address="10.0.0.1", times=8)

    assert sign_in(client, "ivanova.mp", address="10.0.0.1").status_code == 302
    client.post(reverse("logout"))
    assert sign_in(client, "ivanova.mp", address="10.9.9.9").status_code == 302


def test_a_device_is_known_to_its_own_account_only(client, user):
    make_user(login="attacker")
    sign_in(client, "attacker", address="10.6.6.6")
    client.post(reverse("logout"))
    heard = [sign_in(client, "ivanova.mp", "wrong", "10.6.6.6").status_code for _ in range(6)]
    assert heard.count(422) == 4


def test_guessing_from_a_known_device_is_slowed(client, user):
    sign_in(client, "ivanova.mp")
    client.post(reverse("logout"))
    heard = [sign_in(client, "ivanova.mp", "wrong").status_code for _ in range(8)]
    assert heard == [422] * 6 + [429] * 2


def test_a_forged_device_cookie_opens_nothing(client, user):
    client.cookies["device"] = "forged:token"
    heard = [sign_in(client, "ivanova.mp", "wrong", "10.6.6.6").status_code for _ in range(6)]
    assert heard.count(422) == 4


def test_a_school_behind_one_address_is_not_shut_out(user):
    """One pupil tries every teacher: who signed in from this address before still signs in."""
    school_address = "195.0.0.1"
    sign_in(Client(), "ivanova.mp", address=school_address)
    for number in range(60):
        sign_in(Client(), f"teacher{number}", "wrong", school_address)
    assert sign_in(Client(), "teacher99", "wrong", school_address).status_code == 429

    assert sign_in(Client(), "ivanova.mp", address=school_address).status_code == 302


def test_an_own_account_does_not_forgive_guessing_at_others(user):
    make_user(login="attacker")
    for number in range(39):
        sign_in(Client(), f"teacher{number}", "wrong", "10.6.6.6")
    assert sign_in(Client(), "attacker", address="10.6.6.6").status_code == 302
    address = SignInAttempt.objects.get(subject=throttle.Subject("address", "10.6.6.6").hash)
    assert address.failures == 39


def test_a_forwarded_header_is_not_an_address(user):
    for number in range(8):
        response = sign_in(
            Client(), "ivanova.mp", "wrong", "10.6.6.6", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}"
        )
    assert response.status_code == 429


def test_behind_an_own_proxy_the_address_it_wrote_counts(user, settings):
    settings.TRUSTED_PROXY_HOPS = 1
    for number in range(8):
        response = sign_in(
            Client(), "ivanova.mp", "wrong", "10.0.0.2",
            HTTP_X_FORWARDED_FOR=f"6.6.6.{number}, 10.6.6.6",
        )  # fmt: skip
    assert response.status_code == 429
    other = sign_in(Client(), "ivanova.mp", address="10.0.0.2", HTTP_X_FORWARDED_FOR="10.5.5.5")
    assert other.status_code == 302


def test_no_name_and_no_address_is_kept(user):
    sign_in(Client(), "my-password-by-mistake", "wrong")
    kept = " ".join(str(row) for row in SignInAttempt.objects.values_list("subject", "account"))
    assert "my-password" not in kept
    assert "10.0.0.1" not in kept


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_are_a_hundred_failures():
    subjects = throttle.sign_in_subjects(account="user:1", address="10.6.6.6", device_id=None)
    start, let_through = threading.Barrier(8), []

    def guess():
        start.wait()
        try:
            for _ in range(5):
                let_through.append(throttle.begin(subjects) == 0)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(let_through) == 40
    assert sum(let_through) == 4  # three free ones and the one that closes the door


# --- passwords ---


def test_a_given_password_must_be_changed_before_anything_else(client, db):
    director = make_director(make_school())
    director.must_change_password = True
    director.save(update_fields=["must_change_password"])
    sign_in(client, director.login)

    assert client.get(reverse("access-list")).url == reverse("password-change")
    assert client.post(reverse("profile-sign-out-everywhere")).url == reverse("password-change")
    assert client.get(reverse("password-change")).status_code == 200
    client.post(reverse("password-change"), {"old": PASSWORD, "password": NEW, "again": NEW})
    assert client.get(reverse("profile")).status_code == 200


def test_a_new_password_ends_the_other_sessions(client, user):
    sign_in(client, "ivanova.mp")
    elsewhere = Client()
    sign_in(elsewhere, "ivanova.mp", address="10.0.0.2")
    before = client.session.session_key

    refused = client.post(reverse("password-change"), {"old": "x", "password": NEW, "again": NEW})
    assert refused.status_code == 422
    client.post(reverse("password-change"), {"old": PASSWORD, "password": NEW, "again": NEW})

    assert client.get(reverse("profile")).status_code == 200
    assert client.session.session_key != before
    assert elsewhere.get(reverse("profile")).status_code == 302
    assert Session.objects.count() == 1
    assert [d.session_key for d in user.devices.all()] == [client.session.session_key]


def test_sign_out_everywhere_ends_every_session_on_the_server(client, user):
    sign_in(client, "ivanova.mp")
    elsewhere = Client()
    sign_in(elsewhere, "ivanova.mp", address="10.0.0.2")

    client.post(reverse("profile-sign-out-everywhere"))

    assert elsewhere.get(reverse("profile")).status_code == 302
    assert client.get(reverse("profile")).status_code == 302
    assert not TrustedDevice.objects.exists()


def test_one_device_is_signed_out_by_its_owner_only(client, user):
    sign_in(client, "ivanova.mp")
    make_user(login="other")
    other = Client()
    sign_in(other, "other")
    device = user.devices.get()

    assert other.post(reverse("device-end", args=[device.pk])).status_code == 404
    assert client.get(reverse("profile")).status_code == 200


def test_a_known_and_an_unknown_address_get_the_same_answer(
    client, user, django_assert_max_num_queries
):
    counts = []
    for email in ("ivanova@school.example", "nobody@school.example"):
        with django_assert_max_num_queries(20) as seen:
            response = client.post(reverse("password-reset"), {"email": email})
        assert response.url == reverse("password-reset-sent")
        counts.append([q["sql"].split()[0] for q in seen.captured_queries])
    assert counts[0] == counts[1]
    assert ResetRequest.objects.filter(handled_at=None).count() == 2

    resets.send_letters()
    resets.send_letters()

    assert [letter.to for letter in mail.outbox] == [["Ivanova@school.example"]]
    assert not ResetRequest.objects.exclude(email="").exists()


def test_the_letter_names_our_own_address_whatever_the_host(client, user, settings):
    settings.SITE_URL = "https://mentors.example"
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("password-reset"), {"email": user.email}, HTTP_HOST="evil.example"
    )  # fmt: skip
    resets.send_letters()
    assert "https://mentors.example/accounts/reset/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body


def test_a_reset_link_works_once_for_a_day_and_ends_all_sessions(client, user, settings):
    sign_in(client, "ivanova.mp")
    path = resets.link(type(user).objects.get(pk=user.pk)).removeprefix(settings.SITE_URL)
    victim = Client()
    assert victim.get(path).status_code == 200
    assert victim.post(path, {"password": NEW, "again": "other"}).status_code == 422

    assert victim.post(path, {"password": NEW, "again": NEW}).url == reverse("login")

    assert client.get(reverse("profile")).status_code == 302
    assert not Session.objects.filter(session_key=client.session.session_key or "-").exists()
    assert victim.get(path).status_code == 404
    assert (
        victim.post(path, {"password": "another-one-9", "again": "another-one-9"}).status_code
        == 404
    )
    assert sign_in(victim, "ivanova.mp", NEW).status_code == 302


def test_a_reset_link_is_dead_after_a_day(client, user, settings):
    path = resets.link(user).removeprefix(settings.SITE_URL)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get(path).status_code == 404


def test_after_a_reset_the_victim_of_guessing_signs_in_at_once(user, settings):
    fail("ivanova.mp", address="10.0.0.1", times=8)
    victim = Client()
    path = resets.link(user).removeprefix(settings.SITE_URL)
    victim.post(path, {"password": NEW, "again": NEW}, REMOTE_ADDR="10.0.0.1")
    assert sign_in(victim, "ivanova.mp", NEW, "10.0.0.1").status_code == 302


def test_the_sign_in_email_needs_the_password_and_tells_nothing_of_others(client, user):
    make_user(login="other", email="taken@school.example")
    sign_in(client, "ivanova.mp")
    url = reverse("profile-email")

    wrong = client.post(url, {"email": "new@school.example", "password": "x"})
    taken = client.post(url, {"email": "TAKEN@school.example", "password": PASSWORD})
    assert (wrong.status_code, taken.status_code) == (422, 422)
    user.refresh_from_db()
    assert user.email_key == "ivanova@school.example"

    client.post(url, {"email": "new@school.example", "password": PASSWORD})
    user.refresh_from_db()
    assert user.email == "new@school.example"


def test_a_disabled_account_stays_outside(client, user):
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert sign_in(client, "ivanova.mp").status_code == 422


def test_a_person_with_control_characters_in_the_name_breaks_no_letter(user):
    user.person = make_person(last_name="Иванова\nBcc: all@x.example")
    resets.ask(user.email)
    assert resets.send_letters() == 1
