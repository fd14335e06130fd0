"""«Мой профиль»: own data, contacts, devices."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from schools import signin
from schools.context import address
from schools.forms.accounts import ContactsForm, SignInEmailForm
from schools.models import Relation, StaffMember
from schools.views.accounts import is_owner
from schools.views.common import refusals, render_form, require
from schools.workflow.accounts import change_sign_in_email, sign_out_everywhere
from schools.workflow.staff import change_contacts


@require_http_methods(["GET"])
def profile(request):
    """What the system knows about the person who is signed in, and from where they are."""
    user = request.user
    posts = StaffMember.objects.working(user.access.on).filter(person=user.access.person_id)
    posts = list(posts.select_related("school"))
    for post in posts:
        asks = post.relation != Relation.PARTNER and post.school_id not in user.access.school_ids
        post.ask_url = address("mentor-ask", post.pk) if asks else ""
    context = {
        "person": user.person,
        "posts": posts,
        "mentoring_url": address("staff-mentoring", posts[0].pk) if posts else "",
        "roles": user.access.memberships,
        "devices": user.devices.all(),
        "session_key": request.session.session_key,
    }
    return render(request, "schools/profile_page.html", context)


@require_http_methods(["GET", "POST"])
def profile_contacts(request):
    person = request.user.person
    require(person is not None)
    form = ContactsForm(request.POST or None, person=person)
    if form.is_valid():
        with refusals(form):
            change_contacts(person, by=request.user, on=timezone.localdate(), **form.cleaned_data)
            messages.success(request, "Контакты сохранены.")
            return redirect("profile")
    return render_form(request, "schools/profile_contacts.html", {}, form)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def profile_email(request):
    """The e-mail to sign in with: it opens the account, so the password is asked for."""
    user = request.user
    form = SignInEmailForm(request.POST or None, user=user)
    if form.is_valid() and is_owner(form, user, form.cleaned_data["password"], "password"):
        with refusals(form):
            change_sign_in_email(
                user, by=user, on=timezone.localdate(), email=form.cleaned_data["email"]
            )
            messages.success(request, "Почта для входа сохранена.")
            return redirect("profile")
    return render_form(request, "schools/profile_email.html", {}, form)


@require_POST
def device_end(request, pk):
    """Sign out one browser of one's own."""
    device = get_object_or_404(request.user.devices, pk=pk)
    signin.end_device(device)
    messages.success(request, "Это устройство больше не входит без пароля.")
    return redirect("profile")


@require_POST
def profile_sign_out_everywhere(request):
    sign_out_everywhere(request.user, by=request.user, on=timezone.localdate())
    signin.end_sessions(request.user)
    signin.sign_out(request)
    messages.success(request, "Все сеансы завершены. Войдите заново.")
    return redirect("login")
