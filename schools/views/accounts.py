"""Signing in and out, passwords, one-time codes."""

import math
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from schools import resets, signin, throttle
from schools.forms.accounts import (
    CodeForm,
    LoginForm,
    NewPasswordForm,
    PasswordChangeForm,
    ResetForm,
)
from schools.views.common import refusals, render_form
from schools.workflow.accounts import (
    CODE_NOT_VALID,
    LINK_NOT_VALID,
    change_password,
    open_code,
    reset_password,
    use_sign_in_code,
)

WRONG = "Неверный логин или пароль."


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def login(request):
    """Ask for name and password. Somebody already signed in may change to another account."""
    target = _target(request)
    if request.method == "GET" and request.user.is_authenticated and not target:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = LoginForm(request.POST or None)
    context = {"next": target}
    if not form.is_valid():
        return render_form(request, "registration/login.html", context, form)
    user, wait = signin.try_password(request, **form.cleaned_data)
    if user is None:
        form.add_error(None, _wait_words(wait) if wait else WRONG)
        response = render_form(request, "registration/login.html", context, form)
        return _too_many(response, wait)
    response = redirect(target or settings.LOGIN_REDIRECT_URL)
    signin.sign_in(request, response, user)
    return response


@require_POST
def logout(request):
    signin.sign_out(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def password_change(request):
    """An own new password; whoever must choose one sees nothing else before."""
    user = request.user
    form = PasswordChangeForm(request.POST or None, user=user)
    if not user.must_change_password:
        form.cancel_url = reverse("profile")
    if form.is_valid() and is_owner(form, user, form.cleaned_data["old"], "old"):
        change_password(
            user, by=user, on=timezone.localdate(), password=form.cleaned_data["password"]
        )
        user.refresh_from_db()
        signin.keep_current_session(request)
        messages.success(request, "Пароль сменён. Остальные сеансы завершены.")
        return redirect("/")
    return render_form(request, "registration/password_change.html", {}, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def password_reset(request):
    """Ask for a letter; the answer is the same whether the address is known or not."""
    form = ResetForm(request.POST or None)
    if form.is_valid():
        address = throttle.Subject("code", f"letter:{signin.client_address(request)}")
        wait = throttle.begin([address])
        if wait:
            form.add_error(None, _wait_words(wait))
            return _too_many(
                render_form(request, "registration/password_reset.html", {}, form), wait
            )
        resets.ask(form.cleaned_data["email"])
        return redirect("password-reset-sent")
    return render_form(request, "registration/password_reset.html", {}, form)


@login_not_required
@require_http_methods(["GET"])
def password_reset_sent(request):
    return render(request, "registration/password_reset_sent.html")


@sensitive_post_parameters()
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def password_reset_confirm(request, uid, token):
    """Choose a new password by the link of a letter; opening the page changes nothing."""
    user = resets.user_of(uid, token)
    if user is None:
        return _refused(request, LINK_NOT_VALID)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        with refusals(form):
            user = reset_password(uid, token, password=form.cleaned_data["password"])
            signin.end_sessions(user)
            messages.success(request, "Пароль сохранён. Войдите с ним.")
            response = redirect("login")
            signin.remember(request, response, user)
            return response
    return render_form(request, "registration/password_choose.html", {"account": user}, form)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code_enter(request):
    """Type the code from the printed sheet."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        found, wait = _look_up(request, form.cleaned_data["code"])
        if found:
            return redirect("code-use", code=form.cleaned_data["code"].strip())
        form.add_error("code", _wait_words(wait) if wait else CODE_NOT_VALID)
        return _too_many(render_form(request, "registration/code_enter.html", {}, form), wait)
    return render_form(request, "registration/code_enter.html", {}, form)


@sensitive_post_parameters()
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code_use(request, code):
    """Choose a password by a code, also straight from its QR picture.

    GET only shows the form: phones open links by themselves to preview them.
    """
    found, wait = _look_up(request, code)
    if found is None:
        return _too_many(_refused(request, _wait_words(wait) if wait else CODE_NOT_VALID), wait)
    form = NewPasswordForm(request.POST or None, user=found.user)
    form.submit_label = "Сохранить пароль и войти"
    if form.is_valid():
        with refusals(form):
            user = use_sign_in_code(code, password=form.cleaned_data["password"])
            signin.end_sessions(user)
            response = redirect(settings.LOGIN_REDIRECT_URL)
            signin.sign_in(request, response, user)
            messages.success(request, f"Вы вошли. Ваш логин для следующих входов: {user.login}")
            return response
    return render_form(request, "registration/password_choose.html", {"account": found.user}, form)


def _look_up(request, code: str):
    """The open code, or None and the seconds to wait."""
    subject = [throttle.Subject("code", signin.client_address(request))]
    wait = throttle.begin(subject)
    if wait:
        return None, wait
    found = open_code(code)
    if found:
        throttle.succeed(subject)
    return found, 0


def is_owner(form, user, password: str, field: str) -> bool:
    """The account's own password was given; guessing it here is slowed too."""
    subject = [throttle.Subject("device", f"own:{user.pk}")]
    wait = throttle.begin(subject)
    if not wait and user.check_password(password):
        throttle.succeed(subject)
        return True
    form.add_error(field, _wait_words(wait) if wait else "Это не ваш нынешний пароль.")
    return False


def _target(request) -> str:
    """Where to go after signing in: an address of our own, or ''."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else ""


def _wait_words(seconds: int) -> str:
    span = f"{seconds} сек." if seconds < 120 else f"{math.ceil(seconds / 60)} мин."
    return f"Слишком много неудачных попыток. Подождите {span} и попробуйте снова."


def _too_many(response: HttpResponse, wait: int) -> HttpResponse:
    if wait:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(wait)
    return response


def _refused(request, message: str) -> HttpResponse:
    context = {"message": message}
    return render(request, "registration/refused.html", context, status=HTTPStatus.NOT_FOUND)
