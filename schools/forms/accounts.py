"""Forms of signing in and of one's own account."""

from django import forms
from django.contrib.auth.password_validation import (
    get_default_password_validators,
    validate_password,
)
from django.core.exceptions import ValidationError

from schools.forms.base import HTML, CalmForm
from schools.models import Person


def _password(label: str, *, new: bool, help_text: str = "") -> forms.CharField:
    complete = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": complete})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text)


class LoginForm(CalmForm):
    submit_label = "Войти"

    username = forms.CharField(
        label="Почта или короткий логин",
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password("Пароль", new=False)


# Keepers of passwords learn here whose password this is.
ACCOUNT_FIELD = (
    '<input type="text" value="{{ form.user.login }}" autocomplete="username" hidden readonly>'
)


class NewPasswordForm(CalmForm):
    """A password twice, checked against ``user``."""

    submit_label = "Сохранить пароль"

    password = _password("Новый пароль", new=True)
    again = _password("Новый пароль ещё раз", new=True)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        shortest = next(
            v.min_length for v in get_default_password_validators() if hasattr(v, "min_length")
        )
        self.fields["password"].help_text = (
            f"Не короче {shortest} знаков; не имя, не логин и не что-то вроде «qwerty12345»."
            " Хороши три-четыре случайных слова."
        )

    def layout(self):
        return [HTML(ACCOUNT_FIELD), *super().layout()]

    def clean(self):
        data = super().clean()
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", "Пароли не совпадают.")
        elif password:
            try:
                validate_password(password, self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class PasswordChangeForm(NewPasswordForm):
    """The old password is asked for again: an open browser is not yet its owner."""

    old = _password("Нынешний пароль", new=False)
    field_order = ["old", "password", "again"]


class CodeForm(CalmForm):
    submit_label = "Дальше"

    code = forms.CharField(
        label="Код с листка",
        max_length=40,
        help_text="12 букв и цифр, например ABCD-EFGH-JK23. Дефисы и пробелы не важны.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}
        ),
    )


class ResetForm(CalmForm):
    submit_label = "Прислать ссылку"

    email = forms.EmailField(
        label="Ваша почта", widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )


class ContactsForm(CalmForm):
    """Telephone and e-mail that colleagues of the own cases see."""

    phone = forms.CharField(label="Телефон", max_length=20, required=False)
    email = forms.EmailField(label="Почта для связи", required=False)

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(
            *args, initial={"phone": person.phone, "email": person.email}, **kwargs
        )  # fmt: skip


class SignInEmailForm(CalmForm):
    email = forms.EmailField(
        label="Почта для входа и писем",
        required=False,
        help_text="По ней можно входить и восстановить забытый пароль.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = _password("Пароль", new=False, help_text="Чтобы убедиться, что это вы.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, initial={"email": user.email}, **kwargs)
