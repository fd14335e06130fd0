"""Who may do what with staff, organisations and their papers: one predicate per verb.

A predicate answers for a row that the person already sees (``visible_to``).
"""

from schools.models import Role

_STAFF = {Role.DIRECTOR, Role.CURATOR}


def _is_staff_of(user, school_id: int) -> bool:
    return bool(user.access.roles_at(school_id) & _STAFF)


def can_edit_staff(user, school) -> bool:
    """Posts, absences, categories, lists: director or curator of that organisation."""
    return _is_staff_of(user, school.pk)


can_edit_school = can_edit_staff
can_edit_papers = can_edit_staff


def can_edit_post(user, post) -> bool:
    return _is_staff_of(user, post.school_id)


def can_see_record(user, post) -> bool:
    """Birth date, contacts, absences: the organisation and the person, never the district."""
    return can_edit_post(user, post) or post.person_id == user.access.person_id


def can_see_service(user, post) -> bool:
    """Category and years of service: those above, and the methodologist of the municipality."""
    return can_see_record(user, post) or post.school.municipality_id in user.access.municipality_ids


def can_answer_transfer(user, transfer) -> bool:
    """The organisation that was asked."""
    return _is_staff_of(user, transfer.to_school_id)


def can_withdraw_transfer(user, transfer) -> bool:
    """The organisation that asked."""
    return _is_staff_of(user, transfer.post.school_id)


def can_see_papers(user, school) -> bool:
    """Acts, partners, roadmap: the organisation and those who look at the territory."""
    access = user.access
    return _is_staff_of(user, school.pk) or any(
        m.is_country
        or m.region_id == school.municipality.region_id
        or m.municipality_id == school.municipality_id
        for m in access.memberships
        if m.role == Role.METHODOLOGIST
    )
