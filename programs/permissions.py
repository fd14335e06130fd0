"""Who may take which step: one predicate per verb, used by views, buttons and tests.

A predicate answers for a row that the person already sees (``visible_to``); it says nothing
about whether the row is in a state that allows the step. Roles add up: in a village school one
person is director, curator and perhaps mentor.
"""

from collections import defaultdict

from django.db.models import Q

from programs.models import GroupMember, MentorAppointment
from schools.models import Role


def is_director(user, school) -> bool:
    """Director or acting director of ``school`` today."""
    return Role.DIRECTOR in user.access.roles_at(school.pk)


def is_staff_of(user, school) -> bool:
    """Director or curator: those who record what was signed."""
    return bool(user.access.roles_at(school.pk) & {Role.DIRECTOR, Role.CURATOR})


def is_mentor_of(user, group) -> bool:
    """The mentor of the case today, by a signed order."""
    return any(starts_on <= user.access.on for starts_on in _mentored(user).get(group.pk, ()))


def is_named_mentor_of(user, group) -> bool:
    """Named by a signed order, the first day may be still to come: the programme is drafted
    before it (Положение, 3.5)."""
    return group.pk in _mentored(user)


def _mentored(user) -> dict[int, list]:
    """{case: first days} of the orders that make the person its mentor today or later; read
    once per request."""
    access = user.access
    if MentorAppointment not in access.memo:
        known = defaultdict(list)
        if access.person_id is not None:
            rows = MentorAppointment.objects.ordered().filter(post__person=access.person_id)
            rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=access.on))
            for group, starts_on in rows.values_list("group", "starts_on"):
                known[group].append(starts_on)
        access.memo[MentorAppointment] = known
    return access.memo[MentorAppointment]


def is_mentee_of(user, group) -> bool:
    """A present member of the case, joined by a signed order."""
    access = user.access
    if GroupMember not in access.memo:
        rows = GroupMember.objects.on(access.on).filter(post__person=access.person_id)
        known = rows.values_list("group", flat=True) if access.person_id is not None else ()
        access.memo[GroupMember] = frozenset(known)
    return group.pk in access.memo[GroupMember]


def is_inspector_of(user, school) -> bool:
    """Methodologist of the municipality itself."""
    return school.municipality_id in user.access.municipality_ids


# --- the organisation proposes, records and draws up papers ---


def can_request_mentoring(user, school) -> bool:
    return is_staff_of(user, school)


def can_ask_mentor(user, post) -> bool:
    """Ask for a mentor: each for the own post; for others the organisation does."""
    return user.access.person_id is not None and user.access.person_id == post.person_id


def can_read_request(user, request) -> bool:
    """Its free texts: the organisation and the person, never the district."""
    school, own = request.post.school, user.access.person_id
    return is_staff_of(user, school) or request.post.person_id == own


def can_propose_group(user, school) -> bool:
    return is_staff_of(user, school)


can_adopt_case = can_propose_group
can_return_sheets = can_propose_group
can_draft_order = can_propose_group


def can_change_proposal(user, group) -> bool:
    return is_staff_of(user, group.school)


can_withdraw_proposal = can_change_proposal
can_add_member = can_change_proposal
can_release_member = can_change_proposal
can_record_consent = can_change_proposal
can_withdraw_consent = can_change_proposal
can_record_addendum = can_change_proposal
can_replace_mentor = can_change_proposal
can_appoint_temporary = can_change_proposal
can_give_notice = can_change_proposal
can_attach_scan = can_change_proposal
can_print_paper = can_change_proposal
can_grant_incentive = can_change_proposal


def can_sign_order(user, order) -> bool:
    """Record a signed order: who holds a role in the issuing organisation."""
    school = order.register.school
    return school is not None and is_staff_of(user, school)


can_edit_order = can_sign_order


def can_mark_consent(user, member) -> bool:
    """A mentee's own mark in the system, where a local act allows it."""
    return user.access.person_id == member.post.person_id


# --- the programme ---


def can_edit_program(user, group) -> bool:
    """Draft, plan and submit: the mentor with the mentee, or the curator for them."""
    return is_named_mentor_of(user, group) or is_staff_of(user, group.school)


def can_return_program(user, group) -> bool:
    return is_staff_of(user, group.school)


def can_agree_program(user, member) -> bool:
    """The mentee's own agreement; a curator records one that was given on paper."""
    return user.access.person_id == member.post.person_id or is_staff_of(user, member.group.school)


def can_approve_program(user, group) -> bool:
    return is_director(user, group.school)


def can_extend_program(user, group) -> bool:
    return is_staff_of(user, group.school)


can_amend_program = can_extend_program
can_pause_program = can_extend_program
can_resume_program = can_extend_program
can_close_program = can_extend_program
can_evaluate_program = can_extend_program


def can_log_meeting(user, group) -> bool:
    return is_mentor_of(user, group) or is_staff_of(user, group.school)


can_settle_event = can_log_meeting
can_move_event = can_log_meeting


def can_confirm_meeting(user, member) -> bool:
    """The mentee's own mark; who has left the case reads, and marks nothing any more."""
    return user.access.person_id == member.post.person_id and is_mentee_of(user, member.group)


def can_print_work(user, group) -> bool:
    """Records of meetings and the mentor's report: the organisation and the mentor."""
    return is_named_mentor_of(user, group) or is_staff_of(user, group.school)


can_write_report = can_print_work


def can_write_note(user, group) -> bool:
    return is_mentor_of(user, group) or is_mentee_of(user, group)


# --- asking and answering ---


def can_ask_help(user, group) -> bool:
    return is_mentee_of(user, group)


def can_answer_help(user, request) -> bool:
    """Help: the mentor or the curator; another mentor: the curator alone."""
    if is_staff_of(user, request.group.school):
        return True
    return request.kind == "HELP" and is_mentor_of(user, request.group)


def can_write_remark(user, group) -> bool:
    return is_inspector_of(user, group.school)


def can_answer_remark(user, remark) -> bool:
    return is_staff_of(user, remark.group.school)


def can_print_own_papers(user, post) -> bool:
    """Papers about one worker outside of cases: the organisation's staff."""
    return is_staff_of(user, post.school)


can_record_data_consent = can_print_own_papers


def can_print_certificate(user, post) -> bool:
    """The person's own, and the organisation's where they work."""
    return is_staff_of(user, post.school) or user.access.person_id == post.person_id


def can_read_pay(user, school) -> bool:
    return is_staff_of(user, school)


def can_print_school_papers(user, school) -> bool:
    return is_staff_of(user, school)


def can_record_episode(user, post) -> bool:
    return is_staff_of(user, post.school) or user.access.person_id == post.person_id
