"""Who may do what with accounts and roles: one predicate per verb.

The rule of one-time codes closes the way from “curator of my school” to “I am somebody else”:
a code opens the account of its owner, so whoever issues it could use it. Therefore

- director and curator issue codes only for people all of whose present and coming posts and
  roles lie in organisations that the issuer staffs;
- for whoever is or will be a director, or acts as one, only the director proper of that same
  organisation (not a deputy, not a curator);
- for people who once worked elsewhere (their account shows their former cases there) only
  a director proper;
- never for oneself, a superuser, somebody with access to Django admin, or a methodologist;
- the methodologist of the municipality only for a director there who has never signed in.

Each code stands in the history and ends the former sessions of its account when used.
"""

from django.db.models import Exists, OuterRef, Q

from schools.models import Membership, Person, Role, School, StaffMember

STAFF_ROLES = {Role.DIRECTOR, Role.CURATOR}


def can_operate(user) -> bool:
    """Queues, letters and tasks of the whole system: superusers and whom they gave the right."""
    return user.is_active and user.is_staff and user.has_perm("schools.change_job")


def is_head(user, school: School) -> bool:
    """The director proper today, not somebody who acts for the director."""
    return school.pk in _headed(user)


def can_see_access(user, school: School) -> bool:
    """The page of accounts and roles: director, curator, methodologist of the municipality."""
    return bool(user.access.roles_at(school.pk) & STAFF_ROLES) or _inspects(user, school)


def can_give_role(user, school: School) -> bool:
    """Curators are named by the director or whoever acts for the director."""
    return Role.DIRECTOR in user.access.roles_at(school.pk)


def can_end_role(user, membership: Membership) -> bool:
    """The director ends roles of curators; those who act as director only the director proper."""
    if membership.school_id is None:
        return False
    if membership.role == Role.DIRECTOR:
        return membership.deputises_for_id is not None and is_head(user, membership.school)
    return can_give_role(user, membership.school)


def can_deputise(user, principal: Membership) -> bool:
    """The director names who acts for the director and for curators; an acting one only the
    latter, a curator nobody."""
    if principal.school_id is None or principal.deputises_for_id is not None:
        return False
    if principal.role == Role.DIRECTOR:
        return is_head(user, principal.school)
    return can_give_role(user, principal.school)


def can_hand_over_school(user, school: School) -> bool:
    return is_head(user, school)


def can_name_director(user, school: School) -> bool:
    """The methodologist of the municipality, for the founder, where there is no director."""
    if not _inspects(user, school):
        return False
    directors = Membership.objects.filter(
        school=school, role=Role.DIRECTOR, deputises_for=None
    ).exclude(ends_on__lt=user.access.on)
    return not directors.exists()


def can_unlock_sign_in(user, school: School, person: Person) -> bool:
    """The director, for people of the own organisation."""
    return can_give_role(user, school) and people_of([school.pk], user.access.on).filter(
        pk=person.pk
    ).exists()  # fmt: skip


def can_issue_code(user, person: Person) -> bool:
    """See the rule at the top."""
    return people_for_codes(user).filter(pk=person.pk).exists()


def people_for_codes(user, school: School | None = None):
    """People (of ``school``) for whom ``user`` may issue a one-time code today, as a queryset."""
    people = Person.objects.filter(
        Q(pk__in=_by_staff(user).values("pk")) | Q(pk__in=_by_founder(user).values("pk"))
    )
    if school is None:
        return people
    return people.filter(pk__in=people_of([school.pk], user.access.on).values("pk"))


def _by_staff(user):
    staffed, headed, on = user.access.school_ids, _headed(user), user.access.on
    if not staffed:
        return Person.objects.none()
    posts, roles = _live_posts(on), _live_roles(on)
    once_elsewhere = Exists(_of_person(StaffMember).exclude(school__in=staffed))
    works_under_head = Exists(posts.filter(school__in=headed))
    return (
        _reachable(user)
        .filter(pk__in=people_of(staffed, on).values("pk"))
        .exclude(Exists(posts.exclude(school__in=staffed)))
        .exclude(Exists(roles.exclude(school__in=staffed)))
        .exclude(Exists(roles.filter(role=Role.DIRECTOR).exclude(school__in=headed)))
        .filter(~once_elsewhere | works_under_head)
    )


def _by_founder(user):
    watched, on = user.access.municipality_ids, user.access.on
    if not watched:
        return Person.objects.none()
    posts, roles = _live_posts(on), _live_roles(on)
    return (
        _reachable(user)
        .filter(
            Exists(
                roles.filter(
                    role=Role.DIRECTOR, deputises_for=None, school__municipality__in=watched
                )
            ),
            user__last_login=None,
        )
        .exclude(Exists(posts.exclude(school__municipality__in=watched)))
        .exclude(Exists(roles.exclude(school__municipality__in=watched)))
    )


def _reachable(user):
    """Everybody but oneself and accounts that stand above organisations."""
    return (
        Person.objects.exclude(pk=user.access.person_id)
        .exclude(user__is_superuser=True)
        .exclude(user__is_staff=True)
        .exclude(user__is_active=False)
    )


def people_of(schools: list[int], on):
    """People with a post or a role in ``schools`` on ``on`` or later."""
    return Person.objects.filter(
        Exists(_live_posts(on).filter(school__in=schools))
        | Exists(_live_roles(on).filter(school__in=schools))
    )


def _of_person(model):
    return model.objects.filter(person=OuterRef("pk"))


def _live_posts(on):
    """Posts of the outer person held on ``on`` or later."""
    return _of_person(StaffMember).exclude(left_on__lt=on)


def _live_roles(on):
    """Roles of the outer person in force on ``on`` or later."""
    return _of_person(Membership).exclude(ends_on__lt=on)


def _headed(user) -> list[int]:
    return [
        m.school_id
        for m in user.access.memberships
        if m.role == Role.DIRECTOR and m.deputises_for_id is None
    ]


def _inspects(user, school: School) -> bool:
    return school.municipality_id in user.access.municipality_ids
