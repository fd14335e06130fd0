"""Accounts: opening one by a printed code, passwords, the e-mail to sign in with.

Every function is a step (``schools.history``). None of them ends sessions or signs anybody in:
that needs the browser and is the work of the view (``schools.signin``).
"""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from schools import history, resets, throttle
from schools.errors import TransitionError
from schools.history import Scope
from schools.models import Person, School, SignInCode, User
from schools.models.signin import CODE_LIVES, code_hash
from schools.text import key
from schools.workflow.base import refusing

LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
CODE_NOT_VALID = "Код не подходит: он уже использован, устарел или набран с ошибкой."
LINK_NOT_VALID = "Ссылка не подходит: она уже использована или устарела. Запросите новую."


@dataclass(frozen=True)
class IssuedCode:
    """A code in the only moment when it is known: it is printed now or never."""

    user: User
    code: str
    expires_at: dt.datetime


def issue_sign_in_code(
    person: Person, *, by: User, on: dt.date, school: School | None = None
) -> IssuedCode:
    """Give ``person`` a one-time code, and an account with a short login where there is none.

    A code issued before stops working; a password that the person has goes on working until
    the new code is used. Whether ``by`` may is the caller's check (``can_issue_code``).

    Args:
        school: in whose history the event stands; None means the system's.

    Raises:
        TransitionError: ``account_inactive``.
    """
    with history.changing(Scope.of(people=[person.pk]), by=by, on=on) as change:
        place = {"school": school.pk} if school else {}
        person = Person.objects.select_for_update().get(pk=person.pk)
        user = User.objects.select_for_update().filter(person=person).first()
        if user is None:
            user = _new_account(person)
            change.record(
                "account_created", user, person,
                person=person.short_name, login=user.login, **place,
            )  # fmt: skip
        if not user.is_active:
            raise TransitionError("account_inactive", "Учётная запись отключена администратором.")
        SignInCode.objects.filter(user=user, used_at=None).delete()
        code, now = SignInCode.new_code(), timezone.now()
        row = SignInCode.objects.create(
            user=user,
            token_hash=code_hash(code),
            issued_by=by,
            issued_at=now,
            expires_at=now + CODE_LIVES,
        )
        change.record(
            "code_issued", user, person, person=person.short_name,
            expires_on=timezone.localdate(row.expires_at), **place,
        )  # fmt: skip
        return IssuedCode(user, code, row.expires_at)


def open_code(code: str) -> SignInCode | None:
    """The row of ``code`` as typed, while it may still be used."""
    codes = SignInCode.objects.select_related("user__person")
    return codes.filter(
        token_hash=code_hash(code),
        used_at=None,
        expires_at__gt=timezone.now(),
        user__is_active=True,
    ).first()


def use_sign_in_code(code: str, *, password: str) -> User:
    """Spend ``code``: its account gets ``password``. Works once, also for two at the same time.

    Raises:
        TransitionError: ``code_not_valid``.
    """
    found = open_code(code)
    if found is None:
        raise TransitionError("code_not_valid", CODE_NOT_VALID)
    scope = Scope.of(people=[found.user.person_id] if found.user.person_id else [])
    with history.changing(scope, by=found.user, on=timezone.localdate()) as change:
        now = timezone.now()
        spent = SignInCode.objects.filter(pk=found.pk, used_at=None, expires_at__gt=now)
        if not spent.update(used_at=now):
            raise TransitionError("code_not_valid", CODE_NOT_VALID)
        user = User.objects.select_for_update().get(pk=found.user_id)
        _set_password(user, password)
        throttle.unlock(f"user:{user.pk}")
        change.record("code_used", user, user.person, person=str(user))
        return user


def change_password(user: User, *, by: User, on: dt.date, password: str) -> User:
    """An own new password, the old one having been asked for by the form."""
    with history.changing(Scope.of(), by=by, on=on) as change:
        user = User.objects.select_for_update().get(pk=user.pk)
        _set_password(user, password)
        change.record("password_changed", user, user.person, person=str(user))
        return user


def reset_password(uid: str, token: str, *, password: str) -> User:
    """Set a new password by the link from a letter; the link stops working with it.

    Raises:
        TransitionError: ``link_not_valid``.
    """
    with transaction.atomic():
        user = resets.user_of(uid, token, lock=True)
        if user is None:
            raise TransitionError("link_not_valid", LINK_NOT_VALID)
        with history.changing(Scope.of(), by=user, on=timezone.localdate()) as change:
            _set_password(user, password)
            SignInCode.objects.filter(user=user, used_at=None).delete()
            throttle.unlock(f"user:{user.pk}")
            change.record("password_reset", user, user.person, person=str(user))
        return user


def change_sign_in_email(user: User, *, by: User, on: dt.date, email: str) -> User:
    """Another e-mail to sign in with and to get letters at; the form asked for the password.

    An account whose login is its e-mail changes its login too.

    Raises:
        TransitionError: ``email_is_login`` or ``email_refused``.
    """
    with history.changing(Scope.of(), by=by, on=on) as change:
        user = User.objects.select_for_update().get(pk=user.pk)
        if key(email) == key(user.email):
            return user
        if "@" in user.login:
            if not email:
                raise TransitionError(
                    "email_is_login",
                    "Вы входите по этой почте: укажите другую, а не пустую.",
                    field="email",
                )
            user.login = email
        user.email = email
        # The words must not tell whether a stranger's account has this address.
        with refusing(
            "email_refused",
            "Эту почту указать нельзя. Проверьте её или обратитесь к администратору.",
            field="email",
        ):
            user.save(update_fields=["login", "login_key", "email", "email_key"])
        change.record("sign_in_email_changed", user, user.person, person=str(user))
        return user


def sign_out_everywhere(user: User, *, by: User, on: dt.date) -> None:
    """Record that all sessions of ``user`` are ended (``signin.end_sessions`` does it)."""
    with history.changing(Scope.of(), by=by, on=on) as change:
        change.record("signed_out_everywhere", user, user.person, person=str(user))


def unlock_sign_in(person: Person, *, by: User, on: dt.date, school: School) -> None:
    """Forget the failed tries against the account of ``person``: it may sign in at once."""
    with history.changing(Scope.of(), by=by, on=on) as change:
        user = User.objects.get(person=person)
        throttle.unlock(f"user:{user.pk}")
        change.record(
            "sign_in_unlocked", user, person, school=school.pk, person=person.short_name
        )  # fmt: skip


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])


def _new_account(person: Person) -> User:
    """An account without a password, with the first free login of the name."""
    base = login_of(person)
    for number in range(1, 1000):
        login = base if number == 1 else f"{base}{number}"
        if User.objects.filter(Q(login_key=key(login)) | Q(email_key=key(login))).exists():
            continue
        user = User(person=person, login=login)
        user.set_unusable_password()
        try:
            with transaction.atomic():  # somebody of the same name may be faster
                user.save()
        except IntegrityError:
            continue
        return user
    raise TransitionError("no_free_login", "Не удалось подобрать логин: заведите его вручную.")


def login_of(person: Person) -> str:
    """«Иванова Мария Петровна» → ``ivanova.mp``: short, without look-alike signs."""
    initials = "".join(_latin(part)[:1] for part in (person.first_name, person.patronymic))
    surname = _latin(person.last_name)[:30] or "user"
    return f"{surname}.{initials}" if initials else surname


def _latin(text: str) -> str:
    letters = (LETTERS.get(c, c) for c in key(text))
    return "".join(c for c in "".join(letters) if c.isascii() and c.isalnum())
