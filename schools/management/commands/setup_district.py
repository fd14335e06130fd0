"""The first administrator and the first municipality of an empty installation."""

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from schools.calendar import horizon
from schools.history import Scope, changing
from schools.models import Municipality, Region, User
from schools.text import key

QUESTIONS = [
    ("login", "Логин администратора (почта или короткий логин)"),
    ("region", "Регион"),
    ("municipality", "Муниципалитет"),
    ("authority", "Орган управления образованием"),
    ("time_zone", "Часовой пояс, например Asia/Barnaul"),
]


class Command(BaseCommand):
    help = (
        "Makes the first administrator and municipality. Asks for what is not given;"
        " the password is asked for, or read from SETUP_PASSWORD."
    )
    requires_migrations_checks = True

    def add_arguments(self, parser):
        for name, question in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)

    def handle(self, **options):
        answers = {name: options[name] or _ask(name, question) for name, question in QUESTIONS}
        password = os.environ.get("SETUP_PASSWORD") or _ask_password()
        try:
            make_district(password=password, **answers)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(
            f"Готово: «{answers['municipality']}», администратор {answers['login']}. "
            "Организации и роли добавляются в разделе /admin/."
        )


def make_district(
    *, login: str, password: str, region: str, municipality: str, authority: str, time_zone: str
) -> Municipality:
    """Region, municipality and superuser, all or nothing.

    Raises:
        ValidationError: a name, zone, login or password is not acceptable.
    """
    email = login if "@" in login else ""
    user = User(login=login, login_key=key(login), email=email, is_staff=True, is_superuser=True)
    validate_password(password, user)
    user.set_password(password)
    with transaction.atomic():
        user.full_clean(exclude=["email_key"])
        user.save()
        place, _ = Region.objects.get_or_create(name=region)
        district = Municipality(
            region=place, name=municipality, authority_name=authority, time_zone=time_zone
        )
        district.full_clean(exclude=["horizon_on"])
        today = district.local_day()
        district.horizon_on = horizon(today)
        with changing(Scope(), by=user, on=today) as change:
            district.save()
            change.record(
                "record_added", district, municipality=district.pk, what=f"Муниципалитет {district}"
            )
    return district


def _ask(name: str, question: str) -> str:
    if not sys.stdin.isatty():
        raise CommandError(f"--{name.replace('_', '-')} is missing: {question}.")
    return input(f"{question}: ").strip()


def _ask_password() -> str:
    if not sys.stdin.isatty():
        raise CommandError("Set SETUP_PASSWORD, or run this in a terminal.")
    password = getpass.getpass("Пароль администратора: ")
    if password != getpass.getpass("Ещё раз: "):
        raise CommandError("Пароли не совпали.")
    return password
