"""The register of staff, the card of a person and the steps about a post."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools import history, xlsx
from schools.context import address
from schools.forms.staff import (
    BankForm,
    LeavingForm,
    LeftForm,
    NewPostForm,
    PositionForm,
    PostForm,
    StaffFilter,
)
from schools.models import School, StaffMember, Transfer
from schools.queries import filter_staff, staff_rows
from schools.staff_permissions import (
    can_edit_post,
    can_edit_staff,
    can_see_record,
    can_see_service,
)
from schools.views.common import paginate, require
from schools.views.stepping import Page, step_button, step_page
from schools.workflow import leaving, records, staff

FORM = ["GET", "POST"]


def own_schools(request):
    """Organisations whose staff the person keeps; nobody else has a register."""
    ids = request.user.access.staffed_schools()
    require(bool(ids))
    return School.objects.filter(pk__in=ids).order_by("short_name")


def post_or_404(request, pk) -> StaffMember:
    posts = StaffMember.objects.visible_to(request.user)
    return get_object_or_404(posts.select_related("person", "school__municipality", "unit"), pk=pk)


def editable_post(request, pk) -> StaffMember:
    post = post_or_404(request, pk)
    require(can_edit_post(request.user, post))
    return post


def card(post) -> str:
    return reverse("staff-detail", args=[post.pk])


def by_now(request) -> dict:
    """Who acts and on which local day: the arguments of every step."""
    return {"by": request.user, "on": timezone.localdate()}


def _page(post, heading, done, lead="") -> Page:
    return Page(heading, card(post), post.person.full_name, done, lead)


@require_GET
def staff_list(request):
    schools = own_schools(request)
    wanted = StaffFilter(request.GET, schools=schools)
    on = timezone.localdate()
    rows = staff_rows(request.user, schools)
    if wanted.is_valid():
        rows = filter_staff(rows, wanted.cleaned_data, on=on)
    page = paginate(request, rows)
    incoming = Transfer.objects.visible_to(request.user).open().filter(to_school__in=schools)
    context = {
        "page": page,
        "filter": wanted,
        "schools": schools,
        "incoming": incoming.count(),
        "secondments_url": address("secondment-list"),
    }
    return render(request, "schools/staff_list.html", context)


@require_GET
def staff_export(request):
    """The rows that the filter shows, as XLSX."""
    schools = own_schools(request)
    wanted = StaffFilter(request.GET, schools=schools)
    rows = staff_rows(request.user, schools)
    if wanted.is_valid():
        rows = filter_staff(rows, wanted.cleaned_data, on=timezone.localdate())
    data = xlsx.table("Сотрудники", [title for title, _ in EXPORT], map(_exported, rows))
    return xlsx.download(f"Сотрудники {timezone.localdate():%d.%m.%Y}.xlsx", data)


def _category(post) -> str:
    current = next(iter(post.qualifications.all()), None)
    return current.get_category_display() if current else ""


EXPORT = [
    ("Организация", lambda p: p.school.short_name),
    ("Фамилия", lambda p: p.person.last_name),
    ("Имя", lambda p: p.person.first_name),
    ("Отчество", lambda p: p.person.patronymic),
    ("Дата рождения", lambda p: p.person.birth_date),
    ("Должность", lambda p: p.position),
    ("Предмет", lambda p: p.subject),
    ("Подразделение", lambda p: p.unit.name if p.unit else ""),
    ("Категория", _category),
    ("Общий стаж, лет", lambda p: p.total_years),
    ("Педагогический стаж, лет", lambda p: p.teaching_years),
    ("Стаж на дату", lambda p: p.years_as_of),
    ("Дата приёма", lambda p: p.hired_on),
    ("Последний день", lambda p: p.left_on),
    ("Телефон", lambda p: p.person.phone),
    ("Почта", lambda p: p.person.email),
    ("В банке наставников", lambda p: p.in_mentor_bank),
]


def _exported(post) -> list:
    return [value(post) for _, value in EXPORT]


@require_GET
def staff_detail(request, pk):
    """The card: whole for the organisation and the person, position only for others."""
    post = post_or_404(request, pk)
    full, service = can_see_record(request.user, post), can_see_service(request.user, post)
    may_edit = can_edit_post(request.user, post)
    absences = list(post.absences.all()) if full else []
    context = {
        "post": post,
        "full": full,
        "service": service,
        "may_edit": may_edit,
        "works": post.works(timezone.localdate()),
        "facts": card_facts(post, full=full, service=service),
        "posts": post.person.posts.filter(school=post.school).exclude(pk=post.pk) if full else (),
        "qualifications": post.qualifications.all() if service else (),
        "studies": post.studies.all() if full else (),
        "absences": absences,
        "open_absences": [absence for absence in absences if absence.returned_on is None],
        "open_transfer": open_transfer(post) if may_edit else None,
        "lines": history.lines(post, limit=30) if may_edit else (),
        "mentoring_url": address("staff-mentoring", post.pk),
        "papers_url": address("staff-papers", post.pk) if may_edit else "",
    }
    return render(request, "schools/staff_detail.html", context)


def card_facts(post, *, full: bool, service: bool) -> list[tuple[str, object]]:
    """Rows of «Сведения», as much as the reader may know."""
    person, facts = post.person, [("Отношение", post.get_relation_display())]
    if service:
        facts += [
            ("Общий стаж, лет", post.total_years),
            ("Педагогический стаж, лет", post.teaching_years),
            ("Стаж на дату", _day(post.years_as_of)),
            ("Принят(а)", _day(post.hired_on)),
        ]
    if full:
        facts += [
            ("Дата рождения", _day(person.birth_date)),
            ("Телефон", person.phone),
            ("Почта", person.email),
            ("Образование", post.education),
            ("Молодой специалист", post.young_specialist_basis or "нет"),
            ("Банк наставников, согласие от", _day(post.bank_consent_on)),
        ]
    if post.partner:
        facts.append(("Партнёр", post.partner))
    return facts


def _day(day) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def open_transfer(post) -> Transfer | None:
    return post.transfers.open().select_related("to_school").first()


@require_http_methods(FORM)
def staff_add(request, pk):
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    require(can_edit_staff(request.user, school))
    up = reverse("staff-list")
    form = NewPostForm(request.POST or None, school=school, cancel_url=up)
    page = Page("Новый сотрудник", up, "Сотрудники", "Сотрудник добавлен.", school.short_name)
    return step_page(request, form, partial(staff.add_post, school, **by_now(request)), page)


@require_http_methods(FORM)
def staff_edit(request, pk):
    post = editable_post(request, pk)
    form = PostForm(request.POST or None, school=post.school, post=post, cancel_url=card(post))
    page = _page(
        post, "Исправить сведения", "Сведения исправлены.",
        "Здесь исправляют ошибки. Смена должности — отдельный шаг «Новая должность».",
    )  # fmt: skip
    step = partial(staff.change_post_details, post, **by_now(request))
    return step_page(request, form, step, page)


@require_http_methods(FORM)
def staff_position(request, pk):
    post = editable_post(request, pk)
    form = PositionForm(request.POST or None, post=post, cancel_url=card(post))
    page = _page(post, "Новая должность", "Новая должность записана.", f"Сейчас: {post.title}.")
    return step_page(request, form, partial(staff.new_post, post, **by_now(request)), page)


@require_http_methods(FORM)
def staff_leaving(request, pk):
    post = editable_post(request, pk)
    form = LeavingForm(request.POST or None, initial={"leaving_on": post.leaving_on})
    form.cancel_url = card(post)
    page = _page(
        post, "Предупреждение об уходе", "Предупреждение отмечено.",
        "Отметьте, когда сотрудник собирается уйти: пары разберут заранее.",
    )  # fmt: skip
    return step_page(
        request, form, partial(leaving.announce_leaving, post, **by_now(request)), page
    )


@require_POST
def staff_stays(request, pk):
    post = editable_post(request, pk)
    step = partial(leaving.withdraw_leaving, post, **by_now(request))
    return step_button(request, step, up=card(post), done="Предупреждение об уходе отозвано.")


@require_http_methods(FORM)
def staff_left(request, pk):
    post = editable_post(request, pk)
    form = LeftForm(request.POST or None, initial={"left_on": post.leaving_on})
    form.cancel_url = card(post)
    page = _page(
        post, "Отметить уход", "Уход отмечен.",
        f"{post.title}. Назначения наставником и участие в парах на этой должности закончатся"
        " её последним днём.",
    )  # fmt: skip
    return step_page(request, form, partial(leaving.record_leaving, post, **by_now(request)), page)


@require_POST
def staff_returns(request, pk):
    post = editable_post(request, pk)
    step = partial(leaving.undo_leaving, post, **by_now(request))
    return step_button(request, step, up=card(post), done="Отметка об уходе снята.")


@require_http_methods(FORM)
def staff_bank(request, pk):
    post = editable_post(request, pk)
    form = BankForm(request.POST or None, initial={"consent_on": timezone.localdate()})
    form.cancel_url = card(post)
    page = _page(
        post, "Банк наставников", "Сотрудник включён в банк наставников.",
        "В банк включают с письменного согласия сотрудника.",
    )  # fmt: skip
    return step_page(request, form, partial(records.list_in_bank, post, **by_now(request)), page)


@require_POST
def staff_bank_leave(request, pk):
    post = editable_post(request, pk)
    step = partial(records.leave_bank, post, **by_now(request))
    return step_button(request, step, up=card(post), done="Сотрудник исключён из банка.")
