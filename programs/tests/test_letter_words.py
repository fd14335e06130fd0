"""Words of letters in Django admin: versions, preview, the way back, and what is refused."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.urls import reverse

from programs.models import LetterTemplate
from programs.notifications import outbox, wording
from programs.tests.factories_letters import NOON, TODAY, make_letter
from programs.tests.races import together
from programs.tests.refusals import refused
from schools.models import Event, User
from schools.tests.factories import make_director, make_school

pytestmark = pytest.mark.django_db
LIST = "admin:programs_lettertemplate_changelist"
WORDS = {"subject": "Дела: {сколько}", "opening": "Доброе утро!", "closing": ""}


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def admin() -> User:
    return User.objects.create_superuser("root", "secret-password")


@pytest.fixture
def client(admin) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def page(what: str = "change", code: str = "daily") -> str:
    return reverse(f"admin:programs_words_{what}", args=[code])


def change(code="daily", *, by=None, based_on=0, **texts):
    return wording.change_words(code, by=by, on=TODAY, based_on=based_on, **{**WORDS, **texts})


def test_the_five_letters_are_listed_with_the_words_in_force(client, admin):
    change(by=admin)
    text = client.get(reverse(LIST)).content.decode()
    for kind in wording.KINDS.values():
        assert kind.name in text
    assert "Дела: {сколько}" in text
    assert "версия 1 от 20.10.2026, root" in text
    assert text.count("первоначальные слова") == 4


def test_new_words_hold_for_the_next_letter_and_are_in_the_history(client):
    letter = make_letter()
    assert client.post(page(), {**WORDS, "based_on": 0}).status_code == 302
    outbox.send(letter.pk)
    assert mail.outbox[0].subject == "Дела: 1 напоминание"
    assert mail.outbox[0].body.startswith("Доброе утро!\n\n1. ")
    assert Event.objects.get().kind == "letter_words_changed"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (
            "subject",
            "Дела: {имя}",
            "Такого поля нет: {имя}. Можно: {сколько}, {просрочено}, {день}.",
        ),
        ("opening", "{0.__class__}", "Такого поля нет: {0.__class__}."),
        ("opening", "На {день", "Фигурная скобка без пары."),
        ("closing", "день}", "Фигурная скобка без пары."),
        ("opening", "", "Обязательное поле."),
        ("subject", "д" * 151, "не более 150"),
    ],
)
def test_broken_words_are_refused_at_their_field_and_nothing_typed_is_lost(
    client, field, text, words
):
    for what in ("change", "preview"):
        answer = client.post(page(what), {**WORDS, field: text, "based_on": 0})
        assert answer.status_code == 422
        (error,) = answer.context["form"].errors[field]
        assert words in error
        assert answer.context["form"][field].value() == text
    assert not LetterTemplate.objects.exists()


def test_the_step_refuses_broken_words_too():
    with refused("words_broken", "opening"):
        change(opening="{имя}")
    with refused("words_empty", "subject"):
        change(subject=" \n ")


def test_a_preview_shows_both_forms_and_saves_nothing(client):
    typed = {**WORDS, "opening": "Сегодня {день}.\n\nПросрочено: {просрочено}", "based_on": 0}
    answer = client.post(page("preview"), typed)
    text = answer.content.decode()
    assert "Тема: Дела: 4 напоминания" in text
    assert "Сегодня 20 октября.\n\nПросрочено: 1" in text
    assert "unsafe-inline" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in client.get(page()).headers["Content-Security-Policy"]
    assert not LetterTemplate.objects.exists()
    for code in wording.KINDS:
        whole = {**wording.KINDS[code].first.texts, "based_on": 0}
        assert client.post(page("preview", code), whole).status_code == 200


def test_former_words_come_back_as_a_new_version(client, admin):
    change(by=admin)
    change(by=admin, based_on=1, subject="Вторые слова")
    for version, subject in [(1, "Дела: {сколько}"), (0, "Наставничество: {сколько}")]:
        client.post(page("restore"), {"version": version})
        assert wording.current("daily").subject == subject
    assert LetterTemplate.objects.count() == 4
    for wrong in ("9", "-1", "x", "9" * 40, ""):
        assert client.post(page("restore"), {"version": wrong}).status_code == 302
    assert LetterTemplate.objects.count() == 4


def test_words_that_somebody_else_has_changed_meanwhile_are_not_overwritten(client, admin):
    change(by=admin, subject="Чужие слова")
    answer = client.post(page(), {**WORDS, "based_on": 0})
    assert answer.status_code == 422
    assert "только что изменил другой администратор" in answer.content.decode()
    assert wording.current("daily").subject == "Чужие слова"


@pytest.mark.django_db(transaction=True)
def test_of_two_admins_at_once_one_is_told(admin):
    codes = together(*[lambda: change(by=admin) for _ in range(2)])
    assert codes == ["words_changed"]
    assert LetterTemplate.objects.count() == 1


def test_only_admins_with_the_permission_change_words():
    plain = make_director(make_school())
    staff = User.objects.create_user("clerk", "secret-password", is_staff=True)
    urls = [reverse(LIST), page()]
    client = Client()
    for user, entered in [(plain, [302, 302]), (staff, [403, 403])]:
        client.force_login(user)
        assert [client.get(url).status_code for url in urls] == entered
    staff.user_permissions.add(Permission.objects.get(codename="view_lettertemplate"))
    assert [client.get(url).status_code for url in urls] == [200, 403]
    for what in ("change", "preview", "restore"):
        assert client.post(page(what), {**WORDS, "based_on": 0}).status_code == 403
    staff.user_permissions.add(Permission.objects.get(codename="change_lettertemplate"))
    client.force_login(User.objects.get(pk=staff.pk))
    assert [client.get(url).status_code for url in urls] == [200, 200]
    assert client.get(page(code="nothing")).status_code == 404


def test_a_version_itself_is_never_edited(client, admin):
    row = change(by=admin)
    url = reverse("admin:programs_lettertemplate_change", args=[row.pk])
    assert client.post(url, {**WORDS, "subject": "Иначе"}).headers["Location"] == page()
    for what in ("add", "delete"):
        args = [row.pk] if what == "delete" else []
        url = reverse(f"admin:programs_lettertemplate_{what}", args=args)
        assert client.post(url, {"post": "yes"}).status_code == 403
    row.refresh_from_db()
    assert (row.subject, row.changed_at) == ("Дела: {сколько}", dt.datetime.now(dt.UTC))


def test_words_broken_in_the_database_never_stop_a_letter():
    LetterTemplate.objects.create(code="daily", version=1, subject="{a} {", opening="{день} }{")
    letter = make_letter()
    assert outbox.send(letter.pk) == "SENT"
    assert mail.outbox[0].subject == "{a} {"
