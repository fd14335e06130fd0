"""What every page's frame needs: sections, place and menus, decided here, not in templates."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from schools import registry
from schools.models import Membership, Role, School
from schools.permissions import can_operate


@dataclass(frozen=True)
class Section:
    """One entry of the navigation.

    Attributes:
        name: URL name; an entry whose address does not exist is left out.
        nouns: URL names that begin with one of these («group», «program») light the entry up.
        shown: whether this person has the section, from ``user.access``.
    """

    name: str
    label: str
    icon: str
    nouns: tuple[str, ...]
    shown: Callable = field(default=lambda access: True)


def _has_person(access) -> bool:
    return access.person_id is not None


def _staffs(access) -> bool:
    return bool(access.school_ids)


def _has_own_page(access) -> bool:
    return _has_person(access) and not access.only_watches


def _watches(access) -> bool:
    return access.sees_territory


def _watches_beside(access) -> bool:
    return access.sees_territory and not access.only_watches


def _only_watches(access) -> bool:
    return access.only_watches


def _keeps_access(access) -> bool:
    return _staffs(access) or bool(access.municipality_ids)


def _inspects(access) -> bool:
    return _has_person(access) and (not _watches(access) or bool(access.municipality_ids))


CASE_NOUNS = (
    "group", "request", "member", "mentor", "consent", "addendum", "notice", "temporary",
    "program", "meeting", "event", "evaluation", "help", "remark", "episode", "incentive",
    "document", "scan",
)  # fmt: skip
SCHOOL_NOUNS = ("school", "my", "unit", "act", "partner", "roadmap", "check")

# The first four stand in the bottom bar of a phone, the others behind «Ещё».
SECTIONS = [
    Section("home", "Главная", "house", ("home",), _has_own_page),
    # Whose first page is the district's has one entry for it, not two.
    Section("district-home", "Главная", "house", ("home", "district"), _only_watches),
    Section("group-list", "Пары", "people", CASE_NOUNS, _inspects),
    Section(
        "staff-list",
        "Сотрудники",
        "person-badge",
        ("staff", "import", "transfer", "secondment", "absence", "qualification", "study"),
        _staffs,
    ),
    Section("order-list", "Приказы", "file-earmark-text", ("order",), _staffs),
    Section("district-home", "Район", "map", ("district",), _watches_beside),
    Section("school-list", "Организации", "building", SCHOOL_NOUNS, _watches),
    Section("deadline-list", "Сроки", "calendar-event", ("deadline",), _has_person),
    Section("my-school", "Организация", "building", SCHOOL_NOUNS, _staffs),
    Section("access-list", "Доступ", "shield-lock", ("access", "role", "code"), _keeps_access),
]
BAR_SIZE = 4


@dataclass(frozen=True)
class NavItem:
    url: str
    label: str
    icon: str
    current: bool


class Navigation:
    """The frame of one page. Takes nothing from the database until a template asks."""

    def __init__(self, request):
        self.user = request.user
        match = getattr(request, "resolver_match", None)
        self._noun = ((match.url_name if match else "") or "").split("-")[0]

    @cached_property
    def items(self) -> list[NavItem]:
        found = []
        if self.user.must_change_password:  # nothing else opens before
            return found
        access = self.user.access
        for section in SECTIONS:
            url = address(section.name) if section.shown(access) else ""
            if url:
                current = self._noun in section.nouns and not any(i.current for i in found)
                found.append(NavItem(url, section.label, section.icon, current))
        return found

    @property
    def bar(self) -> list[NavItem]:
        """Entries of the bottom bar on a phone."""
        return self.items[:BAR_SIZE]

    @property
    def more(self) -> list[NavItem]:
        """Entries that the bottom bar hides behind «Ещё»."""
        return self.items[BAR_SIZE:]

    @property
    def more_current(self) -> bool:
        return any(item.current for item in self.more)

    @cached_property
    def place(self) -> str:
        """The organisation or territory on whose behalf the person looks, '' for none."""
        roles = self.user.access.memberships
        names = {_scope_name(m) for m in roles if m.role != Role.METHODOLOGIST} or {
            _scope_name(m) for m in roles
        }
        if not names and self.user.access.person_id is not None:
            own = School.objects.filter(pk__in=self.user.access.own_posts().values("school"))
            names = set(own.values_list("short_name", flat=True)[:2])
        return names.pop() if len(names) == 1 else ("Несколько организаций" if names else "")

    @property
    def reminders_url(self) -> str:
        """The bell in the head of every page; superusers without a person have none."""
        user = self.user
        known = user.access.person_id is not None and not user.must_change_password
        return address("reminder-list") if known else ""

    @property
    def reminders_current(self) -> bool:
        return self._noun in ("reminder", "calendar")

    @cached_property
    def unread(self) -> int:
        return sum(count(self.user) for count in registry.unread_counters)

    @property
    def profile_url(self) -> str:
        return address("profile")

    @property
    def logout_url(self) -> str:
        return address("logout")

    @property
    def search_url(self) -> str:
        return address("search") if self.user.access.person_id is not None else ""

    @property
    def admin_url(self) -> str:
        return address("admin:index") if self.user.is_staff else ""

    @property
    def operations_url(self) -> str:
        return address("operations") if can_operate(self.user) else ""


def navigation(request):
    """``nav`` for every page of somebody who is signed in; nothing for strangers."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"nav": Navigation(request)}


def address(name: str, *args) -> str:
    """The address of the page ``name``, '' while no app brings it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _scope_name(membership: Membership) -> str:
    if membership.school_id:
        return membership.school.short_name
    if membership.municipality_id:
        return membership.municipality.name
    return membership.region.name if membership.region_id else "Российская Федерация"
