"""The first page of whoever is signed in."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.home import Home
from schools.models import School


@require_safe
def home(request):
    """Blocks by what the person is; a methodologist's own page is the district's."""
    user = request.user
    if user.person_id is None and user.is_staff:
        return redirect("admin:index")
    access = user.access
    page = Home(user, timezone.localdate())
    if access.only_watches:
        return redirect("district-home")
    context = {
        "home": page,
        "on": page.on,
        "schools": list(School.objects.filter(pk__in=access.school_ids)),
        "territory": access.sees_territory,
    }
    return render(request, "programs/home.html", context)
