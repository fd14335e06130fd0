"""Which rows an account may see, as subqueries. Every ``visible_to`` is built from these.

Rights add up: one person may be director, curator and mentor at once. A superuser without a
role sees Django admin and no pages of cases.
"""

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from schools import registry
from schools.models import Membership, Municipality, Role, StaffMember

STAFF_ROLES = [Role.DIRECTOR, Role.CURATOR]


class Access:
    """What ``user`` may see on the local day of the request."""

    def __init__(self, user):
        self.user = user
        self.person_id = user.person_id if user.is_active else None
        self.on = timezone.localdate()
        self.memo: dict = {}  # what higher apps have already worked out for this request

    @cached_property
    def memberships(self) -> list[Membership]:
        """Roles in force today, with their scopes loaded."""
        if self.person_id is None:
            return []
        return list(
            Membership.objects.current(self.on)
            .filter(person=self.person_id)
            .select_related("school__municipality", "municipality", "region", "deputises_for")
        )

    def roles_at(self, school_id: int) -> set[str]:
        return {m.role for m in self.memberships if m.school_id == school_id}

    @cached_property
    def school_ids(self) -> list[int]:
        """Organisations where the person is director or curator today."""
        return sorted({m.school_id for m in self.memberships if m.role in STAFF_ROLES})

    @property
    def home_municipality_ids(self) -> list[int]:
        """Municipalities of the organisations in ``school_ids``."""
        staffed = [m.school for m in self.memberships if m.role in STAFF_ROLES]
        return sorted({school.municipality_id for school in staffed})

    @cached_property
    def _territory(self) -> Q:
        scope = Q(pk__in=[])
        for m in self.memberships:
            if m.role != Role.METHODOLOGIST:
                continue
            if m.is_country:
                scope |= Q(pk__isnull=False)
            elif m.region_id:
                scope |= Q(region=m.region_id)
            else:
                scope |= Q(pk=m.municipality_id)
        return scope

    @cached_property
    def municipality_ids(self) -> list[int]:
        """Municipalities whose pairs the person looks at as a methodologist of that level."""
        return sorted({m.municipality_id for m in self.memberships if m.municipality_id})

    @property
    def sees_territory(self) -> bool:
        return any(m.role == Role.METHODOLOGIST for m in self.memberships)

    @cached_property
    def only_watches(self) -> bool:
        """A methodologist and nothing else: no organisation to run, no post of one's own."""
        return self.sees_territory and not self.school_ids and not self.own_posts().exists()

    def staffed_schools(self) -> list[int]:
        """Organisations whose records the person reads in full."""
        return self.school_ids

    def watched_municipalities(self):
        """Municipalities whose organisations and figures the person sees, at any level."""
        if not self.sees_territory:
            return []
        return Municipality.objects.filter(self._territory).values("pk")

    def inspected_municipalities(self) -> list[int]:
        """Municipalities whose pairs (not only figures) the person sees: own level only."""
        return self.municipality_ids

    def own_posts(self):
        return StaffMember.objects.filter(person=self.person_id).values("pk")

    def own_schools(self):
        return StaffMember.objects.filter(
            Q(person=self.person_id) | Q(pk__in=self.posts_in_own_cases())
        ).values("school")

    def posts_in_own_cases(self):
        """Posts of the people one works with, told by ``programs``."""
        posts = StaffMember.objects.none()
        if self.person_id is not None:
            for provider in registry.case_posts:
                posts = provider(self.person_id)
        return posts.values("pk")

    def people_in_own_cases(self):
        return StaffMember.objects.filter(pk__in=self.posts_in_own_cases()).values("person")

    def people_at_staffed_schools(self):
        return StaffMember.objects.filter(school__in=self.school_ids).values("person")

    def people_in_watched_schools(self):
        return StaffMember.objects.filter(school__municipality__in=self.municipality_ids).values(
            "person"
        )
